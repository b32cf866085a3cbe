"""Do the children's-services tables of the Standard Safeguarding Dataset come in whole, as Data to Insight publish their columns?

The dataset is invented here, a value of its own in every cell; each is looked for where the mapping says that it goes.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from engage import pipeline
from engage.records import actions
from engage.records.mapping import declared as mapping
from engage.records.tables import EXCHANGE_TABLES
from engage.store.area import open_area
from engage.store.warehouse import Warehouse
from engage.vocabulary.access import Viewing


ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "standard-safeguarding-dataset"
COLUMNS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "ssd_columns.yaml").read_text(encoding="utf-8")
)
MAPPING = yaml.safe_load(
    (EXAMPLE / "mappings" / "standard_safeguarding_dataset.yaml").read_text(encoding="utf-8")
)
# practice.md names assessments, placement, worker; the published tables are called otherwise.
OF_TABLE = {**{f"ssd_{name}": name for name in MAPPING["files"]}, "ssd_cin_assessments": "assessments", "ssd_cla_placement": "placement", "ssd_professionals": "worker"}  # fmt: skip
ROWS = 3
pytestmark = [pytest.mark.slow, pytest.mark.django_db]

CODES = {
    "cine_cin_primary_need_code": "N1", "cine_referral_source_code": "6", "cont_contact_source_code": "2A", "cppl_cp_plan_initial_category": "SAB",
    "cppl_cp_plan_latest_category": "NEG", "clae_cla_episode_start_reason": "P", "clae_cla_primary_need_code": "N4", "disa_disability_code": "AUT",
    "miss_missing_episode_type": "M", "pers_sex": "F", "pers_gender": "F", "pers_ethnicity": "WBRI", "miss_missing_rhi_offered": "Y", "miss_missing_rhi_accepted": "N",
    "addr_address_postcode": "QX1 2AB", "clap_cla_placement_postcode": "QX3 4CD", "pers_surname": "Marrow",
}  # fmt: skip
FACTORS = '["10A", "11A"]'


BORN = ("2010-03-01", "2013-06-02", "1985-11-20")
OF_ONE = {
    "pers_forename": ("Ida", "Rafe", "Wren"),
    "pers_upn": ("H999000000015", "", ""),
    "pers_single_unique_id": ("9990000026", "", ""),
    "pers_common_child_id": ("9990000026", "", ""),
    "pers_dob": tuple(f"{day} 00:00:00.000" for day in BORN),
    "miss_missing_episode_start_date": tuple(f"2026-02-0{n} 21:40:00.000" for n in (1, 2, 3)),
    "miss_missing_episode_end_date": tuple(f"2026-02-0{n} 00:00:00.000" for n in (3, 4, 5)),
    "cinf_assessment_factors_json": (FACTORS,) * 3,
    "fami_family_id": ("family one",) * 3,
    # The third of them is the mother of the first.
    "moth_person_id": ("pers_person_id 2",),
}
ENDS = re.compile(r"end_date|ceased_date|close_date|auth_date")
IS_DAY = re.compile(r"_date$|_due$|_contact$|_dob$")


def cell(column: str, n: int) -> str:
    """The invented value of one column of the n-th row."""
    if column in OF_ONE:
        return OF_ONE[column][n]
    if column == "addr_address_json":
        return address(n)
    if column.endswith("_json"):
        return json.dumps({column.upper(): f"Outcome {n}"})
    if ENDS.search(column) or IS_DAY.search(column):
        month, day = (2, n + 11) if ENDS.search(column) else (1, n + 5)
        return f"2026-{month:02}-{day:02} 00:00:00.000"
    return CODES.get(column) or pointing(column, n) or f"{column} {n}"


def address(n: int) -> str:
    """An address as the specification writes it, with every key whether it is filled or not."""
    parts = {"ROOM": "", "FLOOR": "", "FLAT": f"Flat {n + 1}", "BUILDING": "", "HOUSE": str(n + 10), "STREET": "Reed Close", "TOWN": "Quayford"}  # fmt: skip
    return json.dumps({**parts, "UPRN": f"10000{n}", "EASTING": f"40000{n}", "NORTHING": f"30000{n}"})


POINTS_TO = {
    r"person_id$": "pers_person_id {n}", r"worker_id$|^prof_professional_id$": "prof_professional_id {n}", r"cla_placement_id$": "clap_cla_placement_id {n}",
    r"cla_id$": "clae_cla_id {n}", r"referral_id$": "cine_referral_id {n}", r"cp_plan_id$": "cppl_cp_plan_id {n}", r"^cinf_assessment_id$": "cina_assessment_id {n}",
    r"icpc_id$": "icpc_icpc_id {n}", r"s47_enquiry_id$": "s47e_s47_enquiry_id {n}",
}  # fmt: skip


def pointing(column: str, n: int) -> str:
    """Ids of other tables say which row they mean; "" of a column that is none."""
    return next((value.format(n=n) for pattern, value in POINTS_TO.items() if re.search(pattern, column)), "")


def write(folder: Path, columns: dict[str, list[str]] = COLUMNS) -> list[Path]:
    """The dataset as files called as its tables are."""
    folder.mkdir()
    for table, names in columns.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            rows = csv.writer(handle)
            rows.writerow(names)
            rows.writerows(
                [cell(name, n) for name in names] for n in range(1 if table == "ssd_mother" else ROWS)
            )
    return sorted(folder.iterdir())


Build = dict[str, list[dict[str, Any]]]
_TABLES = (*(table.name for table in EXCHANGE_TABLES), "reject", "person_of_record")
_made: dict[str, Build] = {}


def received(
    tmp_path: Path, viewing: Callable[..., Viewing], columns: dict[str, list[str]] = COLUMNS
) -> Build:
    """The rows of every table, once the dataset was received and built."""
    shutil.copytree(EXAMPLE, tmp_path / "area")
    (tmp_path / "area" / "secret.key").write_text(
        "a key for tests only, of no use elsewhere", encoding="utf-8"
    )
    settings = (tmp_path / "area" / "area.yaml").read_text(encoding="utf-8")
    # Three people are too few to learn from.
    (tmp_path / "area" / "area.yaml").write_text(f"{settings}linkage: prior\n", encoding="utf-8")
    area, look = open_area(tmp_path / "area"), viewing("operator", "")
    actions.receive(
        area=area, viewing=look, agency="childrens_services", files=write(tmp_path / "sent", columns)
    )
    warehouse = Warehouse(area)
    pipeline.build_area(area=area, warehouse=warehouse, viewing=look)
    cursor = warehouse.current().analysis()
    try:
        return {table: _rows(cursor.execute(f"select * from {table}")) for table in _TABLES}
    finally:
        cursor.close()


def _rows(found: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture
def build(tmp_path: Path, viewing: Callable[..., Viewing]) -> Build:
    """Made by the first test that asks for it."""
    if not _made:
        _made["once"] = received(tmp_path, viewing)
    return _made["once"]


# What the mapping's head says has no place but in the file as it was delivered: staff are nobody whom the partnership looks for.
ONLY_AS_DELIVERED = {
    column
    for column in COLUMNS["ssd_professionals"]
    if column not in ("prof_professional_id", "prof_professional_name")
}
CODE_LISTS = MAPPING["code_lists"]


def everything(build: Build) -> dict[str, list[str]]:
    """By the mapping's file and row: every value that the rows it made hold, translated times as London wrote them."""
    found: dict[str, list[str]] = {}
    for table in EXCHANGE_TABLES:
        for row in build[table.name]:
            held = found.setdefault(f"{row['file']} {row['row_number']}", [])
            for column in ("details", "extra"):
                held += map(str, json.loads(row.get(column) or "{}").values())
            held += [
                str(value)
                for name, value in row.items()
                if name not in ("details", "extra") and value is not None
            ]
    return found


