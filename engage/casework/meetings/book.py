"""What was said of meetings, as the rows tell it: what is on each agenda, who is invited for what, and who takes part. Read in few queries, however many meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Manager, QuerySet

from engage.casework.meetings import models
from engage.casework.meetings.holders import SPECIALIST_SEAT, Holder
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

    seq: int
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
    """What was said last of inviting somebody (`state`), and whether the chair signed it; `holds`: what counts of it. An open word that leaves out counts once it is signed, and until then what stood
    before it; a sealed one counts from the moment that it is written, since it keeps out whoever would be tipped off."""

    state: str = ""
    is_signed: bool = False
    holds: str = ""
    is_sealed: bool = False


NOTHING, AS_INVITED = Stands(), Stands(INVITED, False, INVITED)


class Part(NamedTuple):
    """What stands of one invitee: of each case (None: of the whole) that they were named for, or are left out of."""

    of: Mapping[int | None, Stands]
    whole: Stands

    def at(self, case: int | None) -> Stands:
        """What stands of a case: a word on the case beats one on the whole."""
        return self.of.get(case) or self.whole


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
        found, on = self.by_number(invitee), self._on
        return tuple(
            Scope(row.case, Holder(found.agency, found.member, row.basis, found.holder), *self._parts[invitee].of[row.case])
            for row in {row.case: row for row in self.scopes_of[invitee]}.values()
            if row.case in on
        )  # fmt: skip

    @cached_property
    def _on(self) -> frozenset[int | None]:
        return frozenset((*self.cases, None))

    @cached_property
    def _parts(self) -> dict[int, Part]:
        return {one.seq: _part(self.scopes_of[one.seq], self.words_of[one.seq]) for one in self.invitees}

    @cached_property
    def _by_number(self) -> dict[int, InviteeRow]:
        return {one.seq: one for one in self.invitees}

    def by_number(self, invitee: int) -> InviteeRow:
        """One of those who have to do with it."""
        return self._by_number[invitee]

    def is_invited(self, invitee: int) -> bool:
        """They are invited, for the whole or for a case."""
        return any(one.holds == INVITED for case, one in self._parts[invitee].of.items() if case in self._on)

    def stands(self, invitee: int) -> Mapping[int | None, Stands]:
        """What stands of somebody's part in each case (None: in the whole) that they were named for or are left out of; nothing where nothing was said of them."""
        found = self._parts.get(invitee)
        return {case: one for case, one in found.of.items() if case in self._on} if found else {}

    def is_sealed_out(self, invitee: int) -> bool:
        """They are left out of the whole with a seal: to whatever is put on the agenda later the chair alone invites them."""
        whole = self.stands(invitee).get(None, NOTHING)
        return whole.holds == LEFT_OUT and whole.is_sealed

    @property
    def has_unsigned(self) -> bool:
        """Somebody is left out, and the chair has not signed it."""
        return any(one.state == LEFT_OUT and not one.is_signed for one in self._on_agenda())

    @property
    def has_sealed(self) -> bool:
        """Somebody is left out with a seal."""
        return any(one.holds == LEFT_OUT and one.is_sealed for one in self._on_agenda())

    def _on_agenda(self) -> Iterator[Stands]:
        return (one for part in self._parts.values() for case, one in part.of.items() if case in self._on)

    @cached_property
    def _invited(self) -> dict[int | None, set[str]]:
        """The agencies that are invited for each case, and (None) for the whole."""
        found: dict[int | None, set[str]] = defaultdict(set)
        for one in self.invitees:
            for case, stands in self._parts[one.seq].of.items():
                if stands.holds == INVITED and one.agency:
                    found[case].add(one.agency)
        return found

    @cached_property
    def has_out(self) -> bool:
        """Anybody may be left out of anything, so that each case has to be gone through for itself: in most meetings nobody is."""
        return any(word.says == LEFT_OUT for words in self.words_of.values() for word in words)

    def parts(self, case: int | None) -> frozenset[str]:
        """The agencies that take part in the meeting as a whole (None), or in a case of it: those that arrange and chair it, and those invited, but for those left out."""
        invited, ties = self._invited, {self.head.agency, self.head.chair_agency}
        if not self.has_out:
            return frozenset(ties.union(invited.get(None, ()), invited.get(case, ())) - {""})
        some = {one.agency for one in self.invitees if self._parts[one.seq].at(case).holds == INVITED}
        out = self.left_out(case)
        # Whoever is left out openly may sit there on another seat; what is sealed holds whatever else they have to do with it.
        return frozenset({one for one in some if not out.get(one)} | (ties - out.keys())) - {""}

    def left_out(self, case: int | None, *, but: int = 0) -> dict[str, bool]:
        """The agencies that are left out of a case, or of the whole (None), on a seat of their own, each with whether that is sealed; `but`: what is said of that invitee aside."""
        found: dict[str, bool] = {}
        for one in self.invitees:
            stands = self._parts[one.seq].at(case)
            if (
                stands.holds == LEFT_OUT
                and one.seq != but
                and speaks_for_agency(one.member, one.holder, one.user_name)
            ):
                found[one.agency] = found.get(one.agency, False) or stands.is_sealed
        return found

    def is_out(self, agency: str, case: int | None) -> bool:
        """The agency is left out of a case, or of the whole (None), and takes part in it on no other seat."""
        return agency in self.left_out(case) and agency not in self.parts(case)

    @cached_property
    def ever_out(self) -> frozenset[str]:
        """The agencies that are left out of anything, or through which a body that is left out is reached: what is sealed is not for them."""
        some = (one for one in self.invitees if one.agency and not one.user_name)
        return frozenset(
            one.agency
            for one in some
            if any(stands.holds == LEFT_OUT for stands in (self._parts[one.seq].whole, *self._parts[one.seq].of.values()))
        )  # fmt: skip

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
        """Workers who were left out of the whole by name, and are invited for nothing of it."""
        some = (one for one in self.invitees if one.user and not self.is_invited(one.seq))
        return self.kept_out_of(None) & {one.user for one in some}

    def kept_out_of(self, case: int | None) -> frozenset[str]:
        """Workers who were left out of a case, or of the whole (None), by name. Whoever chairs and whoever called it stay."""
        some = (one for one in self.invitees if one.user) if self.has_out else ()
        out = {one.user for one in some if self._parts[one.seq].at(case).holds == LEFT_OUT}
        return frozenset(out - {self.head.chair, self.head.organiser})

    def is_named_out(self, user: str) -> bool:
        """A worker was left out of any of it by name."""
        some = (self._parts[one.seq] for one in self.invitees if user and one.user == user)
        return any(one.holds == LEFT_OUT for part in some for one in (part.whole, *part.of.values()))


