"""Does a kill at any moment lose nothing acknowledged, and leave the last good picture served?

Each trial starts `engage receive` or `engage build` as a separate process and kills it outright at a random moment of its
usual length. Three trials of each in an ordinary run; ENGAGE_KILLS sets more.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


KILLS = int(os.environ.get("ENGAGE_KILLS", "3"))
SEED = int(os.environ.get("ENGAGE_KILL_SEED", "20260407"))

pytestmark = [pytest.mark.faults, pytest.mark.slow]


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


def moments(seed: int) -> list[float]:
    """As many moments as kills, as parts of the usual length: random, but early, middle and late ones each have their share."""
    chance = random.Random(seed)
    drawn = [(kill + chance.random()) / KILLS for kill in range(KILLS)]
    chance.shuffle(drawn)
    return drawn


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


def turned(files: list[str], trial: int, folder: Path) -> list[str]:
    """The files with the rows of each list in another order, so that every trial has something new to keep."""
    folder.mkdir(parents=True)
    for file in map(Path, files):
        content = file.read_bytes()
        if file.suffix == ".csv":
            lines = content.splitlines(keepends=True)
            turn = 1 + (trial + 1) % max(1, len(lines) - 1)
            content = b"".join([*lines[:1], *lines[turn:], *lines[1:turn]])
        (folder / file.name).write_bytes(content)
    return sorted(str(file) for file in folder.iterdir())


def deliveries(area: Path) -> dict[str, dict]:
    return {one["delivery_id"]: one for one in status(area)["deliveries"]}


def test_receive_loses_nothing_acknowledged(town, tmp_path):
    drawn, usual = moments(SEED), 0.0
    cut, told, sent_ever = 0, set(), set()
    for trial in range(KILLS + 1):
        agency, sent = receipts(town)[trial % len(receipts(town))]
        files = turned(sent, trial, tmp_path / str(trial) / agency)
        sent_ever.add(content_of(agency, files))
        words = ("receive", str(town), "--agency", agency, *files)
        if trial:
            before = deliveries(town)
            told |= set(acknowledged(killed_after(drawn.pop() * usual * 1.1, *words)))
            after = deliveries(town)
            assert before.items() <= after.items(), "an acknowledged delivery changed or went missing"
            assert told <= after.keys()
            assert all(one["verified"] for one in after.values())
            cut += len(after) == len(before)
        started = time.monotonic()
        to_the_end(*words)
        # How long it takes changes with what else the machine does.
        usual = time.monotonic() - started
    assert cut, "no kill came before a delivery was kept: this proved nothing"
    # All as they were written, and one of them again.
    for agency, files in [*receipts(town), receipts(town)[0]]:
        sent_ever.add(content_of(agency, files))
        to_the_end("receive", str(town), "--agency", agency, *files)
    finished = deliveries(town)
    assert len(finished) == len(sent_ever) > KILLS
    assert all(one["verified"] for one in finished.values())


def content_of(agency: str, files: list[str]) -> str:
    """What tells one delivery from another: whose it is, and every byte of it."""
    return agency + hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()


def acknowledged(output: str) -> list[str]:
    return [line.split()[1] for line in output.splitlines() if line.startswith("Received ")]


def test_a_killed_build_leaves_the_last_good_picture_and_the_same_ids(town):
    for agency, files in receipts(town):
        to_the_end("receive", str(town), "--agency", agency, *files)
    started = time.monotonic()
    to_the_end("build", str(town))
    usual = time.monotonic() - started
    good = status(town)["build"]
    for moment in moments(SEED + 1):
        killed_after(moment * usual * 1.1, "build", str(town))
        now = status(town)["build"]
        assert now["is_whole"]
        assert now["people"] == good["people"], "the same records must be the same people under the same ids"
    to_the_end("build", str(town))
    assert status(town)["build"]["people"] == good["people"]
