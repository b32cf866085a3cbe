"""Is a row of an access table that cannot be used refused, with the file, the row, the column, the value and the remedy?"""

import textwrap

import pytest

from engage.governance.policies import KINDS
from engage.governance.table import AccessTableWrong, access_files, access_rules
from engage.records.tables import EXCHANGE_TABLES


ROW = {
    "rule": "local",
    "role": "nurse",
    "agency": "other",
    "kind": "event",
    "handling": "C",
    "sensitivity": "standard",
    "purpose": "safeguarding_child",
    "outcome": "signpost",
    "from": "2026-01-01",
    "source": "protocol 7",
}


def rules_of(folder, **changes):
    row = {key: value for key, value in {**ROW, **changes}.items() if value is not None}
    (folder / "access").mkdir(exist_ok=True)
    lines = "\n  ".join(f"{key}: {value}" for key, value in row.items())
    (folder / "access" / "local.yaml").write_text(f"- {lines}\n", encoding="utf-8")
    return access_rules(access_files(folder))


def test_an_area_adds_rows_to_those_that_ship(tmp_path):
    added = rules_of(tmp_path, role="[nurse, detective]", until="2026-06-01")
    assert sorted(row.role for row in added if row.rule == "local") == ["detective", "nurse"]
    assert len(added) == len(access_rules()) + 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("role", "nurze"),
        ("agency", "police"),
        ("kind", "events"),
        ("handling", "c"),
        ("sensitivity", "secret"),
        ("purpose", "curiosity"),
        ("outcome", "perhaps"),
        ("from", "soon"),
        ("until", "2026-01-01"),
        ("colour", "red"),
        ("source", None),
        ("role", "[]"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_and_says_where(tmp_path, column, value):
    with pytest.raises(AccessTableWrong) as refused:
        rules_of(tmp_path, **{column: value})
    assert "local.yaml, row 1" in str(refused.value.sentence)
    assert column in str(refused.value.sentence)
    assert str(refused.value.remedy)


def test_a_file_that_is_no_list_of_rows_is_refused(tmp_path):
    (tmp_path / "access").mkdir()
    (tmp_path / "access" / "local.yaml").write_text(textwrap.dedent("rows: []"), encoding="utf-8")
    with pytest.raises(AccessTableWrong):
        access_rules(access_files(tmp_path))


def test_the_table_speaks_about_every_exchange_table():
    assert set(KINDS) == {table.name for table in EXCHANGE_TABLES} | {
        "audit",
        "person_characteristic",
        "case",
        "case_entry",
        "meeting",
    }
