"""Long jobs, done by `engage worker` and not while somebody waits for a page.

A build runs in a process of its own: its memory goes back when it is done, and its end, however sudden, is not the
worker's.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys

from django.core.management import call_command
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from engage.casework.cases import actions as casework
from engage.casework.files import actions as files
from engage.governance import actions as governance
from engage.governance.queries import operator
from engage.networks.screening import actions as screening
from engage.records import queries
from engage.store.warehouse import NoBuild
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.web.apps import web


class RebuildFailed(EngageError):
    """The build did not end well; the last good one is still served."""

    exit_code = 4


@task()
def rebuild() -> dict[str, str]:
    """Build the area anew and swap the build in. Returns the build's id and its as-of day."""
    area = web().area
    done = subprocess.run([sys.executable, "-m", "engage", "build", str(area.folder)], check=False)  # noqa: S603  our own command
    if done.returncode:
        raise RebuildFailed(
            Sentence(
                N_("The build of %(area)s ended with code %(code)s."),
                {"area": area.name, "code": str(done.returncode)},
            ),
            remedy=N_("Its own words are above. The last good build is still served."),
        )
    info = web().warehouse.current().info
    return {"build": info.build_id, "as_of": info.as_of.isoformat()}


def ask_for_rebuild() -> bool:
    """Put a rebuild in the queue when something was received since the build being served and none waits already.

    Returns whether one was put there.
    """
    waiting = DBTaskResult.objects.filter(
        task_path=rebuild.module_path, status=TaskResultStatus.READY
    ).exists()
    if waiting or not something_new():
        return False
    rebuild.enqueue()
    return True


def clear_screenings() -> int:
    """Remove what is kept of screened lists whose day has passed, though nobody opens a page of them. Returns of how many."""
    return screening.clear_screenings(viewing=_viewing(), area=web().area)


def clear_what_is_over() -> int:
    """Remove sessions that are over, and what was counted of addresses and counts no more. Returns how many rows of the latter."""
    call_command("clearsessions")
    return governance.clear_counted()


def clear_attachments() -> int:
    """Remove what uploads that were killed left beside the area's files. Returns how many files."""
    return files.clear_aside(area=web().area)


def catch_up_clocks() -> int:
    """Have the time limits of cases hear what the build that is served brought, where whoever made it was stopped before they had. Returns in how many cases."""
    try:
        build = web().warehouse.current()
    except NoBuild:
        return 0
    try:
        return casework.catch_up_clocks(viewing=_viewing(), build=build, area=web().area)
    except EngageError as error:
        # A fault in the area's own clocks, say: all else that the worker does goes on.
        logging.getLogger(__name__).warning("time limits were not caught up: %s", error.sentence)
        return 0


def _viewing() -> Viewing:
    at = web().area.clock()
    return Viewing(operator(), "data_quality", at, london_day(at), f"worker-{os.getpid()}")


def something_new() -> bool:
    """A delivery was received that the build being served does not have."""
    try:
        built = set(web().warehouse.current().info.inputs)
    except NoBuild:
        built = set()
    return bool(set(_received()) - built)


def _received() -> list[str]:
    return [delivery.delivery_id for delivery in queries.delivery_inputs(web().area)]
