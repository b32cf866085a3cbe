"""`engage mapping check` says beforehand why a delivery by a mapping would be refused."""

from __future__ import annotations

import pytest
import typer

from engage.cli.records import check
from engage.store.area import Area


MAPPING = """
mapping: police
version: 1
agency: {agency}
agreement: {agreement}
purpose: {purpose}
cohort: {cohort}
files:
  people: {{id: ref, makes: [person: {{surname: surname}}]}}
"""
GOOD = {"agency": "police", "agreement": "ISA-1", "purpose": "safeguarding_child", "cohort": "case"}


def checked(area: Area, capsys: pytest.CaptureFixture[str], **changed: str) -> tuple[int, str]:
    """What the check says of a mapping, and its exit code."""
    (area.mappings_folder / "police.yaml").write_text(MAPPING.format(**GOOD | changed), encoding="utf-8")
    with pytest.raises(typer.Exit) as ended:
        check(area.folder)
    return ended.value.exit_code, capsys.readouterr().out


def test_a_mapping_within_its_agreement_is_good(area: Area, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(area, capsys) == (0, "police.yaml: good\n")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"purpose": "disruption"}, "Agreement ISA-1 does not cover the purpose “disruption”."),
        ({"agreement": "ISA-9"}, "The area has no agreement “ISA-9”."),
        ({"agency": "harbour"}, "area.yaml has no agency “harbour”."),
    ],
)
def test_what_receive_would_refuse_is_told_beforehand(
    area: Area, capsys: pytest.CaptureFixture[str], changed: dict[str, str], said: str
) -> None:
    code, out = checked(area, capsys, **changed)
    assert code == 1
    assert said in out
