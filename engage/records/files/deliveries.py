"""How is a delivery kept as it came, so that one row can later be lawfully erased and the rest still be verified?

The bytes of each file are kept under their SHA-256. Beside them are its rows as text with, for each row, a random salt and a
leaf: the SHA-256 of salt and row. The list of leaves is kept apart, and the root is the SHA-256 over it. Erasing a row takes
away the row and its salt, and the bytes as sent; its leaf stays in the list, so the root still holds and every other row can
still be checked against its leaf, while the erased row cannot be guessed back from a salted digest whose salt is gone.

The same bytes sent again are the same delivery and bring nothing back. Bytes of which a row was erased are not read in another
way either (another sheet, another header row): what is asked for then is a file without that row.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from engage.records.files import readers
from engage.records.files.rows import OWN_COLUMNS
from engage.store.sql import literal, quoted
from engage.store.warehouse import StoreError, sync, write_whole
from engage.vocabulary.words import N_, EngageError, Sentence


ROWS, LEAVES, BROKEN, ERASED = "rows.parquet", "leaves.parquet", "broken.parquet", "erased.json"
# What a kill may leave half written is cleared away after a day: by then nobody is still writing it.
LEFT_OVER_SECONDS = 86_400


class ErasedBefore(EngageError):
    """A row of these bytes was lawfully erased, so they are not read in another way."""


@dataclass(frozen=True)
class KeptFile:
    """A file as it is kept: below AREA/deliveries, `blob` are its bytes as sent and `folder` its rows."""

    sha256: str
    root: str
    folder: str
    row_count: int
    broken_count: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class DeliveryFileInput:
    """One file of a delivery, for a build."""

    file: str
    sent_name: str
    sheet: str
    rows: Path
    broken: Path | None
    row_count: int


@dataclass(frozen=True)
class DeliveryInput:
    """One delivery, for a build. `received_on` is the London day of receipt."""

    delivery_id: str
    seq: int
    digest: str
    agency: str
    mapping: str
    extent: str
    cohort: str
    agreement: str
    purpose: str
    received_at: datetime
    received_on: date
    row_count: int
    files: tuple[DeliveryFileInput, ...]


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def keep(connection: Any, *, deliveries: Path, file: Path, sheet: str | None, layout: Any) -> KeptFile:
    """Keep one file below the folder `deliveries` and put it on the disk for good. Keeping it again changes nothing.

    Two receipts of the same file at one time keep what the first of them kept. Raises FileNotReadable, ErasedBefore.
    """
    sha256 = digest_of(file)
    blob = deliveries / "objects" / sha256[:2] / sha256
    # The same bytes read otherwise (another sheet, another header row) are other rows.
    dress = hashlib.sha256(readers.dress_of(file, sheet=sheet, layout=layout).encode()).hexdigest()
    folder = deliveries / "rows" / f"{sha256[:32]}-{dress[:8]}"
    was_erased = _erased_mark(blob).exists()
    if was_erased and not folder.exists():
        raise ErasedBefore(
            Sentence(N_("A row of %(file)s was erased after it had been received."), {"file": file.name}),
            remedy=N_("Ask the sender for a file without that row."),
        )
    if not was_erased and not blob.exists():
        _keep_bytes(file, blob)
    if not folder.exists():
        _keep_rows(connection, file, folder, sheet, layout)
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return KeptFile(
        sha256=sha256,
        folder=str(folder.relative_to(deliveries)),
        columns=tuple(about.pop("columns")),
        **about,
    )


def _keep_bytes(file: Path, blob: Path) -> None:
    blob.parent.mkdir(parents=True, exist_ok=True)
    aside = _aside(blob)
    shutil.copyfile(file, aside)
    sync(aside)
    aside.replace(blob)
    sync(blob.parent)


def _keep_rows(connection: Any, file: Path, folder: Path, sheet: str | None, layout: Any) -> None:
    """Read, salt and digest the rows in a folder aside, then give it its name: it is whole or not there.

    Whoever names it first keeps it; another's salts would be others, and what was acknowledged first must go on verifying.
    """
    aside = _aside(folder)
    read = readers.read(connection, file=file, into=aside, sheet=sheet, layout=layout)
    salted = aside / "salted.parquet"
    columns = ", ".join(quoted(c) for c in read.columns)
    leaf = _leaf_sql(read.columns)
    connection.execute(
        f"copy (select *, {leaf} as _leaf from (select _row, {columns}, sha256(uuid()::varchar || uuid()::varchar) as _salt from read_parquet({literal(read.rows)}))"
        f" order by _row) to {literal(salted)} (format parquet, compression zstd)"
    )
    salted.replace(aside / ROWS)
    (aside / "as-utf-8.csv").unlink(missing_ok=True)
    connection.execute(
        f"copy (select _row, _leaf from read_parquet({literal(aside / ROWS)}) order by _row) to {literal(aside / LEAVES)} (format parquet)"
    )
    about = {
        "root": _root(connection, aside),
        "row_count": read.row_count,
        "broken_count": read.broken_count,
        "columns": read.columns,
    }
    (aside / "about.json").write_text(json.dumps(about), encoding="utf-8")
    for part in aside.iterdir():
        sync(part)
    try:
        aside.rename(folder)
    except OSError:  # a folder that is not empty is never replaced
        if not (folder / LEAVES).exists():
            raise
        shutil.rmtree(aside)
    sync(folder.parent)


def _aside(place: Path) -> Path:
    return place.with_name(f"{place.name}.{uuid.uuid4().hex}.aside")


def clear_left_over(deliveries: Path) -> None:
    """Clear away what kills left half written long ago; what was acknowledged is never among it."""
    for aside in deliveries.glob("*/**/*.aside"):
        if time.time() - aside.stat().st_mtime > LEFT_OVER_SECONDS:
            shutil.rmtree(aside) if aside.is_dir() else aside.unlink()


def _leaf_sql(columns: tuple[str, ...]) -> str:
    cells = ", ".join(f"{literal(c)}, {quoted(c)}" for c in columns)
    return f"sha256(_salt || ':' || _row || ':' || json_object({cells})::varchar)"


def _root(connection: Any, folder: Path) -> str:
    """The SHA-256 over the leaves in the rows' order, and over what could not be read."""
    listed = f"select string_agg(_leaf, '' order by _row) from read_parquet({literal(folder / LEAVES)})"
    leaves = connection.execute(f"select coalesce(sha256(({listed})), '')").fetchall()[0][0]
    broken = digest_of(folder / BROKEN) if (folder / BROKEN).exists() else ""
    return hashlib.sha256(f"{leaves}:{broken}".encode()).hexdigest()


