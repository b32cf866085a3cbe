"""What might a viewer conclude, from what the network shows, of records that are kept from them? Each table draws one way in."""

from __future__ import annotations

from datetime import date

import pytest

from engage.governance.models import AuditEvent
from engage.identities.models import PersonAssignment
from engage.networks import actions, queries
from engage.networks.charts import queries as charts
from engage.networks.charts.rules import Question
from engage.networks.rules import code_of
from engage.networks.seeing import lines_seen
from engage.picture.seeing import sight
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency | person | name      | born       | handling
    ---+--------+--------+-----------+------------+---------
    2  | police | ANA    | Ana Petal | 2010-03-01 |
    3  | police | BEA    | Bea Reed  | 2011-05-05 |
    4  | police | MAX    | Max Tarn  | 1998-01-01 |
    5  | police | KIM    | Kim Low   | 1990-01-01 |
    6  | police | LEN    | Len Pool  | 1990-07-07 |
    7  | police | NED    | Ned Ash   | 1991-07-07 |
"""
# Both children carry a sign of harm.
HARM = """
    id | agency | who             | kind          | when
    ---+--------+-----------------+---------------+-----------
    h1 | police | police/2 victim | investigation | 2026-01-10
    h2 | police | police/3 victim | investigation | 2026-01-11
"""
OWN = {"role": "detective", "agency": "police"}
ANALYST = {"role": "analyst", "agency": "police"}
PARTNER = {"role": "social_worker", "agency": "childrens_services"}


@pytest.fixture
def world(area, db):
    return World(area).people(PEOPLE).events(HARM)


@pytest.fixture
def ask(world, viewing):
    def asked(door, who=PARTNER, **what):
        known = {"build": world.warehouse.current(), "area": world.area}
        return door(viewing=viewing(**who), **known, **what)

    return asked


def lines(world, viewing, person, **who):
    found = lines_seen(sight(viewing(**who), world.warehouse.current()))
    return [line for line in found if line.person_id == person]


def test_that_somebody_lives_at_a_place_is_told_with_the_record_that_says_so_and_with_no_other(
    world, viewing
):
    world.people("""
        id | agency  | person | name     | born       | address     | handling
        1  | charity | MAX    | Max Tarn |            |             | C
        8  | police  | MAX    | Max Tarn | 1998-01-01 | 9 Mill Road |
    """).events("""
        id | agency | who              | kind         | when       | place
        e1 | police | police/2 subject | intelligence | 2026-02-01 | 9 Mill Road
    """)
    for place in world.rows["location"]:
        place.update(address="9 Mill Road", address_key="9 mill road", name=None)
    world.served()
    told = {
        (line.record_id, line.agency)
        for line in lines(world, viewing, "MAX", **PARTNER)
        if line.how == "lives at"
    }
    assert told == {("zz:police:persons:8", "police")}


def test_which_of_two_records_says_so_first_takes_no_home_away_that_the_other_still_says(world, viewing):
    world.people("""
        id | agency | person | name     | born       | address     | until
        1  | police | MAX    | Max Tarn | 1998-01-01 | 9 Mill Road | 2026-02-01
        8  | police | MAX    | Max Tarn | 1998-01-01 | 9 Mill Road |
    """).events("""
        id | agency | who              | kind         | when       | place
        e1 | police | police/2 subject | intelligence | 2026-02-01 | 9 Mill Road
    """)
    for place in world.rows["location"]:
        place.update(address="9 Mill Road", address_key="9 mill road", name=None)
    world.served()
    assert [one.record_id for one in lines(world, viewing, "MAX", **OWN)] == ["zz:police:persons:8"]


def test_that_a_place_is_a_child_s_home_is_told_to_nobody_who_may_not_see_the_address(world, viewing):
    world.people("""
        id | agency             | person | name      | born       | address  | handling
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | The Rest | C
    """).events("""
        id | agency | who                                | kind         | when       | place
        e1 | police | police/2 subject, police/4 subject | intelligence | 2026-02-01 | The Rest
        e2 | police | police/3 subject                   | intelligence | 2026-02-02 | The Rest
    """)
    for place in world.rows["location"]:
        place.update(address="The Rest", address_key="the rest", name=None)
    world.served()
    at = {"police": set(), "childrens_services": set()}
    for who in (OWN, {"role": "team_manager", "agency": "childrens_services"}):
        found = lines(world, viewing, "ANA", **who)
        at[who["agency"]] = {line.aside for line in found if line.thing == "place" and line.how != "lives at"}
    assert at == {"police": {""}, "childrens_services": {"home"}}


def test_that_something_has_to_do_with_a_child_is_no_reason_to_have_a_page_where_the_child_s_part_is_hidden(
    world, ask
):
    world.events("""
        id | agency | who                                 | kind | when       | plate   | handling
        e1 | police | police/2 passenger, police/4 driver | stop | 2026-02-01 | QQ11ABC |
        e2 | police | police/5 driver                     | stop | 2026-02-02 | ZZ22XYZ |
    """)
    for role in world.rows["role"]:
        if role["thing_record_id"] == "zz:police:persons:2":
            role["handling"] = "C"
    world.served()
    for family, code in (("people", "MAX"), ("vehicles", code_of("vehicle", "QQ11ABC"))):
        assert ask(queries.subject, OWN, family=family, code=code).one
        with pytest.raises(queries.NothingToShow):
            ask(queries.subject, family=family, code=code)
    with pytest.raises(queries.NothingToShow):
        ask(queries.subject, family="people", code="KIM")


TWO_PAIRS = """
    id | agency | who                                                                                       | kind         | when       | handling
    e1 | police | police/2 subject, police/4 subject, police/5 subject                                      | stop         | 2026-02-01 |
    e2 | police | police/2 passenger, police/6 subject, police/7 subject                                    | stop         | 2026-02-02 |
    c1 | police | police/2 subject, police/4 subject, police/5 subject, police/6 subject, police/7 subject | intelligence | 2026-02-03 | C
    c2 | police | police/2 subject, police/4 subject, police/5 subject, police/6 subject, police/7 subject | intelligence | 2026-02-04 | C
    c3 | police | police/2 subject, police/4 subject, police/5 subject, police/6 subject, police/7 subject | intelligence | 2026-02-05 | C
