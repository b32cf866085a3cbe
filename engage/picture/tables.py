"""What are the tables that pages are served from, and the derived tables they are made of?

They are laid out for reading one person at once: every row begins with the person, and rows of one person stand together. All
versions are there with the days they were known, so that any day is served from the same build. `access_base` numbers what,
with the kind of fact, access is decided on.
"""

from __future__ import annotations

from engage.picture.columns import AGENCY, BASE, CAME, KNOWN, OTHER, PERSON, RECORD, SOURCE, personal
from engage.picture.indicators import tables as indicators
from engage.picture.mentions import tables as mentions
from engage.picture.missing import tables as missing
from engage.picture.search import tables as search
from engage.picture.wording import tables as wording
from engage.store.tables import Column, Table


ACCESS_BASE = Table(
    "access_base",
    "one combination that access is decided on, besides the kind of fact",
    (
        BASE,
        Column("agency", "VARCHAR", "whose facts", required=True),
        Column("handling", "VARCHAR", "handling code", required=True),
        Column("sensitivity", "VARCHAR", "standard, health-specialist or restricted", required=True),
        Column("cohort", "VARCHAR", "case or register", required=True),
    ),
    ("access_base",),
)
SAID = Table(
    "said",
    "one value that one record says of a person: name, birth, sex, address, phone, identifier",
    (
        PERSON,
        Column("record_id", "VARCHAR", "the person record that says so", required=True),
        Column(
            "kind",
            "VARCHAR",
            "the exchange table it comes from, or person_characteristic, on which access is decided",
            required=True,
        ),
        Column("field", "VARCHAR", "name, birth, sex, address, phone, nhs_number and so on", required=True),
        personal("value", "as it is shown"),
        personal("value_key", "normal form by which equal values are told; never shown"),
        Column("is_valid", "INTEGER", "0 when it was flagged and is not used"),
        AGENCY,
        *KNOWN,
        CAME,
        BASE,
        OTHER,
    ),
    ("person_id", "record_id", "field", "value"),
)
CHRONOLOGY = Table(
    "chronology",
    "one thing that happened and one person's part in it, or one text about it",
    (
        PERSON,
        RECORD,
        Column("fact", "VARCHAR", "event, or narrative for a text that stands alone", required=True),
        Column(
            "event_record_id", "VARCHAR", "the event (or the narrative, when it stands alone)", required=True
        ),
        personal("role", "the person's part in it"),
        Column("kind", "VARCHAR", "exchange kind of the event", required=True),
        personal("category", "the source's finer word"),
        personal("title", "one line in the source's words"),
        personal("outcome", "what came of it"),
        personal("recorded_by", "worker or officer"),
        personal("details", "further values as a JSON object"),
        Column("happened_from_at", "VARCHAR", "UTC; empty when not known"),
        Column("happened_until_at", "VARCHAR", "UTC, half-open"),
        Column("happened_precision", "VARCHAR", "minute, day, month, year, about or unknown", required=True),
        Column("happened_text", "VARCHAR", "as the source wrote it"),
        Column(
            "until_precision",
            "VARCHAR",
            "how exactly the source said its end: minute or day; empty when it said none",
        ),
        personal("place", "name and address of where it happened"),
        Column("narrative", "VARCHAR", "the words as delivered", handling="narrative"),
        Column("grade", "VARCHAR", "3x5x2 or 5x5x5 grade, verbatim"),
        Column("handling", "VARCHAR", "handling code", required=True),
        *SOURCE,
        *KNOWN,
        CAME,
        BASE,
        Column("role_base", "INTEGER", "access base of the role; empty without one"),
        Column("event_base", "INTEGER", "access base of the event that a text standing alone is about"),
        Column("narrative_base", "INTEGER", "access base of the narrative; empty without one"),
        Column("place_base", "INTEGER", "access base of the place; empty without one"),
    ),
    ("person_id", "event_record_id", "role"),
)
_PERSONS = ("person_id", "person_record_id", "role", "role_base")
UNPEOPLED = Table(
    "unpeopled",
    "one thing that happened, or one text about it, in which no person has a part that records hold: on nobody's page",
    tuple(column for column in CHRONOLOGY.columns if column.name not in _PERSONS),
    ("event_record_id",),
)
UNPEOPLED_THING = Table(
    "unpeopled_thing",
    "a vehicle's, phone's or place's part in an event in which no person has one",
    (
        Column("event_record_id", "VARCHAR", "the event", required=True),
        Column("thing", "VARCHAR", "vehicle, phone or place", required=True),
        personal("thing_key", "the plate, the number, or the place's name and postcode in normal form"),
        personal("label", "how it is shown"),
        Column("kind", "VARCHAR", "exchange table that access to the thing is decided on", required=True),
        Column("event_kind", "VARCHAR", "exchange kind of the event", required=True),
        AGENCY,
        *KNOWN,
        CAME,
        BASE,
        Column("other_base", "INTEGER", "access base of the thing's record", required=True),
        Column("thing_base", "INTEGER", "access base of its part in the event; empty of where the event was"),
    ),
    ("thing", "thing_key", "event_record_id"),
)
TIE = Table(
    "tie",
    "one person's tie to another person, a vehicle, a phone or a place, with the record behind it",
    (
        PERSON,
        RECORD,
        Column("thing", "VARCHAR", "person, vehicle, phone or place", required=True),
        personal(
            "thing_key",
            "the other person's id, the plate, the number, or the place's name and postcode in normal form",
        ),
        personal("label", "how it is shown"),
        personal("how", "what ties them, in the source's words"),
        Column("kind", "VARCHAR", "exchange table that access is decided on", required=True),
        Column("through", "VARCHAR", "relationship or event: what ties them", required=True),
        Column("record_id", "VARCHAR", "the record behind it", required=True),
        Column(
            "other_record_id",
            "VARCHAR",
            "of a tie to another person, that person's record; it may be one of the same person",
        ),
        Column("happened_from_at", "VARCHAR", "UTC; when it comes from an event"),
        AGENCY,
        *KNOWN,
        CAME,
        BASE,
        Column("other_base", "INTEGER", "access base of the other end's record", required=True),
        Column("role_base", "INTEGER", "access base of the person's part in the event; empty without one"),
        Column("thing_base", "INTEGER", "access base of the thing's part in the event; empty without one"),
    ),
    ("person_id", "thing", "thing_key", "record_id"),
)
REASON = Table(
    "reason",
    "an agency that holds a safeguarding reason about a person: rows alike in access of its own cases",
    (
        PERSON,
        Column("agency", "VARCHAR", "the agency", required=True),
        BASE,
        Column("kind", "VARCHAR", "exchange table that access is decided on", required=True),
        *KNOWN,
    ),
    ("person_id", "agency", "access_base", "kind"),
)
PROPOSAL = Table(
    "proposal",
    "a record that may be this person's and that only a person may join",
    (
        PERSON,
        Column(
            "other_person_id",
            "VARCHAR",
            "the person the other record stands under now",
            required=True,
            handling="personal",
        ),
        Column("left_record_id", "VARCHAR", "one record", required=True),
        Column("right_record_id", "VARCHAR", "the other", required=True),
        Column("reason", "VARCHAR", "partial, refused or unsure", required=True),
        BASE,
        Column("other_base", "INTEGER", "access base of the other record", required=True),
        Column(
            "handling", "VARCHAR", "the strictest of all that was compared of the one record", required=True
        ),
        Column("other_handling", "VARCHAR", "likewise of the other", required=True),
    ),
    ("person_id", "left_record_id", "right_record_id"),
)