def verify(connection: Any, *, deliveries: Path, folder: str, root: str, sha256: str) -> list[str]:
    """What is wrong with a kept file, in sentences; nothing when every row present matches its leaf, the leaves match the
    root, and the bytes (when they are still kept) match their digest."""
    try:
        return _faults(connection, deliveries, folder, root, sha256)
    except (OSError, ValueError, StoreError):  # cut short, or gone, or no table any more
        return [f"{folder} cannot be read."]


def _faults(connection: Any, deliveries: Path, folder: str, root: str, sha256: str) -> list[str]:
    place = deliveries / folder
    if not (place / LEAVES).exists():
        return [f"{folder} is missing."]
    faults = (
        []
        if _root(connection, place) == root
        else [f"{folder}: the list of rows is not the one that was acknowledged."]
    )
    columns = tuple(n for n in pq.read_schema(place / ROWS).names if n not in OWN_COLUMNS)
    erased = _erased(place)
    wrong = connection.execute(
        f"select coalesce(r._row, l._row) from (select _row, {_leaf_sql(columns)} as now from read_parquet({literal(place / ROWS)})) r "
        f"full join read_parquet({literal(place / LEAVES)}) l using (_row) where r.now is distinct from l._leaf order by 1"
    ).fetchall()
    faults += [f"{folder}: row {row} is not as it was received." for (row,) in wrong if row not in erased]
    blob = deliveries / "objects" / sha256[:2] / sha256
    if not _erased_mark(blob).exists() and (not blob.exists() or digest_of(blob) != sha256):
        faults.append(f"{folder}: the bytes as sent are missing or changed.")
    return faults


def erase_row(
    connection: Any, *, deliveries: Path, folder: str, sha256: str, row_number: int, note: str
) -> None:
    """Erase one row for good: the row, its salt and the bytes as sent go; its leaf and the note stay. The rest verifies.

    The decision to erase (who, why, under which law) is the caller's to take and to record.
    """
    place = deliveries / folder
    write_whole(
        place / ERASED, json.dumps({**{str(k): v for k, v in _erased(place).items()}, str(row_number): note})
    )
    aside = place / "rows.aside.parquet"
    connection.execute(
        f"copy (select * from read_parquet({literal(place / ROWS)}) where _row <> {int(row_number)} order by _row) to {literal(aside)} (format parquet, compression zstd)"
    )
    sync(aside)
    aside.replace(place / ROWS)
    blob = deliveries / "objects" / sha256[:2] / sha256
    write_whole(_erased_mark(blob), note + "\n")
    blob.unlink(missing_ok=True)
    sync(place)


def _erased_mark(blob: Path) -> Path:
    return blob.with_name(f"{blob.name}.{ERASED}")


def _erased(place: Path) -> dict[int, str]:
    if not (place / ERASED).exists():
        return {}
    return {int(row): note for row, note in json.loads((place / ERASED).read_text(encoding="utf-8")).items()}


def delivery_id(seq: int, digest: str) -> str:
    """How a delivery is called: its number and the beginning of its digest."""
    return f"{seq}-{digest[:8]}"


def last_taken_in(inputs: Iterable[DeliveryInput], *, as_of: date) -> int:
    """The number of the last delivery that a build of that day takes in whole, as it does all before it; 0 when none. Of one that came
    later the build has at most the rows that say they were received by then: it is still to come."""
    taken = takewhile(lambda delivery: delivery.received_on <= as_of, inputs)
    return max((delivery.seq for delivery in taken), default=0)
