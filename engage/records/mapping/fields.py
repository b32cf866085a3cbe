"""What may a row of a file make, and what does each field of it mean? The schema, the checks and the reference come from here.

A field takes a *value* (a column's name or a recipe), a *reference* (`{file: value}`, which points to a record of that file),
*several* values by name, or *people*.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field of an entry: its meaning, and its shape: value, reference, several or people."""

    means: str
    shape: str = "value"


def _reference(means: str) -> Field:
    return Field(means, "reference")


COMMON: dict[str, Field] = {
    "id": Field("the source's own id; by default the file's `id`"),
    "received": Field(
        "day on which the row was sent to the partnership; by default the file's or the mapping's"
    ),
    "handling": Field("handling code of the row, verbatim: P or C (3x5x2), 1 to 5 (5x5x5)"),
    "grade": Field("grade of intelligence, verbatim"),
    "sensitivity": Field("standard, restricted or health-specialist"),
}

KINDS: dict[str, dict[str, Field]] = {
    "person": {
        "name": Field("whole name in one column: “SURNAME, Forename” or “Forename Surname”"),
        "surname": Field("family name"),
        "forename": Field("given name"),
        "middle_names": Field("further given names"),
        "alias": Field("another name the person goes by, whole"),
        "nickname": Field("what the person is called"),
        "former_surname": Field("an earlier family name"),
        "preferred_name": Field("the given name the person prefers"),
        "born": Field("date of birth, whole or partial: 24/12/2009, Dec 2009, 2009"),
        "age": Field("age in years, as said: 15, about 15, 15ish, 14-15"),
        "about_age": Field("age in years that the source only estimates: 15 is read as 14 to 16"),
        "age_or_born": Field("a column with now an age, now a date of birth"),
        "said_on": Field("the day on which the age was right; by default the day received"),
        "sex": Field("F, female, girl; M, male, boy; X, other; anything else is kept as text only"),
        "ethnicity": Field("kept as text; never used to join, indicate or order"),
        "nationality": Field("kept as text; never used to join, indicate or order"),
        "religion": Field("kept as text; never used to join, indicate or order"),
        "nhs_number": Field("NHS number; its check digit is tested"),
        "upn": Field("unique pupil number; its check letter is tested"),
        "pnc_id": Field("Police National Computer id; its shape is tested"),
        "identifiers": Field("further numbers by name, each `name: value`", "several"),
        "address": Field("address; makes a location where the person lives"),
        "postcode": Field("postcode of that address; its shape is tested"),
        "phone": Field("telephone; makes a contact point that the person uses"),
        "email": Field("e-mail address; makes a contact point that the person uses"),
        "organisation": Field("school, ward, placement or firm that the record belongs to"),
        "related_to": _reference("another person record to whom this one is related"),
        "related_as": Field("what this person is to the other: Mother, Foster carer"),
    },
    "event": {
        "kind": Field("one of the kinds of event below; translate the source's words with `codes`"),
        "category": Field("the source's finer word: offence, reason, risk"),
        "title": Field("one line in the source's words"),
        "outcome": Field("what came of it, in the source's words"),
        "recorded_by": Field("worker or officer, as written"),
        "date": Field("day, or day and time, of the event or of its beginning"),
        "time": Field("time of day (London) when it is in a column of its own"),
        "until_date": Field("day, or day and time, of its end"),
        "until_time": Field("time of day of its end"),
        "details": Field("further values worth reading, each `name: value`", "several"),
        "at": _reference("the place where it happened, when another file holds places"),
        "place_name": Field("name of the place, when the row itself says where"),
        "place_kind": Field("kind of that place"),
        "place_address": Field("address of that place"),
        "place_postcode": Field("postcode of that place"),
        "people": Field("who was in it: a list of `{person: {file: value}, role: value}`", "people"),
        "narrative": Field("free text of the event, kept to the letter"),
        "narrative_author": Field("who wrote it; by default `recorded_by`"),
    },
    "role": {
        "event": _reference("the event"),
        "person": _reference("the person in it"),
        "vehicle": _reference("or the vehicle"),
        "phone": _reference("or the phone"),
        "place": _reference("or the place"),
        "role": Field("the part it had, in the source's words: victim, driver, used"),
    },
    "place": {
        "name": Field("name of the place"),
        "kind": Field("what kind of place, in the source's words"),
        "address": Field("address"),
        "postcode": Field("postcode; its shape is tested"),
        "easting": Field("metres, national grid"),
        "northing": Field("metres, national grid"),
    },
    "vehicle": {
        "plate": Field("registration mark, whole or partial; ? or * for a character not read"),
        "make": Field("make"),
        "model": Field("model"),
        "colour": Field("colour"),
        "keeper": _reference("the person who keeps it"),
    },
    "phone": {
        "number": Field("telephone number, +44 or 0, or an account's name"),
        "kind": Field("phone (by default), email or account"),
        "used_by": _reference("the person who uses it"),
    },
    "relationship": {
        "from_person": _reference("the person it starts from"),
        "to_person": _reference("the person it leads to"),
        "to_place": _reference("or the place it leads to"),
        "kind": Field("read from … kind … to: mother of, boyfriend of, lives at"),
        "date": Field("first day of it"),
        "until_date": Field("last day of it"),
    },
    "narrative": {
        "event": _reference("the event it tells of"),
        "person": _reference("the person it is about, when it tells of no event"),
        "text": Field("the words, kept to the letter"),
        "author": Field("who wrote it"),
    },
    "merge": {
        "old": _reference("the record that the source gave up"),
        "new": _reference("the record it became"),
    },
}

KIND_MEANS = {
    "person": "one person's record: names, birth, numbers, address, phone",
    "event": "something that happened, with who was in it",
    "role": "the part of one person, vehicle, phone or place in one event",
    "place": "a place, when the source keeps places of their own",
    "vehicle": "a vehicle",
    "phone": "a phone or an account, when the source keeps them of their own",
    "relationship": "a tie between two persons, or a person and a place",
    "narrative": "a text in a file of its own",
    "merge": "two records that the source itself found to be one",
}

EVENT_KINDS = {
    "crime": "a recorded crime",
    "missing": "a person reported missing",
    "found": "a missing person found or returned",
    "stop": "a stop, search or encounter",
    "intelligence": "a graded report",
    "domestic": "a domestic incident",
    "concern": "a concern for somebody's safety",
    "investigation": "an investigation and who is named in it",
    "contact": "a contact with or referral to a front door",
    "care_episode": "a time of being looked after",
    "return_interview": "a return home interview; its outcome says whether it was held: a constant where the file holds no others",
    "absence": "sessions missed from school",
    "suspension": "a suspension from school",
    "exclusion": "a permanent exclusion",
    "attendance": "an attendance at a health service",
    "session": "a worker's session with somebody",
    "note": "anything else that was noted",
}
