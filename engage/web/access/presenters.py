"""The access log as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.governance.queries import AuditRow
from engage.web.access.words import purpose_title
from engage.web.components import Table


def log_table(rows: Iterable[AuditRow], *, agencies: dict[str, str] | None = None) -> Table:
    """The log's rows, newest first; with `agencies` (titles by code) it says whose they are."""
    names = (_("Who"), _("Agency")) if agencies is not None else ()
    head = (
        _("When"),
        *names,
        _("What was done"),
        _("About"),
        _("What was shown"),
        _("Decision"),
        _("Purpose"),
    )
    lines = [(_when(row), *_whose(row, agencies), *_what(row)) for row in rows]
    return Table(_("Newest first"), head, lines, empty=_("Nothing yet."))


def _when(row: AuditRow) -> str:
    return date_format(localtime(row.at), "j F Y, H:i")


def _whose(row: AuditRow, agencies: dict[str, str] | None) -> tuple[str, ...]:
    return () if agencies is None else (row.actor, agencies.get(row.agency, row.agency))


def _what(row: AuditRow) -> tuple[str, ...]:
    return row.action, row.subject, ", ".join(row.fields), row.decision, purpose_title(row.purpose)
