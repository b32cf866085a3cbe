"""The access log as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.governance.queries import AuditRow
from engage.web.access.words import purpose_title
from engage.web.components import Table


def log_table(rows: Iterable[AuditRow], *, with_names: bool) -> Table:
    """The log's rows, newest first; `with_names` says whose they are."""
    names = (_("Who"), _("Agency")) if with_names else ()
    head = (
        _("When"),
        *names,
        _("What was done"),
        _("About"),
        _("What was shown"),
        _("Decision"),
        _("Purpose"),
    )
    lines = [(_when(row), *_whose(row, with_names=with_names), *_what(row)) for row in rows]
    return Table(_("Newest first"), head, lines, empty=_("Nothing yet."))


def _when(row: AuditRow) -> str:
    return date_format(localtime(row.at), "j F Y, H:i")


def _whose(row: AuditRow, *, with_names: bool) -> tuple[str, ...]:
    return (row.actor, row.agency) if with_names else ()


def _what(row: AuditRow) -> tuple[str, ...]:
    return row.action, row.subject, ", ".join(row.fields), row.decision, purpose_title(row.purpose)
