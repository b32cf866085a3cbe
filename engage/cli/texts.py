"""`engage evaluate narrative`: how right is what was read in texts, measured against a known answer?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import open_for_command
from engage.cli.terminal import table
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.picture.narrative.measuring import TextMeasures


def evaluate_narrative(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    truth: Annotated[Path, typer.Option("--truth", help="Folder with the known answer (text.csv).")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write the scorer's file to.")] = None,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Measure what was read in texts against a known answer, theme by theme, and write text.csv as a scorer reads it."""
    opened = open_for_command(area, operator=operator)
    from engage.picture import queries
    from engage.picture.exporting import write_rows
    from engage.picture.narrative.measuring import measure, read_answer

    answer = read_answer(truth)
    texts = {key[:3] for keys in answer.values() for key in keys}
    told = queries.told_in(viewing=opened.viewing(), build=opened.warehouse.current(), texts=texts)
    if out is not None:
        head = ("agency", "file", "record_id", "code", "polarity")
        write_rows(out / "text.csv", head, told, make_folder=True)
    _tell(measure(told, answer))


def _tell(found: TextMeasures) -> None:
    """Theme by theme, over all of them, and how often what is not so was found not to be."""
    shown = table(_("theme"), _("precision"), _("recall"), "F1", _("texts"))
    for theme, rate in found.themes.items():
        count = f"{rate.right + rate.missed:,}"
        shown.add_row(theme, f"{rate.precision:.3f}", f"{rate.recall:.3f}", f"{rate.f1:.3f}", count)
    console, rate = Console(), found.micro
    console.print(shown)
    said = _(
        "All themes: precision %(precision)s, recall %(recall)s, F1 %(f1)s; mean of the themes' F1 %(macro)s",
        precision=f"{rate.precision:.3f}", recall=f"{rate.recall:.3f}", f1=f"{rate.f1:.3f}", macro=f"{found.macro:.3f}",
    )  # fmt: skip
    console.print(said)
    for polarity, share in found.polarities.items():
        console.print(
            _("Found to be %(polarity)s: %(share)s of such texts", polarity=polarity, share=f"{share:.3f}")
        )
