"""The access log as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.lifecycles.states import lifecycles
from engage.governance.queries import AuditRow
from engage.web.access.decided import decision
from engage.web.access.done import ACTIONS
from engage.web.access.words import purpose_title
from engage.web.components import Cell, Pages, Table
from engage.web.paging import address_of


LINES = 100


# A move of a case is written in the log as this and its code.
CASE = "case."


def action(code: str) -> str:
    """What was done, in words; the code itself when it has none."""
    if code in ACTIONS or not code.startswith(CASE):
        return _(ACTIONS.get(code, code))
    moves = {move.code: move.title for life in lifecycles().values() for move in life.moves}
    title = moves.get(code.removeprefix(CASE))
    return _("Case: %(move)s") % {"move": _(title)} if title else code


def log_pages(request: HttpRequest, number: int, *, has_more: bool) -> Pages:
    """The neighbours of this page of the log. How many there are in all is not counted: the log only grows."""
    address = address_of(request)

    return Pages(
        number,
        0,
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if has_more else "",
    )


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


def _what(row: AuditRow) -> tuple[Cell | str, ...]:
    return (
        action(row.action),
        Cell(row.subject, is_verbatim=True),
        Cell(", ".join(row.fields), is_verbatim=True),
        decision(row.decision),
        purpose_title(row.purpose) if row.purpose else "",
    )
