"""An area whose records are drawn."""

from __future__ import annotations

import pytest

from engage.store.area import Area
from tests.spec.picture.drawing import World


@pytest.fixture
def world(area: Area, db: None) -> World:
    return World(area)
