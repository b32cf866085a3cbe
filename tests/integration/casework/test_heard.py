"""What the agencies' own records tell the clocks: the records of whose system it is, by whole titles and what stands beside them, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases import actions, hearing
from engage.casework.cases.actions import MoveRefused, Written
from engage.casework.cases.belonging import Telling, moment, tell
from engage.casework.cases.hearing import Hearing
from engage.casework.cases.models import Case, CaseEntry, ClockDue, Told
from engage.casework.week import queries as week
from engage.store.area import AreaSettingsWrong
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_case_clocks import of
from tests.integration.casework.test_meetings import JUST_NOW, NOW, RECORD, Meetings, clock, meet, town
from tests.spec.picture.drawing import World


__all__ = ["meet", "town"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency             | person | name      | born
    1  | childrens_services | ANA    | Ana Petal | 2010-03-01
    2  | education          | ANA    | Ana Petal | 2010-03-01
    3  | charity            | ANA    | Ana Petal | 2010-03-01
    4  | police             | ANA    | Ana Petal | 2010-03-01
    5  | police             | MAX    | Max Tarn  | 1990-01-01
"""
ACCEPTED = {"why": "Collected by a man.", "safe_tonight": "yes"}
CALLED = {"why": "Collected by a man.", "invite": ["police"], "until_then": "She stays with her aunt."}
Drawn = Callable[[str], Office]


@pytest.fixture
def drawn(world: World, viewing: Callable[..., Viewing]) -> Drawn:
    """The workers of an area whose extracts hold these events about Ana."""

    def office(events: str) -> Office:
        world.people(PEOPLE).events(events)
        world.served()
        return Office(world, viewing)

    return office


def started(office: Office, number: int) -> set[str]:
    """The clocks that a record began."""
    return {run.clock.code for run in office.sees(number).runs if run.started_by and run.started_by.told_id.startswith("record:")}  # fmt: skip


def test_what_others_write_of_a_discussion_or_conference_is_none(drawn: Drawn) -> None:
    office = drawn("""
        id | agency             | who                        | kind | title                                                            | when             | outcome
        n1 | charity            | charity/3 client           | note | Mother says the strategy discussion was cancelled again          | 2026-04-07 07:00 |
        n2 | education          | education/2 pupil          | note | Told the mother what an initial child protection conference is   | 2026-04-03       |
        n3 | education          | education/2 subject        | note | Initial child protection conference                              | 2026-04-03       |
        n4 | charity            | charity/3 client           | note | Asked whether there is a child protection plan (there is none)   | 2026-04-03       |
        n5 | childrens_services | childrens_services/1 child | note | Rang about the strategy discussion, no answer                    | 2026-04-03       |
        n6 | childrens_services | childrens_services/1 child | note | Strategy discussion                                              | 2026-04-03       | Cancelled: police away
        n7 | childrens_services | childrens_services/1 mother | note | Child protection plan                                           | 2026-04-03       |
    """)  # fmt: skip
    assert started(office, office.refers()) == set()


def test_social_cares_own_record_of_a_discussion_and_a_conference_is_heard(drawn: Drawn) -> None:
    office = drawn("""
        id | agency             | who                        | kind | title                               | when
        n1 | childrens_services | childrens_services/1 child | note | Strategy discussion                 | 2026-03-20
        n2 | childrens_services | childrens_services/1 child | note | Initial Child Protection Conference | 2026-04-02
    """)  # fmt: skip
    # Whether its record was sent is in no extract: no time limit begins that nothing could end.
    assert started(office, office.refers()) == {"C7", "C8"}


def test_what_is_sent_to_the_address_of_an_earlier_day_loses_no_time_limit(drawn: Drawn, sign_in: Callable[..., Client]) -> None:  # fmt: skip
    office = drawn("""
        id | agency             | who                        | kind | title                               | when
        n1 | childrens_services | childrens_services/1 child | note | Strategy discussion                 | 2026-03-20
        n2 | childrens_services | childrens_services/1 child | note | Initial Child Protection Conference | 2026-04-02
    """)  # fmt: skip
    number = office.refers()
    due = sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str)
    assert "C7" in {clock for clock, _open, _due in due}
    sent = {"title": "Seen", "text": "At the station."}
    answered = sign_in().post(f"/cases/{number}/write/note/?as_of=2020-01-06", sent)
    assert (answered.status_code, CaseEntry.objects.filter(form="note").count()) == (302, 1)
    assert sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str) == due


