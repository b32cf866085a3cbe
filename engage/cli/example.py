"""The command that makes an example town."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engage.cli.words import _


def register(app: typer.Typer) -> None:
    """Add `engage example`."""
    app.command("example")(example)


def example(
    folder: Annotated[
        Path, typer.Argument(help="A folder that does not exist yet, or an example area to write again.")
    ],
    people: Annotated[
        int, typer.Option(min=300, max=200_000, help="How many people live in the town.")
    ] = 6000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same town.")] = 20260407,
    layout: Annotated[
        str, typer.Option(help="How the agencies send: ashdown, or another layout of the reference.")
    ] = "ashdown",
    exploited: Annotated[
        float,
        typer.Option(
            "--exploited-in-1000",
            min=0,
            max=100,
            help="How many of a thousand children are exploited; by default as the town's description says.",
        ),
    ] = 0.0,
    records: Annotated[
        int,
        typer.Option(min=0, help="Instead of a town, this many bare person records with three events each."),
    ] = 0,
) -> None:
    """Make a fictional town and write it as its agencies send it, with the truth beside it. Nothing is received."""
    if records:
        _bulk(folder, seed, records)
        return
    make(folder, people=people, seed=seed, layout=layout, exploited=exploited)


def _bulk(folder: Path, seed: int, records: int) -> None:
    from engage.example.bulk import make_bulk

    made = make_bulk(folder, seed=seed, records=records)
    typer.echo(
        _(
            "%(records)s person records and %(events)s events of %(people)s people in %(folder)s",
            records=f"{made.records:,}",
            events=f"{made.events:,}",
            people=f"{made.people:,}",
            folder=str(folder),
        )
    )


def make(
    folder: Path, *, people: int = 6000, seed: int = 20260407, layout: str = "ashdown", exploited: float = 0.0
) -> None:
    """Write the town as an area, and say how to receive it."""
    from engage.example.area import make_area

    area = make_area(folder, seed=seed, people=people, layout=layout, exploited_in_1000=exploited)
    typer.echo(
        _(
            "%(area)s: %(rows)s rows from %(agencies)s agencies in %(folder)s",
            area=area.name,
            rows=f"{sum(area.row_counts.values()):,}",
            agencies=str(len(area.sent)),
            folder=str(folder / "sent"),
        )
    )
    typer.echo(_("The truth, never to be received, is in %(folder)s.", folder=str(area.truth)))
    for agency in area.sent:
        typer.echo(f"engage receive {folder} --agency {agency} {folder}/sent/{agency}/*")
