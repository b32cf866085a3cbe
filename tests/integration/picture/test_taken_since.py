"""Is a table taken away right after a judgement the one that is taken away when all is built anew?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from engage.cli import picture as picture_commands
from engage.governance.queries import MayNotSee
from engage.identities.actions import judge, withdraw_judgement
from engage.identities.judging.rules import Judged
from engage.identities.models import PersonAssignment
from engage.picture import actions, following
from engage.picture import build as picture
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from tests.integration.identities.conftest import Town
from tests.integration.picture.test_judged_since import street
from tests.spec.identities.towns import AS_OF, MAUD_AND_EDITH, drawn
from tests.spec.picture.drawing import World


__all__ = ["street"]
pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
Taken = dict[str, Counter[str]]
TAKERS = (
    {"role": "operator", "agency": "", "purpose": "data_quality"},
    {"role": "operator", "agency": "", "purpose": "linkage_review"},
)
WITH_PERSONS = {name for name, table in actions.EXPORTED.items() if "person_id" in table.column_names()}


def test_every_table_with_persons_follows() -> None:
    assert WITH_PERSONS <= following.FOLLOW
    assert len(WITH_PERSONS) >= 7


def taken(build: Build, viewing: Maker, folder: Path, tables: frozenset[str] = following.FOLLOW) -> Taken:
    """The rows of each table, whatever their order, as each of those who may take them away gets them."""
    found = {}
    for number, who in enumerate(TAKERS):
        for table in sorted(tables):
            out = folder / f"{table}{number}.parquet"
            try:
                actions.export_table(viewing=viewing(**who), build=build, table=table, out=out)
            except MayNotSee:
                found[f"{table} {number}"] = Counter[str]()
            else:
                found[f"{table} {number}"] = Counter(map(str, pq.read_table(out).to_pylist()))
    return found


# Joining made nothing of what is drawn here: the tables of joining are tried on a town that is linked, below.
# What a judgement newly makes of two people comes with the next build (tests/spec/picture/test_indicators.py).
DRAWN = following.FOLLOW - {"cluster", "link_proposal", "proposal", "evidence"}


@pytest.mark.parametrize(
    "moves",
    [
        {"police/5": "ANA"},
        {"police/2": "NEW"},
        {"childrens_services/1": "NEW", "police/2": "NEW"},
        {"education/7": "ANA"},
        {"education/3": "BEN", "police/6": "ANA"},
    ],
    ids=lambda moves: " ".join(f"{record}>{person}" for record, person in moves.items()),
)
def test_what_records_say_goes_where_they_went(
    street: World, viewing: Maker, tmp_path: Path, moves: dict[str, str]
) -> None:
    street.people("""
        id | agency | person | name      | born | phone
        29 | police | ANA    | A Petal   |      | 07000123456
        30 | police | GUS    | Gus Reed  |      |
    """)
    street.events("""
        id | agency | who                                      | plate   | place | when
        e6 | police | police/2 seen, police/29 seen, police/6 seen | QQ11ABC | Pier  | 2026-02-04
    """)
    street.served()
    before = taken(street.warehouse.current(), viewing, tmp_path, DRAWN)
    for name, person in moves.items():
        PersonAssignment.objects.create(
            record_id=street.named(name), person_id=person, assigned_at=viewing().at, cause="judgement"
        )
    judged = taken(street.warehouse.current(), viewing, tmp_path, DRAWN)

    street.person_of.update({street.named(name): person for name, person in moves.items()})
    street.served(build_id="b2")
    anew = taken(street.warehouse.current(), viewing, tmp_path, DRAWN)

    assert judged == anew
    assert judged != before
    assert sum(map(len, judged.values())) > 30


# a and b are one, c and d are one; p is half a name; e and f look alike but for the year.
TOWN = [
    *MAUD_AND_EDITH,
    *drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    p  | Maud     |           | 2009-09-01..2010-09-01 | female | 3 Weir Lane |
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane |
    e  | Ivy      | Dunmow    | 1990-05-17 | female | 3 Weir Lane |
    f  | Ivy      | Dunmow    | 1991-05-17 | female | 5 Far Row   |
"""),
]


class LaidOut(Town):
    """A town that is linked, given ids, and laid out for pages."""

    def made(self, *rows, **how):  # type: ignore[no-untyped-def]
        how["laid_out"] = lambda aside: picture.build(
            aside.connection, pages_file=aside.pages_file, as_of=AS_OF
        )
        return super().made(*rows, **how)


@pytest.fixture
def town(area: Area, db: None) -> LaidOut:
    made = LaidOut(area)
    made.made(TOWN)
    return made


def say(town: Town, viewing: Maker, one: str, other: str, says: str) -> Judged:
    look = replace(viewing(), viewer=replace(viewing().viewer, user_id=f"{one}{other}{says}"))
    left, right = (f"zz:police:persons:{name}" for name in (one, other))
    return judge(viewing=look, build=town.build, left=left, right=right, says=says, reason="seen both")


COURSES = {
    "two are one": [("a", "c", "same")],
    "one is two": [("a", "b", "different")],
    "half a name is somebody's": [("a", "p", "same")],
    "one is two, and part of another": [("c", "d", "different"), ("d", "e", "same")],
    "look-alikes are one": [("e", "f", "same")],
}


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)
def test_what_is_taken_after_a_judgement_is_what_is_taken_after_a_new_build(
    town: Town, viewing: Maker, tmp_path: Path, course: list[tuple[str, str, str]]
) -> None:
    before = taken(town.build, viewing, tmp_path)
    for one, other, says in course:
        say(town, viewing, one, other, says)
    judged = taken(town.build, viewing, tmp_path)
    town.made(TOWN)
    assert judged == taken(town.build, viewing, tmp_path)
    assert judged != before


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("said", "2 records moved to another person by what was judged since the build: the table follows."),
        ("link_pair", "2 records moved to another person by what was judged since the build: these pairs are those that the build compared, and follow at the next."),
        ("event", ""),
    ],
)  # fmt: skip
def test_the_file_comes_with_what_was_judged_since_the_build(
    town: Town, viewing: Maker, tmp_path: Path, table: str, told: str
) -> None:
    def note() -> str:
        out = tmp_path / "out.csv"
        made = actions.export_table(viewing=viewing(**TAKERS[1]), build=town.build, table=table, out=out)
        return picture_commands.since_the_build(made)

    assert note() == ""
    say(town, viewing, "a", "c", "same")
    assert note() == told
    town.made(TOWN)
    assert note() == ""


def test_what_is_taken_after_a_judgement_was_taken_back_is_what_was_taken_before_it(
    town: Town, viewing: Maker, tmp_path: Path
) -> None:
    before = taken(town.build, viewing, tmp_path)
    done = say(town, viewing, "a", "c", "same")
    town.made(TOWN)
    assert taken(town.build, viewing, tmp_path) != before
    look = replace(viewing(), viewer=replace(viewing().viewer, user_id="acsame"))
    withdraw_judgement(viewing=look, build=town.build, seq=done.seq, why="mistaken")
    assert taken(town.build, viewing, tmp_path) == before
    town.made(TOWN)
    assert taken(town.build, viewing, tmp_path) == before
