"""How often does blaming wording stand in what agencies send? Counted by theme, agency and month: no row leads to a text or a person."""

from __future__ import annotations

from engage.picture.columns import BASE, KNOWN
from engage.store.tables import Column, Table


# The theme under which all texts are counted, with and without such wording.
ALL_TEXTS = ""
WORDED = Table(
    "worded",
    "how many texts of one month hold wordings of one theme that blame a child; with an empty theme, how many texts there are",
    (
        Column("theme", "VARCHAR", "code of the theme of wordings; empty for all texts", required=True),
        Column("month_on", "VARCHAR", "first day of the month of which the texts tell, or else in which they were received", required=True),
        Column("texts", "BIGINT", "how many texts", required=True, handling="narrative"),
        *KNOWN,
        BASE,
    ),
    ("theme", "month_on", "access_base", "known_from_on", "known_until_on"),
)  # fmt: skip

DERIVED_TABLES: tuple[Table, ...] = (WORDED,)
