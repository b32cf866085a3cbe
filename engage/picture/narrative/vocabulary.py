"""Which words of published guidance are looked for in texts? Plain files, the product's and what an area adds to them.

words.yaml: lists of words that stand for one another. themes/*.yaml: what is looked for, one theme a file, each entry under the guidance
that it rests on. context.yaml: what turns an entry's meaning. mentions.yaml: words by which people, places and vehicles that are named are told from
other words. An area adds files of the same names in `AREA/phrases`: further words of a
list, further entries of a theme, or a theme of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engage.picture.narrative.rules import POLARITIES
from engage.picture.narrative.words import lists
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


SHIPPED = Path(__file__).parent / "phrases"
# What reads by the files: what was read by other code is read again.
_CODE = tuple(
    SHIPPED.parents[1] / package / f"{module}.py"
    for package, modules in (
        (
            "narrative",
            ("ages", "context", "finding", "forms", "reading", "rows", "rules", "sentences", "whom", "words"),
        ),
        ("mentions", ("finding", "hints", "naming", "patterns", "rules", "runs", "throughout")),
    )
    for module in modules
)
_NEEDED = ("code", "title", "means", "does_not_mean")


class VocabularyWrong(EngageError):
    """A file of a vocabulary cannot be used: names the file and what is wrong in it."""


@dataclass(frozen=True)
class Entry:
    """One way of speaking of a theme, as it is written in the file, with the guidance it rests on; `polarity` "" where the sentence
    decides what is made of it. A weak one is not found in a sentence that speaks of one of the themes `gives_way_to`, or of any
    other where it names none: "would not say where the cash came from" is of money. What stands under `faint` in a file is weak and gives way to any."""

    theme: str
    words: str
    source: str
    polarity: str = ""
    is_weak: bool = False
    gives_way_to: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Theme:
    """Something that texts speak of: what it means when one does, and what it does not."""

    code: str
    title: str
    means: str
    does_not_mean: str


@dataclass(frozen=True)
class Vocabulary:
    """All that is looked for. `version` is a digest of the files and of the code that reads by them: a text that was read with it need not be
    read again."""

    themes: Mapping[str, Theme]
    entries: tuple[Entry, ...]
    lists: Mapping[str, frozenset[str]]
    macros: Mapping[str, tuple[str, ...]]
    context: Mapping[str, frozenset[str]]
    mentions: Mapping[str, frozenset[str]]
    version: str


def load(*further: Path) -> Vocabulary:
    """The shipped vocabulary with what these folders add. Raises VocabularyWrong."""
    return _load(tuple(folder for folder in (SHIPPED, *further) if folder.is_dir()))


@cache
def _load(folders: tuple[Path, ...]) -> Vocabulary:
    files = [file for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    raw = {file: _read(file) for file in files}
    words: dict[str, list[object]] = {}
    macros: dict[str, tuple[str, ...]] = {}
    context: dict[str, list[object]] = {}
    mentions: dict[str, list[object]] = {}
    themes: dict[str, Theme] = {}
    entries: list[Entry] = []
    for file, content in raw.items():
        if file.name == "words.yaml":
            _extend(words, content.get("words", {}))
            macros |= {name: tuple(some) for name, some in content.get("macros", {}).items()}
        elif file.name == "context.yaml":
            _extend(context, dict(_flat(content)))
        elif file.name == "mentions.yaml":
            _extend(mentions, content)
        else:
            theme = _theme(file, content, themes)
            themes[theme.code] = theme
            entries += _entries(theme.code, content)
    try:
        known = lists(words)
    except KeyError as error:
        raise _wrong(Path("words.yaml"), f"<{error.args[0]}>", N_("Name a list that stands above.")) from None
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in (*files, *_CODE))).hexdigest()[:16]
    return Vocabulary(themes, tuple(entries), known, macros, lists(context), lists(mentions), digest)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    if not isinstance(content, dict):
        raise _wrong(file, str(content)[:40], N_("Write names with lists under them."))
    return content


def _extend(lists_of: dict[str, list[object]], further: Mapping[str, Any]) -> None:
    for name, some in further.items():
        lists_of.setdefault(name, []).extend(some)


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, list[object]]]:
    """Each list of context.yaml under its name and, where it has them, how far it reaches: `negated.before`."""
    for name, some in content.items():
        if isinstance(some, dict):
            yield from ((f"{name}.{reach}", phrases) for reach, phrases in some.items())
        else:
            yield name, some


def _theme(file: Path, content: Mapping[str, Any], known: Mapping[str, Theme]) -> Theme:
    code = str(content.get("code"))
    if code in known:
        return known[code]
    missing = [name for name in _NEEDED if not str(content.get(name) or "").strip()]
    if missing:
        raise _wrong(file, missing[0], N_("Say code, title, means and does_not_mean."))
    return Theme(*(str(content[name]) for name in _NEEDED))


def _entries(theme: str, content: Mapping[str, Any]) -> Iterator[Entry]:
    for key, polarity in (("says", ""), *((polarity, polarity) for polarity in POLARITIES)):
        for source, some in (content.get(key) or {}).items():
            yield from (Entry(theme, str(words), str(source), polarity) for words in some)
    others = frozenset(map(str, content.get("gives_way_to") or ()))
    for source, some in (content.get("weak") or {}).items():
        yield from (Entry(theme, str(words), str(source), "", True, others) for words in some)
    for source, some in (content.get("faint") or {}).items():
        yield from (Entry(theme, str(words), str(source), "", True) for words in some)


def _wrong(file: Path, what: str, remedy: str) -> VocabularyWrong:
    return VocabularyWrong(
        Sentence(
            N_("%(file)s cannot be used as a vocabulary: “%(what)s”."), {"file": file.name, "what": what}
        ),
        remedy=remedy,
    )