def is_held(text: str, held: list[str]) -> bool:
    """The value stands in what the row made: as it is, as the day or minute that it says, or as what a code list says that it means."""
    ways = [text, *(means for codes in CODE_LISTS.values() for code, means in codes.items() if code == text)]
    if re.match(r"\d{4}-\d\d-\d\d ", text):
        ways += [text.removesuffix(" 00:00:00.000")]
    return any(way in one for way in ways for one in held)


def cells() -> Iterator[tuple[str, int, str, str]]:
    """Table, row of the file, column and value of everything that was sent."""
    for table, names in COLUMNS.items():
        for n in range(1 if table == "ssd_mother" else ROWS):
            for name in names:
                if value := cell(name, n):
                    yield table, n, name, value


def test_the_tables_of_the_practice_notes_and_those_they_need_are_mapped() -> None:
    assert {OF_TABLE.get(table) for table in COLUMNS} == set(MAPPING["files"])
    assert len(COLUMNS) == 26
    assert sum(map(len, COLUMNS.values())) > 200


def test_every_value_that_was_sent_is_held_by_what_its_row_made(build: Build) -> None:
    held, lost, looked_at = everything(build), [], 0
    for table, n, column, value in cells():
        if column in ONLY_AS_DELIVERED or table == "ssd_professionals":
            continue
        # Rows of one family make one note, which stands where the first of them was.
        here = held.get(f"{OF_TABLE[table]} {n + 2}", [])
        wanted = json.loads(value) if column == "addr_address_json" else {"": value}
        for part, text in wanted.items():
            looked_at += 1
            if text and part != "UPRN" and not is_held(text, here):
                lost.append((table, n, column, text))
    assert lost == []
    assert looked_at > 600


