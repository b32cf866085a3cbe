"""The reading door of people's day and week. One call, one line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engage.casework.cases.deciding import kind_of_agency
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.cases.seeing import Desk
from engage.casework.forms.reading import form_of
from engage.casework.week import caseload as loads
from engage.casework.week import digest, sampling
from engage.casework.week import limits as counted
from engage.casework.week.caseload import NOBODY, ORDERS, Asked, Caseload
from engage.casework.week.keeping import kept
from engage.casework.week.limits import Limits
from engage.casework.week.lists import Day, day_of
from engage.casework.week.sampling import Counted, DrawShown
from engage.casework.week.today import Today, fill
from engage.governance import actions as governance
from engage.picture.search.called import Called
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.words import N_, EngageError


__all__ = ["NOBODY", "ORDERS", "Caseload", "DrawNotShown", "DrawSeen", "Today", "caseload", "digest_address", "draw", "draws", "has_a_day", "limits", "today"]  # fmt: skip
SUPERVISE = "supervise"


class DrawNotShown(EngageError):
    """There is no such draw, or it is another agency's: the same words for both."""

    exit_code = 5


@dataclass(frozen=True)
class DrawSeen:
    """A draw with its cases of which the viewer may still know, which of them were read, and what was found by question."""

    draw: DrawShown
    heads: tuple[Head, ...]
    names: Mapping[str, Called]
    read: frozenset[int]
    results: tuple[Counted, ...]


def has_a_day(*, viewer: Viewer, area: Area) -> bool:
    """The role of this worker has lists of a day."""
    return bool(_day(viewer, area).lists)


def today(
    *, viewing: Viewing, build: Build, area: Area, since: datetime | None = None, whole: str = ""
) -> Today:
    """The viewer's day, as far as they may know of it; what is new since a moment (None: they were never here before); of one list (`whole`, its code) all. Audited."""
    desk = Desk(sight(viewing, build))
    found = kept(desk, area, since, whole, lambda: fill(desk, area, _day(viewing.viewer, area), since, whole))
    actions = [row.action.log_name for one in found.lists for row in one.filled.rows if row.action]
    meetings = [f"meeting {row.meeting}" for one in found.lists for row in one.filled.rows if row.meeting]
    _looked(
        viewing,
        "today.view",
        [*actions, *meetings, *_about(found.heads), *_back(found)],
        [one.kind.code for one in found.lists],
    )
    return found


def caseload(
    *, viewing: Viewing, build: Build, area: Area, order: str = "review", worker: str = "", page: int = 1
) -> Caseload:
    """A page of the open cases of the viewer's agency, in the order of a fact, and how many each worker has. `worker`: those of one alone, or (NOBODY) of nobody. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=SUPERVISE, subject="none")
    found = loads.caseload(
        Desk(sight(viewing, build)), area, viewing.viewer.agency, Asked(order, worker, page)
    )
    facts = ["worker", "state", "review", "supervision", "visit"]
    _looked(viewing, "caseload.view", _about(one.head for one in found.loads), facts)
    return found


def limits(
    *, viewing: Viewing, build: Build, area: Area, from_on: date | None = None, until_on: date | None = None
) -> Limits:
    """How the time limits were kept of the cases that the viewer's agency leads, opened on these days. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=SUPERVISE, subject="none")
    found = counted.limits(Desk(sight(viewing, build)), area, viewing.viewer.agency, (from_on, until_on))
    _looked(viewing, "limits.view", [], ["state"])
    return found


def draws(*, viewing: Viewing) -> tuple[DrawShown, ...]:
    """The draws of cases for audit of the viewer's agency. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=SUPERVISE, subject="none")
    _looked(viewing, "audit_samples.list", [], ["state"])
    return tuple(sampling.draws(viewing))


def draw(*, viewing: Viewing, build: Build, area: Area, number: int) -> DrawSeen:
    """One draw with what was found. Audited. Raises MayNotDo, DrawNotShown, FormUnknown."""
    governance.check_may(viewing=viewing, what=SUPERVISE, subject="none")
    found = sampling.draw_of(viewing, number)
    if found is None:
        _looked(viewing, "audit_sample.view", [], [], decision="nothing")
        raise DrawNotShown(N_("There is no draw under this address."), remedy=N_("Go back to the list."))
    desk = Desk(sight(viewing, build))
    form, heads = sampling.form_for(found.rule.kind), sampling.cases_of(desk, number)
    entries = sampling.read_since(desk, heads, found.at)
    _looked(viewing, "audit_sample.view", _about(heads), [form])
    read = frozenset(entry.case for entry in entries if entry.case is not None)
    return DrawSeen(
        found, tuple(heads), desk.names(heads), read, sampling.results(form_of(area, form), entries)
    )  # fmt: skip


def digest_address(*, viewing: Viewing) -> str:
    """To which address the viewer wants the digest; "" for who does not. Audited."""
    _looked(viewing, "digest.view", [viewing.viewer.user_id], ["address"])
    return digest.chosen(viewing.viewer.user_id)


def _day(viewer: Viewer, area: Area) -> Day:
    return day_of(viewer.role, kind_of_agency(area, viewer.agency))


def _about(heads: Iterable[Head]) -> list[str]:
    """Cases, and the people whom they are about, as the log names them."""
    known = list(heads)
    people = [one.subject for one in known if one.kind in OF_PEOPLE and one.subject]
    return [*(one.log_name for one in known), *people]


def _back(found: Today) -> list[str]:
    """The children who are back, as the log names them."""
    return [row.returned.person_id for one in found.lists for row in one.filled.rows if row.returned]


def _looked(
    viewing: Viewing, action: str, about: list[str], fields: list[str], *, decision: str = "allow"
) -> None:
    subject = ",".join(dict.fromkeys(about)) or "none"
    governance.record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision=decision)
