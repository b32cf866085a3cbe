"""What does a chart show of drawn records, by question, day and viewer; and does what stays hidden change anything of it?"""

from __future__ import annotations

from datetime import date

import pytest

from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities.models import PersonAssignment
from engage.networks.charts import queries
from engage.networks.charts.layout import layout
from engage.networks.charts.rules import BETWEEN, NIGHTS, Question
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency             | person | name      | born       | address     | phone
    ---+--------------------+--------+-----------+------------+-------------+------------
    1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | 3 Weir Lane |
    2  | police             | ANA    | Ana Petal | 2010-03-01 |             |
    3  | police             | BEA    | Bea Reed  | 2011-05-05 |             |
    4  | police             | MAX    | Max Tarn  | 1998-01-01 |             | 07000123456
    5  | police             | CAT    | Cat Moss  |            |             |
    6  | police             | DAN    | Dan Ash   | 1990-01-01 |             |
"""
EVENTS = """
    id | agency | who                                    | kind  | title | when       | plate   | place     | grade
    e1 | police | police/2 passenger, police/4 driver    | stop  | Stop  | 2026-02-01 | QQ11ABC |           |
    e2 | police | police/3 passenger, police/4 driver    | stop  | Stop  | 2026-02-02 | QQ11ABC | Weir Flat | 2DP
    e3 | police | police/5 witness, police/3 victim      | crime | Theft | 2025-11-05 |         | Weir Flat |
    e4 | police | police/2 victim                        | crime | Alone | 2026-02-09 |         |           |
    e5 | police | police/5 subject, police/6 subject     | crime | Later | 2026-02-20 |         |           |
