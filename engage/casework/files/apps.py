"""The Django app of attachments."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """What is known of each file that was kept."""

    name = "engage.casework.files"
    label = "files"
