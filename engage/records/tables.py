"""What are the exchange tables: the common shape that every agency's extract is turned into?

POLE terms: persons, objects (vehicles, phones and accounts), locations, events, with typed roles and relationships.
Every row of every table begins with its record id and ends with the same provenance. A record id is
`area:agency:file:source_id`; a re-sent record keeps its id and gains a version. Rows are never rewritten: a version
is known from `known_from_on` until (not including) `known_until_on`, and a day's picture is the versions known then.
"""

from __future__ import annotations

from engage.store.tables import Column, Table


EXCHANGE_VERSION = "1.0"

_PROVENANCE = (
    Column("agency", "VARCHAR", "code of the agency whose fact this is", required=True),
    Column("file", "VARCHAR", "the mapping's name of the file it came in", required=True),
    Column("source_id", "VARCHAR", "the source's own id, verbatim", required=True),
    Column("delivery_id", "VARCHAR", "the delivery it came in", required=True),
    Column(
        "row_number",
        "BIGINT",
        "the row of the file, counted as a reader would (header included)",
        required=True,
    ),
    Column(
        "version",
        "INTEGER",
        "1 for the first content received under this record id, then upwards",
        required=True,
    ),
    Column("received_on", "DATE", "day the partnership received it", required=True),
    Column("known_from_on", "DATE", "first day on which this version was known", required=True),
    Column(
        "known_until_on",
        "DATE",
        "first day on which it no longer was (superseded or withdrawn); empty while current",
    ),
    Column("ended_by", "VARCHAR", "superseded, withdrawn, or empty"),
    Column("cohort", "VARCHAR", "case or register", required=True),
    Column(
        "handling",
        "VARCHAR",
        "handling code as decided on: P, C, legacy-1 to legacy-5, or empty",
        required=True,
    ),
    Column("grade", "VARCHAR", "3x5x2 (or 5x5x5) grade, verbatim; empty when the source gave none"),
    Column("sensitivity", "VARCHAR", "standard, health-specialist or restricted", required=True),
    Column(
        "extra",
        "VARCHAR",
        "columns that the mapping does not name, verbatim, as a JSON object",
        handling="personal",
    ),
)

_KEY = Column("record_id", "VARCHAR", "area:agency:file:source_id of this row", required=True)

_HAPPENED = (
    Column("happened_from_at", "TIMESTAMP", "first UTC moment in which it may have happened"),
    Column("happened_until_at", "TIMESTAMP", "first UTC moment by which it was over (half-open)"),
    Column("happened_precision", "VARCHAR", "minute, day, month, year, about or unknown", required=True),
    Column("happened_text", "VARCHAR", "the date and time as the source wrote them"),
)


def _exchange(name: str, row_is: str, *columns: Column) -> Table:
    return Table(name, row_is, (_KEY, *columns, *_PROVENANCE), ("record_id", "version"))


