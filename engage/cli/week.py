"""`engage chase` and `engage digest`: what is due by rule of agreed actions and information rounds, and the numbers of everybody's day by e-mail. Run them every working morning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import _


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(chase)
    app.command()(digest)


def chase(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Chase and escalate overdue actions as the area's rule says, and agencies that have not answered before a meeting as its kind says, once each; throw away drafts that nobody
    came back to for 30 days. Says how many, and no names. Run it every working morning: whoever runs it twice changes nothing."""
    opened = open_for_command(area, operator=operator)
    from engage.casework.agreed import actions
    from engage.casework.cases import drafts
    from engage.casework.rounds import actions as rounds

    done = actions.chase_due(viewing=opened.viewing(), area=opened.area)
    typer.echo(
        _(
            "Overdue actions: %(overdue)s. Chased now: %(chased)s. Escalated now: %(escalated)s.",
            overdue=f"{done.overdue:,}", chased=f"{done.chased:,}", escalated=f"{done.escalated:,}",
        )
    )  # fmt: skip
    asked = rounds.chase_due(viewing=opened.viewing(), area=opened.area)
    typer.echo(
        _(
            "Requests without an answer: %(waiting)s. Chased now: %(chased)s. Managers told now: %(escalated)s.",
            waiting=f"{asked.waiting:,}", chased=f"{asked.chased:,}", escalated=f"{asked.escalated:,}",
        )
    )  # fmt: skip
    cleared = drafts.clear_drafts(viewing=opened.viewing())
    typer.echo(_("Drafts thrown away: %(cleared)s.", cleared=f"{cleared:,}"))


def digest(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Send everybody who asked for it the numbers of their day by e-mail: how much is due, new since they were last here, waits for them and waits for others. No name and no content leaves. Says how many
    mails left. Whoever had theirs that day gets no second one: run it again after it was stopped, or where the mail server did not take all."""
    opened = open_for_command(area, operator=operator)
    from engage.casework.week import actions

    done = actions.send_digests(viewing=opened.viewing(), build=opened.warehouse.current(), area=opened.area)
    typer.echo(
        _(
            "Mails sent: %(sent)s. Nothing waited for: %(empty)s. Not taken by the mail server: %(failed)s. Had theirs already: %(before)s.",
            sent=f"{done.sent:,}", empty=f"{done.empty:,}", failed=f"{done.failed:,}", before=f"{done.before:,}",
        )
    )  # fmt: skip
    if done.failed:
        raise typer.Exit(3)
