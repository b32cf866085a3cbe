"""How does an agency open a record of a person, and what does it write there?

A desk keeps one register of one agency. It opens a record at the first event that it hears of, sometimes a second one of the
same person, and a bare one (a nickname and a guess at the age) where nobody knew more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from engage.example.draw import chance, stream
from engage.example.errors import Slip, mistype, rate, write_down
from engage.example.people import Event, Part, Person, Told, Town
from engage.example.scene import Scene


Row = dict[str, Any]

FORMS = {
    "police.person": "K{:06d}", "police.occurrence": "B{:07d}", "police.location": "L{:05d}", "police.vehicle": "VH{:05d}",
    "police.phone": "TEL{:05d}", "childrens_services.child": "{:07d}", "childrens_services.family": "REL{:06d}",
    "childrens_services.contact": "CN{:06d}", "childrens_services.care_episode": "EP{:05d}",
    "childrens_services.return_interview": "RHI{:05d}", "education.pupil": "{:06d}", "education.exclusion": "SX{:05d}",
    "health.patient": "M{:07d}", "health.clinic_client": "CL{:05d}", "health.attendance": "AE{:07d}", "health.note": "NT{:06d}",
    "charity.casework": "{:d}", "charity.parent_log": "{:d}",
}  # fmt: skip


@dataclass
class Content:
    """What the agencies hold, before any supplier gives it a layout: rows by `agency.table`, and the truth of each record.

    `identities` are (agency.table, ref, person, kind), `told` are (agency.table, ref, telling), `places` are (ref, place).
    """

    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    identities: list[tuple[str, str, str, str]] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    told: list[tuple[str, str, Told]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    given: dict[str, int] = field(default_factory=dict)

    def ref(self, table: str) -> str:
        """The next reference of that table, in the agency's own form."""
        number = self.given.get(table, 0) + 1
        self.given[table] = number
        gaps = {"charity.casework": 0, "charity.parent_log": 5000}.get(table, 1000 + number * 2)
        return FORMS[table].format(number + gaps)


@dataclass
class Desk:
    """One agency's register of people. `table` is `agency.table`; records are opened on days that never go back."""

    town: Town
    scene: Scene
    content: Content
    table: str
    refs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def agency(self) -> str:
        """Whose register it is."""
        return self.table.split(".")[0]

    def of(self, person_id: str, day: date, received_on: date, **more: Any) -> str:
        """A reference of the person's record: an open one, or a new one when there is none (or by mistake)."""
        rng = stream(self.town.seed, self.table, person_id, len(self.refs[person_id]), received_on)
        ready = self.refs[person_id]
        if ready and not chance(rng, rate("duplicate", self.agency, part="records") / (len(ready) + 1)):
            return ready[-1] if chance(rng, 0.5) else ready[0]
        return self.open(person_id, day, received_on, **more)

    def open(self, person_id: str, day: date, received_on: date, **more: Any) -> str:
        """Open a record of a person; a further one counts as a duplicate."""
        person = self.town.people[person_id]
        number = len(self.refs[person_id])
        rng = stream(self.town.seed, self.table, "record", person_id, number)
        family = [p for p in self.scene.at_home[person.home_id] if p.person_id != person_id]
        row = write_down(rng, Slip(self._true(person, day), person, family, day), self.agency)
        ref = self._keep(row, person_id, "duplicate" if number else "full", (day, received_on), more)
        self.refs[person_id].append(ref)
        return ref

    def open_partial(self, person_id: str, on: date, received_on: date) -> str:
        """Open a bare record: what somebody is called, perhaps a guess at the age."""
        person = self.town.people[person_id]
        rng = stream(self.town.seed, self.table, "partial", person_id, received_on)
        row = dict.fromkeys(self._true(person, on), "") | {"born_on": None}
        row["forename"] = self.scene.called(rng, person)
        row["known_as"] = row["forename"] if chance(rng, 0.4) else ""
        row["forename"] = "" if row["known_as"] else row["forename"]
        if chance(rng, 0.3):
            row["surname"] = mistype(rng, person.surname)
        years = self.town.age(person_id, on)
        row["age"] = (
            str(max(14, years + rng.choice((-3, -2, -1, 0, 0, 1, 2, 4)))) if chance(rng, 0.75) else ""
        )
        row["sex"] = person.sex if chance(rng, 0.8) else ""
        row["phone"] = person.phone if chance(rng, 0.15) else ""
        return self._keep(row, person_id, "partial", (on, received_on), {})

    def _keep(self, row: Row, person_id: str, kind: str, days: tuple[date, date], more: Row) -> str:
        ref = self.content.ref(self.table)
        row |= {"ref": ref, "created_on": days[0], "received_on": days[1], **more}
        self.content.tables[self.table].append(row)
        self.content.identities.append((self.table, ref, person_id, kind))
        return ref

    def _true(self, person: Person, on: date) -> Row:
        home = self.town.homes[person.home_id]
        care = self.town.places.get(person.care_home)
        line, code = (care.line, care.postcode) if care else (home.line, home.postcode)
        if home.moved_on and on < home.moved_on and not care:
            line, code = home.former_line, home.former_postcode
        return {
            "forename": person.forename,
            "middle_name": person.middle_name,
            "surname": person.surname,
            "known_as": person.known_as,
            "sex": person.sex,
            "born_on": person.born_on,
            "age": "",
            "ethnicity": person.ethnicity,
            "address": line,
            "postcode": code,
            "former_line": home.former_line,
            "former_postcode": home.former_postcode,
            "phone": person.phone,
            "nhs_number": person.nhs_number,
            "upn": person.upn,
            "pnc_id": person.pnc_id,
        }


def sampled(rng: Random, people: list[str], share: float) -> list[str]:
    """That share of the people, in their order."""
    return [person for person in people if chance(rng, share)]


def truth_of_event(event: Event, part: Part, record: tuple[str, str], source: tuple[str, str]) -> Row:
    """The truth about one person's part in one recorded event; tables are given their layouts' names later."""
    return {
        "table": record[0],
        "record_id": record[1],
        "kind": event.kind,
        "date": event.at.date(),
        "received_date": event.received_on,
        "person_id": part.person_id,
        "source_table": source[0],
        "source_id": source[1],
        "role": part.role.replace(" ", "_"),
        "exploitation_driven": int(part.driven),
        "place_id": event.place_id or event.fields.get("home_id", ""),
        "vehicle_id": "",
    }
