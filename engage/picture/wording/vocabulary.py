"""Which wordings are noticed, what is better, why, and whose guidance says so? Plain files, the product's and what an area adds.

themes/*.yaml: one theme a file, each wording with all the ways in which it is said. lists.yaml: words that stand for one another. An area adds
files of its own in `AREA/wording`: further wordings of a theme, or a theme of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engage.picture.wording.patterns import example, expression
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


SHIPPED = Path(__file__).parent
LISTS = "lists.yaml"
_NEEDED = ("says", "better", "why", "source")


class WordingWrong(EngageError):
    """A file of wordings cannot be used: names the file and what is wrong in it."""


@dataclass(frozen=True)
class Wording:
    """One wording: its theme, the ways in which it is said (as written in the file), what is better, why, and the guidance it rests on.
    `expression` finds any of the ways, whatever the case of its letters; `examples` are one saying of each way, for people."""

    theme: str
    says: tuple[str, ...]
    better: str
    why: str
    source: str
    expression: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Wordings:
    """All that is noticed: the titles of the themes by code, and the wordings."""

    themes: Mapping[str, str]
    wordings: tuple[Wording, ...]

    def expression_of(self, theme: str) -> str:
        """Finds any wording of a theme, for DuckDB as for Python."""
        return "(?i)(?:" + "|".join(one.expression for one in self.wordings if one.theme == theme) + ")"


def load(*further: Path) -> Wordings:
    """The shipped wordings with what these folders add. Raises WordingWrong."""
    folders = [SHIPPED, *(folder for folder in further if folder.is_dir())]
    files = [file for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    return _load(tuple((file, file.stat().st_mtime_ns) for file in files))


@cache
def _load(stamped: tuple[tuple[Path, int], ...]) -> Wordings:
    """By the times at which the files changed: an area's new wording is noticed without a new start."""
    raw = {file: _read(file) for file, _changed in stamped}
    lists: dict[str, tuple[str, ...]] = {}
    for file, content in raw.items():
        if file.name == LISTS:
            for name, some in content.items():
                lists[name] = (*lists.get(name, ()), *map(str, some))
    themes: dict[str, str] = {}
    found: list[Wording] = []
    for file, content in raw.items():
        if file.name != LISTS:
            code = _theme(file, content, themes)
            found += _wordings(file, code, content, lists)
    return Wordings(themes, tuple(found))


def _read(file: Path) -> dict[str, Any]:
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    if not isinstance(content, dict):
        raise _wrong(file, str(content)[:40], N_("Write names with lists under them."))
    return content


def _theme(file: Path, content: Mapping[str, Any], themes: dict[str, str]) -> str:
    """The theme's code; its title is kept. What an area adds to a theme that is there needs none."""
    code = str(content.get("code") or "")
    title = str(content.get("title") or themes.get(code) or "")
    if not code or not title:
        raise _wrong(file, "code, title", N_("Say the theme's code and its title."))
    themes.setdefault(code, title)
    return code


def _wordings(
    file: Path, theme: str, content: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]
) -> Iterator[Wording]:
    for entry in content.get("wordings") or ():
        missing = [name for name in _NEEDED if not entry.get(name)]
        if missing:
            raise _wrong(file, missing[0], N_("Say of each wording says, better, why and source."))
        says = tuple(map(str, entry["says"]))
        try:
            ways = "|".join(expression(way, lists) for way in says)
            examples = tuple(dict.fromkeys(example(way, lists) for way in says))
            re.compile(ways)
        except (KeyError, re.error) as error:
            raise _wrong(file, f"{says[0]}: {error}", N_("Name a list of lists.yaml, and close what is opened.")) from None  # fmt: skip
        why, source = str(entry["why"]), str(entry["source"])
        yield Wording(theme, says, str(entry["better"]), why, source, f"(?:{ways})", examples)


def _wrong(file: Path, what: str, remedy: str) -> WordingWrong:
    return WordingWrong(
        Sentence(N_("%(file)s cannot be used for wordings: “%(what)s”."), {"file": file.name, "what": what}),
        remedy=remedy,
    )