COVERS = Table(
    "covers",
    "what one agency's extracts cover, as their mappings declare it: a silence within it is a silence",
    (
        Column("agency", "VARCHAR", "the agency", required=True),
        Column("kind", "VARCHAR", "exchange kind", required=True),
        Column("from_on", "VARCHAR", "first day covered; empty when not said"),
        Column("until_on", "VARCHAR", "day after the last; empty when it goes on"),
        Column("whom", "VARCHAR", "about whom, in words", required=True),
        Column("received_on", "VARCHAR", "day of the first delivery that declared it", required=True),
    ),
    ("agency", "kind", "from_on", "whom"),
)
TOLD = Table(
    "told",
    "one theme that one text speaks of, and what the sentence makes of it: weaker than what an agency recorded as such",
    (
        Column(
            "record_id",
            "VARCHAR",
            "the text's record: that of the event it tells of, or its own",
            required=True,
        ),
        Column(
            "text_key",
            "VARCHAR",
            "digest of the text with its year: the same for the same words in every build",
            required=True,
            handling="narrative",
        ),
        Column(
            "theme", "VARCHAR", "code of the theme in the vocabulary", required=True, handling="narrative"
        ),
        Column(
            "polarity",
            "VARCHAR",
            "present, negated, historical, other (about somebody else) or hypothetical (advice, plans, what if)",
            required=True,
            handling="narrative",
        ),
        Column("is_hearsay", "INTEGER", "1: whoever wrote it only heard so", required=True),
        Column(
            "from_sign",
            "INTEGER",
            "where the words begin, counting the characters of the text as delivered",
            required=True,
        ),
        Column("until_sign", "INTEGER", "where they end (half-open)", required=True),
        Column("entry", "VARCHAR", "the entry of the vocabulary by which it was found", required=True),
        Column("source", "VARCHAR", "the guidance that the entry rests on", required=True),
        *KNOWN,
        BASE,
    ),
    ("record_id", "known_from_on", "from_sign", "theme", "polarity"),
)
DERIVED_TABLES: tuple[Table, ...] = (
    ACCESS_BASE,
    SAID,
    CHRONOLOGY,
    UNPEOPLED,
    UNPEOPLED_THING,
    TIE,
    REASON,
    PROPOSAL,
    COVERS,
    TOLD,
    *indicators.DERIVED_TABLES,
    *missing.DERIVED_TABLES,
    *wording.DERIVED_TABLES,
    *mentions.DERIVED_TABLES,
    *search.DERIVED_TABLES,
)

# What pages look rows up by, in pages.sqlite3: name, table, columns, and which rows.
INDEXES: tuple[tuple[str, str, str], ...] = (
    ("said", "person_id", ""),
    ("said", "value_key", "field = 'address'"),
    ("chronology", "person_id", ""),
    ("tie", "person_id", ""),
    # What is new at a place, vehicle or phone that is watched.
    ("tie", "thing_key, came", "thing <> 'person'"),
    ("said", "value_key, came", "kind = 'contact_point'"),
    # Who else had a part in an event; what texts that name what is watched stand by.
    ("chronology", "event_record_id", ""),
    ("unpeopled", "event_record_id", ""),
    ("unpeopled_thing", "thing_key, came", ""),
    ("reason", "person_id, agency, access_base, kind, known_from_on, known_until_on", ""),
    ("proposal", "person_id", ""),
    ("told", "record_id", ""),
    *indicators.INDEXES,
    *missing.INDEXES,
    *mentions.INDEXES,
    *search.INDEXES,
)
