"""Who holds records of a person, or about a place? Every agency with anything recorded in a period, as of today's joins.

That an agency holds something is told here also where the organiser may read none of it: then no more than that they can be asked. Nobody could be invited otherwise whose
records others may not read, and it is they who are left out (docs/decisions/0025). What is guarded by a specialist service names no clinic. When somebody was last in
contact, with which worker, and which school or clinic a record names, is read only from records that the organiser may see.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engage.casework.meetings import recorded
from engage.casework.meetings.kinds.reading import named_in_records, seats
from engage.governance.policies import SPECIALIST
from engage.picture import reading
from engage.picture.reading import Happening
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
# So many people are read of at once.
_AT_ONCE = 1000
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
    """For each person (today's id) everybody who recorded anything since a day. The number of queries grows with no more than every thousandth of them."""
    ids = sorted(set(person_ids))
    found: dict[str, tuple[Holder, ...]] = {}
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        reasons = reasons_about(see.build.pages(), some, see=see)
        rows, may_be = recorded.rows_of(see, some, from_on), recorded.may_be(see, some)
        for person in some:
            more = [_may_be(see, area, base) for base in may_be[person]]
            found[person] = _of_person(see, area, rows[person], more, reasons[person])
    return found


def _of_person(
    see: Sight, area: Area, rows: recorded.Rows, may_be: Sequence[Holder], reasons: frozenset[str]
) -> tuple[Holder, ...]:
    said, happened = rows
    held: dict[tuple[str, bool], _Held] = defaultdict(_Held)
    for row in (*said, *happened):
        agency, sensitivity, cohort = recorded.whose(see, row)
        held[agency, sensitivity in _SPECIAL].cohorts.add(cohort)
    for row in said:
        if reading.may_hear(row, see, reasons):
            held[row["agency"], False].has_seen = True
    seen = reading.happenings(happened, see, reasons)
    for one in seen:
        held[one.agency, False].saw(one.from_at or "", one.rows[0]["recorded_by"])
    named = _named(see, area, said, seen, reasons)
    found = [_holder(area, key, value) for key, value in held.items() if key[0]]
    known = {one.agency for one in found}
    return tuple(dict.fromkeys((*found, *(one for one in may_be if one.agency not in known), *named)))


def _may_be(see: Sight, area: Area, base: Base) -> Holder:
    """An agency with a record that may be this person's and that nobody has judged: a charity that knows a first name and an age, say. They are asked, too."""
    agency, _handling, sensitivity, _cohort = see.bases[base]
    known = area.agencies.get(agency)
    seat = SPECIALIST_SEAT if sensitivity in _SPECIAL else seats().of_agency(known.kind if known else "")
    return Holder(agency, seat, MAY_BE, is_signpost=True)


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
    see: Sight, area: Area, said: Sequence[Any], seen: Sequence[Happening], reasons: frozenset[str]
) -> Iterable[Holder]:
    """Schools, clinics and neighbouring areas that a record names which the organiser may see; the clinic of a specialist service never."""
    values: list[tuple[str, str, str]] = []
    kinds = {code: agency.kind for code, agency in area.agencies.items()}
    heard = [row for row in said if row["known_until_on"] is None and reading.may_hear(row, see, reasons)]
    details = [(one.rows[0]["agency"], json.loads(text)) for one in seen if (text := one.rows[0]["details"])]
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


def of_places(see: Sight, area: Area, keys: Iterable[str], from_on: date) -> dict[str, tuple[Holder, ...]]:
    """By its key, of each place everybody who recorded something there since a day. Of nobody is a worker or a day named: that would lead to whoever was there."""
    found: dict[str, tuple[Holder, ...]] = {}
    for key, rows in recorded.rows_at(see, keys, from_on).items():
        held: dict[tuple[str, bool], _Held] = defaultdict(_Held)
        for row in rows:
            agency, sensitivity, cohort = recorded.whose(see, row)
            one = held[agency, sensitivity in _SPECIAL]
            one.cohorts.add(cohort)
            one.has_seen |= see.hears(row["access_base"], row["other_base"], row["kind"], frozenset())
        found[key] = tuple(_holder(area, of, value) for of, value in held.items() if of[0])
    return found


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
