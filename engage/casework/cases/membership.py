"""Who is in a peer group? Each child by decision of a named person, added and taken out with a reason; that records tie people to one another puts nobody in it.

A group is of children: somebody who is known to be grown up has a case of their own. Whoever may not know of a child is not told that they are in it, nor how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from engage.casework.cases.deciding import not_shown, person_seen
from engage.casework.cases.rules import Head, MoveRefused, log_name
from engage.casework.cases.seeing import Desk
from engage.casework.lifecycles.states import PEER_GROUP
from engage.casework.peers.models import MemberWord
from engage.casework.peers.standing import words_of
from engage.governance import actions as governance
from engage.networks import remembering
from engage.networks.groups.seeing import groups_seen
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.search.called import Called, called
from engage.picture.seeing import Sight, reasons_about
from engage.store.area import Area
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


@dataclass(frozen=True)
class MemberSaid:
    """The last word on a child: they are in the group, or no longer; who said so when, and why."""

    person_id: str
    name: str
    is_in: bool
    reason: str
    by_name: str
    agency: str
    at: datetime


def members(desk: Desk, head: Head) -> tuple[MemberSaid, ...]:
    """The last word on each child of whom the viewer may know, those who are in it first, by name."""
    if head.kind != PEER_GROUP:
        return ()
    last = _last(desk, head.number)
    names = _named(desk.see, last)
    found = [_said(who, names[who], row) for who, row in last.items() if who in names and names[who].rows]
    return tuple(sorted(found, key=lambda one: (not one.is_in, one.name, one.person_id)))


def _last(desk: Desk, case: int) -> dict[str, MemberWord]:
    rows = words_of([case])[case]
    now = desk.now({row.person for row in rows})
    return {now[row.person]: row for row in rows}


def _named(see: Sight, ids: Iterable[str]) -> dict[str, Called]:
    pages, some = see.build.pages(), sorted(ids)
    return dict(called(pages, some, see, reasons_about(pages, some, see=see))) if some else {}


def _said(who: str, one: Called, row: MemberWord) -> MemberSaid:
    return MemberSaid(who, one.name, row.is_in, row.reason, row.said_by_name, row.agency, row.said_at)


def say(desk: Desk, head: Head, person_id: str, reason: str, *, is_in: bool) -> int:
    """Keep that a child is in the group from now on, or no longer; return the row's number. Raises CaseNotShown, MoveRefused."""
    if head.kind != PEER_GROUP:
        raise MoveRefused(N_("Only the case of a peer group has members."))
    if not reason.strip():
        raise MoveRefused(N_("Say why: whoever takes part reads it."))
    who = person_seen(desk.see, person_id)
    before = _last(desk, head.number).get(who)
    if is_in == (before is not None and before.is_in):
        raise MoveRefused(N_("This child is in it already.") if is_in else N_("This child is not in it."))
    if is_in and may_be_child(births_of(_named(desk.see, [who]).get(who)), london_day(desk.see.viewing.at)) is False:  # fmt: skip
        raise MoveRefused(
            N_("A peer group is of children, and every record says that this person is grown up."),
            remedy=N_("Propose them as a person of concern, or name them in what you write."),
        )
    return _keep(desk, head, who, reason.strip(), is_in=is_in)


def _keep(desk: Desk, head: Head, who: str, reason: str, *, is_in: bool) -> int:
    viewing, viewer = desk.see.viewing, desk.see.viewing.viewer
    with transaction.atomic():
        row = MemberWord.objects.create(
            case=head.number, person=who, is_in=is_in, reason=reason, said_by=viewer.user_id, said_by_name=viewer.name, agency=viewer.agency, said_at=viewing.at,
            request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action="case.member", subject=f"{log_name(head.number)},{who}", fields=["member", "reason"], decision="added" if is_in else "removed"
        )  # fmt: skip
    return int(row.seq)


def check_group(see: Sight, area: Area, number: str) -> None:
    """The group of that number is adopted, and the viewer may see it. Raises CaseNotShown, MoveRefused."""
    seen = groups_seen(see, remembering.seen(see, area).lit)
    found = next((group for group in seen if str(group.number) == number), None)
    if found is None:
        raise not_shown(see.viewing, f"group:{number}")
    if not found.is_adopted:
        raise MoveRefused(
            N_("Nobody has adopted this group yet."), remedy=N_("Ask a team manager to look at it first.")
        )
