"""Which groups has a named lead adopted, by the viewing's day? And what is kept when one does, or drops it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from engage.governance import actions as governance
from engage.networks.groups.rules import Group
from engage.networks.models import GroupAdoption
from engage.picture.indicators.decided import counts
from engage.picture.seeing import Sight
from engage.vocabulary.words import N_, EngageError


NAMELESS = N_("Give it a name: one that names no child.")


class AdoptionRefused(EngageError):
    """The group cannot be adopted or dropped so: names what is missing."""


@dataclass(frozen=True)
class Adoption:
    """That a named lead adopted a group under a name, or dropped it, and why. `members` are those that it was adopted with."""

    is_adopted: bool
    name: str
    reason: str
    members: frozenset[str]
    said_by_name: str
    agency: str
    said_at: datetime


def adopted(see: Sight) -> dict[int, str]:
    """The name of each group whose last word is that it is adopted."""
    last = {row.number: row for row in GroupAdoption.objects.order_by("seq") if counts(see, row.said_at)}
    return {number: row.name for number, row in sorted(last.items()) if row.is_adopted}


def adoptions(see: Sight) -> dict[int, tuple[Adoption, ...]]:
    """All that leads said of each group, newest first."""
    found: dict[int, list[Adoption]] = defaultdict(list)
    for row in GroupAdoption.objects.order_by("-seq"):
        if counts(see, row.said_at):
            found[row.number].append(
                Adoption(row.is_adopted, row.name, row.reason, frozenset(row.members), row.said_by_name, row.agency, row.said_at)
            )  # fmt: skip
    return {number: tuple(rows) for number, rows in found.items()}


def keep(see: Sight, group: Group, *, name: str, reason: str) -> int:
    """Keep that a lead adopts the group under a name, or, without one, drops it; return the row's number. Raises AdoptionRefused."""
    viewing, name, reason = see.viewing, name.strip(), reason.strip()
    if not reason:
        raise AdoptionRefused(N_("Say why: whoever sees the group will read it."))
    if group.is_adopted == bool(name):
        raise AdoptionRefused(
            N_("It is adopted already: drop it first to adopt it as it stands now.")
            if name
            else N_("It is not adopted: there is nothing to drop.")
        )
    viewer = viewing.viewer
    with transaction.atomic():
        row = GroupAdoption.objects.create(
            number=group.number, is_adopted=bool(name), name=name, reason=reason, members=list(group.members), said_by=viewer.user_id, said_by_name=viewer.name,
            agency=viewer.agency, said_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action="group.adopted" if name else "group.dropped", subject=f"group:{group.number}", fields=["name", "reason", "members"],
            decision="adopted" if name else "dropped",
        )  # fmt: skip
    return int(row.seq)
