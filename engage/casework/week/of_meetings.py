"""The lists of the day that hold what meetings ask of an agency, what was put off or is not held, and strategy discussions that were not held as they should be."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from engage.casework.meetings import models
from engage.casework.meetings.book import Book
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.rules import HELD, INVITED, ISSUED, LEFT_OUT, NOT_HELD, PLANNED, REPLIES
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.rounds.models import InformationRequest, Return
from engage.casework.week.rows import Asking, Filled, Row


STRATEGY = "strategy_discussion"
LOOKS_BACK = timedelta(days=28)
TELLS_FOR = timedelta(days=14)


def requests(asking: Asking) -> Filled:
    """What the viewer's agency was asked and has not answered, the earliest day first."""
    answered = Return.objects.filter(request=OuterRef("seq"))
    asked = InformationRequest.objects.filter(to_agency=asking.agency).exclude(Exists(answered))
    rows = list(asked.order_by("due_on", "seq"))
    shown = _shown(asking, {row.meeting for row in rows}, (PLANNED, HELD, ISSUED))
    lines = [
        Row(meeting=row.meeting, called=_called(asking, shown[row.meeting]), on=row.due_on, is_over=row.due_on < asking.today)
        for row in rows
        if row.meeting in shown and (row.case is None or row.case in {item.case for item in shown[row.meeting].items})
    ]  # fmt: skip
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
    shown = _shown(asking, numbers, ())
    books = sorted(shown.values(), key=lambda book: book.head.starts_at, reverse=True)
    lines = [
        Row(meeting=one.head.number, called=_called(asking, one), on=one.head.starts_at) for one in books
    ]
    return Filled(tuple(lines[: asking.most]), len(lines))


def to_sign(asking: Asking) -> Filled:
    """Meetings that the viewer chairs, in which somebody is left out and they have not signed that; the next first."""
    left_out = models.InviteeWord.objects.filter(meeting=OuterRef("seq"), says=LEFT_OUT)
    return _chaired(asking, Exists(left_out), (PLANNED, HELD, ISSUED), _waits_for_a_signature)


def to_sign_off(asking: Asking) -> Filled:
    """Meetings that the viewer chairs, whose minutes went out and are not signed off; the first first."""
    return _chaired(asking, Q(state=ISSUED), (ISSUED,), lambda _book: True)


def _chaired(
    asking: Asking, some: Exists | Q, states: Collection[str], waits: Callable[[Book], bool]
) -> Filled:
    rows = models.Meeting.objects.filter(some, chair=asking.user)
    shown = _shown(asking, set(rows.values_list("seq", flat=True)), states)
    books = sorted((one for one in shown.values() if waits(one)), key=lambda book: book.head.starts_at)
    lines = [
        Row(meeting=one.head.number, called=_called(asking, one), on=one.head.starts_at) for one in books
    ]
    return Filled(tuple(lines[: asking.most]), len(lines))


def _waits_for_a_signature(book: Book) -> bool:
    on = {item.case for item in book.items} | {None}
    scopes = (scope for one in book.invitees for scope in book.scopes(one.seq))
    return any(one.state == LEFT_OUT and not one.is_signed and one.case in on for one in scopes)


def changed(asking: Asking) -> Filled:
    """Meetings to which the viewer's agency is invited and that were put off, and it has not said since whether it comes, or that are not held; by the day that they have
    now."""
    since = asking.desk.see.viewing.at - TELLS_FOR
    invited = models.Invitee.objects.filter(agency=asking.agency).values("meeting")
    moves = models.MeetingMove.objects.filter(
        move__in=("changed", "not_held"), said_at__gte=since, meeting__in=invited
    )
    last = {row.meeting: row for row in moves.order_by("number")}
    shown = _shown(asking, last, (PLANNED, NOT_HELD))
    some = [book for book in shown.values() if _is_to_be_told(asking, book, last[book.head.number])]
    some.sort(key=lambda book: (book.head.starts_at, book.head.number))
    lines = [
        Row(meeting=one.head.number, called=_called(asking, one), on=one.head.starts_at, is_over=one.head.state == NOT_HELD)
        for one in some
    ]  # fmt: skip
    return Filled(tuple(lines[: asking.most]), len(lines))


def _is_to_be_told(asking: Asking, book: Book, move: models.MeetingMove) -> bool:
    """The viewer's agency is invited, somebody else moved it, and the agency has not answered since."""
    own = [one for one in book.invitees if one.agency == asking.agency]
    is_invited = any(scope.state == INVITED for one in own for scope in book.scopes(one.seq))
    words = (word for one in own for word in book.words_of[one.seq])
    has_answered = any(word.says in REPLIES and word.said_at > move.said_at for word in words)
    return is_invited and move.said_by != asking.user and (move.move == "not_held" or not has_answered)


def _shown(asking: Asking, numbers: Collection[int], states: Collection[str]) -> dict[int, Book]:
    """Those of these meetings of which the viewer may know, in these states (any, where none is named)."""
    rows = models.Meeting.objects.filter(pk__in=numbers)
    rows = rows.filter(state__in=states) if states else rows
    found = list(rows)
    return {book.head.number: book for book in MeetingDesk(asking.desk).shown(found)} if found else {}


def _called(asking: Asking, book: Book) -> str:
    kinds = of_area(asking.area)
    kind = kinds.get(book.head.kind)
    return book.head.called or (kind.title if kind else book.head.kind)
