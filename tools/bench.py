"""`make bench`: timings as ratios against a named baseline, both sides measured in this run, with peak memory.

    python tools/bench.py [--records 100000] [--records 1000000] [--rounds 3] [--only linking|build|errors|check|search|pages|texts|groups|charts|cases]

By default at 100,000 and at 1,000,000 person records with three events each, of which one in ten has a text, in three rounds; then linking alone at 5,000,000, once, and
search and check among one million people (1,800,000 records): hours. `--records` measures at these sizes and no others. `--only linking`
leaves the events out and builds nothing. An aim that is missed ends it with 1.

linking: the linking stage (clean, block, train, weigh, merge) against Splink alone with its documented settings on the same records,
         training included (tools/bench_splink.py). Aim 1.
saved:   the same with a model that was saved, against Splink's load, predict and cluster. Aim 1.5.
growth:  between two sizes, how many times as long linking takes, over how many times as many records there are. Aim 1.1.
build:   the whole build (exchange tables, linking, ids, texts, indicators, network, pages, swap) against the same baseline, where every text
         was read by a build before. Aim 4.
picture: the same without the network. Aim 3.
groups:  ten million lines of persons and events to groups, against the libraries' bare calls (tools/bench_groups.py). Aims 1.5 times, 60 s, 6 GiB.
errors:  at the smallest size, what is left of stock Splink's errors (tools/bench_errors.py). Aims 0.2 of its 1-F1, 0.15 of its Brier score.
check:   p95 of asking whether one person is known, against all records; the aim is 5 ms at a million (tools/bench_check.py).
search:  each kind of query: how often the right person is found, and p95 (aim 20 ms), against PostgreSQL's trigram index where that is
         installed (tools/bench_search.py).
charts:  p95 of a chart around the 200 busiest people, answered and laid out, against plain SQL that reads the same rows. Aim 150 ms (tools/bench_chart.py). In an area
         of its own, with the same records and with events that people share.
pages:   p95 of a person's page against p95 of a bare page of the same server. Aim 12.
cases:   in a made-up town of 4,000 people, whatever the sizes: p95 of each page of casework with 20,000 cases and 200,000 actions, against p95 of a bare page of the same
         server, and of a page of every route of the site that links lead to. Aim 15 (tools/bench_cases.py, tools/bench_every_page.py).

The two sides are run in turn, round by round, each in a process of its own; the ratio is of medians. Seconds are of this
machine and are printed only so that a ratio can be understood. With more than 1,000,000 records Splink is stopped once it has taken
so long that the aim is kept by a tenth: the ratio is then "at most".
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path


TOOLS = Path(__file__).resolve().parent
AIMS = {"linking": 1.0, "saved": 1.5, "build": 4.0, "picture": 3.0, "pages": 12.0}
GROWTH = 1.1
# Records of one million people; and so many for linking alone.
MILLION_PEOPLE, MOST = 1_800_000, 5_000_000
# With more records than these the baseline is not waited for beyond what the aim asks, and a tenth; and so long to start.
WAITED_FOR, BEYOND, START_UP = 1_000_000, 1.1, 10.0
CHECK_MS = 5.0
SEED = 20260407
CHART_MS = 150.0
# People of the made-up town whose pages are fetched.
TOWN = 4000
# In MiB, up to so many records: linking, and the whole build.
PEAKS = {"linking": ((1_000_000, 3 * 1024), (5_000_000, 6 * 1024)), "build": ((1_000_000, 6 * 1024),)}


def run(*words: str, patience: float | None = None) -> dict[str, float]:
    """Run a measuring process; its last line is JSON. One that has not ended after `patience` seconds is stopped: it took at least so long."""
    wait = None if patience is None else patience + START_UP
    try:
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, check=False, timeout=wait
        )
    except subprocess.TimeoutExpired:
        return {"seconds": patience or 0.0, "stopped": 1.0}
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


missed: list[str] = []


def say(line: str) -> None:
    """Print a line; one that tells of a missed aim is kept."""
    print(line, flush=True)
    if any(word in line for word in ("OVER", "MISSED", "NO)")):
        missed.append(line)


def prepare(folder: Path, records: int, *, people_only: bool, is_shared: bool = False) -> Path:
    """An area with that many bare person records, received: with three events each, and built once; or `people_only`. `is_shared`: with events that people share as well."""
    area = folder / f"{'shared' if is_shared else 'area'}-{records}"
    if is_shared:
        # No option of `engage example`: nothing else has a use for it.
        from engage.example.bulk import make_bulk

        make_bulk(area, seed=SEED, records=records, is_shared=True)
    else:
        engage(["example", str(area), "--records", str(records), "--seed", str(SEED)])
    receive(area, people_only=people_only)
    if not people_only:
        engage(["build", str(area)])
    return area


def receive(area: Path, *, people_only: bool = False) -> None:
    """Take in what a made-up town's agencies send."""
    for agency in sorted(f for f in (area / "sent").iterdir() if f.is_dir()):
        files = sorted(str(f) for f in agency.iterdir() if not people_only or f.stem == "persons")
        engage(["receive", str(area), "--agency", agency.name, *files])


