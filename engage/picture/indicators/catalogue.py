"""Which indicators are there? One plain file each: the product's, and what an area adds or puts in the place of one.

A file says what an indicator means and does not mean, who normally holds it, its source, version and review, and as one readable select which
records speak for it. A select may read the views of `indicators.views` and nothing else: no score can be made in it, and what people are by
birth is not there to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

import engage
from engage.picture.indicators.rules import CLASSES, Check, Indicator, Pattern
from engage.picture.indicators.views import LINKED, READABLE
from engage.store.area import Area
from engage.store.statements import tables_read
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


# Each stage that finds indicators ships its own files.
SHIPPED = "*/indicators/catalogue/*.yaml"
_NEEDED = ("code", "title", "class", "means", "does_not_mean", "window_days", "holders", "source", "version", "effective", "review", "owner")  # fmt: skip
_FURTHER = ("is_on", "evidence", "reads", "themes", "pattern", "check")


class CatalogueWrong(EngageError):
    """A file of the catalogue cannot be used: names the file, the entry and the remedy."""


def load(folder: Path | None = None) -> Mapping[str, Indicator]:
    """The shipped catalogue with what an area's folder adds or replaces, by code in the order of the codes. Raises CatalogueWrong."""
    own = sorted(folder.glob("*.yaml")) if folder and folder.is_dir() else []
    files = [*sorted(Path(engage.__file__).parent.glob(SHIPPED)), *own]
    return _load(tuple((file, file.stat().st_mtime_ns) for file in files))


def folder_of(area: Area) -> Path:
    """Where an area keeps indicators of its own."""
    return area.folder / "indicators"


def of_area(area: Area) -> Mapping[str, Indicator]:
    """All indicators of an area, by code. Raises CatalogueWrong."""
    return load(folder_of(area))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Indicator]:
    raw: dict[str, dict[str, Any]] = {}
    by: dict[str, Path] = {}
    for file, _at in files:
        content = _read(file)
        code = str(content.get("code") or "")
        # An area's file names only what it wants otherwise.
        raw[code] = {**raw.get(code, {}), **content}
        by[code] = file
    return {code: _indicator(by[code], content) for code, content in sorted(raw.items(), key=_in_order)}


def _in_order(one: tuple[str, dict[str, Any]]) -> tuple[int, str, str]:
    kinds = list(CLASSES)
    kind = one[1].get("class")
    return (kinds.index(kind) if kind in kinds else len(kinds), one[0][:1], one[0][1:].rjust(3))


def _read(file: Path) -> dict[str, Any]:
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    if not isinstance(content, dict) or not content.get("code"):
        raise _wrong(file, "code", N_("Name the indicator's code first."))
    for key in content:
        if key not in {*_NEEDED, *_FURTHER}:
            raise _wrong(
                file, str(key), N_("Take it out, or see the reference for what an indicator's file may say.")
            )
    return content


def _indicator(file: Path, raw: Mapping[str, Any]) -> Indicator:
    for key in _NEEDED:
        if raw.get(key) in (None, "", []):
            raise _wrong(file, key, N_("Every indicator must say it."))
    if raw["class"] not in CLASSES:
        raise _wrong(
            file, str(raw["class"]), N_("A class is harm, exposure, vulnerability, context or protective.")
        )
    for key in ("effective", "review"):
        if not isinstance(raw[key], date):
            raise _wrong(file, f"{key}: {raw[key]}", N_("Write a day as 2026-04-01."))
    sql = str(raw.get("evidence") or "").strip()
    is_linked = bool(sql) and _check_reads(file, sql)
    if sql and not raw.get("reads"):
        raise _wrong(file, "reads", N_("Say the kinds of record that it is looked for in."))
    pattern = raw.get("pattern")
    return Indicator(
        code=str(raw["code"]), title=raw["title"], kind=raw["class"], means=raw["means"], does_not_mean=raw["does_not_mean"],
        window_days=int(raw["window_days"]), holders=tuple(raw["holders"]), source=raw["source"], version=str(raw["version"]),
        effective_on=raw["effective"], review_on=raw["review"], owner=raw["owner"], is_on=bool(raw.get("is_on", True)), sql=sql,
        reads=tuple(raw.get("reads") or ()), themes=tuple(raw.get("themes") or ()),
        pattern=Pattern(pattern["at_least"], pattern["within_days"], bool(pattern.get("same"))) if pattern else None,
        checks=tuple(_checks(raw.get("check") or ())), is_linked=is_linked,
    )  # fmt: skip


def _check_reads(file: Path, sql: str) -> bool:
    """Refuse a step that reads what it may not; say whether it reads links between people."""
    try:
        read = tables_read(sql)
    except ValueError as error:
        raise _wrong(file, str(error), N_("Write one select in the words of DuckDB.")) from None
    for table in sorted(read - READABLE.keys()):
        raise _wrong(
            file, table, Sentence(N_("A step may read only: %(views)s."), {"views": ", ".join(READABLE)})
        )
    return bool(read & LINKED.keys())


def _checks(raw: Any) -> Iterator[Check]:
    for one in raw:
        expected = frozenset(
            (str(who), str(record)) for who, some in one["expect"].items() for record in some
        )
        yield Check(one["what"], {view: tuple(rows) for view, rows in one["given"].items()}, expected)


def _wrong(file: Path, what: str, remedy: str | Sentence) -> CatalogueWrong:
    return CatalogueWrong(
        Sentence(
            N_("%(file)s cannot be used as an indicator: “%(what)s”."), {"file": file.name, "what": what}
        ),
        remedy=remedy,
    )
