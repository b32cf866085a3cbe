"""A strategy discussion that was held elsewhere: the record is the evidence, a person confirms it, and who was there is asked."""

from __future__ import annotations

from typing import Any

import pytest

from engage.casework.cases.actions import AnswersWrong, MoveRefused
from engage.casework.cases.models import CaseEntry
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_case_clocks import of
from tests.integration.casework.test_heard import Drawn, drawn, strategy


__all__ = ["drawn"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ALL_THREE = {"social_worker": "yes", "police": "yes", "health": "yes"}
HELD = """
    id | agency             | who                        | kind          | title               | when
    n1 | childrens_services | childrens_services/1 child | note          | Strategy discussion | 2026-04-07 07:00
"""
ENQUIRY = """
    id | agency             | who                        | kind          | title              | when
    s1 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry | 2026-04-07
"""


def goes_on(office: Office, number: int, **answers: Any) -> str:
    office.moves(number, "strategy_elsewhere", office.as_(), **{**ALL_THREE, **answers})
    return office.sees(number).head.state.code


def test_a_case_goes_on_with_the_record_as_its_evidence_and_nothing_typed_again(drawn: Drawn) -> None:
    office = drawn(HELD)
    number = strategy(office)
    assert goes_on(office, number) == "held"
    entry = CaseEntry.objects.get(case=number, form="strategy_elsewhere")
    assert entry.evidence == ["zz:childrens_services:events:n1"]
    assert set(office.sees(number).records) == set(entry.evidence)
    assert [state for state, _due in of(office.sees(number).runs, "C3")] == ["in_time"]
    assert of(office.sees(number).runs, "C4") == []


def test_that_enquiries_began_is_evidence_too_and_when_it_was_held_is_said(drawn: Drawn) -> None:
    office = drawn(ENQUIRY)
    number = strategy(office)
    assert goes_on(office, number, held_at="2026-04-07T08:40") == "held"
    assert [state for state, _due in of(office.sees(number).runs, "C3")] == ["in_time"]
    assert of(office.sees(number).runs, "C4") == []


@pytest.mark.parametrize("record", ["", "n0 | childrens_services | childrens_services/1 child | note | Strategy discussion | 2026-03-02", "n0 | charity | charity/3 client | note | Strategy discussion | 2026-04-07 07:00"])  # fmt: skip
def test_without_a_record_since_it_was_decided_on_it_is_not_offered(drawn: Drawn, record: str) -> None:
    head = "id | agency | who | kind | title | when\n"
    other = "x1 | education | education/2 subject | note | Rang | 2026-04-03"
    office = drawn(f"{head}{record or other}")
    number = strategy(office)
    with pytest.raises(MoveRefused, match="No record of social care"):
        goes_on(office, number)


@pytest.mark.parametrize("missing", ["social_worker", "police", "health"])
@pytest.mark.parametrize("answer", ["no", "not_known", ""])
def test_without_all_three_a_named_manager_says_why(drawn: Drawn, missing: str, answer: str) -> None:
    office = drawn(HELD)
    number = strategy(office)
    with pytest.raises(AnswersWrong) as refused:
        goes_on(office, number, **{missing: answer})
    assert set(refused.value.faults) == ({"let_by", "let_why"} if answer else {missing})
    said = {missing: answer or "not_asked", "let_why": "Health sent its records"}
    with pytest.raises(AnswersWrong) as refused:
        goes_on(office, number, **said, let_by=office.worker("nurse", "health"))
    assert "a manager" in refused.value.faults["let_by"].text
    assert goes_on(office, number, **said, let_by=office.worker("team_manager")) == "held"
