"""A chart as GraphML, for Gephi, yEd and whatever else reads it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from engage.networks.charts.exports.lines import STRENGTHS, Linked, id_of, label_of, linked, type_of
from engage.networks.charts.layout import layout
from engage.networks.charts.rules import Chart, Node


_NODE = {"kind": "string", "type": "string", "label": "string", "on": "string", "steps": "int", "x": "double", "y": "double"}  # fmt: skip
_EDGE = {"how": "string", "strength": "string", "start": "string", "end": "string", "grading": "string", "source": "string", "reference": "string"}  # fmt: skip
# What XML cannot hold at all.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ACROSS, DOWN = 170, 80


def as_graphml(chart: Chart) -> bytes:
    """The nodes where they stand on the page, and the lines."""
    keys = [
        f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'
        for of, names in (("node", _NODE), ("edge", _EDGE))
        for name, kind in names.items()
    ]
    cells = layout(chart).cells
    nodes = [_node(node, cells[node.end]) for node in chart.nodes]
    edges = [_edge(number, line) for number, line in enumerate(linked(chart))]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *keys,
        '<graph edgedefault="undirected">',
    )
    return "\n".join((*head, *nodes, *edges, "</graph>", "</graphml>", "")).encode()


def _node(node: Node, cell: tuple[int, int]) -> str:
    told = {
        "kind": node.kind, "type": type_of(node), "label": label_of(node), "on": str(node.on or ""), "steps": str(node.steps), "x": str(cell[0] * ACROSS), "y": str(cell[1] * DOWN),
    }  # fmt: skip
    return f"<node id={_quoted(id_of(node))}>{_data('node', told)}</node>"


def _edge(number: int, line: Linked) -> str:
    told = {
        "how": line.link_type, "strength": STRENGTHS[line.edge.strength], "start": line.start, "end": line.end, "grading": line.grading, "source": line.source,
        "reference": line.reference,
    }  # fmt: skip
    directed = ' directed="true"' if line.is_directed else ""
    ends = f"source={_quoted(id_of(line.one))} target={_quoted(id_of(line.other))}"
    return f'<edge id="e{number}" {ends}{directed}>{_data("edge", told)}</edge>'


def _data(of: str, told: dict[str, str]) -> str:
    return "".join(
        f'<data key="{of}_{name}">{escape(_NEVER.sub("", text))}</data>'
        for name, text in told.items()
        if text
    )


def _quoted(text: str) -> str:
    return quoteattr(_NEVER.sub("", text))
