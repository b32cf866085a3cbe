"""`engage evaluate narrative`: how right is what was read in texts, measured against a known answer and by what people said of it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import Opened, open_for_command
from engage.cli.terminal import table
from engage.cli.words import _, ngettext


if TYPE_CHECKING:
    from collections.abc import Sequence

    from engage.picture.mentions.measuring import MentionMeasures
    from engage.picture.narrative.measuring import TextMeasures
    from engage.picture.readings.rules import Counted


def evaluate_narrative(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    truth: Annotated[
        Path | None,
        typer.Option(
            "--truth", help="Folder with a known answer (text.csv); without it, what people said alone."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write the scorer's file to.")] = None,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """How often people said that texts were read wrongly, by theme and entry of the vocabulary; and with a known answer how right they were
    read, theme by theme, and whom they name, with text.csv and mentions.csv as a scorer reads them."""
    if out is not None and truth is None:
        raise typer.BadParameter(
            _("--out needs --truth: the file is written of the texts of a known answer.")
        )
    opened = open_for_command(area, operator=operator)
    from engage.picture.measures import queries

    if truth is not None:
        _hold_against(opened, truth, out)
    _tell_judged(queries.readings_judged(viewing=opened.viewing(), build=opened.warehouse.current()))


def _hold_against(opened: Opened, truth: Path, out: Path | None) -> None:
    from engage.picture.exporting import write_rows
    from engage.picture.measures import queries
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
    from engage.picture.exporting import write_rows
    from engage.picture.measures import queries
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


def _tell_judged(found: Sequence[Counted]) -> None:
    """By theme and entry, and by what words were taken to name, how many readings people said are wrong; entries of which nobody said anything
    are counted together."""
    shown = table(_("theme"), _("entry"), _("said to be wrong"), _("readings"))
    for one in found:
        if one.wrong:
            shown.add_row(one.theme, one.entry or _("a mention"), f"{one.wrong:,}", f"{one.readings:,}")
    console, wrong = Console(), sum(one.wrong for one in found)
    if wrong:
        console.print(shown)
    readings = sum(one.readings for one in found)
    said = ngettext(
        "People said of %(wrong)s of %(readings)s readings that it is wrong. What nobody said anything of is not thereby right.",
        "People said of %(wrong)s of %(readings)s readings that they are wrong. What nobody said anything of is not thereby right.",
        wrong, wrong=f"{wrong:,}", readings=f"{readings:,}",
    )  # fmt: skip
    console.print(said)
