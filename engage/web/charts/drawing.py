"""A chart as a picture drawn by the server. It holds nothing that the two tables beside it do not: it is drawn from the same nodes and lines."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.networks.charts.layout import layout
from engage.networks.charts.rules import EVENT, PERSON, Chart, Node
from engage.web.charts import words
from engage.web.charts.presenters import Reader, page_of


ACROSS, DOWN, EDGE = 192, 104, 12
# From the top of a cell: the middle of the shape, and the two lines of words.
MIDDLE, LABEL, KIND = 26, 66, 84
LONGEST = 22


@dataclass(frozen=True)
class Drawn:
    """One node: where its shape and its words stand, which shape, and where it leads. `does` says what its link does."""

    x: int
    y: int
    shape: str
    label: str
    kind: str
    on: str
    href: str
    does: str
    is_start: bool

    @property
    def label_y(self) -> int:
        """Where the label stands."""
        return self.y - MIDDLE + LABEL

    @property
    def kind_y(self) -> int:
        """Where the kind stands."""
        return self.y - MIDDLE + KIND

    @property
    def box(self) -> tuple[int, int]:
        """The upper left corner of what can be pressed."""
        return self.x - ACROSS // 2 + 4, self.y - MIDDLE + 2


@dataclass(frozen=True)
class Stroke:
    """One line, and how sure it is."""

    x1: int
    y1: int
    x2: int
    y2: int
    strength: str


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn."""

    nodes: tuple[Drawn, ...]
    strokes: tuple[Stroke, ...]
    width: int
    height: int


def picture(made: Chart, reader: Reader) -> Picture | None:
    """The picture of a chart; None of an empty one."""
    if not made.nodes:
        return None
    laid = layout(made)
    at = {
        end: (EDGE + column * ACROSS + ACROSS // 2, EDGE + row * DOWN + MIDDLE)
        for end, (column, row) in laid.cells.items()
    }
    strokes = tuple(Stroke(*at[edge.ends[0]], *at[edge.ends[1]], edge.strength) for edge in made.edges)
    nodes = tuple(_drawn(node, at[node.end], made, reader) for node in made.nodes)
    return Picture(nodes, strokes, laid.columns * ACROSS + 2 * EDGE, laid.rows * DOWN + 2 * EDGE)


def _drawn(node: Node, at: tuple[int, int], made: Chart, reader: Reader) -> Drawn:
    href, does = _leads(node, made, reader)
    label = words.label(node)
    cut = label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
    on = words.day(node.on, node.precision) if node.kind == EVENT else ""
    return Drawn(*at, _shape(node), cut, words.kind_of(node), on, href, does, node.steps == 0)


def _shape(node: Node) -> str:
    return f"{node.kind}-{node.age}" if node.kind == PERSON else node.kind


def _leads(node: Node, made: Chart, reader: Reader) -> tuple[str, str]:
    """What is not open yet is opened; what is leads to its page, or to a chart that starts there."""
    values = {"kind": words.kind_of(node), "name": words.label(node)}
    if node.kind == EVENT:
        return page_of(node, made, reader), _("%(name)s, %(kind)s: read it in a chronology") % values
    if not node.is_open:
        return reader.expand(node), _("%(name)s, %(kind)s: open what is around") % values
    if node.kind == PERSON:
        return page_of(node, made, reader), _("%(name)s, %(kind)s: the person's page") % values
    return reader.start(node), _("%(name)s, %(kind)s: a chart that starts here") % values
