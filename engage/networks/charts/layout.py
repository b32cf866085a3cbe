"""Where does each node of a chart stand? Worked out on the server: the same chart, the same places, whatever the order of its rows.

Lines pull and nodes push (Fruchterman and Reingold, 1991) from places that a digest of each node gives, a fixed number of times; then each takes the free
cell of a grid that is nearest to where it came to stand, so that no label covers another. How far apart two stand says nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from engage.networks.charts.rules import Chart, End


# Of a chart of few nodes, and of one of many.
ROUNDS, FEW_ROUNDS, MANY = 80, 40, 150
# So many cells for each node; a grid is wider than it is high, as labels are.
SPARE, RATIO = 2.0, 0.75


@dataclass(frozen=True)
class Layout:
    """The column and the row of each node, from 0, and how many there are of either."""

    cells: dict[End, tuple[int, int]]
    columns: int
    rows: int


def layout(chart: Chart) -> Layout:
    """Where each node stands."""
    ends = sorted(node.end for node in chart.nodes)
    if not ends:
        return Layout({}, 0, 0)
    number = {end: place for place, end in enumerate(ends)}
    lines = sorted((number[edge.ends[0]], number[edge.ends[1]]) for edge in chart.edges)
    at = _settled(_begun(ends), np.array(lines, dtype=np.int64).reshape(-1, 2))
    first = sorted((node.steps, node.end) for node in chart.nodes)
    return _on_a_grid(at, ends, [number[end] for _steps, end in first])


def _begun(ends: Collection[End]) -> Any:
    """A place in a square for each, by a digest of what it is."""
    digests = [hashlib.sha256("\0".join(end).encode()).digest() for end in ends]
    parts = [[int.from_bytes(digest[0:4], "big"), int.from_bytes(digest[4:8], "big")] for digest in digests]
    return np.array(parts, dtype=np.float64) / 2**32 - 0.5


def _settled(at: Any, lines: Any) -> Any:
    count = len(at)
    ideal = 1.0 / math.sqrt(count)
    rounds = ROUNDS if count <= MANY else FEW_ROUNDS
    x, y = at[:, 0].copy(), at[:, 1].copy()
    for turn in range(rounds):
        across, up = x[:, None] - x, y[:, None] - y
        push = ideal * ideal / np.maximum(across * across + up * up, 1e-6)
        to_x, to_y = (across * push).sum(axis=1) - x * 0.5 * ideal, (up * push).sum(axis=1) - y * 0.5 * ideal
        pull_x, pull_y = _pulled(x, y, lines, ideal)
        to_x, to_y = to_x + pull_x, to_y + pull_y
        far = np.maximum(np.sqrt(to_x * to_x + to_y * to_y), 1e-9)
        # At most so far in a turn, and ever less.
        share = np.minimum(far, 0.1 * (1 - turn / rounds)) / far
        x, y = x + to_x * share, y + to_y * share
    return np.round(np.stack([x, y], axis=1), 6)


def _pulled(x: Any, y: Any, lines: Any, ideal: float) -> tuple[Any, Any]:
    """Where lines pull each node: to the other end, the more the longer they are."""
    count, one, other = len(x), lines[:, 0], lines[:, 1]
    across, up = x[one] - x[other], y[one] - y[other]
    strong = np.sqrt(across * across + up * up) / ideal
    by_x, by_y = across * strong, up * strong
    return (
        np.bincount(other, by_x, count) - np.bincount(one, by_x, count),
        np.bincount(other, by_y, count) - np.bincount(one, by_y, count),
    )


def _on_a_grid(at: Any, ends: list[End], order: list[int]) -> Layout:
    cells = max(math.ceil(len(ends) * SPARE), 1)
    columns = max(math.ceil(math.sqrt(cells * RATIO)), 1)
    rows = math.ceil(cells / columns)
    low, span = at.min(axis=0), np.maximum(at.max(axis=0) - at.min(axis=0), 1e-9)
    wanted = (at - low) / span * np.array([columns - 1, rows - 1])
    places = np.array([(column, row) for row in range(rows) for column in range(columns)], dtype=np.float64)
    free = np.ones(len(places), dtype=bool)
    found: dict[End, tuple[int, int]] = {}
    for number in order:
        away = np.where(free, ((places - wanted[number]) ** 2).sum(axis=1), np.inf)
        taken = int(np.argmin(np.round(away, 6)))
        free[taken] = False
        found[ends[number]] = (taken % columns, taken // columns)
    return _trimmed(found)


def _trimmed(found: dict[End, tuple[int, int]]) -> Layout:
    """Without columns and rows in which nothing stands."""
    columns = {was: now for now, was in enumerate(sorted({column for column, _row in found.values()}))}
    rows = {was: now for now, was in enumerate(sorted({row for _column, row in found.values()}))}
    return Layout(
        {end: (columns[column], rows[row]) for end, (column, row) in found.items()}, len(columns), len(rows)
    )
