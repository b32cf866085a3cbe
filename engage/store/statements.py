"""Which tables does a statement read? Asked of the store itself, before a statement that somebody wrote in a file is run."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import duckdb


def tables_read(sql: str) -> frozenset[str]:
    """The tables and table functions that one select reads, its own named parts left out. Raises ValueError, with what is wrong, for
    anything that is not one select."""
    with _store(os.getpid()).cursor() as cursor:
        (answer,) = cursor.execute("select json_serialize_sql(?)", [sql]).fetchall()[0]
    parsed = json.loads(answer)
    if parsed["error"]:
        raise ValueError(parsed["error_message"])
    if len(parsed["statements"]) != 1:
        raise ValueError(sql.strip())
    nodes = list(_nodes(parsed))
    own = {part["key"] for node in nodes for part in node.get("cte_map", {}).get("map", ())}
    return frozenset(name for node in nodes for name in _read(node) if name not in own)


@lru_cache(maxsize=1)
def _store(_process: int) -> duckdb.DuckDBPyConnection:
    """An empty store to ask, one in each process: to open one takes longer than to read a statement, and one that was opened before a
    fork is no use after it."""
    return duckdb.connect(config={"threads": 1})


def _read(node: dict[str, Any]) -> Iterator[str]:
    if node.get("type") == "BASE_TABLE":
        yield ".".join(p for p in (node["catalog_name"], node["schema_name"], node["table_name"]) if p)
    if node.get("type") == "TABLE_FUNCTION":
        yield f"{node['function']['function_name']}()"


def _nodes(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _nodes(inner)
