"""What do the five agencies hold about the town, in their own tables, before any supplier gives these a layout?"""

from __future__ import annotations

from datetime import timedelta

from engage.example import recording_services
from engage.example.building import grid_of
from engage.example.desk import Content, Desk, Row, sampled, truth_of_event
from engage.example.draw import stream
from engage.example.errors import rate
from engage.example.people import Event, Part, Place, Town
from engage.example.scene import Scene


OCCURRENCE_WORDS = {
    "crime": "Crime", "missing": "Missing person", "found": "Found person", "stop": "Stop", "intelligence": "Intelligence",
    "domestic": "Domestic", "concern": "Concern for safety", "investigation": "Investigation",
}  # fmt: skip


class Recording:
    """Five agencies writing down what they see, in the order in which the partnership hears of it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.content = Content()
        self.scene = Scene(town)
        self.desks = {
            table: Desk(town, self.scene, self.content, table)
            for table in (
                "police.person",
                "childrens_services.child",
                "education.pupil",
                "health.patient",
                "health.clinic_client",
                "charity.casework",
            )
        }
        self._locations: dict[str, str] = {}
        self._vehicles: dict[str, str] = {}
        self._phones: dict[str, str] = {}

    def run(self) -> Content:
        """Everything, in order: registers first, then event by event."""
        recording_services.open_registers(self.desks)
        self._people_known_to_police()
        for event in sorted(self.town.events, key=lambda e: (e.received_on, e.at)):
            if event.agency == "police":
                self._occurrence(event)
            else:
                recording_services.record(self.desks, event)
        recording_services.finish(self.desks)
        self._phones_of_people()
        return self.content

    def _people_known_to_police(self) -> None:
        """People whom the police met before the two years: their records came with the first extract."""
        rng, first = stream(self.town.seed, "known to police"), self.town.from_on
        share = rate("held_without_event", "police", part="records")
        grown = [p.person_id for p in self.town.people.values() if (first - p.born_on).days > 4400]
        for person_id in sampled(rng, grown, share):
            created = first - timedelta(days=rng.randint(10, 3000))
            self.desks["police.person"].open(person_id, created, first)

    def _occurrence(self, event: Event) -> None:
        content, ref = self.content, self.content.ref("police.occurrence")
        place = self._location(event)
        content.tables["police.occurrence"].append(
            {
                "ref": ref,
                "kind": OCCURRENCE_WORDS[event.fields["kind"]],
                "category": event.fields.get("category", ""),
                "on": event.at.date(),
                "time": event.at.time(),
                "location": place,
                "source": event.fields.get("source", ""),
                "assessment": event.fields.get("assessment", ""),
                "handling": event.fields.get("handling", ""),
                "officer": event.fields["officer"],
                "text": event.told.text if event.told else "",
                "received_on": event.received_on,
            }
        )
        if event.told:
            content.told.append(("police.occurrence", ref, event.told))
        for part in event.parts:
            self._involve(event, ref, part)
        for vehicle_id, use in event.vehicles:
            row: Row = {"occurrence": ref, "vehicle": self._vehicle(vehicle_id), "use": use}
            content.tables["police.occurrence_vehicle"].append(row | {"received_on": event.received_on})
        for number in event.numbers:
            use_row: Row = {
                "occurrence": ref,
                "phone": self._phone(number, ""),
                "received_on": event.received_on,
            }
            content.tables["police.occurrence_phone"].append(use_row)

    def _involve(self, event: Event, ref: str, part: Part) -> None:
        desk, day = self.desks["police.person"], event.at.date()
        person = (desk.open_partial if part.partial else desk.of)(part.person_id, day, event.received_on)
        seen = [row for row in self.content.tables["police.involvement"][-8:] if row["occurrence"] == ref]
        if any(row["person"] == person for row in seen):
            return
        row: Row = {"occurrence": ref, "person": person, "role": part.role, "received_on": event.received_on}
        self.content.tables["police.involvement"].append(row)
        truth = truth_of_event(event, part, ("police.occurrence", ref), ("police.person", person))
        truth["vehicle_id"] = event.vehicles[0][0] if event.vehicles else ""
        self.content.events.append(truth)

    def _location(self, event: Event) -> str:
        if event.place_id:
            return self._place(self.town.places[event.place_id])
        if event.fields.get("home_id"):
            home = self.town.homes[event.fields["home_id"]]
            east, north = grid_of(home.line)
            return self._place(Place(home.home_id, "", "dwelling", home.line, home.postcode, east, north))
        return ""

    def _place(self, place: Place) -> str:
        if place.place_id not in self._locations:
            ref = self._locations[place.place_id] = self.content.ref("police.location")
            self.content.tables["police.location"].append(
                {
                    "ref": ref,
                    "name": place.name,
                    "kind": place.kind.replace("_", " ").capitalize(),
                    "address": place.line,
                    "postcode": place.postcode,
                    "easting": place.easting,
                    "northing": place.northing,
                }
            )
            self.content.places.append((ref, place.place_id))
        return self._locations[place.place_id]

    def _vehicle(self, vehicle_id: str) -> str:
        if vehicle_id not in self._vehicles:
            vehicle = self.town.vehicles[vehicle_id]
            ref = self._vehicles[vehicle_id] = self.content.ref("police.vehicle")
            keeper = self.desks["police.person"].refs.get(vehicle.keeper, [""])[0] if vehicle.keeper else ""
            self.content.tables["police.vehicle"].append(
                {
                    "ref": ref,
                    "plate": vehicle.plate,
                    "make": vehicle.make,
                    "model": vehicle.model,
                    "colour": vehicle.colour,
                    "keeper": keeper,
                }
            )
        return self._vehicles[vehicle_id]

    def _phone(self, number: str, person: str) -> str:
        if number not in self._phones:
            ref = self._phones[number] = self.content.ref("police.phone")
            self.content.tables["police.phone"].append({"ref": ref, "number": number, "person": person})
        return self._phones[number]

    def _phones_of_people(self) -> None:
        for row in self.content.tables["police.person"]:
            if row["phone"]:
                self._phone(row["phone"], row["ref"])


def write_all_down(town: Town) -> Content:
    """What the agencies of the town hold. The same town always gives the same content."""
    return Recording(town).run()
