"""`engage missing` in Django: write the dated copy of the first screen, say where it is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from engage.vocabulary.access import Viewing
from engage.web.apps import web
from engage.web.missing import copies


class Command(BaseCommand):
    """Keep a copy of who is missing for when the network is down."""

    help = "Write the dated copy of who is missing"
    stealth_options = ("viewing", "kept")

    def handle(self, *_args: Any, viewing: Viewing, **options: Any) -> None:
        """Write it as this viewer may see it; what was written is put into `kept`, for the caller to say."""
        options["kept"].append(copies.keep(area=web().area, viewing=viewing, build=web().warehouse.current()))
