"""How is a derived table declared, once, so that checks, schema and reference are made from it?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its DuckDB type, its meaning in words, and how the two governance questions are answered for it.

    `handling` says how sensitive the column is on its own ("none", "personal", "special" or "narrative");
    `retention` names the retention class ("source" means: as long as the originating agency's record).
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    handling: str = "none"
    retention: str = "source"


@dataclass(frozen=True)
class Table:
    """A derived table: name (singular), what one row is, its columns, its key."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    def create_sql(self) -> str:
        """The statement that makes the empty table in DuckDB."""
        body = ", ".join(f'"{c.name}" {c.type}{" not null" if c.required else ""}' for c in self.columns)
        return f'create table "{self.name}" ({body})'
