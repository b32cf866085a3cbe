"""Somebody under 18 becomes a person of concern only with social care's own agreement, after what has to be considered was, and while they keep an allocated worker as a child."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from engage.casework.cases import actions
from engage.casework.cases.actions import About, MoveRefused, Written
from engage.casework.cases.models import Case
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_cases import ALLOCATED, CONCERN, opens_concern


AGREED = {
    "agreed": "yes", "agreed_by": "Head of service", "agreed_on": "2026-04-01", "agreed_why": "It keeps two girls safe.", "nrm": "yes", "nrm_outcome": "referred", "nrm_why": "He was made to.",
    "section_45": "yes", "section_45_outcome": "may_apply", "section_45_why": "He was made to.", "needs": "A safe place", "review_on": "2026-05-01",
}  # fmt: skip


def test_nothing_less_than_all_of_it_lets_somebody_under_18_be_taken_on(office: Office) -> None:
    as_child, detective = office.worker(), office.worker("detective", "police")
    child, concern = office.refers(about=About("child", "TOM")), opens_concern(office, "TOM")
    actions.take_part(viewing=office.as_("detective", "police"), **office.where, number=concern, agency="childrens_services")  # fmt: skip
    police, social_care = office.as_("team_manager", "police"), office.as_("team_manager")

    def is_refused() -> None:
        with pytest.raises(MoveRefused, match="under 18 at the time"):
            office.moves(concern, "take_on", office.as_("detective", "police"), **ALLOCATED, worker=detective)
        assert Case.objects.get(pk=concern).state == "proposed"

    def agrees(viewing: Any, replaces: int | None = None, **otherwise: str) -> int:
        answers = {question: answer for question, answer in {**AGREED, "worker": as_child, **otherwise}.items() if answer}  # fmt: skip
        written = Written("young_person_of_concern", answers, replaces=replaces)
        return actions.write(viewing=viewing, **office.where, number=concern, written=written)

    is_refused()  # nobody agreed
    office.moves(child, "accept", why="Seen", safe_tonight="yes")
    entry = agrees(social_care)
    is_refused()  # nobody has the child's case
    office.moves(child, "allocate", worker=as_child, lead="childrens_services", first="Visit")
    for missing in (
        {"agreed": "no"},
        {"nrm": "no", "nrm_outcome": ""},
        {"section_45": "no", "section_45_outcome": ""},
    ):
        entry = agrees(social_care, entry, **missing)
        is_refused()
    agrees(police)
    is_refused()  # not social care
    agrees(social_care, entry)
    office.moves(concern, "take_on", office.as_("detective", "police"), **ALLOCATED, worker=detective)
    assert Case.objects.get(pk=concern).state == "looked_into"


@pytest.mark.parametrize(("who", "is_taken_on"), [("MAX", True), ("TOM", False)])
def test_who_is_grown_up_today_by_every_record_needs_no_worker_as_a_child(
    office: Office, who: str, is_taken_on: bool
) -> None:
    """On which day it began nobody knows: it is a question of each, and social care settles it."""
    detective = office.worker("detective", "police")
    written = Written("referral_of_concern", {**CONCERN, "since": ""})
    about = About("person_of_concern", who)
    concern = actions.refer(
        viewing=office.as_("detective", "police"), **office.where, about=about, written=written
    )

    def takes_on() -> str:
        with suppress(MoveRefused):
            office.moves(concern, "take_on", office.as_("detective", "police"), **ALLOCATED, worker=detective)
        return Case.objects.get(pk=concern).state

    assert takes_on() == "proposed"
    office.writes(concern, "young_person_of_concern", office.as_(), **AGREED, worker=office.worker())
    assert takes_on() == ("looked_into" if is_taken_on else "proposed")
