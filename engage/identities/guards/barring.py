"""Of whom may a viewer see nothing, because they declared a relationship?

A person is declared by an id. Judgements may since have joined that id to another person or parted it: whoever has today a record that was that person's when it was
declared is barred, and so is whoever the id leads to. An address is declared by its first lines and postcode: whoever has today a record that says, and says still, that they live there is barred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from weakref import WeakKeyDictionary

from engage.governance.relationships import ADDRESS, PERSON, Standing, all_standing, standing
from engage.identities import assignments
from engage.store.warehouse import Build


def barred_people(build: Build, user: str) -> frozenset[str]:
    """Today's ids of everybody to whom, or to whose address, this worker declared a relationship that stands."""
    declared = [(one, user) for one in standing(user) if one.kind in (PERSON, ADDRESS)]
    return frozenset(_today(build, declared)) if declared else frozenset()


def barred_from_people(build: Build) -> dict[str, frozenset[str]]:
    """Of everybody to whom, or to whose address, somebody declared a relationship that stands, by today's id: the workers who did. Under whichever id it was declared."""
    declared = all_standing(PERSON, ADDRESS)
    return {person: frozenset(users) for person, users in _today(build, declared).items()}


def _today(build: Build, declared: Iterable[tuple[Standing, str]]) -> dict[str, set[str]]:
    """Whom these relationships, each with who declared it, bar today, each with the workers."""
    some = list(declared)
    people = [(one.key, one.at, user) for one, user in some if one.kind == PERSON]
    found: dict[str, set[str]] = defaultdict(set)
    if not some:
        return found
    now = assignments.today(build, {key for key, _at, _user in people})
    then = assignments.owners_then((key, at) for key, at, _user in people)
    at_home = _living_at(build, {one.key for one, _user in some if one.kind == ADDRESS})
    owners = assignments.persons_of(build, {*(one for records in (*then.values(), *at_home.values()) for one in records)})  # fmt: skip
    for key, at, user in people:
        for person in (now[key], *(owners[record] for record in then[key, at] if record in owners)):
            found[person].add(user)
    for one, user in some:
        for record in at_home.get(one.key, ()) if one.kind == ADDRESS else ():
            if record in owners:
                found[owners[record]].add(user)
    return found


# Of each build who lives at an address that was declared: a build never changes, and few addresses are declared.
_kept: WeakKeyDictionary[Build, dict[str, frozenset[str]]] = WeakKeyDictionary()
# Where one of the two gives no postcode, the first lines alone say it.
_LIVING = """
    select distinct d.key, r.from_record_id from (select unnest($keys) as key, unnest($lines) as lines, unnest($codes) as code) d
    join location l on l.address_key = d.lines and (d.code = '' or l.postcode is null or l.postcode = d.code)
    join relationship r on r.to_record_id = l.record_id and r.to_thing = 'location' and r.kind = 'lives at' and r.from_thing = 'person'
    where l.known_until_on is null and r.known_until_on is null
"""


def _living_at(build: Build, keys: Collection[str]) -> dict[str, frozenset[str]]:
    """By the key of each of these addresses the records of whoever lives there by what the build holds, whoever may see it: what has ended is not among it."""
    kept = _kept.setdefault(build, {})
    unknown = sorted(set(keys) - kept.keys())
    if unknown:
        parts = [key.partition("|") for key in unknown]
        bound = {"keys": unknown, "lines": [lines for lines, _bar, _code in parts], "codes": [code for *_lines, code in parts]}  # fmt: skip
        found: dict[str, set[str]] = {key: set() for key in unknown}
        cursor = build.analysis()
        try:
            for key, record in cursor.execute(_LIVING, bound).fetchall():
                found[key].add(record)
        finally:
            cursor.close()
        kept |= {key: frozenset(records) for key, records in found.items()}
    return {key: kept[key] for key in keys}
