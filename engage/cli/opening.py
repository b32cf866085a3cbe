"""How does a command open an area: its settings, its decided store brought up to date, and the operator's name?

Django must know the area before any model is imported, so commands import the rooms' doors inside their functions,
after `open_for_command` has run.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from engage.store.alone import alone
from engage.store.area import Area, open_area
from engage.store.warehouse import Warehouse
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError, Sentence


if TYPE_CHECKING:
    from engage.vocabulary.access import Viewer


class StoreUnreachable(EngageError):
    """The database with what people decided does not answer, or may not be written."""

    exit_code = 3


@dataclass(frozen=True)
class Opened:
    """An area that a command may work on, and who does: the operator of this machine, or the worker who was named."""

    area: Area
    warehouse: Warehouse
    operator: Viewer

    def viewing(self, purpose: str = "data_quality", as_of: date | None = None) -> Viewing:
        """One act of the operator's, now by the area's clock; `as_of` defaults to the area's day of today. Raises PurposeUnknown."""
        from engage.governance.queries import check_purpose
        from engage.vocabulary.time import london_day

        check_purpose(purpose)
        at = self.area.clock()
        return Viewing(
            viewer=self.operator,
            purpose=purpose,
            at=at,
            as_of=as_of or london_day(at),
            request_id=f"cli-{os.getpid()}",
        )


def open_for_command(folder: Path, *, operator: str = "") -> Opened:
    """Open AREA for a command: point Django at it, bring its decided store up to date, and name the operator.

    Who acts is `operator`, else ENGAGE_OPERATOR, else the sign-in name on this machine; a name that somebody signs in to the
    site by is that worker, with the worker's own agency and role. Raises AreaNotFound,
    AreaSettingsWrong, SettingWrong or StoreUnreachable.
    """
    area = open_area(folder)
    os.environ["ENGAGE_AREA"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.config.settings")
    import django
    from django.db import DatabaseError

    django.setup()
    try:
        if _is_behind():
            _bring_up_to_date(area)
    except DatabaseError as error:
        raise StoreUnreachable(
            Sentence(N_("The decided store cannot be used: %(why)s"), {"why": " ".join(str(error).split())}),
            remedy=N_("Check DATABASE_URL, or that the area's folder can be written to."),
        ) from error
    from engage.governance import queries

    return Opened(
        area=area,
        warehouse=Warehouse(area),
        operator=queries.acting(name=operator or os.environ.get("ENGAGE_OPERATOR", "")),
    )


def _bring_up_to_date(area: Area) -> None:
    """One command at a time: the site and the worker begin together after an update, and the second, which waited, finds it done."""
    from django.core.management import call_command

    with alone(area, area.derived_folder / "update", waits=True):
        if _is_behind():
            call_command("migrate", verbosity=0, interactive=False)


def _is_behind() -> bool:
    """A change of the decided store that ships was not made in this one. Each command asks, and nearly always none is: to load all changes and compare them takes longer than most commands."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    ships = {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[!_]*.py")
    }
    return not ships or not ships <= MigrationRecorder(connection).applied_migrations().keys()
