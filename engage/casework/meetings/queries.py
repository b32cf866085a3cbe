"""The reading door of meetings: the list, one with its agenda and who was invited, and who holds records and so is proposed. One call, one line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from engage.casework.meetings import deciding, holders, models
from engage.casework.meetings.deciding import to_propose
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.ordering import Leg, Legs
from engage.casework.meetings.period import since
from engage.casework.meetings.proposing import absent, proposals
from engage.casework.meetings.rules import (
    HELD,
    ISSUED,
    PLANNED,
    Head,
    Invitee,
    MeetingNotShown,
)
from engage.casework.meetings.seeing import MeetingDesk, has_to_do, meeting_desk
from engage.casework.meetings.showing import (
    MeetingShown,
    MoveMade,
    looked_at,
    note_look,
    shown_of,
    subjects_of,
)
from engage.casework.meetings.stretches import BEGINNING, Where, stretch
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
    "MoveMade",
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
class Proposals:
    """Everybody who is to be invited or left out, and the seats that nobody fills. `for_chair`: by number those whom the chair alone invites, where the viewer is not the chair."""

    shown: MeetingShown
    invitees: tuple[Invitee, ...]
    absent: tuple[str, ...]
    for_chair: frozenset[int] = frozenset()


def meetings(*, viewing: Viewing, build: Build, area: Area, asked: Asked) -> MeetingList:
    """A stretch of the meetings asked for of which the viewer may know, the next first, those that were after them, the last first. Audited."""
    desk, rows = meeting_desk(viewing, build), _asked(viewing, asked)
    coming = Leg(rows.filter(starts_at__gte=viewing.at), "starts_at")
    been = Leg(rows.filter(starts_at__lt=viewing.at), "starts_at", is_down=True)
    found = stretch(Legs((coming, been)), lambda some: _heads(desk, some, asked.case), asked.where)
    note_look(viewing, "meetings.list", ",".join(one.log_name for one in found.shown) or "none", ["kind", "when"])  # fmt: skip
    return MeetingList(found.shown, of_area(area), found.before, found.after)


def _heads(desk: MeetingDesk, numbers: Sequence[int], case: int | None) -> dict[int, Head]:
    books = desk.shown(list(models.Meeting.objects.filter(pk__in=numbers)), is_brief=True)
    # On an agenda a case stands for those who may know of it there, and for nobody else.
    return {book.head.number: book.head for book in books if case is None or case in book.cases}


def _asked(viewing: Viewing, asked: Asked) -> QuerySet[models.Meeting]:
    """Those asked for with which the viewer's agency has to do: what each may see of them is decided after."""
    rows = models.Meeting.objects.filter(has_to_do(viewing.viewer.agency))
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
    return looked_at(deciding.opened(viewing, build, area, number))


def proposed(*, viewing: Viewing, build: Build, area: Area, number: int) -> Proposals:
    """Who is proposed for a meeting: everybody who holds records of whom or what it is about, told to whoever arranges it. Audited. Raises MayNotDo, MeetingNotShown,
    MeetingRefused."""
    found = to_propose(viewing, build, area, number)
    some = proposals(found.desk, area, found.kind, found.book)
    note_look(viewing, "meeting.proposed", subjects_of(found), ["agencies", "last_contact", "worker"])
    out = frozenset(one.seq for one in found.book.invitees if found.book.is_sealed_out(one.seq))
    for_chair = frozenset() if found.desk.is_chair(found.book) else out
    return Proposals(shown_of(found), tuple(some), tuple(absent(found.kind, some)), for_chair)


def agencies_proposed(
    *, viewing: Viewing, build: Build, area: Area, person_ids: Iterable[str], months: int = 24
) -> dict[str, tuple[str, ...]]:
    """For each person (today's id) the agencies that a meeting about them would propose because they hold records: to measure whether anybody is missed, for those whose role
    it is. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what="evaluate", subject="all")
    found = holders.of_people(sight(viewing, build), area, person_ids, since(viewing, months))
    note_look(viewing, "meetings.measured", "all", ["agencies"])
    return {person: tuple(sorted({one.agency for one in some})) for person, some in found.items()}
