"""How is an area built, or what waits in it laid out, by one command at a time?"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engage.store.area import Area
from engage.vocabulary.words import N_, EngageError, Sentence


class BuildRefused(EngageError):
    """The build was made but did not pass its checks, or another one is being made; the last good one stays."""

    exit_code = 4


@contextmanager
def alone(area: Area, folder: Path | None = None, *, waits: bool = False) -> Iterator[None]:
    """Only one build of an area at a time in that folder, by default the derived one: another is refused, or `waits`. The lock goes
    with the process, however it ends."""
    folder = folder or area.derived_folder
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildRefused(
                Sentence(N_("Another build of %(area)s is being made."), {"area": area.name}),
                remedy=N_("Wait for it; the picture being served does not change until it is complete."),
            ) from None
        yield
