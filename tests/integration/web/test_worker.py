"""The worker rebuilds once when something new was received, and not otherwise."""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from engage.store.area import AreaSettingsWrong
from engage.vocabulary.words import N_
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


@pytest.mark.django_db(transaction=True)
def test_sessions_that_are_over_and_counts_that_count_no_more_are_cleared(served: Path) -> None:
    cache.clear()
    cache.set("of-this-hour", [1], 3600)
    cache.set("of-an-hour-long-past", [1], -60)
    for days in (-1, 1):
        Session.objects.create(
            session_key=f"{days}", session_data="x", expire_date=now() + timedelta(days=days)
        )
    assert tasks.clear_what_is_over() == 1
    with connection.cursor() as cursor:
        cursor.execute("select cache_key from governance_counted")
        assert [key for (key,) in cursor.fetchall()] == [":1:of-this-hour"]
    assert [one.session_key for one in Session.objects.all()] == ["1"]


@pytest.mark.django_db(transaction=True)
def test_what_killed_uploads_left_is_cleared_once_it_is_a_day_old(served: Path) -> None:
    folder = served / "attachments"
    kept, old, fresh = folder / "ab" / "abcd", folder / ".part-0ld", folder / ".part-fresh"
    kept.parent.mkdir(parents=True)
    long_ago = now().timestamp() - timedelta(days=1, minutes=1).total_seconds()
    for one in (kept, old, fresh):
        one.write_bytes(b"torn")
        os.utime(one, (long_ago, long_ago) if one != fresh else None)
    call_command("work", once=True)
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [".part-fresh", "abcd"]
    assert tasks.clear_attachments() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fault_in_the_area_s_clocks_ends_no_worker(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(**_given: Any) -> int:
        raise AreaSettingsWrong(N_("A clock has no length."))

    monkeypatch.setattr("engage.casework.cases.actions.catch_up_clocks", wrong)
    assert tasks.catch_up_clocks() == 0
