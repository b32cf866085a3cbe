"""Which overdue actions are chased, and which escalated, by the area's rule today? Each once: whoever runs it again finds nothing left to do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engage.casework.cases.naming import named
from engage.casework.clocks import catalogue
from engage.casework.clocks.calendars import Calendar
from engage.casework.tasks import writing
from engage.casework.tasks.escalation import escalation, working_days_after
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import CHASED, ESCALATED, OPEN, Word, WordSaid
from engage.store.area import Area
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


BY_RULE = "By rule"
_AT_A_TIME = 500


@dataclass(frozen=True)
class Chased:
    """How many actions are overdue, and how many of them were chased and escalated just now."""

    overdue: int
    chased: int
    escalated: int


def chase_by_rule(viewing: Viewing, area: Area) -> Chased:
    """Say of every overdue action what the rule says is due."""
    today = london_day(viewing.at)
    rule, calendar = escalation(area, today), calendar_of(area)
    said: Counter[str] = Counter()
    overdue = 0
    for rows in _overdue(viewing):
        words, names = _words(row.seq for row in rows), named(row.case for row in rows)
        for row in rows:
            overdue += 1
            days = working_days_after(calendar, row.due_on, today)
            due = rule.due(days, words[row.seq])
            # Somebody was first: what they said is looked at the next time.
            if due and writing.say(
                viewing, row.seq, Word(due, row.version, BY_RULE), names.get(row.case, ())
            ):
                said[due] += 1
    return Chased(overdue, said[CHASED], said[ESCALATED])


def calendar_of(area: Area) -> Calendar:
    """The working days of an area: its nation's, without the days on which it is closed."""
    known = catalogue.of_area(area)
    return known.calendars[f"{known.nation}+closed"]


def _overdue(viewing: Viewing) -> Iterator[list[AgreedAction]]:
    """Open actions whose last day is over, a few hundred at a time."""
    rows = AgreedAction.objects.filter(state=OPEN, due_on__lt=london_day(viewing.at)).order_by("seq")
    after = 0
    while some := list(rows.filter(seq__gt=after)[:_AT_A_TIME]):
        yield some
        after = some[-1].seq


def _words(actions: Iterable[int]) -> dict[int, list[WordSaid]]:
    found: dict[int, list[WordSaid]] = defaultdict(list)
    for row in ActionWord.objects.filter(action__in=list(actions)).order_by("action", "number"):
        found[row.action].append(writing.word_of(row))
    return found