"""
DETECTIVE = {"role": "detective", "agency": "police"}
ANA, BEA, MAX = ("person", "ANA"), ("person", "BEA"), ("person", "MAX")


@pytest.fixture
def world(area, db):
    return World(area).people(PEOPLE).events(EVENTS)


@pytest.fixture
def ask(world, viewing):
    def asked(question, door=queries.chart, **who):
        build = world.warehouse.current()
        return door(viewing=viewing(**{**DETECTIVE, **who}), build=build, question=question)

    return asked


def nodes(chart):
    return {node.key.rpartition(":")[2]: node for node in chart.nodes}


def lines(chart):
    return {tuple(sorted(key.rpartition(":")[2] for _kind, key in edge.ends)): edge for edge in chart.edges}


def test_around_somebody_are_their_things_their_events_with_others_and_who_was_in_these(world, ask):
    world.served()
    chart = ask(Question(about=(ANA,)))
    assert set(nodes(chart)) == {"ANA", "3 weir lane|", "QQ11ABC", "e1", "MAX"}
    assert [(n.key.rpartition(":")[2], n.steps) for n in chart.nodes] == [
        ("ANA", 0), ("e1", 1), ("QQ11ABC", 1), ("3 weir lane|", 1), ("MAX", 2)
    ]  # fmt: skip
    assert chart.alone == 1
    assert chart.left_out == {}
    line = lines(chart)["MAX", "e1"]
    assert [(r.record_id, r.agency, r.on, r.part, r.whose) for r in line.records] == [
        ("zz:police:events:e1", "police", date(2026, 2, 1), "driver", "MAX")
    ]
    assert lines(chart)["3 weir lane|", "ANA"].how == ("lives at",)


def test_a_child_at_the_time_is_a_child_and_whose_birth_is_not_known_is_not_said_to_be_grown(world, ask):
    world.events("""
        id | agency | who                                | kind | title | when
        o1 | police | police/4 driver, police/2 subject  | stop | Old   | 2015-06-01
    """).served()
    assert {key: nodes(ask(Question(about=(ANA,))))[key].age for key in ("ANA", "MAX")} == {
        "ANA": "child", "MAX": "child"
    }  # fmt: skip
    assert nodes(ask(Question(about=(ANA,), from_on=date(2026, 1, 1))))["MAX"].age == "grown"
    assert nodes(ask(Question(about=(BEA,))))["CAT"].age == "not_known"


def test_a_line_is_tentative_where_all_its_records_are_graded_low(world, ask):
    world.served()
    found = lines(ask(Question(about=(MAX,))))
    assert found["BEA", "e2"].strength == "tentative"
    assert found["ANA", "e1"].strength == "confirmed"
    assert found["MAX", "QQ11ABC"].strength == "confirmed"
    assert len(found["MAX", "QQ11ABC"].records) == 2


def test_expanding_opens_a_thing_or_a_person(world, ask):
    world.served()
    by_car = ask(Question(about=(ANA,), expand=(("vehicle", "QQ11ABC"),)))
    assert {"BEA", "e2"} <= set(nodes(by_car))
    assert nodes(by_car)["QQ11ABC"].is_open
    further = ask(Question(about=(ANA,), expand=(MAX,)))
    assert nodes(further)["BEA"].steps == 2
    assert "07000123456" in "".join(nodes(further))
    assert "CAT" not in nodes(further)


def test_what_is_opened_and_hangs_together_with_nothing_asked_about_is_not_drawn(world, ask):
    world.served()
    assert "DAN" not in nodes(ask(Question(about=(ANA,), expand=(("person", "DAN"),))))


def test_days_cut_what_happened_and_leave_what_has_no_day(world, ask):
    world.served()
    chart = ask(Question(about=(BEA,), from_on=date(2026, 1, 1), until_on=date(2026, 2, 28)))
    assert set(nodes(chart)) == {"BEA", "e2", "MAX", "QQ11ABC", "weir flat"}
    before = ask(Question(about=(ANA,), until_on=date(2025, 1, 1)))
    assert set(nodes(before)) == {"ANA", "3 weir lane|"}


def test_between_two_are_the_shortest_ways_and_others_when_asked(world, ask):
    world.served()
    chart = ask(Question(BETWEEN, (ANA, BEA)))
    assert set(nodes(chart)) == {"ANA", "QQ11ABC", "BEA"}
    longer = ask(Question(BETWEEN, (ANA, BEA), is_longer=True))
    assert set(nodes(longer)) == {"ANA", "QQ11ABC", "BEA", "e1", "e2", "MAX", "weir flat"}


def test_between_two_whom_nothing_ties_within_four_lines_is_nothing(world, ask):
    world.served()
    chart = ask(Question(BETWEEN, (ANA, ("person", "DAN"))))
    assert (set(nodes(chart)), chart.is_joined, chart.edges) == ({"ANA", "DAN"}, False, ())
    assert ask(Question(BETWEEN, (BEA, ("person", "DAN")))).is_joined


def test_a_place_in_these_months_has_who_was_there_and_with_what(world, ask):
    world.served()
    place = ("place", "weir flat")
    assert set(nodes(ask(Question(about=(place,))))) == {
        "weir flat",
        "e2",
        "e3",
        "BEA",
        "MAX",
        "CAT",
        "QQ11ABC",
    }
    month = ask(Question(about=(place,), from_on=date(2026, 2, 1), until_on=date(2026, 2, 28)))
    assert set(nodes(month)) == {"weir flat", "e2", "BEA", "MAX", "QQ11ABC"}
    none = ask(Question(about=(place,), from_on=date(2024, 2, 1), until_on=date(2024, 2, 28)))
    assert set(nodes(none)) == {"weir flat"}


MISSING = """
    id | agency | who                     | kind    | when             | handling
    m1 | police | police/2 missing person | missing | 2026-03-07 20:00 |
    f1 | police | police/2 missing person | found   | 2026-03-08 09:00 |
    m2 | police | police/3 missing person | missing | 2026-03-07 22:00 |
    f2 | police | police/3 missing person | found   | 2026-03-08 08:00 |
    m3 | police | police/5 missing child  | missing | 2026-03-20 22:00 |
    f3 | police | police/5 missing child  | found   | 2026-03-21 08:00 |