RECORDED = {
    "harm": "x", "risk": "x", "not_known": "x", "section_47": "yes", "section_47_why": "x", "agencies": "joint", "conference": "yes", "others_named": "no", "interim": "x", "disagreed": "no",
}  # fmt: skip


def strategy(office: Office) -> int:
    """A case that waits for a strategy discussion, decided on on the evening of 6 April."""
    number, at = office.refers(), datetime(2026, 4, 6, 20, tzinfo=UTC)
    office.moves(number, "accept", office.as_(at=at), **ACCEPTED)
    office.moves(
        number,
        "call_strategy",
        office.as_(at=at),
        **CALLED,
        decided_by=office.worker(),
        decided_at="2026-04-06T20:00",
    )
    return number


def test_the_record_of_a_discussion_rests_on_no_note_and_on_none_from_before_it_was_decided_on(drawn: Drawn) -> None:  # fmt: skip
    office = drawn("""
        id | agency             | who                        | kind | title                                                   | when
        n1 | charity            | charity/3 client           | note | Mother says the strategy discussion was cancelled again | 2026-04-07 07:00
        n2 | childrens_services | childrens_services/1 child | note | Strategy discussion                                     | 2026-03-02
    """)  # fmt: skip
    number = strategy(office)
    assert of(office.sees(number).runs, "C3")[0][0] in ("running", "warning")
    with pytest.raises(MoveRefused, match="Strategy discussion held"):
        office.writes(number, "strategy_record", **RECORDED)
    assert of(office.sees(number).runs, "C5") == []


def test_where_meetings_are_held_elsewhere_it_rests_on_what_social_cares_own_system_says(drawn: Drawn) -> None:  # fmt: skip
    office = drawn("""
        id | agency             | who                        | kind | title               | when
        n1 | childrens_services | childrens_services/1 child | note | Strategy discussion | 2026-04-07 07:00
    """)
    number = strategy(office)
    office.writes(number, "strategy_record", **RECORDED)
    assert of(office.sees(number).runs, "C5") == [("running", "2026-04-28")]


def test_what_was_held_here_and_stands_in_social_cares_system_was_held_once(meet: Meetings) -> None:
    meet.world.events("""
        id | agency             | who                        | kind | title               | when
        n1 | childrens_services | childrens_services/1 child | note | Strategy discussion | 2026-04-07
    """)
    meet.world.served(build_id="b2")
    meet.where = {"build": meet.world.warehouse.current(), "area": meet.world.area}
    case = meet.case("ANA")
    held(meet, case)
    assert len(clock(meet, case, "C4")) == 1
    meet.writes(case, "strategy_record", meet.as_("detective", "police"), **RECORD)
    assert Told.objects.get(case=case, event="section47.agreed").from_at == JUST_NOW


def held(meet: Meetings, case: int) -> None:
    """A strategy discussion about a case is held."""
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.brings(case, "police")
    meet.invites(number)
    meet.came(number, ("social_care", "social_worker"), ("police", "detective"))
    meet.holds(number, meet.as_("team_manager"), reason="Health phoned in at four.")


@pytest.mark.parametrize(
    ("answer", "codes"),
    [("no", []), ("running", [("running", "2026-04-28")]), ("yes", [("running", "2026-04-28")])],
)
def test_only_a_discussion_of_enquiries_begins_the_time_to_a_conference(meet: Meetings, answer: str, codes: list[tuple[str, str]]) -> None:  # fmt: skip
    case = meet.case("ANA")
    held(meet, case)
    assert clock(meet, case, "C5a") == []
    said = {key: one for key, one in RECORD.items() if answer != "no" or key not in ("agencies", "conference")}  # fmt: skip
    meet.writes(case, "strategy_record", meet.as_("detective", "police"), **{**said, "section_47": answer})
    assert clock(meet, case, "C5a") == codes


