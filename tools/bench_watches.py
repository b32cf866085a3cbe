"""p95 of the doors of the home page, without the page: twenty watches of one worker, and who is missing now.

    python tools/bench_watches.py AREA [ROUNDS]

Watched are the people with the most rows, the places, vehicles and phones with the most ties, and the most usual names. They are read as on most days,
when nothing is new, and as if everything were. AREA is a copy for this alone: a worker and watches are made in it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from engage.cli.opening import Opened, open_for_command


OF_EACH = 4
_PEOPLE = "select person_id, '' from chronology group by 1 order by count(*) desc, 1 limit ?"
_THINGS = "select thing_key, label from tie where thing = ? group by 1 order by count(*) desc, 1 limit ?"
_NAMES = "select substr(key, 6), '' from find where key like 'name:% %' group by key order by count(*) desc, 1 limit ?"


def watched(pages: Any) -> Iterator[tuple[str, str]]:
    """What is watched: kind and key."""
    for key, _label in pages.execute(_PEOPLE, [OF_EACH]).fetchall():
        yield "person", key
    for thing in ("place", "vehicle", "phone"):
        for key, _label in pages.execute(_THINGS, [thing, OF_EACH]).fetchall():
            yield thing, key
    for key, _label in pages.execute(_NAMES, [OF_EACH]).fetchall():
        yield "name", key


def timed(act: Callable[[], object], rounds: int) -> dict[str, float]:
    """Milliseconds: the middle one and the ninety-fifth percentile, after five rounds that only warm."""
    seconds = []
    for number in range(rounds + 5):
        started = time.perf_counter()
        act()
        if number >= 5:
            seconds.append(time.perf_counter() - started)
    seconds.sort()
    middle, high = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    return {"p50_ms": round(1000 * middle, 1), "p95_ms": round(1000 * high, 1)}


def measure(opened: Opened, rounds: int) -> dict[str, Any]:
    """Make a worker who watches, and time what the home page asks."""
    from engage.governance import queries as governance
    from engage.picture import actions, queries
    from engage.picture.missing import queries as missing
    from engage.picture.models import Watch
    from engage.picture.watching.rules import Watched
    from engage.vocabulary.time import london_day

    build = opened.warehouse.current()
    viewer = governance.viewer_named("bench-watches")
    viewing = replace(opened.viewing(purpose="safeguarding_child"), viewer=viewer, as_of=build.info.as_of)
    until = london_day(viewing.at) + timedelta(days=30)
    for kind, key in watched(build.pages()):
        actions.watch(
            viewing=viewing, build=build, area=opened.area, watched=Watched(kind, key), why="To measure", until=until
        )  # fmt: skip
    mine = Watch.objects.filter(owner=viewer.user_id)
    counts = {"watches": mine.count(), "records": build.info.counts.get("person_record", 0)}
    quiet = timed(lambda: queries.watches(viewing=viewing, build=build), rounds)
    mine.update(seen_delivery=-1, seen_entry=-1, seen=[])
    news = sum(len(one.news) for one in queries.watches(viewing=viewing, build=build))
    return {
        **counts, "nothing_new": quiet, "all_new": {"things": news, **timed(lambda: queries.watches(viewing=viewing, build=build), rounds)},
        "missing": timed(lambda: missing.screen(viewing=viewing, build=build), rounds),
    }  # fmt: skip


def main() -> None:
    """Print one line of JSON."""
    area, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100
    opened = open_for_command(area)
    from engage.governance import actions

    agency = next(iter(opened.area.agencies))
    worker = {"username": "bench-watches", "name": "Bench", "agency": agency, "role": "detective"}
    actions.make_user(viewing=opened.viewing(), **worker, password="a pass phrase for timing only")  # noqa: S106
    print(json.dumps(measure(opened, rounds)))


if __name__ == "__main__":
    main()
