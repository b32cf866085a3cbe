"""What is a made-up town made of? The truth, before any agency writes it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(slots=True)
class Home:
    """An address in the town. `former_line`, `former_postcode` and `moved_on` say where its household came from."""

    home_id: str
    line: str
    postcode: str
    former_line: str = ""
    former_postcode: str = ""
    moved_on: date | None = None


@dataclass(slots=True)
class Person:
    """One person. `sex` is F or M; `relation` is head, partner, child, grandparent or sharer; ids of others are ids."""

    person_id: str
    home_id: str
    relation: str
    sex: str
    born_on: date
    origin: str = ""
    ethnicity: str = ""
    forename: str = ""
    middle_name: str = ""
    surname: str = ""
    known_as: str = ""
    former_surname: str = ""
    nhs_number: str = ""
    upn: str = ""
    pnc_id: str = ""
    phone: str = ""
    mother: str = ""
    father: str = ""
    twin: str = ""
    school: str = ""
    earlier_school: str = ""
    care_home: str = ""
    work: str = ""
    work_place: str = ""


@dataclass(slots=True)
class Place:
    """A place that people go to. `standing` is ordinary, hub (many are seen there for good reasons) or group."""

    place_id: str
    name: str
    kind: str
    line: str
    postcode: str
    easting: int
    northing: int
    standing: str = "ordinary"
    group_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Vehicle:
    """A vehicle. `standing` is group, ordinary, decoy or other_offender; `detail` says more of a decoy."""

    vehicle_id: str
    plate: str
    make: str
    model: str
    colour: str
    keeper: str = ""
    standing: str = "ordinary"
    detail: str = "ordinary"
    group_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Phone:
    """A telephone. `standing` is personal, group, exploiter_own, other_offender or decoy."""

    phone_id: str
    number: str
    owner: str = ""
    standing: str = "personal"
    detail: str = "personal"
    group_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """People who harm children together, or one who does alone. `kind` is group, relative, staff or peer."""

    group_id: str
    kind: str
    from_on: date
    exploiters: dict[str, str] = field(default_factory=dict)  # person -> role
    victims: dict[str, date] = field(default_factory=dict)  # child -> from when
    place_ids: list[str] = field(default_factory=list)
    vehicle_ids: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Child:
    """What is true of somebody who was under 18 in the two years. `trouble` is a vulnerability without exploitation."""

    person_id: str
    exploited: bool = False
    onset_on: date | None = None
    group_ids: list[str] = field(default_factory=list)
    visibility: str = ""
    trouble: str = ""
    investigated_on: date | None = None
    evidence_on: date | None = None
    looked_after: bool = False
    peer_of_exploited: bool = False
    names_others: bool = False  # exploited, and also named as bringing others in


@dataclass(slots=True)
class Told:
    """A narrative and what is in it: `codes` are (code, polarity, start, end), `mentions` (words, start, end, kind, id)."""

    text: str
    codes: list[tuple[str, str, int, int]] = field(default_factory=list)
    mentions: list[tuple[str, int, int, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """Somebody's part in an event. `driven` is true when exploitation is behind it; `partial` when only a nickname and a
    guess at the age were written down."""

    person_id: str
    role: str
    driven: bool = False
    partial: bool = False


@dataclass(slots=True)
class Event:
    """One thing that happened, in one agency's eyes. `table` is the agency's table, `kind` the truth's word for it;
    moments are local wall-clock times; `fields` are the agency's further values."""

    agency: str
    table: str
    kind: str
    at: datetime
    received_on: date
    parts: list[Part]
    place_id: str = ""
    vehicles: list[tuple[str, str]] = field(default_factory=list)  # (vehicle, use)
    numbers: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    told: Told | None = None


@dataclass(slots=True)
class Town:
    """Everything that is true of a made-up town, and every event that its agencies saw.

    The window of events is the half-open interval from `from_on` to `until_on`, which is the last day of receipt.
    """

    seed: int
    name: str
    from_on: date
    until_on: date
    homes: dict[str, Home]
    people: dict[str, Person]
    places: dict[str, Place]
    vehicles: dict[str, Vehicle]
    phones: dict[str, Phone]
    groups: dict[str, Group]
    children: dict[str, Child]
    decoys: dict[tuple[str, str], str]  # (kind of thing, its id) -> why it appears often
    namesakes: list[tuple[str, str, str]]  # two people who are easily confused, and why
    events: list[Event] = field(default_factory=list)

    def age(self, person_id: str, on: date) -> int:
        """Completed years of somebody's age on a day."""
        born = self.people[person_id].born_on
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
