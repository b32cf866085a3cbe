"""The Django app of information rounds."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Information rounds of meetings."""

    name = "engage.casework.rounds"
    label = "rounds"
