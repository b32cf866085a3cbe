"""From which day is an agency that has not answered late, chased, and its manager told? Counted from the day by which it was to answer, and never from the day on which it was asked:
who was asked three weeks ahead has until that day."""

from __future__ import annotations

from datetime import date

from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.period import working_days
from engage.store.area import Area


def is_to_be_chased(area: Area, kind: Kind, due_on: date, today: date) -> bool:
    """So many working days after the day by which it was to answer, as the kind of meeting says, have passed."""
    return working_days(area, due_on, kind.chase_after) <= today and due_on < today


def is_to_be_escalated(area: Area, kind: Kind, due_on: date, today: date) -> bool:
    """The same of telling its manager."""
    return working_days(area, due_on, kind.escalate_after) <= today and due_on < today
