"""What evidence may one viewer see, of whom, as it was known on a day? Decided row by row on everything the row rests on."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

from engage.picture.indicators.rules import Evidence
from engage.picture.indicators.standing import Covered
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.readings.rules import ReadingKey
from engage.picture.readings.standing import last_day, wrong_readings
from engage.picture.search.called import called
from engage.picture.seeing import Sight, access_sets, reasons_about
from engage.store.warehouse import Build
from engage.vocabulary.access import Outcome


# Of each person the evidence by indicator.
Held = dict[str, dict[str, list[Evidence]]]


@dataclass(frozen=True)
class Seen:
    """What a viewer may see of the evidence asked for: `held`, and the keys of what they may not, `hidden`, by which what people said of it is
    withheld as well. It is shown to nobody."""

    held: Held
    hidden: frozenset[str]


_COLUMNS = (
    "person_id, person_record_id, indicator, record_id, happened_on, agency, known_from_on, is_told, is_against, from_sign, until_sign, text_key, theme, "
    "other_record_id, other_person_id, other_person_record_id, same, access_set"
)
# Of the versions known by the day the one that stands, with since when some version of it is known.
_OF_CODES = f"""
    select {_COLUMNS}, first_known_on from (
        select {_COLUMNS}, known_until_on, min(known_from_on) over (partition by person_record_id, indicator, record_id, from_sign) as first_known_on
        from evidence where indicator in (select value from json_each(?)) and known_from_on <= ? {{whose}}
    ) where known_until_on is null or known_until_on > ?
"""
_WHOSE = "and person_id in (select value from json_each(?))"


def evidence_seen(see: Sight, codes: Collection[str], person_ids: Collection[str] | None = None) -> Seen:
    """The evidence for these indicators that the viewer may see on the viewing's day, of these persons (today's ids) or of everybody: each
    record under whoever it is today. What rests on a further record is shown when that may be seen as well."""
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    asked = [json.dumps(sorted(codes)), day]
    if person_ids is None:
        rows = pages.execute(_OF_CODES.format(whose=""), [*asked, day]).fetchall()
    else:
        laid = json.dumps(sorted(see.today.laid_ids(person_ids)))
        rows = pages.execute(_OF_CODES.format(whose=_WHOSE), [*asked, laid, day]).fetchall()
    whose = [(see.today.person(row["person_record_id"], row["person_id"]), row) for row in rows]
    wanted = [
        (person, row)
        for person, row in whose
        if (person_ids is None or person in person_ids) and _is_of_two(see, person, row)
    ]
    reasons = reasons_about(pages, {person for person, _row in wanted}, see=see)
    return _seen(see, _of_children(see, wanted, reasons), reasons)


def _of_children(
    see: Sight, rows: list[tuple[str, sqlite3.Row]], reasons: Mapping[str, frozenset[str]]
) -> list[tuple[str, sqlite3.Row]]:
    """Without what a judgement moved to somebody who was grown up by every birth that is said of them: it was laid out as a child's."""
    moved = {person for person, row in rows if person != row["person_id"]}
    if not moved:
        return rows
    known = called(see.build.pages(), sorted(moved), see, reasons)
    births = {person: births_of(known.get(person)) for person in moved}
    return [
        (person, row)
        for person, row in rows
        if person == row["person_id"]
        or may_be_child(births[person], _day(row["happened_on"]) or date.fromisoformat(row["known_from_on"]))
        is not False
    ]


def _is_of_two(see: Sight, person: str, row: sqlite3.Row) -> bool:
    """What rests on somebody else's part says nothing of somebody who was judged to be that person since, and nothing where the viewer must not see that other."""
    other = row["other_person_id"]
    if see.bars.hides(row["record_id"], row["other_record_id"]):
        return False
    now = None if other is None else see.today.person(row["other_person_record_id"], other)
    return now is None or (now != person and now not in see.bars.people)


_BASES_OF = """
    select distinct access_base, kind from said where person_id in (select value from json_each(?))
    union select distinct access_base, fact from chronology where person_id in (select value from json_each(?))
"""


def may_know_of(see: Sight, person_id: str, reasons: frozenset[str]) -> bool:
    """The viewer may at least know that some agency holds something of this person (today's id)."""
    laid = json.dumps(sorted(see.today.laid_ids({person_id})))
    rows = see.build.pages().execute(_BASES_OF, [laid, laid])
    return any(see.of(base, kind, reasons).outcome is not Outcome.NOTHING for base, kind in rows)


def _seen(see: Sight, rows: Iterable[tuple[str, sqlite3.Row]], reasons: Mapping[str, frozenset[str]]) -> Seen:
    sets = access_sets(see.build, "evidence_access")
    decided: dict[tuple[int, frozenset[str]], bool] = {}
    held: Held = defaultdict(lambda: defaultdict(list))
    shown: set[tuple[str, str, bool]] = set()
    hidden: set[str] = set()
    wrong = wrong_readings(until=last_day(see.viewing, see.build))
    for person, row in rows:
        why, one = reasons[person], _evidence(row)
        asked = (row["access_set"], why)
        if asked not in decided:
            decided[asked] = see.strictest(sets[row["access_set"]], why).is_allowed
        if not decided[asked]:
            hidden.add(one.key)
        elif (
            not (row["is_told"] and _reading(row) in wrong) and (person, one.key, one.is_against) not in shown
        ):
            shown.add((person, one.key, one.is_against))
            held[person][one.indicator].append(one)
    return Seen(held, frozenset(hidden - {key for _person, key, _is_against in shown}))


def _reading(row: sqlite3.Row) -> ReadingKey:
    """The reading of a text that a row is, as people judge it."""
    polarity = "negated" if row["is_against"] else "present"
    return ReadingKey(row["text_key"], row["theme"], polarity, row["from_sign"], row["until_sign"])


def _evidence(row: sqlite3.Row) -> Evidence:
    return Evidence(
        indicator=row["indicator"], record_id=row["record_id"], person_record_id=row["person_record_id"],
        happened_on=_day(row["happened_on"]), agency=row["agency"], known_from_on=date.fromisoformat(row["known_from_on"]),
        is_told=bool(row["is_told"]), start=row["from_sign"], until=row["until_sign"],
        other_record_id=row["other_record_id"] or "", same=row["same"] or "", is_against=bool(row["is_against"]),
        first_known_on=date.fromisoformat(row["first_known_on"]),
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def covers(see: Sight) -> list[Covered]:
    """What agencies' extracts were declared to cover by the viewing's day. Of what is not all open to the viewer nothing can be said to be not
    present, of any child: else the answer would tell of what is withheld."""
    rows = see.build.pages().execute(
        "select agency, kind, whom, from_on, until_on from covers where received_on <= ? order by agency, kind, from_on",
        [see.viewing.as_of.isoformat()],
    )
    closed = {
        (agency, kind)
        for agency, kind, base in _bases_of_kinds(see.build)
        if not see.may(base, "event", frozenset({"*"}))
    }
    return [
        Covered(agency, kind, whom, _day(first), _day(until), (agency, kind) in closed)
        for agency, kind, whom, first, until in rows
    ]


_kinds: WeakKeyDictionary[Build, list[tuple[str, str, int]]] = WeakKeyDictionary()


def _bases_of_kinds(build: Build) -> list[tuple[str, str, int]]:
    """On which bases each agency holds each kind of event; read once for a build."""
    if build not in _kinds:
        rows = build.pages().execute(
            "select distinct agency, kind, access_base from chronology where fact = 'event'"
        )
        _kinds[build] = [(row[0], row[1], row[2]) for row in rows]
    return _kinds[build]
