"""Any network is read from a plain list of edges, and bad ones are refused with where and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engage.networks.groups.loading import Columns, EdgesWrong, groups_of, load


# Two triangles with one weak edge between them.
TRIANGLES = """
    source,target,weight
    a,b,1
    b,c,1
    a,c,1
    d,e,1
    e,f,1
    d,f,1
    c,d,0.2
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "edges.csv"
    file.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
    return file


def test_edges_between_people(tmp_path):
    network = load(written(tmp_path, TRIANGLES))
    assert groups_of(network) == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}
    assert (network.edges, network.left_out) == (7, 0)


def test_the_order_and_direction_of_edges_change_nothing(tmp_path):
    head, *rows = [line.strip() for line in TRIANGLES.strip().splitlines()]
    turned = [",".join([b, a, w]) for a, b, w in (row.split(",") for row in reversed(rows))]
    network, again = load(written(tmp_path, TRIANGLES)), None
    again = load(written(tmp_path, "\n".join([head, *turned])))
    assert groups_of(again) == groups_of(network)
    assert (again.ties != network.ties).nnz == 0


def test_what_is_no_person_ties_people_by_how_few_it_has(tmp_path):
    network = load(
        written(
            tmp_path,
            """
            source,target,source_kind,target_kind
            a,e1,person,event
            b,e1,person,event
            e2,a,Event,Person
            c,e2,,event
            d,e2,person,event
            e1,e2,event,event
            """,
        )
    )
    assert network.people == ("a", "b", "c", "d")
    assert network.ties.toarray()[0].tolist() == [0, 1, 0.5, 0.5]
    assert network.left_out == 1


def test_only_edges_of_the_days_asked_for(tmp_path):
    file = written(tmp_path, "one,two,on\na,b,2024-01-01\nb,c,2024-03-05T10:00\nc,d,\n")
    network = load(
        file, columns=Columns("one", "two", day="on"), first=date(2024, 2, 1), last=date(2024, 3, 5)
    )
    assert network.people == ("b", "c")
    assert (network.edges, network.left_out) == (3, 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no column source, target; it has: a, b"),
        ("source,target\n1,\n", "row 2, column target: nothing stands there"),
        ("source,target,weight\n1,2,x\n", "column weight: not every value is a number"),
        ("source,target,weight\n1,2,1\n2,3,-1\n", "row 3, column weight: “-1.0” is no weight"),
        ("source,target\n1,2,3\n", "cannot be read as CSV"),
    ],
)
def test_bad_edges_are_refused_with_where_and_what_to_do(tmp_path, text, says):
    with pytest.raises(EdgesWrong, match=says) as refused:
        load(written(tmp_path, text))
    assert refused.value.remedy


def test_the_command_writes_each_persons_group(tmp_path):
    from engage.cli import main

    if not main.app.registered_commands:
        main.register()
    out = tmp_path / "groups.csv"
    done = CliRunner().invoke(
        main.app, ["network", "load", str(written(tmp_path, TRIANGLES)), "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert "6 people, 7 edges" in done.output
    assert out.read_text(encoding="utf-8").splitlines()[:2] == ["node,group", "a,1"]
