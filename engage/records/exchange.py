"""What is the published shape of the exchange tables, and how does a row of an older shape become one of today's?

What the machine derives is rebuilt from the deliveries, so only rows that are kept in exchange shape (what staff recorded
by hand, files that areas give each other) ever need migrating.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engage.records.tables import EXCHANGE_TABLES, EXCHANGE_VERSION
from engage.store.tables import Column, Table
from engage.vocabulary.words import N_, EngageError, Sentence


Row = dict[str, Any]

_JSON_TYPES: dict[str, dict[str, Any]] = {
    "VARCHAR": {"type": "string"},
    "BIGINT": {"type": "integer"},
    "INTEGER": {"type": "integer"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "string", "format": "date"},
    "TIMESTAMP": {"type": "string", "format": "date-time"},
}


class ExchangeVersionUnknown(EngageError):
    """A row says that it is of a version this Engage has never heard of."""


@dataclass(frozen=True)
class Migration:
    """One change of shape: rows of `table` at `from_version` become rows at `to_version`. `why` is for the reference."""

    table: str
    from_version: str
    to_version: str
    why: str
    change: Callable[[Row], Row]


# Oldest first. A published version is never edited: a new one is added here with its change.
MIGRATIONS: tuple[Migration, ...] = ()


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of all exchange tables: one definition a table, an object a row."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:engage:exchange:{EXCHANGE_VERSION}",
        "title": "Engage exchange tables",
        "version": EXCHANGE_VERSION,
        "$defs": {table.name: _table_schema(table) for table in EXCHANGE_TABLES},
    }


def _table_schema(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": f"One row is {table.row_is}.",
        "properties": {column.name: _column_schema(column) for column in table.columns},
        "required": [column.name for column in table.columns if column.required],
        "additionalProperties": False,
    }


def _column_schema(column: Column) -> dict[str, Any]:
    shape = dict(_JSON_TYPES[column.type])
    if not column.required:
        shape["type"] = [shape["type"], "null"]
    return {**shape, "description": column.meaning}


def migrate(
    table: str,
    row: Row,
    *,
    version: str,
    migrations: tuple[Migration, ...] = MIGRATIONS,
    to: str = EXCHANGE_VERSION,
) -> Row:
    """The row in the shape of version `to`, by the migrations between. The row given is left as it is.

    Raises ExchangeVersionUnknown when no path of migrations leads from `version` to `to`.
    """
    now = dict(row)
    at = version
    for migration in migrations:
        if migration.from_version == at and at != to:
            at = migration.to_version
            now = migration.change(now) if migration.table == table else now
    if at != to:
        known = {to, *(m.from_version for m in migrations)}
        raise ExchangeVersionUnknown(
            Sentence(
                N_("A row of “%(table)s” is of exchange version %(version)s."),
                {"table": table, "version": version},
            ),
            remedy=Sentence(N_("This Engage reads versions %(known)s."), {"known": ", ".join(sorted(known))}),
        )
    return now
