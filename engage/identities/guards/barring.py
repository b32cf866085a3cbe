"""Of whom may a viewer see nothing, because they declared a relationship?

A person is declared by an id. Judgements may since have joined that id to another person or parted it: whoever has today a record that was that person's when it was
declared is barred, and so is whoever the id leads to.
"""

from __future__ import annotations

from engage.governance.relationships import PERSON, standing
from engage.identities import assignments
from engage.store.warehouse import Build


def barred_people(build: Build, user: str) -> frozenset[str]:
    """Today's ids of everybody to whom this worker declared a relationship that stands."""
    declared = [one for one in standing(user) if one.kind == PERSON]
    if not declared:
        return frozenset()
    now = assignments.today(build, {one.key for one in declared})
    records = {record for one in declared for record in assignments.records_then(one.key, one.at)}
    return frozenset({*now.values(), *assignments.persons_of(build, records).values()})
