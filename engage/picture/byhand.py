"""How does what staff recorded since the build come to stand among the rows of the build, at once?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engage.identities.assignments import Person
from engage.picture.reading import BY_HAND
from engage.records import queries as records
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class ByHand:
    """Rows shaped like those of `chronology`, and the numbers of entries in the build that were withdrawn since."""

    rows: tuple[dict[str, Any], ...]
    withdrawn: frozenset[str]

    def standing(self, rows: Iterable[Any]) -> list[Any]:
        """What still stands of these rows of the chronology."""
        return [r for r in rows if not (r["file"] == BY_HAND and r["source_id"] in self.withdrawn)]


def by_hand(viewing: Viewing, build: Build, who: Person) -> ByHand:
    """What was recorded about the person since the build, and what was withdrawn.

    On an earlier day only what was recorded by then stands, and what was withdrawn later still does.
    """
    return _by_hand(viewing, build, who.record_ids)


def of_records(viewing: Viewing, build: Build, record_ids: Iterable[str]) -> ByHand:
    """The same of whoever these records of persons are; each row says in `person_record_id` to which it was recorded."""
    return _by_hand(viewing, build, record_ids)


def of_everybody(viewing: Viewing, build: Build) -> ByHand:
    """The same of every person; each row says in `person_record_id` to which record of a person it was recorded."""
    return _by_hand(viewing, build, None)


def _by_hand(viewing: Viewing, build: Build, record_ids: Iterable[str] | None) -> ByHand:
    is_now = viewing.as_of >= build.info.as_of
    fresh, withdrawn = records.hand_since(viewing=viewing, build=build, record_ids=record_ids)
    rows = tuple(_row(h.rows) for h in fresh if is_now or london_day(h.recorded_at) <= viewing.as_of)
    return ByHand(rows, frozenset(str(number) for number in withdrawn) if is_now else frozenset())


def _row(made: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """An entry as a row of `chronology`. Its bases are facts, because the build has not numbered them."""
    event = made["event"][0]
    fact = (event["agency"], event["handling"], event["sensitivity"], event["cohort"])
    return {
        **event,
        "fact": "event",
        "event_record_id": event["record_id"],
        "person_record_id": made["role"][0]["thing_record_id"],
        "role": made["role"][0]["role"],
        "narrative": made["narrative"][0]["text"],
        "place": None,
        "happened_from_at": _stored(event["happened_from_at"]),
        "happened_until_at": _stored(event["happened_until_at"]),
        "received_on": event["received_on"].isoformat(),
        "access_base": fact,
        "role_base": fact,
        "event_base": None,
        "narrative_base": fact,
        "place_base": None,
        "is_fresh": True,
    }


def _stored(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else None
