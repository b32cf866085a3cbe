"""Who holds exactly the telephone, address or number that was given, though that alone does not say that they are the person?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from engage.identities.checking.rules import Holder
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


@dataclass(frozen=True)
class Holding:
    """The holders whom the viewer may see whole, one more than asked for where there are more, and the agencies to ask about others."""

    holders: tuple[Holder, ...] = ()
    to_ask: frozenset[str] = frozenset()


# Of each field that was given: whether a record holds it. What is looked through is one column, not every pair.
_HOLDS = {
    "nhs_number": "nhs_number = $nhs_number",
    "upn": "upn = $upn",
    "pnc_id": "pnc_id = $pnc_id",
    "phone": "list_contains(phones, $phone)",
    "email": "list_contains(emails, $email)",
    "address": "list_contains(address_keys, $address) and ($postcode is null or postcodes is null or list_contains(postcodes, $postcode))",
}
_LISTS = {"phone": "phones", "email": "emails", "address": "address_keys", "postcode": "postcodes"}
# Of one field: a busy address (a school, a hostel) says nothing, however many of its records are read.
_LOOKED_AT = 500
_PART = 50
_ENOUGH = 11


def holding(viewing: Viewing, build: Build, asked: dict[str, Any], but: Collection[str]) -> Holding:
    """Who holds something of what was asked (columns of `link_record`), besides these persons."""
    given = {field: _value(field, asked) for field in (*_HOLDS, "postcode")}
    fields = [field for field in _HOLDS if given[field]]
    held = _records(build, fields, given)
    people: dict[str, dict[str, list[str]]] = defaultdict(dict)
    to_ask: set[str] = set()
    ids = list(held)
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        may = seen(viewing, build, part)
        to_ask |= {may.facts[record]["agency"] for record in may.open - may.whole}
        for record in part:
            person = may.persons.get(record)
            if record in may.whole and person is not None and person not in but:
                people[person][record] = held[record]
        if len(people) >= _ENOUGH:
            break
    return Holding(tuple(_holder(person, records) for person, records in people.items()), frozenset(to_ask))


def _value(field: str, asked: dict[str, Any]) -> str | None:
    value = asked[_LISTS.get(field, field)]
    found = value[0] if isinstance(value, list) else value
    return str(found) if found else None


def _records(build: Build, fields: Iterable[str], given: dict[str, str | None]) -> dict[str, list[str]]:
    """The records that hold any of these, each with which, in the order of the fields and of the records."""
    held: dict[str, list[str]] = defaultdict(list)
    cursor = build.analysis()
    try:
        for field in fields:
            names = ("address", "postcode") if field == "address" else (field,)
            found = cursor.execute(
                f"select record_id from link_record where {_HOLDS[field]} order by record_id limit {_LOOKED_AT}",
                {name: given[name] for name in names},
            ).fetchall()
            for (record,) in found:
                held[record].append(field)
    finally:
        cursor.close()
    return held


def _holder(person: str, records: dict[str, list[str]]) -> Holder:
    return Holder(
        person, tuple(sorted(records)), tuple(dict.fromkeys(f for fields in records.values() for f in fields))
    )
