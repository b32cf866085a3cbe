"""What other programs are told of a chart's nodes and lines, in words that stay the same from export to export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engage.networks.charts.rules import CONFIRMED, EVENT, INFERRED, PERSON, TENTATIVE, Chart, Edge, Node


TYPES = {
    ("person", "child"): "Child",
    ("person", "grown"): "Adult",
    ("person", "not_known"): "Person (age not known)",
    ("place", ""): "Place",
    ("vehicle", ""): "Vehicle",
    ("phone", ""): "Phone",
    ("account", ""): "Account",
    ("event", ""): "Event",
}
# As the desktop client calls them.
STRENGTHS = {CONFIRMED: "Confirmed", TENTATIVE: "Tentative", INFERRED: "Unconfirmed"}


@dataclass(frozen=True)
class Linked:
    """One line as it is written: its ends in the order in which it is told, whether that order says something, and all that stands behind it."""

    one: Node
    other: Node
    edge: Edge
    is_directed: bool

    @property
    def link_type(self) -> str:
        """What ties them, in the sources' words."""
        return "; ".join(self.edge.how) or "has a part in"

    @property
    def grading(self) -> str:
        """Every grade of its records, verbatim."""
        return "; ".join(sorted({record.grade for record in self.edge.records if record.grade}))

    @property
    def reference(self) -> str:
        """The records behind it."""
        return "; ".join(sorted({record.record_id for record in self.edge.records}))

    @property
    def source(self) -> str:
        """Whose records they are."""
        return "; ".join(self.edge.agencies)

    @property
    def start(self) -> str:
        """The first day of its records; empty when none has one."""
        return str(self.edge.first_on or "")

    @property
    def end(self) -> str:
        """The newest day of its records; empty when none has one."""
        return str(self.edge.last_on or "")


def id_of(node: Node) -> str:
    """The same in every export: the kind, and the person's id, the event's record or the thing's normal form."""
    return f"{node.kind}:{node.key}"


def type_of(node: Node) -> str:
    """What it is. A person is a child, an adult or of an age that is not known."""
    return TYPES[node.kind, node.age]


def label_of(node: Node) -> str:
    """How it is written; of an event its kind, and its day where that is known."""
    if node.kind != EVENT:
        return node.label or node.key
    return " ".join(filter(None, (node.label or node.of_kind.replace("_", " "), str(node.on or ""))))


def linked(chart: Chart) -> Iterator[Linked]:
    """The lines in the order of their ends. People come before what they have to do with; of two people first whoever the source names so ("uncle of")."""
    nodes = {node.end: node for node in chart.nodes}
    for edge in sorted(chart.edges, key=lambda edge: edge.ends):
        one, other = (nodes[end] for end in edge.ends)
        if one.kind == other.kind == PERSON:
            whose = {record.whose for record in edge.records}
            is_directed = len(whose) == 1
            if is_directed and other.key in whose:
                one, other = other, one
            yield Linked(one, other, edge, is_directed)
        else:
            yield Linked(*((one, other) if one.kind == PERSON else (other, one)), edge, is_directed=False)
