"""What stands on the worklist, in which order? Facts only: nothing is weighted, added up or counted across indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engage.picture.indicators.decided import Look
from engage.picture.indicators.rules import Evidence, Indicator, day_of, found, without_window
from engage.vocabulary.time import age_on, london_day
from engage.vocabulary.words import N_


@dataclass(frozen=True)
class Listed:
    """One child with harm or exposure evidence from before their eighteenth birthday that nobody has looked at. All but `present` are facts that
    the list may be ordered by. `agencies` hold any of it, `harm_agencies` some of class harm; `newest_on` and `newest_harm_on` are when the
    newest of it happened (or became known, where the day is not known); `missing` how many reports of missing are known since a year;
    `workers` have an open safeguarding reason; `joined` is what later stages add, by fact; `present` are the new records by indicator; `since` is the day from which the child is on the list."""

    person_id: str
    agencies: tuple[str, ...]
    harm_agencies: tuple[str, ...]
    newest_on: date
    newest_harm_on: date | None
    missing: int
    since: date
    present: tuple[tuple[Indicator, tuple[Evidence, ...]], ...]
    look: Look | None = None
    workers: tuple[str, ...] = ()
    name: str = ""
    born: str = ""
    age: int | None = None
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """Facts that a later stage lays beside those of the picture: by code in words of order and as the head of a column; `of` says, for one
    viewer's sight, of each child what there is (ids or keys, most first in the order)."""

    facts: Mapping[str, str]
    columns: Mapping[str, str]
    of: Callable[[Any], Mapping[str, Mapping[str, tuple[str, ...]]]]


# What the list can be ordered by, each a fact that stands in a column; most or newest first.
FACTS = {
    "harm_agencies": N_("agencies with new signs of harm, most first"),
    "newest_harm": N_("newest sign of harm, newest first"),
    "agencies": N_("agencies with new evidence, most first"),
    "newest": N_("newest evidence, newest first"),
    "missing": N_("reports of missing within a year, most first"),
    "youngest": N_("age now, youngest first"),
    "looked": N_("last looked at, longest ago first"),
    "name": N_("name"),
}
# Why this order (docs/explanation/why-no-scores.md): a sign of harm that several agencies saw apart from each other is the fact that one agency alone
# could not have known; of those alike the newest is where something can still be done.
DEFAULT_ORDER = ("harm_agencies", "newest_harm")
MOST_FACTS = 3


def order(rows: Iterable[Listed], facts: Sequence[str] = DEFAULT_ORDER) -> list[Listed]:
    """The rows sorted by up to three facts, then by id. Raises KeyError for what is no fact."""
    return sorted(rows, key=lambda row: (*(_key(fact, row) for fact in facts[:MOST_FACTS]), row.person_id))


def _key(fact: str, row: Listed) -> Any:
    return -len(row.joined[fact]) if fact in row.joined else _KEYS[fact](row)


def _ago(on: date | None) -> int:
    return -on.toordinal() if on else 0


_KEYS: dict[str, Callable[[Listed], Any]] = {
    "harm_agencies": lambda row: -len(row.harm_agencies),
    "newest_harm": lambda row: _ago(row.newest_harm_on),
    "agencies": lambda row: -len(row.agencies),
    "newest": lambda row: _ago(row.newest_on),
    "missing": lambda row: -row.missing,
    "youngest": lambda row: row.age if row.age is not None else 999,
    "looked": lambda row: row.look.at.toordinal() if row.look else 0,
    "name": lambda row: row.name.casefold(),
}


def listed(
    person_id: str,
    held: Mapping[str, Sequence[Evidence]],
    catalogue: Mapping[str, Indicator],
    reviewed: frozenset[str],
    missing: int,
) -> Listed | None:
    """The row of one child; None when nothing that is listed is new. A pattern counts when any of the records that make it is new."""
    present = []
    for code, evidence in held.items():
        indicator = catalogue[code]
        if indicator.is_listed:
            new = tuple(one for one in _ever(indicator, evidence) if one.key not in reviewed)
            if new:
                present.append((indicator, new))
    if not present:
        return None
    new_rows = [one for _indicator, new in present for one in new]
    harm = [one for indicator, new in present if indicator.kind == "harm" for one in new]
    return Listed(
        person_id=person_id,
        agencies=tuple(sorted({one.agency for one in new_rows})),
        harm_agencies=tuple(sorted({one.agency for one in harm})),
        newest_on=max(day_of(one) for one in new_rows),
        newest_harm_on=max((day_of(one) for one in harm), default=None),
        missing=missing,
        since=min(one.since for one in new_rows),
        present=tuple(present),
    )


def _ever(indicator: Indicator, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """All evidence, however old, that its pattern asks for: what nobody has looked at does not fade away."""
    return found(without_window(indicator), evidence, date.max).current


@dataclass(frozen=True)
class Worklist:
    """The list in its order; `facts` are what it is ordered by; `new_this_week` how many came onto it within seven days, beside the area's own
    `weekly_limit` (None: it set none). What exceeds the limit is counted and stays on the list."""

    rows: tuple[Listed, ...]
    facts: tuple[str, ...]
    new_this_week: int
    weekly_limit: int | None


def as_rows(found: Worklist) -> Iterator[tuple[object, ...]]:
    """The list as rows of a file: the person, the place in the list, then its facts; of those that later stages added how many."""
    for place, row in enumerate(found.rows, start=1):
        yield (
            row.person_id, place, row.name, row.born, "" if row.age is None else row.age, "; ".join(row.harm_agencies), row.newest_harm_on or "",
            "; ".join(row.agencies), row.newest_on, row.missing, "; ".join(row.workers), row.look.by if row.look else "",
            london_day(row.look.at) if row.look else "", "; ".join(one.code for one, _new in row.present), *(len(some) for some in row.joined.values()),
        )  # fmt: skip


def age(born: str, on: date) -> int | None:
    """Whole years on a day, of a day of birth written as 2010-07-29; None for anything less exact."""
    try:
        return age_on(date.fromisoformat(born), on)
    except ValueError:
        return None
