"""The reading door of meetings."""

from __future__ import annotations

from collections.abc import Iterable

from engage.casework.meetings import holders
from engage.casework.meetings.period import since
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


PERIOD_MONTHS = 24


def agencies_proposed(
    *, viewing: Viewing, build: Build, area: Area, person_ids: Iterable[str], months: int = PERIOD_MONTHS
) -> dict[str, tuple[str, ...]]:
    """For each person (today's id) the agencies that a meeting about them would propose: to measure whether anybody is missed, for those whose role it is. Audited. Raises
    MayNotDo."""
    governance.check_may(viewing=viewing, what="evaluate", subject="all")
    found = holders.of_people(sight(viewing, build), area, person_ids, since(viewing, months))
    governance.record_view(
        viewing=viewing,
        action="meetings.measured",
        subject="all",
        fields=["agencies"],
        decision="allow",
    )
    return {person: tuple(sorted({one.agency for one in some})) for person, some in found.items()}
