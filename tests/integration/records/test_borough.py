"""Does the independent borough beside the project come in whole, and are its people joined well enough?

Its answer is read for measuring only. Without the borough these tests are left out.
"""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engage.identities import evaluating
from engage.identities import queries as identities
from engage.identities.models import PersonAssignment
from engage.picture.measures import queries as picture
from engage.picture.mentions import measuring
from engage.records import actions, build, queries
from engage.records.mapping import declared as mapping
from engage.records.mapping import drafting
from engage.store.area import Area, open_area
from engage.store.warehouse import Build, Warehouse, connect
from engage.vocabulary.access import Viewing
from tests.conftest import NOW
from tests.integration.records.conftest import BOROUGH, sent_by


pytestmark = [
    pytest.mark.borough,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not BOROUGH.is_dir(), reason="the borough is not beside the project"),
]


def test_every_person_comes_in_and_joins_are_right_often_enough(
    borough_built: Path, viewing: Callable[..., Viewing]
):
    area = open_area(borough_built)
    served = Warehouse(area).current()
    _take_ids(area)
    assert served.info.counts["person_record"] == 4925
    cursor = served.analysis()
    try:
        rejected = cursor.execute("select * from reject where severity = 'rejected' limit 5").fetchall()
    finally:
        cursor.close()
    assert rejected == []
    ids = identities.everyone(viewing=viewing("operator", ""), build=served)
    answer = evaluating.read_truth(BOROUGH)
    group_of = {(a, f, s): group for a, f, s, group in ids}
    measures = evaluating.measure(group_of, answer)
    assert measures.pairs.precision >= 0.985
    assert measures.pairs.f1 >= 0.94
    assert measures.wrongly_joined["twins"][0] <= 2
    assert measures.wrongly_joined["same_name_near_age"][0] <= 1
    whole, children = _exploited_children_whole(group_of, answer, with_partials=False)
    assert whole >= 0.95 * children
    _questions_are_worth_asking(served, answer, viewing)
    _quality_is_of_what_may_be_seen(served, viewing)
    _whom_texts_name_is_found(served, ids, answer, viewing)


def _take_ids(area: Area) -> None:
    """The ids that the build gave out, from the area's own decided store into the one of this test: answers go on from them."""
    columns = [field.column for field in PersonAssignment._meta.concrete_fields]
    with closing(sqlite3.connect(area.database_file)) as own:
        given = own.execute(f"select {', '.join(columns)} from {PersonAssignment._meta.db_table}").fetchall()
    assert given
    PersonAssignment.objects.bulk_create(
        PersonAssignment(**{**dict(zip(columns, row, strict=True)), "assigned_at": NOW}) for row in given
    )


def _whom_texts_name_is_found(
    served: Build,
    everyone: list[tuple[str, str, str, str]],
    answer: evaluating.Truth,
    viewing: Callable[..., Viewing],
) -> None:
    named = measuring.read_answer(BOROUGH)
    said = picture.mentioned_in(
        viewing=viewing("operator", ""), build=served, files={one.key[:2] for one in named}
    )
    found = measuring.measure(said, named, everyone=everyone, person_of=answer.person_of)
    least = {"person": 0.95, "vehicle": 0.95, "phone": 0.98, "place": 0.85}
    assert {kind: found.kinds[kind].f1 for kind, f1 in least.items() if found.kinds[kind].f1 < f1} == {}
    assert found.linked_share >= 0.85
    # Unsure stays unsure: hardly anybody is taken for somebody else.
    assert found.mistaken <= 0.01 * found.linked


def _exploited_children_whole(
    group_of: dict[evaluating.Key, str], answer: evaluating.Truth, *, with_partials: bool
) -> tuple[int, int]:
    """How many exploited children have all their records in one group, and of how many; `with_partials` of those too of whom
    some record has half a name."""
    with (BOROUGH / "truth" / "children.csv").open(encoding="utf-8") as handle:
        exploited = {row["person_id"] for row in csv.DictReader(handle) if row["exploited"] == "1"}
    groups: dict[str, set[str]] = defaultdict(set)
    partial = set()
    for key, person in answer.person_of.items():
        if person in exploited:
            groups[person].add(group_of.get(key) or "alone " + " ".join(key))
            if answer.kind_of[key] == "partial":
                partial.add(person)
    chosen = [person for person in groups if with_partials or person not in partial]
    return sum(len(groups[person]) == 1 for person in chosen), len(chosen)


def _questions_are_worth_asking(
    served: Build, answer: evaluating.Truth, viewing: Callable[..., Viewing]
) -> None:
    """With the first 200 pairs of the queue answered."""
    done = identities.if_answered(
        viewing=viewing("operator", ""), build=served, person_of=answer.person_of, most=200, order="agencies"
    )
    assert 100 < done.pairs <= 200
    assert evaluating.measure(done.group_of, answer).pairs.f1 >= 0.97
    whole, children = _exploited_children_whole(done.group_of, answer, with_partials=True)
    assert whole >= 0.9 * children


def _quality_is_of_what_may_be_seen(served: object, viewing: Callable[..., Viewing]) -> None:
    day = served.info.as_of
    of_police = queries.quality(viewing=viewing("detective", "police", as_of=day), build=served)
    surnames = {c.agency: c for c in of_police.completeness if (c.thing, c.field) == ("person", "surname")}
    assert surnames["police"].records == 1663
    assert 0 < surnames["police"].filled <= 1663
    assert any(one.median_days >= 0 and 0 <= one.late <= 1 for one in of_police.lateness)
    nobody = queries.quality(viewing=viewing("information_governance", "police", as_of=day), build=served)
    assert nobody.completeness == nobody.lateness == nobody.duplicates == ()


@pytest.fixture
def drafted(tmp_path: Path) -> mapping.Mapping:
    """The mapping proposed for the police's files."""
    text = drafting.draft(sent_by("police"), agency="police", agreement="ISA-1")
    file = tmp_path / "police.yaml"
    file.write_text(text, encoding="utf-8")
    return mapping.read_mapping(file)


def test_the_mapping_proposed_for_the_police_can_be_used_at_once(
    drafted: mapping.Mapping, area: Area, viewing: Callable[..., Viewing]
):
    text = drafting.draft(sent_by("police"), agency="police", agreement="ISA-1")
    (area.mappings_folder / "police.yaml").write_text(text, encoding="utf-8")
    actions.receive(area=area, viewing=viewing("operator", ""), agency="police", files=sent_by("police"))
    connection = connect(None)
    try:
        inputs = build.Inputs(area.code, queries.delivery_inputs(area), {drafted.name: drafted})
        counts = build.build(connection, inputs=inputs, as_of=viewing().as_of.replace(year=2030))
        born = connection.execute(
            "select count(*) from person_record where birth_from_on is not null and surname is not null"
        ).fetchall()[0][0]
    finally:
        connection.close()
    assert counts["person_record"] == 1663
    assert born > 500
    assert counts["event"] > 1000
    assert counts["role"] > 1000
    assert counts["narrative"] > 100
