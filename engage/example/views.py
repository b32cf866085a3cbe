"""Which shapes of rows can a supplier send? Plain tables, and wider or merged ones put together from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from engage.example.desk import Content, Row


SLOTS = 8  # people whom one wide row has room for


def rows_of(content: Content, view: str) -> Iterator[Row]:
    """The rows of a table (`police.person`) or of a view named below. Raises KeyError for an unknown one."""
    if view in VIEWS:
        yield from VIEWS[view](content)
        return
    for row in content.tables[view]:
        yield _named(row)


def _named(row: Row) -> Row:
    """A row with the ways in which its names and birth (or its vehicle, or its grade) can be written."""
    if "make" in row:
        make_model = f"{row['make']} {row['model']}"
        return row | {"make_model": make_model, "words": f"{row['colour']} {make_model}"}
    if "assessment" in row:
        return row | {"grade": f"{row['source']}{row['assessment']}{row['handling']}"}
    if "school_year" in row:
        return row | {"label": f"{row['school_year']} {row['term']}"}
    return row | _names_of(row) if "forename" in row else row


def _names_of(row: Row) -> Row:
    forename, surname = row["forename"], row["surname"]
    first = forename or row["known_as"]
    surname_first = f"{surname.upper()}, {first}" if surname and first else surname.upper() or first
    known = f" ({row['known_as']})" if row["known_as"] and forename and row["known_as"] != forename else ""
    return {
        "forenames": " ".join(part for part in (forename, row["middle_name"]) if part),
        "called": row["known_as"] or forename,
        "surname_first": surname_first,
        "whole_name": " ".join(part for part in (first, surname) if part) + known,
        "born_or_age": row["born_on"] or row["age"],
        "whole_address": ", ".join(part for part in (row["address"], row["postcode"]) if part),
    }


def _by_ref(content: Content, table: str) -> dict[str, Row]:
    return {row["ref"]: _named(row) for row in content.tables[table]}


def _prefixed(prefix: str, row: Row | None) -> Row:
    return {f"{prefix}.{name}": value for name, value in (row or {}).items()}


def _occurrence_wide(content: Content) -> Iterator[Row]:
    """One row an occurrence, with its place, up to eight people and two vehicles; more people continue on another row."""
    people, places, vehicles = (_by_ref(content, f"police.{t}") for t in ("person", "location", "vehicle"))
    involved, driven = defaultdict(list), defaultdict(list)
    for row in content.tables["police.involvement"]:
        involved[row["occurrence"]].append(row)
    for row in content.tables["police.occurrence_vehicle"]:
        driven[row["occurrence"]].append(row)
    numbers = {row["ref"]: row["number"] for row in content.tables["police.phone"]}
    mentioned = defaultdict(list)
    for row in content.tables["police.occurrence_phone"]:
        mentioned[row["occurrence"]].append(numbers[row["phone"]])
    for occurrence in content.tables["police.occurrence"]:
        parts = involved[occurrence["ref"]]
        for first in range(0, max(1, len(parts)), SLOTS):
            row = _named(occurrence) | _prefixed("place", places.get(occurrence["location"]))
            row["numbers"] = " ".join(mentioned[occurrence["ref"]])
            for slot, part in enumerate(parts[first : first + SLOTS], start=1):
                row |= _prefixed(f"p{slot}", people[part["person"]]) | {f"p{slot}.role": part["role"]}
            for slot, part in enumerate(driven[occurrence["ref"]][:2], start=1):
                row |= _prefixed(f"v{slot}", vehicles[part["vehicle"]]) | {f"v{slot}.use": part["use"]}
            yield row


def _involvement_full(content: Content) -> Iterator[Row]:
    """One row a person in an occurrence: the occurrence, its place and the person's details, again and again."""
    people, places, events = (_by_ref(content, f"police.{t}") for t in ("person", "location", "occurrence"))
    seen: set[str] = set()
    for part in content.tables["police.involvement"]:
        event = events[part["occurrence"]]
        seen.add(event["ref"])
        yield (
            _prefixed("person", people[part["person"]])
            | _prefixed("place", places.get(event["location"]))
            | _prefixed("event", event)
            | {**event, "role": part["role"], "person.ref": part["person"]}
        )
    for ref, event in events.items():
        if ref not in seen:
            yield (
                _prefixed("place", places.get(event["location"]))
                | _prefixed("event", event)
                | {**event, "role": ""}
            )


