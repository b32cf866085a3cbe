"""The web's one object that lasts as long as the process: the area it serves and the builds of that area."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django import forms
from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from engage.store.area import Area, open_area
from engage.store.warehouse import NoBuild, Warehouse
from engage.web.texts import remember_texts


class WebConfig(AppConfig):
    """Opens the area that ENGAGE_AREA names at the first request, and anew when a test names another one."""

    name = "engage.web"
    label = "web"
    _opened: tuple[str, Area, Warehouse] | None = None

    def ready(self) -> None:
        """Once when the process begins."""
        remember_texts()
        # Django's own words say what a field is, and not what somebody at work is to do.
        forms.Field.default_error_messages["required"] = _("Fill this in: it cannot be left empty.")

    def _open(self) -> tuple[str, Area, Warehouse]:
        folder = settings.ENGAGE_AREA
        if self._opened is None or self._opened[0] != folder:
            area = open_area(Path(folder))
            self._opened = (folder, area, Warehouse(area))
        return self._opened

    @property
    def area(self) -> Area:
        """The area this process serves. Raises AreaNotFound or AreaSettingsWrong."""
        return self._open()[1]

    @property
    def warehouse(self) -> Warehouse:
        """The builds of that area."""
        return self._open()[2]

    def agency_titles(self) -> dict[str, str]:
        """The area's agencies by code, as pages name them."""
        return {agency.code: agency.title for agency in self.area.agencies.values()}

    def contacts(self) -> dict[str, str]:
        """Whom to phone at each of the area's agencies and the number, by code; "" where its settings give none."""
        return {
            agency.code: ", ".join(part for part in (agency.contact, agency.phone) if part)
            for agency in self.area.agencies.values()
        }

    def reject_count(self) -> int | None:
        """How many values or rows the served build could not use; None when there is no build."""
        try:
            return self.warehouse.current().info.counts.get("reject")
        except NoBuild:
            return None


def web() -> WebConfig:
    """The web of this process."""
    return cast(WebConfig, apps.get_app_config("web"))
