"""How does each indicator stand for one child on one day: present, not present, not known or not asked, and by whose silence?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engage.picture.indicators.rules import CLASSES, Evidence, Found, Indicator, day_of, found


MONTHS = 24


@dataclass(frozen=True)
class Covered:
    """That an agency's extracts cover one kind of record from a day until a day (half-open; None: not said). `is_closed`: some of what
    it holds of that kind is not open to the viewer."""

    agency: str
    kind: str
    whom: str
    from_on: date | None
    until_on: date | None
    is_closed: bool = False


@dataclass(frozen=True)
class Statement:
    """What a named person said of one indicator: confirmed, explained or disputed what the records hold, or recorded that it is present, not
    present or not known. `seen` are the keys of the evidence that they were shown; `is_outdated`: evidence came since, and both are shown."""

    seq: int
    indicator: str
    says: str
    reason: str
    agency: str
    said_by: str
    said_by_name: str
    said_at: datetime
    seen: frozenset[str] = frozenset()
    is_outdated: bool = False


@dataclass(frozen=True)
class Silent:
    """Why it is not known: a kind of record that nobody's extracts cover for the whole window (`agency` ""), or one agency's cover only from a
    day or until a day, or is not all open to the viewer (`is_closed`); `holders` are who normally hold it."""

    kind: str
    agency: str = ""
    from_on: date | None = None
    until_on: date | None = None
    holders: tuple[str, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True)
class Standing:
    """One indicator of one child on one day: its value, what the records hold, what people said, and whose silence it is."""

    indicator: Indicator
    value: str
    held: Found
    statements: tuple[Statement, ...] = ()
    silences: tuple[Silent, ...] = ()

    @property
    def newest_on(self) -> date | None:
        """The day of the newest evidence within the window."""
        return max((day_of(one) for one in self.held.current), default=None)


def stand(
    indicator: Indicator,
    evidence: Iterable[Evidence],
    statements: Iterable[Statement],
    covers: Sequence[Covered],
    on: date,
    is_born_known: bool = True,
) -> Standing:
    """How one indicator stands. Evidence in records makes it present, whatever was said of it: what people said stands beside it. Without any, the
    last that people recorded holds; then what texts or the extracts' cover say; silence is never a no, and of whom it is not known when they
    were born it is not known what of it was childhood (`is_born_known`)."""
    held = found(indicator, evidence, on)
    keys = {one.key for one in held.current}
    said = tuple(_outdated(one, keys) for one in sorted(statements, key=lambda one: one.seq, reverse=True))
    recorded = next((one.says for one in said if one.says in ("present", "not_present", "not_known")), None)
    if held.current:
        return Standing(indicator, "present", held, said)
    if recorded:
        return Standing(indicator, recorded, held, said)
    if not indicator.is_computed:
        return Standing(indicator, "not_asked", held, said)
    silences = tuple(_silences(indicator, covers, on))
    is_known = bool(held.against) or (
        not silences and set(indicator.reads) != {"narrative"} and is_born_known
    )
    return Standing(indicator, "not_present" if is_known else "not_known", held, said, silences)


def _outdated(one: Statement, keys: set[str]) -> Statement:
    if one.says not in ("confirmed", "explained", "disputed") or keys <= one.seen:
        return one
    return Statement(**{**vars(one), "is_outdated": True})


def _silences(indicator: Indicator, covers: Sequence[Covered], on: date) -> Iterable[Silent]:
    """The kinds it is looked for in that no agency covers for the whole window. Texts cover nothing: that none speaks of it is no answer."""
    first = on - timedelta(days=indicator.window_days) if indicator.window_days else None
    by_kind: dict[str, list[Covered]] = defaultdict(list)
    for one in covers:
        by_kind[one.kind].append(one)
    for kind in indicator.reads:
        closed = [one for one in by_kind[kind] if one.is_closed]
        if not closed and any(_covers_whole(one, first, on) for one in by_kind[kind]):
            continue
        if not by_kind[kind]:
            yield Silent(kind, holders=indicator.holders)
        for one in closed or by_kind[kind]:
            yield Silent(kind, one.agency, one.from_on, one.until_on, indicator.holders, one.is_closed)


def _covers_whole(one: Covered, first: date | None, on: date) -> bool:
    begins = one.from_on is None or (first is not None and one.from_on <= first)
    return begins and (one.until_on is None or one.until_on > on)


def stand_all(
    catalogue: Mapping[str, Indicator],
    held: Mapping[str, Sequence[Evidence]],
    statements: Iterable[Statement],
    covers: Sequence[Covered],
    on: date,
    is_born_known: bool = True,
) -> list[Standing]:
    """All indicators that are on, and those of which people said something, in the order of the catalogue."""
    by_code: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        by_code[one.indicator].append(one)
    return [
        stand(indicator, held.get(code, ()), by_code[code], covers, on, is_born_known)
        for code, indicator in catalogue.items()
        if indicator.is_on or by_code[code]
    ]


def by_month(
    catalogue: Mapping[str, Indicator], held: Mapping[str, Sequence[Evidence]], months: Sequence[date]
) -> dict[str, dict[str, list[int]]]:
    """By class and agency how many records spoke for an indicator of the class in each month, the first days of which are given in their
    order: how much is recorded, and silence, over time. A record counts once for a class."""
    place = {month: index for index, month in enumerate(months)}
    seen: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    for code, evidence in held.items():
        for one in evidence:
            month = day_of(one).replace(day=1)
            if not one.is_against and month in place and catalogue[code].is_on:
                seen[(catalogue[code].kind, one.agency)].add((place[month], one.record_id))
    strips: dict[str, dict[str, list[int]]] = {kind: {} for kind in CLASSES}
    for (kind, agency), records in sorted(seen.items()):
        counts = [0] * len(months)
        for index, _record in records:
            counts[index] += 1
        strips[kind][agency] = counts
    return strips


def last_months(on: date) -> tuple[date, ...]:
    """The first days of the last months up to a day, the oldest first."""
    numbers = range(on.year * 12 + on.month - MONTHS, on.year * 12 + on.month)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)
