"""A named person opens somebody or something as of concern, closes it, or reviews who is not counted: what is checked, and the row that is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from engage.governance import actions as governance
from engage.networks.concern import PERSON
from engage.networks.decided import may_hear
from engage.networks.models import ConcernDecision
from engage.networks.showing import Subject
from engage.picture.seeing import Sight
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


GRADE = re.compile(r"^[1-3][A-E][PC]$")
# How long a review of who is not counted may hold, as the days of a year.
LONGEST = 366


class DecisionRefused(EngageError):
    """Nothing can be decided so: names what is missing."""


@dataclass(frozen=True)
class Word:
    """What is decided of which of these kinds, under its code in addresses: why, the grade of an opening, the day of the next review; and the records
    that stood on the page (`seen`), so that what came in between is not taken to have been read."""

    code: str
    reason: str
    grade: str = ""
    review_on: date | None = None
    seen: frozenset[str] = frozenset()


def check(see: Sight, found: Subject, word: Word, says: str) -> None:
    """Raise DecisionRefused unless that can be said of it now."""
    if not word.reason.strip():
        raise DecisionRefused(N_("Say why: others will read it beside the records."))
    one = found.one
    opened = found.decided.opened(one.kind, one.key)
    if says == "opened":
        _check_opening(see, found, word, is_open=opened is not None)
    elif says == "closed" and opened is None:
        raise DecisionRefused(
            N_("It is not open, or you may not know that it is: there is nothing to close.")
        )
    elif says == "not_counted":
        _check_review(see, found, word)
    if says != "closed" and not word.seen & found.record_ids:
        raise DecisionRefused(
            N_("No record that you may see was before you."), remedy=N_("Open the page again.")
        )


def _check_opening(see: Sight, found: Subject, word: Word, *, is_open: bool) -> None:
    if is_open:
        raise DecisionRefused(N_("It is open already: close it first to open it for another reason."))
    if not GRADE.match(word.grade):
        raise DecisionRefused(
            N_("Write the grade as a number 1 to 3, a letter A to E, and P or C: 2BP for instance.")
        )
    if not may_hear(see, see.viewing.viewer.agency, word.grade):
        raise DecisionRefused(N_("Your role does not see what is handled C, so it cannot record it."))
    if found.one.kind == PERSON and found.people[found.one.key].is_child:
        raise DecisionRefused(N_("Somebody under 18 is a child, and is listed among children only."))


def _check_review(see: Sight, found: Subject, word: Word) -> None:
    if not found.is_not_counted:
        raise DecisionRefused(N_("They are not among those who are not counted."))
    today = london_day(see.viewing.at)
    if word.review_on is None or not 0 < (word.review_on - today).days <= LONGEST:
        raise DecisionRefused(
            Sentence(
                N_("Name a day within %(days)s days on which it is looked at again."), {"days": str(LONGEST)}
            )
        )


def keep(see: Sight, found: Subject, word: Word, says: str) -> int:
    """Keep it, and say so in the log; return the row's number."""
    viewing, one = see.viewing, found.one
    with transaction.atomic():
        row = ConcernDecision.objects.create(
            kind=one.kind, key=one.key, says=says, reason=word.reason.strip(), grade=word.grade if says == "opened" else "",
            seen=sorted(word.seen & found.record_ids), review_on=word.review_on if says == "not_counted" else None,
            said_by=viewing.viewer.user_id, said_by_name=viewing.viewer.name, agency=viewing.viewer.agency, said_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action=f"concern.{says}", subject=found.subject, fields=["reason", "grade", "seen"], decision=says
        )  # fmt: skip
    return int(row.seq)
