"""`engage clocks check` reads an area's clocks, says what is wrong in them, and lists what counts."""

from __future__ import annotations

import pytest

from engage.casework.clocks.catalogue import ClockWrong
from engage.cli.clocks import check
from engage.store.area import Area


OWN = "{code: C3, is_local: true, whose: Weirshire, effective: 2026-06-01, length: 12 clock_hour}"


def test_it_lists_the_clocks_that_count(
    area: Area, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (area.folder / "clocks").mkdir()
    (area.folder / "clocks" / "c3.yaml").write_text(OWN, encoding="utf-8")
    check(area.folder)
    said = capsys.readouterr().out
    (ours,) = [line for line in said.splitlines() if "Weirshire" in line]
    assert "12 clock hours" in ours
    assert "2026-06-01" in ours
    assert "38 clocks, all right." in said
    assert "Working days: england, holidays" in said
    assert "counted beside C5" in said


def test_every_wrong_file_is_told_with_its_remedy(area: Area, capsys: pytest.CaptureFixture[str]) -> None:
    (area.folder / "clocks").mkdir()
    for name, written in (
        ("c3", OWN.replace("12 clock_hour", "half a day")),
        ("c5", "{code: C5, which: any}"),
    ):
        (area.folder / "clocks" / f"{name}.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(ClockWrong, match=r"c5\.yaml") as error:
        check(area.folder)
    assert "is_local: true" in str(error.value.remedy)
    assert (
        "c3.yaml cannot be used for clocks: “length: half a day”. Write a number and a unit"
        in capsys.readouterr().out
    )
