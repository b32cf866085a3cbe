"""The baseline of tools/bench_search.py: PostgreSQL's trigram index (pg_trgm) over the same names, asked the same queries.

Two tables, each with a GIN index: of the people, one row for each name of each (what a search of people needs), and of the distinct
names alone (what finds no people yet). Asked are the twenty most similar of those that `%` lets through, as its manual has it
(https://www.postgresql.org/docs/current/pgtrgm.html). The server is started for this in a temporary folder, and stopped.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg


sys.path.append(str(Path(__file__).resolve().parents[1]))
from tests.with_postgresql import programs_folder, serving


ASKED = "select words from {table} where words %% %s order by similarity(words, %s) desc, words limit 20"
TABLES = {
    "person": "select distinct substr(key, 6), person_id from find where key >= 'name:' and key < 'name;'",
    "name": "select words, name_number from written_name",
}


def measure(
    pages: sqlite3.Connection, kinds: Mapping[str, Sequence[Any]], warming: int
) -> dict[str, dict[str, float]]:
    """For each kind of query by name alone: the share with the right name among the first twenty, and how long."""
    programs = programs_folder()
    if programs is None:
        print("PostgreSQL is not installed: there is nothing to compare with")
        return {}
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        with serving(programs, folder), psycopg.connect(f"host={folder} user=engage dbname=postgres") as base:
            _load(pages, base)
            return {
                f"pg_trgm of {table}, {kind}": _kind(base, table, kind, queries, warming)
                for table in TABLES
                for kind, queries in kinds.items()
                if queries and not queries[0].is_person
            }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _load(pages: sqlite3.Connection, base: psycopg.Connection[Any]) -> None:
    base.execute("create extension pg_trgm")
    for table, rows in TABLES.items():
        base.execute(f"create table {table} (words text, whose text)")
        with base.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
            for row in pages.execute(rows):
                copy.write_row([row[0], str(row[1])])
        base.execute(f"create index {table}_by_words on {table} using gin (words gin_trgm_ops)")
        base.execute(f"analyze {table}")


def _kind(
    base: psycopg.Connection[Any], table: str, kind: str, queries: Sequence[Any], warming: int
) -> dict[str, float]:
    right, times, asked = 0, [], ASKED.format(table=table)
    for number, query in enumerate(queries):
        started = time.perf_counter()
        found = [row[0] for row in base.execute(asked, [query.words, query.words]).fetchall()]
        times.append(1e3 * (time.perf_counter() - started))
        wanted = query.person.name if len(query.words.split()) > 1 else query.words
        right += number >= warming and any(wanted in (name, name.split()[-1]) for name in found)
    times = sorted(times[warming:])
    share, p95 = right / len(times), times[int(len(times) * 0.95)]
    p50 = statistics.median(times)
    print(
        f"pg_trgm of {table:6} {kind:15} right {share:6.1%} of {len(times)}; p50 {p50:5.1f} ms, p95 {p95:5.1f} ms",
        flush=True,
    )
    return {"queries": len(times), "right": share, "p50_ms": p50, "p95_ms": p95}
