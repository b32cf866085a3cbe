"""The timeline and the map of children who were missing together, as pictures drawn by the server.

Neither holds anything that the table beside it does not: they are drawn from the same lines. There is no map of streets under the
places: they stand as far from one another as their grid references say, with a scale and north.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engage.picture.missing.rules import MISSING, Episode
from engage.picture.missing.together import Place
from engage.vocabulary.time import LONDON
from engage.web.missing import words


_At = Callable[[datetime], float]
LEFT, WIDTH, ROW, TOP = 190, 640, 26, 34
MAP, EDGE = 560, 40
# A bar of a few hours is still to be seen.
LEAST = 3.0
_STEPS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True)
class Bar:
    """One time of being missing: where its bar is drawn; `is_open`: it is not known when it ended, and only the beginning is drawn, but
    of who is missing, who is away until now."""

    x: float
    width: float
    is_open: bool


@dataclass(frozen=True)
class Line:
    """One child of the timeline."""

    name: str
    y: int
    bars: tuple[Bar, ...]

    @property
    def text_y(self) -> int:
        """Where the name stands."""
        return self.y + 17

    @property
    def bar_y(self) -> int:
        """Where the bars stand."""
        return self.y + 5


@dataclass(frozen=True)
class Tick:
    """A day on the timeline's axis."""

    x: float
    words: str


@dataclass(frozen=True)
class Timeline:
    """The times of being missing of several children, one line a child."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    height: int


def timeline(
    episodes: Mapping[str, Sequence[Episode]], names: Mapping[str, str], *, first_on: date, now: datetime
) -> Timeline | None:
    """The picture of these children since a day; None of nobody."""
    if not episodes:
        return None
    first = datetime.combine(first_on, datetime.min.time(), tzinfo=LONDON)
    whole = max((now - first).total_seconds(), 1.0)

    def at(moment: datetime) -> float:
        share = (moment - first).total_seconds() / whole
        return round(LEFT + min(max(share, 0.0), 1.0) * WIDTH, 1)

    lines = []
    for number, (person, own) in enumerate(episodes.items()):
        bars = [bar for one in own if (bar := _bar(one, first, now, at))]
        lines.append(Line(names[person], TOP + number * ROW, tuple(bars)))
    return Timeline(tuple(lines), _ticks(first_on, now, at), TOP + len(lines) * ROW + 6)


def _bar(one: Episode, first: datetime, now: datetime, at: _At) -> Bar | None:
    until = one.end.until_at if one.end else now
    if until < first:
        return None
    is_open = one.end is None or one.end.from_at is None
    begins = at(one.since.from_at)
    ends = begins if is_open and one.state != MISSING else at(until)
    return Bar(begins, max(ends - begins, LEAST), is_open)


def _ticks(first_on: date, now: datetime, at: _At) -> tuple[Tick, ...]:
    """Five days or so, the last one today."""
    last = now.astimezone(LONDON).date()
    step = max((last - first_on).days // 5, 1)
    days = [last - timedelta(days=step * number) for number in range(6)]
    return tuple(
        Tick(at(datetime.combine(day, datetime.min.time(), tzinfo=LONDON)), words.short(day))
        for day in reversed(days)
        if day >= first_on
    )


@dataclass(frozen=True)
class Dot:
    """One place on the map, by its number in the table. `is_shared`: two children or more were found there or placed there."""

    number: int
    x: float
    y: float
    is_shared: bool

    @property
    def text_x(self) -> float:
        """Where the number stands."""
        return round(self.x + 9, 1)

    @property
    def text_y(self) -> float:
        """Where the number stands."""
        return round(self.y + 5, 1)


@dataclass(frozen=True)
class Map:
    """Places as they lie to one another. `scale` is the bar's length in the picture, `metres` what it stands for."""

    dots: tuple[Dot, ...]
    scale: float
    metres: int
    size: int = MAP

    @property
    def kilometres(self) -> str:
        """What the bar stands for, in words."""
        return f"{self.metres} m" if self.metres < 1000 else f"{self.metres // 1000} km"

    @property
    def scale_end(self) -> float:
        """Where the bar ends."""
        return round(20 + self.scale, 1)


def place_map(places: Sequence[tuple[int, Place, bool]]) -> Map | None:
    """The picture of these places, each with its number and whether several children share it; None where no record says where any is."""
    known = [(n, p.easting, p.northing, shared) for n, p, shared in places if p.easting and p.northing]
    if not known:
        return None
    east, north = min(k[1] for k in known), min(k[2] for k in known)
    span = max(max(k[1] for k in known) - east, max(k[2] for k in known) - north, 500)
    to_picture = (MAP - 2 * EDGE) / span
    dots = tuple(
        Dot(
            n,
            round(EDGE + (easting - east) * to_picture, 1),
            round(MAP - EDGE - (northing - north) * to_picture, 1),
            shared,
        )
        for n, easting, northing, shared in known
    )
    metres = max((step for step in _STEPS if step * to_picture <= MAP / 3), default=_STEPS[0])
    return Map(dots, round(metres * to_picture, 1), metres)
