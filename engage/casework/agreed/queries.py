"""The reading door of agreed actions: lists by person, agency, case and meeting, one action with what was said of it, and what is often agreed. One call, one line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engage.casework.agreed.deciding import action_seen, head_checked
from engage.casework.agreed.listing import ActionList, Asked, listed
from engage.casework.agreed.seeing import ties_of
from engage.casework.cases.rules import OF_PEOPLE, CaseNotShown, Head, log_name
from engage.casework.cases.seeing import Desk
from engage.casework.tasks.rules import WORDS, Action, ActionNotShown, WordSaid, refusal
from engage.casework.tasks.templates import Template, templates
from engage.casework.tasks.writing import said_of
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.search.called import Called
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


__all__ = ["ActionList", "ActionNotShown", "ActionShown", "Asked", "CaseNotShown", "action", "actions", "mine", "often_agreed"]  # fmt: skip


@dataclass(frozen=True)
class ActionShown:
    """One action, what was said of it in order, the head of its case and how its subject is called, and which words the viewer may say of it now."""

    action: Action
    words: tuple[WordSaid, ...]
    head: Head | None
    names: Mapping[str, Called]
    may_say: tuple[str, ...]


def actions(*, viewing: Viewing, build: Build, asked: Asked) -> ActionList:
    """A page of the actions asked for (of an agency, a case, a meeting, those overdue), as far as the viewer may know of them. Audited."""
    return _listed(viewing, build, asked)


def mine(*, viewing: Viewing, build: Build, asked: Asked) -> ActionList:
    """A page of the viewer's own actions. Audited."""
    return _listed(viewing, build, replace(asked, owner=viewing.viewer.user_id))


def action(*, viewing: Viewing, build: Build, number: int) -> ActionShown:
    """One action. Audited. Raises ActionNotShown, in the same words whether there is none or it is not the viewer's to know of."""
    desk, found, head = action_seen(viewing, build, number)
    is_read = found.what is not None
    words = tuple(one if is_read else replace(one, reason=None) for one in said_of(number))
    may_chase = access.can(viewer=viewing.viewer, what="chase")
    ties = ties_of(found, head)
    may = tuple(w for w in WORDS if not refusal(viewing.viewer, ties, found.state, w, may_chase=may_chase))
    governance.record_view(
        viewing=viewing, action="action.view", subject=",".join((found.log_name, *_about(head))), fields=_fields(is_read=is_read), decision="allow"
    )  # fmt: skip
    return ActionShown(found, words, head, desk.names([head] if head else []), may)


def often_agreed(*, viewing: Viewing, build: Build, area: Area, case: int) -> tuple[Template, ...]:
    """What is often agreed for a case of this kind in its state: offered, for a person to pick from. Audited. Raises CaseNotShown, ActionRefused, TaskFileWrong."""
    head = head_checked(Desk(sight(viewing, build)), case)
    governance.record_view(
        viewing=viewing, action="actions.often_agreed", subject=log_name(case), fields=["state"], decision="allow"
    )  # fmt: skip
    return templates(area, head.kind, head.state.code) if head else ()


def _listed(viewing: Viewing, build: Build, asked: Asked) -> ActionList:
    found = listed(Desk(sight(viewing, build)), asked, london_day(viewing.at))
    cases = [one for head in found.heads.values() for one in _about(head)]
    about = ",".join(dict.fromkeys((*(one.log_name for one in found.actions), *cases))) or "none"
    is_read = any(one.what is not None for one in found.actions)
    governance.record_view(
        viewing=viewing, action="actions.list", subject=about, fields=_fields(is_read=is_read), decision="allow"
    )  # fmt: skip
    return found


def _fields(*, is_read: bool) -> list[str]:
    return ["owner", "due", "state", *(["what"] if is_read else [])]


def _about(head: Head | None) -> list[str]:
    """The case, and the person whom it is about, as the log names them."""
    if head is None:
        return []
    return [head.log_name, *([head.subject] if head.kind in OF_PEOPLE and head.subject else [])]
