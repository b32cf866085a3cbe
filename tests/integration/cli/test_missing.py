"""`engage missing` from a terminal or cron: the copy is written for the worker who is named, and never for who would see nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.cli import missing
from engage.governance.actions import make_user
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotSee
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow


@pytest.fixture
def town(
    area: object, db: None, viewing: Callable[..., Viewing], monkeypatch: pytest.MonkeyPatch, settings: object
) -> World:
    """Ana is missing; Sam Whitlock, a missing coordinator, signs in as sam."""
    monkeypatch.setenv("ENGAGE_AREA", "")
    monkeypatch.delenv("ENGAGE_OPERATOR", raising=False)
    world = World(area)  # type: ignore[arg-type]
    settings.ENGAGE_AREA = str(world.area.folder)  # type: ignore[attr-defined]
    world.people(
        "id | agency | person | name | born\n---+---+---+---+---\n1 | police | ANA | Ana Petal | 2010-03-01"
    )
    world.events(
        "id | agency | who | kind | when\n---+---+---+---+---\nm1 | police | police/1 missing person | missing | 2026-04-05 20:00\n"
        "f0 | police | police/1 missing person | found | 2026-03-05 20:00"
    )
    world.served()
    make_user(
        viewing=viewing(),
        username="sam",
        name="Sam Whitlock",
        agency="police",
        role="missing_coordinator",
        password="x",
    )
    return world


def test_it_says_which_file_and_how_many_and_is_written_down(
    town: World, capsys: pytest.CaptureFixture[str]
) -> None:
    missing.missing(town.area.folder, purpose="missing_response", operator="sam")

    (file,) = (town.area.folder / "copies").iterdir()
    assert f"Wrote {file}: 1 child missing" in capsys.readouterr().out
    assert "as Sam Whitlock (Missing coordinator) may see it" in file.read_text(encoding="utf-8")
    row = AuditEvent.objects.get(action="missing.copy")
    assert (row.actor, row.purpose, row.subject) == ("sam", "missing_response", "ANA")


def test_run_again_within_the_second_it_is_the_same_file_and_older_ones_stay(
    town: World, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = town.area.folder / "copies"
    folder.mkdir()
    (folder / "missing-20260406T084000+0100-sam-missing_response.html").write_text("yesterday's")
    (folder / "missing-20250406T084000+0100-sam-missing_response.html").write_text("last year's")

    for _ in range(2):
        missing.missing(town.area.folder, purpose="missing_response", operator="sam")

    assert sorted(f.name for f in folder.iterdir()) == [
        "missing-20260406T084000+0100-sam-missing_response.html",
        "missing-20260407T084000+0100-sam-missing_response.html",
    ]
    assert capsys.readouterr().out.count("Cleared away 1 older copy") == 1


def test_for_whom_would_see_nobody_none_is_written(town: World) -> None:
    with pytest.raises(MayNotSee, match="it would show nobody"):
        missing.missing(town.area.folder, purpose="missing_response", operator="kim")
    assert not (town.area.folder / "copies").exists()
