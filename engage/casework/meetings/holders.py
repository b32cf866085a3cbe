"""Who holds records of a person, or about a place? Every agency with anything recorded in a period, as of today's joins.

That an agency holds something is told here also where the organiser may read none of it: then no more than that they can be asked. Nobody could be invited otherwise whose
records others may not read, and it is they who are left out (docs/decisions/0025). What is guarded by a specialist service names no clinic. When somebody was last in
contact, with which worker, and which school or clinic a record names, is read only from records that the organiser may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engage.casework.meetings.kinds.reading import named_in_records, seats
from engage.governance.policies import SPECIALIST
from engage.identities import assignments
from engage.picture import byhand, reading
from engage.picture.seeing import Base, Sight, reasons_about
from engage.store.area import Area
from engage.vocabulary.access import Cohort
from engage.vocabulary.time import london_day


RECORDS, REGISTER, MAY_BE, PART, STATUTE, STANDING, NAMED, HAND = (
    "records",
    "register",
    "may_be",
    "part",
    "statute",
    "standing",
    "named",
    "hand",
)
SPECIALIST_SEAT = "specialist_health"
_SPECIAL = ("health-specialist", "restricted-health-specialist")


@dataclass(frozen=True)
class Holder:
    """An agency that holds something about one subject, or a named body that a record names. `is_signpost`: the organiser learns no more than whom to phone."""

    agency: str
    member: str
    basis: str
    holder: str = ""
    is_signpost: bool = False
    last_contact_on: date | None = None
    worker: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """By which one holder is told from another."""
        return self.agency, self.member, self.holder


@dataclass
class _Held:
    """What one agency holds, as rows: all of them, and those that the organiser may see."""

    cohorts: set[str] = field(default_factory=set)
    has_seen: bool = False
    last: str = ""
    worker: str = ""

    def saw(self, at: str, worker: str | None) -> None:
        """The organiser may see a contact at that stored moment."""
        self.has_seen = True
        if at >= self.last:
            self.last, self.worker = at, worker or self.worker


def of_people(
    see: Sight, area: Area, person_ids: Iterable[str], from_on: date
) -> dict[str, tuple[Holder, ...]]:
    """For each person (today's id) everybody who recorded anything since a day."""
    ids = sorted(set(person_ids))
    reasons = reasons_about(see.build.pages(), ids, see=see)
    return {person: _of_person(see, area, person, reasons[person], from_on) for person in ids}


def _of_person(
    see: Sight, area: Area, person: str, reasons: frozenset[str], from_on: date
) -> tuple[Holder, ...]:
    said, happened = rows_of(see, person, from_on)
    held: dict[tuple[str, bool], _Held] = defaultdict(_Held)
    for row in (*said, *happened):
        for agency, sensitivity, cohort in _bases(see, row):
            held[agency, sensitivity in _SPECIAL].cohorts.add(cohort)
    for row in said:
        if reading.may_hear(row, see, reasons):
            held[row["agency"], False].has_seen = True
    for one in reading.happenings(happened, see, reasons):
        held[one.agency, False].saw(one.from_at or "", one.rows[0]["recorded_by"])
    named = _named(see, area, said, happened, reasons)
    found = [_holder(area, key, value) for key, value in held.items() if key[0]]
    known = {one.agency for one in found}
    may_be = [one for one in _may_be(see, area, person) if one.agency not in known]
    return tuple(dict.fromkeys((*found, *may_be, *named)))


def _may_be(see: Sight, area: Area, person: str) -> Iterable[Holder]:
    """Agencies with a record that may be this person's and that nobody has judged: a charity that knows a first name and an age, say. They are asked, too."""
    laid = see.today.laid_under([person])[person]
    marks = ", ".join("?" * len(laid))
    sql = f"select distinct other_base from proposal where person_id in ({marks})"
    for (number,) in see.build.pages().execute(sql, laid):
        agency, _handling, sensitivity, _cohort = see.bases[number]
        known = area.agencies.get(agency)
        seat = SPECIALIST_SEAT if sensitivity in _SPECIAL else seats().of_agency(known.kind if known else "")
        yield Holder(agency, seat, MAY_BE, is_signpost=True)


def rows_of(see: Sight, person: str, from_on: date) -> tuple[list[Any], list[Any]]:
    """What is said of a person, and what happened, of all records that are theirs today, whoever may see them, since a day."""
    pages, day = see.build.pages(), see.viewing.as_of
    laid, since = see.today.laid_under([person])[person], from_on.isoformat()
    said = [
        row
        for row in reading.known_rows(pages, "said", laid, day, current=False)
        if see.today.person(row["record_id"], row["person_id"]) == person
        and (row["known_until_on"] is None or row["known_until_on"] > since)
    ]
    happened = [
        row
        for row in reading.known_rows(pages, "chronology", laid, day)
        if see.today.person(row["person_record_id"], row["person_id"]) == person and _is_since(row, since)
    ]
    try:
        who = assignments.person(see.build, person)
    except assignments.PersonUnknown:
        return said, happened
    hand = byhand.by_hand(see.viewing, see.build, who)
    return said, [*hand.standing(happened), *hand.rows]


def _is_since(row: Any, since: str) -> bool:
    """It happened, or may have, or was received since that day."""
    until = row["happened_until_at"]
    return until is None or str(until) >= since or str(row["received_on"]) >= since


def _bases(see: Sight, row: Any) -> Iterable[tuple[str, str, str]]:
    """Whose a row is, how sensitive, and of which cohort."""
    base: Base = row["access_base"]
    agency, _handling, sensitivity, cohort = base if isinstance(base, tuple) else see.bases[base]
    yield agency or row["agency"], sensitivity, str(cohort)


def _holder(area: Area, key: tuple[str, bool], held: _Held) -> Holder:
    agency, is_special = key
    basis = REGISTER if held.cohorts == {str(Cohort.REGISTER)} else RECORDS
    if is_special:
        return Holder(agency, SPECIALIST_SEAT, basis, is_signpost=True)
    known = area.agencies.get(agency)
    seat = seats().of_agency(known.kind if known else "")
    moment = reading.moment(held.last) if held.last else None
    return Holder(
        agency, seat, basis, is_signpost=not held.has_seen, last_contact_on=london_day(moment) if moment else None, worker=held.worker
    )  # fmt: skip


def _named(
    see: Sight, area: Area, said: Sequence[Any], happened: Sequence[Any], reasons: frozenset[str]
) -> Iterable[Holder]:
    """Schools, clinics and neighbouring areas that a record names which the organiser may see; the clinic of a specialist service never."""
    values: list[tuple[str, str, str]] = []
    kinds = {code: agency.kind for code, agency in area.agencies.items()}
    heard = [row for row in said if row["known_until_on"] is None and reading.may_hear(row, see, reasons)]
    details = [
        (row["agency"], reading.entry(one, see, reasons).details)
        for one in reading.happenings(happened, see, reasons)
        for row in one.rows[:1]
    ]
    for rule in named_in_records():
        values += [
            (row["agency"], rule["member"], row["value"])
            for row in heard
            if row["field"] == rule.get("field") and kinds.get(row["agency"]) == rule.get("of")
        ]
        values += [
            (agency, rule["member"], str(some[rule["detail"]]))
            for agency, some in details
            if some.get(rule.get("detail", ""))
        ]
    return _bodies(area, values)


def _bodies(area: Area, values: Iterable[tuple[str, str, str]]) -> list[Holder]:
    """Each named body once: as the agency that bears its name where there is one, else with the agency whose records name it to reach it through."""
    titles = {agency.title.lower(): code for code, agency in area.agencies.items()}
    made: dict[tuple[str, str], Holder] = {}
    for agency, member, value in sorted(values):
        name = " ".join(value.split())
        own = titles.get(name.lower())
        through = own or _owner(area, member) or agency
        if name:
            made.setdefault((member, name.lower()), Holder(through, member, NAMED, holder=name))
    return list(made.values())


def _owner(area: Area, member: str) -> str:
    """The agency through which a school is reached: the area's one agency for education."""
    kind = "education" if member == "school" else ""
    found = [code for code, agency in area.agencies.items() if kind and agency.kind == kind]
    return found[0] if len(found) == 1 else ""


_AT_PLACE = (
    "select access_base, other_base, agency, kind, happened_from_at as at from tie where thing = 'place' and thing_key = ? and known_from_on <= ? "
    "and (known_until_on is null or known_until_on > ?) union all "
    "select access_base, other_base, agency, kind, null from unpeopled_thing where thing = 'place' and thing_key = ? and known_from_on <= ? "
    "and (known_until_on is null or known_until_on > ?)"
)


def of_place(see: Sight, area: Area, key: str, from_on: date) -> tuple[Holder, ...]:
    """Everybody who recorded something at a place since a day. Of nobody is a worker or a day named: that would lead to whoever was there."""
    day, since = see.viewing.as_of.isoformat(), from_on.isoformat()
    rows = see.build.pages().execute(_AT_PLACE, [key, day, since, key, day, since]).fetchall()
    held: dict[tuple[str, bool], _Held] = defaultdict(_Held)
    for row in rows:
        if row["at"] is not None and str(row["at"]) < since:
            continue
        for agency, sensitivity, cohort in _bases(see, row):
            one = held[agency, sensitivity in _SPECIAL]
            one.cohorts.add(cohort)
            one.has_seen |= see.hears(row["access_base"], row["other_base"], row["kind"], frozenset())
    return tuple(_holder(area, key, value) for key, value in held.items() if key[0])


def title_of(area: Area, agency: str, member: str, holder: str) -> str:
    """How a holder is called: the named body, the specialist service, or the agency."""
    if member == SPECIALIST_SEAT:
        return SPECIALIST
    known = area.agencies.get(agency)
    return holder or (known.title if known else agency) or seats().title(member)


def by_case(
    found: Mapping[int, Sequence[Holder]],
) -> dict[tuple[str, str, str], dict[int | None, Holder]]:
    """The same by holder, then by case."""
    made: dict[tuple[str, str, str], dict[int | None, Holder]] = defaultdict(dict)
    for case, some in found.items():
        for one in some:
            made[one.key][case] = one
    return dict(made)
