"""From ten million lines of persons and events to groups, against the libraries' bare calls on the same arrays.

    python tools/bench_groups.py [--lines 10000000] [--rounds 2] [--side ours|bare]

The lines are made up: events of one to six people, seven in eight of them of one group of twenty. Both sides run in turn, each in a process of its own, round by
round; the ratio is of medians. Bare: SciPy's product of the matrix with itself and NetworKit's PLM, with nothing checked, ordered or numbered. Aims: 1.5 times,
60 seconds and 6 GiB. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time

import numpy as np

from engage.networks.groups.detecting import SCALE, Lines, groups, ties


AIM, SECONDS, MIB = 1.5, 60.0, 6 * 1024
LINES = 10_000_000


def made(count: int) -> tuple[Lines, int, int]:
    """Lines in no order, with the number of persons and of events."""
    random = np.random.default_rng(1)
    size = random.choice([1, 2, 3, 4, 6], count // 2, p=[0.2, 0.3, 0.25, 0.15, 0.1])
    size = size[: np.searchsorted(np.cumsum(size), count)]
    events, persons = len(size), count // 4
    event = np.repeat(np.arange(events), size)
    home = random.integers(0, persons // 20, events)[event]
    within = random.random(len(event)) < 0.875
    near = home * 20 + (random.pareto(1.2, len(event)) * 2).astype(int) % 20
    far = (random.pareto(1.1, len(event)) * 500).astype(int) % persons
    order = random.permutation(len(event))
    person = np.where(within, near, far)[order]
    return Lines(person, event[order], np.ones(len(event))), persons, events


def ours(lines: Lines, persons: int, events: int) -> int:
    """The number of groups."""
    return int(groups(ties(lines, persons=persons, things=events)).max()) + 1


def bare(lines: Lines, persons: int, events: int) -> int:
    """The same by the libraries alone."""
    import networkit as nk
    from scipy import sparse

    told = sparse.csr_array((lines.weight, (lines.thing, lines.person)), shape=(events, persons))
    told.data[:] = 1.0
    share = 1 / np.maximum(np.diff(told.indptr) - 1, 1)
    tied = sparse.triu(told.T @ (sparse.diags_array(share) @ told), k=1).tocoo()
    graph = nk.GraphFromCoo((tied.data, (tied.row, tied.col)), n=persons, weighted=True, directed=False)
    nk.setNumberOfThreads(1)
    by = nk.community.PLM(graph, refine=True, gamma=max(1.0, SCALE * 2 * float(tied.data.sum())), par="none")
    by.run()
    return int(by.getPartition().numberOfSubsets())


def side(name: str, count: int) -> dict[str, float]:
    """One side, in this process."""
    lines, persons, events = made(count)
    began = time.perf_counter()
    found = (ours if name == "ours" else bare)(lines, persons, events)
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "groups": found,
    }


def main() -> None:
    """Measure and say so; ends with 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--side", choices=("ours", "bare"))
    asked = parser.parse_args()
    if asked.side:
        print(json.dumps(side(asked.side, asked.lines)))
        return
    rounds: dict[str, list[dict[str, float]]] = {"ours": [], "bare": []}
    for _round in range(asked.rounds):
        for name, some in rounds.items():
            words = [sys.executable, __file__, "--lines", str(asked.lines), "--side", name]
            done = subprocess.run(words, check=True, capture_output=True, text=True)
            some.append(json.loads(done.stdout.splitlines()[-1]))
    seconds = {name: statistics.median(one["seconds"] for one in some) for name, some in rounds.items()}
    peak, ratio = max(one["mib"] for one in rounds["ours"]), seconds["ours"] / seconds["bare"]
    is_within = ratio <= AIM and seconds["ours"] <= SECONDS and peak <= MIB
    print(
        f"groups: {asked.lines:,} lines to {rounds['ours'][0]['groups']:,.0f} groups in {seconds['ours']:.1f} s, {ratio:.2f} x the libraries alone ({seconds['bare']:.1f} s; aim {AIM}), "
        f"peak {peak:,.0f} MiB: {'within' if is_within else 'MISSED'}"
    )
    print(json.dumps({**seconds, "ratio": ratio, "mib": peak}))
    sys.exit(0 if is_within else 1)


if __name__ == "__main__":
    main()
