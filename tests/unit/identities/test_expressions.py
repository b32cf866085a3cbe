"""Does an expression of the linkage say the same in Python as in the analysis store, not-known values included?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.identities.checking.expressions import NotPython, first_that_holds, says, says_each
from engage.identities.linking.candidates import KEYS
from engage.identities.linking.comparisons import COMPARISONS
from engage.store.warehouse import connect


pytestmark = pytest.mark.slow
NAME = st.none() | st.sampled_from(["maud", "mabel", "maude", "tarrant", "tarant", "m", "o", "veale"])
NAMES = st.none() | st.lists(st.sampled_from(["maud", "mabel", "tarrant", "veale"]), max_size=3, unique=True)
DAY = st.none() | st.sampled_from([date(2010, 5, 7), date(2010, 7, 5), date(2011, 5, 7), date(1984, 12, 30)])
COLUMNS: dict[str, tuple[str, Any]] = {
    **{f"{name}{more}": ("varchar", NAME) for name in ("forename", "surname") for more in ("", "_sound")},
    **dict.fromkeys(("given_names", "forename_groups", "surnames", "surname_groups"), ("varchar[]", NAMES)),
    "birth_on": ("date", DAY),
    "birth_from": ("date", DAY),
    "birth_until": ("date", DAY),
    "sex": ("varchar", st.none() | st.sampled_from(["female", "male"])),
    "address_keys": ("varchar[]", st.none() | st.lists(st.sampled_from(["3 weir lane", "3 weir ln", "9 kiln row"]), max_size=2, unique=True)),
    "postcodes": ("varchar[]", st.none() | st.lists(st.sampled_from(["QX1 1AA", "QX2 2BB"]), max_size=2, unique=True)),
    "address_records": ("bigint", st.none() | st.sampled_from([2, 31])),
    "phones": ("varchar[]", st.none() | st.lists(st.sampled_from(["07000123456", "07000123457"]), max_size=2, unique=True)),
    "emails": ("varchar[]", st.none() | st.lists(st.sampled_from(["maud1@example.org", "maud@example.org", "veale@example.net"]), max_size=2, unique=True)),
    **{kind: ("varchar", st.none() | st.sampled_from(["9990000018", "9990000026", "9990009926"])) for kind in ("nhs_number", "upn", "pnc_id")},
    "other_numbers": ("varchar[]", st.none() | st.lists(st.sampled_from(["prison:A1234", "prison:A1235", "school:77"]), max_size=2, unique=True)),
    "agency": ("varchar", st.sampled_from(["police", "health"])),
    "file": ("varchar", st.just("persons")),
}  # fmt: skip
RECORD = st.fixed_dictionaries({name: values for name, (_type, values) in COLUMNS.items()})
LEVELS = [
    c.unknown for c in COMPARISONS
] + [level.sql for c in COMPARISONS for level in c.levels if level.sql != "ELSE"]  # fmt: skip


def _in_store(expressions: list[str], row: dict[str, Any], types: dict[str, str]) -> tuple[Any, ...]:
    given = ", ".join(f"cast(${name} as {types[name]}) as {name}" for name in row)
    connection = connect(None, threads=1)
    try:
        return connection.execute(
            f"select {', '.join(f'({sql})' for sql in expressions)} from (select {given})", row
        ).fetchall()[0]
    finally:
        connection.close()


@given(RECORD, RECORD)
@settings(max_examples=40, deadline=None)
def test_every_level_holds_for_the_same_pairs(left: dict[str, Any], right: dict[str, Any]) -> None:
    row = {f"{n}_l": v for n, v in left.items()} | {f"{n}_r": v for n, v in right.items()}
    types = {f"{n}_{side}": kind for n, (kind, _values) in COLUMNS.items() for side in "lr"}

    stored = _in_store(LEVELS, row, types)
    assert tuple(says(sql)(row) for sql in LEVELS) == stored
    assert [first_that_holds("false", (sql,))(row) for sql in LEVELS] == [0 if one else 1 for one in stored]


def test_the_first_level_that_holds_is_told_by_its_place() -> None:
    place = first_that_holds("name is null", ("name = 'maud'", "length(name) > 4"))
    assert [place({"name": name}) for name in (None, "maud", "edith", "ida")] == [None, 0, 1, 2]


def test_an_element_is_called_so_within_its_own_list_only() -> None:
    inner = (
        "list_transform(xs, lambda x: list_transform(list_filter([x, 7], lambda x: x > 1), lambda y: y + x))"
    )
    assert says(inner)({"xs": [1, 2]}) == [[8], [4, 9]]
    assert says("list_contains(list_transform(xs, lambda n: n), n)")({"xs": [1, 2], "n": 2})


@given(RECORD)
@settings(max_examples=40, deadline=None)
def test_every_key_is_the_same(record: dict[str, Any]) -> None:
    types = {name: kind for name, (kind, _values) in COLUMNS.items()}

    ours = [
        sorted({str(key) for key in says_each(kind.sql)(record) if key is not None}) or None for kind in KEYS
    ]

    assert ours == _keys_in_store(record, types)


def _keys_in_store(record: dict[str, Any], types: dict[str, str]) -> list[list[str] | None]:
    connection = connect(None, threads=1)
    try:
        given = ", ".join(f"cast(${name} as {types[name]}) as {name}" for name in record)
        connection.execute(f"create table t as select {given}", record)
        return [
            connection.execute(
                f"select list(distinct k::varchar order by k::varchar) from (select {kind.sql} as k from t) where k is not null"
            ).fetchall()[0][0]
            for kind in KEYS
        ]
    finally:
        connection.close()


def test_what_is_not_known_is_an_error_and_no_guess() -> None:
    with pytest.raises(NotPython, match="Soundex"):
        says("soundex(forename_l) = soundex(forename_r)")
