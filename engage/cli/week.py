"""`engage chase`: what is due by rule of agreed actions. Run it every working morning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import _


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(chase)


def chase(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Chase and escalate overdue actions as the area's rule says, once each, and throw away drafts that nobody came back to for 30 days. Says how many, and no names. Run
    it every working morning: whoever runs it twice changes nothing."""
    opened = open_for_command(area, operator=operator)
    from engage.casework.agreed import actions
    from engage.casework.cases import drafts

    done = actions.chase_due(viewing=opened.viewing(), area=opened.area)
    typer.echo(
        _(
            "Overdue actions: %(overdue)s. Chased now: %(chased)s. Escalated now: %(escalated)s.",
            overdue=f"{done.overdue:,}", chased=f"{done.chased:,}", escalated=f"{done.escalated:,}",
        )
    )  # fmt: skip
    cleared = drafts.clear_drafts(viewing=opened.viewing())
    typer.echo(_("Drafts thrown away: %(cleared)s.", cleared=f"{cleared:,}"))
