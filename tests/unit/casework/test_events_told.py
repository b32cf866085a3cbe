"""Does somebody tell every event that a clock waits for? What nobody tells never starts, ends or pauses anything, and nobody notices."""

from __future__ import annotations

from engage.casework.cases.hearing import shipped
from engage.casework.clocks.catalogue import load as clocks
from engage.casework.clocks.pairing import EXPLAINED, TAKEN_BACK
from engage.casework.forms.reading import load as forms
from engage.casework.lifecycles.states import KINDS, lifecycles
from engage.casework.meetings.kinds.reading import load as meetings


# Told by no form, move, meeting or extract, each with what tells it.
OTHERWISE = {
    "birthday.eighteenth": "reckoned from the birth that records say",
    "child.returned": "heard from the records that make the list of missing children",
    "interview.held": "heard from the same records",
    "interview.refused": "heard from the same records",
    TAKEN_BACK: "no clock waits for it",
}


def told() -> set[str]:
    found = {one.event for form in forms().values() for one in form.tells}
    found |= {event for life in lifecycles().values() for move in life.moves for event in move.tells}
    found |= {event for kind in meetings().values() for event in (kind.event, *kind.tells.values()) if event}
    return found | {one.event for one in shipped()} | set(OTHERWISE)


def test_every_event_that_a_clock_waits_for_is_told_by_somebody_or_its_file_says_why_not() -> None:
    known = told()
    for code, versions in clocks().clocks.items():
        for clock in versions:
            assert clock.not_here or sorted(clock.events - known) == [], code
            assert not (clock.not_here and set(clock.about) & set(KINDS)), code
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
            assert (
                one.event
                not in (
                    "order.began",
                    "order.extended",
                    "notice.began",
                    "emergency_order.began",
                    "emergency_order.extended",
                )
                or one.until
            ), form.code


def test_each_kind_of_case_can_say_why_a_limit_was_missed() -> None:
    assert set(forms()["lateness"].of) == set(KINDS)
