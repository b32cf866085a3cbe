from __future__ import annotations

import random

import pytest

from engage.identities.build import build
from tests.spec.identities.towns import AS_OF, drawn, link, neighbours, store


pytestmark = pytest.mark.slow

JOINED = {
    "the same day, names and address": """
        id | forename | surname  | born       | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane
        b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane
    """,
    "a short form of the name, moved house": """
        id | forename  | surname  | born       | sex    | address
        a  | Elizabeth | Tarrant  | 2010-05-17 | female | 3 Weir Lane
        b  | Liz       | Tarrant  | 2010-05-17 | female | 40 Kiln Row
    """,
    "day and month swapped": """
        id | forename | surname  | born       | sex    | address
        a  | Maud     | Tarrant  | 2010-05-07 | female | 3 Weir Lane
        b  | Maud     | Tarrant  | 2010-07-05 | female | 3 Weir Lane
    """,
    "a year off, same address": """
        id | forename | surname  | born       | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane
        b  | Maud     | Tarrant  | 2011-05-17 | female | 3 Weir Lane
    """,
    "first of January stands for not known": """
        id | forename | surname  | born       | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane
        b  | Maud     | Tarrant  | 2010-01-01 | female | 3 Weir Lane
    """,
    "names swapped": """
        id | forename | surname  | born       | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane
        b  | Tarrant  | Maud     | 2010-05-17 | female | 40 Kiln Row
    """,
    "half of a double-barrelled name": """
        id | forename | surname       | born       | sex    | address
        a  | Maud     | Tarrant-Veale | 2010-05-17 | female | 3 Weir Lane
        b  | Maud     | Veale         | 2010-05-17 | female | 3 Weir Lane
    """,
    "accents and another spelling": """
        id | forename | surname  | born       | sex    | address
        a  | Zoë      | Tarränt  | 2010-05-17 | female |
        b  | Zoe      | Tarrant  | 2010-05-17 | female |
    """,
    "an alias, and the same phone": """
        id | forename | surname  | born       | sex    | phone       | alias
        a  | Maud     | Tarrant  | 2010-05-17 | female | 07000999001 | Pixie
        b  | Pixie    | Tarrant  | 2010-05-17 | female | 07000999001 |
    """,
    "changed surname, same NHS number": """
        id | forename | surname  | born       | sex    | nhs_number
        a  | Maud     | Tarrant  | 2010-05-17 | female | 9990000018
        b  | Maud     | Oakhanger| 2010-05-17 | female | 9990000018
    """,
    "an age instead of a date, at the same address": """
        id | forename | surname  | born                   | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17             | female | 3 Weir Lane
        b  | Maud     | Tarrant  | 2009-11-01..2011-11-01 | female | 3 Weir Lane
    """,
}
APART = {
    "twins": """
        id | forename | surname  | born       | sex    | address     | phone
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001
        b  | Hilda    | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001
    """,
    "father and son of one name": """
        id | forename | surname  | born       | sex    | address     | phone
        a  | Hector   | Tarrant  | 2010-05-17 | male   | 3 Weir Lane | 07000999001
        b  | Hector   | Tarrant  | 1984-09-02 | male   | 3 Weir Lane | 07000999001
    """,
    "a parent of one name without a date of birth": """
        id | forename | surname  | born       | sex    | address     | mother_of
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane |
        b  | Maud     | Tarrant  |            |        | 3 Weir Lane | a
    """,
    "brothers or cousins of one name at one address, years apart": """
        id | forename | surname  | born       | sex    | address
        a  | Hector   | Tarrant  | 2010-05-17 | male   | 3 Weir Lane
        b  | Hector   | Tarrant  | 2004-11-28 | male   | 3 Weir Lane
    """,
    "cousins of one name, a few days apart": """
        id | forename | surname  | born       | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane
        b  | Maud     | Tarrant  | 2010-08-21 | female | 40 Kiln Row
    """,
    "sister and brother": """
        id | forename | surname  | born       | sex    | address     | phone
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001
        b  | Hugo     | Tarrant  | 2012-02-01 | male   | 3 Weir Lane | 07000999001
    """,
    "two kinds of identifier contradict": """
        id | forename | surname  | born       | sex    | address     | nhs_number | upn
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000018 | A999000000001
        b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000026 | B999000000002
    """,
}


@pytest.mark.parametrize("why", JOINED)
def test_is_one_person(why: str) -> None:
    groups, _store, _result = link(JOINED[why])
    assert groups == {frozenset("ab")}


@pytest.mark.parametrize("why", APART)
def test_are_two_people(why: str) -> None:
    groups, _store, _result = link(APART[why])
    assert groups == set()


def test_a_nickname_and_an_age_are_proposed_never_joined() -> None:
    groups, con, _result = link("""
        id | forename | surname  | born                   | sex    | address
        a  | Maud     | Tarrant  | 2010-05-17             | female | 3 Weir Lane
        b  | Maud     |          | 2009-11-01..2011-11-01 | female | 3 Weir Lane
    """)
    proposed = con.execute(
        "select left_record_id, right_record_id, reason from link_proposal where left_record_id like '%:a'"
    ).fetchall()
    assert groups == set()
    assert proposed == [("zz:police:persons:a", "zz:police:persons:b", "partial")]


