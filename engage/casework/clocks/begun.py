"""A run of a clock while it is put together from what was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engage.casework.clocks.rules import Clock, Told


@dataclass
class Begun:
    """A run while it is put together. `heard`: pauses, extensions and explanations that belong to it."""

    clock: Clock
    versions: tuple[Clock, ...]
    started_by: Told
    others: list[Told] = field(default_factory=list)
    parts: dict[str, Told] = field(default_factory=dict)
    ended_by: tuple[Told, ...] = ()
    may_have_ended: list[Told] = field(default_factory=list)
    heard: list[Told] = field(default_factory=list)

    def is_started_by(self, told_ids: Iterable[str]) -> bool:
        """One of these tellings began it, or would have by another rule."""
        return any(one.told_id in told_ids for one in (self.started_by, *self.others))

    @property
    def is_stopped(self) -> bool:
        """It ended because there was nothing left to do."""
        return any(one.event in self.clock.stops for one in self.ended_by)

    def end(self, told: Told) -> None:
        """Take an ending: at once, or as a part where all have to be told. The first that was told counts."""
        if self.ended_by:
            return
        if told.event in self.clock.stops or (told.event in self.clock.ends and not self.clock.needs_all):
            self.ended_by = (told,)
        elif told.event in self.clock.ends:
            self.parts.setdefault(told.event, told)
            if set(self.clock.ends) <= self.parts.keys():
                self.ended_by = tuple(self.parts.values())
