"""`engage evaluate queue`: how right would the joins be if people answered the first questions of the queue?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.measures import tell_children
from engage.cli.opening import open_for_command
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.identities.evaluating import Measures


def evaluate_queue(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    truth: Annotated[
        Path, typer.Option("--truth", help="Folder with the known answer (identities.csv and more).")
    ],
    answer: Annotated[int, typer.Option("--answer", help="How many pairs are answered.", min=0)] = 200,
    order: Annotated[
        str,
        typer.Option(
            "--order", help="would_join, agencies, under_18 or kind: what the queue is in order of."
        ),
    ] = "agencies",
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Answer the queue's first pairs from a known answer, in a transaction that is taken back, and measure the joins then."""
    opened = open_for_command(area, operator=operator)
    from engage.identities import queries
    from engage.identities.evaluating import alone, measure
    from engage.identities.measuring.answer import read_answer
    from engage.identities.measuring.people import children, unjudged

    answered = read_answer(truth)
    known = answered.truth
    found = queries.if_answered(
        viewing=opened.viewing(),
        build=opened.warehouse.current(),
        person_of=known.person_of,
        most=answer,
        order=order,
    )
    _tell(found.pairs, found.same, measure(found.group_of, known))
    if any(one.is_child for one in answered.people.values()):
        of = alone(found.group_of, known)
        marked = unjudged(found.group_of, found.judged)
        tell_children(Console(), children(of, known, answered.people, marked=marked))


def _tell(pairs: int, same: int, measures: Measures) -> None:
    console = Console()
    console.print(
        _("%(pairs)s pairs answered, %(same)s of them one person", pairs=str(pairs), same=str(same))
    )
    console.print(
        _(
            "Pairs of records: precision %(precision)s, recall %(recall)s, F1 %(f1)s",
            precision=f"{measures.pairs.precision:.4f}",
            recall=f"{measures.pairs.recall:.4f}",
            f1=f"{measures.pairs.f1:.4f}",
        )
    )
