"""Which charts were saved, and by whom? A chart is kept as its question: whoever opens it sees what they may see today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engage.governance import queries as access
from engage.networks.models import SavedChart
from engage.vocabulary.access import Cohort, Fact, Subject, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError


class ChartUnknown(EngageError):
    """No chart of that number was saved by the viewer's agency."""

    exit_code = 5


@dataclass(frozen=True)
class Saved:
    """One saved chart: its question as an address, what was written of it last, and who saved it when for what purpose."""

    number: int
    question: str
    title: str
    note: str
    owner: str
    owner_name: str
    agency: str
    purpose: str
    made_at: datetime
    said_by_name: str
    said_at: datetime


def of_agency(viewing: Viewing) -> list[Saved]:
    """The viewer's own and, where the viewer may read what colleagues write, those of the viewer's agency; those of which something was written last first."""
    rows, viewer = SavedChart.objects.order_by("seq"), viewing.viewer
    mine = [*rows.filter(agency=viewer.agency)] if _may_read(viewing) else []
    mine += rows.filter(owner=viewer.user_id)
    return sorted(_made(mine), key=lambda one: (one.said_at, one.number), reverse=True)


def _may_read(viewing: Viewing) -> bool:
    """A title and a note are a text of the agency's, as a note recorded by hand is."""
    fact = Fact(viewing.viewer.agency, "narrative", "", "standard", Cohort.CASE)
    policy = access.policy(on=london_day(viewing.at))
    return policy.decide(
        viewer=viewing.viewer, subject=Subject("", frozenset({"*"})), fact=fact, purpose=viewing.purpose
    ).is_allowed


def one(viewing: Viewing, number: int) -> Saved:
    """One of them. Raises ChartUnknown."""
    found = next((chart for chart in of_agency(viewing) if chart.number == number), None)
    if found is None:
        raise unknown()
    return found


def unknown() -> ChartUnknown:
    """The same words for what is not there and what may not be seen."""
    return ChartUnknown(
        N_("There is no saved chart of that number, or none that you may see."),
        remedy=N_("Go back to the list of saved charts."),
    )


def _made(rows: Iterable[SavedChart]) -> list[Saved]:
    """The first row of each says what was saved; the last what is written of it."""
    by_number: dict[int, list[SavedChart]] = {}
    for row in sorted({row.seq: row for row in rows}.values(), key=lambda row: row.seq):
        by_number.setdefault(row.annotates or row.seq, []).append(row)
    return [_saved(number, some[0], some[-1]) for number, some in by_number.items() if some[0].seq == number]


def _saved(number: int, first: SavedChart, last: SavedChart) -> Saved:
    return Saved(
        number, first.question, last.title, last.note, first.owner, first.owner_name, first.agency, first.purpose, first.made_at, last.owner_name, last.made_at,
    )  # fmt: skip
