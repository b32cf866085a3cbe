"""Do the mappings of the town's other layouts take in everything that is sent, and are its people joined well enough?

The mappings were written from the layouts' specifications. The town's truth is read for measuring only.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from engage import pipeline
from engage.example.area import READY, make_area
from engage.identities import evaluating
from engage.identities import queries as identities
from engage.records import actions
from engage.records.mapping.declared import load_mappings
from engage.records.mapping.faults import faults_of
from engage.records.mapping.holding import held_against
from engage.store.area import Area, open_area
from engage.store.warehouse import Build, Warehouse
from engage.vocabulary.access import Viewing


pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LAYOUTS = ("birchmere", "coldwater", "dunmoor")
KINDS = {
    "CALL": {"concern"}, "CAMHS": {"attendance"}, "CARE": {"care_episode"}, "CHARITY": {"session", "note"}, "CONTACT": {"contact"},
    "CRIME": {"crime"}, "DOMESTIC": {"domestic"}, "ED": {"attendance"}, "EXCL": {"suspension", "exclusion"}, "INTEL": {"intelligence"},
    "INVEST": {"investigation"}, "MISPER": {"missing", "found"}, "RHI": {"return_interview"}, "SCHOOLNURSE": {"attendance"},
    "SH": {"attendance"}, "STOP": {"stop"},
}  # fmt: skip
# What no field takes, and why not: a school year follows from the date of birth; nothing asks when a patient registered.
UNREAD = {"School data for partnership.xlsx": "Yr", "PATIENTS.tsv": "REGISTERED"}


@pytest.fixture(params=LAYOUTS)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Area:
    """A small town in one layout, as `engage example` writes it."""
    folder = tmp_path / request.param
    make_area(folder, seed=7, people=300, layout=request.param)
    (folder / "secret.key").write_text("a key for tests only, of no use elsewhere", encoding="utf-8")
    return open_area(folder)


@pytest.fixture
def built(town: Area, viewing: Callable[..., Viewing]) -> tuple[Area, Build]:
    """The town received and built."""
    for agency in sorted(town.agencies):
        actions.receive(
            area=town, viewing=viewing("operator", ""), agency=agency, files=sent_by(town, agency)
        )
    warehouse = Warehouse(town)
    pipeline.build_area(area=town, warehouse=warehouse, viewing=viewing("operator", ""))
    return town, warehouse.current()


def sent_by(town: Area, agency: str) -> list[Path]:
    """The files of one agency."""
    return sorted((town.folder / "sent" / agency).iterdir())


def rows(build: Build, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query over the build."""
    cursor = build.analysis()
    try:
        return cursor.execute(sql).fetchall()
    finally:
        cursor.close()


def truth(town: Area) -> Iterator[dict[str, str]]:
    """Who had which part in what, as the town knows it."""
    with (town.folder / "truth" / "events.csv").open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def test_everything_that_is_sent_is_taken_in_and_joined(
    built: tuple[Area, Build], viewing: Callable[..., Viewing]
):
    town, build = built
    _everything_is_read(town)
    _nothing_is_rejected(build)
    _every_event_is_there(town, build)
    _everything_else_is_there(build)
    _guarded_as_sent(build)
    _joined_well_enough(town, build, viewing("operator", ""))


def _everything_is_read(town: Area) -> None:
    for mapping in load_mappings(town.mappings_folder).values():
        for told in held_against(mapping, sent_by(town, mapping.agency)):
            name, _, said = told.partition(": ")
            assert said == f"read by nothing, kept as they come: {UNREAD[name]}"


def _nothing_is_rejected(build: Build) -> None:
    assert rows(build, "select * from reject where severity = 'rejected'") == []
    # The town's errors on purpose: a wrong digit of a number, a character of a postcode that is wrong.
    flagged = {column.lower() for (column,) in rows(build, "select distinct column_name from reject")}
    assert all(any(word in column for word in ("nhs", "upn", "postcode", "pc")) for column in flagged), (
        flagged
    )


def _every_event_is_there(town: Area, build: Build) -> None:
    events = {
        (agency, file, source): (kind, _day(moment), received.isoformat())
        for agency, file, source, kind, moment, received in rows(
            build, "select agency, file, source_id, kind, happened_from_at, received_on from event"
        )
    }
    roles = set(rows(build, "select event_record_id, thing_record_id from role"))
    seen = set()
    for row in truth(town):
        kind, day, received = events[(row["agency"], row["file"], row["record_id"])]
        assert kind in KINDS[row["kind"]]
        assert (day, received) == (row["date"], row["received_date"])
        event = f"ex:{row['agency']}:{row['file']}:{row['record_id']}"
        assert (event, f"ex:{row['agency']}:{row['source_file']}:{row['source_id']}") in roles
        seen.add(row["kind"])
    assert len(seen) >= len(KINDS) - 2  # investigations and exclusions are rare in so small a town
    assert any(kind == "absence" for kind, _, _ in events.values())


def _day(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London")).date().isoformat()


def _everything_else_is_there(build: Build) -> None:
    for table in (
        "location",
        "vehicle",
        "contact_point",
        "relationship",
        "identifier",
        "person_name",
        "narrative",
    ):
        assert rows(build, f"select count(*) from {table}")[0][0] > 0, table
    identifiers = {kind for (kind,) in rows(build, "select distinct kind from identifier")}
    assert identifiers == {"nhs_number", "upn", "pnc_id"}
    things = {thing for (thing,) in rows(build, "select distinct thing from role")}
    assert {"person", "vehicle"} <= things
    versions = rows(build, "select record_id from person_record where version > 1")
    assert versions == []  # a person told again in other rows is one record


def _guarded_as_sent(build: Build) -> None:
    graded = rows(build, "select handling, grade from event where kind = 'intelligence'")
    assert graded
    assert all(handling and grade and grade[-1] == handling[-1] for handling, grade in graded)
    of_ties = rows(
        build,
        "select e.handling, r.handling from role r join event e on e.record_id = r.event_record_id where e.handling <> r.handling",
    )
    assert of_ties == []
    specialist = {
        file
        for (file,) in rows(build, "select distinct file from person_record where sensitivity <> 'standard'")
    }
    assert len(specialist) == 1
    notes = rows(build, "select cohort, count(*) from narrative where agency = 'health' group by 1")
    assert [cohort for cohort, _ in notes] == ["case"]  # though they stand on rows of a register
    cohorts = dict(rows(build, "select agency, string_agg(distinct cohort) from person_record group by 1"))
    assert cohorts == {
        "police": "case", "childrens_services": "case", "charity": "case", "education": "register", "health": "register",
    }  # fmt: skip


def _joined_well_enough(town: Area, build: Build, viewing: Viewing) -> None:
    ids = identities.everyone(viewing=viewing, build=build)
    answer = evaluating.read_truth(town.folder)
    found = evaluating.measure({(a, f, s): group for a, f, s, group in ids}, answer)
    assert found.left_out == 0
    assert found.pairs.precision >= 0.97
    assert found.pairs.recall >= 0.80
    assert found.without_partials.recall >= 0.90


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_mapping_is_words_only(layout: str):
    files = sorted((READY / layout).rglob("*.*"))
    assert len(files) == 5
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert file.suffix == ".yaml"
        assert faults_of(text)[0] == []  # every word in it is a declared one
        tags = [event.tag for event in yaml.parse(text) if getattr(event, "tag", None)]
        assert tags == []
