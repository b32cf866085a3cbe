"""The lists of the day that hold what meetings ask of an agency, what was put off or is not held, and strategy discussions that were not held as they should be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from engage.casework.meetings import models
from engage.casework.meetings.book import Book
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.rules import HELD, INVITED, ISSUED, NOT_HELD, PLANNED, REPLIES
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.rounds.models import InformationRequest, Return
from engage.casework.week.rows import Asking, Filled, Row


STRATEGY = "strategy_discussion"
LOOKS_BACK = timedelta(days=28)
TELLS_FOR = timedelta(days=14)


def requests(asking: Asking) -> Filled:
    """The meetings for which the viewer's agency was asked what it has not answered, each once, with the day of its earliest request; the earliest first."""
    answered = Return.objects.filter(request=OuterRef("seq"))
    asked = InformationRequest.objects.filter(to_agency=asking.agency).exclude(Exists(answered))
    rows = list(asked.order_by("due_on", "seq"))
    books = shown(asking, {row.meeting for row in rows}, (PLANNED, HELD, ISSUED))
    first: dict[int, date] = {}
    for row in rows:
        book = books.get(row.meeting)
        if book and (row.case is None or row.case in {item.case for item in book.items}):
            first.setdefault(row.meeting, row.due_on)
    lines = [row_of(asking, books[number], on, is_over=on < asking.today) for number, on in first.items()]
    return Filled(tuple(lines[: asking.most]), len(lines))


def refused_strategy(asking: Asking) -> Filled:
    """Strategy discussions of the last four weeks to which the viewer's agency was invited and that were not held, or held with somebody missing; the last first."""
    lacking = (
        models.MeetingMove.objects.filter(move="held").exclude(lacking=[]).values_list("meeting", flat=True)
    )
    invited = models.Invitee.objects.filter(agency=asking.agency).values("meeting")
    since = asking.desk.see.viewing.at - LOOKS_BACK
    found = models.Meeting.objects.filter(kind=STRATEGY, starts_at__gte=since, pk__in=invited)
    numbers = {row.seq for row in found if row.state == NOT_HELD} | (
        {row.seq for row in found} & set(lacking.filter(meeting__in=found.values("seq")))
    )
    books = sorted(shown(asking, numbers, ()).values(), key=lambda book: book.head.starts_at, reverse=True)
    lines = [row_of(asking, one, one.head.starts_at) for one in books]
    return Filled(tuple(lines[: asking.most]), len(lines))


def changed(asking: Asking) -> Filled:
    """Meetings to which the viewer's agency is invited and that were put off, and it has not said since whether it comes, or that are not held; by the day that they have
    now."""
    since = asking.desk.see.viewing.at - TELLS_FOR
    invited = models.Invitee.objects.filter(agency=asking.agency).values("meeting")
    moves = models.MeetingMove.objects.filter(
        move__in=("changed", "not_held"), said_at__gte=since, meeting__in=invited
    )
    last = {row.meeting: row for row in moves.order_by("number")}
    found = shown(asking, last, (PLANNED, NOT_HELD))
    some = [book for book in found.values() if _is_to_be_told(asking, book, last[book.head.number])]
    some.sort(key=lambda book: (book.head.starts_at, book.head.number))
    lines = [row_of(asking, one, one.head.starts_at, is_over=one.head.state == NOT_HELD) for one in some]
    return Filled(tuple(lines[: asking.most]), len(lines))


def _is_to_be_told(asking: Asking, book: Book, move: models.MeetingMove) -> bool:
    """The viewer's agency is invited, somebody else moved it, and the agency has not answered since."""
    own = [one for one in book.invitees if one.agency == asking.agency]
    is_invited = any(scope.state == INVITED for one in own for scope in book.scopes(one.seq))
    words = (word for one in own for word in book.words_of[one.seq])
    has_answered = any(word.says in REPLIES and word.said_at > move.said_at for word in words)
    return is_invited and move.said_by != asking.user and (move.move == "not_held" or not has_answered)


def shown(asking: Asking, numbers: Collection[int], states: Collection[str]) -> dict[int, Book]:
    """Those of these meetings of which the viewer may know, in these states (any, where none is named)."""
    rows = models.Meeting.objects.filter(pk__in=numbers)
    rows = rows.filter(state__in=states) if states else rows
    found = list(rows)
    return {book.head.number: book for book in MeetingDesk(asking.desk).shown(found)} if found else {}


def row_of(asking: Asking, book: Book, on: date | datetime, *, is_over: bool = False) -> Row:
    """The row of a meeting, under the title of its kind and how it is called."""
    kind = of_area(asking.area).get(book.head.kind)
    title = kind.title if kind else book.head.kind
    return Row(meeting=book.head.number, kind=title, called=book.head.called, on=on, is_over=is_over)
