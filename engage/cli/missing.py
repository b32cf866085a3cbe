"""`engage missing`: the dated copy of who is missing, for when the network is down. Also to be run from cron."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import ngettext


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(missing)


def missing(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    purpose: Annotated[str, typer.Option(help="why")] = "missing_response",
    operator: Annotated[
        str,
        typer.Option(
            "--as", help="for whom: the copy shows what this worker may see; by default your sign-in name"
        ),
    ] = "",
) -> None:
    """Write who is missing to one dated file in AREA/copies that opens without any network, and clear away copies that were kept long enough. It is in the audit log."""
    opened = open_for_command(area, operator=operator)
    from django.core.management import call_command

    kept: list[Any] = []
    as_of = opened.warehouse.current().info.as_of
    call_command("missing_copy", viewing=opened.viewing(purpose, as_of), kept=kept)
    (made,) = kept
    count = made.missing_count
    typer.echo(
        ngettext(
            "Wrote %(file)s: %(count)s child missing",
            "Wrote %(file)s: %(count)s children missing",
            count,
            file=str(made.file),
            count=str(count),
        )
    )
    if cleared := made.cleared_count:
        typer.echo(
            ngettext(
                "Cleared away %(count)s older copy",
                "Cleared away %(count)s older copies",
                cleared,
                count=str(cleared),
            )
        )
