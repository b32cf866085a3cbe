"""Is every CSV file that a command writes free of formulas, and are numbers and phone numbers left as they are?"""

from __future__ import annotations

from pathlib import Path

from engage.picture.exporting import write_rows


def test_a_text_that_a_spreadsheet_would_run_is_written_as_text_and_nothing_else_is_changed(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out.csv"
    write_rows(
        out,
        ("name", "phone", "score"),
        [("=cmd()", "+44 7000 900123", -2), ("Ana", "07000900123", "-3.20"), ("-1+1", "", 0.5)],
    )
    assert out.read_text().splitlines() == [
        "name,phone,score",
        "'=cmd(),+44 7000 900123,-2",
        "Ana,07000900123,-3.20",
        "'-1+1,,0.5",
    ]
