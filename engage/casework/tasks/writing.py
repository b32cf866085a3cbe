"""How are an action and the words on it kept? Each row with its line in the log, in one transaction.

Who may, and what the viewer may know of it, is decided by the doors of `agreed`: the rows of an action know of its case only the number. Two who say something
of one action at the same moment: the head says which word was the last, and whoever comes second finds another there and is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import (
    ENDS,
    EXTENDED,
    HANDED_OVER,
    OPEN,
    REOPENED,
    NewAction,
    Owner,
    Word,
    WordSaid,
    log_name,
)
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing


def agree(viewing: Viewing, new: NewAction, about: Iterable[str]) -> int:
    """Keep that an action was agreed; return its number. `about`: its case and whom that is about, as the log names them."""
    viewer = viewing.viewer
    with transaction.atomic():
        row = AgreedAction.objects.create(
            case=new.case, meeting=new.meeting, decision=new.decision, what=new.what.strip(), owner=new.owner.user, owner_name=new.owner.name.strip(),
            agency=new.owner.agency, due_on=new.due_on, state=OPEN, version=0, made_by=viewer.user_id, made_by_name=viewer.name,
            made_by_agency=viewer.agency, made_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action="action.agreed", subject=_subject(row.seq, about), fields=["what", "owner", "due"], decision="agreed"
        )  # fmt: skip
    return int(row.seq)


def say(viewing: Viewing, number: int, word: Word, about: Iterable[str]) -> bool:
    """Keep one word on an action that was read at the word's version; False, and nothing kept, where somebody was first. `about`: its case and whom that is about, as the log names them."""
    viewer = viewing.viewer
    with transaction.atomic():
        found = AgreedAction.objects.filter(pk=number, version=word.version)
        if not found.update(version=word.version + 1, **_changes(word)):
            return False
        owner = word.owner or Owner("", "")
        ActionWord.objects.create(
            action=number, number=word.version + 1, says=word.says, reason=word.reason.strip(), due_on=word.due_on, owner=owner.user, owner_name=owner.name,
            owner_agency=owner.agency, said_by=viewer.user_id, said_by_name=viewer.name, agency=viewer.agency, said_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action=f"action.{word.says}", subject=_subject(number, about), fields=[], decision=word.says
        )  # fmt: skip
    return True


def _subject(number: int, about: Iterable[str]) -> str:
    return ",".join((log_name(number), *about))


def _changes(word: Word) -> dict[str, object]:
    """What a word changes of the head."""
    changed: dict[str, object] = {}
    if word.says in ENDS:
        changed["state"] = word.says
    if word.says == REOPENED:
        changed["state"] = OPEN
    if word.due_on and word.says in (EXTENDED, HANDED_OVER, REOPENED):
        changed["due_on"] = word.due_on
    if word.owner and word.says == HANDED_OVER:
        changed |= {"owner": word.owner.user, "owner_name": word.owner.name, "agency": word.owner.agency}
    return changed


def said_of(number: int) -> list[WordSaid]:
    """Every word on an action in order."""
    return [word_of(row) for row in ActionWord.objects.filter(action=number).order_by("number")]


def word_of(row: ActionWord) -> WordSaid:
    """A row as rules speak of it."""
    owner = Owner(row.owner_agency, row.owner_name, row.owner) if row.owner_name else None
    return WordSaid(
        row.number, row.says, row.reason, row.due_on, owner, row.said_by, row.said_by_name, row.agency, row.said_at
    )  # fmt: skip
