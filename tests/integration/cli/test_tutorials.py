"""Every command of the tutorials does what they say, typed as it stands there, in a small town made as `make demo` makes it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_once import small_town


pytestmark = pytest.mark.slow
TUTORIALS = Path(__file__).resolve().parents[3] / "docs" / "tutorials"
COMMAND = re.compile(r"`(engage [^`]+)`")


def engage(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "ENGAGE_OPERATOR": "", "ENGAGE_AREA": ""}
    command = [sys.executable, "-m", "engage", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with demo/area in it, received and built."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "demo").mkdir()
    small_town(folder / "demo" / "area")
    return folder


def commands() -> list[str]:
    texts = (file.read_text(encoding="utf-8") for file in sorted(TUTORIALS.glob("*.md")))
    return [" ".join(command.split()) for text in texts for command in COMMAND.findall(text)]


def test_the_tutorials_have_commands() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("command", commands())
def test_a_command_runs_as_it_is_written(beside: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    done = engage(beside, *(_somebody(beside) if word == "PERSON" else word for word in words))

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    if "--out" in words:
        assert (beside / words[words.index("--out") + 1]).stat().st_size > 1000


def _somebody(beside: Path) -> str:
    """Whoever a table that anybody may take away names first."""
    done = engage(beside, "export", "said", "demo/area", "--out", "said.csv")
    assert done.returncode == 0, done.stderr
    head, first, *_more = (beside / "said.csv").read_text(encoding="utf-8").splitlines()
    return first.split(",")[head.replace('"', "").split(",").index("person_id")].strip('"')
