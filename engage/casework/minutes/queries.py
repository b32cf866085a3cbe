"""The reading door of what meetings decide: the record of one, its pack, and the register of decisions. One call, one line in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from engage.casework.cases.models import Case
from engage.casework.cases.rules import OF_PEOPLE
from engage.casework.meetings import deciding, models
from engage.casework.meetings.acting import shown_actions
from engage.casework.meetings.book import Book
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.ordering import Leg, Legs
from engage.casework.meetings.rules import Head, MeetingNotShown, log_name
from engage.casework.meetings.seeing import MeetingDesk, has_to_do, meeting_desk
from engage.casework.meetings.showing import MeetingShown, MoveMade, looked_at
from engage.casework.meetings.stretches import BEGINNING, Where, stretch
from engage.casework.minutes.models import Decision, Dissent, MinutesText
from engage.casework.minutes.packing import sheets
from engage.casework.minutes.rules import CLOSED, Decided, Disagreed, Sheet, Text
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import Action
from engage.governance import actions as governance
from engage.identities import assignments
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_midnight


__all__ = ["Asked", "MeetingNotShown", "Pack", "Record", "Register", "pack", "record", "register", "worded"]


@dataclass(frozen=True)
class Record:
    """The record of a meeting: the meeting, decisions in their order with dissent, the actions agreed in it, and what the minutes say. `out`: the agencies that are left out of all of it,
    to which no action of it is given."""

    shown: MeetingShown
    decisions: tuple[Decided, ...]
    actions: tuple[Action, ...]
    texts: tuple[Text, ...]
    out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pack:
    """What goes out before a meeting, to an agency ("" for whoever prints it): the meeting with overdue actions first, and a sheet for each case."""

    shown: MeetingShown
    sheets: tuple[Sheet, ...]
    audience: str


@dataclass(frozen=True)
class Asked:
    """Which decisions: with these words, about a person (today's id), on days from and until, of a kind of meeting; and which stretch of them."""

    words: str = ""
    person_id: str = ""
    from_on: date | None = None
    until_on: date | None = None
    kind: str = ""
    where: Where = BEGINNING


@dataclass(frozen=True)
class Off:
    """That a meeting was put off or not held."""

    head: Head
    move: MoveMade


@dataclass(frozen=True)
class Register:
    """A stretch of decisions, the last first, each with its meeting and how its case is called; from which decision the stretch before it, and the one after it, is asked for
    (None: there is none). `off`: meetings that were put off or not held, the last first."""

    decisions: tuple[Decided, ...]
    heads: Mapping[int, Head]
    titles: Mapping[int, str]
    kinds: Mapping[str, Kind]
    before: int | None = None
    after: int | None = None
    off: tuple[Off, ...] = ()


def record(*, viewing: Viewing, build: Build, area: Area, number: int) -> Record:
    """The record of a meeting. Audited. Raises MeetingNotShown."""
    found = deciding.opened(viewing, build, area, number)
    shown = looked_at(found)
    on = found.desk.read_of(found.book)
    rows = [row for row in Decision.objects.filter(meeting=number).order_by("seq") if row.case in on]
    texts: dict[tuple[int, str], MinutesText] = {}
    for text in MinutesText.objects.filter(meeting=number).order_by("version"):
        if (text.case or None) in on:
            texts[text.case, text.section] = text
    agreed = AgreedAction.objects.filter(meeting=number).order_by("agency", "due_on", "seq")
    # Whoever minutes the meeting reads what they typed, as they read the minutes' own words, and until those are closed.
    is_theirs = shown.arranges and found.book.head.state not in CLOSED
    actions = shown_actions(found, list(agreed), is_theirs=is_theirs)
    _looked(viewing, "minutes.view", _subjects(found), ["decisions", "dissent", "actions", "minutes"])
    return Record(
        shown, tuple(_decided(rows)), tuple(one for one in actions if one.case in on),
        tuple(Text(row.case, row.section, row.version, row.text, row.said_by_name, row.said_at) for row in texts.values()),
        frozenset(found.book.left_out(None)) - found.book.agencies,
    )  # fmt: skip


def pack(*, viewing: Viewing, build: Build, area: Area, number: int, audience: str = "") -> Pack:
    """The pack of a meeting for an agency that is invited, with no more than whoever prints it may see. Audited. Raises MeetingNotShown, MeetingRefused."""
    found = deciding.opened(viewing, build, area, number)
    shown = looked_at(found)
    if audience and audience not in found.book.agencies:
        raise deciding.refused(viewing, number, deciding.NOT_INVITED)
    some = sheets(found, audience)
    _looked(viewing, "meeting.pack", _subjects(found), ["agenda", "actions", "chronology"])
    return Pack(shown, tuple(some), audience)


def worded(
    *, viewing: Viewing, build: Build, area: Area, number: int, versions: Mapping[tuple[int, str], int]
) -> dict[tuple[int, str], str]:
    """What the minutes said in that version of each case (0: of none) and section, for whoever writes them; "" before the first. Nothing for others. Audited. Raises MeetingNotShown."""
    found = deciding.opened(viewing, build, area, number)
    known = found.book.cases | {0} if deciding.arranges(found) else frozenset()
    rows = MinutesText.objects.filter(meeting=number, case__in={case for case, _section in versions} & known)
    said = {(row.case, row.section, row.version): row.text for row in rows}
    _looked(viewing, "minutes.view", _subjects(found), ["minutes"])
    return {
        (case, section): said.get((case, section, version), "")
        for (case, section), version in versions.items()
        if case in known
    }


def register(*, viewing: Viewing, build: Build, area: Area, asked: Asked) -> Register:
    """A stretch of the decisions asked for, of meetings and cases that the viewer may see. Audited."""
    theirs = Exists(models.Meeting.objects.filter(has_to_do(viewing.viewer.agency), pk=OuterRef("meeting"), **_of_kind(asked)))  # fmt: skip
    known = _Known(meeting_desk(viewing, build))

    def show(numbers: Sequence[int]) -> dict[int, Decision]:
        rows = list(Decision.objects.filter(pk__in=numbers))
        books = known.of(row.meeting for row in rows)
        read = {
            number: known.desk.read_of(books[number])
            for number in {row.meeting for row in rows} & books.keys()
        }
        return {row.seq: row for row in rows if row.case in read.get(row.meeting, ())}

    found = stretch(_last_first(_asked(asked, build).filter(theirs)), show, asked.where)
    heads, kinds = {row.meeting: known.books[row.meeting].head for row in found.shown}, of_area(area)
    titles = known.desk.titles_of((known.books[one], _names_children(kinds, head.kind)) for one, head in heads.items())  # fmt: skip
    off = _off(known, theirs, asked, build)
    _looked(viewing, "decisions.list", ",".join(log_name(one) for one in sorted(heads)) or "none", ["decisions"])  # fmt: skip
    return Register(tuple(_decided(found.shown)), heads, titles, kinds, found.before, found.after, off)


@dataclass
class _Known:
    """The meetings that were looked up and of which the viewer may know, each opened once."""

    desk: MeetingDesk
    books: dict[int, Book] = field(default_factory=dict)

    def of(self, meetings: Iterable[int]) -> Mapping[int, Book]:
        """The books, with those of these meetings."""
        rows = models.Meeting.objects.filter(pk__in=set(meetings) - self.books.keys())
        self.books.update({book.head.number: book for book in self.desk.shown(list(rows), is_brief=True)})
        return self.books


def _last_first(rows: QuerySet[Any, Any]) -> Legs:
    return Legs((Leg(rows, "said_at", is_down=True),))


def _off(known: _Known, theirs: Exists, asked: Asked, build: Build) -> tuple[Off, ...]:
    """The moves by which meetings asked for were put off or not held; about a person, of those that have the person on their agenda. No more than the last of them."""
    rows = models.MeetingMove.objects.filter(theirs, move__in=("changed", "not_held"), **_between(asked))  # fmt: skip
    for word in asked.words.split():
        rows = rows.filter(reason__icontains=word)
    about = set(_about(asked.person_id, build)) if asked.person_id else None
    if about is not None:
        rows = rows.filter(meeting__in=models.MeetingItem.objects.filter(case__in=about).values("meeting"))

    def show(numbers: Sequence[int]) -> dict[int, models.MeetingMove]:
        some = list(models.MeetingMove.objects.filter(pk__in=numbers))
        books = known.of(one.meeting for one in some)
        return {one.seq: one for one in some if one.meeting in books and (about is None or about & books[one.meeting].cases)}  # fmt: skip

    last = stretch(_last_first(rows), show, BEGINNING)
    return tuple(
        Off(known.books[one.meeting].head, MoveMade(one.move, one.reason, (), one.said_by_name, one.said_at, one.before or {}))
        for one in last.shown
    )  # fmt: skip


def _names_children(kinds: Mapping[str, Kind], code: str) -> bool:
    return code not in kinds or kinds[code].names_children


def _asked(asked: Asked, build: Build) -> QuerySet[Decision]:
    rows = Decision.objects.all()
    for word in asked.words.split():
        rows = rows.filter(
            Q(what__icontains=word) | Q(rationale__icontains=word) | Q(decided_by__icontains=word)
        )
    if asked.person_id:
        rows = rows.filter(case__in=_about(asked.person_id, build))
    return rows.filter(**_between(asked))


def _between(asked: Asked) -> dict[str, datetime]:
    """The days asked for, as bounds of when something was said."""
    found = {}
    if asked.from_on:
        found["said_at__gte"] = london_midnight(asked.from_on)
    if asked.until_on:
        found["said_at__lt"] = london_midnight(asked.until_on + timedelta(days=1))
    return found


def _of_kind(asked: Asked) -> dict[str, str]:
    return {"kind": asked.kind} if asked.kind else {}


def _about(person_id: str, build: Build) -> list[int]:
    """The cases about a person, also those that were opened under an earlier id of theirs."""
    person = assignments.today(build, [person_id]).get(person_id, person_id)
    rows = Case.objects.filter(subject__in=assignments.ids_ever(build, person), kind__in=OF_PEOPLE)
    now = assignments.today(build, {row.subject for row in rows})
    return [row.seq for row in rows if now.get(row.subject, row.subject) == person]


def _decided(rows: Iterable[Decision]) -> list[Decided]:
    some = list(rows)
    numbers = [row.seq for row in some]
    said: dict[int, list[Disagreed]] = defaultdict(list)
    for one in Dissent.objects.filter(decision__in=numbers).order_by("seq"):
        said[one.decision].append(Disagreed(one.who, one.who_agency, one.what, one.said_at))
    later = dict(Decision.objects.filter(replaces__in=numbers).values_list("replaces", "seq"))
    return [
        Decided(
            row.seq, row.meeting, row.case, row.section, row.what, row.rationale, row.decided_by, row.replaces, later.get(row.seq), row.said_by_name,
            row.agency, row.said_at, tuple(said[row.seq]),
        )
        for row in some
    ]  # fmt: skip


def _subjects(found: Opened) -> str:
    heads = found.desk.heads(found.book)
    people = [head.subject for head in heads if head.kind in OF_PEOPLE and head.subject]
    return ",".join(dict.fromkeys((log_name(found.number), *people)))


def _looked(viewing: Viewing, action: str, subject: str, fields: list[str]) -> None:
    governance.record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision="allow")
