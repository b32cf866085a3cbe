"""How many errors are left, beside those of stock Splink on the same records of the example town?

    python tools/bench_errors.py [--records 100000] [--area AREA]

Stock Splink is as in tools/bench_splink.py: its library's comparisons, one for each column, its own training, connected components, at
whichever of four thresholds gives it the best F1. Error is 1 - F1 over pairs of records after clustering. Brier is the mean squared
difference between the chance said of a pair and whether it was one person, over the pairs that each side scored (Splink: those of one
in a hundred and more; Engage: those a build keeps, by the chance that its pages show). Also what the keys lost and cost.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from splink import DuckDBAPI, Linker, block_on


TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))
import bench  # noqa: E402
import bench_splink  # noqa: E402


AIMS = {"1-F1": 0.2, "Brier": 0.15}
THRESHOLDS = (0.5, 0.9, 0.95, 0.99)


def stock(file: Path, truth: Path) -> dict[str, float]:
    """Stock Splink's best F1 over pairs after clustering, and its Brier score."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    con = api.duckdb_con
    con.execute(f"create table person as select * from read_parquet('{file}')")
    con.execute(
        "create table answer as select r.record_id, t.person_id from person r join read_csv('"
        f"{truth / 'identities.csv'}', all_varchar = true) t on r.record_id like '%:' || t.agency || ':' || t.file || ':' || t.source_id "
        "and split_part(r.record_id, ':', 2) = t.agency and split_part(r.record_id, ':', 4) = t.source_id"
    )
    linker = Linker(api.register("person"), bench_splink.settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("forename", "surname", "birth_on")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("forename", "surname"), block_on("birth_on")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=2e6)
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    pairs = predicted.physical_name
    brier = con.execute(
        f"select avg(power(match_probability - (a.person_id = b.person_id)::int, 2)) from {pairs} p "
        "join answer a on a.record_id = p.record_id_l join answer b on b.record_id = p.record_id_r"
    ).fetchall()[0][0]
    best = 0.0
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        )
        best = max(best, _f1(con, f"select record_id, cluster_id as cluster from {clusters.physical_name}"))
    return {"f1": best, "brier": brier}


def _f1(con: Any, groups: str) -> float:
    """F1 over pairs of records in one group."""
    count = "select coalesce(sum(n * (n - 1) / 2), 0) from (select count(*) as n from ({}) join answer using (record_id) group by {})"
    right, joined, true = (
        float(con.execute(count.format(groups, by)).fetchall()[0][0])
        for by in ("cluster, person_id", "cluster", "person_id")
    )
    return 2 * right / (joined + true)


def ours(area: Path) -> dict[str, float]:
    """What `engage evaluate` says of the area."""
    done = subprocess.run(
        [sys.executable, str(TOOLS / "bench_errors.py"), "--measure", str(area)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(area: Path) -> None:
    """Print our figures as JSON: in a process of its own, since an area is opened once in each."""
    from engage.cli.opening import open_for_command

    opened = open_for_command(area)
    from engage.identities import queries
    from engage.identities.measuring.answer import read_answer

    found = queries.figures(
        viewing=opened.viewing(), build=opened.warehouse.current(), answer=read_answer(area / "truth")
    )
    print(
        json.dumps(
            {
                "f1": found.measures.pairs.f1,
                "brier": found.certainty.brier,
                "lost": found.lost.lost / max(found.lost.true_pairs, 1),
                "per_record": found.lost.per_record,
            }
        )
    )


def main() -> None:
    """Measure both sides and print a line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--area", type=Path)
    parser.add_argument("--measure", type=Path)
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.measure)
        return
    with tempfile.TemporaryDirectory(prefix="engage-bench-") as folder:
        area = asked.area or bench.prepare(Path(folder), asked.records, people_only=False)
        stages, store, file = (
            str(TOOLS / "bench_stages.py"),
            Path(folder) / "exchange.duckdb",
            Path(folder) / "records.parquet",
        )
        bench.run(stages, "exchange", str(area), str(store))
        bench.run(stages, "export", str(area), str(store), str(file))
        theirs, mine = stock(file, area / "truth"), ours(area)
    for name, one, other in (
        ("1-F1", 1 - mine["f1"], 1 - theirs["f1"]),
        ("Brier", mine["brier"], theirs["brier"]),
    ):
        verdict = "within" if one / other <= AIMS[name] else "OVER"
        print(
            f"errors   {name:6} {one / other:.3f} of stock Splink's (at most {AIMS[name]}, {verdict}): {one:.5f} against {other:.5f}"
        )
    print(
        f"errors   keys bring {1 - mine['lost']:.4f} of the pairs of one person together, at {mine['per_record']:.2f} pairs for each record (aim: 0.98 at 3)"
    )


if __name__ == "__main__":
    main()
