"""Where does the content of a file lie, and how is it put there so that a kill loses nothing?

AREA/attachments/ab/abcd… by the digest of the content: the same content lies there once. It is written aside, brought to the disk, and moved to its place in one step; only
then is there a row that names it. A kill in between leaves at most a content that no row names.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from engage.store.area import Area


FOLDER, ASIDE = "attachments", ".part"


def folder_of(area: Area) -> Path:
    """Where an area's files lie."""
    return area.folder / FOLDER


def path_of(area: Area, sha256: str) -> Path:
    """Where the content of that digest lies."""
    return folder_of(area) / sha256[:2] / sha256


def put(area: Area, content: bytes) -> str:
    """Have the content in its place, on the disk; return its digest."""
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(area, digest)
    if _is_whole(place, digest):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = folder_of(area) / f"{ASIDE}-{uuid4().hex}"
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(place)
    for folder in (place.parent, folder_of(area)):
        _to_disk(folder)
    return digest


def _is_whole(place: Path, digest: str) -> bool:
    """What lies there is what should: a disk that was full once must not keep a torn file in its place."""
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == digest


def take(area: Area, sha256: str) -> bytes | None:
    """The content of that digest; None where it is not there, or is not what was kept."""
    place = path_of(area, sha256)
    content = place.read_bytes() if place.is_file() else None
    return content if content is not None and hashlib.sha256(content).hexdigest() == sha256 else None


# So long after it was last written to, what was written aside is nobody's: the upload was killed.
LEFT_ALONE = timedelta(days=1)


def clear_aside(area: Area) -> int:
    """Remove what killed uploads left aside. Returns how many files. What is still being written is younger, and stays."""
    # By the clock that files are marked with, not by the area's, which may be set for a demonstration.
    before, cleared = time.time() - LEFT_ALONE.total_seconds(), 0
    for one in folder_of(area).glob(f"{ASIDE}-*"):
        # Another worker may have removed it, and an upload moved it to its place, meanwhile.
        with suppress(FileNotFoundError):
            if one.is_file() and one.stat().st_mtime < before:
                one.unlink()
                cleared += 1
    return cleared


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
