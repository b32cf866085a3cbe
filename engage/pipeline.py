"""The order of the stages: what a build is, from the deliveries kept to the pages served.

Records are turned into exchange tables; identities are joined and their ids given out; the picture is laid out for the
pages; the whole is checked and swapped in by one pointer. A kill at any moment leaves the last good picture served.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engage.store.area import Area
from engage.store.steps import Progress, silent
from engage.vocabulary.words import N_, EngageError, Sentence


STAGES = ("records", "identities", "picture")


class BuildRefused(EngageError):
    """The build was made but did not pass its checks, or another one is being made; the last good one stays."""

    exit_code = 4


@dataclass(frozen=True)
class Watcher:
    """Who is told of progress: `stage` when one begins, `step` when a table is made."""

    stage: Callable[[str], None] = lambda _name: None
    step: Progress = silent


@contextmanager
def _alone(area: Area) -> Iterator[None]:
    """Only one build of an area at a time; the lock goes with the process, however it ends."""
    area.derived_folder.mkdir(parents=True, exist_ok=True)
    with (area.derived_folder / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildRefused(
                Sentence(N_("Another build of %(area)s is being made."), {"area": area.name}),
                remedy=N_("Wait for it; the picture being served does not change until it is complete."),
            ) from None
        yield
