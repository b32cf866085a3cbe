"""What was said of meetings, as the rows tell it: what is on each agenda, who is invited for what, and who takes part. Read in few queries, however many meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Manager, QuerySet

from engage.casework.meetings import models
from engage.casework.meetings.holders import Holder
from engage.casework.meetings.rules import INVITED, LEFT_OUT, SIGNED, Head, Item, Scope


# What says whether somebody is invited, left out, or left out with the chair's signature.
_ON_PARTS = (INVITED, LEFT_OUT, SIGNED)


class InviteeRow(NamedTuple):
    """Of the row of an invitee what is read of it."""

    meeting: int
    seq: int
    agency: str
    member: str
    holder: str
    user: str
    user_name: str
    contact: str


class ScopeRow(NamedTuple):
    """For which case (None: the whole) somebody was proposed, and why."""

    meeting: int
    invitee: int
    case: int | None
    basis: str


class WordRow(NamedTuple):
    """A word on somebody's part. Whether its text may be read is not decided here."""

    meeting: int
    invitee: int
    case: int | None
    says: str
    text: str
    is_sealed: bool
    who: str
    role: str
    said_by: str
    said_by_name: str
    agency: str
    said_at: datetime


class Stands(NamedTuple):
    """What was said last of inviting somebody for what a row names, and whether the chair signed it."""

    row: ScopeRow
    state: str
    is_signed: bool


@dataclass
class Book:
    """All that was said of one meeting. `taken_off`: what was on its agenda once: what was decided of it stays;
    `is_cut`: cases are left out that are not the viewer's to know of. What follows from the rows is reckoned once: a book is not added to when it was made."""

    head: Head
    items: tuple[Item, ...] = ()
    taken_off: tuple[Item, ...] = ()
    invitees: list[InviteeRow] = field(default_factory=list)
    scopes_of: dict[int, list[ScopeRow]] = field(default_factory=lambda: defaultdict(list))
    words_of: dict[int, list[WordRow]] = field(default_factory=lambda: defaultdict(list))
    is_cut: bool = False

    def scopes(self, invitee: int) -> tuple[Scope, ...]:
        """For what somebody was proposed or invited, each with what was said last of it."""
        found = self.by_number(invitee)
        return tuple(
            Scope(row.case, Holder(found.agency, found.member, row.basis, found.holder), state, is_signed)
            for row, state, is_signed in self._stands[invitee]
        )

    @cached_property
    def _stands(self) -> dict[int, list[Stands]]:
        on = self.cases | {None}
        found = {}
        for one in self.invitees:
            rows = {row.case: row for row in self.scopes_of[one.seq] if row.case in on}
            words = [word for word in self.words_of[one.seq] if word.says in _ON_PARTS]
            found[one.seq] = [_stands(row, words) for row in rows.values()]
        return found

    @cached_property
    def _by_number(self) -> dict[int, InviteeRow]:
        return {one.seq: one for one in self.invitees}

    def by_number(self, invitee: int) -> InviteeRow:
        """One of those who have to do with it."""
        return self._by_number[invitee]

    def is_invited(self, invitee: int) -> bool:
        """They are invited, for the whole or for a case."""
        return any(state == INVITED for _row, state, _is_signed in self._stands[invitee])

    @property
    def has_unsigned(self) -> bool:
        """Somebody is left out, and the chair has not signed it."""
        some = (stands for of in self._stands.values() for stands in of)
        return any(state == LEFT_OUT and not is_signed for _row, state, is_signed in some)

    @cached_property
    def _invited(self) -> dict[int | None, set[str]]:
        """The agencies that are invited for each case, and (None) for the whole."""
        found: dict[int | None, set[str]] = defaultdict(set)
        for one in self.invitees:
            for row, state, _is_signed in self._stands[one.seq]:
                if state == INVITED and one.agency:
                    found[row.case].add(one.agency)
        return found

    def parts(self, case: int | None) -> frozenset[str]:
        """The agencies that take part in the meeting as a whole (None), or in a case of it: those that arrange and chair it, and those invited."""
        invited = self._invited
        return frozenset({self.head.agency, self.head.chair_agency}.union(invited.get(None, ()), invited.get(case, ()))) - {""}  # fmt: skip

    @cached_property
    def cases(self) -> frozenset[int]:
        """Every case that is on its agenda or once was."""
        return frozenset(item.case for item in (*self.items, *self.taken_off))

    @cached_property
    def agencies(self) -> frozenset[str]:
        """Every agency that takes part in any of it."""
        return self.parts(None).union(*(self.parts(item.case) for item in self.items))

    @cached_property
    def kept_out(self) -> frozenset[str]:
        """Workers who were left out by name."""
        return frozenset(
            one.user
            for one in self.invitees
            if one.user and any(state == LEFT_OUT for _row, state, _is_signed in self._stands[one.seq])
        )


def _stands(row: ScopeRow, words: Iterable[WordRow]) -> Stands:
    state, is_signed = "", False
    for word in words:
        if word.case is not None and word.case != row.case:
            continue
        if word.says == SIGNED:
            is_signed = is_signed or state == LEFT_OUT
        else:
            state, is_signed = word.says, False
    return Stands(row, state, is_signed)


def head_of(row: models.Meeting) -> Head:
    """The head that a row is."""
    return Head(
        row.seq, row.kind, row.called, row.state, row.version, row.starts_at, row.minutes_long, row.place, row.chair, row.chair_name, row.chair_agency,
        row.organiser, row.organiser_name, row.agency,
    )  # fmt: skip


def books(rows: Sequence[models.Meeting], *, is_brief: bool = False) -> list[Book]:
    """What was said of each of these meetings; where `is_brief`, of each part in it no more than whether somebody is invited or left out."""
    made = {row.seq: Book(head_of(row)) for row in rows}
    _lay_items(made)
    for invitee in map(InviteeRow._make, _rows(models.Invitee.objects, InviteeRow._fields, made)):
        made[invitee.meeting].invitees.append(invitee)
    for scope in map(ScopeRow._make, _rows(models.InviteeItem.objects, ScopeRow._fields, made)):
        made[scope.meeting].scopes_of[scope.invitee].append(scope)
    words = _rows(models.InviteeWord.objects, WordRow._fields, made)
    for word in map(WordRow._make, words.filter(says__in=_ON_PARTS) if is_brief else words):
        made[word.meeting].words_of[word.invitee].append(word)
    return list(made.values())


def _rows(table: Manager[Any], columns: Sequence[str], meetings: Collection[int]) -> QuerySet[Any, Any]:
    """The columns of these that are read, as tuples: whole rows of the mapper take longer to make than the store to read."""
    return table.filter(meeting__in=meetings).order_by("seq").values_list(*columns)


def _lay_items(made: Mapping[int, Book]) -> None:
    """Put what is on each agenda, and what once was, into the books, in the order of places."""
    last: dict[tuple[int, int], tuple[int, int, str, bool]] = {}
    rows = models.MeetingItem.objects.filter(meeting__in=made).order_by("seq")
    columns = ("meeting", "case", "place", "seq", "section", "is_on")
    for meeting, case, place, seq, section, is_on in rows.values_list(*columns):
        last[meeting, case] = (place, seq, section, is_on)
    on: dict[tuple[int, bool], list[Item]] = defaultdict(list)
    for (meeting, case), (place, _seq, section, is_on) in sorted(last.items(), key=lambda one: one[1][:2]):
        on[meeting, is_on].append(Item(case, section, place))
    for number, book in made.items():
        book.items, book.taken_off = tuple(on[number, True]), tuple(on[number, False])
