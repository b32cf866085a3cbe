"""The Django app of decisions, dissent and minutes."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """Decisions, dissent and minutes of meetings."""

    name = "engage.casework.minutes"
    label = "minutes"
