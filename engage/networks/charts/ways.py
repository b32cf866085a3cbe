"""What is near what, along lines: how many lines away, and what lies between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from engage.networks.charts.rules import MOST_LINES, Edge, End


Near = Mapping[End, Collection[End]]


def neighbours(edges: Iterable[Edge]) -> Near:
    """What lines lead to from each."""
    near: dict[End, list[End]] = defaultdict(list)
    for edge in edges:
        one, other = edge.ends
        near[one].append(other)
        near[other].append(one)
    return dict(near)


def steps_from(starts: Iterable[End], edges: Iterable[Edge]) -> dict[End, int]:
    """How many lines away from the nearest start everything is that lines lead to."""
    return _steps(starts, neighbours(edges))


def _steps(starts: Iterable[End], near: Near) -> dict[End, int]:
    found = dict.fromkeys(starts, 0)
    front = list(found)
    while front:
        reached = []
        for end in front:
            for other in near.get(end, ()):
                if other not in found:
                    found[other] = found[end] + 1
                    reached.append(other)
        front = reached
    return found


def between(one: End, other: End, edges: Iterable[Edge], *, is_longer: bool) -> frozenset[End]:
    """What lies on a way of fewest lines between two; `is_longer`: on any way of MOST_LINES at most that comes to nothing twice. Nothing when there is none."""
    near = neighbours(edges)
    left = _steps([other], near)
    if left.get(one, MOST_LINES + 1) > MOST_LINES:
        return frozenset()
    most = MOST_LINES if is_longer else left[one]
    return frozenset(end for way in _ways((one,), near, left, most) for end in way)


def _ways(way: tuple[End, ...], near: Near, left: Mapping[End, int], most: int) -> Iterator[tuple[End, ...]]:
    """Every way that goes on from this one and ends where nothing is left, in as many lines at most."""
    if left[way[-1]] == 0:
        yield way
        return
    for end in near[way[-1]]:
        if end not in way and len(way) + left.get(end, most) <= most:
            yield from _ways((*way, end), near, left, most)