"""  # fmt: skip


def guarded(world, *events):
    """The parts in these events, and of passengers in any, are guarded."""
    for role in world.rows["role"]:
        if role["event_record_id"].rpartition(":")[2] in events or role["role"] == "passenger":
            role["handling"] = "C"


def test_that_a_hidden_record_ties_two_pairs_to_one_group_is_not_told_by_the_group(world, ask):
    world.events(TWO_PAIRS)
    guarded(world, "c1", "c2", "c3")
    world.served()
    (whole,) = ask(queries.groups, ANALYST)
    assert whole.members == ("KIM", "LEN", "MAX", "NED")
    (part,) = ask(queries.groups, {"role": "analyst", "agency": "childrens_services"})
    assert (part.members, part.linked) == (("KIM", "MAX"), ("ANA",))


def test_a_group_whose_tie_to_children_is_hidden_is_not_shown(world, ask):
    world.events("""
        id | agency | who                                                    | kind | when
        e1 | police | police/2 passenger, police/4 subject, police/5 subject | stop | 2026-02-01
    """)
    guarded(world)
    world.served()
    assert [group.members for group in ask(queries.groups, ANALYST)] == [("KIM", "MAX")]
    assert ask(queries.groups, {"role": "analyst", "agency": "childrens_services"}) == []


def moved(record, person):
    PersonAssignment.objects.create(
        record_id=record, person_id=person, assigned_at=NOW, build_id="b1", cause="judgement"
    )


def test_a_child_whose_record_was_judged_to_be_a_member_s_is_no_member(world, ask):
    world.events("""
        id | agency | who                                                  | kind | when
        e1 | police | police/2 subject, police/4 subject, police/5 subject, police/6 subject | stop | 2026-02-01
        e2 | police | police/3 subject, police/4 subject, police/5 subject, police/6 subject | stop | 2026-02-02
    """).served()
    moved("zz:police:persons:5", "BEA")
    (group,) = ask(queries.groups, ANALYST)
    assert (group.members, group.linked) == (("LEN", "MAX"), ("ANA", "BEA"))
    found = ask(queries.of_concern, OWN)
    assert "BEA" not in {one.key for one in (*found.found["person"], *found.not_counted)}


def test_a_child_whose_birth_nobody_knows_is_not_listed_among_grown_ups(world, ask):
    world.people("""
        id | agency | person | name    | born
        9  | police | ZOE    | Zoe Fox |
    """).events("""
        id | agency | who                                    | kind          | when
        h9 | police | police/2 victim, police/9 young person | investigation | 2026-01-12
        e1 | police | police/2 passenger, police/9 passenger | stop          | 2026-02-01
        e2 | police | police/3 passenger, police/9 passenger | stop          | 2026-02-02
    """).served()
    found = ask(queries.of_concern, OWN)
    assert found.found["person"] == ()


def test_groups_do_not_rest_on_what_was_withdrawn(world, ask):
    world.events("""
        id | agency | who                                                  | kind | when       | until
        e1 | police | police/2 subject, police/4 subject, police/5 subject | stop | 2026-02-01 | 2026-03-01
    """).served()
    build = world.warehouse.current()
    assert build.pages().execute("select * from grouped").fetchall() == []


def test_a_line_has_the_grade_that_its_record_had_on_the_day(world, viewing):
    world.events("""
        id | agency | who                                | kind         | when       | grade | until      | version | received   | handling
        e1 | police | police/2 subject, police/4 subject | intelligence | 2026-02-01 | 2BP   | 2026-03-01 | 1       |            |
        e1 | police | police/2 subject, police/4 subject | intelligence | 2026-02-01 | 1EC   |            | 2       | 2026-03-01 | C
    """)  # fmt: skip
    world.served()
    then = lines(world, viewing, "MAX", **PARTNER, as_of=date(2026, 2, 10))
    assert {(line.grade, line.aside) for line in then} == {("2BP", "")}
    assert {line.grade for line in lines(world, viewing, "MAX", **OWN)} == {"1EC"}


def subjects(action):
    return set(AuditEvent.objects.filter(action=action).latest("id").subject.split(","))


CAR = """
    id | agency | who                                                       | kind | when       | plate   | place
    e1 | police | police/2 passenger, police/4 driver, police/5 passenger   | stop | 2026-02-01 | QQ11ABC | Flat 2
    e2 | police | police/3 passenger, police/4 driver, police/5 passenger   | stop | 2026-02-10 | QQ11ABC | Flat 2
