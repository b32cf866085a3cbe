"""An allocation counts from when it was decided, and the limit that it begins ends with the case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engage.casework.cases import actions
from engage.casework.cases.actions import AnswersWrong, Written
from engage.casework.cases.models import ClockDue, Told
from engage.casework.forms.reading import SHIPPED
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_case_clocks import ACCEPTED, REOPENED, of
from tests.integration.casework.test_meanwhile import CLOSED


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THURSDAY = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


def accepted(office: Office) -> int:
    """A case that was opened and accepted on Thursday morning."""
    number = office.refers(office.as_(at=THURSDAY))
    office.moves(number, "accept", office.as_(at=THURSDAY + timedelta(minutes=5)), **ACCEPTED)
    return number


def allocates(office: Office, number: int, **more: Any) -> dict[str, Any]:
    said = {"worker": office.worker(), "lead": "childrens_services", "first": "Visit", **more}
    office.moves(number, "allocate", **said)
    return said


def test_an_allocation_counts_from_when_it_was_decided_and_not_from_when_it_is_typed(office: Office) -> None:
    number = accepted(office)
    said = allocates(office, number, decided_at="2026-04-02T15:00")
    # Ten working days over Easter from Thursday, of typing on Tuesday it would be the 21st.
    assert of(office.sees(number).runs, "C18") == [("running", "2026-04-20")]
    assert of(office.sees(number).runs, "C30") == [("running", "2026-04-30")]
    entry = office.sees(number).entries[-1].number
    written = Written("allocation", {**said, "decided_at": "2026-04-07T08:00"}, replaces=entry)
    manager = office.as_("team_manager")
    actions.write(viewing=manager, **office.where, number=number, written=written)
    assert of(office.sees(number).runs, "C18") == [("running", "2026-04-21")]


def test_an_allocation_of_which_nobody_says_when_is_decided_as_it_is_typed(office: Office) -> None:
    number = accepted(office)
    said = allocates(office, number)
    assert of(office.sees(number).runs, "C18") == [("running", "2026-04-21")]
    # A correction on a later day leaves it when it was.
    entry = office.sees(number).entries[-1].number
    later = office.as_("team_manager", at=datetime(2026, 4, 9, 9, tzinfo=UTC))
    written = Written("allocation", {**said, "first": "Ring"}, replaces=entry)
    actions.write(viewing=later, **office.where, number=number, written=written)
    assert of(office.sees(number, later).runs, "C18") == [("running", "2026-04-21")]


@pytest.mark.parametrize("decided", ["2026-04-02T09:59", "2026-04-01", "2026-04-07T23:00", "2026-04-08"])
def test_an_allocation_was_not_decided_before_the_case_began_nor_is_it_to_come(office: Office, decided: str) -> None:  # fmt: skip
    number = accepted(office)
    with pytest.raises(AnswersWrong) as refused:
        allocates(office, number, decided_at=decided)
    assert set(refused.value.faults) == {"decided_at"}
    allocates(office, number, decided_at="2026-04-02")


def test_a_case_began_when_its_referral_arrived_and_again_when_it_was_closed(office: Office) -> None:
    number = office.refers(came="phone", received="2026-04-01T10:00")
    office.moves(number, "accept", office.as_(), **ACCEPTED)
    allocates(office, number, decided_at="2026-04-01T12:00")
    office.moves(number, "close", **CLOSED)
    office.moves(number, "reopen", **REOPENED)
    with pytest.raises(AnswersWrong) as refused:
        allocates(office, number, decided_at="2026-04-01T13:00")
    assert "last closed" in refused.value.faults["decided_at"].text


def test_what_a_move_told_before_the_form_asked_is_corrected_and_not_told_twice(office: Office) -> None:
    own = Path(office.where["area"].folder) / "forms" / "allocation.yaml"
    own.parent.mkdir()
    own.write_text((SHIPPED / "allocation.yaml").read_text("utf-8").partition("tells:")[0], encoding="utf-8")
    number = accepted(office)
    said = allocates(office, number)
    assert Told.objects.get(case=number, event="allocation").by == "move"
    own.unlink()
    for decided, due in (("2026-04-02T15:00", "2026-04-20"), ("2026-04-07T08:00", "2026-04-21")):
        entry = office.sees(number).entries[-1].number
        written = Written("allocation", {**said, "decided_at": decided}, replaces=entry)
        actions.write(viewing=office.as_("team_manager"), **office.where, number=number, written=written)
        assert [(run.due.latest_on.isoformat(), run.other_starts) for run in office.sees(number).runs if run.clock.code == "C18" and run.due] == [(due, ())]  # fmt: skip


def test_a_closed_case_waits_for_no_agreement_on_the_risk(office: Office) -> None:
    number = accepted(office)
    said = allocates(office, number)
    office.moves(number, "close", **CLOSED)
    assert of(office.sees(number).runs, "C18") == [("ended", "2026-04-21")]
    assert not ClockDue.objects.filter(case=number, clock="C18", is_open=True).exists()
    tomorrow = office.as_("team_manager", at=datetime(2026, 4, 8, 9, tzinfo=UTC))
    office.moves(number, "reopen", tomorrow, **REOPENED)
    office.moves(number, "allocate", tomorrow, **said)
    assert [state for state, _due in of(office.sees(number, tomorrow).runs, "C18")] == ["ended", "running"]


def test_what_was_late_before_the_case_was_closed_stays_late(office: Office) -> None:
    number = accepted(office)
    allocates(office, number)
    later = office.as_("team_manager", at=datetime(2026, 4, 23, 9, tzinfo=UTC))
    office.moves(number, "close", later, **CLOSED)
    assert of(office.sees(number, later).runs, "C18") == [("late", "2026-04-21")]