def speaks_for_agency(member: str, holder: str, user_name: str) -> bool:
    """What is said of this seat is said of the agency itself: not of a body that it is reached for, a clinic, or one of its workers."""
    return not holder and not user_name and member != SPECIALIST_SEAT


def _part(scopes: Iterable[ScopeRow], words: Iterable[WordRow]) -> Part:
    said: dict[int | None, Stands] = {}
    for word in words:
        if word.says == INVITED:
            said[word.case] = AS_INVITED
        elif word.says in _ON_PARTS:
            # Who is there for the whole is so for each case, until something that counts is said of it.
            before = said.get(None, NOTHING) if word.says == LEFT_OUT else NOTHING
            said[word.case] = _without(said.get(word.case, before), word)
    whole = said.get(None, NOTHING)
    of = {row.case: said.get(row.case, whole) for row in scopes}
    # Of what they were not named for, they can be left out, and that can be taken back; that alone invites nobody.
    of |= {case: stands for case, stands in said.items() if case not in of and stands.state == LEFT_OUT}
    return Part(of, of.get(None, NOTHING))


def _without(before: Stands, word: WordRow) -> Stands:
    """What stands once somebody was left out, or the chair signed that."""
    if word.says == LEFT_OUT:
        holds = LEFT_OUT if word.is_sealed else before.holds
        return Stands(LEFT_OUT, False, holds, word.is_sealed or (before.is_sealed and holds == LEFT_OUT))
    return before._replace(is_signed=True, holds=LEFT_OUT) if before.state == LEFT_OUT else before


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
