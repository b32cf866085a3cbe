"""How is a build made aside, checked, swapped as a whole, and opened read-only by those who serve it?

A build is a folder: `analysis.duckdb` for analysis, `pages.sqlite3` for search and single-record reads, and `build.json`, which says
what it was made of. `derived/current` is a small text file that names the build being served; replacing it is the swap. A kill at any moment leaves either the old name or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from engage.store.area import Area
from engage.store.laid import Laid
from engage.vocabulary.words import N_, EngageError, Sentence


# What the store raises when it refuses a statement or a file.
StoreError = duckdb.Error

ANALYSIS = "analysis.duckdb"
PAGES = "pages.sqlite3"
INFO = "build.json"
KEEP_BUILDS = 2
WAITING = "waiting"


class NoBuild(EngageError):
    """The area has no build to serve."""


class BuildOutdated(NoBuild):
    """The build was made by a version of Engage whose tables were others. Building again loses nothing."""


@cache
def layout_digest() -> str:
    """A digest of how every room declares its derived tables, and of the analysis store's version: what a build must fit."""
    package = Path(__file__).resolve().parents[1]
    declared = (package.glob(where) for where in ("*/tables.py", "*/columns.py", "*/*/tables.py"))
    texts = [file.read_bytes() for files in declared for file in sorted(files)]
    return hashlib.sha256(b"\0".join([*texts, duckdb.__version__.encode()])).hexdigest()[:16]


@dataclass(frozen=True)
class BuildInfo:
    """What a build was made of. `as_of` is the last received day in it; `made_at` an ISO moment (UTC);
    `watermarks` say up to which row of each decided table it has taken in; `inputs` are the deliveries' digests;
    `layout` is the digest of the tables as they were declared when it was made."""

    build_id: str
    as_of: date
    made_at: str
    watermarks: dict[str, int] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    layout: str = field(default_factory=layout_digest)


class BuildAside:
    """A build that is being made: nobody reads it until it is swapped in."""

    def __init__(self, folder: Path, *, memory: str = "2GB", threads: int | None = None) -> None:
        self.folder = folder
        self.analysis_file = folder / ANALYSIS
        self.pages_file = folder / PAGES
        self.connection = connect(self.analysis_file, folder / "spill", memory=memory, threads=threads)

    def close(self) -> None:
        """Close the analysis store so that its file is complete."""
        self.connection.close()


class Build:
    """A finished build, opened read-only. Safe to share between threads: each call gets its own cursor, each
    thread its own SQLite connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.info = _read_info(folder)
        self._laid = Laid(folder)
        self._lock = threading.Lock()
        self._analysis: Any = None

    def analysis(self) -> Any:
        """A DuckDB cursor on the analysis store: no writes, no files, no extensions. Close it after use."""
        with self._lock:
            if self._analysis is None:
                config: dict[str, Any] = {
                    "enable_external_access": "false",
                    "autoinstall_known_extensions": "false",
                }
                self._analysis = duckdb.connect(str(self.folder / ANALYSIS), read_only=True, config=config)
            return self._analysis.cursor()

    def pages(self) -> sqlite3.Connection:
        """This thread's read-only SQLite connection to the key tables. Rows come as sqlite3.Row."""
        return self.laid(PAGES)

    def laid(self, name: str) -> sqlite3.Connection:
        """The same to another file that the build laid down beside them."""
        return self._laid.connection(name)


