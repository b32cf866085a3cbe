"""Does every layout send the same town, as its specification says, without a real number in it?"""

import csv
import re
from collections import defaultdict
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from engage.example.area import FolderInUse, make_area
from engage.example.layout import MAIN, NoSuchLayout, layout_names, read_layout
from engage.example.views import rows_of
from engage.example.write import write_town
from engage.records.mapping.declared import load_mappings
from engage.store.area import open_area


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(town, tmp_path_factory):
    """Every layout of the town, written once."""
    folder = tmp_path_factory.mktemp("towns")
    for name in layout_names():
        write_town(town, folder / name, name)
    return folder


def _truth(folder, layout, table):
    with (folder / layout / "truth" / f"{table}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _text_of(path):
    """Everything that a file holds, as one text."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return "\n".join(
            "\t".join("" if c is None else str(c) for c in row)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
        )
    if path.suffix == ".parquet":
        return "\n".join("\t".join(str(v) for v in row.values()) for row in pq.read_table(path).to_pylist())
    return path.read_bytes().decode(
        "utf-8" if not path.read_bytes().startswith(b"\xef\xbb\xbf") else "utf-8-sig", "replace"
    )


def _sent(folder, layout):
    return [path for path in sorted((folder / layout / "sent").rglob("*")) if path.is_file()]


def test_there_are_three_layouts_besides_the_main_one():
    assert layout_names()[0] == MAIN
    assert len(layout_names()) >= 4


def test_an_unknown_layout_is_refused_with_those_there_are():
    with pytest.raises(NoSuchLayout, match="ashdown"):
        read_layout("nowhere")


@pytest.mark.parametrize("layout", layout_names())
def test_every_column_holds_a_field_that_exists_and_says_what_it_means(content, layout):
    for sent in read_layout(layout).files:
        known = {name for row in rows_of(content, sent.rows) for name in row}
        unknown = [
            c.name
            for c in sent.columns
            if c.field not in known and not re.match(r"[pv][2-8]\.|t\d\.", c.field)
        ]
        assert unknown == [], sent.file
        assert all(column.means for column in sent.columns)


@pytest.mark.parametrize("layout", layout_names())
def test_the_same_seed_gives_the_same_bytes(town, folder, layout, tmp_path):
    write_town(town, tmp_path, layout)
    again = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    first = folder / layout
    assert again == {p.relative_to(first): p.read_bytes() for p in first.rglob("*") if p.is_file()}


@pytest.mark.parametrize("layout", layout_names())
def test_the_truth_names_records_as_they_were_sent(folder, layout):
    files = {sent.name: sent for sent in read_layout(layout).files}
    texts = {path: _text_of(path) for path in _sent(folder, layout)}
    seen = defaultdict(int)
    for row in _truth(folder, layout, "identities"):
        sent = files[row["file"]]
        assert row["agency"] == sent.agency
        if seen[row["file"]] < 60:
            seen[row["file"]] += 1
            text = texts[folder / layout / "sent" / sent.agency / sent.file]
            assert re.search(rf"(?<![\w]){re.escape(row['source_id'])}(?![\w])", text), row
    assert len(seen) >= 5


def test_every_layout_tells_the_same_events_of_the_same_people(folder):
    told = {
        layout: sorted(
            (r["agency"], r["kind"], r["date"], r["person_id"], r["role"])
            for r in _truth(folder, layout, "events")
        )
        for layout in layout_names()
    }
    assert all(events == told[MAIN] for events in told.values())


@pytest.mark.parametrize("layout", layout_names())
def test_the_truth_is_complete(folder, layout, town):
    people = {row["person_id"] for row in _truth(folder, layout, "identities")}
    assert people <= set(town.people)
    assert {row["person_id"] for row in _truth(folder, layout, "children")} == set(town.children)
    records = {(r["agency"], r["file"], r["source_id"]) for r in _truth(folder, layout, "identities")}
    for event in _truth(folder, layout, "events"):
        assert (event["agency"], event["source_file"], event["source_id"]) in records
    kinds = {row["kind"] for row in _truth(folder, layout, "identities")}
    assert kinds == {"full", "duplicate", "partial"}


@pytest.mark.parametrize("layout", layout_names())
def test_nothing_sent_could_be_real(folder, layout):
    for path in _sent(folder, layout):
        text = _text_of(path)
        assert not re.search(r"(?<!\d)(\+?44\s?|0)7(?!000)\d{3}\s?\d{3}\s?\d{3}(?!\d)", text), path
        assert all(plate.startswith("QQ") for plate in re.findall(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", text))
        assert all(
            code[:2].upper() == "QX"
            for code in re.findall(r"\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b", text, re.IGNORECASE)
        )
        assert all(number[1:4] == "999" for number in re.findall(r"\b[A-Z]\d{12}\b", text))


def test_suppliers_differ_as_real_ones_do(folder):
    firsts = {
        path.name: path.read_bytes()[:3000] for layout in layout_names() for path in _sent(folder, layout)
    }
    assert any(data.startswith(b"\xef\xbb\xbf") for data in firsts.values())
    suffixes = {Path(name).suffix for name in firsts}
    assert {".csv", ".txt", ".tsv", ".xlsx", ".parquet"} <= suffixes
    heads = [
        data.split(b"\r\n")[0]
        for name, data in firsts.items()
        if Path(name).suffix in (".csv", ".txt", ".tsv")
    ]
    assert all(any(mark in head for head in heads) for mark in (b",", b";", b"|", b"\t"))


def test_a_made_area_opens_and_its_mappings_take_every_file(tmp_path):
    made = make_area(tmp_path / "town", seed=3, people=400)
    area = open_area(tmp_path / "town")
    assert area.stands_at is not None
    roles = {user["role"] for user in area.settings["demo_users"]}
    assert {
        "detective",
        "social_worker",
        "nurse",
        "parent_liaison",
        "education_lead",
        "missing_coordinator",
    } <= roles
    assert {"team_manager", "analyst", "business_support", "information_governance"} <= roles
    mappings = load_mappings(area.mappings_folder)
    by_agency = {mapping.agency: mapping for mapping in mappings.values()}
    for agency, files in made.sent.items():
        mapping = by_agency[agency]
        assert mapping.agreement in area.agreements
        for file in files:
            assert any(part.takes(file.name) for part in mapping.files), file
    assert not (tmp_path / "town" / "sent" / "truth").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(FolderInUse, match="does not exist yet"):
        make_area(tmp_path, people=400)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]
