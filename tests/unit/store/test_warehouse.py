"""Does a build take its place as a whole, and can nobody who serves it write to it?"""

from datetime import date

import pytest

from engage.store.area import Area
from engage.store.steps import Step, StepFailed, run
from engage.store.warehouse import BuildInfo, BuildOutdated, NoBuild, Warehouse, connect, layout_digest


def info(build_id: str) -> BuildInfo:
    return BuildInfo(build_id=build_id, as_of=date(2026, 4, 6), made_at="2026-04-07T07:40:00+00:00")


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(Area(folder=tmp_path, code="zz", name="Nowhere", agencies={}, agreements={}))


def make(warehouse: Warehouse, build_id: str, value: int) -> None:
    with warehouse.building(build_id) as aside:
        run(aside.connection, [Step("answer", f"select {value} as value")])
        import sqlite3

        pages = sqlite3.connect(aside.pages_file)
        pages.execute("create table answer (value integer)")
        pages.execute("insert into answer values (?)", [value])
        pages.commit()
        pages.close()
    warehouse.swap(info(build_id))


def value_of(build) -> tuple[int, int]:
    cursor = build.analysis()
    try:
        return cursor.execute("select value from answer").fetchall()[0][0], build.pages().execute(
            "select value from answer"
        ).fetchone()[0]
    finally:
        cursor.close()


def test_an_area_that_was_never_built_says_how_to_build_it(warehouse):
    with pytest.raises(NoBuild) as caught:
        warehouse.current()
    assert "engage build" in str(caught.value.remedy)


def test_a_reader_keeps_its_build_while_the_next_takes_its_place(warehouse):
    make(warehouse, "b1", 1)
    before = warehouse.current()
    assert value_of(before) == (1, 1)
    make(warehouse, "b2", 2)
    assert value_of(before) == (1, 1)
    assert value_of(warehouse.current()) == (2, 2)


def test_a_build_that_fails_leaves_the_last_good_one_and_is_cleared_away(warehouse):
    make(warehouse, "b1", 1)
    with pytest.raises(StepFailed, match="broken"), warehouse.building("b2") as aside:
        run(aside.connection, [Step("broken", "select * from nothing_here")])
    assert value_of(warehouse.current()) == (1, 1)
    make(warehouse, "b3", 3)
    assert sorted(f.name for f in warehouse.builds_folder.iterdir()) == ["b1", "b3"]


def test_only_the_last_two_builds_are_kept(warehouse):
    for number in range(1, 5):
        make(warehouse, f"b{number}", number)
    assert sorted(f.name for f in warehouse.builds_folder.iterdir()) == ["b3", "b4"]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into answer values (9)",
        "create table more (x int)",
        "copy answer to 'out.csv'",
        "attach 'other.duckdb'",
        "install sqlite",
    ],
)
def test_the_web_cannot_write_to_a_build_or_reach_outside_it(warehouse, statement, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make(warehouse, "b1", 1)
    cursor = warehouse.current().analysis()
    with pytest.raises(Exception, match=r"(?i)read-only|disabled|not allowed|permission"):
        cursor.execute(statement)
    cursor.close()
    assert value_of(warehouse.current()) == (1, 1)


def test_the_key_tables_are_read_only_too(warehouse):
    make(warehouse, "b1", 1)
    with pytest.raises(Exception, match="readonly"):
        warehouse.current().pages().execute("insert into answer values (9)")


def test_a_step_names_itself_and_counts_its_rows():
    seen = []
    connection = connect(None)
    counts = run(
        connection,
        [Step("two", "select * from (values (1), ($x)) as t(a)", {"x": 2})],
        lambda table, rows: seen.append((table, rows)),
    )
    connection.close()
    assert counts == {"two": 2}
    assert seen == [("two", 2)]


def test_a_build_laid_out_by_another_version_is_not_read_but_says_to_build_again(warehouse):
    make(warehouse, "b1", 1)
    about = warehouse.builds_folder / "b1" / "build.json"
    about.write_text(
        about.read_text(encoding="utf-8").replace(layout_digest(), "0123456789abcdef"), encoding="utf-8"
    )
    with pytest.raises(BuildOutdated) as caught:
        Warehouse(warehouse.area).current()
    assert "engage build" in str(caught.value.remedy)
