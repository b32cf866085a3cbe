"""How long does a chart around the busiest people of a built area take, on the server, through its door and with its layout?

    python tools/bench_chart.py AREA [--people 200] [--role detective --agency police] [--aim 150]

The busiest are those with most rows of the chronology. The last line is JSON: p50, p95 and the longest in milliseconds, without and with the layout, and how many nodes.
Ends with 1 when p95 with the layout is over the aim. Every chart is audited, as any is.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def main() -> None:
    """Time them."""
    asked = _asked()
    from engage.cli.opening import open_for_command

    opened = open_for_command(asked.area, operator="bench")
    from engage.vocabulary.access import Viewer, Viewing

    build = opened.warehouse.current()
    viewer = Viewer("bench", "Bench", asked.agency, asked.role)
    viewing = Viewing(viewer=viewer, purpose="safeguarding_child", at=opened.area.clock(), as_of=build.info.as_of, request_id="bench")  # fmt: skip
    busiest = build.pages().execute(
        "select person_id from chronology where agency = ? group by person_id order by count(*) desc, person_id limit ?",
        [asked.agency, asked.people],
    )
    timed = [one for (person,) in busiest.fetchall() if (one := _timed(viewing, build, person))]
    door, whole, sizes = zip(*timed, strict=True)
    told = {"charts": len(sizes), "nodes_median": statistics.median(sizes), "nodes_most": max(sizes), **_spread("door", door), **_spread("with_layout", whole)}  # fmt: skip
    print(json.dumps(told))
    sys.exit(int(told["with_layout_p95"] > asked.aim))


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("area", type=Path)
    words.add_argument("--people", type=int, default=200)
    words.add_argument("--role", default="detective")
    words.add_argument("--agency", default="police")
    words.add_argument("--aim", type=float, default=150.0)
    return words.parse_args()


def _timed(viewing: Any, build: Any, person: str) -> tuple[float, float, int] | None:
    from engage.networks.charts import queries
    from engage.networks.charts.layout import layout
    from engage.networks.charts.rules import Question

    begun = time.perf_counter()
    try:
        chart = queries.chart(viewing=viewing, build=build, question=Question(about=(("person", person),)))
    except queries.ChartNotShown:
        return None
    answered = time.perf_counter()
    layout(chart)
    return (answered - begun) * 1000, (time.perf_counter() - begun) * 1000, len(chart.nodes)


def _spread(name: str, some: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(some, n=20)
    return {f"{name}_p50": round(statistics.median(some), 1), f"{name}_p95": round(cuts[18], 1), f"{name}_most": round(max(some), 1)}  # fmt: skip


if __name__ == "__main__":
    main()
