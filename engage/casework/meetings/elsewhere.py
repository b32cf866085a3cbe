"""Is somebody invited to a meeting who is left out of one of its cases, with a seal, by another meeting?

They were invited before the seal was put (else they would be left out here too: carrying.py). Nothing is changed by itself, since whoever loses an invitation is tipped off by that: chair and guardian
are told, and the chair decides. Neither is told of a seal on themselves or on their own agency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from engage.casework.meetings.bodies import holder_of, is_invited, stands_in
from engage.casework.meetings.book import Book
from engage.casework.meetings.holders import SPECIALIST_SEAT
from engage.casework.meetings.rules import INVITED
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.tasks.models import KeptOut


class Elsewhere(NamedTuple):
    """Who is left out of a case with a seal by the meeting of that number: an agency, a body that it is reached for (`holder`), or one of its workers."""

    case: int
    meeting: int
    agency: str
    seat: str
    holder: str
    user: str
    user_name: str

    @property
    def is_service(self) -> bool:
        """A specialist service without a name."""
        return self.seat == SPECIALIST_SEAT


def sealed_on(cases: Collection[int]) -> list[Elsewhere]:
    """Whoever is left out of any of these cases with a seal, by whichever meeting."""
    rows = KeptOut.objects.filter(case__in=cases, is_of_case=True).order_by("case", "id") if cases else KeptOut.objects.none()  # fmt: skip
    return [
        Elsewhere(row.case or 0, row.meeting, row.agency, row.seat, holder_of(row), row.user, row.user_name)
        for row in rows
    ]  # fmt: skip


def invited_in(desk: MeetingDesk, book: Book, some: Iterable[Elsewhere]) -> tuple[Elsewhere, ...]:
    """Those of them who take part in a meeting all the same, for whoever reads there what is sealed."""
    on = {item.case for item in book.items}
    found = [one for one in some if one.case in on and one.meeting != book.head.number]
    if not found or not desk.may_unseal(book):
        return ()
    return tuple(one for one in found if _takes_part(book, one) and not _is_of_viewer(desk, book, one))


def _takes_part(book: Book, one: Elsewhere) -> bool:
    if one.user_name:
        rows = [row for row in book.invitees if (row.agency, row.user_name) == (one.agency, one.user_name)]
        is_named = one.user != "" and one.user in (book.head.organiser, book.head.chair)
        return is_named or any(stands_in(book, row.seq, one.case).holds == INVITED for row in rows)
    if one.holder or one.is_service:
        return is_invited(book, one.agency, one.holder or one.seat, one.case)
    return one.agency in book.parts(one.case)


def _is_of_viewer(desk: MeetingDesk, book: Book, one: Elsewhere) -> bool:
    viewer = desk.viewing.viewer
    if desk.is_chair(book):
        is_agency = not (one.user_name or one.holder or one.is_service)
        return viewer.user_id == one.user or (is_agency and one.agency == viewer.agency)
    return one.agency == viewer.agency
