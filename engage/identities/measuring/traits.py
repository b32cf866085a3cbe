"""What had changed, or was missing, between the records that should have been joined and were not; and who was joined wrongly?

A pair has as many traits as are true of it. Compared are the values that linking compared, in the build's own store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engage.identities.evaluating import Key, Truth
from engage.identities.measuring.answer import Person


@dataclass(frozen=True)
class OfKind:
    """Pairs with one trait: how many of them went wrong, of how many there are."""

    kind: str
    wrong: int
    pairs: int


# Code, and what it means in SQL of two rows of link_record; of pairs of one person that may have been missed.
_TRAITS = {
    "partial": "one.kind = 'partial' or other.kind = 'partial'",
    "duplicate": "one.kind = 'duplicate' or other.kind = 'duplicate'",
    "nickname": "l.forename <> r.forename and list_has_any(l.forename_groups, r.forename_groups)",
    "forename": "l.forename <> r.forename and not coalesce(list_has_any(l.forename_groups, r.forename_groups), false) and not list_contains(r.surnames, l.forename)",
    "swapped": "l.forename <> r.forename and list_contains(r.surnames, l.forename) and list_contains(l.surnames, r.forename)",
    "surname": "not list_has_any(l.surnames, r.surnames)",
    "moved": "len(l.address_keys) > 0 and len(r.address_keys) > 0 and not list_has_any(l.address_keys, r.address_keys)",
    "birth": "l.birth_on <> r.birth_on",
    "no_birth": "l.birth_on is null or r.birth_on is null",
    "no_place": "len(coalesce(l.address_keys, [])) = 0 or len(coalesce(r.address_keys, [])) = 0",
}
_KNOWN = "known as materialized (select unnest($ids) as record_id, unnest($people) as person, unnest($groups) as grouped, unnest($kinds) as kind, unnest($homes) as home)"
_MISSED = f"""
    with {_KNOWN}, pair as (
        select one.grouped <> other.grouped as missed, {", ".join(f"coalesce({sql}, false) as {code}" for code, sql in _TRAITS.items())}
        from known one join known other on one.person = other.person and one.record_id < other.record_id
        join link_record l on l.record_id = one.record_id join link_record r on r.record_id = other.record_id
    )
    select {", ".join(f"count(*) filter (where {code} and missed), count(*) filter (where {code})" for code in _TRAITS)} from pair
"""
_WRONG = f"""
    with {_KNOWN}
    select one.person, other.person, one.home <> '' and one.home = other.home, coalesce(list_has_any(l.address_keys, r.address_keys), false)
        or coalesce(list_has_any(l.phones, r.phones), false), coalesce(l.forename = r.forename and list_has_any(l.surnames, r.surnames), false),
        one.kind = 'partial' or other.kind = 'partial'
    from known one join known other on one.grouped = other.grouped and one.record_id < other.record_id and one.person <> other.person
    join link_record l on l.record_id = one.record_id join link_record r on r.record_id = other.record_id
"""
_RECORDS = "select distinct agency, file, source_id, record_id from person_record"


def missed_by_trait(
    connection: Any, of: Mapping[Key, str], truth: Truth, people: Mapping[str, Person]
) -> tuple[OfKind, ...]:
    """Of the pairs of one person with each trait, how many are not joined. Records that the build left out are not counted."""
    counts = connection.execute(_MISSED, _known(connection, of, truth, people)).fetchone()
    return tuple(
        OfKind(code, counts[2 * place], counts[2 * place + 1])
        for place, code in enumerate(_TRAITS)
        if counts[2 * place + 1]
    )


def wrong_by_kind(
    connection: Any, of: Mapping[Key, str], truth: Truth, people: Mapping[str, Person]
) -> tuple[OfKind, ...]:
    """The joined pairs of two people, by who the two are to each other: a kind of look-alike of the answer, household, same_place,
    namesakes, partial; or none of these. `pairs` is the number of all wrongly joined pairs."""
    rows = connection.execute(_WRONG, _known(connection, of, truth, people)).fetchall()
    alike = {frozenset((one, other)): kind for one, other, kind in truth.look_alikes}
    counts: dict[str, int] = {}
    for row in rows:
        for kind in _kinds(row, alike):
            counts[kind] = counts.get(kind, 0) + 1
    return tuple(OfKind(kind, wrong, len(rows)) for kind, wrong in sorted(counts.items()))


def _kinds(row: tuple[Any, ...], alike: Mapping[frozenset[str], str]) -> Iterable[str]:
    one, other, home, place, names, partial = row
    kinds = [alike[frozenset((one, other))]] if frozenset((one, other)) in alike else []
    facts = {
        "household": home,
        "same_place": place and not home,
        "namesakes": names and not kinds,
        "partial": partial,
    }
    return [*kinds, *(kind for kind, so in facts.items() if so)] or ["other"]


def _known(
    connection: Any, of: Mapping[Key, str], truth: Truth, people: Mapping[str, Person]
) -> dict[str, list[str]]:
    ids = {
        (agency, file, source): record
        for agency, file, source, record in connection.execute(_RECORDS).fetchall()
    }
    keys = [key for key in sorted(of) if key in ids]
    return {
        "ids": [ids[key] for key in keys],
        "people": [truth.person_of[key] for key in keys],
        "groups": [of[key] for key in keys],
        "kinds": [truth.kind_of[key] for key in keys],
        "homes": [
            people[truth.person_of[key]].home if truth.person_of[key] in people else "" for key in keys
        ],
    }
