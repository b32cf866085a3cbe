"""What is laid down of the evidence for indicators: one row for each record that speaks for one, of the child's own days before 18."""

from __future__ import annotations

from engage.picture.columns import AGENCY, KNOWN, PERSON, RECORD, personal
from engage.store.tables import Column, Table


EVIDENCE = Table(
    "evidence",
    "one record that speaks for one indicator of one child, from before the eighteenth birthday",
    (
        PERSON,
        RECORD,
        Column("indicator", "VARCHAR", "its code in the catalogue", required=True, handling="personal"),
        Column("record_id", "VARCHAR", "the record: event, text or relationship", required=True),
        Column("happened_on", "VARCHAR", "London day on which it happened; empty when not known"),
        AGENCY,
        Column(
            "is_told", "INTEGER", "1: what a text was read to say, weaker than a recorded fact", required=True
        ),
        Column("is_against", "INTEGER", "1: a text says that it is not so", required=True),
        Column("from_sign", "INTEGER", "where the words begin in the text, when it is one"),
        Column("until_sign", "INTEGER", "where they end (half-open)"),
        Column("text_key", "VARCHAR", "digest of the text, when it is one", handling="narrative"),
        Column("theme", "VARCHAR", "what was read in it", handling="narrative"),
        Column("other_record_id", "VARCHAR", "the further record that it rests on"),
        personal("other_person_id", "whose part in that it is, as of the build"),
        Column("other_person_record_id", "VARCHAR", "the record of that person"),
        personal("same", "what has to be the same for a pattern: a place, a phone"),
        *KNOWN,
        Column(
            "access_set", "INTEGER", "number of what access to it rests on, in evidence_access", required=True
        ),
    ),
    ("person_id", "indicator", "record_id", "from_sign", "other_record_id", "known_from_on"),
)
EVIDENCE_ACCESS = Table(
    "evidence_access",
    "one of the decisions that all have to allow it before a row of evidence is shown",
    (
        Column("access_set", "INTEGER", "the number that rows of evidence carry", required=True),
        Column(
            "access_base", "INTEGER", "number of the agency, handling, sensitivity and cohort", required=True
        ),
        Column(
            "kind",
            "VARCHAR",
            "the kind of fact: event, role, narrative, location, relationship",
            required=True,
        ),
    ),
    ("access_set", "access_base", "kind"),
)
DERIVED_TABLES: tuple[Table, ...] = (EVIDENCE, EVIDENCE_ACCESS)
INDEXES: tuple[tuple[str, str, str], ...] = (("evidence", "person_id", ""),)
