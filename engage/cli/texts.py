"""`engage evaluate narrative`: how right is what was read in texts, measured against a known answer?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import Opened, open_for_command
from engage.cli.terminal import table
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.picture.mentions.measuring import MentionMeasures
    from engage.picture.narrative.measuring import TextMeasures


def evaluate_narrative(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    truth: Annotated[Path, typer.Option("--truth", help="Folder with the known answer (text.csv).")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write the scorer's file to.")] = None,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Measure what was read in texts, and whom they name, against a known answer; write text.csv and mentions.csv as a scorer reads them."""
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
    measure_mentions(opened, truth, out=out)


def measure_mentions(opened: Opened, truth: Path, *, out: Path | None) -> None:
    """Measure whom and what texts name, where the answer says so."""
    from engage.identities import queries as identities
    from engage.identities.evaluating import read_truth
    from engage.picture import queries
    from engage.picture.exporting import write_rows
    from engage.picture.mentions.measuring import measure, read_answer

    answer = read_answer(truth)
    if not answer:
        return
    viewing, build = opened.viewing(), opened.warehouse.current()
    told = queries.mentioned_in(viewing=viewing, build=build, files={one.key[:2] for one in answer})
    if out is not None:
        head = ("agency", "file", "record_id", "start", "end", "kind", "cluster_id")
        write_rows(out / "mentions.csv", head, told, make_folder=True)
    everyone = identities.everyone(viewing=viewing, build=build)
    _tell_mentions(measure(told, answer, everyone=everyone, person_of=read_truth(truth).person_of))


def _tell_mentions(found: MentionMeasures) -> None:
    """Kind by kind, and how many of the persons found were taken to be who they are."""
    shown = table(_("mentions of"), _("precision"), _("recall"), "F1", _("in the answer"))
    for kind, rate in found.kinds.items():
        count = f"{rate.right + rate.missed:,}"
        shown.add_row(kind, f"{rate.precision:.3f}", f"{rate.recall:.3f}", f"{rate.f1:.3f}", count)
    console = Console()
    console.print(shown)
    said = _(
        "Persons found and taken to be who they are: %(share)s; %(mistaken)s were taken to be somebody else",
        share=f"{found.linked_share:.3f}", mistaken=f"{found.mistaken:,}",
    )  # fmt: skip
    console.print(said)


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
