"""To whom and what did workers declare a relationship, so that they see nothing of it?

A person is kept by id, an address as `first lines|POSTCODE` in the normal form of places, a firm by its name in lower case. What is declared holds until it is ended.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from engage.governance.models import DeclaredRelationship


PERSON, ADDRESS, FIRM = "person", "address", "firm"
KINDS = (PERSON, ADDRESS, FIRM)


@dataclass(frozen=True)
class Standing:
    """To what somebody declared a relationship that stands, and since when."""

    kind: str
    key: str
    at: datetime


def barred(kind: str) -> dict[str, frozenset[str]]:
    """Of each key of a kind to which somebody declared a relationship that stands, who did, by sign-in name."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = DeclaredRelationship.objects.filter(kind=kind, ended_at=None)
    for key, user in rows.values_list("key", "user"):
        found[key].add(user)
    return {key: frozenset(users) for key, users in found.items()}


def all_standing(*kinds: str) -> list[tuple[Standing, str]]:
    """Every relationship of these kinds that stands, with who declared it."""
    rows = DeclaredRelationship.objects.filter(kind__in=kinds, ended_at=None).order_by("pk")
    some = rows.values_list("kind", "key", "declared_at", "user")
    return [(Standing(kind, key, at), user) for kind, key, at, user in some]


def barred_keys(user: str, kind: str) -> frozenset[str]:
    """Everything of a kind to which this worker declared a relationship that stands."""
    return frozenset(one.key for one in standing(user) if one.kind == kind)


def standing(user: str) -> tuple[Standing, ...]:
    """Every relationship of this worker's that stands. Nearly everybody has none, and every view asks."""
    with connection.cursor() as cursor:
        cursor.execute(_HAS_ANY, [user])
        if cursor.fetchone() is None:
            return ()
    rows = DeclaredRelationship.objects.filter(user=user, ended_at=None).order_by("pk")
    return tuple(Standing(*row) for row in rows.values_list("kind", "key", "declared_at"))


# To put the words together takes longer than to be answered.
_HAS_ANY = f"select 1 from {DeclaredRelationship._meta.db_table} where {connection.ops.quote_name('user')} = %s and ended_at is null limit 1"  # noqa: SLF001
