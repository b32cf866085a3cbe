"""Does a kill at any moment lose nothing acknowledged, and leave the last good picture served?

Each trial starts `engage receive` or `engage build` as a separate process and kills it outright at a random moment of its
usual length. Five trials of each in an ordinary run; ENGAGE_KILLS sets more.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


KILLS = int(os.environ.get("ENGAGE_KILLS", "5"))
SEED = int(os.environ.get("ENGAGE_KILL_SEED", "20260407"))

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.xdist_group("faults")]


def engage(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "engage", *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def to_the_end(*words: str) -> str:
    process = engage(*words)
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0, output
    return output


def killed_after(seconds: float, *words: str) -> str:
    process = engage(*words)
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate(timeout=60)
    return output


def status(area: Path) -> dict:
    return json.loads(to_the_end("status", str(area), "--json"))


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    """A small made-up town whose extracts are written but not yet received."""
    folder = tmp_path_factory.mktemp("town") / "area"
    to_the_end("example", str(folder), "--people", "400", "--seed", "11")
    return folder


def receipts(area: Path) -> list[tuple[str, list[str]]]:
    sent = area / "sent"
    return [
        (folder.name, sorted(str(f) for f in folder.iterdir()))
        for folder in sorted(sent.iterdir())
        if folder.is_dir()
    ]


def test_receive_loses_nothing_acknowledged(town):
    chance = random.Random(SEED)
    usual = None
    for trial in range(KILLS):
        agency, files = receipts(town)[trial % len(receipts(town))]
        words = ("receive", str(town), "--agency", agency, *files)
        if usual is None:
            started = time.monotonic()
            to_the_end(*words)
            usual = time.monotonic() - started
            continue
        before = {d["delivery_id"]: d for d in status(town)["deliveries"]}
        output = killed_after(chance.uniform(0.05, usual * 1.1), *words)
        after = {d["delivery_id"]: d for d in status(town)["deliveries"]}
        assert before.items() <= after.items(), "an acknowledged delivery changed or went missing"
        assert all(d["verified"] for d in after.values())
        assert all(delivery in after for delivery in acknowledged(output))
    for agency, files in receipts(town):
        to_the_end("receive", str(town), "--agency", agency, *files)
        to_the_end("receive", str(town), "--agency", agency, *files)
    finished = status(town)["deliveries"]
    assert sorted(d["agency"] for d in finished) == sorted(agency for agency, _ in receipts(town))
    assert all(d["verified"] for d in finished)


def acknowledged(output: str) -> list[str]:
    return [line.split()[1] for line in output.splitlines() if line.startswith("Received ")]


def test_a_killed_build_leaves_the_last_good_picture_and_the_same_ids(town):
    for agency, files in receipts(town):
        to_the_end("receive", str(town), "--agency", agency, *files)
    started = time.monotonic()
    to_the_end("build", str(town))
    usual = time.monotonic() - started
    good = status(town)["build"]
    chance = random.Random(SEED + 1)
    for _ in range(KILLS):
        killed_after(chance.uniform(0.1, usual * 1.1), "build", str(town))
        now = status(town)["build"]
        assert now["is_whole"]
        assert now["people"] == good["people"], "the same records must be the same people under the same ids"
    to_the_end("build", str(town))
    assert status(town)["build"]["people"] == good["people"]
