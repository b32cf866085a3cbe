"""How is what was read of a text kept, and under which key?"""

from __future__ import annotations

import pyarrow as pa


# A text with the year in which it was written: a year in it may be long past or this one.
TEXT_KEY = "sha256(coalesce(year::varchar, '') || '|' || text)"
# What was read of texts: a theme, or what may be a mention (`kind`, how sure the text alone is of it, and the places of what it is known by);
# neither in a row for a text in which nothing was found.
COLUMNS = pa.schema(
    [
        ("text_key", pa.string()),
        ("theme", pa.string()),
        ("polarity", pa.string()),
        ("is_hearsay", pa.bool_()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("entry", pa.string()),
        ("source", pa.string()),
        ("kind", pa.string()),
        ("sure", pa.int8()),
        *((f"{part}_{side}", pa.int32()) for part in ("first", "last") for side in ("start", "end")),
    ]
)
