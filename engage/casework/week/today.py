"""What is due, new, waits for somebody and waits for others, for one worker today?

Each list has one named function that fills it. A new list is a row of lists.yaml and a function in PROVIDERS.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.week import (
    of_actions,
    of_cases,
    of_clocks,
    of_meetings,
    of_oversight,
    of_papers,
    of_referral,
    of_returns,
    of_rounds,
    of_sittings,
)
from engage.casework.week.gathering import together
from engage.casework.week.lists import Day, ListKind
from engage.casework.week.rows import COUNTED, MOST, Asking, Filled, Provider
from engage.picture.search.called import Called
from engage.store.area import Area
from engage.vocabulary.time import london_day


PROVIDERS: dict[str, Provider] = {
    "my_actions": of_actions.my_actions,
    "agency_overdue": of_actions.agency_overdue,
    "agency_actions": of_actions.agency_actions,
    "to_chase": of_actions.to_chase,
    "escalated": of_actions.escalated,
    "by_me": of_actions.by_me,
    "my_reviews": of_cases.my_reviews,
    "my_new": of_cases.my_new,
    "agency_new": of_cases.agency_new,
    "concern_new": of_cases.concern_new,
    "drafts": of_cases.drafts,
    "to_agree": of_cases.to_agree,
    "to_decide": of_cases.to_decide,
    "to_allocate": of_cases.to_allocate,
    "discussion": of_cases.discussion,
    "strategy": of_cases.strategy,
    "handing_over": of_cases.handing_over,
    "sent_by_me": of_cases.sent_by_me,
    "clocks": of_clocks.clocks,
    "visits": of_clocks.visits,
    "eighteen": of_clocks.eighteen,
    "interviews": of_returns.interviews,
    "nrm": of_referral.nrm,
    "my_meetings": of_sittings.my_meetings,
    "invitations": of_sittings.invitations,
    "requests": of_meetings.requests,
    "packs": of_papers.packs,
    "minutes": of_papers.minutes,
    "unmarked": of_papers.unmarked,
    "to_sign": of_papers.to_sign,
    "omissions": of_papers.omissions,
    "told_of_requests": of_rounds.told,
    "unanswered": of_rounds.unanswered,
    "refused_strategy": of_meetings.refused_strategy,
    "meetings_changed": of_meetings.changed,
    "sealed": of_oversight.sealed,
    "to_read": of_oversight.to_read,
    "overseen": of_oversight.overseen,
    "supervision": of_oversight.supervision,
}


@dataclass(frozen=True)
class ListShown:
    """A list of the day with its first rows and how many there are in all."""

    kind: ListKind
    filled: Filled


@dataclass(frozen=True)
class Today:
    """Somebody's day: its lists in order, the pages where else it begins, and how the people are called of whom it tells, by id. `drawn`: what a page made of it, by how; kept with the day and no longer."""

    lists: tuple[ListShown, ...]
    pages: tuple[str, ...]
    names: Mapping[str, Called]
    since: datetime | None
    drawn: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def heads(self) -> tuple[Head, ...]:
        """The cases that it tells of, each once."""
        found = {
            row.head.number: row.head for one in self.lists for row in one.filled.rows if row.head is not None
        }
        return tuple(found.values())


def fill(
    desk: Desk, area: Area, day: Day, since: datetime | None, whole: str = "", *, counted: int = COUNTED
) -> Today:
    """Fill the lists of a day, that one (by its code) with all that it holds; names are looked up once for all of them. `counted`: so many rows of each list are counted at most."""
    today = london_day(desk.see.viewing.at)
    asking = Asking(desk, area, today, since, counted=counted, own_clocks=day.own_clocks)
    more = replace(asking, most=MOST, counted=max(counted, 2 * MOST))
    found = together(
        desk, {kind.code: PROVIDERS[kind.code](more if kind.code == whole else asking) for kind in day.lists}
    )
    shown = tuple(ListShown(kind, found[kind.code]) for kind in day.lists)
    made = Today(shown, day.pages, {}, since)
    return Today(shown, day.pages, desk.names(made.heads), since)
