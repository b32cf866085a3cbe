"""How are a meeting and what is said of it kept? Each row with its line in the log, in one transaction.

Two who move one meeting at the same moment: the head says which move was its last, and whoever comes second finds another there and is told who was first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from engage.casework.cases import lasting
from engage.casework.cases.naming import log_names
from engage.casework.cases.rules import MovedOn
from engage.casework.meetings import models
from engage.casework.meetings.rules import (
    MOVES,
    PLANNED,
    Convening,
    Head,
    Invitee,
    Item,
    Scope,
    Word,
    log_name,
)
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


def open_meeting(viewing: Viewing, convening: Convening, items: Iterable[Item]) -> int:
    """Keep that a meeting was called, with its agenda; return its number."""
    viewer = viewing.viewer
    with transaction.atomic():
        row = models.Meeting.objects.create(
            kind=convening.kind, called=convening.called.strip(), state=PLANNED, version=0, starts_at=convening.starts_at, minutes_long=convening.minutes_long,
            place=convening.place.strip(), chair=convening.chair.user, chair_name=convening.chair.name, chair_agency=convening.chair.agency,
            organiser=viewer.user_id, organiser_name=viewer.name, agency=viewer.agency, made_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        _move(viewing, row.seq, 0, ("convened", "", PLANNED), ("", []))
        for item in items:
            put_on(viewing, row.seq, item)
        record(viewing, "meeting.convened", row.seq, ["kind", "chair"], PLANNED)
    return int(row.seq)


def move(
    viewing: Viewing,
    head: Head,
    code: str,
    *,
    columns: Mapping[str, Any] | None = None,
    why: tuple[str, list[str]] = ("", []),
) -> None:
    """Keep that a meeting, as it was read, was moved, with what its head said before; `why`: the reason, and who was missing. Raises MovedOn."""
    to_state = MOVES[code][1] or head.state
    before = {name: _plain(getattr(head, name)) for name in columns or {}}
    with transaction.atomic():
        found = models.Meeting.objects.filter(pk=head.number, version=head.version)
        if not found.update(state=to_state, version=head.version + 1, **(columns or {})):
            raise _moved_on(head)
        _move(
            viewing, head.number, head.version + 1, (code, head.state, to_state), why, before=before or None
        )
        lasting.end(viewing, code, (lasting.MEETING, head.number))
        record(viewing, f"meeting.{code}", head.number, sorted(columns or {}), to_state)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _move(
    viewing: Viewing, meeting: int, number: int, moved: tuple[str, str, str], why: tuple[str, list[str]],
    *, before: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    code, from_state, to_state = moved
    models.MeetingMove.objects.create(
        meeting=meeting, number=number, move=code, from_state=from_state, to_state=to_state, reason=why[0], lacking=why[1], before=before,
        role=viewing.viewer.role, **said(viewing),
    )  # fmt: skip


def hold_on(meeting: int) -> None:
    """Within a transaction: whoever else changes this meeting waits until it ends."""
    models.Meeting.objects.select_for_update().get(pk=meeting)


def put_on(viewing: Viewing, meeting: int, item: Item, *, is_on: bool = True) -> None:
    """Keep that a case is on the agenda from now on, or no longer; within the transaction of what brings it. Who takes part in it because of the meeting leaves it with the item."""
    if not is_on:
        lasting.end(viewing, "taken_off", (lasting.MEETING, meeting), cases=[item.case])
    models.MeetingItem.objects.create(
        meeting=meeting, case=item.case, section=item.section, place=item.place, is_on=is_on, **said(viewing)
    )


def row_of(viewing: Viewing, meeting: int, one: Invitee) -> int:
    """The row of somebody who has to do with a meeting, made where there is none yet; return its number."""
    row, _made = models.Invitee.objects.get_or_create(
        meeting=meeting, agency=one.agency, member=one.member, holder=one.holder, user_name=one.user_name,
        defaults={"user": one.user, "contact": one.contact, "added_by": viewing.viewer.user_id, "added_at": viewing.at},
    )  # fmt: skip
    return int(row.seq)


def scope_of(viewing: Viewing, meeting: int, invitee: int, scope: Scope) -> None:
    """Keep for which case somebody is proposed and why, if it is not kept yet."""
    if models.InviteeItem.objects.filter(meeting=meeting, invitee=invitee, case=scope.case).exists():
        return
    models.InviteeItem.objects.create(
        meeting=meeting, invitee=invitee, case=scope.case, basis=scope.holder.basis, said_by=viewing.viewer.user_id, said_at=viewing.at
    )  # fmt: skip


def say(viewing: Viewing, meeting: int, invitee: int, word: Word) -> None:
    """Keep a word on somebody's part."""
    models.InviteeWord.objects.create(
        meeting=meeting, invitee=invitee, case=word.case, says=word.says, text=word.text.strip(), is_sealed=word.is_sealed, who=word.who.strip(), role=word.role,
        **said(viewing),
    )  # fmt: skip


def said(viewing: Viewing) -> dict[str, Any]:
    """Who says it, and when: the columns that every word has."""
    viewer = viewing.viewer
    return {
        "said_by": viewer.user_id, "said_by_name": viewer.name, "agency": viewer.agency, "said_at": viewing.at, "request_id": viewing.request_id,
    }  # fmt: skip


def record(
    viewing: Viewing,
    action: str,
    meeting: int,
    fields: list[str],
    decision: str,
    cases: Iterable[int | None] | None = None,
) -> None:
    """The line in the log: of the meeting and of the cases that it concerns (where none are given: of all that are on the agenda now), with whom they are about."""
    about = _on_agenda(meeting) if cases is None else cases
    governance.record_decision(
        viewing=viewing, action=action, subject=log_names(log_name(meeting), about), fields=fields, decision=decision
    )  # fmt: skip


def _on_agenda(meeting: int) -> list[int]:
    rows = models.MeetingItem.objects.filter(meeting=meeting).order_by("seq")
    return [case for case, is_on in dict(rows.values_list("case", "is_on")).items() if is_on]


def _moved_on(head: Head) -> MovedOn:
    last = models.MeetingMove.objects.filter(meeting=head.number).order_by("-number").first()
    values = {"who": last.said_by_name if last else "", "at": f"{last.said_at:%H:%M}" if last else ""}
    return MovedOn(
        Sentence(N_("%(who)s changed this meeting while you were writing, at %(at)s UTC."), values),
        remedy=N_("Look at what was done, and send yours again if it is still needed."),
    )