@pytest.mark.parametrize("answers", ["no yes", "no no yes", "yes yes yes"])
def test_a_corrected_record_tells_anew_of_its_own_discussion_and_not_of_a_later_one(
    meet: Meetings, answers: str
) -> None:
    case, entry = meet.case("ANA"), None
    held(meet, case)
    none = {key: one for key, one in RECORD.items() if key not in ("agencies", "conference")}
    for hours, answer in enumerate(answers.split()):
        said = {**(none if answer == "no" else RECORD), "section_47": answer}
        written, at = Written("strategy_record", said, replaces=entry), NOW + timedelta(hours=2 * hours)
        entry = actions.write(viewing=meet.as_(at=at), **meet.where, number=case, written=written)
        if not hours:
            later = Telling(
                "strategy.held", moment(NOW + timedelta(hours=1)), ("meeting", 99), name="meeting:99"
            )
            tell(meet.as_(), Case.objects.get(pk=case), later)
    assert Told.objects.filter(case=case, event="section47.agreed").latest("seq").from_at == JUST_NOW


@pytest.mark.parametrize(
    ("outcome", "details", "state"),
    [
        ("Concerns substantiated, initial child protection conference", '{"no_further_action": "N"}', "warning"),
        ("", "", "warning"),
        ("", '{"no_further_action": "Y"}', "ended"),
        ("No further action", "", "ended"),
    ],
)  # fmt: skip
def test_enquiries_that_ended_need_no_conference_only_where_the_record_says_that_nothing_is_done(
    world: World, viewing: Callable[..., Viewing], outcome: str, details: str, state: str
) -> None:
    world.people(PEOPLE).events(f"""
        id | agency             | who                        | kind          | title              | when       | outcome   | details
        s1 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry | 2026-03-18 | {outcome} | {details}
    """)  # fmt: skip
    (row,) = world.rows["event"]
    row |= {"happened_until_at": "2026-04-02 23:00:00", "until_precision": "day"}
    world.served()
    office = Office(world, viewing)
    assert of(office.sees(office.refers()).runs, "C5b") == [(state, "2026-04-10")]


def test_without_the_discussion_the_conference_counted_from_the_enquiries_is_on_today_and_next(drawn: Drawn, sign_in: Any) -> None:  # fmt: skip
    office = drawn("""
        id | agency             | who                        | kind          | title              | when
        s1 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry | 2026-03-17
    """)
    number, manager = office.refers(), office.as_("team_manager")
    office.moves(number, "accept", office.as_(), **ACCEPTED, to_referrer="Taken on.")
    assert ClockDue.objects.get(case=number, clock="C5b").is_shown_first
    today = week.today(viewing=manager, **office.where)
    rows = [str(row.called) for one in today.lists if one.kind.code == "clocks" for row in one.filled.rows]
    assert "Initial conference, from the start of the enquiries" in rows
    page = sign_in(role="team_manager").get(f"/cases/{number}/").content.decode()
    after = page.split("Next time limit")[1]
    assert after.index("C5b") < after.index("</div>")


def test_what_was_over_long_before_the_case_is_none_of_its_time_limits(drawn: Drawn) -> None:
    office = drawn("""
        id | agency             | who                        | kind          | title              | when
        s1 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry | 2023-03-17
        s2 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry | 2026-02-17
    """)
    assert of(office.sees(office.refers()).runs, "C5b") == [("overdue", "2026-03-10")]


@pytest.mark.parametrize(
    ("details", "seen", "alone"),
    [
        ('{"seen": "Y", "seen_alone": "Y"}', "2026-05-03", "2026-05-03"),
        ('{"seen": "Y", "seen_alone": "N"}', "2026-05-03", "2026-03-03"),
        ('{"seen": "Y"}', "2026-05-03", "2026-03-03"),
        ("", "2026-03-03", "2026-03-03"),
    ],
)
def test_a_visit_in_social_cares_extract_is_not_typed_again(drawn: Drawn, details: str, seen: str, alone: str) -> None:  # fmt: skip
    office = drawn(f"""
        id | agency             | who                        | kind    | title                  | when       | details
        v1 | childrens_services | childrens_services/1 child | session | Child protection visit | 2026-04-05 | {details}
        v2 | charity            | charity/3 client           | session | Child protection visit | 2026-04-06 | {{"seen": "Y", "seen_alone": "Y"}}
    """)  # fmt: skip
    number = office.refers(came="phone", received="2026-02-02T10:00")
    office.moves(number, "accept", office.as_(at=datetime(2026, 2, 2, 12, tzinfo=UTC)), **ACCEPTED)
    manager = office.as_("team_manager", at=datetime(2026, 2, 3, 12, tzinfo=UTC))
    office.moves(number, "allocate", manager, worker=office.worker(), lead="childrens_services", first="Visit")  # fmt: skip
    runs = office.sees(number).runs
    assert [of(runs, code)[-1][1] for code in ("C30", "C31")] == [seen, alone]


