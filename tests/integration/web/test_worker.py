"""The worker rebuilds once when something new was received, and not otherwise."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from engage.web import tasks


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that a rebuild would have run; each ends well until `code` says otherwise."""
    ran: list[list[str]] = []
    monkeypatch.setattr(
        subprocess, "run", lambda command, check: ran.append(command) or SimpleNamespace(returncode=0)
    )
    return ran


def _received(monkeypatch: pytest.MonkeyPatch, *ids: str) -> None:
    monkeypatch.setattr(tasks, "_received", lambda: list(ids))


@pytest.mark.django_db(transaction=True)
def test_new_deliveries_are_built_once(
    served: Path, commands: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _received(monkeypatch, "1-abc")
    assert tasks.ask_for_rebuild() is True
    assert tasks.ask_for_rebuild() is False, "one rebuild waits already"

    call_command("work", once=True)

    assert [command[1:] for command in commands] == [["-m", "engage", "build", str(served)]]


@pytest.mark.django_db(transaction=True)
def test_nothing_new_nothing_built(
    served: Path, commands: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _received(monkeypatch)

    call_command("work", once=True)

    assert commands == []
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_build_that_fails_is_kept_as_failed_and_the_worker_goes_on(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda _command, check: SimpleNamespace(returncode=4))
    _received(monkeypatch, "1-abc")

    call_command("work", once=True)

    job = DBTaskResult.objects.get()
    assert job.status == "FAILED"
    assert "RebuildFailed" in job.exception_class_path