PERSON_RECORD = _exchange(
    "person_record",
    "one agency's record of a person",
    Column("forename", "VARCHAR", "given name as recorded", handling="personal"),
    Column("middle_names", "VARCHAR", "further given names", handling="personal"),
    Column("surname", "VARCHAR", "family name as recorded", handling="personal"),
    Column("full_name", "VARCHAR", "the name as the source wrote it, verbatim", handling="personal"),
    Column(
        "birth_from_on", "DATE", "earliest day of birth that the source's words allow", handling="personal"
    ),
    Column("birth_until_on", "DATE", "day after the latest day of birth they allow", handling="personal"),
    Column("birth_precision", "VARCHAR", "day, month, year, about or unknown", required=True),
    Column("birth_text", "VARCHAR", "date of birth or age as the source wrote it", handling="personal"),
    Column("sex", "VARCHAR", "female, male, other, or empty when not known", handling="personal"),
    Column("sex_text", "VARCHAR", "as the source wrote it", handling="personal"),
    Column(
        "ethnicity_text",
        "VARCHAR",
        "as the source wrote it; never used to join, indicate or order",
        handling="special",
    ),
    Column(
        "nationality_text",
        "VARCHAR",
        "as the source wrote it; never used to join, indicate or order",
        handling="special",
    ),
    Column(
        "religion_text",
        "VARCHAR",
        "as the source wrote it; never used to join, indicate or order",
        handling="special",
    ),
    Column(
        "organisation",
        "VARCHAR",
        "school, ward, placement or firm the record belongs to",
        handling="personal",
    ),
    Column(
        "is_partial",
        "BOOLEAN",
        "too little is known to join it silently: no surname, or no day of birth and no identifier",
        required=True,
    ),
)
PERSON_NAME = _exchange(
    "person_name",
    "one further name of a person record: an alias, a nickname, a former or preferred name",
    Column("person_record_id", "VARCHAR", "the person record", required=True),
    Column("kind", "VARCHAR", "alias, nickname, former, preferred", required=True),
    Column("forename", "VARCHAR", "given name, when told apart", handling="personal"),
    Column("surname", "VARCHAR", "family name, when told apart", handling="personal"),
    Column("full_name", "VARCHAR", "as the source wrote it", required=True, handling="personal"),
)
IDENTIFIER = _exchange(
    "identifier",
    "one identifier of a person record",
    Column("person_record_id", "VARCHAR", "the person record", required=True),
    Column("kind", "VARCHAR", "nhs_number, upn, pnc_id, or the mapping's own word", required=True),
    Column("value", "VARCHAR", "normal form: no spaces, upper case", required=True, handling="personal"),
    Column("value_text", "VARCHAR", "as the source wrote it", handling="personal"),
    Column(
        "is_valid",
        "BOOLEAN",
        "shape and check digit are right; a wrong one is shown, never used",
        required=True,
    ),
)
LOCATION = _exchange(
    "location",
    "one place or address as an agency recorded it",
    Column("name", "VARCHAR", "name of the place", handling="personal"),
    Column(
        "kind",
        "VARCHAR",
        "dwelling, hotel, takeaway, park, school and so on, in the source's words, lower case",
    ),
    Column("address", "VARCHAR", "as the source wrote it", handling="personal"),
    Column(
        "address_key",
        "VARCHAR",
        "normal form for matching: lower case, abbreviations opened, no punctuation",
        handling="personal",
    ),
    Column("postcode", "VARCHAR", "normal form, one space; empty when not valid", handling="personal"),
    Column("postcode_text", "VARCHAR", "as the source wrote it", handling="personal"),
    Column("easting", "INTEGER", "metres, national grid", handling="personal"),
    Column("northing", "INTEGER", "metres, national grid", handling="personal"),
)
VEHICLE = _exchange(
    "vehicle",
    "one vehicle as an agency recorded it",
    Column(
        "plate",
        "VARCHAR",
        "normal form: no spaces, upper case; ? for an unread character",
        handling="personal",
    ),
    Column("plate_text", "VARCHAR", "as the source wrote it", handling="personal"),
    Column("is_partial", "BOOLEAN", "the plate is incomplete", required=True),
    Column("make", "VARCHAR", "make", handling="none"),
    Column("model", "VARCHAR", "model", handling="none"),
    Column("colour", "VARCHAR", "colour", handling="none"),
)
CONTACT_POINT = _exchange(
    "contact_point",
    "one phone number or online account",
    Column("kind", "VARCHAR", "phone, email or account", required=True),
    Column(
        "value",
        "VARCHAR",
        "normal form: +44 numbers as 0…, others as +…; accounts lower case",
        required=True,
        handling="personal",
    ),
    Column("value_text", "VARCHAR", "as the source wrote it", handling="personal"),
    Column("is_valid", "BOOLEAN", "a possible number", required=True),
)
EVENT = _exchange(
    "event",
    "one thing that happened, as an agency recorded it",
    Column(
        "kind",
        "VARCHAR",
        "the exchange kind: crime, missing, found, stop, intelligence, domestic, concern, "
        "investigation, contact, care_episode, return_interview, absence, suspension, exclusion, attendance, session, note",
        required=True,
    ),
    Column("category", "VARCHAR", "the source's finer word", handling="personal"),
    Column("title", "VARCHAR", "one line in the source's words", handling="personal"),
    Column("outcome", "VARCHAR", "what came of it, in the source's words", handling="personal"),
    Column("recorded_by", "VARCHAR", "the worker or officer, as written", handling="personal"),
    Column(
        "details",
        "VARCHAR",
        "further mapped values as a JSON object (sessions missed, service, reason and so on)",
        handling="personal",
    ),
    Column("location_record_id", "VARCHAR", "where, when the event itself names a location"),
    *_HAPPENED,
    Column(
        "until_precision",
        "VARCHAR",
        "how exactly the source said its end: minute or day; empty when it said none",
    ),
)
ROLE = _exchange(
    "role",
    "the part that one person, vehicle, contact point or location had in one event",
    Column("event_record_id", "VARCHAR", "the event", required=True),
    Column("thing", "VARCHAR", "person, vehicle, contact_point or location", required=True),
    Column("thing_record_id", "VARCHAR", "the record of it", required=True),
    Column(
        "role",
        "VARCHAR",
        "lower-case word of the source: victim, suspect, missing person, driver, used, found at",
        required=True,
    ),
)
RELATIONSHIP = _exchange(
    "relationship",
    "one typed tie between two records, in one direction: two parts need two rows",
    Column("from_thing", "VARCHAR", "person, vehicle, contact_point or location", required=True),
    Column("from_record_id", "VARCHAR", "the record it starts from", required=True),
    Column("to_thing", "VARCHAR", "person, vehicle, contact_point or location", required=True),
    Column("to_record_id", "VARCHAR", "the record it leads to", required=True),
    Column(
        "kind",
        "VARCHAR",
        "lives at, uses, keeper of, mother of, placed at and so on; read from … kind … to",
        required=True,
    ),
    *_HAPPENED,
)
NARRATIVE = _exchange(
    "narrative",
    "one text, as delivered, and what it belongs to",
    Column("event_record_id", "VARCHAR", "the event it tells of"),
    Column("person_record_id", "VARCHAR", "the person record it belongs to, when it tells of no event"),
    Column("text", "VARCHAR", "the words as delivered, never altered", required=True, handling="narrative"),
    Column("author", "VARCHAR", "as written", handling="personal"),
)

