"""The lists of the day that hold what became of an information round: that the viewer, as a manager, was told of a request that their agency has not answered, and rounds of their meetings in which answers are missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from engage.casework.meetings.book import Book
from engage.casework.meetings.models import Meeting
from engage.casework.meetings.rules import HELD, PLANNED
from engage.casework.rounds.models import Chase, InformationRequest, Return
from engage.casework.rounds.seeing import Standing, is_still_asked, seats_of
from engage.casework.week.of_meetings import by_earliest, row_of
from engage.casework.week.of_papers import arranged, of_mine
from engage.casework.week.rows import Asking, Filled, Need, Steps


def told(asking: Asking) -> Steps:
    """The meetings for which the viewer's agency was asked, has not answered, and its manager was told; each once, the longest late first."""
    escalated = Chase.objects.filter(request=OuterRef("seq"), is_escalated=True)
    going_on = Meeting.objects.filter(state__in=(PLANNED, HELD)).values("seq")
    rows = _unanswered().filter(Exists(escalated), to_agency=asking.agency, meeting__in=going_on)
    return (yield from by_earliest(asking, list(rows.values_list("meeting", "case", "due_on"))))


def unanswered(asking: Asking) -> Steps:
    """Meetings to come that the viewer arranges and for which somebody who is still invited has not answered; the one that waits longest first."""
    now = asking.desk.see.viewing.at
    mine = Meeting.objects.filter(of_mine(asking), state=PLANNED, starts_at__gt=now).values("seq")
    rows = list(_unanswered().filter(meeting__in=mine).values_list("meeting", "invitee", "case", "due_on"))
    read = yield Need(meetings={meeting for meeting, _invitee, _case, _due in rows})
    books = {
        one.head.number: one
        for one in arranged(asking, read.books_of({meeting for meeting, _invitee, _case, _due in rows}))
    }
    seats = {number: seats_of(book) for number, book in books.items()}
    first: dict[int, date] = {}
    for meeting, invitee, case, due_on in rows:
        if meeting in books and _is_asked(books[meeting], seats[meeting][invitee], case):
            first.setdefault(meeting, due_on)
    lines = [row_of(asking, books[number], on, is_over=on < asking.today) for number, on in first.items()]
    return Filled(tuple(lines[: asking.most]), len(lines))


def _unanswered() -> QuerySet[InformationRequest]:
    answered = Return.objects.filter(request=OuterRef("seq"))
    return InformationRequest.objects.exclude(Exists(answered)).order_by("due_on", "seq")


def _is_asked(book: Book, seats: Iterable[Standing], case: int | None) -> bool:
    """The case is still on the agenda, and whoever was asked about it is still asked, as the round says it."""
    return case in {None, *(item.case for item in book.items)} and is_still_asked(seats, case)
