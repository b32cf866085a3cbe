"""On the independent borough the worklist finds exploited children often enough, and before the police did."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from engage.picture.indicators.catalogue import load
from tests.integration.records.conftest import BOROUGH, ROOT, run


pytestmark = [
    pytest.mark.borough,
    pytest.mark.slow,
    pytest.mark.skipif(not BOROUGH.is_dir(), reason="the independent borough is not beside the project"),
]
MONTHS = [f"{year}-{month:02}-01" for year in (2024, 2025) for month in range(1, 13)]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def children() -> dict[str, dict[str, str]]:
    return {row["person_id"]: row for row in rows(BOROUGH / "truth" / "children.csv")}


@pytest.fixture(scope="module")
def who(borough_built: Path) -> dict[str, str]:
    """Whose most of each person's records are."""
    true = {
        (row["agency"], row["file"], row["source_id"]): row["person_id"]
        for row in rows(BOROUGH / "truth" / "identities.csv")
    }
    run("evaluate", "area", borough_built, "--truth", BOROUGH, "--out", borough_built / "answer")
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(borough_built / "answer" / "ids.csv"):
        person = true.get((row["agency"], row["file"], row["source_id"]))
        if person:
            votes[row["cluster_id"]][person] += 1
    return {cluster: count.most_common(1)[0][0] for cluster, count in votes.items()}


def order(found: list[dict[str, str]], who: dict[str, str]) -> list[str]:
    return [who.get(row["cluster_id"], "") for row in sorted(found, key=lambda row: int(row["rank"]))]


def test_the_default_order_finds_exploited_children(
    borough_built: Path, children: dict[str, dict[str, str]], who: dict[str, str]
) -> None:
    run("export", "worklist", borough_built, "--out", borough_built / "kids.csv")
    listed = order(rows(borough_built / "kids.csv"), who)
    exploited = {person for person, row in children.items() if row["exploited"] == "1"}
    hits, precision = set[str](), 0.0
    for place, person in enumerate(listed, start=1):
        if person in exploited and person not in hits:
            hits.add(person)
            precision += len(hits) / place
    assert precision / len(exploited) >= 0.45
    assert len(exploited & set(listed[: 2 * len(exploited)])) / len(exploited) >= 0.65


def test_monthly_lists_hold_children_before_the_police_investigate(
    borough_built: Path, children: dict[str, dict[str, str]], who: dict[str, str]
) -> None:
    days = [part for month in MONTHS for part in ("--as-of", month)]
    run("export", "worklist", borough_built, *days, "--out", borough_built / "asof.csv")
    found = rows(borough_built / "asof.csv")
    exploited = {person: row for person, row in children.items() if row["exploited"] == "1"}
    first: dict[str, str] = {}
    for month in MONTHS:
        top = order([row for row in found if row["as_of"] == month], who)[: len(exploited)]
        for person in top:
            if person in exploited and exploited[person]["onset_date"] <= month:
                first.setdefault(person, month)
    dates = {person: row["police_investigation_date"] for person, row in exploited.items()}
    before = [person for person, on in dates.items() if on and first.get(person, "9999") < on]
    assert len(before) >= 3


def test_each_of_the_borough_s_codes_is_mapped_to_an_indicator() -> None:
    codes = yaml.safe_load((ROOT / "examples" / "borough" / "codes.yaml").read_text(encoding="utf-8"))
    assert set(codes) == {row["code"] for row in rows(BOROUGH / "truth" / "text.csv")}
    assert set(codes.values()) <= set(load())
