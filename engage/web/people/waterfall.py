"""How do the fields add up? The weights of one pair as bars, each beginning where the one before ended.

The picture holds nothing that the table beside it does not: it is drawn from the same lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from engage.identities.linking.merging import JOIN_AT
from engage.identities.rules import FieldExplained
from engage.vocabulary.words import Sentence
from engage.web.templatetags.engage import said


LEFT, WIDTH, ROW = 220, 460, 26
# Less than this moves no bar that anybody could see.
NOTHING = 0.05


class Compared(Protocol):
    """Two records that were compared, or one and what was given: what it weighs as a whole and field by field."""

    @property
    def weight(self) -> float | None:
        """In bits, from the odds before anything is compared; None where nothing was."""

    @property
    def strength(self) -> Sentence:
        """The weight in words."""

    @property
    def chance(self) -> float | None:
        """How often such a pair is one person; None where it is not counted."""

    @property
    def fields(self) -> tuple[FieldExplained, ...]:
        """Field by field."""


@dataclass(frozen=True)
class Bar:
    """One line of the picture: its words, its weight in bits, where the bar is drawn, and how (for, against, total)."""

    words: str
    bits: str
    x: float
    y: int
    width: float
    kind: str

    @property
    def text_y(self) -> int:
        """Where the words stand."""
        return self.y + ROW - 10

    @property
    def end(self) -> float:
        """Where the number stands: to the right of the bar."""
        return self.x + self.width + 6


@dataclass(frozen=True)
class Waterfall:
    """The bars of one pair; `line` is where joining begins, `zero` where evidence is neither for nor against."""

    bars: tuple[Bar, ...]
    height: int
    zero: float
    line: float


def steps(join: Compared) -> list[tuple[str, float]]:
    """What adds up to the weight, in order: the odds before anything is compared, then each field that says something."""
    found = [(said(f.words), f.weight) for f in join.fields if abs(f.weight) >= NOTHING]
    before = (join.weight or 0.0) - sum(f.weight for f in join.fields)
    return [(_("Before anything is compared"), before), *found]


def waterfall(join: Compared) -> Waterfall | None:
    """The picture of a compared pair; None of one that was not compared."""
    if join.weight is None or not join.fields:
        return None
    lines = steps(join)
    reached = [0.0]
    for _words, weight in lines:
        reached.append(reached[-1] + weight)
    least, most = min(*reached, 0.0, JOIN_AT), max(*reached, 0.0, JOIN_AT)

    def at(bits: float) -> float:
        return round(LEFT + (bits - least) / (most - least) * WIDTH, 1)

    bars = [_bar(n, lines[n], sorted((at(reached[n]), at(reached[n + 1])))) for n in range(len(lines))]
    total = sorted((at(0.0), at(reached[-1])))
    bars.append(
        Bar(
            _("All together"),
            signed(reached[-1]),
            total[0],
            ROW * len(lines),
            max(total[1] - total[0], 2.0),
            "total",
        )
    )
    return Waterfall(tuple(bars), ROW * len(bars) + 24, at(0.0), at(JOIN_AT))


def _bar(number: int, line: tuple[str, float], ends: Sequence[float]) -> Bar:
    words, weight = line
    kind = "for" if weight > 0 else "against"
    return Bar(words, signed(weight), ends[0], ROW * number, max(ends[1] - ends[0], 2.0), kind)


def signed(weight: float) -> str:
    """A weight in bits, with its sign."""
    return f"{weight:+.1f}".replace("-", "\N{MINUS SIGN}")