def test_how_a_crime_goes_on_is_heard_for_its_victim_from_the_polices_own_record(drawn: Drawn) -> None:
    office = drawn("""
        id | agency    | who                                | kind          | title                        | when             | category                | outcome             | details
        e0 | police    | police/4 victim, police/5 suspect  | crime         | Sexual activity with a child | 2026-03-20       |                         | Charged             | {"outcome_on": "2026-03-31"}
        e1 | police    | police/4 victim, police/5 suspect  | investigation | Investigation - Arrest       | 2026-04-01 10:00 | Arrest                  |                     |
        e2 | police    | police/4 victim, police/5 suspect  | crime         | Released under investigation | 2026-04-01 18:00 |                         |                     |
        e3 | police    | police/4 victim                    | crime         | Assault                      | 2026-03-25       |                         | No further action   |
        e4 | police    | police/4 suspect                   | crime         | Arrest                       | 2026-04-03 10:00 |                         |                     |
        e5 | education | education/2 victim                 | crime         | Arrest                       | 2026-04-03 11:00 |                         |                     |
    """)  # fmt: skip
    number = office.refers()
    told = sorted((run.started_by.told_id.rpartition(":events:")[2], of((run,), "C23")[0][1]) for run in office.sees(number).runs if run.clock.code == "C23" and run.started_by)  # fmt: skip
    assert told == [("e0:suspect.charged", "2026-04-01"), ("e1:suspect.arrested", "2026-04-02"), ("e2:suspect.bailed", "2026-04-02")]  # fmt: skip
    (arrested,) = (
        run.key for run in office.sees(number).runs if run.started_by and "e1:" in run.started_by.told_id
    )
    office.brings(number, "police")
    told_of = {"step": "told", "clock": arrested, "at": "2026-04-01T12:30"}
    office.writes(number, "police_step", office.as_("detective", "police"), **told_of)
    assert sorted(state for state, _due in of(office.sees(number).runs, "C23")) == [
        "in_time",
        "overdue",
        "overdue",
    ]


def test_a_row_of_an_area_that_is_misspelt_is_refused_and_one_of_its_own_is_heard(drawn: Drawn) -> None:
    office = drawn("""
        id | agency             | who                        | kind    | title   | when       | outcome
        v1 | childrens_services | childrens_services/1 child | contact | Meeting | 2026-04-05 | S47 begun
    """)
    settings = office.world.area.settings
    own = {"event": "section47.started", "of": ["childrens_services"], "kinds": ["contact"], "outcomes": ["S47 begun"], "at": "beginning"}  # fmt: skip
    settings["casework"] = {"heard": [own]}
    assert "C5b" in started(office, office.refers())
    settings["casework"] = {"heard": [{**own, "words": ["section 47"]}]}
    with pytest.raises(AreaSettingsWrong, match="words"):
        hearing.of_area(office.world.area)


def test_each_row_that_ships_hears_one_kind_of_agency_and_no_word_inside_a_title() -> None:
    for row in hearing.shipped():
        assert isinstance(row, Hearing)
        assert len(row.agencies) == 1, row
        assert dict(row.whole)["role"], row


def test_the_caseload_knows_of_visits_from_social_cares_records(drawn: Drawn) -> None:
    office = drawn("""
        id | agency             | who                        | kind    | title                  | details           | when
        s1 | childrens_services | childrens_services/1 child | session | Child protection visit | {"seen": "yes"}   | 2026-03-20
        s2 | childrens_services | childrens_services/1 child | session | Child protection visit | {"seen": "yes"}   | 2026-04-01
        s3 | childrens_services | childrens_services/1 child | session | Child protection visit | {"seen": "no"}    | 2026-04-02
        s4 | police             | police/4 witness           | session | Child protection visit | {"seen": "yes"}   | 2026-04-03
    """)  # fmt: skip
    number = office.refers()

    def seen_on() -> list[str]:
        found = week.caseload(viewing=office.as_("team_manager"), **office.where, order="seen")
        return [str(one.seen_on) for one in found.loads]

    assert seen_on() == ["2026-04-01"]
    visit = {
        "at": "2026-04-04T10:00",
        "by": office.worker(),
        "where": "home",
        "seen": "yes",
        "alone": "yes",
        "saw": "Well",
    }
    office.writes(number, "visit", **visit)
    assert seen_on() == ["2026-04-04"]
