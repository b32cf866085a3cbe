"""A small town that tests may look at but not change."""

import pytest

from engage.example.recording import write_all_down
from engage.example.town import make_town


@pytest.fixture(scope="session")
def town():
    return make_town(seed=7, people=1500)


@pytest.fixture(scope="session")
def content(town):
    return write_all_down(town)
