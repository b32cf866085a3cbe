"""The reading door of indicators: how they stand for one child. One call, one audit row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture.indicators import decided
from engage.picture.indicators.catalogue import of_area
from engage.picture.indicators.measuring import Use, measure
from engage.picture.indicators.remembering import carried_seen
from engage.picture.indicators.seeing import covers, evidence_seen, may_know_of
from engage.picture.indicators.standing import Standing, by_month, last_months, stand_all
from engage.picture.queries import not_shown
from engage.picture.search.called import called
from engage.picture.seeing import reasons_about, sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


@dataclass(frozen=True)
class ChildIndicators:
    """How every indicator stands for one child on the viewing's day, and how many records spoke in each of the last months, by class and
    agency: `strips`, in the order of `months`."""

    person_id: str
    standings: tuple[Standing, ...]
    months: tuple[date, ...]
    strips: Mapping[str, Mapping[str, Sequence[int]]]
    look: decided.Look | None


def child(*, viewing: Viewing, build: Build, area: Area, person_id: str) -> ChildIndicators:
    """How indicators stand for one person (any id the person ever had), as known on the viewing's day, by what the viewer may see. Audited.
    Raises PersonUnknown, PersonNotShown."""
    who = assignments.person(build, person_id).person_id
    see, known = sight(viewing, build), of_area(area)
    seen = evidence_seen(see, known, {who})
    held = seen.held.get(who, {})
    reasons = reasons_about(build.pages(), {who}, see=see)
    if not may_know_of(see, who, reasons[who]):
        raise not_shown(viewing, who)
    said = decided.statements(see, reasons, seen.hidden, who)
    born = called(build.pages(), [who], see, reasons)[who].birth
    governance.record_view(
        viewing=viewing, action="indicators.view", subject=who, fields=sorted(held), decision="allow"
    )
    months = last_months(viewing.as_of)
    return ChildIndicators(
        who,
        tuple(stand_all(known, held, said, covers(see), viewing.as_of, bool(born))),
        months,
        by_month(known, held, months),
        decided.looks(see, seen.hidden).get(who),
    )


def uses(
    *, viewing: Viewing, build: Build, area: Area, exploited: Mapping[str, str] | None = None
) -> list[Use]:
    """How each computed indicator is used, by the evidence that the viewer may see; with whether it is right where it is known which
    exploited child a person (today's id) is. Audited."""
    see, known = sight(viewing, build), of_area(area)
    seen = carried_seen(see, area)
    governance.record_view(
        viewing=viewing, action="indicators.uses", subject="all", fields=sorted(known), decision="allow"
    )
    return measure(known, seen.carried, decided.words(see, seen.hidden), exploited)
