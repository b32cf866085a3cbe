"""What several tests need and none changes is made once in a run of the tests, by whichever worker asks for it first.

A made-up area takes a second to lay out and seconds to link; the workers of a run, and the run on PostgreSQL after the one on
SQLite, draw the same again and again. Each takes a copy of the folder that the first of them made.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp


ROOT = Path(__file__).resolve().parents[1]
# Names the folder; workers, and whoever starts several runs one after the other, hand it down.
FOLDER = "ENGAGE_TESTS_MADE"


def begin() -> Path | None:
    """Have a folder for what is made in this run. Returns it where it is this process's own, to clear away at the end."""
    if os.environ.get(FOLDER):
        return None
    os.environ[FOLDER] = mkdtemp(prefix="made")
    return Path(os.environ[FOLDER])


def made_once(what: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` filled, or fills now, for `what`: all that it depends on, as text. Nobody writes into it afterwards. When
    `make` fails nothing is kept."""
    made = Path(os.environ[FOLDER]) / hashlib.sha256(what.encode()).hexdigest()
    if not made.exists():
        with made.with_suffix(".lock").open("w") as lock:
            # Whoever comes meanwhile waits here, and finds it made.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                aside = made.with_suffix(".part")
                shutil.rmtree(aside, ignore_errors=True)
                aside.mkdir()
                make(aside)
                aside.rename(made)
    return made


def small_town(folder: Path) -> None:
    """Have this folder, which is not there yet, be the area of the smallest made-up town, made, received and built by the commands."""
    shutil.copytree(made_once("the smallest town", _make_town) / "area", folder)


_LET_WORK = """
import json, sys
from pathlib import Path
from engage.cli.opening import open_for_command
opened = open_for_command(Path(sys.argv[1]))
from engage.cli.demo import let_the_team_work
let_the_team_work(opened)
"""


def town_at_work(folder: Path) -> None:
    """Have this folder, which is not there yet, be the smallest made-up town in the middle of its team's week."""

    def make(aside: Path) -> None:
        small_town(aside / "area")
        python("-c", _LET_WORK, str(aside / "area"))

    shutil.copytree(made_once("the smallest town's week", make) / "area", folder)


def _make_town(aside: Path) -> None:
    folder = aside / "area"
    engage("example", str(folder), "--people", "300")
    for agency in sorted(f for f in (folder / "sent").iterdir() if f.is_dir()):
        engage("receive", str(folder), "--agency", agency.name, *sorted(str(f) for f in agency.iterdir()))
    engage("build", str(folder))


def engage(*words: str) -> None:
    """Run a command; it must succeed."""
    python("-m", "engage", *words)


def python(*words: str) -> str:
    """Run Python in a process of its own, which opens areas of its own; what it printed. It must succeed."""
    environment = {**os.environ, "ENGAGE_OPERATOR": "", "ENGAGE_AREA": "", "ENGAGE_DEMO": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
