"""Does the quick way say what the slow calculator says: over Easter, Christmas, weekends, both changes of the clocks and 29 February, in each nation?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engage.casework.clocks.calendars import calendars
from engage.casework.clocks.reckoning import reckon
from engage.casework.clocks.rules import Catalogue, Clock, Kind, Length, Pause, Run, State, Told, Unit, Which
from engage.vocabulary.time import Happened, Precision, whole_day
from tests.spec.casework.clocks import slow


NATIONS = ("england", "wales", "scotland", "northern_ireland")
UNITS = ("working_day", "calendar_day", "clock_hour", "month")
MINUTE = timedelta(minutes=1)
# What begins later may end in a year of which no list is written here.
LAST_START = date(2028, 4, 20)
# Around what is hard: Easters, Christmases, both changes of the clocks, leap days, ends of months; and any other minute.
HARD = [
    date(2023, 4, 6), date(2024, 3, 28), date(2025, 4, 17), date(2026, 4, 2), date(2027, 3, 25), date(2028, 4, 13),
    date(2023, 5, 5), date(2026, 6, 12), date(2026, 12, 24), date(2027, 12, 24), date(2023, 12, 29), date(2027, 12, 30), date(2026, 7, 10),
    date(2024, 2, 29), date(2028, 2, 29), date(2023, 8, 31), date(2024, 1, 31), date(2026, 11, 27),
    *(one.date() for one in slow.CLOCK_CHANGES if date(2023, 1, 1) < one.date() < LAST_START),
]  # fmt: skip
ANY_MINUTE = st.integers(0, (date(2028, 2, 1) - date(2023, 1, 2)).days * 1440).map(
    lambda m: datetime(2023, 1, 2, tzinfo=UTC) + m * MINUTE
)
NEAR_HARD = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes * MINUTE,
    st.sampled_from(HARD), st.integers(-3 * 1440, 2 * 1440),
)  # fmt: skip
MOMENTS = st.one_of(ANY_MINUTE, NEAR_HARD)
COUNTS = {"working_day": 45, "calendar_day": 45, "clock_hour": 100, "month": 6}
LENGTHS = st.sampled_from(UNITS).flatmap(lambda unit: st.tuples(st.integers(1, COUNTS[unit]), st.just(unit)))


def clock(count: int, unit: str, nation: str, **more: object) -> Catalogue:
    """One clock, in a catalogue of its own."""
    made = Clock(
        **{
            "code": "X1", "title": "x", "means": "x", "kind": Kind.DEADLINE, "starts": ("start",), "ends": ("end",), "about": ("child",), "source": "x",
            "certainty": "D", "effective_on": date(2000, 1, 1), "length": Length(count, Unit(unit)), "calendar": nation, **more,
        }
    )  # fmt: skip
    return Catalogue({"X1": (made,)}, {}, calendars())


def tell(event: str, lies: datetime | date, **more: object) -> Told:
    """A moment by the minute, or a whole day."""
    when = Happened(lies, lies + MINUTE, Precision.MINUTE) if isinstance(lies, datetime) else whole_day(lies)
    return Told(**{"told_id": f"{event} {lies}", "event": event, "happened": when, **more})


def one(catalogue: Catalogue, *told: Told, now: datetime) -> Run:
    (run,) = reckon(told, catalogue=catalogue, now=now)
    return run


@pytest.mark.parametrize("nation", [*NATIONS, "any_nation"])
def test_every_day_of_six_years_is_a_working_day_by_both(nation):
    calendar = calendars()[nation]
    days = [slow.FIRST + timedelta(days=n) for n in range((slow.LAST - slow.FIRST).days + 1)]
    assert [day for day in days if calendar.is_working(day)] == [
        day for day in days if slow.is_working(day, nation)
    ]
    assert calendar.version.startswith(f"{nation}, holidays 0.")


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(start=MOMENTS, length=LENGTHS, nation=st.sampled_from(NATIONS))
@example(start=datetime(2026, 4, 2, 22, 59, tzinfo=UTC), length=(15, "working_day"), nation="england")
@example(start=datetime(2026, 4, 2, 23, 0, tzinfo=UTC), length=(15, "working_day"), nation="england")
@example(start=datetime(2026, 12, 24, 23, 59, tzinfo=UTC), length=(1, "working_day"), nation="england")
@example(start=datetime(2026, 12, 25, 0, 0, tzinfo=UTC), length=(1, "working_day"), nation="scotland")
@example(start=datetime(2026, 3, 29, 0, 59, tzinfo=UTC), length=(72, "clock_hour"), nation="england")
@example(start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), length=(72, "clock_hour"), nation="england")
@example(start=datetime(2024, 2, 29, 12, 0, tzinfo=UTC), length=(1, "working_day"), nation="wales")
@example(start=datetime(2027, 8, 31, 12, 0, tzinfo=UTC), length=(6, "month"), nation="wales")
def test_when_time_is_up(start, length, nation):
    count, unit = length
    run = one(clock(count, unit, nation), tell("start", start), now=start)
    up = slow.up_at(start, count, unit, nation)
    assert (run.due.earliest_at, run.due.latest_at) == (up, up)
    assert run.due.is_exact
    last = up if unit == "clock_hour" else up - MINUTE
    assert run.due.earliest_on == slow.wall(last).date()


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    start=MOMENTS,
    length=LENGTHS,
    nation=st.sampled_from(NATIONS),
    after=st.integers(0, 90 * 1440),
    is_near=st.booleans(),
)
def test_running_overdue_in_time_late_used_and_left(start, length, nation, after, is_near):
    count, unit = length
    up = slow.up_at(start, count, unit, nation)
    # Half of the moments lie within two minutes of the limit.
    moment = max(start, up + (after % 5 - 2) * MINUTE) if is_near else start + after * MINUTE
    catalogue = clock(count, unit, nation)
    still, done = tell("start", start), tell("end", moment)
    running, ended = (
        one(catalogue, still, now=moment),
        one(catalogue, still, done, now=moment + timedelta(days=400)),
    )
    is_in_time = slow.is_in_time(moment, up, unit)
    assert running.state is (State.RUNNING if is_in_time else State.OVERDUE)
    assert ended.state is (State.IN_TIME if is_in_time else State.LATE)
    counted = "calendar_day" if unit == "month" else unit
    passed = slow.used(start, moment, counted, nation)
    assert (running.used.least, running.used.most) == (passed, passed)
    assert ended.used == running.used
    if is_in_time and unit != "month":
        assert running.left.least == count - passed - (
            unit == "clock_hour" and (moment - start) % slow.HOUR != timedelta()
        )


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    start=MOMENTS,
    length=LENGTHS,
    nation=st.sampled_from(NATIONS),
    days=st.integers(0, 70),
    end_minute=st.none() | st.integers(0, 1439),
)
def test_a_day_without_a_time_is_answered_only_where_every_minute_of_it_gives_the_same(
    start, length, nation, days, end_minute
):
    """Every pair of possible minutes agrees, or the state is “not known”."""
    count, unit = length
    catalogue, day = clock(count, unit, nation), slow.wall(start).date()
    starts = minutes_of(day)
    later = minutes_of(day + timedelta(days=days))
    end = later[0] + (end_minute or 0) * MINUTE
    ends = [end] if end_minute is not None else later
    told_end = tell("end", end) if end_minute is not None else tell("end", day + timedelta(days=days))
    run = one(catalogue, tell("start", day), told_end, now=later[-1] + timedelta(days=400))
    possible = {
        State.IN_TIME if slow.is_in_time(e, slow.up_at(s, count, unit, nation), unit) else State.LATE for s in starts for e in ends if e >= s
    }  # fmt: skip
    if len(possible) == 1:
        # Where one end of the minutes we tried decides it, the answer may still be withheld only because another minute decides otherwise.
        assert run.state in {*possible, State.NOT_KNOWN}
        if unit != "clock_hour":
            assert run.state in possible
    elif possible:
        assert run.state is State.NOT_KNOWN
    exact = sorted(slow.up_at(s, count, unit, nation) for s in starts)
    assert run.due.earliest_at == exact[0]
    assert exact[-1] <= run.due.latest_at <= exact[-1] + MINUTE


def minutes_of(day: date) -> list[datetime]:
    """The first, the last and some other minutes of a day in London."""
    first = slow.midnight_after(
        day - timedelta(days=1), datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    )
    last = slow.midnight_after(day, first) - MINUTE
    return [first, first + timedelta(hours=7), first + timedelta(hours=13, minutes=31), last]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    planned=MOMENTS,
    count=st.integers(1, 40),
    unit=st.sampled_from(["working_day", "calendar_day"]),
    nation=st.sampled_from(NATIONS),
)
def test_backwards_from_what_is_planned(planned, count, unit, nation):
    planned = max(planned, datetime(2023, 4, 1, tzinfo=UTC))
    run = one(clock(count, unit, nation, kind=Kind.BEFORE), tell("start", planned), now=planned)
    day = slow.day_before(slow.wall(planned).date(), count, unit, nation)
    assert run.due.latest_on == day
    assert run.due.latest_at == slow.midnight_after(day, planned - timedelta(days=120))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    start=MOMENTS, length=LENGTHS.filter(lambda one: one[1] != "month"), nation=st.sampled_from(NATIONS), begins=st.integers(0, 4000),
    lasts=st.integers(0, 30 * 1440), name=st.sampled_from(["", "A. Manager"]),
)  # fmt: skip
def test_what_stood_still_is_not_counted_where_somebody_answers_for_it(
    start, length, nation, begins, lasts, name
):
    count, unit = length
    paused, resumed = start + begins * MINUTE, start + (begins + lasts) * MINUTE
    up = slow.up_at(start, count, unit, nation)
    catalogue = clock(count, unit, nation, pauses=(Pause("pause", "resume"),))
    told = (tell("start", start), tell("pause", paused, authorised_by=name), tell("resume", resumed))
    run = one(catalogue, *told, now=resumed)
    if not name or not slow.is_in_time(paused, up, unit):
        assert run.due.earliest_at == up
        assert run.not_counted == told[1:2]
        return
    assert run.due.earliest_at == stood_still(start, (paused, resumed), length, nation)
    assert run.pauses == told[1:2]


def stood_still(
    start: datetime, pause: tuple[datetime, datetime], length: tuple[int, str], nation: str
) -> datetime:
    """Walks on without counting what lies in the pause."""
    count, unit = length
    paused, resumed = pause
    if unit == "clock_hour":
        moment = start
        left = count * 60
        while left:
            moment += MINUTE
            left -= not paused < moment <= resumed
        # An end at the very moment of the pause is what is left of nothing: it is had when the clock goes on.
        return resumed if moment == paused else moment
    day, last = slow.wall(start).date(), slow.wall(paused).date()
    while count:
        day += timedelta(days=1)
        is_still = last < day <= slow.wall(resumed).date()
        count -= not is_still and (unit != "working_day" or slow.is_working(day, nation))
    if day == last < slow.wall(resumed).date():
        day = slow.wall(resumed).date()
        while unit == "working_day" and not slow.is_working(day, nation):
            day += timedelta(days=1)
    return slow.midnight_after(day, start)


EVENTS = st.lists(
    st.tuples(st.sampled_from(["start", "end", "other", "pause", "resume"]), MOMENTS),
    max_size=8,
    unique_by=lambda one: one,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(events=EVENTS, which=st.sampled_from(list(Which)), length=LENGTHS, wait=st.integers(0, 900))
def test_nothing_is_closed_but_by_an_ending_and_no_start_is_lost(events, which, length, wait):
    catalogue = clock(*length, "england", which=which)
    told = [tell(event, moment) for event, moment in events]
    now = datetime(2028, 5, 1, tzinfo=UTC) + timedelta(days=wait)
    runs = [run for run in reckon(told, catalogue=catalogue, now=now) if run.started_by]
    assert {one.told_id for run in runs for one in (run.started_by, *run.other_starts)} == {
        one.told_id for one in told if one.event == "start"
    }
    for run in runs:
        assert run.is_open == (run.state in {State.RUNNING, State.OVERDUE, State.WARNING})
        assert all(
            one.event == "end" and one.happened.from_at >= run.started_by.happened.from_at
            for one in run.ended_by
        )
        if run.is_open:
            assert run.state is (
                State.RUNNING if slow.is_in_time(now, run.due.latest_at, length[1]) else State.OVERDUE
            )
    assert reckon(list(reversed(told)), catalogue=catalogue, now=now) == reckon(
        told, catalogue=catalogue, now=now
    )


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(events=EVENTS, which=st.sampled_from(list(Which)), length=LENGTHS, moved=MOMENTS, at=st.integers(0, 7))
def test_a_correction_is_the_same_as_having_told_it_right(events, which, length, moved, at):
    if not events:
        return
    catalogue, now = clock(*length, "england", which=which), datetime(2029, 6, 1, tzinfo=UTC)
    at %= len(events)
    told = [tell(event, moment, told_id=f"{n}") for n, (event, moment) in enumerate(events)]
    right = [
        *told[:at],
        tell(events[at][0], moved, told_id="right", replaces=told[at].told_id),
        *told[at + 1 :],
    ]
    assert reckon([*told, right[at]], catalogue=catalogue, now=now) == reckon(
        right, catalogue=catalogue, now=now
    )
