"""The sittings that are no panel and no strategy discussion: a place conference that was held, a review conference and a core group ahead, and a mapping meeting that was put off
once."""

from __future__ import annotations

from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Holding
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.rules import Deciding
from engage.example.week import sittings
from engage.example.week.office import Office


def hold_others(office: Office, numbers: sittings.Numbers) -> None:
    """Each in its order, as far as the town has the cases for it."""
    for case in numbers["place"][:1]:
        place_conference(office, case)
    for case in numbers["children"][5:6]:
        review_ahead(office, case)
        core_group(office, case)
    for case in numbers["group"][2:3]:
        mapping_meetings(office, case)


def place_conference(office: Office, case: int) -> None:
    """Last week, about a place, with no child named: what is done there, by whom, and how it will be seen."""
    number = sittings.convene(
        office.at(12, 9), "place_conference", 7, 14, [case], "The corner, lights and doors"
    )
    sittings.invite_all(office, number)
    office.at(5, 14)
    sittings.attend(office, number)
    office.at(5, 16)
    sittings.hold(office, number)
    minutes.decide(
        viewing=office.as_("support"), **office.where, number=number,
        made=Deciding("measures", "The landlord changes the lock by Friday; two youth workers stand there on Fridays from eight to eleven.", case, "Most of what was seen there was on Fridays after eight.", "All who came"),
    )  # fmt: skip
    sittings.issue(office.at(5, 17), number)


def review_ahead(office: Office, case: int) -> None:
    """The review conference of next week on a child with a plan."""
    number = sittings.convene(office.at(10, 11), "review_conference", 18, 11, [case])
    sittings.invite_all(office, number)


def core_group(office: Office, case: int) -> None:
    """Before the review, whoever carries out the plan looks at what was done."""
    number = sittings.convene(office.at(3, 15), "core_group", 6, 10, [case])
    sittings.invite_all(office, number)


def mapping_meetings(office: Office, case: int) -> None:
    """A mapping meeting about young people who meet at one place: called off once, and called again for Monday."""
    first = sittings.convene(office.at(11, 10), "mapping_meeting", 4, 15, [case], "Evenings at the park")
    sittings.invite_all(office, first)
    office.at(7, 13)
    version = sittings.book(office, first).head.version
    off = Holding(first, version, "Neither the police nor the youth team could come.")
    meetings.call_off(viewing=office.as_("support"), **office.where, done=off)
    again = sittings.convene(office.at(6, 10), "mapping_meeting", 13, 15, [case], "Evenings at the park")
    sittings.invite_all(office, again)
