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
MENTIONED = Table(
    "mentioned",
    "one person, place, vehicle, phone or account that one text names, and where",
    (
        _TEXT,
        _KIND,
        _FROM,
        Column("until_sign", "INTEGER", "where the words end (half-open)", required=True),
        Column(
            "candidates", "INTEGER", "how many it may be; 1 where it was taken to be that one", required=True
        ),
        *KNOWN,
        BASE,
    ),
    ("record_id", "known_from_on", "from_sign", "kind"),
)
MENTIONED_AS = Table(
    "mentioned_as",
    "one person or thing that words of one text were taken to name, or may name where that is unsure",
    (
        _TEXT,
        _KIND,
        _FROM,
        Column("is_taken", "INTEGER", "1: the words were taken to name it; 0: they may", required=True),
        personal(
            "thing_key",
            "the person's id as of the build, the plate, the number, or the place's name and postcode in normal form",
        ),
        Column(
            "thing_record_id",
            "VARCHAR",
            "the record by which it is known; empty of a plate or a number that no record holds",
        ),
        Column(
            "why", "VARCHAR", "what speaks for it: code of `engage.picture.mentions.rules.WHY`", required=True
        ),
        Column("thing_kind", "VARCHAR", "exchange table that access to that record is decided on"),
        Column("thing_base", "INTEGER", "access base of that record"),
        Column(
            "by_kind", "VARCHAR", "exchange table of what ties it to what the text tells of, where it is tied"
        ),
        Column("by_base", "INTEGER", "access base of that"),
        *KNOWN,
        BASE,
    ),
    ("record_id", "known_from_on", "from_sign", "kind", "thing_key"),
)

DERIVED_TABLES: tuple[Table, ...] = (MENTIONED, MENTIONED_AS)

INDEXES: tuple[tuple[str, str, str], ...] = (
    ("mentioned", "record_id", ""),
    ("mentioned_as", "record_id", ""),
    ("mentioned_as", "thing_key", ""),
)
