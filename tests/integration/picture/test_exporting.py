"""What leaves as a file: every derived table, and of each only what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from engage.governance.models import AuditEvent
from engage.picture import actions
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


def taken(town: World, viewing: Viewing, folder: Path) -> dict[str, list[dict]]:
    build = town.warehouse.current()
    tables = {}
    for table in actions.EXPORTED:
        actions.export_table(viewing=viewing, build=build, table=table, out=folder / f"{table}.parquet")
        tables[table] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return tables


HIDDEN = ("rosalind", "regista", "mill lane", "qx7", "555555", "secretia", "hiddenham", "dark street", "qx8", "777777", "99xyz", "hush")  # fmt: skip


def test_nothing_hidden_is_in_any_table(town: World, viewing: Maker, tmp_path: Path) -> None:
    tables = taken(town, viewing(role="social_worker", agency="childrens_services"), tmp_path)

    found = {
        (name, word)
        for name, rows in tables.items()
        for row in rows
        for word in HIDDEN
        if word in str(row).lower()
    }
    assert found == set()
    assert {row["word"] for row in tables["spelling"]} == {"ana", "petal"}
    assert {row["whole"] for row in tables["part"]} == {"07000123456"}
    assert {row["record_id"] for row in tables["person_record"]} >= {"zz:childrens_services:children:1"}


def test_who_may_see_it_gets_it(town: World, viewing: Maker, tmp_path: Path) -> None:
    tables = taken(town, viewing(role="detective", agency="police"), tmp_path)

    assert "secretia" in {row["word"] for row in tables["spelling"]}
    assert ("SEC", "police") in {(row["person_id"], row["agency"]) for row in tables["reason"]}
    assert "rosalind" not in str(tables).lower()


def test_each_export_is_in_the_log(town: World, viewing: Maker, tmp_path: Path) -> None:
    taken(town, viewing(), tmp_path)

    logged = set(AuditEvent.objects.filter(action="table.export").values_list("subject", flat=True))
    assert logged == set(actions.EXPORTED)