EXCHANGE_TABLES: tuple[Table, ...] = (
    PERSON_RECORD,
    PERSON_NAME,
    IDENTIFIER,
    LOCATION,
    VEHICLE,
    CONTACT_POINT,
    EVENT,
    ROLE,
    RELATIONSHIP,
    NARRATIVE,
)

REJECT = Table(
    "reject",
    "one value that could not be used (flagged) or one row that could not (rejected), kept with its reason",
    (
        Column("delivery_id", "VARCHAR", "the delivery", required=True),
        Column("agency", "VARCHAR", "the agency that sent it", required=True),
        Column("file", "VARCHAR", "the file's name as sent", required=True),
        Column("row_number", "BIGINT", "row of the file, header included", required=True),
        Column("column_name", "VARCHAR", "the column as the source names it", required=True),
        Column("value", "VARCHAR", "the value, verbatim", handling="personal"),
        Column("reason", "VARCHAR", "why, in a sentence", required=True),
        Column("remedy", "VARCHAR", "what the sender or the mapping's owner can do", required=True),
        Column(
            "severity",
            "VARCHAR",
            "rejected (the row is not used) or flagged (only the value is not used)",
            required=True,
        ),
        Column("record_id", "VARCHAR", "the record it belongs to, when that much could be read"),
        Column("cohort", "VARCHAR", "case or register", required=True),
        Column(
            "handling",
            "VARCHAR",
            "handling code of the row; C where the row could not be read",
            required=True,
        ),
        Column(
            "sensitivity",
            "VARCHAR",
            "of the row; the strictest of its file where it could not be read",
            required=True,
        ),
    ),
    ("delivery_id", "file", "row_number", "column_name", "severity"),
)
DELIVERY = Table(
    "delivery",
    "one delivery as the build took it in",
    (
        Column("delivery_id", "VARCHAR", "sequence and digest", required=True),
        Column("agency", "VARCHAR", "who sent it", required=True),
        Column("mapping", "VARCHAR", "mapping's name and version", required=True),
        Column("received_at", "TIMESTAMP", "UTC moment of receipt", required=True),
        Column("extent", "VARCHAR", "full or partial", required=True),
        Column("cohort", "VARCHAR", "case or register", required=True),
        Column("agreement", "VARCHAR", "sharing agreement's code", required=True),
        Column("row_count", "BIGINT", "rows in its files", required=True),
    ),
    ("delivery_id",),
)
COVERAGE = Table(
    "coverage",
    "what an extract is declared to cover: so that silence can be told from not asked",
    (
        Column("delivery_id", "VARCHAR", "the delivery", required=True),
        Column("agency", "VARCHAR", "whose extract", required=True),
        Column("kind", "VARCHAR", "exchange table or event kind covered", required=True),
        Column("from_on", "DATE", "first day covered"),
        Column("until_on", "DATE", "day after the last covered"),
        Column("whom", "VARCHAR", "who is in it, in words", required=True),
    ),
    ("delivery_id", "kind"),
)

SOURCE_MERGE = Table(
    "source_merge",
    "two records that the source itself found to be of one person: what points to the old one leads on to the new one",
    (
        Column("old_record_id", "VARCHAR", "the record that was merged", required=True),
        Column("new_record_id", "VARCHAR", "the newest record that it became", required=True),
        Column("agency", "VARCHAR", "whose records they are", required=True),
        Column("file", "VARCHAR", "the mapping's name of the file that says so", required=True),
        Column("delivery_id", "VARCHAR", "the delivery it came in", required=True),
        Column("received_on", "DATE", "London day on which the partnership received it", required=True),
        Column("cohort", "VARCHAR", "case or register", required=True),
        Column(
            "handling", "VARCHAR", "the strictest handling code of the rows that lead there", required=True
        ),
        Column("sensitivity", "VARCHAR", "the strictest of those rows", required=True),
    ),
    ("old_record_id",),
)

DERIVED_TABLES: tuple[Table, ...] = (*EXCHANGE_TABLES, REJECT, DELIVERY, COVERAGE, SOURCE_MERGE)
