"""Which lines may one viewer see, as they were known on a day? Decided line by line on everything the line rests on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from engage.governance.policies import BARRED
from engage.networks.rules import Line, speaks_of_concern
from engage.picture.accused import listing
from engage.picture.accused.rules import accuses
from engage.picture.barring import NO_BARS
from engage.picture.laying.steps import place_key
from engage.picture.seeing import Sight, access_sets, reasons_about


_COLUMNS = "person_id, person_record_id, thing, thing_key, label, of_kind, how, strength, aside, record_id, agency, happened_on, grade, is_child, age_least, access_set"
_STANDS = "known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
_LINES = f"select {_COLUMNS} from line where {_STANDS}"
_OF_THINGS = f"{_LINES} and thing = ? and thing_key in (select value from json_each(?))"
_OF_PEOPLE = f"{_LINES} and person_id in (select value from json_each(?))"
_OF_RECORDS = f"{_LINES} and record_id in (select value from json_each(?))"
_NAMED = f"{_LINES} and how = 'named'"
_HOMES = "select distinct person_id, person_record_id, thing_key, access_set from line where thing = 'place' and how = 'lives at' and known_from_on <= ?"
_LINED = f"select distinct person_id, person_record_id, thing_key, how, access_set from line where {_STANDS} and thing = ? and thing_key in (select value from json_each(?))"
_KINDS = f"select distinct thing_key, of_kind, access_set from line where {_STANDS} and thing = 'place' and thing_key in (select value from json_each(?)) and of_kind is not null"
_KIN = f"select person_id, person_record_id, other_person_id, other_record_id, access_set from kin where {_STANDS}"


def lines_seen(see: Sight) -> list[Line]:
    """All lines that the viewer may see on the viewing's day, each record under whoever it is today."""
    return _seen(see, _asked(see, _LINES))


def lines_of_things(see: Sight, thing: str, keys: Collection[str]) -> list[Line]:
    """The lines that lead to these things."""
    return _seen(see, _asked(see, _OF_THINGS, thing, json.dumps(sorted(keys))))


def lines_of_people(see: Sight, person_ids: Collection[str]) -> list[Line]:
    """The lines of these persons (today's ids)."""
    laid = json.dumps(sorted(see.today.laid_ids(person_ids)))
    return [line for line in _seen(see, _asked(see, _OF_PEOPLE, laid)) if line.person_id in person_ids]


def lines_of_records(see: Sight, record_ids: Collection[str]) -> list[Line]:
    """Every line that rests on one of these records, whoever may see it: to tell what of them is kept from a viewer, and for nothing else."""
    whose = _whose(see, _asked(see, _OF_RECORDS, json.dumps(sorted(record_ids))))
    homes = _homes_for(see, whose)
    return [_line(person, row, homes) for person, row in whose]


def named_lines(
    see: Sight, *, people: Collection[str] = (), things: Collection[tuple[str, str]] = ()
) -> list[Line]:
    """The lines that texts alone draw, by naming these persons (today's ids) or things, or somebody beside them."""
    laid = json.dumps(sorted(see.today.laid_ids(people)))
    of_people = f"{_NAMED} and person_id in (select value from json_each(?))"
    found = [line for line in _seen(see, _asked(see, of_people, laid)) if line.person_id in people]
    of_things = f"{_NAMED} and thing = ? and thing_key in (select value from json_each(?))"
    for thing in sorted({thing for thing, _key in things}):
        keys = json.dumps(sorted(key for kind, key in things if kind == thing))
        found += _seen(see, _asked(see, of_things, thing, keys))
    return list(dict.fromkeys(found))


