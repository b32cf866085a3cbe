"""Whom and what do words of texts name? Drawn records and texts; what each text names, with whom or what it was taken to be.

In what is expected, "Amy Cole = amy" is words taken to name amy, "Amy ? amy, ann" words that may name either, "Amy ?" words of which the
records say nothing.
"""

from __future__ import annotations

from collections import defaultdict

import duckdb
import pytest

from engage.picture.mentions.resting import adding_days
from engage.picture.mentions.rules import (
    BORNE,
    WHY,
    Candidate,
    Words,
    fits_alone,
    is_own,
    marked,
    nearest,
)
from engage.store.warehouse import Build
from tests.spec.identities.towns import drawn
from tests.spec.picture.drawing import AS_OF, World


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


def named(build: Build, day: str = str(AS_OF)) -> dict[str, list[str]]:
    """Of each text what it names as it is known on a day, where nothing is withheld, in its order."""
    cursor = build.analysis()
    known = f"known_from_on <= '{day}' and coalesce(known_until_on::varchar, '9999') > '{day}'"
    ways: dict[Words, list[Candidate]] = defaultdict(list)
    for *words, key, distance, why, by in cursor.execute(
        f"select record_id, kind, from_sign, until_sign, thing_key, distance, why, by_sign from mentioned_as where {known}"
    ).fetchall():
        ways[Words(*words)] += [Candidate(key, distance, why, by)] if why != BORNE else []
    certain = cursor.execute(
        f"select record_id, kind, from_sign, until_sign from mentioned where is_certain = 1 and {known}"
    ).fetchall()
    text = dict(cursor.execute(f"select record_id, text from narrative where {known}").fetchall())
    found: dict[str, list[str]] = defaultdict(list)
    for words in marked((Words(*row) for row in certain), ways):
        some = nearest(ways.get(words, ()))
        keys = ", ".join(one.key.split("|")[0] for one in some)
        said = f"{text[words.record_id][words.start : words.end]} {'=' if fits_alone(some) else '?'} {keys}"
        found[words.record_id.split(":", 3)[3]].append(said.strip())
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
    assert named(build, "2026-02-28") == {}
    assert named(build, "2026-03-01") == {"a": ["Ivo Marsh = late"]}


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
    assert named(build, "2026-02-28") == {"a": ["Rachel ? mum, rach", "a part QQ18 ?"]}
    assert named(build, "2026-03-01") == {"a": ["Rachel = rach", "a part QQ18 ?"]}
    assert named(build, "2026-03-08") == {"a": ["Rachel = rach", "a part QQ18 = QQ18SAG"]}


def test_a_name_that_a_record_gives_later_names_nobody_before_and_a_former_one_still_does(
    town: World,
) -> None:
    town.people("""
        id | agency | person | name        | received   | until      | version
        30 | police | ivo    | Ivo Hartley | 2026-01-01 | 2026-03-01 | 1
        30 | police | ivo    | Ivo Marsh   | 2026-03-01 |            | 2
        31 | police | gone   | Uma Farrow  | 2026-01-01 | 2026-03-01 |
    """)
    build = town.events("""
        id | agency | who             | text
        a  | police | police/1 victim | Ivo Marsh came with Uma Farrow; her friend Ivo Hartley left.
    """).served()
    assert named(build, "2026-02-28")["a"] == ["Ivo Marsh ?", "Uma Farrow = gone", "Ivo Hartley = ivo"]
    assert named(build, "2026-03-01")["a"] == ["Ivo Marsh = ivo", "Ivo Hartley = ivo"]


def test_a_former_plate_still_names_the_vehicle_and_a_withdrawn_one_names_none(town: World) -> None:
    town.events("""
        id | agency | who             | plate   | text                  | received
        p  | police | police/4 driver | QQ18SAG | A car, part plate QQ18. | 2026-01-05
        q  | police | police/4 driver | QQ71SAG |                       | 2026-01-05
    """)
    for row in town.rows["vehicle"]:
        row["known_until_on"] = "2026-03-01" if row["plate"] == "QQ18SAG" else None
    build = town.served()
    assert named(build, "2026-02-28")["p"] == ["car, part plate QQ18 = QQ18SAG"]
    assert named(build, "2026-03-01")["p"] == ["car, part plate QQ18 ?"]


def rests_of(build: Build, thing: str) -> set[frozenset[tuple[str, str]]]:
    """What access to each way that leads to a thing rests on: handling and kind."""
    rows = build.pages().execute(
        """select a.rowid, b.handling, x.kind from mentioned_as a join mentioned_access x using (access_set) join access_base b on b.access_base = x.access_base
        where a.thing_key = ?""",
        [thing],
    )
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for way, handling, kind in rows:
        found[way].add((handling, kind))
    return {frozenset(parts) for parts in found.values()}


