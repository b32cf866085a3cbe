"""The reading door of the worklist: whose new evidence nobody has looked at, as far as the viewer may see. One call, one audit row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.policies import WORKER
from engage.picture.indicators import decided
from engage.picture.indicators.catalogue import of_area
from engage.picture.indicators.rules import Evidence, day_of
from engage.picture.indicators.seeing import evidence_seen
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about, sight
from engage.picture.worklist.limits import weekly_limit
from engage.picture.worklist.measuring import WEEK, Week, listed_from, weeks
from engage.picture.worklist.rules import DEFAULT_ORDER, Joined, Listed, Worklist, age, listed, order
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


YEAR = timedelta(days=365)
# Which indicators rest on reports of a missing child.
REPORTS = ("M1", "M2")


def worklist(
    *,
    viewing: Viewing,
    build: Build,
    area: Area,
    facts: tuple[str, ...] = DEFAULT_ORDER,
    joined: Joined | None = None,
) -> Worklist:
    """Everybody with harm or exposure evidence from before their eighteenth birthday that nobody has looked at by the viewing's day, as known
    then. Worked out from recorded evidence and people's decisions alone, and never from another list. `joined`: facts that a later stage lays
    beside. Audited."""
    see, known = sight(viewing, build), of_area(area)
    codes = [code for code, one in known.items() if one.is_listed]
    seen = evidence_seen(see, codes)
    reviewed = decided.reviewed(see)
    found = [
        row
        for person, evidence in seen.held.items()
        if (row := listed(person, evidence, known, reviewed, _missing(evidence, viewing.as_of)))
    ]
    rows = order(_joined(see, _with_people(see, found, seen.hidden), joined), facts)
    governance.record_view(
        viewing=viewing,
        action="worklist.view",
        subject=",".join(row.person_id for row in rows) or "none",
        fields=sorted(codes),
        decision="allow",
        why=" ".join(facts),
    )
    new = sum(row.since > viewing.as_of - WEEK for row in rows)
    return Worklist(tuple(rows), facts, new, weekly_limit(area))


def worklist_to_take_away(
    *,
    viewing: Viewing,
    build: Build,
    area: Area,
    facts: tuple[str, ...] = DEFAULT_ORDER,
    joined: Joined | None = None,
) -> Worklist:
    """The same to take away as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown."""
    governance.check_may(viewing=viewing, what="export", subject="worklist")
    access.check_purpose(viewing.purpose)
    found = worklist(viewing=viewing, build=build, area=area, facts=facts, joined=joined)
    governance.record_view(
        viewing=viewing, action="worklist.export", subject="worklist", fields=["worklist"], decision="allow", why=" ".join(facts)
    )  # fmt: skip
    return found


def _joined(see: Sight, rows: list[Listed], joined: Joined | None) -> list[Listed]:
    if joined is None:
        return rows
    of = joined.of(see)
    return [
        replace(row, joined={fact: of[fact].get(row.person_id, ()) for fact in joined.facts}) for row in rows
    ]


def _missing(evidence: Mapping[str, Iterable[Evidence]], on: date) -> int:
    since = on - YEAR
    return len({one.record_id for code in REPORTS for one in evidence.get(code, ()) if day_of(one) > since})


def _with_people(see: Sight, rows: list[Listed], hidden: frozenset[str]) -> list[Listed]:
    """Each with name and birth as far as the viewer may know, age on the day, who looked last, and whose reason is open."""
    pages, ids = see.build.pages(), [row.person_id for row in rows]
    names = called(pages, ids, see, reasons_about(pages, ids, see=see))
    looks = decided.looks(see, hidden)
    return [
        replace(
            row, name=names[row.person_id].name, born=names[row.person_id].birth, age=age(names[row.person_id].birth, see.viewing.as_of),
            look=looks.get(row.person_id), workers=tuple(sorted(who.removeprefix(WORKER) for who in see.named.get(row.person_id, ()))),
        )
        for row in rows
    ]  # fmt: skip


def came_by_week(
    *, viewing: Viewing, build: Build, area: Area, exploited: Collection[str], weeks_back: int
) -> list[Week]:
    """How many children came onto the list in each of the last weeks, when nobody looks, and how many of them are exploited: for those who may
    evaluate, of towns whose truth is known. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="evaluate")
    see, known = sight(viewing, build), of_area(area)
    codes = [code for code, one in known.items() if one.is_listed]
    listed = {
        person: on
        for person, held in evidence_seen(see, codes).held.items()
        if (on := listed_from(held, known))
    }
    governance.record_view(
        viewing=viewing, action="worklist.weeks", subject="all", fields=sorted(codes), decision="allow"
    )
    last = min(viewing.as_of, build.info.as_of)
    return weeks(listed, exploited, last - weeks_back * WEEK + timedelta(days=1), last)
