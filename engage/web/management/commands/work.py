"""`engage worker` in Django: look for new deliveries, do what waits, say what was done."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from rich.console import Console
from rich.table import Table

from engage.web.tasks import (
    ask_for_rebuild,
    catch_up_clocks,
    clear_attachments,
    clear_screenings,
    clear_what_is_over,
)


class Command(BaseCommand):
    """Rebuild when deliveries came; finish what a stopped build left; clear screenings whose day has passed, sessions and counts that are over, and what killed uploads left; do other jobs in the queue."""

    help = "Do the jobs of the area"

    def add_arguments(self, parser: CommandParser) -> None:
        """How often to look, and whether to stop after one look."""
        parser.add_argument("--every", type=float, default=5.0)
        parser.add_argument("--once", action="store_true")

    def handle(self, *_args: Any, every: float, once: bool, **_options: Any) -> None:
        """Work until stopped, or once."""
        console = Console(stderr=True)
        while True:
            started = now()
            ask_for_rebuild()
            clear_screenings()
            clear_what_is_over()
            clear_attachments()
            _do_what_waits()
            catch_up_clocks()
            _say(console, DBTaskResult.objects.filter(started_at__gte=started).order_by("started_at"))
            if once:
                return
            time.sleep(every * 60)


def _do_what_waits() -> None:
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="engage", excluded_queue_names=[],
    ).run()  # fmt: skip


def _say(console: Console, jobs: Any) -> None:
    table = Table("Job", "Began", "Took", "Ended", "Result")
    for job in jobs:
        took = f"{(job.finished_at - job.started_at).total_seconds():.1f} s" if job.finished_at else ""
        words = ", ".join(f"{k} {v}" for k, v in (job.return_value or {}).items()) or job.exception_class_path
        table.add_row(job.task_name, f"{job.started_at:%H:%M:%S}", took, job.status.lower(), words)
    console.print(table if table.rows else "Nothing waited.")
