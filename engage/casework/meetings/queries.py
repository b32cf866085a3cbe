"""The reading door of meetings: the list, one with its agenda and who was invited, and who holds records and so is proposed. One call, one line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from engage.casework.cases.rules import OF_PEOPLE
from engage.casework.meetings import deciding, holders, holding, models, policies
from engage.casework.meetings.acting import overdue
from engage.casework.meetings.deciding import Opened, to_propose
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.period import since
from engage.casework.meetings.proposing import absent, ordered, proposals
from engage.casework.meetings.rules import (
    HELD,
    ISSUED,
    MOVES,
    PLANNED,
    Agenda,
    Head,
    Invitee,
    MeetingNotShown,
    log_name,
)
from engage.casework.meetings.seeing import MeetingDesk, agenda, meeting_desk, without_why
from engage.casework.meetings.stretches import BEGINNING, Where, stretch
from engage.casework.tasks.rules import Action
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = [
    "Asked",
    "MeetingList",
    "MeetingNotShown",
    "MeetingShown",
    "Proposals",
    "Where",
    "agencies_proposed",
    "meeting",
    "meetings",
    "proposed",
]


@dataclass(frozen=True)
class Asked:
    """Which meetings: of a kind ("" any), that begin between two moments (None: no bound), still to come or to be minuted (`is_open`), about a case; and which stretch of them."""

    kind: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None
    is_open: bool = False
    case: int | None = None
    where: Where = BEGINNING


@dataclass(frozen=True)
class MeetingList:
    """One stretch of meetings, and the kinds of the area by code; from which meeting the stretch before it, and the one after it, is asked for (None: there is none). They are
    not counted: what each viewer may know is told by the meeting itself."""

    heads: tuple[Head, ...]
    kinds: Mapping[str, Kind]
    before: int | None = None
    after: int | None = None


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
    `warned`: whose absence does not hinder it, and stands in the record; `may`: the moves that could follow now; `arranges` and `chairs`: the viewer does; `unseals`: the viewer reads sealed reasons."""

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


@dataclass(frozen=True)
class Proposals:
    """Everybody who is to be invited or left out, and the seats that nobody fills."""

    shown: MeetingShown
    invitees: tuple[Invitee, ...]
    absent: tuple[str, ...]


def meetings(*, viewing: Viewing, build: Build, area: Area, asked: Asked) -> MeetingList:
    """A stretch of the meetings asked for of which the viewer may know, the next first, those that were after them, the last first. Audited."""
    desk = meeting_desk(viewing, build)
    all_of_them = sorted((at, number) for number, at in _asked(viewing, asked).values_list("seq", "starts_at"))  # fmt: skip
    coming = [number for at, number in all_of_them if at >= viewing.at]
    been = [number for at, number in reversed(all_of_them) if at < viewing.at]
    found = stretch([*coming, *been], lambda some: _heads(desk, some, asked.case), asked.where)
    _looked(viewing, "meetings.list", ",".join(one.log_name for one in found.shown) or "none", ["kind", "when"])  # fmt: skip
    return MeetingList(found.shown, of_area(area), found.before, found.after)


def _heads(desk: MeetingDesk, numbers: Sequence[int], case: int | None) -> dict[int, Head]:
    books = desk.shown(list(models.Meeting.objects.filter(pk__in=numbers)))
    # On an agenda a case stands for those who may know of it there, and for nobody else.
    return {book.head.number: book.head for book in books if case is None or case in book.cases}


def _asked(viewing: Viewing, asked: Asked) -> QuerySet[models.Meeting]:
    """Those asked for with which the viewer's agency has to do: what each may see of them is decided after."""
    agency = viewing.viewer.agency
    invited = models.Invitee.objects.filter(agency=agency).values("meeting")
    rows = models.Meeting.objects.filter(Q(agency=agency) | Q(chair_agency=agency) | Q(pk__in=invited))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.from_at:
        rows = rows.filter(starts_at__gte=asked.from_at)
    if asked.until_at:
        rows = rows.filter(starts_at__lt=asked.until_at)
    if asked.is_open:
        rows = rows.filter(state__in=(PLANNED, HELD, ISSUED))
    if asked.case is not None:
        rows = rows.filter(pk__in=models.MeetingItem.objects.filter(case=asked.case).values("meeting"))
    return rows


def meeting(*, viewing: Viewing, build: Build, area: Area, number: int) -> MeetingShown:
    """One meeting. Audited. Raises MeetingNotShown, in the same words whether there is none or it is not the viewer's to know of."""
    found = deciding.opened(viewing, build, area, number)
    shown = _shown(found)
    _looked(viewing, "meeting.view", _subjects(found), ["agenda", "invitees"])
    return shown


def proposed(*, viewing: Viewing, build: Build, area: Area, number: int) -> Proposals:
    """Who is proposed for a meeting: everybody who holds records of whom or what it is about, told to whoever arranges it. Audited. Raises MayNotDo, MeetingNotShown,
    MeetingRefused."""
    found = to_propose(viewing, build, area, number)
    some = proposals(found.desk, area, found.kind, found.book)
    _looked(viewing, "meeting.proposed", _subjects(found), ["agencies", "last_contact", "worker"])
    return Proposals(_shown(found), tuple(some), tuple(absent(found.kind, some)))


def agencies_proposed(
    *, viewing: Viewing, build: Build, area: Area, person_ids: Iterable[str], months: int = 24
) -> dict[str, tuple[str, ...]]:
    """For each person (today's id) the agencies that a meeting about them would propose because they hold records: to measure whether anybody is missed, for those whose role
    it is. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what="evaluate", subject="all")
    found = holders.of_people(sight(viewing, build), area, person_ids, since(viewing, months))
    _looked(viewing, "meetings.measured", "all", ["agencies"])
    return {person: tuple(sorted({one.agency for one in some})) for person, some in found.items()}


def _shown(found: Opened) -> MeetingShown:
    book, kind = found.book, found.kind
    titles = found.desk.titles(book, names_children=kind.names_children)
    some = found.desk.invitees(book, found.area, kind)
    arranges, chairs = deciding.arranges(found), found.desk.is_chair(book)
    may = tuple(code for code in MOVES if arranges and policies.refused_move(book.head, code) is None)
    lacking = [policies.who(kind, need) for need in holding.lacking_of(found)]
    return MeetingShown(
        book.head, kind, agenda(kind, book, titles), tuple(ordered(without_why(one) for one in some)), overdue(found),
        _moves(found, arranges=arranges), tuple(lacking), tuple(holding.warned_of(found)), may, arranges, chairs, found.desk.may_unseal(book),
    )  # fmt: skip


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
    open_now = [one.title for one in holding.unsettled_of(found) if one.title in row.lacking]
    return (*seats, *open_now, *holding.warned_of(found))


def _subjects(found: Opened) -> str:
    heads = found.desk.heads(found.book)
    people = [head.subject for head in heads if head.kind in OF_PEOPLE and head.subject]
    return ",".join(dict.fromkeys((log_name(found.number), *(head.log_name for head in heads), *people)))


def _looked(viewing: Viewing, action: str, subject: str, fields: list[str]) -> None:
    governance.record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision="allow")
