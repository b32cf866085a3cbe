"""The life of a kind of case as a picture: a column for each state, a line for each move. It holds nothing that the table of moves beside it does not.

A move begins at each ring and leads to the arrow's point. No lines cross, however many states a kind has; the reference in docs is drawn by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass

from engage.casework.lifecycles.states import Lifecycle, Move


# In the picture's own units. The heads stand on the slant, so that words of any length have room.
_NAMES, _COLUMN, _HEAD, _ROW, _END = 250, 54, 170, 30, 150
_HALF, _POINT = 6, 9


@dataclass(frozen=True)
class Column:
    """A state: where its line stands, and whether a case has ended there."""

    title: str
    x: int
    has_ended: bool


@dataclass(frozen=True)
class Line:
    """A move: from its first ring to its last; `point`: the corners of the arrow's head ("": the case stays where it is)."""

    title: str
    y: int
    rings: tuple[int, ...]
    left: int
    right: int
    point: str

    @property
    def text_y(self) -> int:
        """Where its name stands."""
        return self.y + 5


@dataclass(frozen=True)
class Picture:
    """The whole picture."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    top: int = _HEAD
    bottom: int = 0


def picture(life: Lifecycle) -> Picture:
    """One kind of case."""
    at = {state.code: _NAMES + index * _COLUMN for index, state in enumerate(life.states)}
    columns = tuple(Column(state.title, at[state.code], not state.is_open) for state in life.states)
    lines = tuple(_line(move, _HEAD + 20 + index * _ROW, at) for index, move in enumerate(life.moves))
    bottom = _HEAD + 20 + len(lines) * _ROW
    return Picture(columns, lines, _NAMES + len(columns) * _COLUMN + _END, bottom + 10, bottom=bottom)


def _line(move: Move, y: int, at: dict[str, int]) -> Line:
    rings = tuple(at[code] for code in move.from_states)
    if not move.to_state:
        return Line(move.title, y, rings, min(rings), max(rings), "")
    to = at[move.to_state]
    others = [x for x in rings if x != to]
    # The point looks away from where the move comes from; a move that can start where it ends has a ring there too.
    from_left = not others or min(others) < to
    tip, back = (to - 2, to - 2 - _POINT) if from_left else (to + 2, to + 2 + _POINT)
    point = f"{tip},{y} {back},{y - _HALF} {back},{y + _HALF}"
    return Line(move.title, y, rings, min((*rings, to)), max((*rings, to)), point)
