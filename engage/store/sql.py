"""How are a name and a text written into SQL? For what DuckDB takes no parameter for: columns, files, steps as text."""

from __future__ import annotations


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text in SQL."""
    return "'" + str(text).replace("'", "''") + "'"
