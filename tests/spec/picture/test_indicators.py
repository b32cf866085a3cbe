"""Evidence by small drawn records: who carries an indicator, who may see it, what people said of it, what is not known."""

from datetime import UTC, date, datetime

import duckdb
import pytest

from engage.identities.models import PersonAssignment
from engage.picture import exporting
from engage.picture.indicators import actions, queries
from engage.picture.indicators.actions import StatementRefused, Word
from engage.picture.indicators.tables import EVIDENCE
from engage.picture.readings import standing as readings
from engage.picture.readings.rules import ReadingKey
from engage.picture.seeing import sight
from engage.picture.worklist import queries as worklist
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency             | person | name       | born
    ---+--------------------+--------+------------+-----------
    1  | childrens_services | ANA    | Ana Petal  | 2010-03-01
    2  | police             | ANA    | Ana Petal  | 2010-03-01
    3  | police             | BEA    | Bea Reed   | 2011-05-05
    4  | police             | MAX    | Max Tarn   | 1998-01-01
    5  | police             | OLD    | Ola Petal  | 2005-06-01
"""


@pytest.fixture
def world(area, db):
    return World(area)


@pytest.fixture
def child(world, viewing):
    def standings(person="ANA", **who):
        found = queries.child(
            viewing=viewing(**who), build=world.warehouse.current(), area=world.area, person_id=person
        )
        return {one.indicator.code: one for one in found.standings}

    return standings


def listed(world, viewing, **who):
    found = worklist.worklist(viewing=viewing(**who), build=world.warehouse.current(), area=world.area)
    return [row.person_id for row in found.rows]


def test_a_pattern_is_made_of_the_records_that_a_viewer_may_see(world, child):
    world.people(PEOPLE).events("""
        id | agency | who                     | kind    | when       | handling
        ---+--------+-------------------------+---------+------------+---------
        e1 | police | police/2 missing person | missing | 2026-02-01 |
        e2 | police | police/2 missing person | missing | 2026-02-10 |
        e3 | police | police/2 missing person | missing | 2026-03-01 | C
    """).served()
    own = child(role="detective", agency="police")["M2"]
    assert (own.value, len(own.held.current)) == ("present", 3)
    partner = child(role="social_worker", agency="childrens_services")["M2"]
    assert partner.value != "present"
    assert len(partner.held.evidence) == 2


@pytest.mark.parametrize(
    ("category", "until", "precision", "is_overnight"),
    [
        ("Missing 13 hours", None, None, True),
        ("Missing over 72 hours", None, None, False),
        ("Respond within 24 hours", None, None, False),
        ("Medium", datetime(2026, 2, 3), "day", True),  # noqa: DTZ001  the store's moments are UTC
        ("Medium", datetime(2026, 2, 2), "day", False),  # noqa: DTZ001
        ("Medium", datetime(2026, 2, 2, 0, 30), "minute", True),  # noqa: DTZ001
    ],
    ids=[
        "for so many hours",
        "a band",
        "a time to respond in",
        "until the next day",
        "until that day",
        "until an hour",
    ],
)
def test_who_was_missing_overnight_was_away_as_long_as_the_record_says(
    world, child, category, until, precision, is_overnight
):
    world.people(PEOPLE).events(f"""
        id | agency | who                     | kind    | category   | when
        ---+--------+-------------------------+---------+------------+-----------------
        e1 | police | police/2 missing person | missing | {category} | 2026-02-01 21:40
    """)
    if until:
        world.rows["event"][0].update(happened_until_at=until, until_precision=precision)
    world.served()
    assert (child()["M1"].value == "present") is is_overnight


def test_what_rests_on_a_record_of_somebody_else_needs_that_record_too(world, child):
    world.people(PEOPLE).events("""
        id | agency | who                               | kind | when       | handling
        ---+--------+-----------------------------------+------+------------+---------
        e1 | police | police/2 passenger, police/4 driver | stop | 2026-02-01 |
    """)
    world.rows["role"][1]["handling"] = "C"
    world.served()
    assert child(role="detective", agency="police")["R2"].value == "present"
    assert child(role="social_worker", agency="childrens_services")["R2"].value == "not_known"


def test_that_somebody_is_grown_up_rests_on_the_record_of_their_birth_and_on_its_day(world, child):
    """One record of MAX gives no birth; another does, which is guarded, and since March."""
    world.people("""
        id | agency             | person | name       | born       | received   | handling
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 |            |
        2  | police             | ANA    | Ana Petal  | 2010-03-01 |            |
        4  | police             | MAX    | Max Tarn   |            |            |
        9  | police             | MAX    | Max Tarn   | 1998-01-01 | 2026-03-02 | C
    """).events("""
        id | agency | who                                 | kind | when
        e1 | police | police/2 passenger, police/4 driver | stop | 2026-02-01
    """).served()
    own = {"role": "detective", "agency": "police"}
    assert child(**own)["R2"].value == "present"
    assert not child(**own, as_of=date(2026, 3, 1))["R2"].held.evidence
    assert not child()["R2"].held.evidence


def test_whom_a_record_calls_a_child_is_one_where_no_birth_is_known(world, child, viewing):
    some = "\n".join(
        f"{who}{number} | charity | charity/{who} {role} | missing | 2026-02-0{number}"
        for who, role in ((1, "client"), (2, "carer"), (3, "client"))
        for number in (1, 2, 3)
    )
    world.people("""
        id | agency  | person | name | born
        1  | charity | JAY    | Jay  |
        2  | charity | PAT    | Pat  |
        3  | charity | KIM    | Kim  | 1990-01-01
    """).events(f"id | agency | who | kind | when\n{some}").served()
    assert child("JAY")["M2"].value == "present"
    assert not child("PAT")["M2"].held.evidence
    assert not child("KIM")["M2"].held.evidence
    found = worklist.worklist(viewing=viewing(), build=world.warehouse.current(), area=world.area)
    assert [(row.person_id, row.born, row.age) for row in found.rows] == [("JAY", "", None)]


def test_whom_a_record_calls_a_child_was_one_before_a_birth_was_known(world, child):
    some = "\n".join(f"e{n} | police | police/2 child | missing | 2026-02-0{n}" for n in (1, 2, 3))
    world.people("""
        id | agency             | person | name       | born       | received
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 2026-03-20
        2  | police             | ANA    | Ana Petal  |            |
    """).events(f"id | agency | who | kind | when\n{some}").served()
    own = {"role": "detective", "agency": "police"}
    assert child(**own, as_of=date(2026, 3, 1))["M2"].value == "present"


def test_family_and_reporters_are_no_unknown_adults_and_grown_ups_have_no_indicators(world, child):
    world.people(PEOPLE).ties("""
        agency | from     | kind      | to
        -------+----------+-----------+---------
        police | police/5 | sister of | police/2
    """).events("""
        id | agency | who                                         | kind    | when
        ---+--------+---------------------------------------------+---------+-----------
        e1 | police | police/2 passenger, police/5 driver         | stop    | 2026-02-01
        e2 | police | police/3 subject, police/4 reporting person | concern | 2026-02-01
    """).served()
    assert child()["R2"].held.evidence == ()
    assert child("BEA")["R2"].held.evidence == ()
    assert all(not one.held.evidence for one in child("OLD").values())


def test_not_known_is_not_a_no(world, child):
    """The drawn police extract covers `missing` from 2025-01-01 on, for everybody; nobody covers stops."""
    world.people(PEOPLE).events("""
        id | agency | who              | kind  | when
        ---+--------+------------------+-------+-----------
        e1 | police | police/2 subject | crime | 2026-02-01
    """).served()
    found = child()
    assert found["M1"].value == "not_present"
    assert found["T5"].value == "not_known"
    assert {one.kind for one in found["T5"].silences} == {"stop", "intelligence", "missing"}
    assert found["G1"].value == "not_known"
    assert found["O2"].value == "not_asked"


def test_cover_that_begins_within_the_window_leaves_it_not_known(world, child):
    world.people(PEOPLE).served()
    assert child(as_of=date(2025, 3, 1))["M1"].value == "not_known"


def test_texts_are_weaker_and_may_say_that_it_is_not_so(world, child):
    world.people(PEOPLE).events("""
        id | agency | who              | kind    | when       | text
        ---+--------+------------------+---------+------------+-----------------------------------
        e1 | police | police/2 subject | concern | 2026-02-01 | He bought her a new phone.
        e2 | police | police/3 subject | concern | 2026-02-01 | She does not owe anybody any money.
    """).read().served()
    phone = child()["G2"]
    assert (phone.value, phone.held.current[0].is_told) == ("present", True)
    assert child("BEA")["G4"].value == "not_present"
    assert child()["G4"].value == "not_known"


def test_a_reading_that_was_said_to_be_wrong_is_no_evidence(world, viewing, child):
    world.people(PEOPLE).events("""
        id | agency | who              | kind    | when       | text
        ---+--------+------------------+---------+------------+--------------------------
        e1 | police | police/2 subject | concern | 2026-02-01 | He bought her a new phone.
    """).read().served()
    assert child()["G2"].value == "present"
    (row,) = (
        world.warehouse.current().pages().execute("select * from told where theme = 'new_phone'").fetchall()
    )
    key = ReadingKey(row["text_key"], "new_phone", row["polarity"], row["from_sign"], row["until_sign"])
    readings.keep(viewing(), key, "wrong")
    assert child()["G2"].value == "not_known"
    readings.keep(viewing(), key, "right")
    assert child()["G2"].value == "present"


def test_any_day_is_as_it_was_known_then(world, child):
    world.people(PEOPLE).events("""
        id | agency | who                     | kind    | when       | received
        ---+--------+-------------------------+---------+------------+-----------
        e1 | police | police/2 missing person | missing | 2026-02-01 | 2026-02-02
        e2 | police | police/2 missing person | missing | 2026-02-10 | 2026-02-12
        e3 | police | police/2 missing person | missing | 2026-02-20 | 2026-03-15
    """).served()
    assert child(as_of=date(2026, 3, 14))["M2"].value == "not_present"
    assert child(as_of=date(2026, 3, 15))["M2"].value == "present"


def test_evidence_follows_the_record_that_a_judgement_moves(world, child):
    world.people(PEOPLE).events("""
        id | agency | who              | kind       | when
        ---+--------+------------------+------------+-----------
        e1 | police | police/2 subject | suspension | 2026-02-01
    """).served()
    assert child()["E2"].value == "present"
    PersonAssignment.objects.create(
        record_id="zz:police:persons:2", person_id="BEA", assigned_at=datetime(2026, 4, 6, 9, tzinfo=UTC), cause="judgement"
    )  # fmt: skip
    assert child()["E2"].value != "present"
    assert child("BEA")["E2"].value == "present"


def test_what_a_judgement_moves_to_somebody_grown_up_is_no_evidence(world, child, viewing):
    """The record that is moved says no birth; OLD was born in 2005 by every record, and ANA is a child."""
    world.people("""
        id | agency             | person | name       | born
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01
        2  | police             | ANA    | Ana Petal  |
        5  | police             | OLD    | Ola Petal  | 2005-06-01
    """).events("""
        id | agency | who              | kind       | when
        e1 | police | police/2 subject | suspension | 2026-02-01
    """).served()
    assert child()["E2"].value == "present"
    PersonAssignment.objects.create(
        record_id="zz:police:persons:2", person_id="OLD", assigned_at=datetime(2026, 4, 6, 9, tzinfo=UTC), cause="judgement"
    )  # fmt: skip
    assert not child("OLD")["E2"].held.evidence
    build = world.warehouse.current()
    cursor = build.analysis()
    taken = exporting.visible(cursor, EVIDENCE, sight(viewing(), build)).to_pylist()
    assert not [row for row in taken if row["person_id"] == "OLD"]


@pytest.mark.parametrize(
    ("first", "later", "on_days"),
    [
        ("2010-03-01", "2010-03-07", {date(2026, 3, 1): True, date(2026, 3, 10): True}),
        ("2010-03-01", "1990-05-05", {date(2026, 3, 1): True, date(2026, 3, 10): False}),
        ("1990-05-05", "2010-05-05", {date(2026, 3, 1): False, date(2026, 3, 10): True}),
    ],
    ids=["a better day", "grown up after all", "a child after all"],
)
def test_who_was_held_to_be_a_child_on_a_day_goes_by_the_births_known_by_then(
    world, child, first, later, on_days
):
    world.people(f"""
        id | agency | person | name      | born    | received
        2  | police | ANA    | Ana Petal | {first} | 2026-01-02
        3  | police | ANA    | Ana Petal | {later} | 2026-03-05
        4  | police | ANA    | Ana Petal | {later} | 2026-03-05
    """).events("""
        id | agency | who              | kind       | when       | received
        e1 | police | police/2 subject | suspension | 2026-02-01 | 2026-02-02
    """).served()
    assert {day: bool(child(as_of=day)["E2"].held.evidence) for day in on_days} == on_days


def test_what_two_people_share_is_no_evidence_of_one(world, child):
    world.people(PEOPLE).events("""
        id | agency | who               | kind | when       | plate
        ---+--------+-------------------+------+------------+--------
        e1 | police | police/2 passenger | stop | 2026-02-01 | QQ11ABC
        e2 | police | police/3 passenger | stop | 2026-02-05 | QQ11ABC
    """).served()
    assert child()["T5"].value == "present"
    PersonAssignment.objects.create(
        record_id="zz:police:persons:3", person_id="ANA", assigned_at=datetime(2026, 4, 6, 9, tzinfo=UTC), cause="judgement"
    )  # fmt: skip
    assert child()["T5"].held.evidence == ()


THREE = """
    id | agency | who              | kind          | when       | received   | text
    ---+--------+------------------+---------------+------------+------------+--------------------------
    e1 | police | police/2 victim  | investigation | 2026-02-01 | 2026-02-02 |
    e2 | police | police/3 victim  | investigation | 2026-02-03 | 2026-02-04 |