def test_the_name_of_a_worker_stands_beside_what_they_recorded(build: Build) -> None:
    names = {row["recorded_by"] for row in build["event"]} - {None}
    assert names == {f"prof_professional_name {n}" for n in range(ROWS)}


def test_no_row_is_rejected_and_each_makes_what_the_mapping_says(build: Build) -> None:
    assert [row for row in build["reject"] if row["severity"] == "rejected"] == []
    made = {table.name: len(build[table.name]) for table in EXCHANGE_TABLES}
    # Twenty-two tables of events with three rows each, and one note of the family; a place for each episode, placement and address.
    assert made["event"] == 21 * ROWS + 1
    assert made["role"] == 21 * ROWS + ROWS
    assert made["person_record"] == ROWS
    assert made["location"] == 3 * ROWS
    assert made["relationship"] == ROWS + 1


def one(build: Build, table: str, source_id: str) -> dict[str, Any]:
    (row,) = [row for row in build[table] if row["source_id"] == source_id]
    return row


def test_times_are_londons_and_a_midnight_that_the_database_added_is_no_time(build: Build) -> None:
    went = one(build, "event", "miss_table_id 0")

    assert (went["kind"], went["category"]) == ("missing", "Missing")
    assert went["happened_from_at"] == datetime(2026, 2, 1, 21, 40)  # noqa: DTZ001  the store's moments are UTC
    assert went["happened_until_at"] == datetime(2026, 2, 4)  # noqa: DTZ001
    assert (went["happened_precision"], went["until_precision"]) == ("minute", "day")
    visit = one(build, "event", "cppv_cp_visit_id 1")
    assert (visit["kind"], visit["happened_precision"]) == ("session", "day")
    assert visit["happened_from_at"] == datetime(2026, 1, 6)  # noqa: DTZ001
    assert json.loads(visit["details"])["seen_alone"] == "cppv_cp_visit_seen_alone 1"


