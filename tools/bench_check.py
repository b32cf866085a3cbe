"""How long does it take to ask whether one person is known? Against all records of an area that is built.

    python tools/bench_check.py AREA [QUESTIONS]

Records of the area are asked about as if they had just come (the same seed draws the same ones): keys, candidates, every candidate
weighed, sorted. The baseline, in turn with it, is reading one record by its number from the same file. `door` is the same through the
page's own door, from what somebody types (name, birth, numbers) to the answer: cleaned, access decided, looked for among what waits, and
written to the log. The last line is JSON.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from engage.cli.opening import Opened, open_for_command


def p(times: list[float], part: float) -> float:
    """A percentile, in milliseconds."""
    return sorted(times)[int(len(times) * part)] * 1e3


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def through_the_door(opened: Opened, numbers: list[int]) -> list[float]:
    """Seconds for each of these person records, asked about by what it says."""
    from engage.identities import queries
    from engage.identities.checking.asking import Asked

    build, viewing = opened.warehouse.current(), opened.viewing("safeguarding_child")
    cursor = build.analysis()
    rows = cursor.execute(
        "select p.forename, p.surname, p.birth_from_on, p.birth_until_on, p.sex, i.nhs_number from person_record p left join "
        "(select person_record_id, max(value) as nhs_number from identifier where kind = 'nhs_number' and is_valid group by 1) i "
        "on i.person_record_id = p.record_id where p.record_id in (select record_id from link_record where record_number in (select unnest($n)))",
        {"n": numbers},
    ).fetchall()
    cursor.close()
    taken = []
    for forename, surname, first, until, sex, number in rows:
        asked = Asked(
            forename or "", surname or "", first, until, sex if sex in ("female", "male") else "", nhs_number=number or ""
        )  # fmt: skip
        if not asked.is_empty:
            taken.append(timed(lambda asked=asked: queries.check(viewing=viewing, build=build, asked=asked)))
    return taken


def main() -> None:
    """Measure, and print two lines."""
    opened = open_for_command(Path(sys.argv[1]))
    from engage.identities.checking.laying import RECORDS
    from engage.identities.checking.looking import checks

    folder = opened.warehouse.current().folder
    with sqlite3.connect(folder / RECORDS) as records:
        count = records.execute("select max(rowid) from record").fetchone()[0]
    asked = random.Random(7).sample(  # noqa: S311
        range(1, count + 1), min(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
    )
    against = checks(folder)
    taken, bare, itself = [], [], 0
    for number in asked:
        (record,) = against.records([number])
        bare.append(timed(lambda number=number: list(against.records([number]))))
        started = time.perf_counter()
        near = against.near(record, least=0.0)
        taken.append(time.perf_counter() - started)
        itself += any(one.record_id == record["record_id"] for one in near)
    door = through_the_door(opened, asked)
    figures = {
        "door_p50_ms": p(door, 0.5), "door_p95_ms": p(door, 0.95),
        "records": count, "p50_ms": p(taken, 0.5), "p95_ms": p(taken, 0.95), "p99_ms": p(taken, 0.99), "bare_p95_ms": p(bare, 0.95),
        "ratio": p(taken, 0.95) / p(bare, 0.95), "found_itself": itself / len(asked),
    }  # fmt: skip
    print(
        f"one person checked against {count:,} records: p50 {figures['p50_ms']:.2f} ms, p95 {figures['p95_ms']:.2f} ms (aim 5), "
        f"{figures['ratio']:.0f} x reading one record; {figures['found_itself']:.1%} of the records asked about found themselves; "
        f"through the door p50 {figures['door_p50_ms']:.2f} ms, p95 {figures['door_p95_ms']:.2f} ms"
    )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
