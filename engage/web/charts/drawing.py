"""A chart as a picture drawn by the server. It holds nothing that the two tables beside it do not: it is drawn from the same nodes and lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engage.networks.charts.layout import layout
from engage.networks.charts.rules import EVENT, PERSON, Chart, Edge, Node
from engage.web.charts import shapes, words
from engage.web.charts.presenters import Reader, page_of


ACROSS, DOWN, EDGE = 192, 104, 12
# From the top of a cell: the middle of the shape, and the two lines of words.
MIDDLE, LABEL, KIND = 26, 66, 84
LONGEST = 22
# Of a line's words: about how wide a letter is, how high they stand, where along the line they may stand, and of how many lines words are drawn at most.
LETTER, HIGH, PLACES, MOST_WORDED = 7, 16, (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73), 250
# What is taken is looked up by stripes of this height.
STRIPE = 52


@dataclass(frozen=True)
class Drawn:
    """One node: where its shape and its words stand, which shape, and where it leads. Of an event its day stands
    where its kind would. `does` says what its link does."""

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
    def drawn(self) -> SafeString:
        """The outline of its shape."""
        return shapes.drawn(self.shape)

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
    """One line, how sure it is, and what ties the two with where that is written ("" where there is no room; the tables say it)."""

    x1: int
    y1: int
    x2: int
    y2: int
    strength: str
    how: str = ""
    how_x: int = 0
    how_y: int = 0


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
    nodes = tuple(_drawn(node, at[node.end], made, reader) for node in made.nodes)
    strokes = [Stroke(*at[edge.ends[0]], *at[edge.ends[1]], edge.strength, _how(edge)) for edge in made.edges]
    return Picture(
        nodes, tuple(_worded(strokes, nodes)), laid.columns * ACROSS + 2 * EDGE, laid.rows * DOWN + 2 * EDGE
    )


def _how(edge: Edge) -> str:
    """What ties the two, in the records' words: the first of several, and that there are more."""
    how = [words.part(text) for text in edge.how]
    if not how:
        return ""
    first = how[0] if len(how[0]) <= LONGEST else how[0][: LONGEST - 1].rstrip() + "…"
    return first if len(how) == 1 else f"{first} +{len(how) - 1}"


_Box = tuple[float, float, float, float]
_Taken = dict[int, list[_Box]]


def _worded(strokes: Sequence[Stroke], nodes: Sequence[Drawn]) -> Iterator[Stroke]:
    """The lines, with words where they hide no shape, no label and no other words; without any on a chart of very many lines."""
    taken: _Taken = defaultdict(list)
    for node in nodes:
        for box in _boxes(node):
            _take(box, taken)
    for stroke in strokes:
        spot = _spot(stroke, taken) if stroke.how and len(strokes) <= MOST_WORDED else None
        if spot is None:
            yield replace(stroke, how="")
        else:
            x, y = spot
            _take(_around(x, y, len(stroke.how)), taken)
            yield replace(stroke, how_x=x, how_y=y + HIGH // 3)


def _take(box: _Box, taken: _Taken) -> None:
    for stripe in range(int(box[1] // STRIPE), int(box[3] // STRIPE) + 1):
        taken[stripe].append(box)


def _is_free(box: _Box, taken: _Taken) -> bool:
    stripes = range(int(box[1] // STRIPE), int(box[3] // STRIPE) + 1)
    return not any(_meet(box, other) for stripe in stripes for other in taken.get(stripe, ()))


def _spot(stroke: Stroke, taken: _Taken) -> tuple[int, int] | None:
    for share in PLACES:
        x = round(stroke.x1 + (stroke.x2 - stroke.x1) * share)
        y = round(stroke.y1 + (stroke.y2 - stroke.y1) * share)
        if _is_free(_around(x, y, len(stroke.how)), taken):
            return x, y
    return None


def _boxes(node: Drawn) -> tuple[_Box, _Box]:
    """What a node's shape and its two lines of words cover."""
    letters = max(len(node.label), len(node.on or node.kind))
    half = letters * (LETTER + 1) / 2
    return (node.x - 26, node.y - 24, node.x + 26, node.y + 24), (node.x - half, node.label_y - 14, node.x + half, node.kind_y + 4)  # fmt: skip


def _around(x: float, y: float, letters: int) -> _Box:
    half = letters * LETTER / 2 + 2
    return x - half, y - HIGH / 2, x + half, y + HIGH / 2


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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
