"""The Django app of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, who was invited, and what was decided."""

    name = "engage.casework.meetings"
    label = "meetings"
