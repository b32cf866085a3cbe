"""What of one meeting is shown, and that somebody looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engage.casework.cases.rules import OF_PEOPLE
from engage.casework.meetings import deciding, elsewhere, holding, models, policies
from engage.casework.meetings.acting import overdue
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.holders import title_of
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.proposing import ordered
from engage.casework.meetings.rules import MOVES, Agenda, Head, Invitee, log_name
from engage.casework.meetings.seeing import agenda, without_why
from engage.casework.tasks.rules import Action
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing


@dataclass(frozen=True)
class MoveMade:
    """A move of a meeting, by whom and why. `lacking`: who was missing or not settled when it was held, told to those who arrange it; `before`: what its head said until then
    of what was changed."""

    move: str
    reason: str
    lacking: tuple[str, ...]
    by_name: str
    at: datetime
    before: Mapping[str, str]


@dataclass(frozen=True)
class MeetingShown:
    """One meeting as far as the viewer may see it. `overdue`: actions of its cases whose day has passed, which come first; `lacking`: who has not come that must have;
    `warned`: whose absence does not hinder it, and stands in the record; `may`: the moves that could follow now; `arranges` and `chairs`: the viewer does; `unseals`: the viewer reads sealed reasons; `elsewhere`: to them
    alone, who is invited here and left out of a case with a seal by another meeting, each by title with the numbers of case and meeting."""

    head: Head
    kind: Kind
    agenda: Agenda
    invitees: tuple[Invitee, ...]
    overdue: tuple[Action, ...]
    moves: tuple[MoveMade, ...]
    lacking: tuple[str, ...]
    warned: tuple[str, ...]
    may: tuple[str, ...]
    arranges: bool
    chairs: bool
    unseals: bool
    elsewhere: tuple[tuple[str, int, int], ...] = ()


def looked_at(found: Opened) -> MeetingShown:
    """A meeting that was opened, as `meeting` shows it. Audited."""
    shown = shown_of(found)
    note_look(found.viewing, "meeting.view", subjects_of(found), ["agenda", "invitees"])
    return shown


def shown_of(found: Opened) -> MeetingShown:
    """A meeting as far as the viewer may see it."""
    book, kind = found.book, found.kind
    titles = found.desk.titles(book, names_children=kind.names_children)
    arranges, chairs = deciding.arranges(found), found.desk.is_chair(book)
    may = tuple(code for code in MOVES if arranges and policies.refused_move(book.head, code) is None)
    lacking = [policies.who(kind, need) for need in holding.lacking_of(found)]
    return MeetingShown(
        book.head, kind, agenda(kind, book, titles), tuple(ordered(without_why(one) for one in found.invitees)), overdue(found),
        _moves(found, arranges=arranges), tuple(lacking), tuple(holding.warned_of(found)), may, arranges, chairs, found.desk.may_unseal(book), _elsewhere(found),
    )  # fmt: skip


def _elsewhere(found: Opened) -> tuple[tuple[str, int, int], ...]:
    if not found.desk.may_unseal(found.book):
        return ()
    some = elsewhere.invited_in(
        found.desk, found.book, elsewhere.sealed_on({item.case for item in found.book.items})
    )
    titles = (title_of(found.area, one.agency, one.seat, one.holder) for one in some)
    return tuple(
        (one.user_name or title, one.case, one.meeting) for one, title in zip(some, titles, strict=True)
    )


def _moves(found: Opened, *, arranges: bool) -> tuple[MoveMade, ...]:
    rows = models.MeetingMove.objects.filter(meeting=found.number).order_by("number")
    return tuple(
        MoveMade(row.move, row.reason, _lacking(found, row) if arranges else (), row.said_by_name, row.said_at, row.before or {})
        for row in rows
    )  # fmt: skip


def _lacking(found: Opened, row: models.MeetingMove) -> tuple[str, ...]:
    """Who was missing when it was held, as it was kept; for whoever may not know of all of its cases, by those alone who have to do with what they know."""
    if not found.book.is_cut or not row.lacking:
        return tuple(row.lacking)
    seats = [policies.who(found.kind, need) for need in holding.lacking_of(found)]
    chair = policies.who(found.kind, found.kind.chair) if found.kind.chair else ""
    # Whether the chair was there hangs on no case.
    seats += [chair] if chair in row.lacking else []
    open_now = [one.called for one in holding.unsettled_of(found) if one.called in row.lacking]
    return (*seats, *open_now, *holding.warned_of(found))


def subjects_of(found: Opened) -> str:
    """The meeting with its cases and whom they are about, as the log names them."""
    heads = found.desk.heads(found.book)
    people = [head.subject for head in heads if head.kind in OF_PEOPLE and head.subject]
    return ",".join(dict.fromkeys((log_name(found.number), *(head.log_name for head in heads), *people)))


def note_look(viewing: Viewing, action: str, subject: str, fields: list[str]) -> None:
    """Write in the log that somebody looked."""
    governance.record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision="allow")
