"""`make bench`: timings as ratios against a named baseline, both sides measured in this run, with peak memory.

    python tools/bench.py [--records 100000] [--records 1000000] [--rounds 3] [--only linking|build|check|pages]

By default at 100,000 and at 1,000,000 person records with three events each; the larger takes a quarter of an hour a round.

linking: the linking stage (clean, block, weigh, merge) against Splink alone with its documented settings on the same records
         (tools/bench_splink.py). Aim 1.5.
build:   the whole build (exchange tables, linking, ids, pages, swap) against the same baseline. Aim 3.
check:   p95 of asking whether one person is known, against all records; the aim is 5 ms at a million (tools/bench_check.py).
pages:   p95 of a person's page against p95 of a bare page of the same server. Aim 12.

The two sides are run in turn, round by round, each in a process of its own; the ratio is of medians. Seconds are of this
machine and are printed only so that a ratio can be understood.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path


TOOLS = Path(__file__).resolve().parent
AIMS = {"linking": 1.5, "build": 3.0, "pages": 12.0}
CHECK_MS = 5.0
PEAK_MIB = 6 * 1024


def run(*words: str) -> dict[str, float]:
    """Run a measuring process; its last line is JSON."""
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def prepare(folder: Path, records: int) -> Path:
    """An area with that many bare person records, three events each, received and built once."""
    area = folder / f"area-{records}"
    engage = [sys.executable, "-m", "engage"]
    subprocess.run(
        [*engage, "example", str(area), "--records", str(records)], check=True, stdout=subprocess.DEVNULL
    )
    for agency in sorted(f for f in (area / "sent").iterdir() if f.is_dir()):
        files = sorted(str(f) for f in agency.iterdir())
        subprocess.run(
            [*engage, "receive", str(area), "--agency", agency.name, *files],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    subprocess.run(
        [*engage, "build", str(area)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return area


def compare(name: str, records: int, ours: list[dict[str, float]], theirs: list[dict[str, float]]) -> None:
    """Print one line: the ratio of medians, its aim, and what it is made of."""
    mine, other = (statistics.median(r["seconds"] for r in side) for side in (ours, theirs))
    peak = max(r["peak_mib"] for r in ours)
    verdict = "within" if mine / other <= AIMS[name] else "OVER"
    print(
        f"{name:8} {records:>9,} records: {mine / other:5.2f} x Splink alone (aim {AIMS[name]}, {verdict}); "
        f"{mine:.1f} s against {other:.1f} s, peak {peak:,.0f} MiB (under {PEAK_MIB:,}: {'yes' if peak < PEAK_MIB else 'NO'}), {len(ours)} rounds in turn"
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=sorted([*AIMS, "check"]))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="engage-bench-") as folder:
        for records in asked.records or [100_000, 1_000_000]:
            area = prepare(Path(folder), records)
            if asked.only in (None, "linking", "build"):
                measure(area, records, asked)
            if asked.only in (None, "check"):
                figures = run(str(TOOLS / "bench_check.py"), str(area))
                verdict = "within" if figures["p95_ms"] <= CHECK_MS else "OVER"
                print(
                    f"check    {records:>9,} records: p95 {figures['p95_ms']:.2f} ms (aim {CHECK_MS}, {verdict}), {figures['ratio']:.0f} x reading one record"
                )
        if asked.only in (None, "pages"):
            figures = run(str(TOOLS / "bench_pages.py"), str(area))
            verdict = "within" if figures["ratio"] <= AIMS["pages"] else "OVER"
            print(
                f"pages: a person's page takes {figures['ratio']:.1f} x a bare page at p95 (aim {AIMS['pages']}, {verdict}); "
                f"{figures['person_ms']:.1f} ms against {figures['bare_ms']:.1f} ms, {figures['requests']:.0f} requests each, in turn"
            )


def measure(area: Path, records: int, asked: argparse.Namespace) -> None:
    """Linking and the whole build against Splink alone, in turn."""
    exported = area.parent / f"records-{records}.parquet"
    run(str(TOOLS / "bench_stages.py"), "export", str(area), str(exported))
    sides: dict[str, list[dict[str, float]]] = {"splink": [], "linking": [], "build": []}
    for _ in range(asked.rounds):
        sides["splink"].append(run(str(TOOLS / "bench_splink.py"), str(exported)))
        for name in ("linking", "build"):
            if asked.only in (None, name):
                sides[name].append(run(str(TOOLS / "bench_stages.py"), name, str(area)))
    for name in ("linking", "build"):
        if sides[name]:
            compare(name, records, sides[name], sides["splink"])


if __name__ == "__main__":
    main()
