"""The lists of the day that hold what goes out before and after a meeting, by the timings that its kind declares: packs, minutes, and what they wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q

from engage.casework.meetings import models, policies
from engage.casework.meetings.book import Book, head_of
from engage.casework.meetings.deciding import CONVENE
from engage.casework.meetings.elsewhere import invited_in, sealed_on
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Timings
from engage.casework.meetings.period import working_days
from engage.casework.meetings.rules import HELD, ISSUED, LEFT_OUT, PLANNED, Head
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.week.lists import MANAGER
from engage.casework.week.of_meetings import sifted
from engage.casework.week.rows import Asking, Steps
from engage.governance import queries as access
from engage.vocabulary.time import london_day


SOON = timedelta(days=3)
# Whose day holds the papers of every meeting that their agency arranges, and not of those alone that they called or chair.
SEES_ALL = frozenset({MANAGER, "business_support"})


def packs(asking: Asking) -> Steps:
    """Meetings still to come whose pack is due soon or is late, and of which nobody has said that it went out."""
    now = asking.desk.see.viewing.at
    rows = [one for one in _of_state(asking, PLANNED) if one.starts_at > now]
    due, last = (
        _due(asking, lambda timings: None if timings.pack is None else -timings.pack),
        asking.today + SOON,
    )
    near = [one for one in rows if (on := due(one)) and on <= last]
    numbers = [one.number for one in near]
    moves = models.MeetingMove.objects.filter(move="pack_sent", meeting__in=numbers)
    sent = set(moves.values_list("meeting", flat=True))
    return _listed(asking, (one for one in near if one.number not in sent), due)


def minutes(asking: Asking) -> Steps:
    """Meetings that were held and whose minutes are not out, where their kind says by when."""
    return _listed(asking, _of_state(asking, HELD), _due(asking, lambda timings: timings.minutes))


def unmarked(asking: Asking) -> Steps:
    """Meetings whose time is over and that nobody has marked as held or not held."""
    now = asking.desk.see.viewing.at
    return _listed(asking, (one for one in _of_state(asking, PLANNED) if one.ends_at <= now), _day)


def to_sign(asking: Asking) -> Steps:
    """Meetings that the viewer chaired, of which the minutes went out and are not signed off."""
    return _listed(asking, (one for one in _of_state(asking, ISSUED) if one.chair == asking.user), _day)


def omissions(asking: Asking) -> Steps:
    """Meetings still planned that the viewer chairs, in which somebody is left out and the chair has not signed it, or is invited who is left out of a case there with a seal by another meeting."""
    chaired, desk = {one.number: one for one in _of_state(asking, PLANNED) if one.chair == asking.user}, MeetingDesk(asking.desk)  # fmt: skip
    on = list(models.MeetingItem.objects.filter(meeting__in=chaired).values_list("meeting", "case"))
    some = sealed_on({case for _meeting, case in on})
    # Of most meetings neither can be, and they need not be read.
    sealed = {one.case for one in some}
    words = models.InviteeWord.objects.filter(meeting__in=chaired, says=LEFT_OUT)
    may_be = {*words.values_list("meeting", flat=True), *(meeting for meeting, case in on if case in sealed)}
    return _listed(asking, (chaired[one] for one in may_be), _day, lambda one: one.has_unsigned or bool(invited_in(desk, one, some)))  # fmt: skip


def _day(head: Head) -> date:
    return london_day(head.starts_at)


def _under_way(asking: Asking) -> list[Head]:
    """The meetings that the viewer may have papers of and of which these are not all done; looked up once for all lists."""
    rows = models.Meeting.objects.filter(of_mine(asking), state__in=(PLANNED, HELD, ISSUED))
    return asking.desk.once("papers", lambda: [head_of(one) for one in rows])


def _of_state(asking: Asking, state: str) -> list[Head]:
    return [one for one in _under_way(asking) if one.state == state]


def _listed(
    asking: Asking, heads: Iterable[Head], on: Callable[[Head], date | None], fits: Callable[[Book], bool] = lambda _: True
) -> Steps:  # fmt: skip
    """Those of these meetings that the viewer arranges and may know of and that fit, each by its day; one that has none (None) is not listed."""
    days = {head.number: day for head in heads if (day := on(head))}
    first = yield from sifted(
        asking,
        sorted(days, key=lambda number: (days[number], number)),
        lambda some: (one for one in arranged(asking, some) if fits(one)),
    )
    return first.filled(asking, lambda one: (days[one.head.number], days[one.head.number] < asking.today))


def of_mine(asking: Asking) -> Q:
    """Meetings that the viewer chairs or called; of whose day holds the papers of their agency, all that it arranges."""
    mine = Q(chair=asking.user) | Q(organiser=asking.user)
    return mine | Q(agency=asking.agency) if asking.desk.see.viewing.viewer.role in SEES_ALL else mine


def arranged(asking: Asking, some: Iterable[Book]) -> Iterator[Book]:
    """Those of these that the viewer arranges."""
    viewer = asking.desk.see.viewing.viewer
    may = access.can(viewer=viewer, what=CONVENE)
    return (one for one in some if policies.may_arrange(viewer, one.head, may_convene=may))


def _due(asking: Asking, days: Callable[[Timings], int | None]) -> Callable[[Head], date | None]:
    """By which day something of a meeting is due: so many working days from its own, as its kind says; None where that says nothing."""
    kinds = of_area(asking.area)

    def on(head: Head) -> date | None:
        kind = kinds.get(head.kind)
        count = days(kind.timings) if kind else None
        return None if count is None else working_days(asking.area, london_day(head.starts_at), count)

    return on
