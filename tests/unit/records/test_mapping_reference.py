"""Does the reference page say what mappings are checked against, and are its examples right?"""

from __future__ import annotations

import pytest
import yaml

from engage.records.fields import KINDS
from tools import mapping_reference


def test_the_page_is_the_one_made_from_the_fields():
    assert mapping_reference.PAGE.read_text(encoding="utf-8") == mapping_reference.page(), (
        "run python -m tools.mapping_reference"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_each_example_names_fields_that_there_are(kind: str):
    (example,) = yaml.safe_load(f"- {mapping_reference._EXAMPLES[kind]}")
    assert set(example[kind]) <= {*KINDS[kind], "id"}
