"""`engage network load`: the groups of any network, by the code that finds an area's."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engage.cli.words import _
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.networks.groups.loading import Columns


def register(app: typer.Typer) -> None:
    """Add `engage network`."""
    networks = typer.Typer(help=N_("Networks that are no area's: try the groups on any list of edges."))
    # Without a callback a command alone would stand for the whole.
    networks.callback()(lambda: None)
    networks.command("load")(load_network)
    app.add_typer(networks, name="network")


def load_network(
    file: Annotated[
        Path, typer.Argument(help="A CSV file of edges, with a head row.", exists=True, dir_okay=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv")],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="field=column, once for each: one, other, weight, day, kind_of_one, kind_of_other; by default source, target, weight, date, source_kind, target_kind.",
        ),
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="leave out edges before this day")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="leave out edges after this day")
    ] = None,
) -> None:
    """Find the groups of any network that is written as a plain list of edges, by the same code as an area's, and write each person's group."""
    from engage.networks.groups.loading import groups_of, load
    from engage.picture.exporting import write_rows

    network = load(
        file, columns=_columns(columns or []), first=first.date() if first else None, last=last.date() if last else None
    )  # fmt: skip
    found = groups_of(network)
    write_rows(out, ("node", "group"), sorted(found.items()))
    typer.echo(
        _(
            "%(people)s people, %(edges)s edges, of which %(left)s tie nobody; %(groups)s groups of more than one, written to %(file)s.",
            people=f"{len(found):,}", edges=f"{network.edges:,}", left=f"{network.left_out:,}",
            groups=f"{sum(count > 1 for count in Counter(found.values()).values()):,}", file=str(out),
        )
    )  # fmt: skip


def _columns(named: list[str]) -> Columns:
    from engage.networks.groups.loading import Columns

    fields = {}
    for one in named:
        field, equals, column = one.partition("=")
        if not equals or field not in Columns.__dataclass_fields__:
            known = ", ".join(Columns.__dataclass_fields__)
            raise typer.BadParameter(
                _("“%(one)s” is not field=column, with a field of %(known)s.", one=one, known=known)
            )
        fields[field] = column
    return Columns(**fields)
