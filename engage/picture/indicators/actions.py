"""The writing door of indicators: what a worker says of one, and that they looked at a child's new evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from engage.governance.actions import check_may, record_decision
from engage.picture.indicators import queries
from engage.picture.indicators.rules import LISTED
from engage.picture.indicators.standing import Standing
from engage.picture.models import IndicatorStatement, LookedAt
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError


OF_EVIDENCE = ("confirmed", "explained", "disputed")
OF_CHILD = ("present", "not_present", "not_known")


class StatementRefused(EngageError):
    """Nothing can be said of that indicator so: names what is missing."""


@dataclass(frozen=True)
class Word:
    """What a worker says of one indicator, and why. `seen`: the keys of the evidence that stood on the page, so that what came in between is not
    taken to have been read."""

    indicator: str
    says: str
    reason: str
    seen: frozenset[str] = frozenset()


def say(*, viewing: Viewing, build: Build, area: Area, person_id: str, word: Word) -> int:
    """Keep what a worker says of one indicator of a person; return its number. Audited. Raises MayNotDo, PersonUnknown, StatementRefused."""
    check_may(viewing=viewing, what="record", subject=person_id)
    found = queries.child(viewing=viewing, build=build, area=area, person_id=person_id)
    standing = next((one for one in found.standings if one.indicator.code == word.indicator), None)
    seen = _checked(word, standing)
    with transaction.atomic():
        row = IndicatorStatement.objects.create(
            person_id=found.person_id, indicator=word.indicator, says=word.says, reason=word.reason.strip(), seen=json.dumps(sorted(seen)),
            **_who(viewing),
        )  # fmt: skip
        record_decision(
            viewing=viewing,
            action="indicator.said",
            subject=found.person_id,
            fields=[word.indicator],
            decision=word.says,
        )
    return int(row.seq)


def _checked(word: Word, standing: Standing | None) -> set[str]:
    if not word.reason.strip():
        raise StatementRefused(N_("Say why: others will read it beside the evidence."))
    if standing is None:
        raise StatementRefused(N_("There is no such indicator, or it is not in use here."))
    if word.says in OF_CHILD:
        return set()
    current = {one.key for one in standing.held.current}
    if word.says not in OF_EVIDENCE or not current & word.seen:
        raise StatementRefused(
            N_("There is no evidence of it to confirm, explain or dispute."),
            remedy=N_("Record that it is present, not present or not known."),
        )
    return current & set(word.seen)


def take_back(*, viewing: Viewing, build: Build, area: Area, person_id: str, seq: int) -> None:
    """Take back a statement of one's own: it counts no more, and both stay in the log. Raises MayNotDo, PersonUnknown, StatementRefused."""
    check_may(viewing=viewing, what="record", subject=person_id)
    found = queries.child(viewing=viewing, build=build, area=area, person_id=person_id)
    said = {one.seq: one for standing in found.standings for one in standing.statements}
    if seq not in said or said[seq].said_by != viewing.viewer.user_id:
        raise StatementRefused(N_("Only who said it takes it back."))
    with transaction.atomic():
        IndicatorStatement.objects.create(
            person_id=found.person_id, indicator=said[seq].indicator, says="taken_back", reason="", takes_back=seq, **_who(viewing)
        )  # fmt: skip
        record_decision(
            viewing=viewing,
            action="indicator.taken_back",
            subject=found.person_id,
            fields=[said[seq].indicator],
            decision="taken_back",
        )


def looked_at(
    *, viewing: Viewing, build: Build, area: Area, person_id: str, outcome: str, seen: frozenset[str]
) -> None:
    """Keep that a worker looked at a child's new evidence, and what came of it. Only what stood on their page (`seen`) counts as reviewed.
    Audited. Raises MayNotDo, PersonUnknown, StatementRefused."""
    check_may(viewing=viewing, what="record", subject=person_id)
    if not outcome.strip():
        raise StatementRefused(N_("Say what was done, or why nothing is needed now."))
    found = queries.child(viewing=viewing, build=build, area=area, person_id=person_id)
    shown = {
        one.key
        for standing in found.standings
        if standing.indicator.kind in LISTED
        for one in standing.held.evidence
    }
    with transaction.atomic():
        who = _who(viewing)
        LookedAt.objects.create(
            person_id=found.person_id, outcome=outcome.strip(), seen=json.dumps(sorted(shown & seen)), looked_by=who["said_by"],
            looked_by_name=who["said_by_name"], agency=who["agency"], looked_at=who["said_at"], request_id=who["request_id"],
        )  # fmt: skip
        record_decision(
            viewing=viewing, action="child.looked_at", subject=found.person_id, fields=["evidence"], decision="looked_at"
        )  # fmt: skip


def _who(viewing: Viewing) -> dict[str, Any]:
    viewer = viewing.viewer
    return {
        "said_by": viewer.user_id, "said_by_name": viewer.name, "agency": viewer.agency, "said_at": viewing.at, "request_id": viewing.request_id,
    }  # fmt: skip