def show(*words: str) -> None:
    """Run a measuring process and let it print, all but a last line of JSON."""
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if not line.startswith("{"):
                say(line.rstrip())
    if running.returncode:
        raise SystemExit(f"{' '.join(words)} failed: see above")


def engage(words: list[str]) -> None:
    """Run a command of Engage's, quietly."""
    done = subprocess.run(
        [sys.executable, "-m", "engage", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"engage {' '.join(words)} failed:\n{done.stderr}")


Side = list[dict[str, float]]


def compare(name: str, records: int, ours: Side, theirs: Side) -> None:
    """Print one line: the ratio of medians, its aim, and what it is made of."""
    mine, other = (statistics.median(r["seconds"] for r in side) for side in (ours, theirs))
    verdict = "within" if mine / other <= AIMS[name] else "OVER"
    is_stopped = any("stopped" in side for side in theirs)
    say(
        f"{name:8} {records:>9,} records: {'at most ' * is_stopped}{mine / other:5.2f} x Splink alone (aim {AIMS[name]}, {verdict}); "
        f"{mine:.1f} s against {other:.1f} s{' and not ended' * is_stopped}, {_peak(name, records, ours)}, {len(ours)} rounds in turn"
    )


def _peak(name: str, records: int, ours: Side) -> str:
    peak = max(r["peak_mib"] for r in ours)
    for most, limit in PEAKS["build" if name in ("build", "picture") else "linking"]:
        if records <= most:
            return f"peak {peak:,.0f} MiB (under {limit:,}: {'yes' if peak < limit else 'NO'})"
    return f"peak {peak:,.0f} MiB"


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--only",
        choices=[
            "linking",
            "build",
            "errors",
            "check",
            "search",
            "pages",
            "texts",
            "groups",
            "charts",
            "cases",
        ],
    )
    parser.add_argument(
        "--folder", help="where areas are made; by default the system's folder for temporary files"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="engage-bench-", dir=asked.folder) as folder:
        if asked.only != "cases":
            took = by_size(Path(folder), asked)
            growth(took)
        if asked.only in (None, "cases"):
            cases(Path(folder))
    if missed:
        raise SystemExit("Missed:\n" + "\n".join(missed))


def by_size(folder: Path, asked: argparse.Namespace) -> dict[int, float]:
    """What is measured at several sizes; how long linking took at each."""
    took: dict[int, float] = {}
    sizes = asked.records or [100_000, 1_000_000]
    for records in sizes:
        if asked.only in (None, "charts"):
            charts(folder, records)
        if asked.only == "charts":
            continue
        area = prepare(folder, records, people_only=asked.only == "linking")
        if asked.only in (None, "linking", "build"):
            took[records] = measure(area, records, asked)
        extras(area, records, asked, is_least=records == min(sizes))
    if asked.only in (None, "pages"):
        pages(area)
    if not asked.records:
        largest(folder, asked, took)
    return took


def largest(folder: Path, asked: argparse.Namespace, took: dict[int, float]) -> None:
    """Search and check among one million people; linking alone at the most records, once."""
    if asked.only in (None, "search", "check"):
        area = prepare(folder, MILLION_PEOPLE, people_only=False)
        extras(area, MILLION_PEOPLE, asked, is_least=False)
        shutil.rmtree(area)
    if asked.only in (None, "linking"):
        once = argparse.Namespace(only="linking", rounds=1)
        took[MOST] = measure(prepare(folder, MOST, people_only=True), MOST, once)


def cases(folder: Path) -> None:
    """All pages of a town with casework in it, from the real server."""
    town = folder / "town"
    # Bare records hold nothing of what most pages show.
    engage(["example", str(town), "--people", str(TOWN), "--seed", str(SEED)])
    receive(town)
    engage(["build", str(town)])
    show(str(TOOLS / "bench_cases.py"), str(town))
    show(str(TOOLS / "bench_every_page.py"), str(town))


def pages(area: Path) -> None:
    """A person's page beside a bare one."""
    figures = run(str(TOOLS / "bench_pages.py"), str(area))
    verdict = "within" if figures["ratio"] <= AIMS["pages"] else "OVER"
    say(
        f"pages: a person's page takes {figures['ratio']:.1f} x a bare page at p95 (aim {AIMS['pages']}, {verdict}); "
        f"{figures['person_ms']:.1f} ms against {figures['bare_ms']:.1f} ms, {figures['requests']:.0f} requests each, in turn"
    )


