"""How are many rows written to the decided store at once?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection as decided


def write_many(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write many rows in the running transaction: COPY on PostgreSQL, one prepared statement on SQLite."""
    names = ", ".join(columns)
    with decided.cursor() as cursor:
        if decided.vendor == "postgresql":
            with cursor.copy(f"copy {table} ({names}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        ready = (
            [decided.ops.adapt_datetimefield_value(v) if isinstance(v, datetime) else v for v in row]
            for row in rows
        )
        cursor.executemany(f"insert into {table} ({names}) values ({places})", list(ready))
