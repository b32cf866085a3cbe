"""What do the agencies' own records tell the clocks, so that nobody types it twice?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engage.casework.cases.hearing import Hearing, of_area
from engage.casework.clocks.birthdays import eighteenth
from engage.casework.clocks.rules import Told
from engage.casework.lifecycles.states import CHILD
from engage.governance.policies import OPEN_HANDLING, OPEN_SENSITIVITY
from engage.picture.accused import listing
from engage.picture.missing.ages import Births, births_of, may_be_child
from engage.picture.missing.episodes import episodes
from engage.picture.missing.rows import recorded
from engage.picture.missing.rules import HELD, REFUSED, Interview
from engage.picture.missing.stated import of_area as stated_of
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.store.area import Area
from engage.vocabulary.access import Cohort
from engage.vocabulary.time import Happened, Precision, london_day, london_midnight, whole_day


def of_person(
    see: Sight, area: Area, person_id: str, *, is_open_only: bool = False, kind: str = CHILD
) -> list[Told]:
    """Everything that records which the viewer may see tell the clocks of a person (today's id), in a case of that kind. `is_open_only`: of these none that anybody guarded, for what is laid
    down for others to look up."""
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    laid = see.today.laid_under([person_id])[person_id]
    rows = pages.execute(_ROWS, [json.dumps(laid), day, day]).fetchall()
    why = reasons_about(pages, {person_id}, see=see)[person_id]
    seen = (
        row
        for row in rows
        if see.today.person(row["person_record_id"], row["person_id"]) == person_id
        and _may(see, row, why, is_open_only=is_open_only)
    )
    known, hearings = list(seen), [one for one in of_area(area) if one.kind in ("", kind)]
    found = {one.told_id: one for row in known for one in _told(row, area, hearings)}
    births = _open_births(see, person_id, laid) if is_open_only else births_of(called(pages, [person_id], see, {person_id: why}).get(person_id))  # fmt: skip
    return [*found.values(), *_returns(known, area, births, see.viewing.at), *_birthday(births, person_id)]


def last_days(see: Sight, area: Area, event: str, person_ids: Iterable[str]) -> dict[str, date]:
    """The last day on which records that the viewer may see tell of an event, by person (today's ids), of many people at once; nobody of whom none does."""
    laid, pages, day = see.today.laid_under(person_ids), see.build.pages(), see.viewing.as_of.isoformat()
    hearings = [one for one in of_area(area) if one.event == event and one.kind in ("", CHILD)]
    kinds = {kind for one in hearings for column, words in one.whole if column == "kind" for kind in words}
    under = {one for some in laid.values() for one in some}
    rows = pages.execute(_ROWS_OF_KINDS, [json.dumps(sorted(under)), day, day, json.dumps(sorted(kinds))])
    why, found = reasons_about(pages, laid, see=see), dict[str, date]()
    for row in rows.fetchall():
        person = see.today.person(row["person_record_id"], row["person_id"])
        if person not in laid or not _may(see, row, why[person], is_open_only=False):
            continue
        for told in _told(row, area, hearings):
            at = told.happened.from_at
            if at and at <= see.viewing.at:
                found[person] = max(london_day(at), found.get(person, date.min))
    return found


# How tellings name a record, and a return, that told them.
RECORD = "record:"
RETURN = "return:"


def return_of(report: str) -> str:
    """How tellings name the return from the time of being missing whose first report that is."""
    return f"{RETURN}{report}"


def _returns(rows: Iterable[Any], area: Area, births: Births, now: datetime) -> Iterator[Told]:
    """Each return of somebody who was a child, and what its records say of the interview: which records make one time of being missing, and which interview is about which, is
    told by the rules that make the list of missing children."""
    by = stated_of(area.settings.get("missing"))
    own = {row["event_record_id"]: row for row in rows if row["kind"] in _OF_MISSING and row["happened_from_at"] and by.is_child_role(row["role"])}  # fmt: skip
    told = (said for row in own.values() if (said := recorded(row)).from_at < now)
    for one in episodes(told, ends_sent_by=frozenset(), stated=by, now=now):
        if one.end is None or may_be_child(births, london_day(one.since.from_at)) is False:
            continue
        received = _received(own[one.end.record_id]["received_on"])
        name = return_of(one.since.record_id)
        yield Told(
            name,
            "child.returned",
            _between(one.end.from_at, one.end.until_at, one.end.precision),
            told_at=received,
        )
        if one.interview and one.interview.how in _ENDED:
            yield _interview(one.interview, name)


_OF_MISSING = frozenset({"missing", "found", "return_interview"})
_ENDED = {HELD: "interview.held", REFUSED: "interview.refused"}


def _interview(one: Interview, name: str) -> Told:
    record, event = one.recorded, _ENDED[one.how]
    happened = _between(record.from_at, record.until_at, record.precision)
    return Told(f"{RECORD}{record.record_id}:{event}", event, happened, regards=(name,))


def _between(first: datetime | None, until: datetime, precision: str) -> Happened:
    """When it was, as exactly as it is known."""
    if first is None:
        return Happened(None, until, Precision.UNKNOWN)
    if precision == Precision.MINUTE:
        return Happened(first, first, Precision.MINUTE)
    return whole_day(london_day(first)) if precision == Precision.DAY else Happened(first, until, Precision(precision))  # fmt: skip


_EVENTS = """
    select distinct person_id, person_record_id, fact, event_record_id, role, agency, kind, category, title, outcome, recorded_by, details, happened_from_at, happened_until_at, happened_precision,
        until_precision, received_on, access_base, role_base
    from chronology where person_id in (select value from json_each(?)) and fact = 'event' and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
    {} order by event_record_id
"""
_ROWS, _ROWS_OF_KINDS = _EVENTS.format(""), _EVENTS.format("and kind in (select value from json_each(?))")


def _may(see: Sight, row: Any, why: frozenset[str], *, is_open_only: bool) -> bool:
    parts = [(row["access_base"], "event"), (row["role_base"], "role")]
    if is_open_only:
        return all(_is_open(see, base) for base, _kind in parts if base is not None)
    return see.strictest(parts, why).is_allowed


def _is_open(see: Sight, base: Any) -> bool:
    _agency, handling, sensitivity, cohort = base if isinstance(base, tuple) else see.bases[base]
    return handling in OPEN_HANDLING and sensitivity in OPEN_SENSITIVITY and cohort == Cohort.CASE


def _told(row: Mapping[str, Any], area: Area, hearings: Iterable[Hearing]) -> Iterator[Told]:
    agency = area.agencies.get(row["agency"])
    for one in hearings:
        if agency and one.hears(row, agency.kind) and (happened := one.when(row)):
            told_id = f"{RECORD}{row['event_record_id']}:{one.event}"
            yield Told(told_id, one.event, happened, told_at=_received(row["received_on"]), clock=one.clock)  # fmt: skip


def _received(day: str) -> datetime:
    """Extracts come by the day: by the end of it at the latest."""
    return london_midnight(datetime.fromisoformat(day).date() + timedelta(days=1))


def _birthday(births: Births, person_id: str) -> Iterator[Told]:
    """The eighteenth birthday, where every birth is the same day."""
    days = {first for first, until in births if until - first == timedelta(days=1)}
    if len(days) == 1 and all(until - first == timedelta(days=1) for first, until in births):
        yield Told(f"birthday:{person_id}", "birthday.eighteenth", eighteenth(next(iter(days))))


_BIRTHS = """
    select person_id, record_id, value_key, access_base, other_base from said where person_id in (select value from json_each(?)) and field = 'birth' and is_valid
        and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
"""


def births_said(see: Sight, person_id: str) -> Births:
    """Every birth that any record says of somebody (today's id), whoever may see it: for a rule that has to hold whoever looks, and of which nobody is told what it rests on."""
    return listing.births_said(see, [person_id])[person_id]


def _open_births(see: Sight, person_id: str, laid: Iterable[str]) -> Births:
    """Every birth that records say which nobody guarded."""
    day = see.viewing.as_of.isoformat()
    rows = see.build.pages().execute(_BIRTHS, [json.dumps(list(laid)), day, day])
    theirs = (row for row in rows if see.today.person(row["record_id"], row["person_id"]) == person_id)
    said = [row["value_key"] for row in theirs if all(_is_open(see, base) for base in (row["access_base"], row["other_base"]) if base is not None)]  # fmt: skip
    ends = [key.split("/") for key in said if key]
    return tuple((date.fromisoformat(one[0]), date.fromisoformat(one[-1])) for one in ends)
