"""What is laid down of the network: lines from persons to what children with evidence have to do with, and who is whose family."""

from __future__ import annotations

from engage.networks.maps import tables as maps
from engage.picture.columns import AGENCY, KNOWN, PERSON, RECORD, personal
from engage.store.tables import Column, Table


LINE = Table(
    "line",
    "one record that ties one person to one event, place, vehicle, phone or account that a child with signs of harm or exposure has to do with",
    (
        PERSON,
        RECORD,
        Column("thing", "VARCHAR", "event, place, vehicle, phone or account", required=True),
        personal("thing_key", "the event's record, or the normal form by which the same thing is told"),
        personal("label", "as the thing is shown"),
        Column("of_kind", "VARCHAR", "the kind of the event or of the place"),
        Column(
            "how", "VARCHAR", "the person's part as its source calls it; named, lives at, uses", required=True
        ),
        Column(
            "strength",
            "VARCHAR",
            "confirmed: recorded and graded so; tentative: read in a text, or graded low",
            required=True,
        ),
        Column(
            "aside",
            "VARCHAR",
            "why it does not count as a link, empty where it does; after `home` what would set it aside besides",
        ),
        Column("record_id", "VARCHAR", "the record that says so", required=True),
        AGENCY,
        Column("happened_on", "VARCHAR", "London day; empty when not known"),
        Column("grade", "VARCHAR", "3x5x2 or 5x5x5, as its source gave it"),
        Column("is_child", "INTEGER", "1: the person was, or may have been, under 18 then", required=True),
        personal("age_least", "youngest age in whole years then, by the best birth known", "INTEGER"),
        *KNOWN,
        Column(
            "access_set", "INTEGER", "number of what access to it rests on, in line_access", required=True
        ),
    ),
    ("thing", "thing_key", "person_record_id", "record_id", "how", "known_from_on"),
)
LINE_ACCESS = Table(
    "line_access",
    "one of the decisions that all have to allow it before a line is shown",
    (
        Column("access_set", "INTEGER", "the number that lines carry", required=True),
        Column(
            "access_base", "INTEGER", "number of the agency, handling, sensitivity and cohort", required=True
        ),
        Column("kind", "VARCHAR", "the kind of fact", required=True),
    ),
    ("access_set", "access_base", "kind"),
)
KIN = Table(
    "kin",
    "one record that makes somebody with lines a child's family or household",
    (
        PERSON,
        RECORD,
        personal("other_person_id", "the child, as of the build"),
        Column("other_record_id", "VARCHAR", "the child's record", required=True),
        Column("why", "VARCHAR", "the relationship as its source calls it, or: same address", required=True),
        *KNOWN,
        Column(
            "access_set", "INTEGER", "number of what access to it rests on, in line_access", required=True
        ),
    ),
    ("person_record_id", "other_record_id", "why", "known_from_on"),
)
GROUPED = Table(
    "grouped",
    "one person who is a member of a group, or a child who is linked to one; shown to nobody who may not see what ties them",
    (
        Column("number", "BIGINT", "the group's number, which it keeps from build to build", required=True),
        PERSON,
        Column("is_member", "INTEGER", "1: a member; 0: a child who is linked to it", required=True),
    ),
    ("number", "person_id"),
)
DERIVED_TABLES: tuple[Table, ...] = (LINE, LINE_ACCESS, KIN, GROUPED, *maps.DERIVED_TABLES)
INDEXES: tuple[tuple[str, str, str], ...] = (
    ("line", "person_id", ""),
    ("line", "thing, thing_key", ""),
    ("kin", "person_id", ""),
    ("grouped", "person_id", ""),
    *maps.INDEXES,
)
