"""The Django app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and what is written in them."""

    name = "engage.casework.cases"
    label = "cases"
