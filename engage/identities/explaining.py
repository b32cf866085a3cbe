"""Why two records are, or are not, one person: field by field, both values, weight in words, as far as a viewer may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from engage.identities import assignments, chances, holding, rules
from engage.identities.alike import look_alikes
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.rules import FieldExplained, JoinExplained, LookAlike, RecordShown
from engage.identities.seeing import Seen, seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class PersonExplained:
    """All pairs of a person's records that people judged, then all that were compared, strongest first. A person of one record has
    none. `weakest` is the pair that holds it together least, among those that a chain of what people said and of what the software
    may join needs; `alike` are others who look like it and were not joined."""

    person_id: str
    record_ids: tuple[str, ...]
    joins: tuple[JoinExplained, ...]
    weakest: JoinExplained | None
    alike: tuple[LookAlike, ...] = ()


def join_of(viewing: Viewing, build: Build, left: str, right: str) -> JoinExplained:
    """Two records, the one whose id sorts first on the left.

    Raises RecordUnknown when the build has no such record, and when the viewer may not see one of them: the same words.
    """
    found = seen(viewing, build, [left, right])
    missing = [record for record in (left, right) if record not in found.open]
    if missing:
        raise assignments.record_unknown(missing[0])
    return _explain(viewing, build, found, [(left, right)])[0]


def joins_of_person(viewing: Viewing, build: Build, person_id: str) -> PersonExplained:
    """A person's records that the viewer may see, pair by pair. Raises PersonUnknown, also when there are none of those."""
    person = assignments.person(build, person_id)
    found = seen(viewing, build, person.record_ids)
    if not found.open:
        raise assignments.person_unknown(person_id)
    joins = holding.strongest_first(_explain(viewing, build, found, None))
    others = look_alikes(viewing, build, found)
    return PersonExplained(
        person.person_id, tuple(sorted(found.open)), tuple(joins), holding.weakest(joins), others
    )


def _explain(
    viewing: Viewing, build: Build, found: Seen, wanted: list[tuple[str, str]] | None
) -> list[JoinExplained]:
    record_ids = sorted(found.open)
    cursor = build.analysis()
    try:
        compared = "select * from link_record where list_contains($ids, record_id)"
        records = {row["record_id"]: row for row in _rows(cursor, compared, record_ids)}
        pairs = _rows(cursor, _PAIRS, record_ids)
    finally:
        cursor.close()
    by_ids = {(pair["left_record_id"], pair["right_record_id"]): pair for pair in pairs}
    words = holding.judged(found)
    asked = wanted if wanted is not None else [*by_ids, *(ids for ids in words if ids not in by_ids)]
    joins = [replace(_join(ids, by_ids.get(ids), records, found), judged=words.get(ids, ())) for ids in asked]
    return _with_chances(viewing, build, joins, by_ids, records, found)


def _with_chances(
    viewing: Viewing,
    build: Build,
    joins: list[JoinExplained],
    pairs: dict[tuple[str, str], dict[str, Any]],
    records: dict[Any, dict[str, Any]],
    found: Seen,
) -> list[JoinExplained]:
    """The joins that are explained, each with how often a pair like it is one person."""
    curve = chances.curve(build)
    apart = {
        side.record_id
        for join in joins
        if join.compared and not join.are_joined
        for side in (join.left, join.right)
    }
    sizes = _sizes(viewing, build, {found.persons[record] for record in apart}) if apart else Counter()
    told = []
    for join in joins:
        if join.weight is None:
            told.append(join)
            continue
        ids = join.left.record_id, join.right.record_id
        is_partial = _is_partial(ids, records)
        left, right = (sizes[found.persons[record_id]] for record_id in ids)
        chance = chances.of_pair(
            curve, pairs[ids], is_partial=is_partial, records=None if join.are_joined else (left, right)
        )
        told.append(replace(join, chance=chance))
    return told


def _sizes(viewing: Viewing, build: Build, persons: set[str]) -> Counter[str]:
    """How many records each of these people has, of those that the viewer may know of: a chance must not tell of others."""
    together = assignments.records_of_people(build, persons)
    return Counter(together[record] for record in seen(viewing, build, together).open)


_PAIRS = "select * from link_pair where list_contains($ids, left_record_id) and list_contains($ids, right_record_id)"
_GUARDED = N_("you may not see everything that was compared, so it is not explained")


def _rows(cursor: Any, sql: str, ids: list[str]) -> list[dict[str, Any]]:
    found = cursor.execute(sql, {"ids": ids})
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _join(
    ids: tuple[str, str], pair: dict[str, Any] | None, records: dict[Any, dict[str, Any]], found: Seen
) -> JoinExplained:
    left, right = (_record(record_id, found) for record_id in ids)
    are_joined = found.persons.get(ids[0]) is not None and found.persons[ids[0]] == found.persons.get(ids[1])
    if not (left.is_visible and right.is_visible):
        return JoinExplained(left, right, are_joined, False, None, Sentence(_GUARDED), None, (), "")
    if pair is None:
        words = (
            N_("joined through other records of the same person")
            if are_joined
            else N_("not compared: nothing in them suggested it")
        )
        return JoinExplained(left, right, are_joined, False, None, Sentence(words), None, (), "")
    return JoinExplained(
        left=left,
        right=right,
        are_joined=are_joined,
        compared=True,
        weight=pair["weight"],
        strength=rules.strength(pair["weight"]),
        refusal=rules.refusal(pair["refusal"]),
        fields=(
            *(
                _field(c.name, pair, records[ids[0]], records[ids[1]])
                for c in COMPARISONS
                if c.name != _other_of_birth(pair)
            ),
            *rules.household(float(pair["household_weight"])),
        ),
        handling=pair["handling"],
        by_software=are_joined and holding.by_software(pair, is_partial=_is_partial(ids, records)),
    )


def _is_partial(ids: tuple[str, ...], records: dict[Any, dict[str, Any]]) -> bool:
    return any(records[record_id]["is_partial"] for record_id in ids)


def _record(record_id: str, found: Seen) -> RecordShown:
    row = found.facts[record_id]
    return RecordShown(record_id, row["agency"], row["file"], row["source_id"], record_id in found.whole)


def _field(name: str, pair: dict[str, Any], left: dict[str, Any], right: dict[str, Any]) -> FieldExplained:
    weight = float(pair[f"{name}_weight"] or 0.0)
    words = next(comparison.words for comparison in COMPARISONS if comparison.name == name)
    return FieldExplained(
        field=name,
        words=Sentence(words),
        left_value=rules.shown(name, left),
        right_value=rules.shown(name, right),
        level=rules.level_words(name, pair[f"{name}_level"]),
        strength=rules.strength(weight),
        weight=weight,
        code=pair[f"{name}_level"],
    )


def _other_of_birth(pair: dict[str, Any]) -> str:
    """Dates of birth are compared as days where both know the day, else as ages: the other of the two is left out."""
    return "birth" if pair["birth_level"] is None and pair["age_level"] is not None else "age"
