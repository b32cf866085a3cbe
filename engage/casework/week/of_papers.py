"""The lists of the day that hold what goes out before and after a meeting, by the timings that its kind declares: packs, minutes, and what they wait for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q

from engage.casework.meetings import models, policies
from engage.casework.meetings.book import Book
from engage.casework.meetings.deciding import CONVENE
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Timings
from engage.casework.meetings.period import working_days
from engage.casework.meetings.rules import HELD, ISSUED, LEFT_OUT, PLANNED
from engage.casework.week.lists import MANAGER
from engage.casework.week.of_meetings import row_of, shown
from engage.casework.week.rows import Asking, Filled
from engage.governance import queries as access
from engage.vocabulary.time import london_day


SOON = timedelta(days=3)
# Whose day holds the papers of every meeting that their agency arranges, and not of those alone that they called or chair.
SEES_ALL = frozenset({MANAGER, "business_support"})


def packs(asking: Asking) -> Filled:
    """Meetings still to come whose pack is due soon or is late, and of which nobody has said that it went out."""
    now = asking.desk.see.viewing.at
    sent = models.MeetingMove.objects.filter(move="pack_sent").values("meeting")
    rows = Q(state=PLANNED, starts_at__gt=now) & ~Q(pk__in=sent)
    due = _due(asking, lambda timings: None if timings.pack is None else -timings.pack)
    found = [(on, one) for one in _arranged(asking, rows) if (on := due(one)) and on <= asking.today + SOON]
    return _filled(asking, found)


def minutes(asking: Asking) -> Filled:
    """Meetings that were held and whose minutes are not out, where their kind says by when."""
    due = _due(asking, lambda timings: timings.minutes)
    found = [(on, one) for one in _arranged(asking, Q(state=HELD)) if (on := due(one))]
    return _filled(asking, found)


def unmarked(asking: Asking) -> Filled:
    """Meetings whose time is over and that nobody has marked as held or not held."""
    now = asking.desk.see.viewing.at
    some = _arranged(asking, Q(state=PLANNED, starts_at__lt=now))
    found = [(london_day(one.head.starts_at), one) for one in some if one.head.ends_at <= now]
    return _filled(asking, found)


def to_sign(asking: Asking) -> Filled:
    """Meetings that the viewer chaired, of which the minutes went out and are not signed off."""
    some = _arranged(asking, Q(state=ISSUED, chair=asking.user))
    return _filled(asking, [(london_day(one.head.starts_at), one) for one in some])


def omissions(asking: Asking) -> Filled:
    """Meetings still planned that the viewer chairs, in which somebody is left out and the chair has not signed it."""
    some = _arranged(asking, Q(state=PLANNED, chair=asking.user))
    found = [(london_day(one.head.starts_at), one) for one in some if _waits_for_chair(one)]
    return _filled(asking, found)


def _waits_for_chair(book: Book) -> bool:
    scopes = (scope for one in book.invitees for scope in book.scopes(one.seq))
    return any(scope.state == LEFT_OUT and not scope.is_signed for scope in scopes)


def _arranged(asking: Asking, rows: Q) -> list[Book]:
    """Those of these meetings that the viewer arranges and may know of."""
    viewer = asking.desk.see.viewing.viewer
    mine = Q(chair=asking.user) | Q(organiser=asking.user)
    if viewer.role in SEES_ALL:
        mine |= Q(agency=asking.agency)
    numbers = models.Meeting.objects.filter(rows, mine).values_list("pk", flat=True)
    may = access.can(viewer=viewer, what=CONVENE)
    books = shown(asking, set(numbers), ()).values()
    return [one for one in books if policies.may_arrange(viewer, one.head, may_convene=may)]


def _due(asking: Asking, days: Callable[[Timings], int | None]) -> Callable[[Book], date | None]:
    """By which day something of a meeting is due: so many working days from its own, as its kind says; None where that says nothing."""
    kinds = of_area(asking.area)

    def on(book: Book) -> date | None:
        kind = kinds.get(book.head.kind)
        count = days(kind.timings) if kind else None
        return None if count is None else working_days(asking.area, london_day(book.head.starts_at), count)

    return on


def _filled(asking: Asking, found: list[tuple[date, Book]]) -> Filled:
    found.sort(key=lambda one: (one[0], one[1].head.number))
    lines = [row_of(asking, one, on, is_over=on < asking.today) for on, one in found]
    return Filled(tuple(lines[: asking.most]), len(lines))
