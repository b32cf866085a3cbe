"""Do names of one origin cost recall that others do not pay, in a whole example town? Do traits that must not count, count?"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import engage.identities
from engage import pipeline
from engage.example.area import SEED, make_area
from engage.identities import build as identities_build
from engage.identities.evaluating import alone
from engage.identities.linking.candidates import KEYS
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.measuring.answer import read_answer
from engage.identities.measuring.people import by_group
from engage.identities.tables import LINK_RECORD
from engage.records import actions
from engage.records import build as records_build
from engage.records.build import Inputs
from engage.records.mapping.declared import load_mappings
from engage.records.queries import delivery_inputs
from engage.records.tables import EXCHANGE_TABLES
from engage.store.area import Area, open_area
from engage.store.warehouse import connect
from engage.vocabulary.access import Viewing


MOST_COST = 0.03
# Fewer people of one origin with several records, and one record of one of them would move the share by a point or more.
LEAST_PEOPLE = 50


@pytest.mark.slow
@pytest.mark.django_db
def test_names_of_no_origin_cost_more_than_three_points_of_recall(
    tmp_path: Path, viewing: Callable[..., Viewing]
) -> None:
    folder = tmp_path / "town"
    make_area(folder, seed=SEED, people=10_000)
    (folder / "secret.key").write_text("a key for tests only, of no use elsewhere", encoding="utf-8")
    area = open_area(folder)
    operator = viewing("operator", "", purpose="linkage_review")
    for agency in sorted(area.agencies):
        files = sorted((folder / "sent" / agency).iterdir())
        actions.receive(area=area, viewing=operator, agency=agency, files=files)
    answer = read_answer(folder)
    everyone = _joined(area, operator.as_of)
    of = alone({(agency, file, source): person for agency, file, source, person in everyone}, answer.truth)
    found = by_group(of, answer.truth, answer.people)
    recall = {
        one.group: one.full_recall
        for one in found
        if one.by == "origin" and (one.several or 0) >= LEAST_PEOPLE
    }
    assert len(recall) >= 5
    usual = max(recall["british"], sum(recall.values()) / len(recall))
    assert {group: share for group, share in recall.items() if usual - share > MOST_COST} == {}


def _joined(area: Area, day: date) -> list[tuple[str, str, str, str]]:
    """Each record's agency, file and id, with the group that it is joined to by what this area's own records teach. No more of a build
    is made: the pages of ten thousand people would take a minute and change no join."""
    inputs = Inputs(area.code, delivery_inputs(area), load_mappings(area.mappings_folder))
    connection = connect(None)
    try:
        records_build.build(connection, inputs=inputs, as_of=day)
        identities_build.build(connection, as_of=day, seed=pipeline.SEED)
        return connection.execute(
            "select distinct r.agency, r.file, r.source_id, c.cluster from person_record r join cluster c using (record_id)"
        ).fetchall()
    finally:
        connection.close()


SPECIAL = re.compile(r"ethnic|nationalit|religio|faith|depriv|\bimd\b|origin", re.IGNORECASE)
SOURCE = Path(engage.identities.__file__).parent


def test_what_must_not_count_is_in_no_column_comparison_or_key_of_linkage() -> None:
    assert [c.name for c in LINK_RECORD.columns if SPECIAL.search(c.name)] == []
    assert [
        c.name for c in COMPARISONS if SPECIAL.search(c.name + " ".join(level.sql for level in c.levels))
    ] == []
    assert [kind.code for kind in KEYS if SPECIAL.search(kind.code + kind.sql)] == []


def test_no_code_that_links_proposes_or_orders_names_what_must_not_count() -> None:
    """Whatever text (SQL, column, key) the code holds, but for what explains it; measuring compares with the answer afterwards."""
    columns = {c.name for table in EXCHANGE_TABLES for c in table.columns if SPECIAL.search(c.name)}
    assert columns, "the exchange tables hold such columns, so that this test says something"
    places = [
        SOURCE / "build.py",
        SOURCE / "explaining.py",
        *(SOURCE / "linking").glob("*.py"),
        *(SOURCE / "judging").glob("*.py"),
    ]
    named = {
        (file.name, text)
        for file in places
        for text in _texts(ast.parse(file.read_text(encoding="utf-8")))
        if SPECIAL.search(text)
    }
    assert named == set()


def _texts(tree: ast.Module) -> list[str]:
    """The strings of a module that are not its docstrings."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
