"""An area with one small mapping, and files to send; and the independent borough, where it is beside the project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engage.store.area import Area
from tests.made_once import made_once


ROOT = Path(__file__).resolve().parents[3]
BOROUGH = ROOT.parent / "shared" / "borough"
AGENCIES = ("charity", "childrens_services", "education", "health", "police")

MAPPING = """
mapping: people
version: 1
agency: police
agreement: {agreement}
purpose: {purpose}
cohort: {cohort}
files:
  people:
    id: ref
    makes:
      - person: {{surname: surname, forename: forename, born: born}}
"""
PEOPLE = "ref,surname,forename,born\n1,Ash,Demi,24/12/2009\n2,Birchgrove,Sam,unknown day\n3,Cole,Jo,2010\n"


@pytest.fixture
def mapped(area: Area) -> Callable[..., Area]:
    """Put the mapping into the area, with another agreement, purpose or cohort if named."""

    def put(**other: str) -> Area:
        values = {"agreement": "ISA-1", "purpose": "safeguarding_child", "cohort": "case", **other}
        (area.mappings_folder / "people.yaml").write_text(MAPPING.format(**values), encoding="utf-8")
        return area

    return put


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Three people as an agency sent them."""
    file = tmp_path / "sent" / "people.csv"
    file.parent.mkdir()
    file.write_text(PEOPLE, encoding="utf-8")
    return file


def run(*words: object) -> str:
    """What a command prints; it must succeed."""
    command = [sys.executable, "-m", "engage", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sent_by(agency: str) -> list[Path]:
    """The borough's files of one agency."""
    return sorted(file for file in (BOROUGH / agency).iterdir() if file.is_file())


@pytest.fixture(scope="module")
def borough_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the borough's area, received and built by the commands."""
    folder = tmp_path_factory.mktemp("borough") / "area"
    shutil.copytree(made_once("the borough", _make_borough), folder)
    return folder


def _make_borough(folder: Path) -> None:
    shutil.copytree(ROOT / "examples" / "borough", folder, dirs_exist_ok=True)
    for agency in AGENCIES:
        run("receive", folder, "--agency", agency, *sent_by(agency))
    run("build", folder)
