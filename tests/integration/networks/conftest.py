"""The site of tests on people, on a world in which Max drives two children who do not know each other to a flat."""

from __future__ import annotations

import pytest

from tests.integration.people.conftest import sign_in, world
from tests.spec.picture.drawing import World


__all__ = ["sign_in", "world"]


@pytest.fixture
def two(world: World) -> World:
    """Ana and Bea, each with a sign of harm; Max, in a car with each and at a flat with each; Sue, whose work it is to report; Ana's mother."""
    world.people("""
        id | agency             | person | name       | born       | address
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 3 Weir Lane
        2  | police             | ANA    | Ana Petal  | 2010-03-01 |
        3  | police             | BEA    | Bea Reed   | 2011-05-05 |
        4  | police             | MAX    | Max Tarn   | 1998-01-01 |
        5  | police             | MUM    | May Petal  | 1980-01-01 | 3 Weir Lane
        6  | police             | CAT    | Cat Moss   | 2010-07-07 |
        7  | police             | SUE    | Sue Worker | 1985-01-01 |
        8  | police             | LEN    | Len Pool   | 1990-07-07 |
    """).events("""
        id | agency | who             | kind          | when
        h1 | police | police/2 victim | investigation | 2026-01-10
        h2 | police | police/3 victim | investigation | 2026-01-11
        h3 | police | police/6 victim | investigation | 2026-01-12
    """).events("""
        id | agency | who                                                      | kind         | when       | plate   | place                | grade | handling
        e1 | police | police/2 passenger, police/4 driver, police/8 passenger  | stop         | 2026-02-01 | QQ11ABC |                      |       |
        e2 | police | police/3 passenger, police/4 driver, police/8 passenger  | stop         | 2026-02-10 | QQ11ABC |                      |       |
        e3 | police | police/2 subject, police/4 subject, police/5 subject     | intelligence | 2026-02-20 |         | Flat 2 for Ana Petal | 2BP   |
        e4 | police | police/3 subject, police/4 subject                       | intelligence | 2026-03-01 |         | Flat 2 for Ana Petal | 3DP   |
        e5 | police | police/6 subject, police/4 subject                       | intelligence | 2026-03-05 |         | Flat 2 for Ana Petal | 1AC   | C
        r1 | police | police/2 missing person, police/7 reporting person       | missing      | 2026-01-21 |         |                      |       |
        r2 | police | police/3 missing person, police/7 reporting person       | missing      | 2026-01-22 |         |                      |       |
        r3 | police | police/6 missing person, police/7 reporting person       | missing      | 2026-01-23 |         |                      |       |
    """)  # fmt: skip
    for role in world.rows["role"]:
        if role["event_record_id"].endswith(":e5"):
            role["handling"] = "C"
    world.served()
    return world
