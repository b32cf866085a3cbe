"""The reading door of indicators: how they stand for one child. One call, one audit row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture.indicators import decided
from engage.picture.indicators.catalogue import load
from engage.picture.indicators.measuring import Use, measure
from engage.picture.indicators.rules import Indicator
from engage.picture.indicators.seeing import evidence_seen
from engage.picture.indicators.standing import Covered, Standing, by_month, stand_all
from engage.picture.seeing import Sight, reasons_about, sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


MONTHS = 24


@dataclass(frozen=True)
class ChildIndicators:
    """How every indicator stands for one child on the viewing's day, and how many records spoke in each of the last months, by class and
    agency: `strips`, in the order of `months`."""

    person_id: str
    standings: tuple[Standing, ...]
    months: tuple[date, ...]
    strips: Mapping[str, Mapping[str, Sequence[int]]]
    look: decided.Look | None


def own_folder(area: Area) -> Path:
    """Where the area keeps indicators of its own."""
    return area.folder / "indicators"


def catalogue(area: Area) -> Mapping[str, Indicator]:
    """All indicators, by code. Raises CatalogueWrong."""
    return load(own_folder(area))


def child(*, viewing: Viewing, build: Build, area: Area, person_id: str) -> ChildIndicators:
    """How indicators stand for one person (any id the person ever had), as known on the viewing's day, by what the viewer may see. Audited.
    Raises PersonUnknown."""
    who = assignments.person(build, person_id).person_id
    see, known = sight(viewing, build), catalogue(area)
    held = evidence_seen(see, known, {who}).get(who, {})
    reasons = reasons_about(build.pages(), {who}, see=see)
    keys = {one.key for some in held.values() for one in some}
    said = decided.statements(see, reasons, keys, who)
    governance.record_view(
        viewing=viewing, action="indicators.view", subject=who, fields=sorted(held), decision="allow"
    )
    months = last_months(viewing.as_of)
    return ChildIndicators(
        who,
        tuple(stand_all(known, held, said, covers(see), viewing.as_of)),
        months,
        by_month(known, held, months),
        decided.looks(see).get(who),
    )


def covers(see: Sight) -> list[Covered]:
    """What agencies' extracts were declared to cover by the viewing's day."""
    rows = see.build.pages().execute(
        "select agency, kind, whom, from_on, until_on from covers where received_on <= ? order by agency, kind, from_on",
        [see.viewing.as_of.isoformat()],
    )
    return [
        Covered(agency, kind, whom, _day(first), _day(until)) for agency, kind, whom, first, until in rows
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def last_months(on: date) -> tuple[date, ...]:
    """The first days of the last months up to a day, the oldest first."""
    numbers = range(on.year * 12 + on.month - MONTHS, on.year * 12 + on.month)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


def uses(
    *, viewing: Viewing, build: Build, area: Area, exploited: Mapping[str, str] | None = None
) -> list[Use]:
    """How each computed indicator is used, by the evidence that the viewer may see; with whether it is right where it is known which
    exploited child a person (today's id) is. Audited."""
    see, known = sight(viewing, build), catalogue(area)
    held = evidence_seen(see, [code for code, one in known.items() if one.is_computed])
    governance.record_view(
        viewing=viewing, action="indicators.uses", subject="all", fields=sorted(known), decision="allow"
    )
    return measure(known, held, decided.words(see), exploited)
