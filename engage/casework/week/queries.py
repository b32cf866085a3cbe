"""The reading door of people's day and week. One call, one line in the log."""

from __future__ import annotations

from datetime import datetime

from engage.casework.cases.deciding import kind_of_agency
from engage.casework.cases.rules import OF_PEOPLE
from engage.casework.cases.seeing import Desk
from engage.casework.week.lists import Day, day_of
from engage.casework.week.today import Today, fill
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewer, Viewing


__all__ = ["Today", "has_a_day", "today"]


def has_a_day(*, viewer: Viewer, area: Area) -> bool:
    """The role of this worker has lists of a day."""
    return bool(_day(viewer, area).lists)


def today(*, viewing: Viewing, build: Build, area: Area, since: datetime | None = None) -> Today:
    """The viewer's day, as far as they may know of it; what is new since a moment (None: they were never here before). Audited."""
    found = fill(Desk(sight(viewing, build)), area, _day(viewing.viewer, area), since)
    people = [one.subject for one in found.heads if one.kind in OF_PEOPLE and one.subject]
    actions = [row.action.log_name for one in found.lists for row in one.filled.rows if row.action]
    about = ",".join(dict.fromkeys((*actions, *(one.log_name for one in found.heads), *people))) or "none"
    governance.record_view(
        viewing=viewing, action="today.view", subject=about, fields=[one.kind.code for one in found.lists], decision="allow"
    )  # fmt: skip
    return found


def _day(viewer: Viewer, area: Area) -> Day:
    return day_of(viewer.role, kind_of_agency(area, viewer.agency))