def with_lines(see: Sight, things: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of these things to which the viewer may see any line."""
    found: set[tuple[str, str]] = set()
    for thing in sorted({kind for kind, _key in things}):
        keys = json.dumps(sorted(key for kind, key in things if kind == thing))
        rows = list(_asked(see, _LINED, thing, keys))
        found |= {(thing, row["thing_key"]) for _person, row in _allowed(see, rows)}
    return frozenset(found)


def kinds_of_places(see: Sight, keys: Collection[str]) -> dict[str, frozenset[str]]:
    """The kinds of place that lines call these, of lines that need no reason to be seen."""
    sets, found = access_sets(see.build, "line_access"), defaultdict(set)
    for row in _asked(see, _KINDS, json.dumps(sorted(keys))):
        if see.strictest(sets[row["access_set"]], frozenset()).is_allowed:
            found[row["thing_key"]].add(row["of_kind"])
    return {key: frozenset(some) for key, some in found.items()}


def kin_seen(see: Sight) -> frozenset[tuple[str, str]]:
    """Who is whose family or household, both ways round, as far as the viewer may know."""
    sets = access_sets(see.build, "line_access")
    return frozenset(
        pair
        for row in _asked(see, _KIN)
        if all(see.may(base, kind, frozenset()) for base, kind in sets[row["access_set"]])
        for pair in _pairs(see, row)
        if see.bars.people.isdisjoint(pair)
    )


def _pairs(see: Sight, row: Any) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both ways round, as whoever they are today."""
    one = see.today.person(row["person_record_id"], row["person_id"])
    other = see.today.person(row["other_record_id"], row["other_person_id"])
    return (one, other), (other, one)


def _asked(see: Sight, sql: str, *bound: str) -> Iterable[Any]:
    day = see.viewing.as_of.isoformat()
    return see.build.pages().execute(sql, [day, day, *bound])


_Whose = list[tuple[str, Any]]
_Homes = Collection[tuple[str, str]]


def _whose(see: Sight, rows: Iterable[Any]) -> _Whose:
    return [(see.today.person(row["person_record_id"], row["person_id"]), row) for row in rows]


def _seen(see: Sight, rows: Iterable[Any]) -> list[Line]:
    whose = list(_allowed(see, rows))
    homes = _homes_for(see, whose)
    return _listed(see, list(dict.fromkeys(_line(person, row, homes) for person, row in whose)))


def _listed(see: Sight, lines: list[Line]) -> list[Line]:
    """The same with each part as lists write it; what is worked out from them goes by the sources' own words."""
    accusing = {line: (line.person_id, line.how, line.on) for line in lines if accuses(line.how)}
    said = listing.written(see, accusing.values())
    return [replace(line, listed=said[accusing[line]]) if line in accusing else line for line in lines]


def _allowed(see: Sight, rows: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """The rows that the viewer may see, each with whose it is today."""
    whose = _whose(see, rows)
    reasons = reasons_about(see.build.pages(), {person for person, _row in whose}, see=see)
    sets = access_sets(see.build, "line_access")
    decided: dict[tuple[int, frozenset[str]], bool] = {}
    for person, row in whose:
        if _is_barred(see, row):
            continue
        # What a text names somebody by are other people's records as well: reasons about one of them open none of these.
        why = reasons[person] & {BARRED} if row["how"] == "named" else reasons[person]
        asked = (row["access_set"], why)
        if asked not in decided:
            decided[asked] = see.strictest(sets[row["access_set"]], why).is_allowed
        if decided[asked]:
            yield person, row


def _is_barred(see: Sight, row: Any) -> bool:
    """It leads to what the viewer declared a relationship to, or rests on a record of it."""
    if see.bars is NO_BARS:
        return False
    held = row.keys()
    thing = row["thing"] if "thing" in held else "place"
    label = (row["label"] if "label" in held else "") or ""
    return see.bars.hides_thing(thing, row["thing_key"], label) or (
        "record_id" in held and see.bars.hides(row["record_id"])
    )


def _homes_for(see: Sight, whose: _Whose) -> _Homes:
    """Where people live or lived, each with the place's normal form, as far as the viewer may know; not asked where none of these rows turns on it."""
    if not any(_is_home(row) for _person, row in whose):
        return frozenset()
    found, sets = (
        _whose(see, see.build.pages().execute(_HOMES, [see.viewing.as_of.isoformat()])),
        access_sets(see.build, "line_access"),
    )
    reasons = reasons_about(see.build.pages(), {person for person, _row in found}, see=see)
    return {
        (person, row["thing_key"])
        for person, row in found
        if see.strictest(sets[row["access_set"]], reasons[person]).is_allowed
    }


def _is_home(row: Any) -> bool:
    return row["how"] != "lives at" and (row["aside"] or "").startswith("home")


def _line(person: str, row: Any, homes: _Homes) -> Line:
    aside, _space, besides = (row["aside"] or "").partition(" ")
    if _is_home(row) and (person, row["thing_key"]) not in homes:
        aside = besides
    return Line(
        person_id=person, thing=row["thing"], key=row["thing_key"], how=row["how"], strength=row["strength"], aside=aside,
        record_id=row["record_id"], agency=row["agency"], on=_day(row["happened_on"]), is_child=bool(row["is_child"]),
        person_record_id=row["person_record_id"], label=row["label"] or "", of_kind=row["of_kind"] or "", grade=row["grade"] or "", age=row["age_least"],
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def all_lines(see: Sight) -> list[Line]:
    """Every line known on the day, whoever may see it: to be measured with alone."""
    whose = _whose(see, _asked(see, _LINES))
    homes = {(person, row["thing_key"]) for person, row in whose}
    return list(dict.fromkeys(_line(person, row, homes) for person, row in whose))


def all_kin(see: Sight) -> frozenset[tuple[str, str]]:
    """Who is whose family or household, whoever may know: to be measured with alone."""
    return frozenset(pair for row in _asked(see, _KIN) for pair in _pairs(see, row))


_SPEAKS = f"select distinct person_id, person_record_id, indicator, agency from evidence where is_against = 0 and {_STANDS} and indicator in (select value from json_each(?))"


def all_children(see: Sight, kinds: Mapping[str, str]) -> frozenset[str]:
    """The children with a sign of harm, or with signs of exposure in the records of two agencies, whoever may see them. `kinds`: the class of each
    indicator that counts."""
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in _asked(see, _SPEAKS, json.dumps(sorted(kinds))):
        said[see.today.person(row["person_record_id"], row["person_id"])].add(
            (kinds[row["indicator"]], row["agency"])
        )
    return frozenset(person for person, some in said.items() if speaks_of_concern(some))


def all_groups(see: Sight) -> dict[int, frozenset[str]]:
    """The members of every group."""
    found: dict[int, set[str]] = defaultdict(set)
    for number, person in see.build.pages().execute(
        "select number, person_id from grouped where is_member = 1"
    ):
        found[number].add(person)
    return {number: frozenset(some) for number, some in found.items()}


# The address in somebody's own row is a record of that person: it tells of a place that no source keeps, and of no other.
_PLACES = f"""
    select distinct {place_key("l")} as place_key, agency, file, source_id from location l
    qualify not ends_with(source_id, '/address') or bool_and(ends_with(source_id, '/address')) over (partition by {place_key("l")}) order by all
"""


def records_of_places(see: Sight) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """The records of each place, by the normal form by which it is told."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    cursor = see.build.analysis()
    try:
        for key, *record in cursor.execute(_PLACES).fetchall():
            found[key].append((record[0], record[1], record[2]))
    finally:
        cursor.close()
    return {key: tuple(some) for key, some in found.items()}
