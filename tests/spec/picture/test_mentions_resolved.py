"""Whom and what do words of texts name? Drawn records and texts; what each text names, with whom or what it was taken to be.

In what is expected, "Amy Cole = amy" is words taken to name amy, "Amy ? amy, ann" words that may name either, "Amy ?" words of which the
records say nothing.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from engage.store.warehouse import Build
from tests.spec.identities.towns import drawn
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.django_db

PEOPLE = """
id | agency             | person | name              | alias  | address        | phone       | born
1  | police             | amy    | Amy Cole          |        | 3 Mill Lane    | 07000123456 | 2010-01-02
2  | police             | ann    | Amy Jane Birch    |        |                |             | 2011-01-02
3  | police             | mum    | Rachel Cole       |        | 3 Mill Lane    |             | 1980-01-02
4  | police             | bob    | Robert Dunn       | Smiley |                |             | 1990-01-02
5  | police             | mo1    | Mohammed Khan     |        |                |             | 1999-01-02
6  | police             | mo2    | Mohammed Khan     |        |                |             | 1971-01-02
7  | childrens_services | amy    | Amy Cole          | Binks  | 3 Mill Lane    |             | 2010-01-02
8  | childrens_services | vic    | Victoria Sparrow  |        | 9 Victoria Road |            | 2009-01-02
9  | police             | lane   | Mia Lane          |        |                |             | 2009-05-02
10 | police             | ted    | Ted Smith-Jones   |        |                |             | 2008-05-02
11 | police             | zoe    | Zoë O'Shea-Król   |        |                |             | 2008-06-02
12 | police             | hope   | Hope Stone        |        |                |             | 2008-07-02
"""


@pytest.fixture
def town(world: World) -> World:
    world.reads = True
    return world.people(PEOPLE).ties("""
        agency | from     | kind      | to
        police | police/3 | mother of | police/1
    """)


def named(build: Build) -> dict[str, list[str]]:
    """Of each text what it names, in its order."""
    cursor = build.analysis()
    may_be: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    taken = set()
    for record, at, kind, key, is_taken in cursor.execute(
        "select record_id, from_sign, kind, thing_key, is_taken from mentioned_as"
    ).fetchall():
        may_be[record, at, kind].append(key.split("|")[0])
        if is_taken:
            taken.add((record, at, kind))
    found: dict[str, list[str]] = defaultdict(list)
    rows = cursor.execute(
        "select m.record_id, from_sign, kind, substr(text, from_sign + 1, until_sign - from_sign), candidates from mentioned m join narrative n using (record_id) order by all"
    ).fetchall()
    for record, at, kind, words, candidates in rows:
        some = sorted(may_be[record, at, kind])
        assert candidates == len(some)
        sign = "=" if (record, at, kind) in taken else "?"
        found[record.split(":", 3)[3]].append(f"{words} {sign} {', '.join(some)}".strip())
    return found


def check(world: World, table: str) -> None:
    """id | who | text | names, what it names with semicolons between."""
    rows = drawn(table)
    lines = [
        "id | agency | who | text",
        *(f"{row['id']} | police | {row['who']} | {row['text']}" for row in rows),
    ]
    found = named(world.events("\n".join(lines)).served())
    expected = {row["id"]: [one.strip() for one in row["names"].split(";") if one.strip()] for row in rows}
    assert {event: found.get(event, []) for event in expected} == expected


def test_whole_names_and_who_has_a_part(town: World) -> None:
    check(town, """
        id | who               | text                                               | names
        a  | police/1 victim   | Amy Cole rang. Amy was upset.                      | Amy Cole = amy; Amy = amy
        b  | police/2 victim   | Amy was upset.                                     | Amy = ann
        c  | police/1 a, police/2 b | Amy was upset.                                | Amy ? amy, ann
        d  | police/1 a, police/2 b | Amy Birch rang. Amy was upset.                | Amy Birch = ann; Amy = ann
        e  | police/4 victim   | Amy was upset.                                     | Amy ? amy, ann
        f  | police/1 victim   | COLE, Amy was there with DUNN Robert.              | COLE, Amy = amy; DUNN Robert = bob
        g  | police/1 victim   | A. Cole and Amy C and Miss Cole.                   | A. Cole = amy; Amy C = amy; Miss Cole = amy
        h  | police/4 suspect  | Bob Dunn, then Rob, then Mr Dunn's car.            | Bob Dunn = bob; Rob = bob; Mr Dunn = bob
        i  | police/11 victim  | Zoe O'Shea-Krol's mother; ZOE went home.           | Zoe O'Shea-Krol = zoe; ZOE = zoe
        j  | police/10 victim  | Ted Smith-Jones and T. Smith-Jones.                | Ted Smith-Jones = ted; T. Smith-Jones = ted
        k  | police/1 victim   | seen with amy cole and amy near the shop.          | amy cole = amy; amy = amy
    """)  # fmt: skip


def test_who_is_tied_then_the_whole_area_and_never_one_of_several(town: World) -> None:
    check(town, """
        id | who               | text                                               | names
        a  | police/1 victim   | Rachel rang. She was worried.                      | Rachel = mum
        b  | police/1 victim   | Ms Cole rang.                                      | Ms Cole = amy
        c  | police/8 victim   | Robert Dunn was there.                             | Robert Dunn = bob
        d  | police/1 victim   | Mohammed Khan was there.                           | Mohammed Khan ? mo1, mo2
        e  | police/5 suspect  | Mohammed Khan was there with Mohammed.             | Mohammed Khan = mo1; Mohammed = mo1
        f  | police/1 victim   | She met Smiley. A friend called Wren came.         | Smiley ? bob; Wren ?
        g  | police/4 suspect  | He messages Binks daily.                           | Binks ? amy
        h  | police/1 victim   | Robert was there.                                  | Robert ? bob
        i  | police/4 suspect  | Kayden Blunt's friend Robert Blunt was there.      | Kayden Blunt ?; Robert Blunt ?
    """)  # fmt: skip


def test_words_that_are_names_and_places_that_are_called_like_people(town: World) -> None:
    check(town, """
        id | who               | text                                               | names
        a  | police/1 victim   | She was dropped on Victoria Road.                  | Victoria Road ?
        b  | police/9 victim   | Mia Lane went home to Mill Lane.                   | Mia Lane = lane; Mill Lane ?
        c  | police/12 victim  | Hope was upset. I hope Hope is well.               | Hope = hope; Hope = hope
        d  | police/1 victim   | Hope was expressed. Police came on Monday in May.  |
        e  | police/1 victim   | Lives at 3 Mill Lane. Victoria Sparrow does not.   | 3 Mill Lane = 3 mill lane; Victoria Sparrow = vic
        f  | police/1 victim   | Children's Services and DC Team told. NFA. CCTV.   |
        g  | police/1 victim   | She went to Redscar and Port Arden by train.       |
    """)  # fmt: skip


def test_vehicles_phones_and_places_of_the_event(town: World) -> None:
    town.events("""
        id | agency | who             | plate   | place       | text
        p  | police | police/4 driver | QQ18SAG | Blue Anchor | In a silver Ford Fiesta, part plate QQ18, near the Blue Anchor.
        q  | police | police/4 driver |         |             | A car with plate QQ18 SAG; a van, reg QQ70 XYZ. Plate ending SAG.
        r  | police | police/1 victim |         |             | Rang +44 7000 123 456 and 07000 999 888. A phone ending 456. Wrote to @binks_1.
        s  | police | police/1 victim |         |             | Amy Cole on Mill Lane. Blue Anchor on Mill Lane.
        t  | police | police/1 victim |         | Funland     | At Funland. Funland was busy.
        u  | police | police/1 victim |         | Long Stop Bridge | Met at Long Stop.
    """)
    found = named(town.served())
    assert found["t"] == ["Funland = funland", "Funland = funland"]
    assert found["u"] == ["Long Stop = long stop bridge"]
    assert found["p"] == ["silver Ford Fiesta, part plate QQ18 = QQ18SAG", "Blue Anchor = blue anchor"]
    assert found["q"][1:] == ["van, reg QQ70 XYZ = QQ70XYZ", "Plate ending SAG = QQ18SAG"]
    assert found["q"][0].endswith("QQ18 SAG = QQ18SAG")
    assert found["r"] == [
        "+44 7000 123 456 = 07000123456", "07000 999 888 = 07000999888", "phone ending 456 ? 07000123456", "@binks_1 = binks_1",
    ]  # fmt: skip
    assert found["s"] == ["Amy Cole = amy", "Mill Lane ?", "Blue Anchor on Mill Lane = blue anchor"]


def test_what_was_not_known_by_a_day_names_nobody_then(town: World) -> None:
    town.people("""
        id | agency | person | name       | received
        30 | police | late   | Ivo Marsh  | 2026-03-01
    """)
    build = town.events("""
        id | agency | who             | text
        a  | police | police/1 victim | Ivo Marsh came.
    """).served()
    rows = build.pages().execute("select thing_key, known_from_on from mentioned_as").fetchall()
    assert [tuple(row) for row in rows] == [("late", "2026-03-01")]
    assert build.pages().execute("select known_from_on, candidates from mentioned").fetchone()[:] == (
        "2026-01-05",
        1,
    )


def test_a_tie_that_began_later_names_nobody_before(town: World) -> None:
    """Two are called Rachel: who is meant is told only by the tie, known since March."""
    build = (
        town.people("""
            id | agency | person | name        | born
            20 | police | vera   | Vera Holt   | 2011-03-04
            21 | police | rach   | Rachel Holt | 1981-03-04
            """)
        .ties("""
            agency | from      | kind      | to        | received
            police | police/21 | mother of | police/20 | 2026-03-01
            """)
        .events("""
            id | agency | who              | plate   | text                            | received
            a  | police | police/20 victim |         | Rachel rang about a part QQ18.  | 2026-01-05
            b  | police | police/20 driver | QQ18SAG |                                 | 2026-03-08
            """)
        .served()
    )
    rows = build.pages().execute(
        "select kind, thing_key, is_taken, known_from_on, known_until_on from mentioned_as order by kind"
    )
    assert [tuple(row) for row in rows] == [
        ("person", "rach", 1, "2026-03-01", None),
        ("vehicle", "QQ18SAG", 1, "2026-03-08", None),
    ]


def test_ethnicity_nationality_and_religion_change_nothing(town: World) -> None:
    def rows(of: World, build_id: str) -> list[list[tuple[object, ...]]]:
        cursor = of.served(build_id=build_id).analysis()
        return [
            cursor.execute(f"select * from {t} order by all").fetchall()
            for t in ("mentioned", "mentioned_as")
        ]

    events = """
        id | agency | who             | text
        a  | police | police/1 victim | Mohammed Khan met Amy Cole; Smiley drove.
    """
    before = rows(town.events(events), "b1")
    for number, row in enumerate(town.rows["person_record"]):
        row |= {
            "ethnicity_text": f"e{number}",
            "nationality_text": f"n{number}",
            "religion_text": f"r{number}",
        }
    assert before[0]
    assert rows(town, "b2") == before
