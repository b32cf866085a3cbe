"""`engage export`: a derived table taken away as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import _


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(export)


def export(
    table: Annotated[str, typer.Argument(help="a derived table, as the reference names it")],
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    out: Annotated[Path, typer.Option(help="the file to write: .csv or .parquet")],
    purpose: Annotated[str, typer.Option(help="why")] = "data_quality",
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Write one derived table to a file: the rows that an operator may see. The export is in the audit log."""
    opened = open_for_command(area, operator=operator)
    from engage.picture import actions

    viewing = opened.viewing(purpose)
    written = actions.export_table(viewing=viewing, build=opened.warehouse.current(), table=table, out=out)
    said = _(
        "Wrote %(rows)s rows of %(table)s to %(file)s: all that %(who)s may see of it as %(role)s",
        rows=f"{written:,}", table=table, file=str(out), who=viewing.viewer.user_id, role=viewing.viewer.role,
    )  # fmt: skip
    typer.echo(said)
