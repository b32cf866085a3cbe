"""`engage evaluate`: how right are the joins, measured against a known answer?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli import measures
from engage.cli.opening import Opened, open_for_command
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.identities.measuring.figures import Figures


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]


def evaluate(
    area: AreaFolder,
    truth: Annotated[
        Path, typer.Option("--truth", help="Folder with the known answer (identities.csv and more).")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write the scorer's files to.")] = None,
    operator: Operator = "",
) -> None:
    """Measure the current build against a known answer, keep what was found, and write ids.csv as a scorer reads it."""
    opened = open_for_command(area, operator=operator)
    measures.tell(Console(), measure(opened, truth, out=out))


def measure(opened: Opened, truth: Path, *, out: Path | None = None) -> Figures:
    """Measure what is served against the answer in `truth`, and keep what was found in the area. Raises MayNotDo, TruthWrong, NoBuild."""
    from engage.governance.actions import check_may
    from engage.identities import actions, queries
    from engage.identities.evaluating import ID_COLUMNS
    from engage.identities.measuring.answer import read_answer
    from engage.picture.exporting import write_rows

    viewing = opened.viewing()
    check_may(viewing=viewing, what="evaluate", subject="all")
    answer, build = read_answer(truth), opened.warehouse.current()
    if out is not None:
        everyone = queries.everyone(viewing=viewing, build=build)
        write_rows(out / "ids.csv", ID_COLUMNS, everyone, make_folder=True)
    found = queries.figures(viewing=viewing, build=build, answer=answer)
    actions.keep_figures(viewing=viewing, build=build, found=found, answer=answer)
    return found


def evaluate_linkage(
    file: Annotated[
        Path,
        typer.Argument(
            help="A flat file of people: CSV, XLSX or Parquet, also .gz.", exists=True, dir_okay=False
        ),
    ],
    truth: Annotated[str, typer.Option("--truth", help="The column that says who each row really is.")],
    mapped: Annotated[
        list[str],
        typer.Option(
            "--map", help="field=column, or field=column+column; once for each field (surname=last_name)."
        ),
    ],
) -> None:
    """Link the rows of a flat file by the columns named, and measure the groups against its truth column."""
    from engage.identities import flat

    fields: dict[str, tuple[str, ...]] = {}
    for one in mapped:
        field, equals, columns = one.partition("=")
        if not equals or not columns:
            raise typer.BadParameter(_("“%(one)s” is not field=column.", one=one))
        fields[field] = tuple(columns.split("+"))
    found = flat.evaluate(file, truth=truth, fields=fields)
    console = Console()
    measures.tell_joins(console, found.measures, are_agencies=False)
    measures.tell_lost(console, found.lost)
    measures.tell_certainty(console, found.certainty)