def test_who_met_in_something_guarded_is_named_to_those_who_may_see_all_of_it(town: World) -> None:
    """The event is guarded; of the parts in it one is."""
    town.people("""
        id | agency | person | name         | born
        40 | police | kit    | Kit Farrow   | 2009-01-01
        41 | police | kitty  | Kitty Farrow | 2008-01-01
    """).events("""
        id | agency | who                           | text             | handling
        a  | police | police/1 victim               | Kit was there.   |
        b  | police | police/1 victim, police/40 x  |                  | C
    """)
    for row in town.rows["role"]:
        if row["event_record_id"].endswith(":b"):
            row["handling"] = "P" if row["thing_record_id"].endswith(":40") else ""
    met = {("", "person_record"), ("", "role"), ("P", "role"), ("", "event"), ("C", "event")}
    assert frozenset(met) in rests_of(town.served(), "kit")
    assert all(
        ("C", "event") in rests or len(rests) == 1 for rests in rests_of(town.served(build_id="b2"), "kit")
    )


def test_what_people_are_tied_to_rests_on_the_tie_the_event_and_both_parts(town: World) -> None:
    town.events("""
        id | agency | who             | plate   | text                    | handling
        a  | police | police/4 victim |         | A car, part plate QQ18. |
        b  | police | police/4 driver | QQ18SAG |                         |
    """)
    for row in town.rows["role"]:
        if row["event_record_id"].endswith(":b"):
            row["handling"] = "C" if row["thing"] == "vehicle" else "P"
    tied = {("", "role"), ("", "event"), ("", "vehicle"), ("P", "role"), ("C", "role")}
    assert frozenset(tied) in rests_of(town.served(), "QQ18SAG")


def test_each_record_that_bears_the_name_decides_for_itself(town: World) -> None:
    """Two records of one person: whoever may see either finds the person named."""
    town.people("""
        id | agency             | person | name         | handling
        50 | police             | una    | Una Sparrow  | C
        51 | childrens_services | una    | Una Sparrow  |
    """).events("""
        id | agency | who             | text
        a  | police | police/1 victim | Una Sparrow came.
    """)
    build = town.served()
    assert named(build)["a"] == ["Una Sparrow = una"]
    assert rests_of(build, "una") == {frozenset({("C", "person_record")}), frozenset({("", "person_record")})}


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


def test_too_many_are_nobody_in_particular_and_who_came_later_is_not_counted_before(town: World) -> None:
    rows = "\n".join(
        f"{20 + n} | police | dee{n:02} | Dee Hartwell | 19{60 + n}-01-02 | {'2026-03-01' if n == 11 else '2026-01-02'}"
        for n in range(1, 12)
    )
    build = (
        town.people(f"id | agency | person | name | born | received\n{rows}")
        .events("id | agency | who | text\ne1 | police | police/4 | Dee Hartwell was in the car.")
        .served()
    )
    ten = ", ".join(f"dee{n:02}" for n in range(1, 11))
    assert named(build, "2026-02-28")["e1"] == [f"Dee Hartwell ? {ten}"]
    assert named(build, "2026-03-01")["e1"] == ["Dee Hartwell ?"]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([(1, 1, 5), (2, 2, 4)], [1]),
        ([(1, 1, 3), (2, 6, 9), (3, 4, 5)], [1, 2, 3]),
        ([(1, 1, 3), (2, 3, 9), (3, 2, 8)], [1, 2, 3]),
        ([(1, 4, 5), (2, 1, 9)], [1, 2]),
    ],
    ids=["within one before it", "in a gap", "across two", "longer than one before it"],
)
def test_only_what_one_way_before_it_has_all_days_of_is_left_out(
    rows: list[tuple[int, int, int]], kept: list[int]
) -> None:
    held = ", ".join(
        f"({place}, 1, date '2026-01-0{since}', date '2026-01-0{until}')" for place, since, until in rows
    )
    found = duckdb.sql(
        f"from (values {held}) as r(place, of, since, until) qualify {adding_days('of', 'place')}"
    )
    assert sorted(row[0] for row in found.fetchall()) == kept


def test_a_reason_to_look_at_somebody_opens_their_own_records_and_no_tie_of_others() -> None:
    own = {(why, distance) for why in WHY for distance in (12, 22, 32, 41) if is_own(why, distance)}
    assert own == {(why, d) for why in ("part", "called") for d in (12, 22, 32, 41)} | {("above", 12)}
