"""Does everything that is drawn of a chart stand in its tables; are nights drawn a lane for each thing; and do words on lines hide nothing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from engage.networks.charts.rules import AWAY, NIGHTS, Chart, Edge, Node, Question, Record, ends_of
from engage.web.charts import drawing, listing, nights
from engage.web.charts.presenters import Reader


ANA, BEA = (
    Node("person", "ANA", "Ana Petal", age="child"),
    Node("person", "BEA", "Bea Reed", age="child", steps=1),
)
MAX = Node("person", "MAX", "Max Tarn", age="grown", steps=2)
CAR = Node("vehicle", "QQ11ABC", "QQ11 ABC", steps=1, has_lines=True)
STOP = Node("event", "zz:police:events:e1", "Stop", "stop", steps=1, on=date(2026, 3, 8))
SHOP = Node("event", "zz:police:events:e2", "Theft", "crime", steps=1, on=date(2026, 3, 8))


def edge(one: Node, other: Node, *records: tuple[str, str, int | None, str]) -> Edge:
    """Records: id, part, day of March, whose."""
    made = (
        Record(
            f"zz:police:{key}",
            "police",
            date(2026, 3, day) if day else None,
            "",
            part,
            "confirmed",
            whose=whose,
        )
        for key, part, day, whose in records
    )
    return Edge(ends_of(one.end, other.end), tuple(made))


EDGES = (
    edge(ANA, CAR, ("e1", "passenger", 8, "ANA"), ("e3", "passenger", 9, "ANA")),
    edge(ANA, STOP, ("e1", "passenger", 8, "ANA")),
    edge(BEA, STOP, ("e1", "passenger", 8, "BEA")),
    edge(BEA, SHOP, ("e2", "suspect", 8, "BEA")),
    edge(MAX, SHOP, ("e2", "suspect", 8, "MAX")),
    edge(ANA, BEA, ("m1", AWAY, 7, "ANA"), ("m2", AWAY, 7, "BEA")),
    edge(ANA, MAX, ("t1", "uncle of", None, "MAX")),
)
ASKED = Question(NIGHTS, (), date(2026, 3, 7), date(2026, 3, 7))
CHART = Chart(ASKED, (ANA, BEA, CAR, STOP, SHOP, MAX), EDGES)
READER = Reader({"police": "Police"}, ASKED)


def test_every_node_stands_once_under_its_kind_with_a_count() -> None:
    folds = listing.nodes(CHART, READER)
    assert [fold.title for fold in folds] == ["People (3)", "Vehicles (1)", "Events (2)"]
    assert [[row[0].text for row in fold.table.rows] for fold in folds] == [
        ["Ana Petal", "Bea Reed", "Max Tarn"], ["QQ11 ABC"], ["Stop", "Theft"]
    ]  # fmt: skip


def test_every_record_of_every_line_stands_with_each_person_whose_line_it_is() -> None:
    folds = listing.lines(CHART, READER)
    assert [fold.title for fold in folds] == [
        "Ana Petal, Child: 4 lines, 6 records", "Bea Reed, Child: 3 lines, 4 records", "Max Tarn, Adult: 2 lines, 2 records"
    ]  # fmt: skip
    told = [[(row[0], row[-1].text) for row in fold.table.rows] for fold in folds]
    for node, rows in zip((ANA, BEA, MAX), told, strict=True):
        expected = sorted(
            record.record_id.split(":", 1)[1]
            for one in EDGES
            if node.end in one.ends
            for record in one.records
        )
        assert sorted(record for _to, record in rows) == expected


def test_a_tie_is_told_from_each_end() -> None:
    ana, _bea, uncle = listing.lines(CHART, READER)
    told = {fold.title[:3]: {row[2].text for row in fold.table.rows} for fold in (ana, uncle)}
    assert "they are “uncle of” this person" in told["Ana"]
    assert "this person is “uncle of” them" in told["Max"]


def test_the_number_of_somebodys_lines_leads_to_them_and_paper_has_no_links() -> None:
    people = listing.nodes(CHART, READER)[0].table
    anchors = {fold.anchor for fold in listing.lines(CHART, READER)}
    assert {row[3].href.lstrip("#") for row in people.rows} == anchors
    paper = replace(READER, is_printed=True)
    assert not [fold.title for fold in listing.nodes(CHART, paper) if "<a " in fold.table.body()]


def test_what_is_of_concern_has_a_link_only_where_the_viewer_sees_a_line_to_it() -> None:
    def leads(node: Node) -> str:
        return READER.of_concern(node)

    assert leads(CAR).startswith("/concern/vehicles/")
    assert leads(replace(CAR, has_lines=False)) == ""


def test_nights_stand_day_by_day_each_thing_with_its_people() -> None:
    some = nights.together(CHART)
    assert [(one.on.day, one.event and one.event.label, [node.key for node in one.people]) for one in some] == [
        (7, None, ["ANA", "BEA"]), (8, "Stop", ["ANA", "BEA"]), (8, "Theft", ["BEA", "MAX"])
    ]  # fmt: skip
    rows = nights.fold(some, READER).table.rows
    assert [row[0] for row in rows] == ["Saturday 7 March 2026", "Sunday 8 March 2026", "Sunday 8 March 2026"]
    assert rows[0][-1].text == "police:m1, police:m2"


def test_a_timeline_has_a_lane_for_each_thing_and_the_morning_after_the_last_night() -> None:
    drawn = nights.timeline(CHART, nights.together(CHART))
    assert drawn is not None
    assert [name for _y, name in drawn.people] == ["Ana Petal", "Bea Reed", "Max Tarn"]
    assert len({mark.x for mark in drawn.marks}) == 3
    assert [mark.is_away for mark in drawn.marks] == [True, False, False]
    assert [text for _x, text in drawn.days] == ["7 Mar", "8 Mar"]
    assert all(mark.x < drawn.width for mark in drawn.marks)
    assert nights.timeline(replace(CHART, question=Question()), nights.together(CHART)) is None
    assert nights.timeline(replace(CHART, edges=()), []) is None


@pytest.mark.parametrize("count", [6, 40])
def test_words_on_lines_hide_no_shape_no_label_and_no_other_words(count: int) -> None:
    around = [Node("person", f"P{n}", f"Pat Number{n}", age="grown", steps=1) for n in range(count)]
    lines = tuple(edge(ANA, node, (f"t{node.key}", "friend of", None, "ANA")) for node in around)
    picture = drawing.picture(Chart(Question(), (ANA, *around), lines), READER)
    assert picture is not None
    words = [
        drawing._around(one.how_x, one.how_y - drawing.HIGH // 3, len(one.how))
        for one in picture.strokes
        if one.how
    ]
    assert len(words) > count // 2
    boxes = [box for node in picture.nodes for box in drawing._boxes(node)]
    assert not any(drawing._meet(word, box) for word in words for box in boxes)
    assert not any(drawing._meet(one, other) for one, other in combinations(words, 2))


def test_a_chart_of_very_many_lines_has_no_words_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_WORDED", len(EDGES) - 1)
    picture = drawing.picture(CHART, READER)
    assert picture is not None
    assert {one.how for one in picture.strokes} == {""}
