"""Where were missing children found? The derived table that the map and the list of places are made from."""

from __future__ import annotations

from engage.picture.columns import KNOWN, personal
from engage.store.tables import Column, Table


# In so many words, so that the store sees that the index on these rows serves a question about them.
KINDS = "kind in ('missing', 'found', 'return_interview')"

MISSING_PLACE = Table(
    "missing_place",
    "one place in one report of going missing or of being found, with where it is on the national grid",
    (
        Column("record_id", "VARCHAR", "the event", required=True),
        Column(
            "how", "VARCHAR", "at, or the place's part in the event as its source calls it", required=True
        ),
        personal("place", "name and address"),
        personal(
            "place_key", "normal form by which the same place is told: address and postcode, or its name"
        ),
        personal("easting", "metres, national grid; empty when no record says", "INTEGER"),
        personal("northing", "metres, national grid; empty when no record says", "INTEGER"),
        *KNOWN,
        Column("access_base", "INTEGER", "access base of the event", required=True),
        Column("place_base", "INTEGER", "access base of the place", required=True),
        Column("thing_base", "INTEGER", "access base of the place's part in the event; empty without one"),
    ),
    ("record_id", "how", "place_key", "known_from_on"),
)
DERIVED_TABLES: tuple[Table, ...] = (MISSING_PLACE,)
INDEXES: tuple[tuple[str, str, str], ...] = (
    ("missing_place", "record_id", ""),
    # Who was reported long ago and may not be back is read from this index alone.
    (
        "chronology",
        "kind, happened_from_at, person_id, agency, role, access_base, role_base, known_from_on, known_until_on",
        KINDS,
    ),
)
