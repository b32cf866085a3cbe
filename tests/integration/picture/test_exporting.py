"""What leaves as a file: every derived table, and of each only what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import DatabaseError

from engage.governance import audit
from engage.governance.audit import AuditNotWritten
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo, MayNotSee, PurposeUnknown
from engage.identities.models import Judgement, PersonAssignment
from engage.picture import actions, exporting
from engage.picture.seeing import sight
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]


@pytest.fixture
def town(world: World) -> World:
    """Ana, whom two agencies hold; a child on the school's list alone; and somebody whom only the police may see."""
    world.people("""
        id | agency             | person | name               | born       | address       | postcode | phone       | cohort   | handling
        ---+--------------------+--------+--------------------+------------+---------------+----------+-------------+----------+---------
        1  | childrens_services | ANA    | Ana Petal          | 2010-03-01 | 12 Reed Close | QX1 1AA  | 07000123456 |          |
        2  | education          | ANA    | Anna Petal         | 2010-03-01 |               |          |             | register |
        3  | education          | REG    | Rosalind Regista   | 2011-05-05 | 9 Mill Lane   | QX7 7ZZ  | 07000555555 | register |
        4  | police             | SEC    | Secretia Hiddenham | 1988-01-01 | 4 Dark Street | QX8 8YY  | 07000777777 |          | C
    """)
    world.events("""
        id | agency | who             | plate   | text      | handling
        ---+--------+-----------------+---------+-----------+---------
        e1 | police | police/4 driver | QQ99XYZ | hush-hush | C
    """)
    world.served()
    return world


def taken(town: World, viewing: Viewing) -> dict[str, list[dict]]:
    build = town.warehouse.current()
    cursor, see = build.analysis(), sight(viewing, build)
    try:
        return {
            name: exporting.visible(cursor, table, see).to_pylist()
            for name, table in actions.EXPORTED.items()
        }
    finally:
        cursor.close()


HIDDEN = ("rosalind", "regista", "mill lane", "qx7", "555555", "secretia", "hiddenham", "dark street", "qx8", "777777", "99xyz", "hush")  # fmt: skip


def test_nothing_hidden_is_in_any_table(town: World, viewing: Maker) -> None:
    tables = taken(town, viewing(role="social_worker", agency="childrens_services"))

    found = {
        (name, word)
        for name, rows in tables.items()
        for row in rows
        for word in HIDDEN
        if word in str(row).lower()
    }
    assert found == set()
    assert {row["word"] for row in tables["spelling"]} == {"ana", "petal"}
    assert {row["words"] for row in tables["written_name"]} == {"ana petal"}
    assert tables["name_part"] == []
    assert {row["whole"] for row in tables["part"]} == {"07000123456", "12 reed close", "QX11AA"}
    assert {row["record_id"] for row in tables["person_record"]} >= {"zz:childrens_services:children:1"}


def test_who_may_see_it_gets_it(town: World, viewing: Maker) -> None:
    tables = taken(town, viewing(role="detective", agency="police"))

    assert "secretia" in {row["word"] for row in tables["spelling"]}
    assert ("SEC", "police") in {(row["person_id"], row["agency"]) for row in tables["reason"]}
    assert "rosalind" not in str(tables).lower()


def test_what_rests_on_a_join_that_nobody_has_judged_says_so_in_the_file(town: World, viewing: Maker) -> None:
    look = viewing(role="social_worker", agency="childrens_services")
    assert unjudged(town, look) == {"1"}

    records = sorted(town.named(name) for name in ("childrens_services/1", "education/2"))
    Judgement.objects.create(
        left_record_id=records[0], right_record_id=records[1], says="same", reason="one girl", kind="joined", needs=1,
        judged_by="mara", agency="childrens_services", judged_at=viewing().at,
    )  # fmt: skip
    assert unjudged(town, look) == set()


def test_a_record_joined_with_one_that_may_not_be_seen_is_not_told_to_be_joined(
    world: World, viewing: Maker
) -> None:
    world.people("""
        id | agency             | person | name      | born       | handling
        ---+--------------------+--------+-----------+------------+---------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 |
        4  | police             | ANA    | Ana Petal | 2010-03-01 | C
    """).served()
    assert unjudged(world, viewing(role="social_worker", agency="childrens_services")) == set()
    assert unjudged(world, viewing(role="detective", agency="police")) == {"1", "4"}


def unjudged(town: World, viewing: Viewing) -> set[str]:
    """The source ids of records whose values are said to rest on a join that nobody has judged."""
    rows = taken(town, viewing)
    assert all("is_unjudged" in row for table in ("said", "chronology", "tie") for row in rows[table])
    return {row["record_id"].rsplit(":", 1)[1] for row in rows["said"] if row["is_unjudged"]}


def test_what_only_a_record_judged_away_opened_is_taken_by_nobody(town: World, viewing: Maker) -> None:
    def schools() -> list[str]:
        rows = taken(town, viewing(role="social_worker", agency="childrens_services"))["person_record"]
        return [row["record_id"] for row in rows if row["agency"] == "education"]

    assert schools() == [town.named("education/2")]
    PersonAssignment.objects.create(
        record_id=town.named("education/2"), person_id="OTHER", assigned_at=viewing().at, cause="judgement"
    )
    assert schools() == []


