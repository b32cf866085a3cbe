"""The Django app of agreed actions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Agreed actions and what became of them."""

    name = "engage.casework.tasks"
    label = "tasks"
