"""What has each worker of an agency, and when was each case last talked over and each child last seen? Facts beside each other, ordered by the one that is picked; no sum and no score.

The facts come from what is written in the cases: `supervision`, `visit`, and the forms that set a day of review; of visits also from the agencies' own records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from engage.casework.cases import heard
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.forms.rules import day_of, moment_of
from engage.casework.lifecycles.states import CHILD, lifecycle
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
# So many cases are read to be put in order by a fact: whoever has more before them chooses a worker.
PUT_IN_ORDER = 1_000
NOBODY, OPENED = "-", "opened"
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
    """The open cases of an agency's workers: how many each has, one page of them in the order that was picked, and how the people are called by id. `is_too_many`: there are more than are put in order by a fact, so that they
    stand by the day on which they were opened."""

    workers: tuple[WorkerLoad, ...]
    loads: tuple[Load, ...]
    names: Mapping[str, Called]
    order: str
    page: int
    page_count: int
    is_too_many: bool = False


@dataclass(frozen=True)
class Asked:
    """In which order, whose cases ("" everybody's, NOBODY those that nobody has), and which page."""

    order: str = "review"
    worker: str = ""
    page: int = 1


# By what the cases can be ordered, in words; what is not written stands first, for nobody knows.
ORDERS: dict[str, str] = {
    "review": N_("Next review, the earliest first"),
    "supervision": N_("Last supervision, the longest ago first"),
    "seen": N_("Child last seen, the longest ago first"),
    OPENED: N_("Opened, the longest ago first"),
    "worker": N_("Worker, by name"),
}
# By these the cases are put in order where they are kept; by the facts once they are read.
_COLUMNS: dict[str, tuple[str | Combinable, ...]] = {
    OPENED: ("opened_at", "seq"),
    "worker": (Lower("worker_name"), "seq"),
}
_FACTS: dict[str, Callable[[Load], date | None]] = {
    "review": lambda one: one.review_on,
    "supervision": lambda one: one.supervised_on,
    "seen": lambda one: one.seen_on,
}


def caseload(desk: Desk, area: Area, agency: str, asked: Asked) -> Caseload:
    """A page of the open cases of an agency: those that its workers have, and those that it leads and nobody has. How much is read does not grow with what the agency has in all."""
    users = {one.user_id: one.name for one in access.workers_of(agency=agency)}
    where = Q(worker__in=users) | Q(worker="", agency=agency)
    rows = known(desk, Case.objects.filter(of_open_states(), where))
    holders = [one.user_id for one in access.workers_who_may(what=WRITE, agency=agency)]
    workers = _workers(rows, users, holders)
    if asked.worker:
        rows = rows.filter(worker="" if asked.worker == NOBODY else asked.worker)
    count = rows.count()
    order = asked.order if asked.order in ORDERS else "review"
    is_too_many = count > PUT_IN_ORDER and order not in _COLUMNS
    order = OPENED if is_too_many else order
    pages = max(1, -(-count // ROWS))
    page = min(max(asked.page, 1), pages)
    loads = _page(desk, area, rows, order, page)
    return Caseload(
        workers, tuple(loads), desk.names([one.head for one in loads]), order, page, pages, is_too_many
    )


def _page(desk: Desk, area: Area, rows: QuerySet[Case], order: str, page: int) -> list[Load]:
    """One page in that order: by what stands with the case these alone are read, by a fact all are, since each may be the first."""
    here = slice((page - 1) * ROWS, page * ROWS)
    if order in _COLUMNS:
        numbers = list(rows.order_by(*_COLUMNS[order]).values_list("seq", flat=True)[here])
        heads = desk.heads(list(Case.objects.filter(pk__in=numbers)))
        by_number = {one.head.number: one for one in _loads(desk, area, heads)}
        return [by_number[number] for number in numbers if number in by_number]
    loads = _loads(desk, area, desk.heads(list(rows.order_by("seq"))))
    return sorted(loads, key=lambda one: (_FACTS[order](one) or date.min, one.head.number))[here]


def _workers(rows: QuerySet[Case], users: Mapping[str, str], holders: Iterable[str]) -> tuple[WorkerLoad, ...]:  # fmt: skip
    """Those who can hold a case and those who do, by name, and those without a worker last: never by how many. Counted where the cases are kept."""
    by_state: dict[str, dict[str, int]] = {user: {} for user in holders}
    counted = rows.order_by().values_list("worker", "kind", "state").annotate(count=Count("seq"))
    for worker, kind, state, count in counted:
        states, title = by_state.setdefault(worker, {}), lifecycle(kind).state(state).title
        states[title] = states.get(title, 0) + count
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
