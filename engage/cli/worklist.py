"""`engage export worklist`: whose new evidence nobody has looked at, as of any day, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from engage.cli.opening import Opened, open_for_command
from engage.cli.words import _
from engage.vocabulary.access import Viewing


HEAD = (
    "as_of", "cluster_id", "rank", "name", "born", "age", "agencies_with_new_signs_of_harm", "newest_sign_of_harm_on", "agencies_with_new_evidence",
    "newest_evidence_on", "missing_reports_in_a_year", "open_reasons_of", "last_looked_at_by", "last_looked_at_on", "indicators", "linked_people_of_concern",
    "linked_places_of_concern",
)  # fmt: skip


def export_worklist(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv")],
    as_of: Annotated[
        list[datetime] | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="As known on this day; may be given more than once. By default today.",
        ),
    ] = None,
    order: Annotated[
        list[str] | None,
        typer.Option("--order", help="A fact to order by; up to three, the first counts first."),
    ] = None,
    purpose: Annotated[str, typer.Option(help="why")] = "data_quality",
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Write the worklist of one day or several, from what had been received by then, in the order of named facts. The export is in the audit log."""
    opened = open_for_command(area, operator=operator)
    from engage.picture.exporting import write_rows

    days: list[date | None] = [day.date() for day in as_of or ()] or [None]
    rows = [row for day in days for row in _rows(opened, opened.viewing(purpose, day), _facts(order))]
    write_rows(out, HEAD, rows)
    typer.echo(
        _(
            "Wrote %(rows)s rows to %(file)s. Most children listed are not being exploited.",
            rows=f"{len(rows):,}",
            file=str(out),
        )
    )


def _facts(order: list[str] | None) -> tuple[str, ...]:
    from engage.networks.worklist import ALL_FACTS, DEFAULT_ORDER

    facts = tuple(order or DEFAULT_ORDER)
    for fact in facts:
        if fact not in ALL_FACTS:
            known = ", ".join(ALL_FACTS)
            raise typer.BadParameter(
                _("“%(fact)s” is no fact to order by: %(known)s.", fact=fact, known=known)
            )
    return facts


def _rows(opened: Opened, viewing: Viewing, facts: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    from engage.networks import worklist
    from engage.picture.worklist.rules import as_rows

    found = worklist.worklist_to_take_away(
        viewing=viewing, build=opened.warehouse.current(), area=opened.area, facts=facts
    )
    for row in as_rows(found):
        yield (viewing.as_of, *row)
