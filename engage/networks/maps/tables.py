"""What is laid down for the map: where events of concern were, and where places are."""

from __future__ import annotations

from engage.networks.maps.stated import stated
from engage.picture.columns import BASE, KNOWN, personal
from engage.store.sql import literal
from engage.store.tables import Column, Table


# In so many words, so that the store sees that the index on these rows serves a question about them.
CONCERN_KINDS = f"kind in ({', '.join(literal(kind) for kind in stated().concern_kinds)})"
_KEY = "normal form by which the same place is told: address and postcode, or its name"
EVENT_PLACE = Table(
    "event_place",
    "one place of one event of a kind that tells of a worry about a child",
    (
        Column("record_id", "VARCHAR", "the event", required=True),
        Column(
            "how", "VARCHAR", "at, or the place's part in the event as its source calls it", required=True
        ),
        personal("place", "name and address"),
        personal("place_key", _KEY),
        *KNOWN,
        Column("access_base", "INTEGER", "access base of the event", required=True),
        Column("place_base", "INTEGER", "access base of the place", required=True),
        Column("thing_base", "INTEGER", "access base of the place's part in the event; empty without one"),
    ),
    ("record_id", "how", "place_key", "known_from_on"),
)
SITE = Table(
    "site",
    "where one place is and what kind it is, by the records of one kind of access",
    (
        personal("place_key", _KEY),
        Column("place_kind", "VARCHAR", "dwelling, hotel, park and so on, in the source's words, lower case"),
        Column("is_named", "INTEGER", "1: it has a name; 0: an address alone", required=True),
        personal("easting", "metres, national grid; empty when no record says", "INTEGER"),
        personal("northing", "metres, national grid; empty when no record says", "INTEGER"),
        *KNOWN,
        BASE,
    ),
    ("place_key", "place_kind", "is_named", "easting", "northing", "known_from_on", "access_base"),
)
DERIVED_TABLES: tuple[Table, ...] = (EVENT_PLACE, SITE)
INDEXES: tuple[tuple[str, str, str], ...] = (
    ("event_place", "record_id", ""),
    ("site", "place_key", ""),
    ("chronology", "kind, happened_from_at, event_record_id", CONCERN_KINDS),
    ("unpeopled", "kind, happened_from_at, event_record_id", CONCERN_KINDS),
)
