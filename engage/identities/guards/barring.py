"""Of whom may a viewer see nothing, because they declared a relationship?

A person is declared by an id. Judgements may since have joined that id to another person or parted it: whoever has today a record that was that person's when it was
declared is barred, and so is whoever the id leads to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from engage.governance.relationships import PERSON, declared_people, standing
from engage.identities import assignments
from engage.store.warehouse import Build


def barred_people(build: Build, user: str) -> frozenset[str]:
    """Today's ids of everybody to whom this worker declared a relationship that stands."""
    declared = [(one.key, one.at, user) for one in standing(user) if one.kind == PERSON]
    return frozenset(_today(build, declared)) if declared else frozenset()


def barred_from_people(build: Build) -> dict[str, frozenset[str]]:
    """Of everybody to whom somebody declared a relationship that stands, by today's id: the workers who did. Under whichever id it was declared."""
    return {person: frozenset(users) for person, users in _today(build, declared_people()).items()}


def _today(build: Build, declared: Iterable[tuple[str, datetime, str]]) -> dict[str, set[str]]:
    """Whom these relationships (the id, when and by whom they were declared) bar today, each with the workers."""
    some = list(declared)
    found: dict[str, set[str]] = defaultdict(set)
    if not some:
        return found
    now = assignments.today(build, {key for key, _at, _user in some})
    then = assignments.owners_then((key, at) for key, at, _user in some)
    owners = assignments.persons_of(build, {record for records in then.values() for record in records})
    for key, at, user in some:
        for person in (now[key], *(owners[record] for record in then[key, at] if record in owners)):
            found[person].add(user)
    return found
