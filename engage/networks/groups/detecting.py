"""Groups of people, by a kept community algorithm on the weighted graph of who had to do with the same things.

Two people are tied by each thing that both have to do with, by 1 / (n - 1) where n people have (Newman 2001, Scientific collaboration networks II):
what many share ties none of them much. Groups are those of the multi-level modularity method with refinement (Louvain: Blondel and others 2008;
NetworKit's PLM: Staudt and Meyerhenke 2016), run move by move on one thread, on nodes and ties in the order of their keys: the same lines,
in whatever order and on however many cores, make the same groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


# How finely groups are told apart. Modularity alone merges small groups in a large area that one person ties (the resolution limit, Fortunato and
# Barthelemy 2007), the more so the larger the area; so the resolution grows with all that ties people there: two groups stay two when what ties
# them is less than SCALE times the product of what each is tied by in all. In a small network it is modularity's own, 1. Measured on towns whose groups are
# known (docs/explanation/what-the-network-can-tell.md).
SCALE = 0.004
# What more people than this have to do with ties nobody.
CROWD = 60


@dataclass(frozen=True)
class Lines:
    """Lines as columns of one length: the numbers (from 0) of a person and of a thing, and how much the line counts (0 to 1). A person's lines to
    one thing count once, as the one that counts most."""

    person: Any
    thing: Any
    weight: Any


def ties(lines: Lines, *, persons: int, things: int, apart: Any = None) -> Any:
    """Who is tied to whom how much: a symmetric scipy matrix, persons x persons, float64, without anybody's tie to themselves. `apart`: pairs of
    numbers (n x 2) between whom nothing counts, such as families."""
    from scipy import sparse

    thing, person, weight = _once(lines)
    shape = (things, persons)
    told = sparse.csr_array((weight, (thing, person)), shape=shape)
    count = np.diff(told.indptr)
    share = np.where((count > 1) & (count <= CROWD), 1 / np.maximum(count - 1, 1), 0.0)
    found = (told.T @ (sparse.diags_array(share) @ told)).tocsr()
    found.data[found.indices == np.repeat(np.arange(persons), np.diff(found.indptr))] = 0.0
    if apart is not None and len(apart):
        one, other = np.asarray(apart).T
        both = (np.concatenate([one, other]), np.concatenate([other, one]))
        held = sparse.csr_array((np.ones(len(both[0])), both), shape=found.shape)
        found = found - found.multiply(held > 0)
    found.eliminate_zeros()
    found.sort_indices()
    return found


def _once(lines: Lines) -> tuple[Any, Any, Any]:
    """Each person's line to each thing once, in the order of things and persons."""
    person = np.asarray(lines.person, np.int64)
    if not len(person):
        return person, person, np.zeros(0)
    # Thing and person as one number: to put one column in order takes a third of the time that three take.
    persons = int(person.max()) + 1
    key = np.asarray(lines.thing, np.int64) * persons + person
    order = np.argsort(key)
    key = key[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    weight = np.maximum.reduceat(np.asarray(lines.weight, np.float64)[order], first)
    return *np.divmod(key[first], persons), weight


def groups(found: Any, *, scale: float = SCALE) -> Any:
    """The number of each person's group, persons long; who is tied to nobody is alone. Groups are numbered by their first person."""
    import networkit as nk
    from scipy import sparse

    upper = sparse.triu(found, k=1).tocoo()
    graph = nk.GraphFromCoo(
        (upper.data, (upper.row, upper.col)), n=found.shape[0], weighted=True, directed=False
    )
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        by = nk.community.PLM(graph, refine=True, gamma=max(1.0, scale * float(found.sum())), par="none")
        by.run()
    finally:
        nk.setNumberOfThreads(threads)
    label = np.array(by.getPartition().getVector())
    _first, number = np.unique(label, return_inverse=True)
    first_seen = np.full(number.max(initial=-1) + 1, len(label))
    np.minimum.at(first_seen, number, np.arange(len(label)))
    rank = np.empty(len(first_seen), int)
    rank[np.argsort(first_seen)] = np.arange(len(first_seen))
    return rank[number]
