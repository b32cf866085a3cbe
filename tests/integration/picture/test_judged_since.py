"""Does everybody see of everybody, right after a judgement, what they will see when all is built anew?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engage.identities import assignments
from engage.identities.models import PersonAssignment
from engage.picture import queries, registers
from engage.picture.queries import PersonNotShown
from engage.picture.registers import Known
from engage.picture.rules import PersonPage, SearchResult, Sought
from engage.picture.today import today
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
Seen = dict[tuple[str, str], PersonPage | SearchResult | frozenset[str] | str]

VIEWERS = (
    ("social_worker", "childrens_services"),
    ("business_support", "childrens_services"),
    ("detective", "police"),
    ("nurse", "health"),
    ("education_lead", "education"),
)
PEOPLE = ("ANA", "BEN", "CAZ", "DEE", "EVE", "NEW")
WORDS = (
    "Petal",
    "Dee Petal",
    "T123",
    "Ana Petal",
    "Reed",
    "Eve Linden",
    "Zorka Quandle",
    "07000123456",
    "1 Reed Close",
)
KNOWN = (
    Known(name="Dee Petal", born=date(2011, 5, 6)),
    Known(number="T123"),
    Known(name="Ana Petal", born=date(2010, 1, 3)),
)


@pytest.fixture
def street(world: World) -> World:
    """Three households; the register of schools shows a child only to those who have a reason from elsewhere."""
    world.people("""
        id | agency             | person | name       | born       | address      | postcode | phone       | cohort   | upn
        ---+--------------------+--------+------------+------------+--------------+----------+-------------+----------+-----
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 1 Reed Close | QX1 1AA  |             | case     |
        2  | police             | ANA    | Anna Petal | 2010-03-01 |              |          | 07000123456 | case     |
        3  | education          | ANA    | Ana Petal  | 2010-01-03 | 1 Reed Close | QX1 1AA  |             | register |
        5  | police             | BEN    | Ben Reed   |            | 1 Reed Close | QX1 1AA  |             | case     |
        6  | police             | CAZ    | Caz Reed   |            | 9 Weir Lane  | QX9 9ZZ  |             | case     |
        7  | education          | DEE    | Dee Petal  | 2011-05-06 | 1 Reed Close | QX1 1AA  |             | register | T123
        8  | health             | EVE    | Eve Linden | 2012-01-01 | 9 Weir Lane  | QX9 9ZZ  |             | case     |
        9  | police             | ZOE    | Zorka Lint |            |              |          |             | case     |
        10 | police             | QUA    | Ida Quandle |           |              |          |             | case     |
    """)
    world.events("""
        id | agency             | who                        | kind       | title      | when       | cohort
        ---+--------------------+----------------------------+------------+------------+------------+---------
        e1 | childrens_services | childrens_services/1 child | contact    | Front door | 2026-01-02 |
        e2 | police             | police/2 victim            | crime      | Theft      | 2026-02-01 |
        e3 | education          | education/3 pupil          | absence    | Autumn     | 2026-02-02 | register
        e4 | education          | education/7 pupil          | absence    | Spring     | 2026-02-03 | register
        e5 | health             | health/8 patient           | attendance | Clinic     | 2026-02-04 |
    """)
    world.ties("""
        agency             | from                 | kind      | to
        -------------------+----------------------+-----------+-------------
        childrens_services | childrens_services/1 | sister of | police/5
        police             | police/2             | friend of | police/6
        police             | police/5             | cousin of | education/7
    """)
    return world


@pytest.mark.parametrize(
    "moves",
    [
        {"police/5": "ANA"},
        {"police/2": "NEW"},
        {"childrens_services/1": "NEW", "police/2": "NEW"},
        {"education/7": "ANA"},
        {"education/3": "DEE"},
        {"police/10": "ZOE"},
        {"police/9": "QUA"},
        {"health/8": "CAZ", "police/2": "CAZ"},
        {"education/3": "BEN", "police/6": "ANA"},
    ],
    ids=lambda moves: " ".join(f"{record}>{person}" for record, person in moves.items()),
)
def test_what_was_judged_since_the_build_looks_as_if_built_anew(
    street: World, viewing: Maker, moves: dict[str, str]
) -> None:
    street.served()
    untouched = seen_by_all(street, viewing)
    for name, person in moves.items():
        record = street.named(name)
        PersonAssignment.objects.create(
            record_id=record, person_id=person, assigned_at=viewing().at, cause="judgement"
        )
    judged = seen_by_all(street, viewing)

    street.person_of.update({street.named(name): person for name, person in moves.items()})
    street.served(build_id="b2")
    anew = seen_by_all(street, viewing)

    assert judged == anew
    assert judged != untouched


def test_one_person_by_a_judgement_is_found_by_the_first_name_of_one_record_and_the_surname_of_the_other(
    street: World, viewing: Maker
) -> None:
    street.served()
    assert _found(street, "Zorka Quandle", viewing()) == []
    _judged(street, viewing, "police/10", "ZOE")
    assert _found(street, "Zorka Quandle", viewing()) == ["ZOE"]


def test_judgements_are_read_once_until_there_is_another(
    street: World, viewing: Maker, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    build = street.served()
    _judged(street, viewing, "police/10", "ZOE")
    first = today(build)
    with django_assert_num_queries(1):
        assert today(build) == first
    _judged(street, viewing, "police/9", "QUA")
    assert today(build).changed == {"ZOE", "QUA"}
    assert len(today(build).moved) == 2
    _judged(street, viewing, "police/9", "ZOE", cause=assignments.TAKEN_BACK)
    assert today(build) == first


def _judged(
    world: World, viewing: Maker, record: str, person: str, *, cause: str = assignments.JUDGED
) -> None:
    PersonAssignment.objects.create(
        record_id=world.named(record), person_id=person, assigned_at=viewing().at, cause=cause
    )


def _found(world: World, words: str, look: Viewing) -> list[str]:
    build = world.warehouse.current()
    return [one.person_id for one in queries.search(viewing=look, build=build, sought=Sought(words)).found]


def seen_by_all(world: World, viewing: Maker) -> Seen:
    """All pages, searches and looks into registers, by viewer and by what was asked."""
    return {
        (f"{role} {agency}", asked): shown
        for role, agency in VIEWERS
        for asked, shown in _seen(world, viewing(role=role, agency=agency))
    }


def _seen(
    world: World, look: Viewing
) -> Iterator[tuple[str, PersonPage | SearchResult | frozenset[str] | str]]:
    build = world.warehouse.current()
    for person in PEOPLE:
        try:
            page = queries.person_page(viewing=look, build=build, area=world.area, person_id=person)
        except PersonNotShown:
            yield person, "not shown"
        else:
            # Whether it was built or judged is the one thing that may differ.
            yield person, replace(page, is_judged=False, changed_since_build=False)
    for words in WORDS:
        yield words, queries.search(viewing=look, build=build, sought=Sought(words))
    for known in KNOWN:
        yield str(known), registers.exactly(viewing=look, build=build, known=known)
