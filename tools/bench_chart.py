"""How long does a chart around the busiest people of a built area take, on the server, through its door and with its layout?

    python tools/bench_chart.py AREA [--people 200] [--role detective --agency police]

The busiest are those with most rows of the chronology. The baseline is plain SQL that reads the same rows (the person's parts and ties, and everybody's parts in the
same events) and decides, joins and lays out nothing. The last line is JSON: p50, p95 and the longest in milliseconds of the baseline, and of the chart without and with
the layout; the ratio of p95 with the layout to the baseline's; and how many nodes. Every chart is audited, as any is.
"""

from __future__ import annotations

import argparse
import json
import statistics
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
    plain, door, whole, sizes = zip(*timed, strict=True)
    told = {"charts": len(sizes), "nodes_median": statistics.median(sizes), "nodes_most": max(sizes)}
    told |= {**_spread("plain", plain), **_spread("door", door), **_spread("with_layout", whole)}
    told["ratio"] = round(told["with_layout_p95"] / told["plain_p95"], 1)
    print(json.dumps(told))


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("area", type=Path)
    words.add_argument("--people", type=int, default=200)
    words.add_argument("--role", default="detective")
    words.add_argument("--agency", default="police")
    return words.parse_args()


_PARTS = "select * from chronology where person_id = ? and fact = 'event'"
_TIES = "select * from tie where person_id = ?"
_OTHERS = (
    "select * from chronology where event_record_id in (select value from json_each(?)) and fact = 'event'"
)


def _plain(build: Any, person: str) -> float:
    begun = time.perf_counter()
    pages = build.pages()
    parts = pages.execute(_PARTS, [person]).fetchall()
    pages.execute(_TIES, [person]).fetchall()
    pages.execute(_OTHERS, [json.dumps(sorted({row["event_record_id"] for row in parts}))]).fetchall()
    return (time.perf_counter() - begun) * 1000


def _timed(viewing: Any, build: Any, person: str) -> tuple[float, float, float, int] | None:
    from engage.networks.charts import queries
    from engage.networks.charts.layout import layout
    from engage.networks.charts.rules import Question

    plain = _plain(build, person)
    begun = time.perf_counter()
    try:
        chart = queries.chart(viewing=viewing, build=build, question=Question(about=(("person", person),)))
    except queries.ChartNotShown:
        return None
    answered = time.perf_counter()
    layout(chart)
    return plain, (answered - begun) * 1000, (time.perf_counter() - begun) * 1000, len(chart.nodes)


def _spread(name: str, some: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(some, n=20)
    return {f"{name}_p50": round(statistics.median(some), 1), f"{name}_p95": round(cuts[18], 1), f"{name}_most": round(max(some), 1)}  # fmt: skip


if __name__ == "__main__":
    main()
