"""How is what was read of a text kept, and under which key?"""

from __future__ import annotations

import pyarrow as pa


# A text with the year in which it was written: a year in it may be long past or this one.
TEXT_KEY = "sha256(coalesce(year::varchar, '') || '|' || text)"
# What was read of texts, or a row without a theme for one in which nothing was found.
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
    ]
)
