"""Can what the how-to shows be used as it stands there?"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from engage.records.mapping.faults import faults_of


PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "map-an-agencys-files.md"
TOP = """
mapping: shown
version: "1"
agency: police
agreement: ISA-1
purpose: safeguarding_child
code_lists: {kinds: {CR: crime}}
files:
  persons: {id: NOMINAL, makes: [person: {surname: NAME}]}
  nominals: {id: URN, makes: [person: {surname: NAME}]}
  crimes: {id: REF, makes: [event: {kind: {constant: crime}}]}
  stops: {id: REF, makes: [event: {kind: {constant: stop}}]}
"""
BLOCKS = [
    textwrap.dedent(block)
    for block in re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", PAGE.read_text(encoding="utf-8"), re.M)
]
FILES = [block for block in BLOCKS if "makes:" in block]
RECIPES = re.findall(r"^    (\w+): (\{.*?\})  ", PAGE.read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("block", FILES, ids=lambda block: block.split(":")[0])
def test_a_file_is_said_as_it_is_checked(block: str):
    shown = textwrap.dedent(block.removeprefix("files:\n"))
    assert faults_of(TOP + textwrap.indent(shown, "  ").replace("  persons:", "  others:", 1))[0] == []


def test_there_are_examples_of_each_knot():
    assert len(FILES) == 4
    assert len(RECIPES) >= 7


@pytest.mark.parametrize(("field", "recipe"), RECIPES)
def test_a_recipe_is_said_as_it_is_checked(field: str, recipe: str):
    kind = "event" if field in ("kind", "title", "grade") else "person"
    event = "" if field == "kind" or kind == "person" else ", kind: {constant: crime}"
    entry = f"  shown: {{id: REF, makes: [{kind}: {{{field}: {recipe}{event}}}]}}\n"
    assert faults_of(TOP + entry)[0] == []