def charts(folder: Path, records: int) -> None:
    """A chart around the busiest people."""
    area = prepare(folder, records, people_only=False, is_shared=True)
    figures = run(str(TOOLS / "bench_chart.py"), str(area))
    verdict = "within" if figures["with_layout_p95"] <= CHART_MS else "OVER"
    say(
        f"charts   {records:>9,} records: p95 {figures['with_layout_p95']:.0f} ms (aim {CHART_MS:.0f}, {verdict}), {figures['ratio']:.1f} x reading the same rows, "
        f"{figures['charts']:.0f} charts of {figures['nodes_median']:.0f} nodes in the middle and {figures['nodes_most']:.0f} at most"
    )
    shutil.rmtree(area)


def extras(area: Path, records: int, asked: argparse.Namespace, *, is_least: bool) -> None:
    """Errors at the smallest size, searches, and the check of one person."""
    if asked.only in (None, "texts") and is_least:
        show(str(TOOLS / "bench_texts.py"))
    if asked.only in (None, "groups") and is_least:
        show(str(TOOLS / "bench_groups.py"))
    if asked.only in (None, "errors") and is_least:
        show(str(TOOLS / "bench_errors.py"), "--area", str(area))
    if asked.only in (None, "search"):
        say(f"search   {records:,} records:")
        show(str(TOOLS / "bench_search.py"), str(area), "--trigram")
    if asked.only in (None, "check"):
        figures = run(str(TOOLS / "bench_check.py"), str(area))
        verdict = "within" if figures["p95_ms"] <= CHECK_MS else "OVER"
        say(
            f"check    {records:>9,} records: p95 {figures['p95_ms']:.2f} ms (aim {CHECK_MS}, {verdict}), {figures['ratio']:.0f} x reading one record; "
            f"through the page's door {figures['door_p95_ms']:.0f} ms"
        )


def measure(area: Path, records: int, asked: argparse.Namespace) -> float:
    """Linking with and without training, and the whole build, against Splink alone, in turn. Return linking's median seconds."""
    stages, store = str(TOOLS / "bench_stages.py"), area / "exchange.duckdb"
    run(stages, "exchange", str(area), str(store))
    run(stages, "export", str(area), str(store), str(area / "records.parquet"))
    theirs: dict[str, Side] = {"linking": [], "saved": []}
    ours: dict[str, Side] = {"linking": [], "saved": [], "picture": [], "build": []}
    for _ in range(asked.rounds):
        in_turn(area, records, asked.only, ours, theirs)
    store.unlink()
    for name, against in (
        ("linking", "linking"),
        ("saved", "saved"),
        ("picture", "linking"),
        ("build", "linking"),
    ):
        if ours[name] and theirs[against]:
            compare(name, records, ours[name], theirs[against])
        elif ours[name]:
            say(f"{name:8} {records:>9,} records: not compared, Splink had not trained a model by then")
    return statistics.median(r["seconds"] for r in ours["linking"] or [{"seconds": 0.0}])


def in_turn(
    area: Path, records: int, only: str | None, ours: dict[str, Side], theirs: dict[str, Side]
) -> None:
    """One round: each side with training, then with the model it saved; then the whole build."""
    stages, splink, exported = str(TOOLS / "bench_stages.py"), str(TOOLS / "bench_splink.py"), area / "records.parquet"  # fmt: skip
    models = area / "splink.json", area / "model.json"
    for model in models:
        model.unlink(missing_ok=True)
    for name in theirs:
        if only != "build":
            ours[name].append(run(stages, "linking", str(area), str(area / "exchange.duckdb"), str(models[1])))  # fmt: skip
        if name == "linking" or models[0].is_file():
            patience = _patience(name, records, ours[name])
            theirs[name].append(run(splink, str(exported), str(models[0]), patience=patience))
            shutil.rmtree(f"{exported}.spill", ignore_errors=True)
    if only != "linking":
        for name in ("picture", "build"):
            ours[name].append(run(stages, name, str(area)))


def _patience(name: str, records: int, ours: Side) -> float | None:
    """How long the baseline is waited for, in seconds; None until it ends."""
    return BEYOND * ours[-1]["seconds"] / AIMS[name] if ours and records > WAITED_FOR else None


def growth(took: dict[int, float]) -> None:
    """Print how linking's time grows from each size to the next."""
    sizes = sorted(records for records, seconds in took.items() if seconds)
    for less, more in itertools.pairwise(sizes):
        factor = (took[more] / took[less]) / (more / less)
        verdict = "within" if factor <= GROWTH else "OVER"
        say(
            f"growth   {less:>9,} to {more:,} records: time grows {factor:.2f} x as fast as records (aim {GROWTH}, {verdict})"
        )


if __name__ == "__main__":
    main()
