"""Are a great many records made as asked, and the same again?"""

import re
import statistics
from collections import Counter

import pyarrow.parquet as pq
import pytest

from engage.example.bulk import AGENCIES, make_bulk
from engage.records.mapping.declared import load_mappings


pytestmark = pytest.mark.slow


def _rows(folder, name):
    return [
        row
        for agency in AGENCIES
        for row in pq.read_table(folder / "sent" / agency / f"{name}.parquet").to_pylist()
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bulk")
    make_bulk(folder, seed=4, records=4000)
    return folder


def test_as_many_records_as_asked_with_three_events_each(folder):
    persons, events = _rows(folder, "persons"), _rows(folder, "events")
    assert len(persons) == 4000
    assert len(events) == 12_000
    assert len({row["ref"] for row in persons}) == 4000
    assert {row["ref"] for row in events} == {row["ref"] for row in persons}
    assert all(row["phone"] is None or row["phone"].startswith("07000") for row in persons)
    assert all(row["postcode"] is None or row["postcode"].startswith("QX") for row in persons)
    assert len(load_mappings(folder / "mappings")) == len(AGENCIES)


def test_the_police_hold_some_cars_by_plates_that_are_never_issued(folder):
    police = pq.read_table(folder / "sent" / "police" / "persons.parquet").to_pylist()
    plates = [row["registration"] for row in police if row["registration"]]
    assert 0.1 < len(plates) / len(police) < 0.25
    assert all(re.fullmatch(r"QQ(0[2-9]|1\d|2[0-6]) [A-Z]{3}", plate) for plate in plates)
    assert len(set(plates)) > 0.9 * len(plates)
    others = [pq.read_table(folder / "sent" / agency / "persons.parquet") for agency in AGENCIES[1:]]
    assert all("registration" not in table.column_names for table in others)


def test_the_truth_says_whose_each_record_is(folder):
    lines = (folder / "truth" / "identities.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "agency,file,source_id,person_id,kind"
    assert len(lines) == 4001
    assert len({line.split(",")[3] for line in lines[1:]}) == round(4000 / 1.8)


def test_draws_do_not_hang_together(folder):
    persons = _rows(folder, "persons")
    pairs = [(row["forename"], row["surname"]) for row in persons if row["forename"] and row["surname"]]
    commonest = max(pairs.count(pair) for pair in set(pairs[:400]))
    assert commonest < 30
    assert 0.4 < sum(row["sex"] == "F" for row in persons) / len(persons) < 0.6


def test_the_same_seed_gives_the_same_records(folder, tmp_path):
    make_bulk(tmp_path, seed=4, records=4000)
    assert _rows(tmp_path, "persons") == _rows(folder, "persons")
    assert _rows(tmp_path, "events") == _rows(folder, "events")


def test_shared_events_come_beside_the_same_records_with_a_long_tail(folder, tmp_path):
    made = make_bulk(tmp_path, seed=4, records=4000, is_shared=True)
    for name in ("persons", "events"):
        assert _rows(tmp_path, name) == _rows(folder, name)
    police = {
        row["ref"] for row in pq.read_table(tmp_path / "sent" / "police" / "persons.parquet").to_pylist()
    }
    shared = pq.read_table(tmp_path / "sent" / "police" / "shared.parquet").to_pylist()
    assert made.events == 12_000 + len(shared)
    assert len(shared) == len(police) // 3
    parts = Counter(row[part] for row in shared for part in ("one", "two", "three", "four") if row[part])
    assert set(parts) <= police
    assert parts.most_common(1)[0][1] > 20
    assert statistics.median(parts.values()) <= 2
    spots = Counter(row["place"] for row in shared)
    assert spots.most_common(1)[0][1] > 5 * statistics.median(spots.values())
    assert not (folder / "sent" / "police" / "shared.parquet").exists()
    assert (
        load_mappings(tmp_path / "mappings")["bulk-police"]
        != load_mappings(folder / "mappings")["bulk-police"]
    )