def _vehicle_use_full(content: Content) -> Iterator[Row]:
    """One row a vehicle in an occurrence, with the vehicle's details."""
    vehicles = _by_ref(content, "police.vehicle")
    for row in content.tables["police.occurrence_vehicle"]:
        yield vehicles[row["vehicle"]] | row


def _phone_use_full(content: Content) -> Iterator[Row]:
    """One row a telephone number in an occurrence."""
    phones = _by_ref(content, "police.phone")
    for row in content.tables["police.occurrence_phone"]:
        yield phones[row["phone"]] | row


def _about_child(table: str, kind: str) -> Callable[[Content], Iterator[Row]]:
    def rows(content: Content) -> Iterator[Row]:
        children = _by_ref(content, "childrens_services.child")
        for row in content.tables[f"childrens_services.{table}"]:
            yield {"kind": kind, **row} | _prefixed("child", children[row["child"]])

    return rows


def _activity(content: Content) -> Iterator[Row]:
    """Contacts, referrals, episodes of care and return interviews in one file, by day of receipt."""
    kinds = (
        ("contact", "contact"),
        ("care_episode", "care episode"),
        ("return_interview", "return interview"),
    )
    found = [row for table, kind in kinds for row in _about_child(table, kind)(content)]
    yield from sorted(found, key=lambda row: (row["received_on"], row["ref"]))


def _attendance_full(content: Content) -> Iterator[Row]:
    """One row an attendance with the patient's details, the reason in words and the note if there is one."""
    patients = _by_ref(content, "health.patient") | _by_ref(content, "health.clinic_client")
    reasons = {row["code"]: row["words"] for row in content.tables["health.reason"]}
    notes = {row["attendance"]: row for row in content.tables["health.note"]}
    for row in content.tables["health.attendance"]:
        yield (
            row
            | _prefixed("patient", patients[row["patient"]])
            | _prefixed("note", notes.get(row["ref"]))
            | {"reason_words": reasons[row["reason"]]}
        )


def _pupil_terms(content: Content) -> Iterator[Row]:
    """One row a pupil: the register, and the sessions of each term in columns of their own (t1 is the first term)."""
    by_pupil: dict[str, list[Row]] = defaultdict(list)
    for row in content.tables["education.attendance"]:
        by_pupil[row["pupil"]].append(row)
    for pupil in content.tables["education.pupil"]:
        row = _named(pupil)
        for number, term in enumerate(by_pupil[pupil["ref"]], start=1):
            row |= _prefixed(f"t{number}", _named(term))
        yield row


def _pupil_activity(content: Content) -> Iterator[Row]:
    """Attendance by term and exclusions in one file, told apart by a record type."""
    for row in content.tables["education.attendance"]:
        yield row | {"type": "ATT", "on": row["ends_on"], "words": f"{row['school_year']} {row['term']}"}
    for row in content.tables["education.exclusion"]:
        yield row | {"type": "EXC" if row["kind"].startswith("Perm") else "SUS", "words": row["reason"]}


def _charity_all(content: Content) -> Iterator[Row]:
    """Casework and the parents' log in one list, by day."""
    found: list[dict[str, Any]] = []
    for table in ("casework", "parent_log"):
        for row in content.tables[f"charity.{table}"]:
            found.append(
                _named(row)
                | {
                    "list": "YP" if table == "casework" else "Parent",
                }
            )
    yield from sorted(found, key=lambda row: (row["on"], row["ref"]))


VIEWS: dict[str, Callable[[Content], Iterator[Row]]] = {
    "occurrence wide": _occurrence_wide,
    "involvement full": _involvement_full,
    "vehicle use full": _vehicle_use_full,
    "phone use full": _phone_use_full,
    "child activity": _activity,
    "attendance full": _attendance_full,
    "pupil terms": _pupil_terms,
    "pupil activity": _pupil_activity,
    "charity all": _charity_all,
}
