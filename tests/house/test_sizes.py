"""Is everything small enough to be read at once?

A limit may be passed only by a line in PASSES, with the reason beside it.
"""

from __future__ import annotations

import ast

import pytest

from tests.house import tree


MODULE, FUNCTION, VIEW, ARGUMENTS, SQL_STEP, TEMPLATE, MODULES_OF_A_STAGE = 300, 40, 30, 6, 60, 150, 20
STAGES = ("governance", "records", "identities", "picture")
PASSES = {
    "engage/records/tables.py": "a declaration of tables, one line a column: there is nothing to split but the words",
}


def _too_long(found: dict[str, int], limit: int) -> dict[str, int]:
    return {name: size for name, size in found.items() if size > limit and name not in PASSES}


def test_modules():
    lines = {tree.name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tree.modules()}
    assert _too_long(lines, MODULE) == {}


def test_functions_and_views():
    functions, views = {}, {}
    for path in tree.modules():
        for node in tree.functions(path):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            (views if path.name == "views.py" else functions)[f"{tree.name(path)}::{node.name}"] = size
    assert _too_long(functions, FUNCTION) == {}
    assert _too_long(views, VIEW) == {}


def test_arguments():
    counted = {}
    for path in tree.modules():
        for node in tree.functions(path):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            counted[f"{tree.name(path)}::{node.name}"] = len(
                [one for one in given if one.arg not in ("self", "cls")]
            )
    assert _too_long(counted, ARGUMENTS) == {}


def test_sql_steps():
    lengths = {}
    for path in tree.modules():
        for node in ast.walk(tree.tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Step":
                lengths[f"{tree.name(path)}:{node.lineno}"] = (
                    (node.end_lineno or node.lineno) - node.lineno + 1
                )
    assert _too_long(lengths, SQL_STEP) == {}


def test_templates():
    lines = {
        tree.name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in (tree.ROOT / "engage").rglob("*.html")
    }
    assert lines
    assert _too_long(lines, TEMPLATE) == {}


@pytest.mark.parametrize("stage", STAGES)
def test_modules_of_a_stage(stage):
    modules = {f"engage/{stage}": len(list((tree.ROOT / "engage" / stage).glob("[!_]*.py")))}
    assert _too_long(modules, MODULES_OF_A_STAGE) == {}


def test_an_exception_is_still_needed():
    missing = [name for name in PASSES if not (tree.ROOT / name.split(":")[0]).exists()]
    assert missing == []
