"""Does the reference page say what mappings are checked against, and are its examples right?"""

from __future__ import annotations

import pytest
import yaml

from engage.records.mapping.fields import KINDS
from tools import mapping_reference


def test_the_page_names_every_field():
    text = mapping_reference.page()
    assert [field for fields in KINDS.values() for field in fields if f"| `{field}` |" not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_example_names_fields_that_there_are(kind: str):
    (example,) = yaml.safe_load(f"- {mapping_reference._EXAMPLES[kind]}")
    assert set(example[kind]) <= {*KINDS[kind], "id"}
