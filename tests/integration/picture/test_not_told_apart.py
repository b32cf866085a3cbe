"""Do ethnicity, nationality, religion and deprivation decide anything: who is joined, found, listed, or in what order?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

import pytest

from engage.picture import queries
from engage.picture.rules import Sought
from engage.vocabulary.access import Viewing
from tests.house import tree
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
FIELDS = ("ethnicity", "nationality", "religion")
WORDS = ("ethnic", "nationality", "religio", "depriv")
# Where a record's own words of it are kept, counted whether they are there, and shown with who says so.
MAY_NAME_THEM = ("engage/records/", "engage/picture/laying/steps.py", "engage/picture/reading.py", "engage/web/people/words.py", "engage/example/", "engage/vocabulary/", "engage/identities/measuring/", "engage/web/deliveries/groups.py")  # fmt: skip
# What measures how right the joins are for each group of people; whatever makes joins or lists knows nothing of it.
MEASURES, MAKES = "engage.identities.measuring", ("engage/identities/linking/", "engage/identities/judging/", "engage/identities/checking/", "engage/identities/build.py", "engage/picture/")  # fmt: skip
PEOPLE = """
    id | agency             | person | name        | born       | address      | phone       | cohort
    ---+--------------------+--------+-------------+------------+--------------+-------------+---------
    1  | childrens_services | ANA    | Ana Petal   | 2010-03-01 | 12 Reed Close| 07000123456 |
    2  | police             | ANA    | Anna Petal  | 2010-03-01 |              | 07000123456 |
    3  | police             | BEN    | Ana Pettle  | 2009-02-01 | 12 Reed Close|             |
    4  | charity            | CAT    | Hana Petal  | 2011-03-01 | 12 Reed Close|             |
    5  | education          | DAN    | Ana Petal   | 2012-03-01 |              |             | register
    6  | childrens_services | DAN    | Ana Petal   | 2012-03-01 |              |             |
"""


def _everything_shown(world: World, viewing: Viewing, build_id: str, shift: int | None) -> list[object]:
    for number, row in enumerate(world.rows["person_record"]):
        for field in FIELDS:
            row[f"{field}_text"] = None if shift is None else f"{field} {(number * 3 + shift) % 4}"
    build = world.served(build_id=build_id)
    found = [
        queries.search(viewing=viewing, build=build, sought=Sought(words)).found
        for words in ("Ana Petal", "Petal", "07000123456", "12 Reed Close", "3456")
    ]
    pages = []
    for person in ("ANA", "BEN", "CAT", "DAN"):
        page = queries.person_page(viewing=viewing, build=build, area=world.area, person_id=person)
        pages.append(replace(page, said=tuple(f for f in page.said if f.field not in FIELDS)))
    return [found, pages]


def test_shuffled_or_blank_they_change_no_list_and_no_order(world: World, viewing: Callable[..., Viewing]):
    world.people(PEOPLE)
    world.events("""
        id | agency | who                            | when       | plate
        e1 | police | police/2 victim, police/3 suspect | 2026-02-01 | QQ11ABC
    """)
    world.ties("""
        agency             | from                 | kind      | to
        childrens_services | childrens_services/1 | sister of | childrens_services/6
    """)
    world.proposed("police/3", "childrens_services/1")
    detective = viewing(role="detective", agency="police")
    shown = [
        _everything_shown(world, detective, f"b{number}", shift)
        for number, shift in enumerate((0, 1, 2, None))
    ]
    assert shown[0][0][0], "the drawn people are found"
    assert shown[0] == shown[1] == shown[2] == shown[3]


def test_no_module_that_joins_finds_ties_or_orders_names_them():
    named = {
        tree.name(path)
        for path in tree.modules()
        if not tree.name(path).startswith(MAY_NAME_THEM)
        for node in ast.walk(_without_docstrings(path))
        for text in _texts(node)
        if any(word in text.lower() for word in WORDS)
    }
    assert named == set()


def test_what_makes_joins_and_lists_knows_nothing_of_what_measures_them_by_group():
    imported = {
        (tree.name(path), str(node.module))
        for path in tree.modules()
        if tree.name(path).startswith(MAKES)
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.ImportFrom)
    }
    assert len(imported) > 50
    assert [name for name, module in sorted(imported) if module.startswith(MEASURES)] == []


def _texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [str(getattr(node, part)) for part in ("id", "attr", "arg", "name") if hasattr(node, part)]


def _without_docstrings(path: object) -> ast.Module:
    module = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant("")
    return module
