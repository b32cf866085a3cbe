"""Which clocks are there, and which of them does an area count by? One plain file a version: the product's, and an area's own in `AREA/clocks`.

An area's file says from which day it counts, that it is local and whose it is, and only what it wants otherwise: the rest is as in the version before. What started
before that day counts by the version before. `AREA/clocks/settings.yaml` says which variant is shown first and on which days the area is closed; `nation` in area.yaml
says whose bank holidays count (England's unless said).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from engage.casework.clocks.calendars import NATIONS, calendars
from engage.casework.clocks.reading import ClockWrong, clock_of, events_of, read, wrong
from engage.casework.clocks.rules import Catalogue, Clock, EventKind
from engage.store.area import Area
from engage.vocabulary.words import N_, Sentence
from engage.vocabulary.written import files_of, shipped


HERE = Path(__file__).parent
SETTINGS = "settings.yaml"
__all__ = ["ClockWrong", "faults", "folder_of", "load", "of_area"]


def folder_of(area: Area) -> Path:
    """Where an area keeps clocks of its own, and says which days it is closed."""
    return area.folder / "clocks"


def of_area(area: Area) -> Catalogue:
    """The clocks of an area. Raises ClockWrong."""
    return load(folder_of(area), nation=_nation(area))


def _nation(area: Area) -> str:
    return str(area.settings.get("nation", "england"))


def faults(area: Area) -> list[ClockWrong]:
    """What is wrong with the area's files of clocks: the first fault of each."""
    found: list[ClockWrong] = []
    while True:
        try:
            load(folder_of(area), nation=_nation(area), without=frozenset(one.file for one in found))
        except ClockWrong as error:
            found.append(error)
            if sum(one.file == error.file for one in found) > 1 or error.file.parent != folder_of(area):
                return found
        else:
            return found


def load(
    folder: Path | None = None, *, nation: str = "england", without: frozenset[Path] = frozenset()
) -> Catalogue:
    """The shipped clocks of a nation with what an area's folder adds or has otherwise, some files left out. Raises ClockWrong."""
    if nation not in NATIONS:
        raise wrong(
            Path("area.yaml"), f"nation: {nation}",
            Sentence(N_("Write one of: %(nations)s."), {"nations": ", ".join(NATIONS)}),
        )  # fmt: skip
    files = (*shipped(HERE / "catalogue"), *files_of(folder))
    return _load(tuple(one for one in files if one[0] not in without) if without else files, nation)


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, int], ...], nation: str) -> Catalogue:
    """By the times at which the files changed: an area's new clock counts without a new start."""
    events = events_of(HERE / "events.yaml")
    settings: tuple[Path, Mapping[str, Any]] = (HERE / SETTINGS, {})
    clocks: dict[str, list[Clock]] = {}
    raws: dict[tuple[str, date], dict[str, Any]] = {}
    for file, _changed in files:
        raw = read(file)
        if file.name == SETTINGS:
            settings = (file, raw)
        else:
            _add(file, raw, clocks, raws, events)
    kept = {
        code: tuple(of_nation) for code, some in clocks.items() if (of_nation := _of_nation(some, nation))
    }
    first = _shown_first(*settings, kept)
    shown = {
        code: tuple(replace(one, is_shown_first=code in first) for one in some) for code, some in kept.items()
    }
    ordered = dict(sorted(shown.items(), key=lambda one: _order(one[1][-1])))
    return Catalogue(ordered, events, calendars(_closed(*settings)), nation)


def _add(
    file: Path, raw: Mapping[str, Any], clocks: dict[str, list[Clock]],
    raws: dict[tuple[str, date], dict[str, Any]], events: Mapping[str, EventKind],
) -> None:  # fmt: skip
    """A version of a clock: of an area, on top of the version that counts on its first day."""
    code, is_own = str(raw.get("code") or ""), file.parent != HERE / "catalogue"
    full = dict(raw)
    if is_own:
        if raw.get("is_local") is not True or not raw.get("whose"):
            raise wrong(file, "is_local, whose", N_("Say is_local: true, and whose rule it is."))
        if not isinstance(raw.get("effective"), date):
            raise wrong(file, "effective", N_("Say the day from which it counts, as 2026-04-01."))
        before = [one for one in clocks.get(code, []) if one.effective_on <= raw["effective"]]
        older = before[-1] if before else clocks[code][0] if code in clocks else None
        full = {**(raws[code, older.effective_on] if older else {}), "until": None, **raw}
    clock = clock_of(file, full, events)
    same = [one for one in clocks.get(code, []) if one.effective_on == clock.effective_on]
    if same and not is_own:
        raise wrong(file, f"effective: {clock.effective_on}", N_("Two versions begin on one day: leave one."))
    raws[code, clock.effective_on] = full
    versions = [one for one in clocks.get(code, []) if one.effective_on != clock.effective_on]
    clocks[code] = sorted([*versions, clock], key=lambda one: one.effective_on)


def _of_nation(versions: Iterable[Clock], nation: str) -> list[Clock]:
    return [one for one in versions if not one.nations or nation in one.nations]


def _shown_first(
    file: Path, settings: Mapping[str, Any], clocks: Mapping[str, tuple[Clock, ...]]
) -> set[str]:
    """The codes that are shown first among those that count the same: what the area chose, else the one that is nobody's variant."""
    chosen = dict(settings.get("shown_first") or {})
    for base, variant in chosen.items():
        if variant not in clocks or variant not in {base, *_variants(base, clocks)}:
            raise wrong(
                file, f"shown_first: {base}: {variant}",
                Sentence(N_("Choose one of: %(codes)s."), {"codes": ", ".join([base, *_variants(base, clocks)])}),
            )  # fmt: skip
    return {chosen.get(code, code) for code, some in clocks.items() if not some[-1].variant_of}


def _variants(base: str, clocks: Mapping[str, tuple[Clock, ...]]) -> list[str]:
    return [code for code, some in clocks.items() if some[-1].variant_of == base]


def _order(clock: Clock) -> tuple[int, str, bool, str]:
    """By number; of those that count the same, the one that the area chose first."""
    group = clock.variant_of or clock.code
    number = "".join(letter for letter in group if letter.isdigit())
    return (int(number or 0), group, not clock.is_shown_first, clock.code)


def _closed(file: Path, settings: Mapping[str, Any]) -> list[date]:
    for key in settings:
        if key not in {"shown_first", "closed"}:
            raise wrong(file, str(key), N_("Say only shown_first and closed here."))
    days = []
    for one in settings.get("closed") or ():
        if not isinstance(one, dict) or not isinstance(one.get("day"), date) or not one.get("why"):
            raise wrong(file, f"closed: {one}", N_("Write each closed day as {day: 2026-12-29, why: …}."))
        days.append(one["day"])
    return days
