"""Sixteen write in the same cases at the same moment: what each was told is kept is there once, and whoever came second is told so. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from engage.casework.cases import actions
from engage.casework.cases.actions import About, Moving, Written
from engage.casework.cases.models import Case, CaseEntry, CaseMove, CasePart
from engage.governance.models import AuditEvent
from tests.integration.casework.crowd import WRITERS, Crowd, crowd


__all__ = ["crowd"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgresql]
ROUNDS = 4
MOVES = ("discuss", "allocate")
SCREENED = {
    "why_now": "New", "not_known": "His name", "safe_tonight": "yes", "proposal": "allocate", "proposal_why": "Soon",
}  # fmt: skip


def answers(code: str, worker: str) -> dict[str, Any]:
    """What is filled in with either move."""
    return SCREENED if code == "discuss" else {"worker": worker, "lead": "police", "first": "Visit today"}


def test_of_sixteen_who_move_one_case_one_is_kept_each_time_and_the_others_are_told(crowd: Crowd) -> None:
    office = crowd.office
    worker = office.worker("detective", "police")
    numbers = [office.refers(), office.refers(about=About("child", "BEA"))]
    for number in numbers:
        office.moves(number, "accept", office.as_(), why="Seen", safe_tonight="yes")

    def work(mine: int) -> None:
        manager = office.as_("team_manager", request_id=f"writer {mine}")
        for turn in range(ROUNDS):
            code = MOVES[turn % 2]
            form = {"discuss": "screening", "allocate": "allocation"}[code]
            versions = {number: office.sees(number, manager).head.version for number in numbers}
            crowd.all_looked.wait(timeout=60)
            # Half take the cases in the other order, as people do.
            for number in numbers if mine % 2 else numbers[::-1]:
                given = Written(form, answers(code, worker))
                moving = Moving(number, code, versions[number], given)
                crowd.tries((number, turn), lambda m=moving: actions.move(viewing=manager, **office.where, moving=m))  # type: ignore[misc]  # fmt: skip
            crowd.all_looked.wait(timeout=60)

    crowd.at_once(work)
    every = {(number, turn) for number in numbers for turn in range(ROUNDS)}
    assert crowd.kept == Counter(dict.fromkeys(every, 1))
    assert crowd.late == Counter(dict.fromkeys(every, WRITERS - 1))
    for number in numbers:
        moves = list(CaseMove.objects.filter(case=number).order_by("number").values_list("number", "move", "request_id"))  # fmt: skip
        assert [(n, m) for n, m, _ in moves] == list(enumerate(("opened", "accept", *(MOVES[t % 2] for t in range(ROUNDS)))))  # fmt: skip
        head = Case.objects.get(pk=number)
        assert (head.version, head.state, head.worker) == (ROUNDS + 1, "allocated", worker)
        lines = AuditEvent.objects.filter(subject=f"case {number}", action__in=[f"case.{m}" for m in MOVES])
        assert sorted(lines.values_list("request_id", "action")) == sorted((r, f"case.{m}") for n, m, r in moves if n > 1)  # fmt: skip


def test_every_note_of_sixteen_is_kept_once_and_of_their_corrections_of_one_note_the_first(
    crowd: Crowd,
) -> None:
    office, number = crowd.office, crowd.office.refers()
    first = office.writes(number, "note", title="Seen", text="At the station.")

    def work(mine: int) -> None:
        worker = office.as_(user_id=f"worker {mine}", request_id=f"writer {mine}")
        crowd.all_looked.wait(timeout=60)
        for turn in range(ROUNDS):
            said = Written("note", {"title": "Said", "text": f"{mine} in turn {turn}"})
            crowd.tries("note", lambda w=said: actions.write(viewing=worker, **office.where, number=number, written=w))  # type: ignore[misc]  # fmt: skip
        right = Written("note", {"title": "Seen", "text": f"Corrected by {mine}"}, replaces=first)
        crowd.tries("correction", lambda: actions.write(viewing=worker, **office.where, number=number, written=right))  # fmt: skip
        actions.take_part(viewing=worker, **office.where, number=number, agency="health")

    crowd.at_once(work)
    assert crowd.kept == Counter({"note": WRITERS * ROUNDS, "correction": 1})
    assert crowd.late == Counter({"correction": WRITERS - 1})
    texts = list(CaseEntry.objects.filter(case=number, form="note", replaces=None).values_list("answers__text", flat=True))  # fmt: skip
    assert sorted(texts) == sorted(["At the station.", *(f"{m} in turn {t}" for m in range(WRITERS) for t in range(ROUNDS))])  # fmt: skip
    assert CaseEntry.objects.filter(replaces=first).count() == 1
    assert CasePart.objects.filter(case=number, agency="health").count() == WRITERS
    assert AuditEvent.objects.filter(action="case.written", subject=f"case {number}").count() == WRITERS * ROUNDS + 2  # fmt: skip
