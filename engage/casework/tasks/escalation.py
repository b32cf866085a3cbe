"""After how many working days is an overdue action chased, and after how many is the agency's manager told? Dated data with a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from engage.casework.clocks.calendars import Calendar
from engage.casework.tasks.rules import CHASED, ESCALATED, EXTENDED, HANDED_OVER, REOPENED, WordSaid
from engage.store.area import Area
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


SHIPPED = Path(__file__).parent / "escalation.yaml"
# After one of these the days are counted anew: the last day, or who has it, is another.
BEGINS_ANEW = frozenset({EXTENDED, HANDED_OVER, REOPENED})
_NEEDED = ("from", "chase_after", "escalate_after", "source")


class TaskFileWrong(EngageError):
    """A file of an area's tasks folder cannot be used: names the file, what stands there, and the remedy."""


@dataclass(frozen=True)
class Escalation:
    """From a day on: chased after so many working days overdue, escalated after so many."""

    from_on: date
    chase_after: int
    escalate_after: int
    source: str

    def due(self, overdue_days: int, words: list[WordSaid]) -> str:
        """What is due by this rule of an action that is open and so many working days overdue: "chased", "escalated", or ""."""
        said = {one.says for one in _since_begun(words)}
        if overdue_days >= self.escalate_after and ESCALATED not in said:
            return ESCALATED
        if overdue_days >= self.chase_after and not {CHASED, ESCALATED} & said:
            return CHASED
        return ""


def _since_begun(words: list[WordSaid]) -> list[WordSaid]:
    begun = max((at for at, one in enumerate(words) if one.says in BEGINS_ANEW), default=-1)
    return words[begun + 1 :]


def working_days_after(calendar: Calendar, due_on: date, today: date) -> int:
    """How many working days there were after the last day of an action, today among them."""
    days = range(1, max(0, (today - due_on).days) + 1)
    return sum(calendar.is_working(due_on + timedelta(days=n)) for n in days)


def escalation(area: Area, on: date) -> Escalation:
    """The rule in force on that day: the area's own where it has a file. Raises TaskFileWrong."""
    own = area.folder / "tasks" / "escalation.yaml"
    file = own if own.is_file() else SHIPPED
    rules = [_rule(file, one) for one in _rows(file)]
    in_force = [one for one in rules if one.from_on <= on]
    if not in_force:
        raise wrong(file, str(on), N_("Write a rule that is in force on this day."))
    return max(in_force, key=lambda one: one.from_on)


def _rows(file: Path) -> list[Any]:
    try:
        raw = read_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    rows = raw.get("rules") if isinstance(raw, dict) else None
    if not isinstance(rows, list):
        raise wrong(file, "rules", N_("List the rules under “rules”."))
    return rows


def _rule(file: Path, raw: Any) -> Escalation:
    for key in _NEEDED:
        if not isinstance(raw, dict) or raw.get(key) in (None, ""):
            raise wrong(file, key, N_("Every rule must say it."))
    days = (raw["chase_after"], raw["escalate_after"])
    if not isinstance(raw["from"], date):
        raise wrong(file, f"from: {raw['from']}", N_("Write a day as 2026-04-01."))
    if not all(isinstance(one, int) and one > 0 for one in days) or days[0] > days[1]:
        raise wrong(file, f"{days[0]}, {days[1]}", N_("Write whole days, and chase before you escalate."))
    return Escalation(raw["from"], days[0], days[1], str(raw["source"]))


def wrong(file: Path, what: str, remedy: str | Sentence) -> TaskFileWrong:
    """The error of a file."""
    return TaskFileWrong(
        Sentence(N_("%(file)s cannot be used for actions: “%(what)s”."), {"file": file.name, "what": what}),
        remedy=remedy,
    )
