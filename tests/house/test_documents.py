"""Do the documents lead where they say, and do they name commands that exist?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import tree


DOCUMENTS = [path for path in tree.committed() if path.suffix == ".md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
COMMAND = re.compile(r"(?:^|`)\s*engage ([a-z][a-z-]*)", re.MULTILINE)
DECISION = re.compile(r"^\d{4}-[a-z0-9-]+\.md$")


def _anchors(document: Path) -> set[str]:
    titles = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def _dead(document: Path) -> list[str]:
    dead = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (document.parent / file).resolve() if file else document
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in _anchors(target)):
            dead.append(link)
    return dead


@pytest.mark.parametrize("document", DOCUMENTS, ids=tree.name)
def test_no_link_is_dead(document):
    assert _dead(document) == []


def test_every_decision_is_one_page_with_the_three_parts():
    for document in (tree.ROOT / "docs" / "decisions").glob("*.md"):
        text = document.read_text(encoding="utf-8")
        assert DECISION.match(document.name), document.name
        assert len(text.splitlines()) <= 60, document.name
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, f"{document.name} lacks “{part}”"


def test_documents_name_only_commands_that_exist():
    import typer.main

    from engage.cli import main

    if not main.app.registered_commands:
        main.register()
    known = set(typer.main.get_command(main.app).commands)
    for document in DOCUMENTS:
        named = set(COMMAND.findall(document.read_text(encoding="utf-8")))
        assert named <= known, f"{tree.name(document)} names {sorted(named - known)}"
