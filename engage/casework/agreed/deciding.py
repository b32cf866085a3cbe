"""What is checked before an action is agreed or something is said of it, and what follows?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.core.exceptions import ObjectDoesNotExist

from engage.casework.agreed.seeing import WORDS, ties_of
from engage.casework.agreed.seeing import seen as seen_of
from engage.casework.cases import deciding as cases
from engage.casework.cases import lasting
from engage.casework.cases.models import Case
from engage.casework.cases.naming import named
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import ACTION, Head, MovedOn
from engage.casework.cases.rules import log_name as case_name
from engage.casework.cases.seeing import Desk, head_of
from engage.casework.tasks import kept_out, writing
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import (
    DONE,
    HANDED_OVER,
    NOT_NEEDED,
    REOPENED,
    Action,
    ActionNotShown,
    ActionRefused,
    NewAction,
    Owner,
    Word,
    fault,
    fault_of_new,
    log_name,
    refusal,
)
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Fact, Viewer, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


AGREE = "agree_action"


def action_seen(viewing: Viewing, build: Build, number: int) -> tuple[Desk, Action, Head | None]:
    """The action of that number with the head of its case, where the viewer may know of it. Raises ActionNotShown, which the log tells of."""
    desk = Desk(sight(viewing, build))
    found = seen_of(desk, list(AgreedAction.objects.filter(pk=number)))
    if not found.actions:
        raise not_shown(viewing, number)
    action = found.actions[0]
    return desk, action, found.heads[action.case] if action.case is not None else None


def not_shown(viewing: Viewing, number: int) -> ActionNotShown:
    """The error of whoever asked for an action that is not there or not theirs to see; the log tells that they asked."""
    governance.record_view(
        viewing=viewing, action="action.view", subject=log_name(number), fields=[], decision="nothing"
    )
    return ActionNotShown(
        N_("There is no action under this address, or none that you may see for the purpose you gave."),
        remedy=N_("Go back to the list of actions, and check the purpose."),
    )


def to_agree(viewing: Viewing, build: Build, area: Area, new: Sequence[NewAction]) -> list[NewAction]:
    """Actions as they are to be kept, if this viewer may agree them. Raises MayNotDo, CaseNotShown, ActionRefused, AreaSettingsWrong."""
    about = ",".join(dict.fromkeys(case_name(one.case) for one in new if one.case)) or "none"
    governance.check_may(viewing=viewing, what=AGREE, subject=about)
    desk = Desk(sight(viewing, build))
    return [new_checked(desk, area, one) for one in new]


def agree(viewing: Viewing, checked: Iterable[NewAction]) -> tuple[int, ...]:
    """Keep checked actions, within the caller's transaction; return their numbers. Raises ActionRefused."""
    numbers, some = [], list(checked)
    names = named(one.case for one in some)
    for one in some:
        check_still_open(one.case)
        numbers.append(writing.agree(viewing, one, names.get(one.case, ())))
        brought_in(viewing, one.case, one.owner.agency, numbers[-1])
    return tuple(numbers)


def new_checked(desk: Desk, area: Area, new: NewAction) -> NewAction:
    """The action as it is to be kept: its owner known, who can read it. Raises CaseNotShown, ActionRefused, AreaSettingsWrong."""
    viewing = desk.see.viewing
    wrong = fault_of_new(new, london_day(viewing.at))
    if wrong:
        raise ActionRefused(wrong)
    owner = owner_checked(desk, area, new.owner, head_checked(desk, new.case))
    if kept_out.is_kept_out(viewing.viewer, owner, (new.case, new.meeting)):
        raise _not_to_them()
    return replace(new, owner=owner)


def head_checked(desk: Desk, case: int | None) -> Head | None:
    """The head of the open case that an action is of, in which the viewer's agency takes part; None of no case. Raises CaseNotShown, ActionRefused."""
    if case is None:
        return None
    row = Case.objects.filter(pk=case).first()
    head = desk.head(row) if row else None
    if head is None:
        raise cases.not_shown(desk.see.viewing, f"case {case}")
    if not _reads_the_meetings_of(desk, head):
        raise cases.not_shown(desk.see.viewing, head.log_name)
    if not head.is_open:
        raise ActionRefused(
            N_("This case is not open."), remedy=N_("Open the case again first, and say why.")
        )
    return head


