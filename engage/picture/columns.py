"""Which columns do several of the pages' tables have?"""

from __future__ import annotations

from engage.store.tables import Column


PERSON = Column("person_id", "VARCHAR", "the person, as of the build", required=True, handling="personal")
RECORD = Column(
    "person_record_id", "VARCHAR", "the record of the person through which it is known", required=True
)
BASE = Column(
    "access_base", "INTEGER", "number of the agency, handling, sensitivity and cohort", required=True
)
OTHER = Column("other_base", "INTEGER", "access base of the tie that it comes by, where that is another")
KNOWN = (
    Column("known_from_on", "VARCHAR", "first day on which it was known", required=True),
    Column("known_until_on", "VARCHAR", "first day on which it no longer was"),
)
CAME = Column(
    "came",
    "BIGINT",
    "number of the delivery that truly brought it, of several the last; 0 of what was recorded by hand",
    required=True,
)
AGENCY = Column("agency", "VARCHAR", "whose fact it is", required=True)
SOURCE = (
    AGENCY,
    Column("file", "VARCHAR", "the file it came in", required=True),
    Column("source_id", "VARCHAR", "the source's own id", required=True),
    Column("delivery_id", "VARCHAR", "the delivery", required=True),
    Column("row_number", "BIGINT", "the row of the file", required=True),
    Column("received_on", "VARCHAR", "day it was received", required=True),
)


def personal(name: str, meaning: str, kind: str = "VARCHAR") -> Column:
    """A column that tells of a person."""
    return Column(name, kind, meaning, handling="personal")
