"""Was it in time? Is it still? Or do the times that were told not say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engage.casework.clocks.bounds import Bounds
from engage.casework.clocks.due import Limits
from engage.casework.clocks.rules import Clock, Kind, State


@dataclass(frozen=True)
class Standing:
    """All that the state of a run rests on. `end` is None while nothing ended it; `maybe` are endings that may be of another run."""

    clock: Clock
    start: Bounds
    end: Bounds | None
    limits: Limits | None
    warn_from: datetime | None
    maybe: tuple[Bounds, ...]
    is_stopped: bool


def state_of(stands: Standing, now: datetime) -> State:
    """The state of a run at a moment."""
    if not stands.start.is_known:
        return State.NOT_KNOWN
    if stands.end is not None:
        return _ended(stands, stands.end)
    if stands.maybe and not _are_all_late(stands):
        return State.NOT_KNOWN
    return _open(stands, now)


def _are_all_late(stands: Standing) -> bool:
    """Whichever start the endings belong to, time was up: that it is breached is sure."""
    return stands.limits is not None and all(one.earliest > stands.limits.latest for one in stands.maybe)


def _ended(stands: Standing, end: Bounds) -> State:
    kind, limits = stands.clock.kind, stands.limits
    if limits is None or (stands.is_stopped and kind in {Kind.NOT_BEFORE, Kind.WINDOW}):
        return State.ENDED
    is_within, is_past = end.latest <= limits.earliest, end.earliest > limits.latest
    if kind is Kind.NOT_BEFORE:
        within, past = State.TOO_EARLY, State.IN_TIME
    elif kind is Kind.WINDOW:
        within, past = State.ENDED, State.ENDED
    else:
        # Whether it was as soon as possible is for people to say, and what became needless was not done in time; that the outer limit was over is sure.
        is_said = kind is not Kind.AS_SOON_AS_POSSIBLE and not stands.is_stopped
        within, past = State.IN_TIME if is_said else State.ENDED, State.LATE
    if is_past and stands.maybe and not _are_all_late(stands):
        return State.NOT_KNOWN
    return within if is_within else past if is_past else State.NOT_KNOWN


def _open(stands: Standing, now: datetime) -> State:
    limits = stands.limits
    if limits is None:
        # An order of which nobody said when it ends.
        return State.NOT_KNOWN if stands.clock.kind is Kind.EXPIRY else State.RUNNING
    if now > limits.latest:
        return {Kind.NOT_BEFORE: State.OPEN, Kind.WINDOW: State.OVER}.get(stands.clock.kind, State.OVERDUE)
    if now > limits.earliest:
        return State.NOT_KNOWN
    if limits.is_paused:
        return State.PAUSED
    if stands.warn_from is not None and now >= stands.warn_from:
        return State.WARNING
    return State.RUNNING
