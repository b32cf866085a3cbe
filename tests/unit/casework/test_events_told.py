"""Does somebody tell every event that a clock waits for? What nobody tells never starts, ends or pauses anything, and nobody notices."""

from __future__ import annotations

from engage.casework.cases.heard import _shipped
from engage.casework.clocks.catalogue import load as clocks
from engage.casework.clocks.pairing import EXPLAINED, TAKEN_BACK
from engage.casework.forms.reading import load as forms
from engage.casework.lifecycles.states import KINDS, lifecycles
from engage.casework.meetings.kinds.reading import load as meetings


# Told by no form, move, meeting or extract, each with what tells it.
OTHERWISE = {
    "birthday.eighteenth": "reckoned from the birth that records say",
    TAKEN_BACK: "no clock waits for it",
}
# Clocks about no case: requests for information are kept in another system, and a problem profile is of the area.
OF_NO_CASE = {"request", "area"}


def told() -> set[str]:
    found = {one.event for form in forms().values() for one in form.tells}
    found |= {event for life in lifecycles().values() for move in life.moves for event in move.tells}
    found |= {event for kind in meetings().values() for event in (kind.event, kind.recorded) if event}
    return found | {one.event for one in _shipped()} | set(OTHERWISE)


def test_every_event_that_a_clock_of_cases_waits_for_is_told_by_somebody() -> None:
    known = told()
    for code, versions in clocks().clocks.items():
        for clock in versions:
            if not set(clock.about) <= OF_NO_CASE:
                assert sorted(clock.events - known) == [], code
    assert EXPLAINED in known


def test_whatever_is_told_is_an_event_of_the_list() -> None:
    assert sorted(told() - set(clocks().events)) == []


def test_what_counts_only_with_a_named_authoriser_is_told_with_one() -> None:
    """A pause or extension that nobody authorised does not count: a form that asks for no name could not tell one."""
    for code, versions in clocks().clocks.items():
        for clock in versions:
            needing = {one.event for one in (*clock.extensions, *clock.pauses)}
            for form in forms().values():
                for one in form.tells:
                    assert one.event not in needing or one.authorised_by, (code, form.code, one.event)


def test_an_order_is_told_with_the_day_on_which_it_ends() -> None:
    """Its end is its own: without it the clock of an order could not ring before."""
    for form in forms().values():
        for one in form.tells:
            assert one.event not in ("order.began", "order.extended", "notice.began") or one.until, form.code


def test_each_kind_of_case_can_say_why_a_limit_was_missed() -> None:
    assert set(forms()["lateness"].of) == set(KINDS)
