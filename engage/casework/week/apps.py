"""The Django app of people's week."""

from django.apps import AppConfig


class WeekConfig(AppConfig):
    """Who wants the digest, and which cases were drawn for audit."""

    name = "engage.casework.week"
    label = "week"