class Warehouse:
    """The builds of one area: which is served now, and how a new one takes its place. `folder` is where they are; by default the
    area's derived folder."""

    def __init__(self, area: Area, folder: Path | None = None) -> None:
        self.area = area
        self.folder = folder or area.derived_folder
        self._open: Build | None = None
        self._lock = threading.Lock()

    @property
    def builds_folder(self) -> Path:
        """Where the builds are."""
        return self.folder / "builds"

    @property
    def pointer(self) -> Path:
        """The file that names the build being served."""
        return self.folder / "current"

    def waiting(self) -> Warehouse:
        """Where what was received since the build is laid out by itself, until the next build takes it in."""
        return Warehouse(self.area, self.folder / WAITING)

    def current(self) -> Build:
        """The build being served. Raises NoBuild when the area was never built, or not by a version that laid it out as now."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise NoBuild(
                Sentence(N_("%(area)s has not been built yet."), {"area": self.area.name}),
                remedy=Sentence(
                    N_("Build it with: engage build %(folder)s"), {"folder": self.area.folder.name}
                ),
            ) from None
        with self._lock:
            if self._open is None or self._open.folder.name != name:
                self._open = Build(self.builds_folder / name)
            if self._open.info.layout != layout_digest():
                raise BuildOutdated(
                    Sentence(
                        N_("%(area)s was last built by another version of Engage."), {"area": self.area.name}
                    ),
                    remedy=Sentence(
                        N_("Build it again with: engage build %(folder)s (every id stays)"),
                        {"folder": self.area.folder.name},
                    ),
                )
            return self._open

    @contextmanager
    def building(self, build_id: str, **options: Any) -> Iterator[BuildAside]:
        """Make a build aside. What is left of it after an error or a kill is cleared away by the next one."""
        self.builds_folder.mkdir(parents=True, exist_ok=True)
        for leftover in self.builds_folder.glob("*.part"):
            shutil.rmtree(leftover)
        folder = self.builds_folder / f"{build_id}.part"
        folder.mkdir()
        aside = BuildAside(folder, **options)
        try:
            yield aside
        finally:
            aside.close()

    @contextmanager
    def workbench(self, build: Build) -> Iterator[Any]:
        """A DuckDB connection to a copy of a build's analysis store, to try something on that nobody reads. It is gone afterwards;
        what a kill leaves of it is cleared away by the next one."""
        folder = self.area.derived_folder / "workbench"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            shutil.copyfile(build.folder / ANALYSIS, folder / ANALYSIS)
            connection = connect(folder / ANALYSIS, folder / "spill")
            try:
                yield connection
            finally:
                connection.close()
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def swap(self, info: BuildInfo) -> None:
        """Serve the finished build named by `info` from now on, and clear away all but the last two."""
        aside = self.builds_folder / f"{info.build_id}.part"
        shutil.rmtree(aside / "spill", ignore_errors=True)
        (aside / INFO).write_text(json.dumps(_info_to_json(info), indent=1), encoding="utf-8")
        for file in aside.iterdir():
            sync(file)
        final = self.builds_folder / info.build_id
        aside.rename(final)
        sync(self.builds_folder)
        write_whole(self.pointer, info.build_id + "\n")
        self._clear_old(keep=info.build_id)

    def clear_waiting(self) -> None:
        """Clear away what was laid out of deliveries that the served build has taken in. Whoever calls holds the room's lock: the
        folder itself stays, with that lock in it."""
        if waiting_beside(self.current()) is None:
            room = self.waiting()
            room.pointer.unlink(missing_ok=True)
            shutil.rmtree(room.builds_folder, ignore_errors=True)

    def _clear_old(self, *, keep: str) -> None:
        finished = sorted(
            (f for f in self.builds_folder.iterdir() if f.suffix != ".part"), key=lambda f: f.stat().st_mtime
        )
        for folder in finished[:-KEEP_BUILDS]:
            if folder.name != keep:
                shutil.rmtree(folder, ignore_errors=True)


def waiting_beside(build: Build) -> Build | None:
    """What is laid out of deliveries that came since this build: none that it has taken in, by this version."""
    folder = build.folder.parents[1] / WAITING
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
        found = _opened(folder / "builds" / name)
    except FileNotFoundError:
        return None
    is_later = found.info.watermarks.get("delivery", 0) > build.info.watermarks.get("delivery", 0)
    is_beside = is_later and found.info.inputs.keys().isdisjoint(build.info.inputs)
    return found if is_beside and found.info.layout == layout_digest() else None


def served_beside(build: Build) -> Build:
    """The build that is served now where this one was opened: this one still, unless another was swapped in since."""
    name = (build.folder.parents[1] / "current").read_text(encoding="utf-8").strip()
    return build if name == build.folder.name else _opened(build.folder.parent / name)


@lru_cache(maxsize=3)
def _opened(folder: Path) -> Build:
    return Build(folder)


def connect(
    file: Path | None, spill: Path | None = None, *, memory: str = "2GB", threads: int | None = None
) -> Any:
    """A DuckDB connection that fetches nothing and keeps its temporary files in `spill`.

    The only way into DuckDB for writing; `file` None means in memory.
    """
    config: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": memory,
        "preserve_insertion_order": "false",
    }
    if spill is not None:
        config["temp_directory"] = str(spill)
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(str(file) if file else ":memory:", config=config)
    connection.execute("set TimeZone = 'UTC'")
    return connection


def write_whole(file: Path, text: str) -> None:
    """Write a small file so that a reader or a kill finds the old text or the new, never part of either."""
    aside = file.with_name(f"{file.name}.{os.getpid()}.aside")
    with aside.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """Have the operating system put a file, or a folder's list of names, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_info(folder: Path) -> BuildInfo:
    raw = json.loads((folder / INFO).read_text(encoding="utf-8"))
    return BuildInfo(**{"layout": "", **raw, "as_of": date.fromisoformat(raw["as_of"])})


def _info_to_json(info: BuildInfo) -> dict[str, Any]:
    return {**info.__dict__, "as_of": info.as_of.isoformat()}
