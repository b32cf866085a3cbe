"""The reading door of screenings: which there are, and what the rows of one led to, for whoever asked and as far as they may see. One call, one audit row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.networks.queries import NothingToShow
from engage.networks.screening import clearing, keeping, standing
from engage.networks.screening.deciding import AUTHORISE, SCREEN, authorisers, subjects, the_one
from engage.networks.screening.limits import Limits, limits
from engage.networks.screening.rules import RUN
from engage.networks.screening.showing import Hits, hits_shown
from engage.networks.screening.standing import Standing
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class ScreeningShown:
    """A screening, and what its rows led to: only for whoever asked, once it is run and until its day; None otherwise."""

    standing: Standing
    hits: Hits | None = None


@dataclass(frozen=True)
class ToAsk:
    """What whoever asks has to know before: the limits of the day, and whose leave may be asked for."""

    limits: Limits
    authorisers: tuple[Viewer, ...]


def to_ask(*, viewing: Viewing) -> ToAsk:
    """What may be screened today, and whose leave the viewer may ask for. It tells of workers alone. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=SCREEN, subject="list")
    _looked(viewing, "screenings.list", "none", ["authorisers"])
    return ToAsk(limits(london_day(viewing.at)), tuple(authorisers(viewing)))


def screenings(*, viewing: Viewing, area: Area) -> list[Standing]:
    """Those that the viewer asked for, or for which the viewer's leave is asked, newest first. What has ended is cleared before. Audited. Raises MayNotDo."""
    _check_may(viewing)
    clearing.clear(viewing, area)
    found = standing.of_viewer(viewing)
    _looked(viewing, "screenings.list", ",".join(f"screening {one.number}" for one in found) or "none", ["purpose", "reason"])  # fmt: skip
    return found


def screening(*, viewing: Viewing, build: Build, area: Area, number: int) -> ScreeningShown:
    """One of these; what its rows led to is decided anew at each look, for the purpose that it was asked for. Audited. Raises MayNotDo, and NothingToShow in the same
    words whether there is none, or it is somebody else's."""
    _check_may(viewing)
    clearing.clear(viewing, area)
    subject = f"screening {number}"
    try:
        found = the_one(viewing, number)
    except NothingToShow:
        governance.record_view(
            viewing=viewing, action="screening.view", subject=subject, fields=[], decision="nothing"
        )
        raise
    viewing = replace(viewing, purpose=found.purpose)
    if found.state != RUN or found.asked_by != viewing.viewer.user_id:
        _looked(viewing, "screening.view", subject, ["purpose", "reason"])
        return ScreeningShown(found)
    # What was known on an earlier day is no answer to whoever decides today.
    now = replace(viewing, as_of=build.info.as_of)
    hits = hits_shown(sight(now, build), area, keeping.hits(area, number))
    _looked(now, "screening.view", ",".join((subject, *subjects(hits.subjects))), ["name", "birth", "phone", "plate", "concern"])  # fmt: skip
    return ScreeningShown(found, hits)


def screenings_of_all(*, viewing: Viewing, area: Area) -> list[Standing]:
    """Who screens whose list, why, by whose leave and until when, for those whose role is to ask; of no list what is in it. Audited. Raises MayNotSee."""
    access.check_may_audit(viewing=viewing, action="screenings.read", subject="all")
    clearing.clear(viewing, area)
    return standing.everybodys(london_day(viewing.at))


def _check_may(viewing: Viewing) -> None:
    """Whoever may give leave sees what waits for it, too."""
    if not access.can(viewer=viewing.viewer, what=AUTHORISE):
        governance.check_may(viewing=viewing, what=SCREEN, subject="list")


def _looked(viewing: Viewing, action: str, subject: str, fields: list[str]) -> None:
    governance.record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision="allow")
