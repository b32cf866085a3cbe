"""Which tables hold whom and what texts name, and whom it may be?"""

from __future__ import annotations

from engage.picture.columns import BASE, KNOWN, personal
from engage.store.tables import Column, Table


_TEXT = Column(
    "record_id", "VARCHAR", "the text's record: that of the event it tells of, or its own", required=True
)
_FROM = Column(
    "from_sign",
    "INTEGER",
    "where the words begin, counting the characters of the text as delivered",
    required=True,
)
_KIND = Column("kind", "VARCHAR", "person, place, vehicle, phone or account", required=True)
_UNTIL = Column("until_sign", "INTEGER", "where the words end (half-open)", required=True)
MENTIONED = Table(
    "mentioned",
    "one person, place, vehicle, phone or account that one text names, and where",
    (
        _TEXT,
        Column("text_key", "VARCHAR", "digest of the text", required=True, handling="narrative"),
        _KIND,
        _FROM,
        _UNTIL,
        Column(
            "is_certain",
            "INTEGER",
            "1: the words alone tell that they name somebody or something; 0: only records do, those of mentioned_as",
            required=True,
        ),
        *KNOWN,
        BASE,
    ),
    ("record_id", "known_from_on", "from_sign", "until_sign", "kind"),
)
MENTIONED_AS = Table(
    "mentioned_as",
    "one way in which records lead from words of one text to a person or thing that they may name; of those that may be seen the nearest counts",
    (
        _TEXT,
        _KIND,
        _FROM,
        _UNTIL,
        Column("by_sign", "INTEGER", "where the words begin that name in full whom these name"),
        personal(
            "thing_key",
            "the person's id as of the build, the plate, the number, or the place's name and postcode in normal form; empty where a record only bears a part of the name",
        ),
        Column(
            "thing_record_id",
            "VARCHAR",
            "the record by which it is known; empty of a whole plate or number, which is that one whatever records hold",
        ),
        Column("via_record_id", "VARCHAR", "the person's record that ties them to the text, where that is another"),
        Column(
            "why", "VARCHAR", "what speaks for it: code of `engage.picture.mentions.rules.WHY`, or borne", required=True
        ),
        Column("distance", "INTEGER", "how far that way is: an order among the ways of the same words", required=True),
        *KNOWN,
        BASE,
        Column(
            "access_set", "INTEGER", "number of what access to it rests on besides, in mentioned_access", required=True
        ),
    ),
    ("record_id", "known_from_on", "from_sign", "until_sign", "kind", "by_sign", "thing_key", "thing_record_id", "access_set"),
)  # fmt: skip
MENTIONED_ACCESS = Table(
    "mentioned_access",
    "one of the decisions that all have to allow it before whom or what words may name is shown",
    (
        Column("access_set", "INTEGER", "the number that rows of mentioned_as carry", required=True),
        Column(
            "access_base", "INTEGER", "number of the agency, handling, sensitivity and cohort", required=True
        ),
        Column(
            "kind", "VARCHAR", "the kind of fact: person_record, role, event, relationship", required=True
        ),
    ),
    ("access_set", "access_base", "kind"),
)

DERIVED_TABLES: tuple[Table, ...] = (MENTIONED, MENTIONED_AS, MENTIONED_ACCESS)

INDEXES: tuple[tuple[str, str, str], ...] = (
    ("mentioned", "record_id", ""),
    ("mentioned_as", "record_id", ""),
    ("mentioned_as", "thing_key", ""),
    ("mentioned_access", "access_set", ""),
)