"""


def say(world, viewing, child, code="A1", says="explained", **kept):
    seen = kept.pop("seen", frozenset(one.key for one in child()[code].held.current))
    return actions.say(
        viewing=viewing(**kept), build=world.warehouse.current(), area=world.area, person_id="ANA",
        word=Word(code, says, "Spoken with her school.", seen),
    )  # fmt: skip


def test_what_people_say_stays_through_builds_until_new_evidence_comes_and_then_both_are_shown(
    world, viewing, child
):
    world.people(PEOPLE).events(THREE).served()
    say(world, viewing, child)
    world.served(build_id="b2")
    said = child()["A1"].statements
    assert [(one.says, one.is_outdated) for one in said] == [("explained", False)]

    world.events("""
        id | agency | who             | kind          | when       | received
        ---+--------+-----------------+---------------+------------+-----------
        e3 | police | police/2 victim | investigation | 2026-03-01 | 2026-03-02
    """).served(build_id="b3")
    found = child()["A1"]
    assert [(one.says, one.is_outdated) for one in found.statements] == [("explained", True)]
    assert (found.value, len(found.held.current)) == ("present", 2)


def test_a_statement_is_taken_back_by_who_made_it_alone(world, viewing, child):
    world.people(PEOPLE).events(THREE).served()
    seq = say(world, viewing, child)
    taking = {"build": world.warehouse.current(), "area": world.area, "person_id": "ANA", "seq": seq}
    with pytest.raises(StatementRefused):
        actions.take_back(viewing=viewing(user_id="somebody-else"), **taking)
    assert child()["A1"].statements
    actions.take_back(viewing=viewing(), **taking)
    assert child()["A1"].statements == ()


def test_nobody_is_told_of_a_statement_about_evidence_that_they_may_not_see(world, viewing, child):
    world.people(PEOPLE).events("""
        id | agency | who             | kind          | when       | handling
        ---+--------+-----------------+---------------+------------+---------
        e1 | police | police/2 victim | investigation | 2026-02-01 | C
    """).served()
    own = {"role": "detective", "agency": "police"}
    say(world, viewing, child, seen=frozenset(e.key for e in child(**own)["A1"].held.current), **own)
    assert child(**own)["A1"].statements
    assert child(role="social_worker", agency="childrens_services")["A1"].statements == ()


@pytest.mark.parametrize(
    ("says", "reason", "seen"),
    [
        ("confirmed", " ", True),
        ("confirmed", "So it is.", False),
        ("likely", "So it is.", True),
    ],
    ids=["no reason", "no evidence that was seen", "no such word"],
)
def test_a_statement_needs_a_reason_and_evidence_that_was_seen(world, viewing, child, says, reason, seen):
    world.people(PEOPLE).events(THREE).served()
    keys = frozenset(one.key for one in child()["A1"].held.current) if seen else frozenset()
    with pytest.raises(StatementRefused):
        actions.say(
            viewing=viewing(), build=world.warehouse.current(), area=world.area, person_id="ANA",
            word=Word("A1", says, reason, keys),
        )  # fmt: skip


def test_what_only_people_know_is_asked_answered_and_never_guessed(world, viewing, child):
    world.people(PEOPLE).served()
    assert child()["P1"].value == "not_asked"
    say(world, viewing, child, "P1", "not_known", seen=frozenset())
    assert child()["P1"].value == "not_known"
    say(world, viewing, child, "P1", "present", seen=frozenset())
    assert child()["P1"].value == "present"


def test_the_worklist_holds_who_has_evidence_that_nobody_looked_at(world, viewing, child):
    world.people(PEOPLE).events(THREE).served()
    assert listed(world, viewing) == ["BEA", "ANA"]  # one agency each: the newer sign of harm first
    seen = frozenset(one.key for one in child()["A1"].held.evidence)
    actions.looked_at(
        viewing=viewing(), build=world.warehouse.current(), area=world.area, person_id="ANA", outcome="Discussed today.", seen=seen
    )  # fmt: skip
    assert listed(world, viewing) == ["BEA"]
    world.events("""
        id | agency | who             | kind          | when       | received
        ---+--------+-----------------+---------------+------------+-----------
        e3 | police | police/2 victim | investigation | 2026-03-01 | 2026-03-02
    """).served(build_id="b2")
    assert listed(world, viewing) == ["ANA", "BEA"]


def test_looking_covers_only_what_stood_on_the_page(world, viewing):
    world.people(PEOPLE).events(THREE).served()
    actions.looked_at(
        viewing=viewing(), build=world.warehouse.current(), area=world.area, person_id="ANA", outcome="Seen.", seen=frozenset()
    )  # fmt: skip
    assert "ANA" in listed(world, viewing)


def test_the_list_of_a_past_day_is_made_of_what_had_been_received(world, viewing):
    world.people(PEOPLE).events(THREE).served()
    assert listed(world, viewing, as_of=date(2026, 2, 3)) == ["ANA"]
    assert listed(world, viewing, as_of=date(2026, 2, 1)) == []


def test_a_register_alone_brings_nobody_onto_the_list(world, viewing):
    world.people("""
        id | agency    | person | name      | born       | cohort
        ---+-----------+--------+-----------+------------+---------
        1  | education | ANA    | Ana Petal | 2010-03-01 | register
    """).events("""
        id | agency    | who             | kind          | when       | cohort
        ---+-----------+-----------------+---------------+------------+---------
        e1 | education | education/1 victim | investigation | 2026-02-01 | register
    """).served()
    assert listed(world, viewing, role="social_worker", agency="childrens_services") == []


def evidence_bytes(build):
    rows = (
        duckdb.connect(str(build.folder / "analysis.duckdb"), read_only=True)
        .sql("select * from evidence order by all")
        .fetchall()
    )
    return repr(rows).encode()


def test_ethnicity_nationality_and_religion_change_nothing(area, db):
    events = """
        id | agency | who                                 | kind    | when       | text
        ---+--------+-------------------------------------+---------+------------+---------------------------
        e1 | police | police/1 passenger, police/2 driver | stop    | 2026-02-01 | He bought her a new phone.
        e2 | police | police/1 missing person             | missing | 2026-02-03 |
    """
    made = []
    for number, (one, other) in enumerate([("W1", "A2"), ("A2", "W1"), ("", "")]):
        world = World(area)
        world.people(f"""
            id | agency | person | name      | born       | ethnicity | nationality | religion
            ---+--------+--------+-----------+------------+-----------+-------------+---------
            1  | police | ANA    | Ana Petal | 2010-03-01 | {one}     | {one}       | {one}
            2  | police | MAX    | Max Tarn  | 1998-01-01 | {other}   | {other}     | {other}
        """).events(events).read()
        made.append(evidence_bytes(world.served(build_id=f"b{number}")))
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 100


OWN = {"role": "detective", "agency": "police"}
PARTNER = {"role": "social_worker", "agency": "childrens_services"}
GUARDED = """
    id | agency | who             | kind          | when       | handling
    ---+--------+-----------------+---------------+------------+---------
    e1 | police | police/2 victim | investigation | 2026-02-01 | C
