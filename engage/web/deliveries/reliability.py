"""A reliability chart, with the same content as its table."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.identities.linking.calibrating import Reliability
from engage.web.components import Table


@dataclass(frozen=True)
class Point:
    """One band of chances: where its middle is on the chart, how large its dot, and what it says in words."""

    x: float
    y: float
    radius: float
    words: str


@dataclass(frozen=True)
class Tick:
    """A mark on both axes: its place across, its place down, and its number."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A reliability chart: chances said across, what was so upwards; on the diagonal both are the same. `low` and `high` are the
    edges of its square, `name` says what it shows."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    name: str
    low: int = 50
    high: int = 350


def chart(found: Reliability) -> Chart:
    """The chart of bands of chances."""
    most = max(one.pairs for one in found.bins)
    points = tuple(
        Point(_across(one.said), _down(one.found), round(3 + 9 * sqrt(one.pairs / most), 1), _in_words(one.pairs, one.said, one.found))
        for one in found.bins
    )  # fmt: skip
    ticks = tuple(Tick(_across(n / 5), _down(n / 5), f"{n / 5:.0%}") for n in range(6))
    return Chart(points, ticks, _("Chances said of pairs, and how many of these pairs were one person"))


def _across(share: float) -> float:
    return round(Chart.low + (Chart.high - Chart.low) * share, 1)


def _down(share: float) -> float:
    return round(Chart.high - (Chart.high - Chart.low) * share, 1)


def _in_words(pairs: int, told: float, found: float) -> str:
    values = {"pairs": f"{pairs:,}", "told": f"{told:.1%}", "found": f"{found:.1%}"}
    return (
        ngettext(
            "%(pairs)s pair: said %(told)s, were %(found)s",
            "%(pairs)s pairs: said %(told)s, were %(found)s",
            pairs,
        )
        % values
    )


def table(found: Reliability) -> Table:
    """The same as a table."""
    rows = [
        (
            _("%(least)s to %(most)s") % {"least": f"{one.least:.0%}", "most": f"{one.most:.0%}"},
            f"{one.pairs:,}",
            f"{one.said:.1%}",
            f"{one.found:.1%}",
        )
        for one in found.bins
    ]
    head = (_("Chance said"), _("Pairs"), _("Said, on average"), _("Were one person"))
    return Table(
        _("The same as a table"), head, rows, numbers=frozenset({1, 2, 3}), empty=_("No pair was measured.")
    )
