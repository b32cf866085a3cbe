"""The writing door of agreed actions: agree, say what became of one, chase many at once, and what is due by rule.

Done, no longer needed, more days, handed over, chased, escalated and opened again are words (`tasks.rules.Word`) through one door, `say`: who may say which, and what each
needs, stands in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from engage.casework.agreed import deciding
from engage.casework.agreed.chasing import Chased, chase_by_rule
from engage.casework.agreed.deciding import action_seen, check_still_open, moved_on
from engage.casework.cases.naming import named
from engage.casework.cases.rules import CaseNotShown, MovedOn
from engage.casework.tasks import writing
from engage.casework.tasks.rules import (
    CHASED,
    REOPENED,
    ActionNotShown,
    ActionRefused,
    NewAction,
    Owner,
    Word,
)
from engage.governance import actions as governance
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = [
    "ActionNotShown",
    "ActionRefused",
    "CaseNotShown",
    "Chased",
    "MovedOn",
    "NewAction",
    "Owner",
    "Word",
    "agree",
    "chase_due",
    "chase_many",
    "say",
]
CHASE = "chase"
_TRIES = 3


@dataclass(frozen=True)
class ChasedByHand:
    """How many of the actions that were chosen were chased, and how many were not: ended meanwhile, or not the viewer's to chase."""

    chased: int
    left: int


def agree(*, viewing: Viewing, build: Build, area: Area, new: Sequence[NewAction]) -> tuple[int, ...]:
    """Keep that actions were agreed, all or none; return their numbers. An agency that is given one of a case takes part in the case from now on. Audited. Raises
    MayNotDo, CaseNotShown, ActionRefused, AreaSettingsWrong."""
    checked = deciding.to_agree(viewing, build, area, new)
    with transaction.atomic():
        return deciding.agree(viewing, checked)


def say(*, viewing: Viewing, build: Build, area: Area, number: int, word: Word) -> None:
    """Say what became of an action. Audited. Raises ActionNotShown, ActionRefused, MovedOn, AreaSettingsWrong."""
    desk, action, head = action_seen(viewing, build, number)
    if action.version != word.version:
        # Before any refusal: whoever was second is shown what was first, also where it ended the action.
        raise moved_on(number)
    kept = deciding.word_checked(desk, area, action, head, word)
    with transaction.atomic():
        if kept.says == REOPENED:
            check_still_open(action.case)
        if not writing.say(viewing, number, kept, named([action.case]).get(action.case, ())):
            raise moved_on(number)
        deciding.follow(viewing, action, kept)


def chase_many(
    *, viewing: Viewing, build: Build, area: Area, numbers: Sequence[int], reason: str = ""
) -> ChasedByHand:
    """Chase every one of these actions that is still open; return how many were. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=CHASE, subject="none")
    chosen = list(dict.fromkeys(numbers))
    chased = sum(_chase(viewing, build, area, number, reason) for number in chosen)
    return ChasedByHand(chased, len(chosen) - chased)


def _chase(viewing: Viewing, build: Build, area: Area, number: int, reason: str) -> bool:
    """Chasing goes with whatever somebody else said meanwhile, as long as the action is still open."""
    for _ in range(_TRIES):
        try:
            _desk, action, _head = action_seen(viewing, build, number)
            word = Word(CHASED, action.version, reason)
            say(viewing=viewing, build=build, area=area, number=number, word=word)
        except MovedOn:
            continue
        except (ActionNotShown, ActionRefused):
            return False
        return True
    return False


def chase_due(*, viewing: Viewing, area: Area) -> Chased:
    """Chase and escalate what is due by the area's rule, once each; what was chased already is left. Says numbers only. Audited. Raises MayNotDo, TaskFileWrong."""
    governance.check_may(viewing=viewing, what=CHASE, subject="none")
    return chase_by_rule(viewing, area)
