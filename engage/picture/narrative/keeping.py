"""Each text is read once: what was found is kept by the text and the vocabulary, and the next build reads only what is new.

What is kept holds no word of any text: a digest, places, themes. It is dropped with the texts: a build keeps what it needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engage.picture.mentions.rules import Found
from engage.picture.narrative.kept import COLUMNS
from engage.picture.narrative.reading import Reader
from engage.picture.narrative.vocabulary import Vocabulary, load
from engage.store.steps import Progress, silent


# Fewer texts than that are read sooner than other processes begin.
FEW, AT_ONCE = 2_000, 500


def read_texts(connection: Any, *, folder: Path, phrases: Path, progress: Progress = silent) -> None:
    """Make `text_told` of every text of `narrative_written` (text_key, text, year): each with its key, and a row without a theme or a mention for
    a text in which nothing was found. `folder` keeps what was read, `phrases` is what the area adds to the vocabulary. Raises VocabularyWrong."""
    vocabulary = load(phrases)
    kept = folder / f"{vocabulary.version}.parquet"
    connection.execute(
        "create or replace temp table text_here as select distinct text_key, text, year from narrative_written"
    )
    known = pq.read_table(kept, schema=COLUMNS) if kept.is_file() else COLUMNS.empty_table()
    connection.register("text_known", known)
    connection.execute(
        "create or replace table text_told as select k.* from text_known k semi join text_here using (text_key)"
    )
    new = connection.execute(
        "select text_key, text, year from text_here where text_key not in (select text_key from text_told) order by text_key"
    )
    for done, rows in enumerate(_read(new, phrases, vocabulary), start=1):
        connection.register("text_new", rows)
        connection.execute("insert into text_told select * from text_new")
        connection.unregister("text_new")
        progress("texts", done * AT_ONCE)
    connection.unregister("text_known")
    _keep(connection, folder, kept)


def _read(new: Any, phrases: Path, vocabulary: Vocabulary) -> Iterator[pa.Table]:
    first = new.fetchmany(FEW)
    if len(first) < FEW:
        reader = _reader(vocabulary)
        yield from (_rows(some, reader) for some in _batched(first))
        return
    workers = max(1, (os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (phrases,)) as pool:
        yield from pool.map(_rows_of, _slices(first, new))


def _slices(first: Sequence[Any], new: Any) -> Iterator[tuple[Any, ...]]:
    some = first
    while some:
        yield from _batched(some)
        some = new.fetchmany(FEW)


def _batched(texts: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    coming = iter(texts)
    while some := tuple(islice(coming, AT_ONCE)):
        yield some


def _reader(vocabulary: Vocabulary) -> Reader:
    """A reader of that vocabulary: to make one takes half a second."""
    if _readers and _readers[0].vocabulary.version == vocabulary.version:
        return _readers[0]
    _readers[:] = [Reader(vocabulary)]
    return _readers[0]


_readers: list[Reader] = []


def _begin(phrases: Path) -> None:
    _reader(load(phrases))


def _rows_of(texts: Iterable[tuple[str, str, int | None]]) -> pa.Table:
    return _rows(texts, _readers[0])


def _rows(texts: Iterable[tuple[str, str, int | None]], reader: Reader) -> pa.Table:
    rows: list[dict[str, Any]] = []
    for key, text, year in texts:
        found = [*map(vars, reader.read(text, year=year)), *map(_mention, reader.mentions(text))]
        rows += [{"text_key": key, **one} for one in found or ({},)]
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _mention(found: Found) -> dict[str, Any]:
    kind, start, end, sure, (first_start, first_end), (last_start, last_end) = found
    return {
        "kind": kind, "start": start, "end": end, "sure": sure,
        "first_start": first_start, "first_end": first_end, "last_start": last_start, "last_end": last_end,
    }  # fmt: skip


def _keep(connection: Any, folder: Path, kept: Path) -> None:
    """Lay down what this build needed, whole or not at all; what another vocabulary found is dropped."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = kept.with_suffix(f".{os.getpid()}.part")
    pq.write_table(connection.sql("from text_told").to_arrow_table().cast(COLUMNS), aside)
    aside.replace(kept)
    for other in folder.iterdir():
        if other != kept:
            other.unlink(missing_ok=True)