"""


def test_the_log_names_everybody_of_a_list_of_groups_and_of_what_is_taken_away_and_no_plate_or_street(
    world, ask
):
    world.events(CAR).served()
    ask(queries.groups, ANALYST)
    assert subjects("groups.view") == {"group:1", "ANA", "BEA", "KIM", "MAX"}
    ask(queries.of_concern, OWN)
    everybody = {"ANA", "BEA", "KIM", "MAX"}
    assert subjects("concern.view") == {
        *everybody, f"vehicle:{code_of('vehicle', 'QQ11ABC')}", f"place:{code_of('place', 'flat 2')}",
    }  # fmt: skip


def test_the_log_of_a_chart_says_from_what_thing_it_started(world, viewing):
    world.events(CAR).served()
    build = world.warehouse.current()
    charts.chart(viewing=viewing(**OWN), build=build, question=Question(about=(("vehicle", "QQ11ABC"),)))
    assert f"vehicle:{code_of('vehicle', 'QQ11ABC')}" in subjects("chart.view")


def test_to_open_somebody_who_is_not_there_is_to_open_somebody_who_is_hidden(world, viewing):
    world.people("""
        id | agency | person | name    | born       | handling
        9  | police | SEC    | Sec Fox | 1990-01-01 | C
    """).events(CAR).served()
    build = world.warehouse.current()

    def drawn(expand):
        question = Question(about=(("person", "ANA"),), expand=(("person", expand),))
        found = charts.chart(viewing=viewing(**PARTNER), build=build, question=question)
        return found.nodes, found.edges

    assert drawn("SEC") == drawn("NOBODY")


def test_of_two_parts_in_an_event_the_open_one_stands_at_its_things(world, viewing):
    world.events("""
        id | agency | who                                                          | kind | when       | plate
        e1 | police | police/2 passenger, police/4 driver, police/4 arrested person | stop | 2026-02-01 | QQ11ABC
    """)
    for role in world.rows["role"]:
        if role["role"] == "arrested person":
            role["handling"] = "C"
    world.served()
    for who, parts in ((PARTNER, {"driver"}), (OWN, {"driver", "arrested person"})):
        assert {line.how for line in lines(world, viewing, "MAX", **who) if line.thing == "vehicle"} == parts


def test_an_event_that_is_kept_is_not_told_by_a_text_about_it_that_is_not(world, viewing):
    world.read().events("""
        id | agency | who              | kind         | when       | text                                    | handling
        e1 | police | police/2 subject | intelligence | 2026-02-01 | Max Tarn (born 01/01/1998) was driving. | C
    """)
    for text in world.rows["narrative"]:
        text["handling"] = ""
    world.served()
    assert {line.key for line in lines(world, viewing, "MAX", **OWN)} == {"zz:police:events:e1"}
    assert lines(world, viewing, "MAX", **PARTNER) == []


def test_that_somebody_was_opened_as_of_concern_changes_no_group(world, viewing):
    world.events("""
        id | agency | who                                                  | kind | when
        e1 | police | police/2 subject, police/4 subject, police/5 subject | stop | 2026-02-01
        e2 | police | police/4 subject, police/5 subject, police/6 subject | stop | 2026-02-02
        e3 | police | police/4 subject, police/5 subject, police/6 subject | stop | 2026-02-03
    """)

    def grouped(build):
        return [tuple(row) for row in build.pages().execute("select * from grouped order by person_id")]

    before = grouped(world.served())
    assert {person for _number, person, _is_member in before} == {"ANA", "MAX", "KIM"}
    known = {"build": world.warehouse.current(), "area": world.area}
    seen = queries.subject(viewing=viewing(**OWN), **known, family="people", code="MAX").record_ids
    word = actions.Word("MAX", "Two girls.", "2BP", seen=seen)
    actions.open_concern(viewing=viewing(**OWN), **known, family="people", word=word)
    assert grouped(world.served(build_id="b2")) == before
