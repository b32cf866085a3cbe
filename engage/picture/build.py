"""How do the pages' tables come into the SQLite file that they are served from?

The tables are laid out in DuckDB, ordered so that the rows of one person stand together, and go over in batches of columns:
forty times faster than row by row. One goes over, and is indexed, while the next is laid out. The chronology comes last: it is the
largest by far, and what people are found by stands together before it, where a reader has it mapped into memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import adbc_driver_sqlite.dbapi as adbc

from engage.picture import finding
from engage.picture.indicators import laying as indicators
from engage.picture.laying import steps as laying
from engage.picture.laying import unpeopled
from engage.picture.mentions import resolving
from engage.picture.missing import laying as missing
from engage.picture.narrative import telling
from engage.picture.narrative.telling import Texts
from engage.picture.tables import DERIVED_TABLES, INDEXES
from engage.picture.wording import counting
from engage.store.steps import Progress, Step, run, silent
from engage.store.tables import Table


ROWS_AT_ONCE = 100_000


@dataclass(frozen=True)
class Joined:
    """What a later stage lays out on the same connection while all that indicators are found in is there: its steps, the tables of these that
    pages read with their indexes, those that are cleared away, and what access to its rows rests on besides what the exchange tables hold."""

    steps: tuple[Step, ...] = ()
    tables: tuple[Table, ...] = ()
    indexes: tuple[tuple[str, str, str], ...] = ()
    working: tuple[str, ...] = ()
    bases: tuple[laying.Base, ...] = ()


def build(
    connection: Any,
    *,
    pages_file: Path,
    as_of: date,
    texts: Texts | None = None,
    joined: Joined | None = None,
    progress: Progress = silent,
) -> dict[str, int]:
    """Make the tables of `picture.tables` on the build's connection and in `pages_file`; return their row counts. `texts`: where what was
    read of narratives is kept, and the area's own words and indicators; without it they are not read. `joined`: what a later stage lays out
    with them."""
    joined = joined or Joined()
    pages = adbc.connect(str(pages_file), autocommit=True)
    try:
        with pages.cursor() as cursor:
            for setting in ("journal_mode = off", "synchronous = off", "cache_size = -200000"):
                cursor.execute(f"pragma {setting}")
        steps = _steps(texts, joined, progress)
        counts = _lay(connection, pages, joined, steps, progress)
    finally:
        pages.close()
    for table in (
        *laying.WORKING,
        *telling.WORKING,
        *resolving.WORKING,
        *indicators.WORKING,
        *joined.working,
    ):
        connection.execute(f"drop table {table}")
    _close(pages_file, as_of)
    progress("pages", sum(counts[table.name] for table in (*DERIVED_TABLES, *joined.tables)))
    return counts


def _steps(texts: Texts | None, joined: Joined, progress: Progress) -> tuple[Step, ...]:
    return (
        *laying.steps(joined.bases),
        *missing.steps(),
        *telling.steps(texts, progress),
        *resolving.steps(),
        *counting.steps(texts.wordings if texts else None),
        *indicators.finding(texts.indicators if texts else None, progress),
        *joined.steps,
        *indicators.laying_down(),
        *finding.steps(),
        *laying.chronology(),
        *unpeopled.steps(),
    )


def _lay(
    connection: Any, pages: Any, joined: Joined, steps: Iterable[Step], progress: Progress
) -> dict[str, int]:
    """Run the steps; each table that pages read goes over while the next is made."""
    tables = {table.name: table for table in (*DERIVED_TABLES, *joined.tables)}
    indexes = (*INDEXES, *joined.indexes)
    with ThreadPoolExecutor(1, "pages") as writer:
        going: list[Future[None]] = []

        def made(name: str, row_count: int) -> None:
            progress(name, row_count)
            if name in tables:
                going.append(writer.submit(_write, connection.cursor(), pages, tables[name], indexes))

        counts = run(connection, steps, made)
        for written in going:
            written.result()
    return counts


def _write(cursor: Any, pages: Any, table: Table, indexes: Iterable[tuple[str, str, str]]) -> None:
    try:
        batches = cursor.sql(f"select {', '.join(table.column_names())} from {table.name}").to_arrow_reader(
            ROWS_AT_ONCE
        )
        with pages.cursor() as target:
            target.adbc_ingest(table.name, batches, mode="create")
            for of, column, which in indexes:
                if of == table.name:
                    where = f" where {which}" if which else ""
                    target.execute(
                        f"create index {of}_by_{column.replace(', ', '_')} on {of} ({column}){where}"
                    )
    finally:
        cursor.close()


def _close(pages_file: Path, as_of: date) -> None:
    pages = sqlite3.connect(pages_file)
    try:
        pages.execute("pragma synchronous = off")
        pages.execute("create table built (as_of text)")
        pages.execute("insert into built values (?)", [as_of.isoformat()])
        pages.execute("pragma analysis_limit = 1000")
        pages.execute("analyze")
        pages.commit()
        pages.execute("pragma journal_mode = delete")
    finally:
        pages.close()
