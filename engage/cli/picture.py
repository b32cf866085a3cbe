"""`engage export`: a derived table taken away as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engage.cli.charts import export_chart
from engage.cli.documents import TableUnlessAPerson, export_chronology
from engage.cli.maps import export_hotspots
from engage.cli.networks import export_concern, export_groups
from engage.cli.opening import open_for_command
from engage.cli.words import _, ngettext
from engage.cli.worklist import export_worklist
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.picture.actions import Taken


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    exports = typer.Typer(
        cls=TableUnlessAPerson,
        help=N_(
            "Take away a derived table as a file, one person's chronology as a document, or the worklist."
        ),
    )
    exports.command("table")(export)
    exports.command("chronology")(export_chronology)
    exports.command("worklist")(export_worklist)
    exports.command("concern")(export_concern)
    exports.command("groups")(export_groups)
    exports.command("chart")(export_chart)
    exports.command("hotspots")(export_hotspots)
    app.add_typer(exports, name="export")


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
    made = actions.export_table(viewing=viewing, build=opened.warehouse.current(), table=table, out=out)
    said = _(
        "Wrote %(rows)s rows of %(table)s to %(file)s: all that %(who)s may see of it as %(role)s",
        rows=f"{made.row_count:,}", table=table, file=str(out), who=viewing.viewer.user_id, role=viewing.viewer.role,
    )  # fmt: skip
    typer.echo(said)
    if note := since_the_build(made):
        typer.echo(note)


def since_the_build(made: Taken) -> str:
    """What was judged since the build, where the table depends on it."""
    records = f"{made.moved_count:,}"
    if made.follows:
        return ngettext(
            "%(records)s record moved to another person by what was judged since the build: the table follows.",
            "%(records)s records moved to another person by what was judged since the build: the table follows.",
            made.moved_count, records=records,
        )  # fmt: skip
    if made.lags:
        return ngettext(
            "%(records)s record moved to another person by what was judged since the build: these pairs are those that the build compared, and follow at the next.",
            "%(records)s records moved to another person by what was judged since the build: these pairs are those that the build compared, and follow at the next.",
            made.moved_count, records=records,
        )  # fmt: skip
    return ""
