from __future__ import annotations

import random

import pytest

from engage.identities.build import build
from engage.identities.build import link as link_only
from engage.identities.linking.merging import JOIN_AT, Held, Pair, merge
from engage.identities.linking.pairing import IDENTIFIER_KINDS
from tests.spec.identities.towns import AS_OF, drawn, groups, link, neighbours, store


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
    "one name, day and home, but two valid NHS numbers": """
        id | forename | surname  | born       | sex    | address     | nhs_number
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000018
        b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9994567004
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


HOLDING_ALONE = """
    id | forename | surname   | born | sex    | address     | phone
    a  | Maud     | Oakhanger | 2010-01-02..2011-01-01 | female | 3 Weir Lane | 07000999001
    {half}
"""


@pytest.mark.parametrize(
    ("half", "is_proposed"),
    [
        ("b  |     | Oakhanger | 2010-01-02..2011-01-01 | female |             | 07000999001", True),
        ("b  | M   | Oakhanger |      |        | 3 Weir Lane |            ", True),
        ("b  |     |           | 2010-01-02..2011-01-01 | female |             | 07000999001", True),
        ("b  | J   | Oakhanger |      |        | 3 Weir Lane |            ", False),
        ("b  |     | Tarrant   | 2010-01-02..2011-01-01 | female |             | 07000999001", False),
        ("b  |     | Oakhanger | 2010-01-02..2011-01-01 | male   |             | 07000999001", False),
        ("b  |     | Oakhanger | 2010-01-02..2011-01-01 | female | 9 Mill Lane |            ", False),
    ],
)
def test_a_surname_or_an_initial_is_proposed_by_what_it_holds(half: str, is_proposed: bool) -> None:
    groups, con, _result = link(HOLDING_ALONE.format(half=half))

    assert groups == set()
    assert (
        bool(con.execute("select 1 from link_proposal where left_record_id like '%:a'").fetchall())
        is is_proposed
    )


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


@pytest.mark.parametrize("count", [41, 150])
def test_a_person_with_very_many_records_is_one(count: int) -> None:
    """More records than may share a key: a number and a name with a day of birth tell of one person all the same."""
    rows = [
        {
            "id": f"m{n:03}",
            "forename": "Maud",
            "surname": "Tarrant",
            "born": "2010-05-17",
            "sex": "female",
            "nhs_number": "9990000018",
        }
        for n in range(count)
    ]
    connection = store([*rows, *neighbours()])
    build(connection, as_of=AS_OF, seed=1)
    assert groups(connection, {row["id"] for row in rows}) == {frozenset(row["id"] for row in rows)}


NAMESAKES = """
    id | forename | surname | born       | sex  | address     | phone
    a  | Mohammed | Khan    | 2010-05-17 | male | 3 Weir Lane |
    b  | Mohammed | Khan    | 2010-05-17 | male | 3 Weir Lane |
    c  | Mohammed | Khan    | 1991-02-03 | male |             | 07000999001
    d  | Mohammed | Khan    | 1991-02-03 | male |             | 07000999001
    e  | Mohammed | Khan    |            | male | 3 Weir Lane | 07000999001
"""


def test_two_days_that_were_never_compared_keep_two_people_apart() -> None:
    """Among many namesakes their names are no key; a record without a day of birth is near to both."""
    others = [
        {
            "id": f"k{n:02}",
            "forename": "Mohammed",
            "surname": "Khan",
            "born": f"19{50 + n}-03-1{n % 9}",
            "sex": "male",
            "address": f"{n} Kiln Row",
        }
        for n in range(20)
    ]
    rows = drawn(NAMESAKES)
    connection = store([*rows, *others, *neighbours()])
    build(connection, as_of=AS_OF, seed=1)
    found = groups(connection, {row["id"] for row in rows})
    assert not any({"a", "c"} <= group for group in found)
    assert {frozenset("ab"), frozenset("cd")} <= {group - {"e"} for group in found}


def test_the_merge_in_sql_joins_what_the_guarded_merge_joins() -> None:
    """Group by group, also where the guarded merge is not asked because nothing seems to speak against it."""
    rows = [*_messy(), *neighbours(60)]
    connection = store(rows)
    link_only(connection, as_of=AS_OF, seed=1)
    known = [
        Pair(*row)
        for row in connection.execute(
            "select left_number, right_number, weight, refusal from link_within"
        ).fetchall()
    ]
    held = {
        number: Held(
            {kind: value for kind, value in zip(IDENTIFIER_KINDS, values, strict=True) if value},
            frozenset(forms or ()),
            born,
        )
        for number, forms, born, *values in connection.execute(
            f"select record_number, forename_groups, birth_on::varchar, {', '.join(IDENTIFIER_KINDS)} from link_record"
        ).fetchall()
    }
    merged, _refused = merge(known, held, join_at=JOIN_AT)
    in_sql = dict(connection.execute("select record_number, first_number from link_group").fetchall())
    assert len(in_sql) > 100
    assert {number: in_sql[number] for number in merged} == merged


def _messy() -> list[dict[str, str]]:
    """Families who share homes, telephones and names, and whose records have slips."""
    chance, rows = random.Random(5), []
    for home in range(40):
        family = chance.choice(["Tarrant", "Oakhanger", "Veale"])
        for child in range(chance.randint(1, 4)):
            born = f"20{chance.randint(5, 12):02}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
            name = chance.choice(["Maud", "Clara", "Edith", "Hilda", "Ada"])
            for copy in range(chance.randint(1, 4)):
                row = {"id": f"f{home}-{child}-{copy}", "forename": name, "surname": family, "born": born, "sex": "female",
                       "address": f"{home} Weir Lane", "phone": f"07000{home:06}", "agency": chance.choice(["police", "education", "health"])}  # fmt: skip
                slip = chance.random()
                if slip < 0.15:
                    row["born"] = ""
                elif slip < 0.3:
                    row["born"] = (
                        f"20{chance.randint(5, 12):02}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
                    )
                elif slip < 0.45:
                    row["forename"] = chance.choice(["Mary", "Cara", "Edie"])
                elif slip < 0.6:
                    row["address"], row["phone"] = "", ""
                rows.append(row)
    return rows


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
