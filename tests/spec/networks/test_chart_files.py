"""Are charts written for other programs whole, stable, and never as formulas?"""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date

import openpyxl
import pytest

from engage.networks.charts.exports import ftm, graphml, i2, workbook
from engage.networks.charts.rules import Chart, Edge, Node, Question, Record, ends_of, strength_of


NS = {"g": "http://graphml.graphdrawing.org/xmlns"}
ANA, MAX = (
    Node("person", "ANA", "=Ana()", age="child", steps=0),
    Node("person", "MAX", "Max & Tarn", age="grown", steps=2),
)
PHONE = Node("phone", "+447000123456", "+447000 123456", steps=1)
STOP = Node("event", "zz:police:events:e1", "Stop", "stop", steps=1, on=date(2026, 2, 1))
DEE = Node("person", "DEE", "@dee", age="not_known", steps=2)
FLAT = Node("place", "1 reed close|qx1 1aa", "1 Reed Close, QX1 1AA", steps=1)
CAR = Node("vehicle", "QQ11ABC", "QQ11 ABC", steps=1)


def edge(one, other, part, whose="", grade="", strength="confirmed", on=None, record="zz:police:events:e1"):
    return Edge(
        ends_of(one.end, other.end), (Record(record, "police", on, grade, part, strength, whose=whose),)
    )


CHART = Chart(
    Question(about=(ANA.end,)),
    (ANA, PHONE, STOP, FLAT, CAR, MAX, DEE),
    tuple(
        sorted(
            (
                edge(ANA, STOP, "passenger", "ANA", "1AP", on=date(2026, 2, 1)),
                edge(MAX, STOP, "driver", "MAX", "3DP", "tentative", date(2026, 2, 1)),
                edge(ANA, PHONE, "-uses", "ANA", record="zz:police:persons:1"),
                edge(ANA, MAX, "uncle of", "MAX", record="zz:police:ties:1"),
                edge(ANA, FLAT, "lives at", "ANA"),
                edge(ANA, CAR, "passenger", "ANA"),
                edge(ANA, DEE, "missing in the same hours of the night", "ANA", strength="inferred"),
            ),
            key=lambda one: one.ends,
        )
    ),
)


def rows():
    return list(csv.DictReader(io.StringIO(i2.as_csv(CHART).decode("utf-8-sig"))))


def test_i2_has_one_row_for_each_line_with_both_ends_and_what_stands_behind_it():
    found = rows()
    assert len(found) == len(CHART.edges)
    uncle = next(row for row in found if row["link_type"] == "uncle of")
    assert (uncle["end_a_id"], uncle["end_b_id"], uncle["direction"]) == (
        "person:MAX",
        "person:ANA",
        "1 to 2",
    )
    driver = next(row for row in found if row["link_type"] == "driver")
    assert (driver["strength"], driver["grading"], driver["start"], driver["end"]) == (
        "Tentative",
        "3DP",
        "2026-02-01",
        "2026-02-01",
    )
    assert {row["strength"] for row in found} == {"Confirmed", "Tentative", "Unconfirmed"}
    assert {row["end_a_type"] for row in found} == {"Child", "Adult"}
    # A phone number is no formula, and stays as it can be sought.
    assert [cell for row in found for cell in row.values() if cell[:1] in ("=", "+", "-", "@")] == [
        "+447000 123456"
    ]


def test_i2_says_beside_it_what_every_column_is():
    told = json.loads(i2.specification())
    assert [one["name"] for one in told["columns"]] == list(rows()[0])


def test_what_stands_alone_is_written_too():
    (row,) = list(csv.DictReader(io.StringIO(i2.as_csv(Chart(Question(), (DEE,), ())).decode("utf-8-sig"))))
    assert (row["end_a_id"], row["end_b_id"]) == ("person:DEE", "")


# Of FollowTheMoney 4: the properties that these schemas have, with their parents' (followthemoney/schema/*.yaml). Its own library reads the export in
# tests/integration/networks/test_follow_the_money.py, where it is installed.
THING = {"name", "summary", "description", "notes", "alias", "publisher", "recordId"}
INTERVAL = {"startDate", "endDate", "date", "summary", "description", "recordId", "publisher"}
SCHEMAS = {
    "Person": THING | {"birthDate"},
    "Vehicle": THING | {"registrationNumber", "type", "model"},
    "Address": THING | {"full", "street", "city", "postalCode"},
    "UserAccount": THING | {"username", "phone", "service", "email"},
    "Event": THING | INTERVAL | {"location"},
    "UnknownLink": INTERVAL | {"subject", "object", "role", "status"},
}
REQUIRED = {
    "Person": {"name"},
    "Event": {"name"},
    "Address": {"full"},
    "UserAccount": {"username"},
    "UnknownLink": {"subject", "object"},
}


def entities():
    return [json.loads(line) for line in ftm.as_lines(CHART).decode().splitlines()]


def test_follow_the_money_keeps_to_its_schemas_and_leads_to_what_is_there():
    found = entities()
    ids = [one["id"] for one in found]
    assert len(ids) == len(set(ids)) == len(CHART.nodes) + len(CHART.edges)
    for one in found:
        names = set(one["properties"])
        assert names <= SCHEMAS[one["schema"]], one
        assert names >= REQUIRED.get(one["schema"], set()), one
        assert all(isinstance(text, str) and text for some in one["properties"].values() for text in some)
        for end in ("subject", "object"):
            assert set(one["properties"].get(end, ())) <= set(ids)
    assert {one["schema"] for one in found} == set(SCHEMAS)


def test_ids_are_the_same_in_every_export():
    before = {one["id"] for one in entities()}
    fewer = Chart(
        CHART.question,
        CHART.nodes[:3],
        tuple(e for e in CHART.edges if {*e.ends} <= {n.end for n in CHART.nodes[:3]}),
    )
    assert {json.loads(line)["id"] for line in ftm.as_lines(fewer).decode().splitlines()} < before


def test_graphml_is_well_formed_and_whole():
    tree = ET.fromstring(graphml.as_graphml(CHART))  # noqa: S314  of our own making
    ids = {node.get("id") for node in tree.findall(".//g:node", NS)}
    assert len(ids) == len(CHART.nodes)
    found = tree.findall(".//g:edge", NS)
    assert len(found) == len(CHART.edges)
    assert {end for one in found for end in (one.get("source"), one.get("target"))} <= ids
    assert {key.get("id") for key in tree.findall("g:key", NS)} >= {
        data.get("key") for data in tree.findall(".//g:data", NS)
    }


def test_a_workbook_has_nodes_lines_and_records_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(workbook.as_workbook(CHART)))
    assert book.sheetnames == ["nodes", "lines", "records"]
    assert book["nodes"].max_row == len(CHART.nodes) + 1
    assert book["lines"].max_row == len(CHART.edges) + 1
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=Ana()" in {cell.value for cell in cells}


@pytest.mark.parametrize(
    ("grade", "strength"),
    [("", "confirmed"), ("2AP", "confirmed"), ("1 B P", "confirmed"), ("2DP", "tentative"), ("3AP", "tentative"), ("1EP", "tentative"), ("B22", "confirmed"),
     ("B42", "tentative"), ("E11", "tentative"), ("A53", "tentative")],
)  # fmt: skip
def test_a_grade_makes_a_line_as_strong_as_where_lines_are_laid_out(grade, strength):
    assert strength_of(grade) == strength
