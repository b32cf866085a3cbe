"""How does the terminal show what long work is doing?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    "casework": N_("Laying down what is due in cases"),
}


@contextmanager
def build_progress(area: str) -> Iterator[Watcher]:
    """A bar over the stages of a build, with the table just made and its rows beside it; above it what is wrong with a delivery
    of the area, whose folder is `area`."""
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

        def damaged(delivery: str) -> None:
            said = _(
                "Delivery %(delivery)s is not kept as it was received. What is wrong with it says: engage status %(area)s",
                delivery=delivery, area=area,
            )  # fmt: skip
            bar.console.print(said, style="yellow", highlight=False, markup=False, soft_wrap=True)

        yield Watcher(stage=stage, step=step, damaged=damaged)
        bar.update(task, completed=len(STAGES), description=_("Built"), table="")


@contextmanager
def linking_progress(words: str) -> Iterator[Watcher]:
    """What goes on aside, in words, with the table that was just made and its rows."""
    columns = (TextColumn("{task.description}"), TimeElapsedColumn(), TextColumn("{task.fields[table]}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(words, total=None, table="")

        def step(table: str, row_count: int) -> None:
            bar.update(task, table=_("%(table)s: %(rows)s rows", table=table, rows=f"{row_count:,}"))

        yield Watcher(step=step)


@contextmanager
def due_progress() -> Iterator[Callable[[int, int], None]]:
    """A bar over the cases in which what is due is laid down anew; nothing is shown where there is nothing to do."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(_(WORDS["casework"]), visible=False)

        def told(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of, visible=True)

        yield told
