"""How do record numbers that Python worked out come into the store?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa


def keep(connection: Any, table: str, columns: Mapping[str, Iterable[int]]) -> None:
    """Make a table of these columns of whole numbers anew."""
    rows = pa.table({name: pa.array(list(values), pa.int64()) for name, values in columns.items()})
    connection.register("link_rows", rows)
    connection.execute(f"create or replace table {table} as select * from link_rows")
    connection.unregister("link_rows")
