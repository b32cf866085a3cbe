"""`engage demo`: the whole job on the made-up town, end to end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from engage.cli import building, evaluating, example, records, serve
from engage.cli.opening import Opened, open_for_command
from engage.cli.words import _, say
from engage.vocabulary.words import EngageError


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(demo)


def demo(
    area: Annotated[Path, typer.Argument(help="the folder to make the town in")],
    people: Annotated[int, typer.Option(help="how many people live in the town")] = 6000,
    port: Annotated[int, typer.Option(help="the port to serve on")] = 8000,
) -> None:
    """Make the example town, receive its agencies' extracts, join them, let its team work, measure the joins, print the briefing and serve the site."""
    if not (area / "area.yaml").exists():
        typer.echo(
            _("Making a town of %(people)s people in %(folder)s", people=f"{people:,}", folder=str(area))
        )
        example.make(area, people=people)
    os.environ["ENGAGE_DEMO"] = "1"
    opened = open_for_command(area)
    _receive(opened)
    building.make(opened)
    let_the_team_work(opened)
    measure(opened)
    building.print_brief(opened)
    serve.serve(area, port=port)


def _receive(opened: Opened) -> None:
    from engage.records import actions

    for folder in sorted(f for f in (opened.area.folder / "sent").iterdir() if f.is_dir()):
        files = sorted(f for f in folder.iterdir() if f.is_file())
        receipt = actions.receive(area=opened.area, viewing=opened.viewing(), agency=folder.name, files=files)
        typer.echo(records.received(receipt, folder.name))


def let_the_team_work(opened: Opened) -> None:
    """Make the sign-ins, and the team's week through the doors that workers use. What is there already stays as it is."""
    from engage.casework.cases import actions as casework
    from engage.cli.demo_sign_ins import make_demo_users
    from engage.example.week.making import make_week

    make_demo_users(opened.area, opened.viewing())
    cases = make_week(opened.area, opened.warehouse)
    # The weeks were worked after the build that holds all of their records: each night's build would have had the time limits hear what was new.
    casework.reckon_clocks(viewing=opened.viewing(), build=opened.warehouse.current(), area=opened.area)
    typer.echo(_("The team's week: %(cases)s cases", cases=str(cases)))


def measure(opened: Opened) -> None:
    """Hold the joins against the town's own truth, as `engage evaluate` does. Without a truth that can be used the demo goes on."""
    truth = opened.area.folder / "truth"
    if not truth.is_dir():
        return
    try:
        evaluating.measure(opened, truth)
    except EngageError as error:
        typer.secho(_("The joins were not measured: %(why)s", why=say(error.sentence)), fg="yellow", err=True)
