"""`engage export chart`: a chart that starts from a question, as a file for another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import _


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
About = Annotated[
    list[str],
    typer.Option(
        "--about",
        help="From whom or what: person:ID, place:NAME, vehicle:PLATE, phone:NUMBER; or a whole question, as a chart's address has it after the question mark.",
    ),
]
Out = Annotated[Path, typer.Option("--out", help="The file to write.")]
Form = Annotated[str, typer.Option("--format", help="i2, ftm, graphml or xlsx")]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]


def export_chart(
    area: AreaFolder,
    about: About,
    out: Out,
    form: Form = "i2",
    purpose: Annotated[str, typer.Option(help="why")] = "disruption",
    operator: Operator = "",
) -> None:
    """Write the chart that answers a question, as far as you may see it, for i2 (with how to import it beside it), FollowTheMoney, GraphML, or as a workbook.
    The export is in the audit log."""
    opened = open_for_command(area, operator=operator)
    from engage.networks.charts import addresses, queries
    from engage.networks.charts.exports.files import FORMS
    from engage.picture.exporting import written_beside

    if form not in FORMS:
        raise typer.BadParameter(
            _("“%(form)s” is none of %(known)s.", form=form, known=", ".join(sorted(FORMS)))
        )
    asked = _asked(about)
    day = addresses.day_of(asked.get("as_of", [""])[-1])
    viewing, question = opened.viewing(purpose, day), addresses.question_of(asked)
    chart = queries.chart_to_take_away(viewing=viewing, build=opened.warehouse.current(), question=question)
    with written_beside(out) as aside:
        aside.write_bytes(FORMS[form].make(chart))
    if beside := FORMS[form].beside:
        with written_beside(out.with_suffix(beside[0])) as aside:
            aside.write_bytes(beside[1]())
    typer.echo(
        _(
            "Wrote %(nodes)s nodes and %(lines)s lines to %(file)s. None of them is a finding.",
            nodes=f"{len(chart.nodes):,}", lines=f"{len(chart.edges):,}", file=str(out),
        )
    )  # fmt: skip
    if chart.left_out:
        typer.echo(_("Further from what was asked about, %(count)s more were left out.", count=f"{sum(chart.left_out.values()):,}"))  # fmt: skip


def _asked(about: list[str]) -> dict[str, list[str]]:
    """The question as an address says it."""
    found: dict[str, list[str]] = {}
    for one in about:
        of_one = parse_qs(one.lstrip("?")) if "about=" in one or "asks=" in one else {"also": [one]}
        for name, values in of_one.items():
            found.setdefault(name, []).extend(values)
    return found
