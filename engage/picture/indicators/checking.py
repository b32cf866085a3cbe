"""Does each indicator's step return the records that its drawn tables say? Run on tables of those few rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.picture.indicators import views
from engage.picture.indicators.laying import EMPTY, find
from engage.picture.indicators.rules import Check, Evidence, Indicator, found
from engage.store.warehouse import connect


_TYPES = {
    "rests": "varchar[]", "is_child": "boolean", "is_about": "boolean", "is_hearsay": "boolean", "is_common": "boolean", "is_home": "boolean",
    "other_is_child": "boolean", "other_age_least": "integer", "is_family": "boolean", "day": "date", "from_at": "timestamp", "until_at": "timestamp", "hours": "double", "nights": "integer", "km": "double",
    "age_least": "integer", "age_most": "integer", "people_there": "integer", "from_sign": "integer", "until_sign": "integer",
    "other": f"struct({', '.join(f'{name} varchar' if name != 'rests' else 'rests varchar[]' for name in views.ALSO)})",
}  # fmt: skip
# What a drawn row says when it does not say it.
_USUAL: dict[str, Any] = {
    "is_child": True, "agency": "police", "known_from_on": "2026-01-01", "day": "2026-01-01", "rests": ["1 event"], "age_least": 14, "age_most": 14,
}  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What one drawn table gave: the records expected, by person, that the step did not return, and those it returned besides."""

    indicator: str
    what: str
    missing: frozenset[tuple[str, str]]
    besides: frozenset[tuple[str, str]]

    @property
    def is_right(self) -> bool:
        """It gave what was drawn."""
        return not (self.missing or self.besides)


def check(indicators: Iterable[Indicator]) -> Iterator[Checked]:
    """Run every drawn table of these indicators."""
    connection = connect(None)
    try:
        views.lay_words(connection)
        for indicator in indicators:
            for drawn in indicator.checks:
                returned = _run(connection, indicator, drawn)
                yield Checked(
                    indicator.code, drawn.what, drawn.expected - returned, returned - drawn.expected
                )
    finally:
        connection.close()


def _run(connection: Any, indicator: Indicator, drawn: Check) -> frozenset[tuple[str, str]]:
    connection.execute(EMPTY)
    for view, columns in views.READABLE.items():
        if view != "word_of":
            _draw(connection, view, columns, drawn.given.get(view, ()))
    find(connection, [indicator])
    rows = connection.execute(
        "select person_id, record_id, happened_on::date, same from evidence_found where not is_against"
    ).fetchall()
    people: dict[str, list[Evidence]] = {}
    for person, record, day, same in rows:
        people.setdefault(person, []).append(
            Evidence(indicator.code, record, "", day, "", date.min, same=same or "")
        )
    return frozenset(
        (person, one.record_id)
        for person, some in people.items()
        for one in found(indicator, some, max(one.happened_on or date.min for one in some)).current
    )


def _draw(connection: Any, view: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    named = ", ".join(f"{name} {_TYPES.get(name, 'varchar')}" for name in columns)
    connection.execute(f"create or replace table {view} ({named})")
    for row in rows:
        usual = {name: value for name, value in _USUAL.items() if name in columns}
        said = {"person_record_id": row.get("person_id"), **usual, **row}
        if "other" in columns:
            said["other"] = _other(row)
        kept = {name: value for name, value in said.items() if name in columns}
        marks = ", ".join("?" for _ in kept)
        connection.execute(f"insert into {view} ({', '.join(kept)}) values ({marks})", list(kept.values()))


def _other(row: Mapping[str, Any]) -> dict[str, Any]:
    """The other side of a drawn link."""
    person = row.get("other_person_id")
    said = {
        "person_id": person,
        "person_record_id": person,
        "record_id": row.get("other_record_id", row.get("record_id")),
    }
    usual = {"known_from_on": _USUAL["known_from_on"], "rests": _USUAL["rests"]}
    return dict.fromkeys(views.ALSO) | usual | said
