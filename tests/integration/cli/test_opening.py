"""Is the decided store brought up to date once, however many commands begin at the same moment?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from engage.store.area import Area
from tests.house.tree import ROOT


pytestmark = pytest.mark.slow


def test_of_commands_that_begin_at_once_after_an_update_each_does_its_work(area: Area) -> None:
    command = [sys.executable, "-m", "engage", "status", str(area.folder)]
    environment = {**os.environ, "ENGAGE_AREA": "", "ENGAGE_OPERATOR": "", "DATABASE_URL": ""}
    some = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(3)
    ]
    said = [one.communicate(timeout=300)[0].decode() for one in some]
    assert [one.returncode for one in some] == [0, 0, 0], said