def test_who_lives_where_who_is_whose_mother_and_who_is_of_one_family(build: Build) -> None:
    ties = {(row["from_record_id"], row["kind"], row["to_record_id"]) for row in build["relationship"]}
    child = "ss:childrens_services:person:pers_person_id"

    assert (f"{child} 2", "mother of", f"{child} 0") in ties
    assert (f"{child} 1", "lives at", "ss:childrens_services:address:addr_table_id 1") in ties
    home = one(build, "location", "addr_table_id 1")
    assert (home["address"], home["postcode"]) == ("Flat 2 11 Reed Close Quayford", "QX1 2AB")
    family = [row["thing_record_id"] for row in build["role"] if row["role"] == "of the family"]
    assert sorted(family) == [f"{child} {n}" for n in range(ROWS)]


def test_category_of_abuse_factors_and_the_placement_of_an_episode(build: Build) -> None:
    plan, factors = one(build, "event", "cppl_cp_plan_id 0"), one(build, "event", "cinf_table_id 2")
    episode = one(build, "event", "clae_cla_episode_id 0")

    assert (plan["category"], json.loads(plan["details"])["latest_category"]) == ("Sexual abuse", "Neglect")
    assert (factors["outcome"], str(factors["happened_from_at"].date())) == (FACTORS, "2026-02-13")
    role = one(build, "role", "cinf_table_id 2/person1")
    assert role["thing_record_id"].endswith("pers_person_id 2")
    assert (episode["kind"], episode["title"]) == ("care_episode", "Looked after - clap_cla_placement_type 0")
    assert one(build, "location", "clae_cla_episode_id 0/place")["postcode"] == "QX3 4CD"


def test_children_of_one_family_are_not_joined_because_of_it(build: Build) -> None:
    assert len({row["person_id"] for row in build["person_of_record"]}) == ROWS


def test_immigration_status_stays_with_the_agency(build: Build) -> None:
    restricted = {row["file"] for row in build["event"] if row["sensitivity"] == "restricted"}
    assert restricted == {"immigration_status"}


def test_what_each_kind_covers_is_declared(build: Build) -> None:
    declared = {row["kind"] for row in MAPPING["covers"]}
    made = {row["kind"] for row in build["event"]}
    made |= {name for name in ("person_record", "relationship") if build[name]}

    assert made == declared
    assert all(row["whom"].strip() for row in MAPPING["covers"])


def test_as_the_specification_has_it_a_review_finds_its_child_and_the_nhs_number_its_field(
    tmp_path: Path, viewing: Callable[..., Viewing]
) -> None:
    """The specification's own files have no child in a review, and call the NHS number otherwise than the scripts."""
    columns = {
        **COLUMNS,
        "ssd_cla_reviews": [name for name in COLUMNS["ssd_cla_reviews"] if name != "clar_cla_person_id"],
        "ssd_person": [
            {"pers_single_unique_id": "pers_common_child_id"}.get(name, name)
            for name in COLUMNS["ssd_person"]
            if name != "pers_upn"
        ],
    }

    build = received(tmp_path, viewing, columns)

    assert one(build, "role", "clar_cla_review_id 1/person1")["thing_record_id"].endswith("pers_person_id 1")
    assert one(build, "identifier", "pers_person_id 0/nhs_number")["value"] == "9990000026"
    assert not [row for row in build["identifier"] if row["kind"] == "upn"]


def test_every_named_column_is_published() -> None:
    """A column that the mapping names and no table has would be read from nowhere."""
    read = mapping.read_mapping(EXAMPLE / "mappings" / "standard_safeguarding_dataset.yaml")
    text = (EXAMPLE / "mappings" / "standard_safeguarding_dataset.yaml").read_text(encoding="utf-8")
    prefixes = "|".join({name.split("_")[0] for names in COLUMNS.values() for name in names})
    named = set(re.findall(rf"\b(?:{prefixes})_[a-z0-9_]+", text))
    published = {name for names in COLUMNS.values() for name in names} | {"pers_common_child_id"}

    assert named - published == set()
    assert len(named) > 150
    assert {file.name for file in read.files} == set(MAPPING["files"])
