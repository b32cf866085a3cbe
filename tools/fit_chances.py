"""Fit the curve that says how often pairs of a weight are one person, on made-up towns of which the answer is known.

    python tools/fit_chances.py [--write] [--area FOLDER ...]

Towns of several sizes, seeds and layouts are made, received and built as a user would; every pair that the build compared is held
against the town's own answer; engage/identities/linking/chances.yaml is written with --write. One town that the fit never saw says how right
the curve is (Brier, reliability). With --area, areas made and built before (each with its folder `truth`) are used instead of
making the towns, the last of them as the unseen one. Fit it anew when comparisons, their shipped values or the refusals change.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import yaml

from engage.identities.evaluating import read_truth
from engage.identities.linking.calibrating import SHIPPED, Curve, Labelled, Reliability, fit, reliability
from engage.identities.measuring.pairs import compared, labelled
from engage.store.area import open_area
from engage.store.warehouse import Warehouse


# People (of the bulk layout: records), seed and layout of each town; the last one is not fitted on.
TOWNS = (
    (3_000, 11, "ashdown"),
    (6_000, 12, "birchmere"),
    (12_000, 13, "coldwater"),
    (6_000, 14, "dunmoor"),
    (24_000, 15, "ashdown"),
    (80_000, 9, "bulk"),
    (12_000, 17, "ashdown"),
)


def make(folder: Path, people: int, seed: int, layout: str) -> Path:
    """A town, received and built."""
    area = folder / f"{layout}-{seed}"
    engage = [sys.executable, "-m", "engage"]
    size = ["--records", str(people)] if layout == "bulk" else ["--people", str(people), "--layout", layout]
    words = [*size, "--seed", str(seed)]
    subprocess.run([*engage, "example", str(area), *words], check=True, stdout=subprocess.DEVNULL)
    for agency in sorted(f for f in (area / "sent").iterdir() if f.is_dir()):
        files = sorted(str(f) for f in agency.iterdir())
        receive = [*engage, "receive", str(area), "--agency", agency.name, *files]
        subprocess.run(receive, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*engage, "build", str(area)], check=True, **quiet)
    return area


def known_pairs(folder: Path) -> list[Labelled]:
    """The pairs that an area's build compared, with the answer."""
    cursor = Warehouse(open_area(folder)).current().analysis()
    try:
        return labelled(compared(cursor), read_truth(folder / "truth").person_of)
    finally:
        cursor.close()


def as_text(curve: Curve, towns: str) -> str:
    """The curve as the shipped file holds it."""
    kinds = {
        kind: [[round(s.first, 3), round(s.last, 3), round(s.chance, 5), s.pairs] for s in steps]
        for kind, steps in curve.steps.items()
    }
    head = (
        "# How often a pair of records of a kind and a weight is one person: see calibrating.py. Made by tools/fit_chances.py; do not edit.\n"
        "# A step is [lightest pair in bits, heaviest pair, share that was one person, pairs].\n"
    )
    said = yaml.safe_dump({"since": curve.since, "source": towns, "kinds": kinds}, sort_keys=False, width=140, default_flow_style=None)  # fmt: skip
    return head + said


def tell(found: Reliability) -> None:
    """Print how right the curve is on pairs that it never saw."""
    print(f"unseen: {found.pairs:,} pairs, {found.untold} untold, Brier {found.brier:.5f}")
    for one in found.bins:
        print(
            f"  said {one.least:.2f} to {one.most:.2f}: {one.pairs:>7,} pairs, mean {one.said:.3f}, were {one.found:.3f}"
        )


def main() -> None:
    """Make towns, fit, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--area", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="engage-fit-") as folder:
        areas = asked.area or [make(Path(folder), *town) for town in TOWNS]
        pairs = [known_pairs(area) for area in areas]
    towns = "; ".join(
        f"{people:,} {'records' if layout == 'bulk' else 'people'}, seed {seed}, {layout}"
        for people, seed, layout in TOWNS[:-1]
    )
    source = f"Counted by tools/fit_chances.py on made-up towns with a known answer ({towns}). They are no real town: people's judgements refine it."
    curve = fit(
        (pair for town in pairs[:-1] for pair in town), source=source, since=datetime.now(tz=UTC).date()
    )
    tell(reliability(pairs[-1], curve))
    if asked.write:
        SHIPPED.write_text(as_text(curve, source), encoding="utf-8")


if __name__ == "__main__":
    main()
