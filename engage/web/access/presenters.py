"""The access log as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.lifecycles.states import lifecycles
from engage.governance.queries import AuditRow
from engage.vocabulary.words import N_
from engage.web.access.done import ACTIONS
from engage.web.access.words import purpose_title
from engage.web.components import Cell, Pages, Table


LINES = 100
_DECISIONS = {
    "accepted": N_("accepted"),
    "agreed": N_("agreed"),
    "chased": N_("chased"),
    "done": N_("done"),
    "escalated": N_("escalated"),
    "extended": N_("given more days"),
    "handed_over": N_("handed over"),
    "not_needed": N_("no longer needed"),
    "reopened": N_("opened again"),
    "allow": N_("shown"),
    "annotated": N_("annotated"),
    "asked_for": N_("asked for"),
    "authorised": N_("leave given"),
    "cleared": N_("removed"),
    "different": N_("judged different people"),
    "ended": N_("ended"),
    "found": N_("found"),
    "given": N_("given"),
    "confirmed": N_("confirmed"),
    "disputed": N_("disputed"),
    "explained": N_("explained"),
    "invited": N_("invited"),
    "looked_at": N_("looked at"),
    "not_known": N_("not known"),
    "not_present": N_("not present"),
    "present": N_("present"),
    "taken_back": N_("taken back"),
    "joined": N_("brought in"),
    "left": N_("let leave"),
    "written": N_("written"),
    "adopted": N_("adopted"),
    "closed": N_("closed"),
    "declared": N_("declared"),
    "dropped": N_("dropped"),
    "not_counted": N_("not counted"),
    "opened": N_("opened"),
    "kept": N_("kept"),
    "made": N_("made"),
    "nothing": N_("not shown"),
    "received": N_("received"),
    "recorded": N_("recorded"),
    "refused": N_("leave refused"),
    "run": N_("run"),
    "right": N_("said to be right"),
    "saved": N_("saved"),
    "same": N_("judged the same person"),
    "served": N_("served"),
    "signpost": N_("signpost only"),
    "unsure": N_("judged unsure"),
    "withdrawn": N_("withdrawn"),
    "wrong": N_("said to be wrong"),
}


# A move of a case is written in the log as this and its code.
CASE = "case."


def action(code: str) -> str:
    """What was done, in words; the code itself when it has none."""
    if code in ACTIONS or not code.startswith(CASE):
        return _(ACTIONS.get(code, code))
    moves = {move.code: move.title for life in lifecycles().values() for move in life.moves}
    title = moves.get(code.removeprefix(CASE))
    return _("Case: %(move)s") % {"move": _(title)} if title else code


def decision(code: str) -> str:
    """What was decided, in words; the code itself when it has none."""
    return _(_DECISIONS.get(code, code))


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address asks for, from 1; what is no number is the first."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def log_pages(request: HttpRequest, number: int, *, has_more: bool) -> Pages:
    """The neighbours of this page of the log. How many there are in all is not counted: the log only grows."""

    def address(to: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(to)
        return "?" + asked.urlencode()

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
