"""The lists of the day that hold what meetings ask of an agency, what was put off or is not held, and strategy discussions that were not held as they should be."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from engage.casework.meetings import models
from engage.casework.meetings.book import Book
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.rules import NOT_HELD, PLANNED, REPLIES
from engage.casework.rounds.models import InformationRequest, Return
from engage.casework.rounds.rules import TAKES_ANSWERS
from engage.casework.week.rows import Asking, Filled, Need, Read, Row, Steps


STRATEGY = "strategy_discussion"
LOOKS_BACK = timedelta(days=28)
TELLS_FOR = timedelta(days=14)
# So many meetings of a list are read.
READ = 15


def requests(asking: Asking) -> Steps:
    """The meetings for which the viewer's agency was asked what it has not answered and still can, each once, with the day of its earliest request; the earliest first."""
    answered = Return.objects.filter(request=OuterRef("seq"))
    asked = InformationRequest.objects.filter(to_agency=asking.agency, meeting__in=_in(*TAKES_ANSWERS))
    rows = list(
        asked.exclude(Exists(answered)).order_by("due_on", "seq").values_list("meeting", "case", "due_on")
    )
    return (yield from by_earliest(asking, rows))


def refused_strategy(asking: Asking) -> Steps:
    """Strategy discussions of the last four weeks to which the viewer's agency was invited and that were not held, or held with somebody missing; the last first."""
    lacking = models.MeetingMove.objects.filter(move="held").exclude(lacking=[]).values("meeting")
    invited = Exists(models.Invitee.objects.filter(meeting=OuterRef("pk"), agency=asking.agency))
    since = asking.desk.see.viewing.at - LOOKS_BACK
    found = models.Meeting.objects.filter(
        invited, Q(state=NOT_HELD) | Q(pk__in=lacking), kind=STRATEGY, starts_at__gte=since
    )
    numbers = list(found.values_list("pk", flat=True))
    read = yield Need(meetings=numbers)
    books = sorted(
        read.books_of(numbers), key=lambda book: (book.head.starts_at, book.head.number), reverse=True
    )
    lines = [row_of(asking, one, one.head.starts_at) for one in books]
    return Filled(tuple(lines[: asking.most]), len(lines))


def changed(asking: Asking) -> Steps:
    """Meetings to which the viewer's agency is invited and that were put off, and it has not said since whether it comes, or that are not held; by the day that they have
    now."""
    since = asking.desk.see.viewing.at - TELLS_FOR
    invited = models.Invitee.objects.filter(agency=asking.agency).values("meeting")
    moves = models.MeetingMove.objects.filter(
        Q(meeting__in=_in(PLANNED, NOT_HELD)),
        move__in=("changed", "not_held"),
        said_at__gte=since,
        meeting__in=invited,
    )
    last = {row.meeting: row for row in moves.order_by("number")}
    read = yield Need(meetings=last)
    some = [book for book in read.books_of(last) if _is_to_be_told(asking, book, last[book.head.number])]
    some.sort(key=lambda book: (book.head.starts_at, book.head.number))
    lines = [row_of(asking, one, one.head.starts_at, is_over=one.head.state == NOT_HELD) for one in some]
    return Filled(tuple(lines[: asking.most]), len(lines))


def _is_to_be_told(asking: Asking, book: Book, move: models.MeetingMove) -> bool:
    """The viewer's agency is invited, somebody else moved it, and the agency has not answered since."""
    own = [one for one in book.invitees if one.agency == asking.agency]
    is_invited = any(book.is_invited(one.seq) for one in own)
    words = (word for one in own for word in book.words_of[one.seq])
    has_answered = any(word.says in REPLIES and word.said_at > move.said_at for word in words)
    return is_invited and move.said_by != asking.user and (move.move == "not_held" or not has_answered)


def by_earliest(asking: Asking, rows: Sequence[tuple[int, int | None, date]]) -> Steps:
    """Of requests, each a meeting, a case and a day, the earliest first: the meetings, each once with the day of its first request that is of a case still on its agenda, or of no case."""
    read = yield Need(meetings={meeting for meeting, _case, _due in rows})
    first: dict[int, date] = {}
    for meeting, case, due_on in rows:
        book = read.books.get(meeting)
        if book and (case is None or case in {item.case for item in book.items}):
            first.setdefault(meeting, due_on)
    lines = [
        row_of(asking, read.books[number], on, is_over=on < asking.today) for number, on in first.items()
    ]
    return Filled(tuple(lines[: asking.most]), len(lines))


def _in(*states: str) -> QuerySet[models.Meeting, int]:
    """The numbers of the meetings in these states."""
    return models.Meeting.objects.filter(state__in=states).values_list("seq", flat=True)


@dataclass(frozen=True)
class Sifted:
    """The first of the meetings of a list, and whether nobody counted on."""

    books: list[Book]
    is_more: bool

    def filled(self, asking: Asking, by: Callable[[Book], tuple[date | datetime, bool]]) -> Filled:
        """The list, each row by a day or moment and whether that has passed."""
        lines = []
        for book in self.books[: asking.most]:
            on, is_over = by(book)
            lines.append(row_of(asking, book, on, is_over=is_over))
        return Filled(tuple(lines), len(self.books), is_more=self.is_more)


def sifted(
    asking: Asking, numbers: Sequence[int], fits: Callable[[Iterable[Book]], Iterable[Book]]
) -> Generator[Need, Read, Sifted]:
    """Those of these meetings, in this order, that fit and of which the viewer may know. Of many the first are read, and all the others where these are fewer than a list shows: each is read with
    all that was said of it, which takes longer than anything else of a day."""
    first, others = numbers[: max(READ, asking.most)], numbers[max(READ, asking.most) :]
    found = list(fits((yield Need(meetings=first)).books_of(first)))
    if others and len(found) < asking.most:
        found += fits((yield Need(meetings=others)).books_of(others))
        others = ()
    return Sifted(found, bool(others))


def row_of(asking: Asking, book: Book, on: date | datetime, *, is_over: bool = False) -> Row:
    """The row of a meeting, under the title of its kind and how it is called."""
    kind = of_area(asking.area).get(book.head.kind)
    title = kind.title if kind else book.head.kind
    return Row(meeting=book.head.number, kind=title, called=book.head.called, on=on, is_over=is_over)
