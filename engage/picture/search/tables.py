"""What are the tables that people are found by? All are read by index only.

A row that a key leads to is shown where access allows it, row by row. The other tables lead to no person; name_at_place only
tells whose rows to read.
"""

from __future__ import annotations

from engage.picture.columns import BASE, CAME, KNOWN, OTHER, PERSON, personal
from engage.store.tables import Column, Table


# How many days apart the first and last possible day of a birth may be for a search to look for it.
VAGUE_DAYS = 3 * 366


def _key(meaning: str) -> Column:
    return Column("key", "VARCHAR", meaning, required=True, handling="personal")


FIND = Table(
    "find",
    "one key under which one value of one record is found",
    (
        _key("what kind of key, a colon, and the key itself"),
        PERSON,
        Column("record_id", "VARCHAR", "the record", required=True),
        Column("kind", "VARCHAR", "exchange table that access is decided on", required=True),
        personal("shown", "the value that is found"),
        personal(
            "born",
            "of a name whose record says a birth: the first possible day of all births of the person, and the day after the last; empty where those are years apart",
        ),
        Column(
            "is_placed",
            "INTEGER",
            "of a name: 1 where the same record gives an address, 0 where not or of an alias",
        ),
        *KNOWN,
        CAME,
        BASE,
        OTHER,
    ),
    ("key", "person_id", "record_id"),
)
FIND_KIND = Table(
    "find_kind",
    "one kind of fact that `find` leads by",
    (Column("kind", "VARCHAR", "exchange table that access is decided on", required=True),),
    ("kind",),
)
PART = Table(
    "part",
    "a part of a phone number, plate, address or postcode, and the whole; leads to no person by itself",
    (
        _key("phone, plate or place, a colon, and the part"),
        personal("whole", "the whole number, plate, address or postcode"),
    ),
    ("key", "whole"),
)
SPELLING = Table(
    "spelling",
    "a part of a name that somebody bears, under one key by which it is found when spelt otherwise",
    (
        _key("sound, form or less, a colon, and the key itself"),
        personal("word", "the part of a name, plain letters"),
    ),
    ("key", "word"),
)
NAME_PART = Table(
    "name_part",
    "a part of a name that somebody bears, and which names have it; leads to no person by itself",
    (
        personal("part", "the part, plain letters; or one first letter and a star"),
        Column("names", "BLOB", "numbers of the names, four bytes each, rising", handling="personal"),
    ),
    ("part",),
)
WRITTEN_NAME = Table(
    "written_name",
    "one whole name that somebody bears, in plain letters; leads to no person by itself",
    (
        Column("name_number", "BIGINT", "its number among the names of this build", required=True),
        personal("words", "its words, in plain letters with single spaces"),
    ),
    ("name_number",),
)
NAME_AT_PLACE = Table(
    "name_at_place",
    "a name that any record ever gave somebody who was ever said to live at a place; it only tells a search whose rows to read",
    (
        _key("place, a colon, and an address or postcode, as in `find`"),
        PERSON,
        Column(
            "words",
            "VARCHAR",
            "its words, in plain letters with single spaces; empty for who has no name",
            required=True,
            handling="personal",
        ),
    ),
    ("key", "person_id", "words"),
)

DERIVED_TABLES: tuple[Table, ...] = (FIND, FIND_KIND, PART, SPELLING, NAME_PART, WRITTEN_NAME, NAME_AT_PLACE)

INDEXES: tuple[tuple[str, str, str], ...] = (
    ("find", "key", ""),
    ("find", "key, born", "is_placed is not null"),
    ("find", "is_placed, key", "is_placed = 0"),
    ("spelling", "key, word", ""),
    ("name_part", "part", ""),
    ("written_name", "name_number, words", ""),
    ("name_at_place", "key, person_id, words", ""),
    ("part", "key", ""),
)