"""


def test_nobody_is_told_of_a_look_at_what_they_may_not_see(world, viewing, child):
    world.people(PEOPLE).events(GUARDED).served()
    seen = frozenset(one.key for one in child(**OWN)["A1"].held.evidence)
    build, area = world.warehouse.current(), world.area
    actions.looked_at(
        viewing=viewing(**OWN), build=build, area=area, person_id="ANA", outcome="Op Fern.", seen=seen
    )

    def look(**who):
        return queries.child(viewing=viewing(**who), build=build, area=area, person_id="ANA").look

    assert look(**OWN).outcome == "Op Fern."
    assert look(**PARTNER) is None


def test_a_statement_on_guarded_evidence_is_not_counted_for_who_may_not_see_it(world, viewing, child):
    world.people(PEOPLE).events(GUARDED).served()
    say(world, viewing, child, seen=frozenset(e.key for e in child(**OWN)["A1"].held.current), **OWN)

    def said(**who):
        found = queries.uses(viewing=viewing(**who), build=world.warehouse.current(), area=world.area)
        return {one.indicator.code: one.said.get("explained", 0) for one in found}["A1"]

    assert (said(**OWN), said(**PARTNER)) == (1, 0)


def test_what_is_withheld_of_a_kind_leaves_that_kind_not_known_for_every_child(world, child):
    world.people(PEOPLE).events("""
        id | agency | who                     | kind    | when       | handling
        ---+--------+-------------------------+---------+------------+---------
        e1 | police | police/3 missing person | missing | 2026-02-01 | C
    """).served()
    assert child(**OWN)["M1"].value == "not_present"
    assert child(**PARTNER)["M1"].value == "not_known"
    assert child(**PARTNER)["M1"].silences[0].is_closed


def test_of_whom_no_birth_is_known_nothing_is_said_not_to_be(world, child):
    world.people(PEOPLE).people("""
        id | agency | person | name
        ---+--------+--------+-----
        9  | police | NOB    | Nobby
    """).served()
    assert child("NOB")["M1"].value == "not_known"
    assert child("ANA")["M1"].value == "not_present"


def test_found_on_a_later_day_by_a_record_of_its_own_is_a_night_away(world, child):
    world.people(PEOPLE).events("""
        id | agency | who              | kind    | when
        ---+--------+------------------+---------+-----------
        e1 | police | police/2 subject | missing | 2026-02-01
        e2 | police | police/2 subject | found   | 2026-02-02
    """).served()
    assert [one.record_id for one in child()["M1"].held.current] == ["zz:police:events:e1"]


def test_what_happened_on_no_known_day_is_evidence_from_when_it_became_known(world, child):
    world.people(PEOPLE).events("""
        id | agency | who              | kind       | when | received
        ---+--------+------------------+------------+------+-----------
        e1 | police | police/2 subject | suspension |      | 2026-02-01
    """).served()
    (one,) = child()["E2"].held.current
    assert (one.happened_on, one.known_from_on) == (None, date(2026, 2, 1))


def test_a_record_that_was_often_sent_again_still_makes_a_pair_today(world, child):
    versions = "\n".join(
        f"e2 | police | police/3 passenger | stop | 2026-01-10 | QQ11ABC | 2026-02-0{n} | {f'2026-02-0{n + 1}' if n < 6 else ''} | {n}"
        for n in range(1, 7)
    )
    world.people(PEOPLE).events(f"""
        id | agency | who                | kind | when       | plate   | received   | until | version
        ---+--------+--------------------+------+------------+---------+------------+-------+--------
        e1 | police | police/2 passenger | stop | 2026-01-09 | QQ11ABC | 2026-01-09 |       | 1
        {versions}
    """).served()
    assert child()["T5"].value == "present"
    assert child(as_of=date(2026, 2, 3))["T5"].value == "present"
    assert child(as_of=date(2026, 1, 20))["T5"].value != "present"


def test_a_pair_that_only_guarded_records_make_first_is_made_by_an_open_one_too(world, child):
    world.people(PEOPLE).events("""
        id | agency | who                | kind | when       | plate   | handling
        ---+--------+--------------------+------+------------+---------+---------
        e1 | police | police/2 passenger | stop | 2026-01-09 | QQ11ABC |
        e2 | police | police/3 passenger | stop | 2026-01-10 | QQ11ABC | C
        e3 | police | police/3 passenger | stop | 2026-01-11 | QQ11ABC | C
        e4 | police | police/3 passenger | stop | 2026-01-12 | QQ11ABC | C
        e5 | police | police/3 passenger | stop | 2026-01-13 | QQ11ABC |
    """).served()
    assert child(**PARTNER)["T5"].value == "present"


def test_what_was_said_goes_with_the_record_that_it_was_said_of(world, viewing, child):
    world.people(PEOPLE).events(THREE).served()
    say(world, viewing, child)
    PersonAssignment.objects.create(
        record_id="zz:police:persons:2", person_id="BEA", assigned_at=datetime(2026, 4, 6, 9, tzinfo=UTC), cause="judgement"
    )  # fmt: skip
    assert [one.says for one in child("BEA")["A1"].statements] == ["explained"]
    assert child()["A1"].statements == ()


def test_a_record_that_is_sent_again_does_not_come_onto_the_list_anew(world, viewing):
    world.people(PEOPLE).events("""
        id | agency | who             | kind          | when       | received   | until      | version
        ---+--------+-----------------+---------------+------------+------------+------------+--------
        e1 | police | police/2 victim | investigation | 2026-01-06 | 2026-01-07 | 2026-04-03 | 1
        e1 | police | police/2 victim | investigation | 2026-01-06 | 2026-04-03 |            | 2
    """).served()
    found = worklist.worklist(viewing=viewing(), build=world.warehouse.current(), area=world.area)
    assert [(row.person_id, row.since) for row in found.rows] == [("ANA", date(2026, 1, 7))]
    assert found.new_this_week == 0
