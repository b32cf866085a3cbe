"""Does the same chart always stand the same, whatever the order of its rows, and does no node cover another?"""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.networks.charts.layout import layout
from engage.networks.charts.rules import Chart, Edge, Node, Question, Record, ends_of


@st.composite
def charts(draw):
    count = draw(st.integers(1, 40))
    nodes = [
        Node(draw(st.sampled_from(("person", "event", "place"))), f"k{n}", "", steps=draw(st.integers(0, 3)))
        for n in range(count)
    ]
    pairs = draw(st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=60))
    record = Record("r", "police", None, "", "", "confirmed")
    edges = [Edge(ends_of(nodes[a].end, nodes[b].end), (record,)) for a, b in sorted(pairs) if a < b]
    return nodes, edges


@given(charts(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_permuted_rows_make_the_same_places_and_no_two_stand_in_one(drawn, chance: random.Random):
    nodes, edges = drawn
    first = layout(Chart(Question(), tuple(nodes), tuple(edges)))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    assert layout(Chart(Question(), tuple(nodes), tuple(edges))) == first
    assert len(set(first.cells.values())) == len(nodes)
    assert all(0 <= c < first.columns and 0 <= r < first.rows for c, r in first.cells.values())


def test_a_known_chart_stands_where_it_always_stood():
    record = Record("r", "police", None, "", "", "confirmed")
    nodes = tuple(Node("person", key, "", steps=int(key != "a")) for key in "abcde")
    edges = tuple(Edge((("person", "a"), ("person", key)), (record,)) for key in "bcde")
    assert (
        layout(Chart(Question(), nodes, edges)).cells[("person", "a")]
        == layout(Chart(Question(), nodes[::-1], edges[::-1])).cells[("person", "a")]
    )


def test_nothing_is_laid_out_of_nothing():
    assert layout(Chart(Question(), (), ())).cells == {}
