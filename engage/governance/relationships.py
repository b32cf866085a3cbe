"""To whom and what did workers declare a relationship, so that they see nothing of it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from engage.governance.models import DeclaredRelationship


PERSON, ADDRESS, FIRM = "person", "address", "firm"


def barred(kind: str, keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """Of each of these keys of a kind who declared a relationship that stands, by sign-in name; keys without one are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = DeclaredRelationship.objects.filter(kind=kind, key__in=sorted(set(keys)), ended_at=None)
    for key, user in rows.values_list("key", "user"):
        found[key].add(user)
    return {key: frozenset(users) for key, users in found.items()}


def barred_keys(user: str, kind: str) -> frozenset[str]:
    """Everything of a kind to which this worker declared a relationship that stands."""
    rows = DeclaredRelationship.objects.filter(user=user, kind=kind, ended_at=None)
    return frozenset(rows.values_list("key", flat=True))
