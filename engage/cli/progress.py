"""How does the terminal show what long work is doing?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from engage.pipeline import STAGES, Watcher


WORDS = {
    "records": "Turning deliveries into exchange tables",
    "identities": "Working out which records are one person",
    "picture": "Laying out the picture of each person",
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
        task = bar.add_task("Building", total=len(STAGES), table="")
        begun: list[str] = []

        def stage(name: str) -> None:
            bar.update(task, description=WORDS[name], completed=len(begun))
            begun.append(name)

        def step(table: str, row_count: int) -> None:
            bar.update(task, table=f"{table}: {row_count:,} rows")

        yield Watcher(stage=stage, step=step)
        bar.update(task, completed=len(STAGES), description="Built", table="")
