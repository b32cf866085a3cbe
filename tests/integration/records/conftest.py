"""An area with one small mapping, and files to send."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engage.store.area import Area


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