def _reads_the_meetings_of(desk: Desk, head: Head) -> bool:
    subject = desk.subject_of(head, parts_of([head.number], desk.see.viewing.at).get(head.number, ()))
    return desk.decide(subject, Fact(desk.see.viewing.viewer.agency, "meeting")).is_allowed


def owner_checked(desk: Desk, area: Area, owner: Owner, head: Head | None) -> Owner:
    """The owner as kept: a worker by name and agency, if they can read what they are given. The same words for whoever cannot, whatever the reason."""
    if not owner.user:
        return replace(owner, agency=area.agency(owner.agency).code)
    try:
        named = access.viewer_named(owner.user)
    except ObjectDoesNotExist:
        raise _not_to_them() from None
    if head is not None and not _can_read(desk, named, head):
        raise _not_to_them()
    return Owner(area.agency(named.agency).code, named.name, named.user_id)


def _can_read(desk: Desk, named: Viewer, head: Head) -> bool:
    parts = parts_of([head.number], desk.see.viewing.at).get(head.number, ())
    subject = desk.subject_of(head, parts)
    subject = replace(subject, parts=(subject.parts or frozenset()) | {named.agency})
    fact = Fact(desk.see.viewing.viewer.agency, WORDS)
    decision = desk.see.policy.decide(viewer=named, subject=subject, fact=fact, purpose="safeguarding_child")
    return decision.is_allowed


def _not_to_them() -> ActionRefused:
    return ActionRefused(
        N_("This action cannot be given to them."),
        remedy=N_("Choose another worker, or another agency. Whoever leads the case can be asked."),
    )


def word_checked(desk: Desk, area: Area, action: Action, head: Head | None, word: Word) -> Word:
    """The word as it is to be kept, if this viewer may say it now. Raises ActionRefused, which the log tells of."""
    viewing = desk.see.viewing
    may_chase = access.can(viewer=viewing.viewer, what="chase")
    refused = refusal(viewing.viewer, ties_of(action, head), action.state, word.says, may_chase=may_chase)
    refused = refused or fault(word, london_day(viewing.at))
    if not refused and word.says == REOPENED and head is not None and not head.is_open:
        refused = Sentence(N_("The case of this action is not open."))
    if refused:
        governance.record_view(
            viewing=viewing, action="action.refused", subject=action.log_name, fields=[word.says], decision="nothing", why=str(refused)
        )  # fmt: skip
        raise ActionRefused(refused)
    if word.says == HANDED_OVER and word.owner:
        owner, of = owner_checked(desk, area, word.owner, head), (action.case, action.meeting)
        if kept_out.is_kept_out(viewing.viewer, owner, of, has_it=action.owner.agency):
            raise _not_to_them()
        return replace(word, owner=owner)
    return word


def brought_in(viewing: Viewing, case: int | None, agency: str, number: int) -> None:
    """Whoever has an action of a case takes part in it; within the transaction that gives them the action of that number."""
    if case is not None:
        lasting.bring_in(viewing, case, agency, ACTION, (lasting.ACTION, number))


def follow(viewing: Viewing, action: Action, word: Word) -> None:
    """Who takes part in the case because of an action, after a word on it: its part ends with the action, and begins again where that is opened again."""
    reason = (lasting.ACTION, action.number)
    if word.says in (DONE, NOT_NEEDED):
        lasting.end(viewing, word.says, reason)
    if word.says == REOPENED:
        brought_in(viewing, action.case, action.owner.agency, action.number)
    if word.says == HANDED_OVER and word.owner:
        if word.owner.agency != action.owner.agency:
            lasting.end(viewing, word.says, reason, agencies=[action.owner.agency])
        brought_in(viewing, action.case, word.owner.agency, action.number)


def check_still_open(case: int | None) -> None:
    """Within the transaction: nobody closed the case meanwhile. Raises ActionRefused."""
    row = Case.objects.select_for_update().filter(pk=case).first() if case is not None else None
    if row is not None and not head_of(row).is_open:
        raise ActionRefused(
            N_("This case is not open."), remedy=N_("Open the case again first, and say why.")
        )


def moved_on(number: int) -> MovedOn:
    """Somebody else said something of the action meanwhile: who, and when."""
    last = ActionWord.objects.filter(action=number).order_by("-number").first()
    values = {"who": last.said_by_name if last else "", "at": f"{last.said_at:%H:%M}" if last else ""}
    return MovedOn(
        Sentence(N_("%(who)s said something of this action while you were writing, at %(at)s UTC."), values),
        remedy=N_("Look at what was said. What you wrote is kept below, and you can still send it."),
    )
