"""`engage evaluate invitations`: is everybody who holds records of a child proposed for a meeting about them?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import open_for_command
from engage.cli.terminal import table
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.casework.meetings.measuring import Invitations


def evaluate_invitations(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    truth: Annotated[
        Path,
        typer.Option(
            "--truth", help="Folder with the known answer (children.csv with exploited, identities.csv)."
        ),
    ],
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Show whether invitations name every agency that holds a record of an exploited child in truth, as far as its records are joined to the child; and who is missed."""
    opened = open_for_command(area, operator=operator)
    from engage.casework.meetings import queries
    from engage.casework.meetings.measuring import clusters, measured, read_invitation_truth
    from engage.identities import queries as identities

    answer = read_invitation_truth(truth)
    build = opened.warehouse.current()
    viewing = opened.viewing("linkage_review")
    everyone = ((str(one) for one in row) for row in identities.everyone(viewing=viewing, build=build))
    found = clusters(answer, (tuple(row) for row in everyone))
    firsts = [next(iter(persons)) for persons in found.values()]
    proposed = queries.agencies_proposed(viewing=viewing, build=build, area=opened.area, person_ids=firsts)
    _tell(Console(), measured(answer, found, proposed))


def _tell(console: Console, found: Invitations) -> None:
    shown = table("", _("agencies in truth"), _("proposed"), _("recall"))
    shown.add_row(_("agencies with a record joined to the child"), str(found.joined), str(found.joined_proposed), f"{found.recall:.3f}")  # fmt: skip
    shown.add_row(_("all agencies with a record in truth"), str(found.held), str(found.held_proposed), f"{found.recall_of_all:.3f}")  # fmt: skip
    console.print(shown)
    console.print(
        _(
            "%(count)s exploited children; of %(without)s of them no record is in the build. %(further)s agencies were proposed besides that hold no record in truth.",
            count=str(found.children), without=str(found.without), further=str(found.further),
        )
    )  # fmt: skip
    if found.missed:
        missed = table(_("child in truth"), _("agency that was not proposed"), _("its records"))
        for one in found.missed:
            missed.add_row(one.child, one.agency, _("joined") if one.is_joined else _("not joined"))
        console.print(missed)