SOLE = """
    id | forename | surname   | born                   | agency    | cohort
    a  | Maud     | Dalrymple | 2009-11-01..2010-11-01 | charity   | case
    b  | Maud     | Dalrymple | 2010-05-17             | education | register
"""


@pytest.mark.parametrize(
    ("change", "more", "joined"),
    [
        (("", ""), "", True),
        (("register", "case"), "", False),
        (("charity", "education"), "", False),
        (("", ""), "    c  | Maud     | Dalrymple | 2010-02-09             | police    | case\n", False),
        (("", ""), "    c  | Mabel    | Dalrymple | 2010-02-09             | police    | case\n", True),
    ],
    ids=[
        "a register",
        "no register",
        "its own register",
        "somebody else fits as well",
        "somebody else hardly fits",
    ],
)
def test_names_and_an_age_are_enough_where_registers_know_one_person_whom_they_fit(
    change: tuple[str, str], more: str, joined: bool
) -> None:
    groups, con, _result = link(SOLE.replace(*change) + more if change[0] else SOLE + more)

    assert (frozenset("ab") in groups) == joined
    found = con.execute(
        "select refusal from link_pair where left_record_id like '%:a' and right_record_id like '%:b'"
    ).fetchall()
    assert found == [("sole" if joined else "thin",)]


def test_one_bridge_does_not_join_two_people_against_the_rest() -> None:
    groups, _store, _result = link("""
        id | forename | surname  | born       | sex    | address     | phone       | nhs_number
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001 | 9990000018
        b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001 | 9990000018
        c  | M        | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001 |
        d  | Minnie   | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001 | 9990000026
        e  | Minnie   | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 07000999001 | 9990000026
    """)
    assert frozenset("ab") <= next(group for group in groups if "a" in group)
    assert not any({"a", "d"} <= group for group in groups)


def test_the_pair_carries_the_strictest_handling() -> None:
    _groups, con, _result = link("""
        id | forename | surname  | born       | sex    | address     | handling
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | P
        b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | C
    """)
    assert con.execute(
        "select handling from link_pair where left_record_id like '%:a' and right_record_id like '%:b'"
    ).fetchall() == [("C",)]


def _everything(rows: list[dict[str, str]]) -> list[object]:
    con = store(rows)
    result = build(con, as_of=AS_OF, seed=3)
    tables = [
        con.execute(f"select * from {table} order by all").fetchall()
        for table in ("link_record", "link_pair", "cluster", "link_proposal")
    ]
    return [*tables, result.model.to_json()]


def test_the_order_of_input_changes_nothing() -> None:
    rows = [*drawn(JOINED["names swapped"]), *neighbours(120)]
    shuffled = list(rows)
    random.Random(11).shuffle(shuffled)
    assert _everything(rows) == _everything(shuffled)


def test_ethnicity_nationality_and_religion_change_nothing() -> None:
    rows = [*drawn(JOINED["a year off, same address"]), *neighbours(120)]
    marked = [
        {**row, "ethnicity": f"e{n % 7}", "nationality": f"n{n % 5}", "religion": f"r{n % 3}"}
        for n, row in enumerate(rows)
    ]
    permuted = [
        {**row, "ethnicity": f"e{n % 3}", "nationality": f"n{n % 2}", "religion": f"r{n % 4}"}
        for n, row in enumerate(rows)
    ]
    assert _everything(marked) == _everything(permuted)


def test_an_area_of_one_record_or_none_works() -> None:
    for rows in ([], neighbours(1)[:1]):
        con = store(rows)
        assert build(con, as_of=AS_OF, seed=1).counts["cluster"] == len(rows)


@pytest.mark.parametrize(
    "other",
    [
        "Dorothea | Ollerton | 1971-02-02 | female | 9 Far Street",
        "Maud | Tarrant | 2010-05-17 | female | 3 Weir Lane",
        " | | | | ",
    ],
)
def test_what_the_source_found_to_be_one_is_joined_whatever_the_records_say(other: str) -> None:
    rows = drawn(f"""
        id | forename | surname | born | sex | address
        a | Maud | Tarrant | 2010-05-17 | female | 3 Weir Lane
        b | {other}
    """)
    connection = store([*rows, *neighbours()])
    ids = dict(
        connection.execute(
            "select source_id, record_id from person_record where source_id in ('a', 'b')"
        ).fetchall()
    )
    connection.execute(
        "insert into source_merge values (?, ?, 'police', 'merges', 'd1', date '2026-01-01', 'case', '', 'standard')",
        [ids["b"], ids["a"]],
    )
    build(connection, as_of=AS_OF, seed=1)

    clusters = dict(connection.execute("select record_id, cluster from cluster").fetchall())
    assert clusters[ids["a"]] == clusters[ids["b"]]
    assert list(clusters.values()).count(clusters[ids["a"]]) == 2
    pair = connection.execute(
        "select refusal, weight >= 40 from link_pair where left_record_id = ? and right_record_id = ?",
        [ids["a"], ids["b"]],
    )
    assert pair.fetchall() == [("source", True)]