"""


def test_on_these_nights_are_who_was_missing_in_the_same_hours(world, ask):
    world.events(MISSING).events("""
        id | agency | who                              | kind | title | when             | plate
        s1 | police | police/3 passenger, police/4 driver | stop | Stop | 2026-03-08 02:00 | QQ11ABC
    """).served()
    night = Question(NIGHTS, (), date(2026, 3, 7), date(2026, 3, 7))
    chart = ask(night)
    assert set(nodes(chart)) == {"ANA", "BEA", "MAX", "s1", "QQ11ABC"}
    line = lines(chart)["ANA", "BEA"]
    assert (line.strength, line.how) == ("inferred", ("missing in the same hours of the night",))
    assert {record.record_id.rpartition(":")[2] for record in line.records} == {"m1", "m2"}
    assert set(nodes(ask(Question(NIGHTS, (ANA,), date(2026, 3, 7), date(2026, 3, 7))))) == set(nodes(chart))
    assert ask(Question(NIGHTS, (), date(2026, 3, 9), date(2026, 3, 19))).nodes == ()


HIDDEN = """
    id | agency | who                                  | kind         | title  | when       | plate   | place     | handling
    h1 | police | police/2 subject, police/6 subject   | intelligence | Secret | 2026-03-01 | ZZ99ZZZ | Weir Flat | C
    h2 | police | police/2 subject, police/3 subject   | intelligence | Secret | 2026-03-02 | QQ11ABC | Weir Flat | C
