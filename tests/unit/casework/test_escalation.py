"""When is an overdue action chased, and when escalated, and what of an area's own rules cannot be used?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engage.casework.clocks.calendars import Calendar
from engage.casework.tasks.escalation import Escalation, TaskFileWrong, escalation, working_days_after
from engage.casework.tasks.rules import WordSaid
from engage.casework.tasks.templates import of_area, templates


RULE = Escalation(date(2008, 3, 1), 1, 5, "practice")
AT = datetime(2026, 4, 7, tzinfo=UTC)


def words(*says):
    return [WordSaid(n, one, "", None, None, "x", "X", "police", AT) for n, one in enumerate(says, 1)]


@pytest.mark.parametrize(
    ("days", "said", "due"),
    [
        (0, (), ""),
        (1, (), "chased"),
        (1, ("chased",), ""),
        (4, ("chased",), ""),
        (5, ("chased",), "escalated"),
        (5, (), "escalated"),
        (9, ("chased", "escalated"), ""),
        (9, ("escalated",), ""),
        # More days, another owner, opened again: counted anew.
        (1, ("chased", "escalated", "extended"), "chased"),
        (5, ("chased", "escalated", "handed_over", "chased"), "escalated"),
        (1, ("chased", "done", "reopened"), "chased"),
        (1, ("extended", "chased", "extended"), "chased"),
        (1, ("extended", "chased"), ""),
    ],
)
def test_what_is_due_by_rule(days, said, due):
    assert RULE.due(days, words(*said)) == due


@pytest.mark.parametrize(
    ("due_on", "today", "days"),
    [
        # Good Friday 3 April 2026 and Easter Monday 6 April are no working days in England.
        (date(2026, 4, 2), date(2026, 4, 2), 0),
        (date(2026, 4, 2), date(2026, 4, 6), 0),
        (date(2026, 4, 2), date(2026, 4, 7), 1),
        (date(2026, 4, 8), date(2026, 4, 7), 0),
        (date(2026, 3, 27), date(2026, 4, 7), 5),
    ],
)
def test_working_days_are_counted_after_the_last_day(due_on, today, days):
    assert working_days_after(Calendar("england"), due_on, today) == days


def own(area, name, text):
    (area.folder / "tasks").mkdir(exist_ok=True)
    (area.folder / "tasks" / name).write_text(text, encoding="utf-8")


def test_the_rule_of_a_day_is_the_newest_in_force_and_an_areas_own_holds_alone(area):
    assert escalation(area, date(2026, 4, 7)).chase_after == 1
    own(area, "escalation.yaml", """
        rules:
          - {from: 2020-01-01, chase_after: 2, escalate_after: 4, source: board}
          - {from: 2026-05-01, chase_after: 3, escalate_after: 3, source: board}
    """)  # fmt: skip
    assert escalation(area, date(2026, 4, 7)).chase_after == 2
    assert escalation(area, date(2026, 5, 1)).chase_after == 3
    with pytest.raises(TaskFileWrong, match="in force"):
        escalation(area, date(2019, 1, 1))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{chase_after: 1, escalate_after: 2, source: x}", "“from”"),
        ("{from: 2026-01-01, chase_after: 1, escalate_after: 2}", "“source”"),
        ("{from: soon, chase_after: 1, escalate_after: 2, source: x}", "from: soon"),
        ("{from: 2026-01-01, chase_after: 3, escalate_after: 2, source: x}", "3, 2"),
        ("{from: 2026-01-01, chase_after: x, escalate_after: 2, source: x}", "x, 2"),
        ("{from: 2026-01-01, chase_after: 0, escalate_after: 2, source: x}", "0, 2"),
    ],
)
def test_a_rule_that_cannot_be_used_is_said(area, rule, said):
    own(area, "escalation.yaml", f"rules:\n  - {rule}\n")
    with pytest.raises(TaskFileWrong, match=r"escalation\.yaml") as error:
        escalation(area, date(2026, 4, 7))
    assert said in str(error.value)


def test_what_is_offered_belongs_to_the_kind_and_the_state(area):
    at_first = {one.code for one in templates(area, "child", "allocated")}
    with_plan = {one.code for one in templates(area, "child", "plan")}
    assert "child_meet" in at_first
    assert not at_first & with_plan
    assert templates(area, "child", "referred") == ()
    assert {one.of for one in templates(area, "place", "looked_into")} == {"place"}


def test_an_area_adds_and_replaces_what_is_offered(area):
    own(area, "ours.yaml", """
        templates:
          - {code: child_meet, of: child, at: allocated, what: "Meet her in the park.", days: 2, source: ours}
          - {code: ours, of: child, at: plan, what: "Ring the youth club.", days: 2, source: ours}
    """)  # fmt: skip
    found = {one.code: one for one in of_area(area)}
    assert found["child_meet"].what == "Meet her in the park."
    assert found["ours"].agency == ""
    own(area, "ours.yaml", "templates:\n  - {code: x, of: dog, at: plan, what: y, days: 2, source: z}\n")
    with pytest.raises(TaskFileWrong, match="dog, plan"):
        of_area(area)
