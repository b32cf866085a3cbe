"""What has each worker of an agency, and when was each case last talked over and each child last seen? Facts beside each other, ordered by the one that is picked; no sum and no score.

The facts come from what is written in the cases: `supervision`, `visit`, and the forms that set a day of review; of visits also from the agencies' own records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from engage.casework.cases import heard
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.forms.rules import day_of, moment_of
from engage.casework.lifecycles.states import CHILD
from engage.casework.tasks.standing import open_counts
from engage.casework.week.of_cases import of_open_states
from engage.casework.week.reading import readable
from engage.casework.week.reviews import reviews
from engage.governance import queries as access
from engage.picture.search.called import Called
from engage.store.area import Area
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


ROWS = 100
SUPERVISION, VISIT = "supervision", "visit"
# What the agencies' records tell when a child was seen.
SEEN = "child.seen"
# Whose role does not write in cases (who keeps the records of access, say) never holds one.
WRITE = "write_case"


@dataclass(frozen=True)
class Load:
    """One open case of a worker: when it is next reviewed, last talked over in supervision, and when the child was last seen (None: neither written nor recorded), and how many actions are open."""

    head: Head
    review_on: date | None
    supervised_on: date | None
    seen_on: date | None
    open_action_count: int


@dataclass(frozen=True)
class WorkerLoad:
    """A worker ("" for cases that nobody has) with how many open cases, by the title of the state."""

    user: str
    name: str
    count: int
    by_state: Mapping[str, int]


@dataclass(frozen=True)
class Caseload:
    """The open cases of an agency's workers: by worker, each case in the order that was picked, and how the people are called by id. `left`: how many cases are not shown."""

    workers: tuple[WorkerLoad, ...]
    loads: tuple[Load, ...]
    names: Mapping[str, Called]
    order: str
    left: int


# By what the cases can be ordered, in words; what is not written stands first, for nobody knows.
ORDERS: dict[str, str] = {
    "review": N_("Next review, the earliest first"),
    "supervision": N_("Last supervision, the longest ago first"),
    "seen": N_("Child last seen, the longest ago first"),
    "opened": N_("Opened, the longest ago first"),
    "worker": N_("Worker, by name"),
}
_KEYS: dict[str, Callable[[Load], object]] = {
    "review": lambda one: one.review_on or date.min,
    "supervision": lambda one: one.supervised_on or date.min,
    "seen": lambda one: one.seen_on or date.min,
    "opened": lambda one: one.head.opened_at,
    "worker": lambda one: one.head.worker_name.lower(),
}


def caseload(desk: Desk, area: Area, agency: str, order: str, worker: str = "") -> Caseload:
    """The open cases of an agency: those that its workers have, and those that it leads and nobody has."""
    order = order if order in ORDERS else "review"
    users = {one.user_id: one.name for one in access.workers_of(agency=agency)}
    where = Q(worker__in=users) | Q(worker="", agency=agency)
    rows = list(known(desk, Case.objects.filter(of_open_states(), where)).order_by("seq"))
    heads = desk.heads(rows)
    holders = [one.user_id for one in access.workers_who_may(what=WRITE, agency=agency)]
    workers = _workers(heads, users, holders)
    asked = [one for one in heads if not worker or one.worker == worker]
    loads = sorted(_loads(desk, area, asked), key=lambda one: (_KEYS[order](one), one.head.number))
    shown = tuple(loads[:ROWS])
    return Caseload(workers, shown, desk.names([one.head for one in shown]), order, len(loads) - len(shown))


def _workers(heads: Iterable[Head], users: Mapping[str, str], holders: Iterable[str]) -> tuple[WorkerLoad, ...]:  # fmt: skip
    """Those who can hold a case and those who do, by name, and those without a worker last: never by how many."""
    by_state: dict[str, dict[str, int]] = {user: {} for user in holders}
    for head in heads:
        states = by_state.setdefault(head.worker, {})
        states[head.state.title] = states.get(head.state.title, 0) + 1
    found = [WorkerLoad(user, users.get(user, ""), sum(some.values()), some) for user, some in by_state.items()]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.user, one.name.lower(), one.user)))


def _loads(desk: Desk, area: Area, heads: list[Head]) -> list[Load]:
    numbers = [head.number for head in heads]
    actions = open_counts(numbers)
    days = {case: some[0].on for case, some in reviews(desk, area, heads).items() if some}
    entries = readable(desk, heads, (SUPERVISION, VISIT))
    supervised, visited = _last(entries, SUPERVISION), _last(entries, VISIT)
    children = {head.subject for head in heads if head.kind == CHILD and head.subject}
    recorded = heard.last_days(desk.see, area, SEEN, children)
    seen = {
        one.number: _later(visited.get(one.number), recorded.get(one.subject) if one.kind == CHILD else None)
        for one in heads
    }
    return [
        Load(one, days.get(one.number), supervised.get(one.number), seen[one.number], actions[one.number])
        for one in heads
    ]  # fmt: skip


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two days of which either may not be known."""
    return max((day for day in (one, other) if day), default=None)


def _last(entries: Iterable[CaseEntry], form: str) -> dict[int, date]:
    """The latest day of each case on which it was so: of a visit, on which the child was seen."""
    found: dict[int, date] = {}
    for row in entries:
        if row.form != form or row.case is None:
            continue
        day = _held_on(row) if form == SUPERVISION else _seen_on(row)
        if day:
            found[row.case] = max(day, found.get(row.case, date.min))
    return found


def _held_on(row: CaseEntry) -> date | None:
    return day_of(str(row.answers.get("held_on", "")))


def _seen_on(row: CaseEntry) -> date | None:
    if row.answers.get("seen") != "yes":
        return None
    at = str(row.answers.get("at", ""))
    moment = moment_of(at)
    return london_day(moment) if moment else day_of(at[:10])
