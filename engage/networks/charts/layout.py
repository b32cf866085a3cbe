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
ROUNDS, FEW_ROUNDS, MANY = 100, 40, 150
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
    one, other = lines[:, 0], lines[:, 1]
    for turn in range(rounds):
        apart = at[:, None, :] - at[None, :, :]
        square = np.maximum((apart * apart).sum(axis=2), 1e-6)
        moved = (apart * (ideal * ideal / square)[:, :, None]).sum(axis=1)
        along = at[one] - at[other]
        pull = along * (np.sqrt((along * along).sum(axis=1)) / ideal)[:, None]
        np.subtract.at(moved, one, pull)
        np.add.at(moved, other, pull)
        moved -= at * 0.5 * ideal
        far = np.maximum(np.sqrt((moved * moved).sum(axis=1)), 1e-9)
        # At most so far in a turn, and ever less.
        at = at + moved * (np.minimum(far, 0.1 * (1 - turn / rounds)) / far)[:, None]
    return np.round(at, 6)


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
