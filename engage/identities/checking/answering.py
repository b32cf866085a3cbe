"""Is this person known? What a viewer may be told of the records that come near."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engage.identities import assignments, rules
from engage.identities.checking.asking import WRITTEN, Asked, as_record, check_written
from engage.identities.checking.holders import Holding, holding
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
# From here on somebody fits so well that who else has the telephone or the address is no answer: odds of eight to one.
FOUND = 3.0


# Of a row of link_pair (its weight and refusal), whether one is a partial record, and how many records stand with each: how often
# such a pair is one person; None where that is not counted.
HowOften = Callable[[dict[str, Any], bool, tuple[int, int]], float | None]


def answer(viewing: Viewing, build: Build, asked: Asked, *, how_often: HowOften) -> Checked:
    """Everybody who may be the one, strongest first, by person as of today, and what came since the build. Raises NothingAsked and
    Malformed."""
    for field in WRITTEN:
        check_written(field, getattr(asked, field))
    if asked.is_empty:
        raise NothingAsked
    against = checks(build.folder)
    record = as_record(asked, usual_days=against.usual_days)
    near = _People(viewing, build)
    near.take(against.near(record, least=LEAST))
    candidates = _candidates(near, record, how_often)
    waiting, also, more_wait = _waiting(viewing, build, record, how_often)
    held = Holding() if _is_found(candidates) else holding(viewing, build, record, set(near.people))
    return Checked(
        candidates=candidates[:SHOWN],
        to_ask=tuple(sorted({*near.to_ask, *also, *held.to_ask})),
        is_half_name=bool(record["is_partial"])
        and (record["forename"] is None) != (record["surname"] is None),
        waiting=waiting[:SHOWN],
        holders=held.holders[:SHOWN],
        has_more=len(candidates) > SHOWN or more_wait or len(held.holders) > SHOWN,
    )


def _is_found(candidates: tuple[Candidate, ...]) -> bool:
    return bool(candidates) and candidates[0].weight >= FOUND


class _People:
    """What came near, by person, as far as the viewer may see: no more is looked at than to say that there are more than are shown. What
    may not be seen takes no place from what may."""

    def __init__(self, viewing: Viewing, build: Build) -> None:
        self.viewing, self.build = viewing, build
        self.people: dict[str, list[Near]] = defaultdict(list)
        self.to_ask: set[str] = set()

    def take(self, near: list[Near]) -> None:
        """Take in records, heaviest first."""
        for start in range(0, len(near), LOOKED_AT):
            part = near[start : start + LOOKED_AT]
            may = seen(self.viewing, self.build, [one.record_id for one in part])
            self.to_ask |= _to_ask(part, may)
            for one in part:
                if one.record_id in may.whole and one.record_id in may.persons:
                    self.people[may.persons[one.record_id]].append(one)
            if len(self.people) > SHOWN:
                return


def _candidates(near: _People, record: dict[str, Any], how_often: HowOften) -> tuple[Candidate, ...]:
    together = assignments.records_of_people(near.build, near.people)
    sizes = Counter(together[one] for one in seen(near.viewing, near.build, together).open)
    return tuple(
        _candidate(person, found, record, _chance(how_often, found[0], record, sizes[person]))
        for person, found in near.people.items()
    )


def _chance(how_often: HowOften, near: Near, asked: dict[str, Any], records: int) -> float | None:
    """How often such a pair is one person: what is asked about stands alone, beside a person of so many records. Without any name it is
    like no pair that was counted."""
    if asked["forename"] is None and asked["surname"] is None:
        return None
    is_partial = bool(asked["is_partial"] or near.record["is_partial"])
    pair = {"weight": near.weighed.weight, "refusal": near.weighed.refusal}
    return how_often(pair, is_partial, (1, records))


def _waiting(
    viewing: Viewing, build: Build, record: dict[str, Any], how_often: HowOften
) -> tuple[tuple[Waiting, ...], set[str], bool]:
    """What came since the build and comes near, whom to ask about it, and whether there is more. On an earlier day there is none of it."""
    later = waiting_beside(build) if viewing.as_of >= build.info.as_of else None
    if later is None:
        return (), set(), False
    near = checks(later.folder).near(record, least=LEAST)
    if near:
        fresh = _fresh(later, [one.record_id for one in near])
        near = [one for one in near if one.record_id in fresh]
    today = replace(viewing, as_of=max(viewing.as_of, later.info.as_of))
    may = seen(today, later, [one.record_id for one in near], beside=build)
    shown = tuple(
        Waiting(
            record_id=one.record_id, agency=str(one.record["agency"]), received_on=may.facts[one.record_id]["received_on"],
            weight=one.weighed.weight, strength=rules.strength(one.weighed.weight), refusal=rules.refusal(one.weighed.refusal),
            fields=tuple(_fields(one, record)), chance=_chance(how_often, one, record, 1),
        )
        for one in near
        if one.record_id in may.whole
    )  # fmt: skip
    return shown, _to_ask(near, may), len(shown) > SHOWN


def _to_ask(near: list[Near], may: Seen) -> set[str]:
    """Whoever holds what comes near and may not be shown whole."""
    return {may.facts[one.record_id]["agency"] for one in near if one.record_id in may.open - may.whole}


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


def _candidate(person: str, near: list[Near], asked: dict[str, Any], chance: float | None) -> Candidate:
    best = near[0]
    return Candidate(
        person_id=person,
        record_ids=tuple(sorted(one.record_id for one in near)),
        agency=str(best.record["agency"]),
        weight=best.weighed.weight,
        strength=rules.strength(best.weighed.weight),
        refusal=rules.refusal(best.weighed.refusal),
        fields=tuple(_fields(best, asked)),
        chance=chance,
    )


def _fields(near: Near, asked: dict[str, Any]) -> list[FieldExplained]:
    """What was given beside what the record says; where nothing can be compared there is no line."""
    told = [
        FieldExplained(
            field=comparison.name,
            words=Sentence(comparison.words),
            left_value=rules.shown(comparison.name, asked) if comparison.name != "source" else None,
            right_value=rules.shown(comparison.name, dict(near.record)),
            level=rules.level_words(comparison.name, code),
            strength=rules.strength(near.weighed.weights[comparison.name]),
            weight=near.weighed.weights[comparison.name],
        )
        for comparison in COMPARISONS
        if (code := near.weighed.levels[comparison.name]) is not None and _tells(comparison.name, asked)
    ]
    return [*told, *rules.household(near.weighed.household_weight)]


def _tells(comparison: str, asked: dict[str, Any]) -> bool:
    """Whose file a record is in says something only of what is a record itself."""
    return comparison != "source" or bool(asked["file"])
