"""The demo measures its town against the town's own truth, and goes on without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engage.cli import building, demo, serve
from engage.cli.opening import open_for_command
from engage.identities.models import Measurement


pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a demo is made that serves nothing."""
    for name in ("ENGAGE_AREA", "ENGAGE_DEMO", "ENGAGE_OPERATOR"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(serve, "serve", lambda *_, **__: None)
    return tmp_path / "town"


def test_a_demo_says_how_right_its_joins_are_each_time_and_without_a_truth_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.demo(folder, people=300, port=8000)
    said = " ".join(capsys.readouterr().out.split())
    assert re.search(r"Held against the known answer “town”, \d+\.\d% of what was joined is right", said), (
        said
    )
    assert Measurement.objects.get().figures["groups"]

    (folder / "truth").rename(folder / "kept")
    demo.demo(folder, people=300, port=8000)
    said = " ".join(capsys.readouterr().out.split())
    assert "Of an earlier build, held against the known answer “town”" in said
    assert Measurement.objects.count() == 1

    (folder / "kept").rename(folder / "truth")
    opened = open_for_command(folder)
    demo.measure(opened)
    assert Measurement.objects.count() == 2
    building.print_brief(opened)
    assert "Held against the known answer “town”" in " ".join(capsys.readouterr().out.split())


def test_a_truth_that_cannot_be_used_is_told_and_no_more(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "truth").mkdir(parents=True)
    (folder / "area.yaml").write_text(
        "code: zz\nname: Nowhere\nagencies: {}\nagreements: {}\n", encoding="utf-8"
    )
    (folder / "mappings").mkdir()
    opened = open_for_command(folder)
    building.make(opened)
    demo.measure(opened)
    assert "The joins were not measured" in capsys.readouterr().err
    building.print_brief(opened)
    assert "known answer" not in capsys.readouterr().out
