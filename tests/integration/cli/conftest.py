"""An area that an analyst works at from the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.governance.actions import make_user
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


@pytest.fixture
def drawn(
    area: object, db: None, viewing: Callable[..., Viewing], monkeypatch: pytest.MonkeyPatch, settings: object
) -> World:
    """Nothing drawn yet; Ann Lister, an analyst, signs in as ann."""
    monkeypatch.setenv("ENGAGE_AREA", "")
    monkeypatch.delenv("ENGAGE_OPERATOR", raising=False)
    world = World(area)  # type: ignore[arg-type]
    settings.ENGAGE_AREA = str(world.area.folder)  # type: ignore[attr-defined]
    make_user(
        viewing=viewing(), username="ann", name="Ann Lister", agency="police", role="analyst", password="x"
    )
    return world
