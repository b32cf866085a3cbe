"""Is this person known? What a viewer may be told of the records that come near."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from engage.identities import rules
from engage.identities.checking.asking import Asked, as_record
from engage.identities.checking.looking import Near, checks
from engage.identities.checking.rules import Candidate, Checked, NothingAsked, Waiting
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.rules import FieldExplained
from engage.identities.seeing import Seen, seen
from engage.store.warehouse import Build, waiting_beside
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import Sentence


# From here on the evidence is rather for than against, chance included; what is below is no more than a namesake.
LEAST = 0.0
SHOWN = 10
LOOKED_AT = 50


def answer(viewing: Viewing, build: Build, asked: Asked) -> Checked:
    """Everybody who may be the one, strongest first, by person as of today, and what came since the build. Raises NothingAsked."""
    if asked.is_empty:
        raise NothingAsked
    against = checks(build.folder)
    record = as_record(asked, usual_days=against.usual_days)
    near = against.near(record, least=LEAST)[:LOOKED_AT]
    may = seen(viewing, build, [one.record_id for one in near])
    people: dict[str, list[Near]] = defaultdict(list)
    for one in near:
        if one.record_id in may.whole and one.record_id in may.persons:
            people[may.persons[one.record_id]].append(one)
    candidates = tuple(_candidate(person, found, record) for person, found in people.items())
    waiting, also = _waiting(viewing, build, record)
    to_ask = tuple(sorted({*_to_ask(near, may), *also}))
    return Checked(candidates[:SHOWN], to_ask, bool(record["is_partial"]), waiting[:SHOWN])


def _waiting(
    viewing: Viewing, build: Build, record: dict[str, Any]
) -> tuple[tuple[Waiting, ...], tuple[str, ...]]:
    """What came since the build and comes near, and whom to ask about it. On an earlier day there is none of it."""
    later = waiting_beside(build) if viewing.as_of >= build.info.as_of else None
    if later is None:
        return (), ()
    near = checks(later.folder).near(record, least=LEAST)[:LOOKED_AT]
    if near:
        fresh = _fresh(later, [one.record_id for one in near])
        near = [one for one in near if one.record_id in fresh]
    today = replace(viewing, as_of=max(viewing.as_of, later.info.as_of))
    may = seen(today, later, [one.record_id for one in near])
    shown = tuple(
        Waiting(
            record_id=one.record_id, agency=str(one.record["agency"]), received_on=may.facts[one.record_id]["received_on"],
            weight=one.weighed.weight, strength=rules.strength(one.weighed.weight), refusal=rules.refusal(one.weighed.refusal),
            fields=tuple(_fields(one, record)),
        )
        for one in near
        if one.record_id in may.whole
    )  # fmt: skip
    return shown, _to_ask(near, may)


def _to_ask(near: list[Near], may: Seen) -> tuple[str, ...]:
    """Whoever holds what comes near and may not be shown whole."""
    return tuple(
        sorted({may.facts[one.record_id]["agency"] for one in near if one.record_id in may.open - may.whole})
    )


def _fresh(waiting: Build, record_ids: list[str]) -> set[str]:
    """Which of these records say what the build does not: those that are new, and those that have changed."""
    cursor = waiting.analysis()
    try:
        rows = cursor.execute(
            "select record_id from person_of_record where record_id in (select unnest($ids))",
            {"ids": record_ids},
        ).fetchall()
    finally:
        cursor.close()
    return {row[0] for row in rows}


def _candidate(person: str, near: list[Near], asked: dict[str, Any]) -> Candidate:
    best = near[0]
    return Candidate(
        person_id=person,
        record_ids=tuple(sorted(one.record_id for one in near)),
        agency=str(best.record["agency"]),
        weight=best.weighed.weight,
        strength=rules.strength(best.weighed.weight),
        refusal=rules.refusal(best.weighed.refusal),
        fields=tuple(_fields(best, asked)),
    )


def _fields(near: Near, asked: dict[str, Any]) -> list[FieldExplained]:
    """What was given beside what the record says; where nothing can be compared there is no line."""
    return [
        FieldExplained(
            field=comparison.name,
            words=Sentence(comparison.words),
            left_value=rules.shown(comparison.name, asked),
            right_value=rules.shown(comparison.name, dict(near.record)),
            level=rules.level_words(comparison.name, code),
            strength=rules.strength(near.weighed.weights[comparison.name]),
            weight=near.weighed.weights[comparison.name],
        )
        for comparison in COMPARISONS
        if comparison.name != "source" and (code := near.weighed.levels[comparison.name]) is not None
    ]
