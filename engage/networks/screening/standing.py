"""Which screenings are there, in which state, and who may know of them? Reads the decided store; nothing of a list is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from engage.networks.models import Screening, ScreeningStep
from engage.networks.screening.rules import RUN, Term, is_kept, state
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Step:
    """What somebody did with a screening, and why."""

    says: str
    reason: str
    said_by_name: str
    said_at: datetime


@dataclass(frozen=True)
class Standing:
    """A screening as it stands on a day. `state` is one of rules.py; `hit_count` None until it is run."""

    number: int
    state: str
    whose_list: str
    why: str
    purpose: str
    asked_by: str
    asked_by_name: str
    agency: str
    asked_at: datetime
    authoriser: str
    authoriser_name: str
    term: Term
    row_count: int
    counts: tuple[int, int, int]
    hit_count: int | None
    steps: tuple[Step, ...]

    @property
    def is_kept(self) -> bool:
        """Something of the list is still needed."""
        return is_kept(self.state)

    @property
    def term_ends_on(self) -> date:
        """The first day on which nothing of it is kept, as it stands."""
        return self.term.expires_on if self.state == RUN else min(self.term.lapses_on, self.term.expires_on)


def of_viewer(viewing: Viewing) -> list[Standing]:
    """Those that the viewer asked for, and those for which the viewer's leave is asked, newest first; of the viewer's agency as it is today."""
    mine = Q(asked_by=viewing.viewer.user_id) | Q(authoriser=viewing.viewer.user_id)
    return _made(Screening.objects.filter(mine, agency=viewing.viewer.agency), london_day(viewing.at))


def one(viewing: Viewing, number: int) -> Standing | None:
    """One of these; None where there is none, or it is somebody else's."""
    return next((found for found in of_viewer(viewing) if found.number == number), None)


def everybodys(on: date) -> list[Standing]:
    """All of the area, newest first, for a door that is for those who audit."""
    return _made(Screening.objects.all(), on)


def numbered(numbers: Iterable[int], on: date) -> dict[int, Standing]:
    """Those of these numbers, whoever asked: to clear what has ended."""
    return {found.number: found for found in _made(Screening.objects.filter(seq__in=list(numbers)), on)}


def _made(rows: Iterable[Screening], on: date) -> list[Standing]:
    found = sorted(rows, key=lambda row: -row.seq)
    steps: dict[int, list[ScreeningStep]] = defaultdict(list)
    for step in ScreeningStep.objects.filter(screening__in=[row.seq for row in found]).order_by("seq"):
        steps[step.screening].append(step)
    return [_standing(row, steps[row.seq], on) for row in found]


def _standing(row: Screening, steps: list[ScreeningStep], on: date) -> Standing:
    term = Term(row.lapses_on, row.expires_on)
    return Standing(
        row.seq, state({step.says for step in steps}, term, on), row.whose_list, row.why, row.purpose, row.asked_by, row.asked_by_name, row.agency, row.asked_at,
        row.authoriser, row.authoriser_name, term, row.row_count, (row.name_count, row.phone_count, row.plate_count),
        next((step.hit_count for step in steps if step.says == RUN), None),
        tuple(Step(step.says, step.reason, step.said_by_name, step.said_at) for step in steps),
    )  # fmt: skip
