"""Whatever the program writes into the access log, a page says in words: found in the source, not in a list kept by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import engage
from engage.web.access import decided, presenters


SOURCE = Path(engage.__file__).parent
AUDITING = {"record_view", "record_decision", "_audit"}


def written(what: str) -> Iterator[tuple[str, str]]:
    """Every code that a call hands to the log as its action or decision, with the file it is in."""
    for file in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in AUDITING:
                given = [k.value for k in call.keywords if k.arg == what]
                if what == "action" and _name(call.func) == "_audit" and len(call.args) > 1:
                    given.append(call.args[1])
                yield from ((file.name, code) for value in given for code in _codes(value))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may be: of `a if b else c` both, whatever `b` compares."""
    if isinstance(value, ast.IfExp):
        yield from (*_codes(value.body), *_codes(value.orelse))
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def test_every_action_has_words() -> None:
    found = set(written("action"))

    assert {"person.view", "identities.explain", "build.served", "act.refused"} <= {code for _, code in found}
    assert [(file, code) for file, code in sorted(found) if presenters.action(code) == code] == []


def test_every_decision_has_words() -> None:
    found = {code for _, code in written("decision")}

    assert {"allow", "nothing", "served"} <= found
    assert found <= set(decided._DECISIONS)
