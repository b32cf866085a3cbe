"""The catalogue: plain files, each step does what its drawn table says, none reads what people are by birth."""

from datetime import date
from pathlib import Path

import pytest

from engage.picture.indicators import views
from engage.picture.indicators.catalogue import CatalogueWrong, load
from engage.picture.indicators.checking import check
from engage.picture.indicators.measuring import LEAST_RIGHT, measured, measured_towns
from engage.picture.indicators.rules import CLASSES, Evidence, Pattern, found
from engage.picture.narrative.vocabulary import load as vocabulary


SHIPPED = load()
OWN = """
code: Z1
title: "At the fairground"
class: exposure
means: "A record places the child at the fairground at night."
does_not_mean: "That anything happened there."
window_days: 90
holders: [police]
source: "The area's own problem profile, 2026"
version: "1"
effective: 2026-04-01
review: 2027-04-01
owner: team manager
reads: [stop]
evidence: |
  {sql}
"""
FAIR = "select * from happened_at where place_kind = 'fairground'"


def own(folder: Path, sql: str = FAIR, **changes: str):
    lines = OWN.format(sql=sql).splitlines()
    for key, value in changes.items():
        lines = [f"{key}: {value}" if line.startswith(f"{key}:") else line for line in lines]
    (folder / "z1.yaml").write_text("\n".join(lines))
    return load(folder)


def test_every_step_returns_the_records_that_its_drawn_tables_say():
    assert [one for one in check(SHIPPED.values()) if not one.is_right] == []


def drawn_rows(one):
    rows = (
        r
        for c in one.checks
        for view, some in c.given.items()
        if view not in ("family", "opened")
        for r in some
    )
    return {(row["person_id"], row["record_id"]) for row in rows}


def test_every_computed_indicator_has_a_drawn_table_with_a_record_that_is_no_evidence():
    for one in SHIPPED.values():
        if one.is_computed:
            assert one.checks, one.code
            assert drawn_rows(one) - {pair for c in one.checks for pair in c.expected}, one.code


def test_a_drawn_table_that_is_not_met_is_said_to_be_so(tmp_path):
    drawn = 'check:\n  - what: "one"\n    given: {happened_at: [{person_id: A, record_id: r, place_kind: park}]}\n    expect: {A: [r]}\n'
    (tmp_path / "z1.yaml").write_text(OWN.format(sql=FAIR) + drawn)
    (checked,) = check([load(tmp_path)["Z1"]])
    assert (checked.is_right, checked.missing) == (False, frozenset({("A", "r")}))


def test_five_and_twenty_or_more_are_computed_and_all_classes_are_there():
    assert sum(one.is_computed for one in SHIPPED.values()) >= 25
    assert {one.kind for one in SHIPPED.values()} == set(CLASSES)


def test_themes_are_those_of_the_vocabulary():
    assert {theme for one in SHIPPED.values() for theme in one.themes} <= set(vocabulary().themes)


def test_an_area_adds_an_indicator_and_changes_one_by_dropping_a_file(tmp_path):
    (tmp_path / "m2.yaml").write_text("code: M2\npattern: {at_least: 2, within_days: 90}\n")
    known = own(tmp_path)
    assert known["Z1"].title == "At the fairground"
    assert known["M2"].pattern == Pattern(2, 90)
    assert known["M2"].title == SHIPPED["M2"].title
    assert SHIPPED["M2"].pattern == Pattern(3, 90)


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("select * from person_record", "person_record"),
        ("select h.* from happened h join said s using (person_id)", "said"),
        ("select * from happened where person_id in (select person_id from evidence)", "evidence"),
        ("select * from read_csv('/etc/passwd')", "read_csv()"),
        ("with x as (select * from person_record) select * from x", "person_record"),
        ("drop table happened", "SELECT"),
        ("select * from", "syntax error"),
        ("select 1; select 2", "select 1"),
    ],
)
def test_a_step_reads_the_views_and_nothing_else(tmp_path, sql, named):
    with pytest.raises(CatalogueWrong) as error:
        own(tmp_path, sql)
    assert "z1.yaml" in str(error.value.sentence)
    assert named in str(error.value.sentence)


BY_BIRTH = ("ethnic", "national", "religio", "depriv", "sex", "name")


def test_no_view_holds_what_people_are_by_birth():
    columns = {column for some in views.READABLE.values() for column in some}
    assert not {column for column in columns if any(word in column for word in BY_BIRTH)}


@pytest.mark.parametrize(
    ("key", "value"), [("class", "danger"), ("effective", "soon"), ("means", '""'), ("holders", "[]")]
)
def test_what_is_missing_or_wrong_is_named_with_its_file(tmp_path, key, value):
    with pytest.raises(CatalogueWrong) as error:
        own(tmp_path, **{key: value})
    assert "z1.yaml" in str(error.value.sentence)


def test_a_key_that_nobody_reads_is_no_silent_mistake(tmp_path):
    (tmp_path / "m2.yaml").write_text("code: M2\nwindow: 3\n")
    with pytest.raises(CatalogueWrong) as error:
        load(tmp_path)
    assert "window" in str(error.value.sentence)


OF_TEXTS_ALONE = {"B1", "B6", "G3"}


def test_whoever_finds_fewer_than_one_in_twenty_right_is_off_and_who_finds_more_is_not():
    assert len(measured_towns()) >= 3
    assert not any(SHIPPED[code].is_on for code in OF_TEXTS_ALONE)
    for one in SHIPPED.values():
        of = measured(one.code)
        if one.kind != "protective" and of.carried and one.code not in OF_TEXTS_ALONE:
            assert one.is_on == (of.exploited / of.carried >= LEAST_RIGHT), one.code


def row(record: str, day: str | None, **more) -> Evidence:
    on = date.fromisoformat(day) if day else None
    return Evidence("M2", record, "r", on, "police", date(2026, 1, 1), **more)


@pytest.mark.parametrize(
    ("days", "current"),
    [
        (["2026-01-01", "2026-02-01", "2026-03-31"], 3),
        (["2026-01-01", "2026-02-01", "2026-04-02"], 0),
        (["2025-01-01", "2025-01-02", "2025-01-03"], 0),
        (["2025-12-01", "2026-01-01", "2026-02-01", "2026-02-03"], 4),
        (["2026-01-01", "2026-01-01"], 0),
    ],
    ids=["within 90 days", "a day too long", "long past", "two runs that share records", "too few"],
)
def test_three_within_ninety_days_of_which_the_last_is_within_the_window(days, current):
    rows = [row(f"m{number}", day) for number, day in enumerate(days)]
    assert len(found(SHIPPED["M2"], rows, date(2026, 4, 6)).current) == current


def test_one_record_read_three_times_is_one_record():
    rows = [row("m1", "2026-03-01", start=number) for number in range(3)]
    assert found(SHIPPED["M2"], rows, date(2026, 4, 6)).current == ()


def test_a_day_that_is_not_known_counts_from_when_it_became_known():
    (one,) = found(SHIPPED["M1"], [row("m1", None)], date(2026, 4, 6)).current
    assert one.happened_on is None