def test_a_table_holds_no_more_than_the_kinds_that_a_role_sees_on_pages(town: World, viewing: Maker) -> None:
    """Who may see no narratives, identifiers and vehicles gets none in a table that puts them beside other things."""
    town.people("""
        id | agency             | person | name      | upn           | handling
        ---+--------------------+--------+-----------+---------------+---------
        5  | childrens_services | ANA    | Ana Petal | A999000000001 |
    """)
    town.events("""
        id | agency             | who                  | plate   | text
        ---+--------------------+----------------------+---------+---------
        e2 | childrens_services | childrens_services/1 | QQ11ABC | whispered
    """)
    town.served(build_id="b2")
    clerk = str(taken(town, viewing(role="business_support", agency="childrens_services"))).lower()

    assert "ana petal" in clerk
    for word in ("a999000000001", "whispered", "qq11abc"):
        assert word not in clerk


def test_each_export_is_in_the_log(town: World, viewing: Maker, tmp_path: Path) -> None:
    build, operator = town.warehouse.current(), viewing(role="operator", agency="", purpose="data_quality")
    for table in actions.EXPORTED:
        out = tmp_path / f"{table}.parquet"
        try:
            made = actions.export_table(viewing=operator, build=build, table=table, out=out)
        except MayNotSee:
            assert not out.exists()
        else:
            assert made.row_count == len(pq.read_table(out))

    logged = set(AuditEvent.objects.filter(action="table.export").values_list("subject", flat=True))
    assert logged == set(actions.EXPORTED)


@pytest.mark.parametrize("role", ["analyst", "detective", "information_governance", "nobody"])
def test_only_an_operator_takes_tables_away(town: World, viewing: Maker, tmp_path: Path, role: str) -> None:
    out = tmp_path / "event.csv"
    with pytest.raises(MayNotDo):
        actions.export_table(
            viewing=viewing(role=role), build=town.warehouse.current(), table="event", out=out
        )
    assert not out.exists()


@pytest.mark.parametrize(
    ("table", "purpose", "error", "says"),
    [
        (
            "event",
            "nonsense",
            PurposeUnknown,
            "There is no purpose “nonsense”. Use one of safeguarding_child",
        ),
        ("event", "audit", MayNotSee, "For the purpose “audit” you may see no row of “event”"),
        ("person_record", "safeguarding_child", MayNotSee, "you may see no row of “person_record”"),
        ("evnt", "data_quality", actions.ExportRefused, "There is no derived table “evnt”"),
    ],
)
def test_what_is_refused_leaves_the_file_that_was_there(
    town: World, viewing: Maker, tmp_path: Path, table: str, purpose: str, error: type[Exception], says: str
) -> None:
    out = tmp_path / "kept.csv"
    out.write_text("as it was")
    operator = viewing(role="operator", agency="", purpose=purpose)

    with pytest.raises(error) as refused:
        actions.export_table(viewing=operator, build=town.warehouse.current(), table=table, out=out)

    assert says in f"{refused.value.sentence} {refused.value.remedy}"
    assert out.read_text() == "as it was"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []
    assert not AuditEvent.objects.filter(action="table.export", decision="allow").exists()


def test_a_file_is_replaced_whole_or_not_at_all(
    town: World, viewing: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "kept.csv"
    out.write_text("as it was")

    def full(_rows: object, out: Path, _kind: str) -> None:
        out.write_text("half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "write", full)
    with pytest.raises(exporting.CannotWrite, match="No space left on device"):
        actions.export_table(
            viewing=viewing(role="operator", agency="", purpose="data_quality"),
            build=town.warehouse.current(),
            table="person_record",
            out=out,
        )

    assert out.read_text() == "as it was"
    assert list(tmp_path.glob(".*part")) == []


@pytest.mark.parametrize(
    ("where", "error", "says"),
    [
        (
            "nowhere/a.csv",
            exporting.CannotWrite,
            "nowhere/a.csv cannot be written: No such file or directory",
        ),
        ("folder.csv", exporting.CannotWrite, "folder.csv cannot be written: Is a directory"),
        ("kept.csv/a.csv", exporting.CannotWrite, "Not a directory"),
        ("a.txt", actions.ExportRefused, "a.txt is neither .csv nor .parquet"),
        ("a", actions.ExportRefused, "a is neither .csv nor .parquet"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    town: World, viewing: Maker, tmp_path: Path, where: str, error: type[Exception], says: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "kept.csv").write_text("as it was")
    operator = viewing(role="operator", agency="", purpose="data_quality")

    with pytest.raises(error) as refused:
        actions.export_table(
            viewing=operator, build=town.warehouse.current(), table="event", out=tmp_path / where
        )

    assert says in str(refused.value.sentence)
    assert str(refused.value.remedy)
    assert not AuditEvent.objects.exists()


def test_nothing_is_written_when_the_log_cannot_be(
    town: World, viewing: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "_append", full)
    out = tmp_path / "event.csv"
    with pytest.raises(AuditNotWritten):
        actions.export_table(
            viewing=viewing(role="operator", agency=""),
            build=town.warehouse.current(),
            table="event",
            out=out,
        )
    assert not out.exists()
