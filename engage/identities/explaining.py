"""Why two records are, or are not, one person: field by field, both values, weight in words, as far as a viewer may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engage.governance import queries as governance
from engage.identities import assignments, rules
from engage.identities.comparisons import COMPARISONS
from engage.identities.rules import FieldExplained, JoinExplained, RecordShown
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Fact, Subject, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class PersonExplained:
    """All compared pairs of a person's records, strongest first. A person of one record has none. `weakest` is the pair
    that holds it together least, among those that a chain of joins needs."""

    person_id: str
    record_ids: tuple[str, ...]
    joins: tuple[JoinExplained, ...]
    weakest: JoinExplained | None


def join_of(viewing: Viewing, build: Build, left: str, right: str) -> JoinExplained:
    """Two records, the one whose id sorts first on the left. Raises RecordUnknown when the build has no such record."""
    return _explain(viewing, build, [left, right], [(left, right)])[0]


def joins_of_person(viewing: Viewing, build: Build, person_id: str) -> PersonExplained:
    """A person's records, pair by pair. Raises PersonUnknown."""
    person = assignments.person(build, person_id)
    joins = _explain(viewing, build, list(person.record_ids), None)
    joins.sort(key=lambda join: (-(join.weight or 0.0), join.left.record_id, join.right.record_id))
    return PersonExplained(person.person_id, person.record_ids, tuple(joins), _weakest(joins))


def _weakest(joins: list[JoinExplained]) -> JoinExplained | None:
    """The last pair that was needed to hold all together, taking the strongest first."""
    group: dict[str, str] = {}

    def root(record: str) -> str:
        while group.setdefault(record, record) != record:
            record = group[record]
        return record

    needed = None
    for join in joins:
        one, other = root(join.left.record_id), root(join.right.record_id)
        if one != other:
            group[one] = other
            needed = join
    return needed


def _explain(
    viewing: Viewing, build: Build, record_ids: list[str], wanted: list[tuple[str, str]] | None
) -> list[JoinExplained]:
    cursor = build.analysis()
    try:
        records = _rows(
            cursor,
            "select * from link_record where list_contains($ids, record_id)",
            record_ids,
            key="record_id",
        )
        facts = _rows(cursor, _FACTS, record_ids, key="record_id")
        pairs = _rows(cursor, _PAIRS, record_ids)
    finally:
        cursor.close()
    missing = [record for record in record_ids if record not in records]
    if missing and wanted is not None:
        raise assignments.RecordUnknown(
            Sentence(N_("This build has no person record %(record)s."), {"record": missing[0]})
        )
    persons = {record: row.person_id for record, row in assignments.latest_of(build, record_ids).items()}
    visible = _visible(viewing, facts, persons)
    by_ids = {(pair["left_record_id"], pair["right_record_id"]): pair for pair in pairs.values()}
    return [
        _join(ids, by_ids.get(ids), records, visible, persons)
        for ids in (wanted if wanted is not None else by_ids)
    ]


_FACTS = """
    select record_id, agency, handling, sensitivity, cohort, source_id, file from person_record where list_contains($ids, record_id)
    qualify row_number() over (partition by record_id order by version desc) = 1
"""
_PAIRS = "select * from link_pair where list_contains($ids, left_record_id) and list_contains($ids, right_record_id)"


def _rows(cursor: Any, sql: str, ids: list[str], key: str = "") -> dict[Any, dict[str, Any]]:
    found = cursor.execute(sql, {"ids": ids})
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {row[key] if key else number: row for number, row in enumerate(rows)}


def _visible(
    viewing: Viewing, facts: dict[Any, dict[str, Any]], persons: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """The fact rows with `is_visible`: what this viewer may see of each record, given who else has a reason."""
    policy = governance.policy(on=london_day(viewing.at))
    workers = governance.reasons_for(set(persons.values()))
    reasons: dict[str, set[str]] = {}
    for record_id, row in facts.items():
        if row["cohort"] == Cohort.CASE:
            reasons.setdefault(persons.get(record_id, record_id), set()).add(row["agency"])
    shown = {}
    for record_id, row in facts.items():
        person_id = persons.get(record_id, record_id)
        subject = Subject(
            person_id, frozenset(reasons.get(person_id, set())) | workers.get(person_id, frozenset())
        )
        fact = Fact(
            row["agency"], "person_record", row["handling"], row["sensitivity"], Cohort(row["cohort"])
        )
        decision = policy.decide(viewer=viewing.viewer, subject=subject, fact=fact, purpose=viewing.purpose)
        shown[record_id] = {**row, "is_visible": decision.is_allowed}
    return shown


def _join(
    ids: tuple[str, str],
    pair: dict[str, Any] | None,
    records: dict[Any, dict[str, Any]],
    facts: dict[str, dict[str, Any]],
    persons: dict[str, str],
) -> JoinExplained:
    left, right = (_record(record_id, facts) for record_id in ids)
    both = left.is_visible and right.is_visible
    fields = (
        tuple(
            _field(name, pair, records[ids[0]], records[ids[1]], both)
            for name in (c.name for c in COMPARISONS)
        )
        if pair
        else ()
    )
    explained = JoinExplained(
        left=left,
        right=right,
        are_joined=persons.get(ids[0]) is not None and persons.get(ids[0]) == persons.get(ids[1]),
        compared=pair is not None,
        weight=pair["weight"] if pair else None,
        strength=rules.strength(pair["weight"])
        if pair
        else Sentence(N_("not compared: nothing in them suggested it")),
        refusal=rules.refusal(pair["refusal"]) if pair else None,
        fields=fields,
        handling=pair["handling"] if pair else "",
    )
    if explained.are_joined and not pair:
        return replace(explained, strength=Sentence(N_("joined through other records of the same person")))
    return explained


def _record(record_id: str, facts: dict[str, dict[str, Any]]) -> RecordShown:
    row = facts[record_id]
    return RecordShown(record_id, row["agency"], row["file"], row["source_id"], row["is_visible"])


def _field(
    name: str, pair: dict[str, Any], left: dict[str, Any], right: dict[str, Any], both: bool
) -> FieldExplained:
    weight = float(pair[f"{name}_weight"] or 0.0)
    words = next(comparison.words for comparison in COMPARISONS if comparison.name == name)
    return FieldExplained(
        field=name,
        words=Sentence(words),
        left_value=rules.shown(name, left) if both else None,
        right_value=rules.shown(name, right) if both else None,
        level=rules.level_words(name, pair[f"{name}_level"]),
        strength=rules.strength(weight),
        weight=weight,
    )
