"""How do rows that Python worked out come into the analysis store? In one statement: to insert them row by row takes a third of a
millisecond each, which for some hundred words or rights is longer than all that is then asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engage.store.steps import Connection


def lay_rows(
    connection: Connection,
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[Any]],
    *,
    temporary: bool = False,
) -> None:
    """Make the table anew: its columns with their types, in order, and these rows. `temporary`: gone with the connection."""
    laid = list(rows)
    selected = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in columns.items())
    values = {name: [row[at] for row in laid] for at, name in enumerate(columns)}
    connection.execute(
        f"create or replace {'temp ' if temporary else ''}table {table} as select {selected}", values
    )
