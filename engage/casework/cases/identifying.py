"""Whom or what is a case about? It is said by whoever takes part, as a move that leaves the case where it stands; and taken back by a further move, with a reason.

Where there is a case of the same already, this one goes into it; if it is another after all, it begins again where cases begin.
"""

from __future__ import annotations

from django.db import transaction

from engage.casework.cases import merging, places, policies, writing
from engage.casework.cases.deciding import (
    JOINED,
    case_about,
    check_move,
    kind_of_agency,
    person_seen,
    referred_again,
)
from engage.casework.cases.models import Case
from engage.casework.cases.policies import Facts
from engage.casework.cases.rules import OF_PEOPLE, Choice, Head, MoveRefused, Written
from engage.casework.cases.seeing import Desk, head_of
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import Move
from engage.store.area import Area
from engage.vocabulary.words import N_, Sentence


NOT_ABOUT, APART = "not_about", "apart"
DOOR = "identify"


def identify(desk: Desk, area: Area, row: Case, head: Head, who: str) -> int:
    """Keep whom or what a case is about, as a move that leaves its state; where there is a case of the same, it goes into that one. Return the number of the case in which
    everything stands now. Raises MoveRefused, CaseNotShown, MovedOn."""
    if head.subject:
        raise MoveRefused(
            N_("It is known already whom this case is about."),
            remedy=N_("If that is wrong, say first that it is not about them."),
        )
    if not who:
        raise MoveRefused(N_("Say whom or what this is about."))
    now = person_seen(desk.see, who) if head.kind in OF_PEOPLE else places.place_seen(desk.see, who)
    other = case_about(desk.see, head.kind, now)
    if other is None:
        made = Move("identified", "", (), row.state, ())
        with transaction.atomic():
            writing.move_case(desk.see.viewing, row, made, None)
            writing.change_head(row, subject=now)
        return int(row.seq)
    ends, before = merging.check_goes_into(head), head_of(other)
    reopening = None if before.is_open else referred_again(desk.see.viewing, area, before)
    with transaction.atomic():
        merging.go_into(desk, row, ends, (other, reopening))
        writing.change_head(row, subject=now)
    return int(other.seq)


def taken_back_by(desk: Desk, area: Area, head: Head, facts: Facts) -> Choice | None:
    """The move that takes back whom a case is about, and what refuses it to this viewer now; None where nobody has said whom, or the case has ended otherwise."""
    made = head.lifecycle.move(APART if head.state.code == JOINED else NOT_ABOUT)
    if made is None or not head.subject or head.state.code not in made.from_states:
        return None
    viewer = desk.see.viewing.viewer
    kind = kind_of_agency(area, viewer.agency)
    return Choice(made, policies.refusal(viewer, kind, head.lifecycle, made, facts, door=DOOR) or _holds_another(head))  # fmt: skip


def check_taken_back(desk: Desk, area: Area, head: Head) -> Move:
    """The move by which this viewer takes back whom the case is about. Raises MoveRefused, which the log tells of."""
    return check_move(desk, area, head, APART if head.state.code == JOINED else NOT_ABOUT, door=DOOR)


def take_back(desk: Desk, area: Area, row: Case, made: Move, filled: tuple[Form, Written]) -> frozenset[int]:
    """Keep that a case is not about whom it was said to be: it is called as the form says until somebody says who it is. Within a transaction. Return the numbers of the cases that
    changed. Raises MoveRefused, MovedOn."""
    if not row.subject:
        raise MoveRefused(N_("Nobody has said yet whom this case is about."))
    writing.move_case(desk.see.viewing, row, made, filled)
    if refused := _holds_another(head_of(row)):
        raise MoveRefused(refused)
    answers = filled[1].answers
    # Whoever had a case that begins again may have left: it waits as a new one does.
    nobody = {"worker": "", "worker_name": ""} if made.code == APART else {}
    writing.change_head(row, subject="", called=str(answers["called"]), **nobody)
    apart = merging.come_apart(desk.see.viewing, area, row, str(answers["why"])) if made.code == APART else frozenset()  # fmt: skip
    return apart | {row.seq}


def _holds_another(head: Head) -> Sentence | None:
    """What refuses it where another case went into this one because both were about the same."""
    if not merging.have_gone_into(head.number):
        return None
    return Sentence(N_("Another case went into this one, because both are about the same. Say first, on the page of that one, that it is another case after all."))  # fmt: skip
