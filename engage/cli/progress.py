"""How does the terminal show what long work is doing?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from engage.cli.words import _
from engage.pipeline import STAGES, Watcher
from engage.vocabulary.words import N_


WORDS = {
    "records": N_("Turning deliveries into exchange tables"),
    "identities": N_("Working out which records are one person"),
    "picture": N_("Laying out the picture of each person"),
}


@contextmanager
def build_progress() -> Iterator[Watcher]:
    """A bar over the stages of a build, with the table just made and its rows beside it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[table]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(_("Building"), total=len(STAGES), table="")
        begun: list[str] = []

        def stage(name: str) -> None:
            bar.update(task, description=_(WORDS[name]), completed=len(begun))
            begun.append(name)

        def step(table: str, row_count: int) -> None:
            bar.update(task, table=_("%(table)s: %(rows)s rows", table=table, rows=f"{row_count:,}"))

        yield Watcher(stage=stage, step=step)
        bar.update(task, completed=len(STAGES), description=_("Built"), table="")