"""
EVERY = (
    Question(about=(ANA,)), Question(about=(MAX,), expand=(ANA, ("vehicle", "QQ11ABC"))), Question(BETWEEN, (ANA, BEA), is_longer=True),
    Question(about=(("place", "weir flat"),)), Question(NIGHTS, (), date(2026, 2, 1), date(2026, 3, 8)),
)  # fmt: skip


@pytest.mark.parametrize("question", EVERY, ids=range(len(EVERY)))
def test_a_hidden_record_changes_neither_nodes_nor_counts_nor_order_nor_places(world, ask, question):
    world.events(MISSING).served()
    worker = {"role": "social_worker", "agency": "childrens_services"}
    before, open_before = ask(question, **worker), ask(question)
    world.events(HIDDEN).ties("""
        agency | from     | kind       | to       | handling
        police | police/2 | friend of  | police/6 | C
    """).served(build_id="b2")
    after = ask(question, **worker)
    assert after == before
    assert layout(after) == layout(before)
    assert ask(question) != open_before or question.asks == NIGHTS


def test_who_may_not_be_named_is_on_no_chart(world, ask):
    world.people("""
        id | agency | person | name       | born       | handling
        9  | police | SEC    | Sec Hidden | 1990-01-01 | C
    """).events("""
        id | agency | who                                | kind | title | when
        e9 | police | police/2 subject, police/9 subject | stop | Ninth | 2026-03-03
    """).served()
    worker = {"role": "social_worker", "agency": "childrens_services"}
    assert "SEC" in nodes(ask(Question(about=(ANA,))))
    seen = ask(Question(about=(ANA,)), **worker)
    assert not {"SEC", "e9"} & set(nodes(seen))
    with pytest.raises(queries.ChartNotShown) as hidden:
        ask(Question(about=(("person", "SEC"),)), **worker)
    with pytest.raises(queries.ChartNotShown) as absent:
        ask(Question(about=(("person", "NOBODY"),)), **worker)
    assert str(hidden.value.sentence) == str(absent.value.sentence)
    with pytest.raises(queries.ChartNotShown):
        ask(Question(about=(("vehicle", "AA00AAA"),)))


def test_a_day_before_shows_what_was_known_then(world, ask):
    world.events("""
        id | agency | who                                | kind | title | when       | received   | until
        e7 | police | police/2 subject, police/6 subject | stop | Late  | 2026-01-10 | 2026-03-10 |
        e8 | police | police/2 subject, police/5 subject | stop | Gone  | 2026-01-11 |            | 2026-02-15
    """).served()
    now, then = (
        nodes(ask(Question(about=(ANA,)))),
        nodes(ask(Question(about=(ANA,)), as_of=date(2026, 2, 10))),
    )
    assert ("DAN" in now, "CAT" in now) == (True, False)
    assert ("DAN" in then, "CAT" in then) == (False, True)


def test_records_that_were_judged_since_the_build_are_whose_they_are_today(world, ask):
    world.served()
    PersonAssignment.objects.create(
        record_id="zz:police:persons:4", person_id="DAN", assigned_at=NOW, build_id="b1", cause="judgement"
    )
    chart = ask(Question(about=(ANA,)))
    assert ("DAN" in nodes(chart), "MAX" in nodes(chart)) == (True, False)
    assert {record.whose for record in lines(chart)["DAN", "e1"].records} == {"DAN"}
    assert {"e1", "e2", "e5", "CAT"} <= set(nodes(ask(Question(about=(("person", "DAN"),)))))


def test_relatives_have_one_line_told_as_its_source_does(world, ask):
    world.ties("""
        agency | from     | kind      | to
        police | police/6 | uncle of  | police/2
    """).served()
    for opened in ((), (("person", "DAN"),)):
        line = lines(ask(Question(about=(ANA,), expand=opened)))["ANA", "DAN"]
        assert [(record.part, record.whose) for record in line.records] == [("uncle of", "DAN")]


def test_what_many_people_have_to_do_with_is_drawn_and_led_through_only_when_asked(world, ask):
    world.people(
        "id | agency | person | name | born\n"
        + "\n".join(f"{n} | police | P{n} | Pat Number{n} | 1980-01-01" for n in range(100, 145))
    )
    world.events(
        "id | agency | who | kind | title | when | place\n"
        + "\n".join(
            f"c{n} | police | police/{n} subject | crime | Theft | 2026-01-02 | Bus Stop"
            for n in range(100, 145)
        )
    )
    world.events("""
        id | agency | who             | kind  | title | when       | place
        x1 | police | police/2 victim | crime | Theft | 2026-01-03 | Bus Stop
        x2 | police | police/6 victim | crime | Theft | 2026-01-04 | Bus Stop
    """).served()
    assert nodes(ask(Question(about=(ANA,))))["bus stop"].is_common
    assert not nodes(ask(Question(about=(ANA,))))["QQ11ABC"].is_common
    two = (ANA, ("person", "DAN"))
    assert not ask(Question(BETWEEN, two)).is_joined
    asked = ask(Question(BETWEEN, two, expand=(("place", "bus stop"),)))
    assert set(nodes(asked)) == {"ANA", "bus stop", "DAN"}


def test_at_most_500_nodes_the_nearest_first_and_what_is_left_out_is_counted_by_kind(world, ask):
    world.people(
        "id | agency | person | name | born\n"
        + "\n".join(f"{n} | police | P{n} | Pat Number{n} | 1980-01-01" for n in range(100, 400))
    )
    world.events(
        "id | agency | who | kind | title | when\n"
        + "\n".join(
            f"c{n} | police | police/2 victim, police/{n} subject | crime | Theft | 2026-01-02"
            for n in range(100, 400)
        )
    ).served()
    chart = ask(Question(about=(ANA,)))
    assert len(chart.nodes) == 500
    assert [node.steps for node in chart.nodes] == sorted(node.steps for node in chart.nodes)
    assert chart.left_out == {"person": 105}
    cells = layout(chart).cells
    assert len(set(cells.values())) == 500


def test_a_chart_is_written_down_and_taken_away_only_by_whom_it_is_given_to(world, ask):
    world.served()
    ask(Question(about=(ANA,)), queries.chart_to_print)
    with pytest.raises(MayNotDo):
        ask(Question(about=(ANA,)), queries.chart_to_take_away)
    ask(Question(about=(ANA,)), queries.chart_to_take_away, role="analyst")
    rows = AuditEvent.objects.order_by("id").values_list("action", "subject")
    assert list(rows) == [("chart.print", "ANA,MAX"), ("act.refused", "chart"), ("chart.export", "ANA,MAX")]


@pytest.mark.parametrize(
    "question",
    [
        Question(),
        Question(NIGHTS, (), date(2025, 1, 1), date(2026, 1, 1)),
        Question(BETWEEN, (ANA,)),
        Question(NIGHTS, (ANA,)),
        Question(about=(("event", "e1"),)),
    ],
)
def test_a_question_that_lacks_something_says_what(world, ask, question):
    world.served()
    with pytest.raises(queries.QuestionIncomplete):
        ask(question)
