"""The digest of a worker's day: numbers alone. No name, no content and no number of a case leaves by e-mail.

A number tells only how much waits, and who reads the mail on the way learns that the worker works here. Whoever wants to know what it is signs in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from engage.casework.cases.deciding import kind_of_agency
from engage.casework.cases.seeing import Desk
from engage.casework.week.lists import SECTIONS, day_of
from engage.casework.week.models import DigestChoice
from engage.casework.week.today import Today, fill
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.words import N_, EngageError


class AddressWrong(EngageError):
    """The digest cannot be sent to this address."""


@dataclass(frozen=True)
class Digest:
    """What is to be sent: to which address, and how much is due, new since they were last here, waits for the worker and waits for others."""

    user: str
    address: str
    counts: dict[str, int]

    @property
    def is_empty(self) -> bool:
        """Nothing waits: no mail is sent."""
        return not any(self.counts.values())


def choose(viewing: Viewing, *, is_wanted: bool, address: str) -> None:
    """Keep whether the viewer wants the digest. Raises AddressWrong."""
    if is_wanted:
        try:
            validate_email(address)
        except ValidationError:
            raise AddressWrong(N_("This is no e-mail address: write it as name@example.org.")) from None
    with transaction.atomic():
        DigestChoice.objects.create(
            user=viewing.viewer.user_id, is_wanted=is_wanted, address=address if is_wanted else "", said_at=viewing.at, request_id=viewing.request_id
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action="digest.chosen", subject=viewing.viewer.user_id, fields=["address"], decision="wanted" if is_wanted else "not_wanted"
        )  # fmt: skip


def chosen(user: str) -> str:
    """To which address a worker wants the digest; "" for who does not."""
    row = DigestChoice.objects.filter(user=user).order_by("-seq").first()
    return row.address if row and row.is_wanted else ""


def digests(viewing: Viewing, build: Build, area: Area) -> Iterator[Digest]:
    """The digest of everybody who wants one and may still sign in, worked out as what they would see themselves. Each is in the log as theirs."""
    last = {row.user: row for row in DigestChoice.objects.order_by("seq")}
    known = {one.user_id: one for one in _workers(area)}
    wanted = {user: row for user, row in sorted(last.items()) if row.is_wanted and user in known}
    here = access.last_here(users=wanted)
    for user, row in wanted.items():
        theirs = replace(viewing, viewer=known[user])
        yield Digest(user, row.address, _counts(theirs, build, area, here.get(user)))


def _workers(area: Area) -> list[Viewer]:
    return [one for code in area.agencies for one in access.workers_of(agency=code)]


# Nobody waits for a digest, and it is nothing but numbers.
ALL = 1_000_000


def _counts(viewing: Viewing, build: Build, area: Area, since: datetime | None) -> dict[str, int]:
    theirs = replace(viewing, purpose="safeguarding_child", request_id=f"digest-{uuid4().hex}")
    day = day_of(theirs.viewer.role, kind_of_agency(area, theirs.viewer.agency))
    found = fill(Desk(sight(theirs, build)), area, day, since, counted=ALL)
    governance.record_view(
        viewing=theirs, action="digest.counted", subject=theirs.viewer.user_id, fields=["numbers"], decision="allow"
    )  # fmt: skip
    return _by_section(found)


def _by_section(found: Today) -> dict[str, int]:
    """How much stands in each part of the day. What is new is new since the last visit, as the page will say when they sign in; of who never came everything is."""
    counts = dict.fromkeys(SECTIONS, 0)
    for one in found.lists:
        counts[one.kind.section] += one.filled.count
    return counts
