"""The lists of the day that hold what goes out before and after a meeting, by the timings that its kind declares: packs, minutes, and what they wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q

from engage.casework.meetings import models, policies
from engage.casework.meetings.book import Book
from engage.casework.meetings.deciding import CONVENE
from engage.casework.meetings.elsewhere import invited_in, sealed_on
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Timings
from engage.casework.meetings.period import working_days
from engage.casework.meetings.rules import HELD, ISSUED, PLANNED
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.week.lists import MANAGER
from engage.casework.week.of_meetings import row_of
from engage.casework.week.rows import Asking, Filled, Need, Steps
from engage.governance import queries as access
from engage.vocabulary.time import london_day


SOON = timedelta(days=3)
# Whose day holds the papers of every meeting that their agency arranges, and not of those alone that they called or chair.
SEES_ALL = frozenset({MANAGER, "business_support"})


def packs(asking: Asking) -> Steps:
    """Meetings still to come whose pack is due soon or is late, and of which nobody has said that it went out."""
    now = asking.desk.see.viewing.at
    sent = models.MeetingMove.objects.filter(move="pack_sent").values("meeting")
    rows = Q(state=PLANNED, starts_at__gt=now) & ~Q(pk__in=sent)
    due, last = (
        _due(asking, lambda timings: None if timings.pack is None else -timings.pack),
        asking.today + SOON,
    )
    return _listed(asking, rows, lambda one: on if (on := due(one)) and on <= last else None)


def minutes(asking: Asking) -> Steps:
    """Meetings that were held and whose minutes are not out, where their kind says by when."""
    return _listed(asking, Q(state=HELD), _due(asking, lambda timings: timings.minutes))


def unmarked(asking: Asking) -> Steps:
    """Meetings whose time is over and that nobody has marked as held or not held."""
    now = asking.desk.see.viewing.at
    rows = Q(state=PLANNED, starts_at__lt=now)
    return _listed(asking, rows, lambda one: _day(one) if one.head.ends_at <= now else None)


def to_sign(asking: Asking) -> Steps:
    """Meetings that the viewer chaired, of which the minutes went out and are not signed off."""
    return _listed(asking, Q(state=ISSUED, chair=asking.user), _day)


def omissions(asking: Asking) -> Steps:
    """Meetings still planned that the viewer chairs, in which somebody is left out and the chair has not signed it, or is invited who is left out of a case there with a seal by another meeting."""
    rows, desk = Q(state=PLANNED, chair=asking.user), MeetingDesk(asking.desk)
    on = models.MeetingItem.objects.filter(meeting__in=models.Meeting.objects.filter(rows).values("seq"))
    some = sealed_on(set(on.values_list("case", flat=True)))
    return _listed(asking, rows, lambda one: _day(one) if one.has_unsigned or invited_in(desk, one, some) else None)  # fmt: skip


def _day(book: Book) -> date:
    return london_day(book.head.starts_at)


def _listed(asking: Asking, rows: Q, on: Callable[[Book], date | None]) -> Steps:
    """Those of these meetings that the viewer arranges and may know of, each by its day; one that has none (None) is not listed."""
    numbers = list(
        models.Meeting.objects.filter(rows, of_mine(asking)).order_by("seq").values_list("seq", flat=True)
    )
    read = yield Need(meetings=numbers)
    some = arranged(asking, read.books_of(numbers))
    found = sorted(((day, one.head.number, one) for one in some if (day := on(one))), key=lambda one: one[:2])
    lines = [row_of(asking, one, day, is_over=day < asking.today) for day, _number, one in found]
    return Filled(tuple(lines[: asking.most]), len(lines))


def of_mine(asking: Asking) -> Q:
    """Meetings that the viewer chairs or called; of whose day holds the papers of their agency, all that it arranges."""
    mine = Q(chair=asking.user) | Q(organiser=asking.user)
    return mine | Q(agency=asking.agency) if asking.desk.see.viewing.viewer.role in SEES_ALL else mine


def arranged(asking: Asking, some: Iterable[Book]) -> Iterator[Book]:
    """Those of these that the viewer arranges."""
    viewer = asking.desk.see.viewing.viewer
    may = access.can(viewer=viewer, what=CONVENE)
    return (one for one in some if policies.may_arrange(viewer, one.head, may_convene=may))


def _due(asking: Asking, days: Callable[[Timings], int | None]) -> Callable[[Book], date | None]:
    """By which day something of a meeting is due: so many working days from its own, as its kind says; None where that says nothing."""
    kinds = of_area(asking.area)

    def on(book: Book) -> date | None:
        kind = kinds.get(book.head.kind)
        count = days(kind.timings) if kind else None
        return None if count is None else working_days(asking.area, london_day(book.head.starts_at), count)

    return on
