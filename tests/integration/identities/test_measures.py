"""Are our measures those of the independent scorer, figure for figure?"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engage.identities.evaluating import ID_COLUMNS, TruthWrong, measure, read_truth


SHARED = Path(__file__).resolve().parents[4] / "shared"


def test_a_small_town_by_hand(tmp_path: Path) -> None:
    (tmp_path / "identities.csv").write_text(
        "agency,file,source_id,person_id,kind\np,f,1,A,full\np,f,2,A,full\nh,f,3,A,full\nh,f,4,B,partial\nh,f,5,B,full\n",
        encoding="utf-8",
    )
    (tmp_path / "hard_negatives.csv").write_text(
        "person_id_1,person_id_2,type\nA,B,twins\n", encoding="utf-8"
    )
    found = measure(
        {("p", "f", "1"): "x", ("p", "f", "2"): "x", ("h", "f", "3"): "y", ("h", "f", "4"): "y"},
        read_truth(tmp_path),
    )
    assert (found.records, found.left_out) == (5, 1)
    assert (found.pairs.precision, found.pairs.recall) == (0.5, 0.25)
    assert (found.across_agencies.precision, found.across_agencies.recall) == (0.0, 0.0)
    assert found.wrongly_joined == {"twins": (1, 1)}
    assert found.missed == {"full and full": 2, "full and partial": 1}
    assert found.wrong == {"full and partial": 1}


def test_a_folder_without_an_answer_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TruthWrong, match=r"identities\.csv"):
        read_truth(tmp_path)


@pytest.mark.borough
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the independent borough is not beside the project")
def test_the_figures_are_the_scorers(tmp_path: Path) -> None:
    truth = read_truth(SHARED / "borough" / "truth")
    # A crude join with errors of every kind: by the person's id without its last sign, and each ninth record alone.
    groups = {
        key: person[:-1] if number % 9 else f"alone{number}"
        for number, (key, person) in enumerate(truth.person_of.items())
    }
    groups.popitem()
    with (tmp_path / "ids.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([ID_COLUMNS, *((*key, group) for key, group in groups.items())])
    words = [
        "--truth",
        str(SHARED / "borough" / "truth"),
        "--identities",
        str(tmp_path / "ids.csv"),
        "--json",
        str(tmp_path / "r.json"),
    ]
    subprocess.run(
        [sys.executable, str(SHARED / "evaluate" / "score.py"), *words], check=True, capture_output=True
    )
    theirs = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["identities"]
    ours = measure(groups, truth)
    for name, rates in {
        "pairwise": ours.pairs, "pairwise_across_agencies": ours.across_agencies,
        "pairwise_without_partial_records": ours.without_partials, "b_cubed": ours.b_cubed,
    }.items():  # fmt: skip
        assert theirs[name] == {
            "precision": round(rates.precision, 4),
            "recall": round(rates.recall, 4),
            "f1": round(rates.f1, 4),
        }
    assert theirs["records_missing_from_output"] == ours.left_out == 1
    assert theirs["hard_negatives_wrongly_joined"] == {
        kind: f"{a} of {b}" for kind, (a, b) in ours.wrongly_joined.items()
    }
