"""What was said of meetings, as the rows tell it: what is on each agenda, who is invited for what, and who takes part. Read in few queries, however many meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from engage.casework.meetings import models
from engage.casework.meetings.holders import Holder
from engage.casework.meetings.rules import INVITED, LEFT_OUT, SIGNED, Head, Item, Scope


@dataclass
class Book:
    """All that was said of one meeting. `taken_off`: what was on its agenda once: what was decided of it stays;
    `is_cut`: cases are left out that are not the viewer's to know of."""

    head: Head
    items: tuple[Item, ...] = ()
    taken_off: tuple[Item, ...] = ()
    invitees: list[models.Invitee] = field(default_factory=list)
    scopes_of: dict[int, list[models.InviteeItem]] = field(default_factory=lambda: defaultdict(list))
    words_of: dict[int, list[models.InviteeWord]] = field(default_factory=lambda: defaultdict(list))
    is_cut: bool = False

    def scopes(self, invitee: int) -> tuple[Scope, ...]:
        """For what somebody was proposed or invited, each with what was said last of it."""
        on = self.cases | {None}
        rows = {row.case: row for row in self.scopes_of[invitee] if row.case in on}
        return tuple(self._scope(invitee, row) for row in rows.values())

    def _scope(self, invitee: int, row: models.InviteeItem) -> Scope:
        state, is_signed = "", False
        for word in self.words_of[invitee]:
            if word.case is not None and word.case != row.case:
                continue
            if word.says in (INVITED, LEFT_OUT):
                state, is_signed = word.says, False
            if word.says == SIGNED and state == LEFT_OUT:
                is_signed = True
        found = self.by_number(invitee)
        holder = Holder(found.agency, found.member, row.basis, found.holder)
        return Scope(row.case, holder, state, is_signed)

    def by_number(self, invitee: int) -> models.Invitee:
        """One of those who have to do with it."""
        return next(one for one in self.invitees if one.seq == invitee)

    def parts(self, case: int | None) -> frozenset[str]:
        """The agencies that take part in the meeting as a whole (None), or in a case of it: those that arrange and chair it, and those invited."""
        own = {self.head.agency, self.head.chair_agency}
        invited = {
            one.agency
            for one in self.invitees
            for scope in self.scopes(one.seq)
            if scope.state == INVITED and one.agency and (scope.case is None or scope.case == case)
        }
        return frozenset(own | invited) - {""}

    @property
    def cases(self) -> frozenset[int]:
        """Every case that is on its agenda or once was."""
        return frozenset(item.case for item in (*self.items, *self.taken_off))

    @property
    def agencies(self) -> frozenset[str]:
        """Every agency that takes part in any of it."""
        return self.parts(None).union(*(self.parts(item.case) for item in self.items))

    @property
    def kept_out(self) -> frozenset[str]:
        """Workers who were left out by name."""
        return frozenset(
            one.user
            for one in self.invitees
            if one.user and any(scope.state == LEFT_OUT for scope in self.scopes(one.seq))
        )


def head_of(row: models.Meeting) -> Head:
    """The head that a row is."""
    return Head(
        row.seq, row.kind, row.called, row.state, row.version, row.starts_at, row.minutes_long, row.place, row.chair, row.chair_name, row.chair_agency,
        row.organiser, row.organiser_name, row.agency,
    )  # fmt: skip


def books(rows: Sequence[models.Meeting]) -> list[Book]:
    """What was said of each of these meetings."""
    made = {row.seq: Book(head_of(row)) for row in rows}
    last: dict[tuple[int, int], models.MeetingItem] = {}
    for item in models.MeetingItem.objects.filter(meeting__in=made).order_by("seq"):
        last[item.meeting, item.case] = item
    for number, book in made.items():
        mine = [row for (meeting, _case), row in last.items() if meeting == number]
        mine.sort(key=lambda row: (row.place, row.seq))
        book.items = tuple(Item(row.case, row.section, row.place) for row in mine if row.is_on)
        book.taken_off = tuple(Item(row.case, row.section, row.place) for row in mine if not row.is_on)
    for invitee in models.Invitee.objects.filter(meeting__in=made).order_by("seq"):
        made[invitee.meeting].invitees.append(invitee)
    for scope in models.InviteeItem.objects.filter(meeting__in=made).order_by("seq"):
        made[scope.meeting].scopes_of[scope.invitee].append(scope)
    for word in models.InviteeWord.objects.filter(meeting__in=made).order_by("seq"):
        made[word.meeting].words_of[word.invitee].append(word)
    return list(made.values())
