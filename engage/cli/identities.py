"""The commands of identities: why were records joined, and how right are the joins?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from engage.cli.check import check
from engage.cli.evaluating import evaluate, evaluate_linkage
from engage.cli.indicators import evaluate_indicators, evaluate_worklist
from engage.cli.meetings import evaluate_invitations
from engage.cli.models import adopt, compare, list_models, train
from engage.cli.networks import evaluate_networks
from engage.cli.opening import open_for_command
from engage.cli.queue import evaluate_queue
from engage.cli.terminal import table
from engage.cli.texts import evaluate_narrative
from engage.cli.wording import evaluate_wording
from engage.cli.words import _, say
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.identities.explaining import PersonExplained
    from engage.identities.rules import JoinExplained


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]


def register(app: typer.Typer) -> None:
    """Add `engage explain`, `engage check`, `engage evaluate` and `engage model`."""
    app.command("explain")(explain)
    app.command("check")(check)
    how_right = typer.Typer(
        cls=_AreaUnlessNamed,
        help=N_("How right are the joins, measured against a known answer: of an area, or of any flat file."),
    )
    how_right.command("area")(evaluate)
    how_right.command("linkage")(evaluate_linkage)
    how_right.command("queue")(evaluate_queue)
    how_right.command("narrative")(evaluate_narrative)
    how_right.command("indicators")(evaluate_indicators)
    how_right.command("worklist")(evaluate_worklist)
    how_right.command("invitations")(evaluate_invitations)
    how_right.command("networks")(evaluate_networks)
    how_right.command("wording")(evaluate_wording)
    app.add_typer(how_right, name="evaluate")
    models = typer.Typer(help=N_("Linkage models: train one, see what it would change, adopt it."))
    models.command("list")(list_models)
    models.command("train")(train)
    models.command("compare")(compare)
    models.command("adopt")(adopt)
    app.add_typer(models, name="model")


class _AreaUnlessNamed(TyperGroup):
    """`engage evaluate AREA` is short for `engage evaluate area AREA`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What does not begin with a subcommand, or ask for help, is an area's."""
        if args and args[0] not in (*self.commands, "--help"):
            args = ["area", *args]
        return list(super().parse_args(ctx, args))


def explain(
    area: AreaFolder,
    what: Annotated[
        list[str], typer.Argument(help="A person id, or two record ids (area:agency:file:source id).")
    ],
    operator: Operator = "",
    purpose: Annotated[str, typer.Option(help="A purpose code of the access table.")] = "linkage_review",
) -> None:
    """Say why records are one person, field by field: both values, and the weight in words."""
    if len(what) > 2:
        raise typer.BadParameter(_("Give one person id, or two record ids."))
    opened = open_for_command(area, operator=operator)
    from engage.identities import queries

    viewing, build = opened.viewing(purpose), opened.warehouse.current()
    console = Console()
    if len(what) == 2:
        _print_join(console, queries.explain_join(viewing=viewing, build=build, left=what[0], right=what[1]))
        return
    _print_person(console, queries.explain_person(viewing=viewing, build=build, person_id=what[0]))


def _print_person(console: Console, found: PersonExplained) -> None:
    console.print(
        _("%(person)s: %(count)s records", person=found.person_id, count=f"{len(found.record_ids):,}"),
        style="bold",
    )
    for record_id in found.record_ids:
        console.print(f"  {record_id}", highlight=False)
    for join in found.joins:
        _print_join(console, join)
    if found.weakest:
        console.print(
            _(
                "Held together least by: %(left)s and %(right)s",
                left=found.weakest.left.record_id,
                right=found.weakest.right.record_id,
            ),
            highlight=False,
        )

    for one in found.alike:
        console.print(
            _("Alike and not joined: %(person)s, by %(left)s and %(right)s (%(weight)s bits). %(why)s", person=one.person_id, left=one.left.record_id, right=one.right.record_id, weight=f"{one.weight:+.1f}", why=say(one.why)),
            highlight=False,
        )  # fmt: skip


def _print_join(console: Console, join: JoinExplained) -> None:
    from engage.identities.rules import chance_words

    console.print()
    console.print(
        _("%(left)s  and  %(right)s", left=join.left.record_id, right=join.right.record_id),
        style="bold",
        highlight=False,
    )
    weight = "" if join.weight is None else " " + _("(%(weight)s bits)", weight=f"{join.weight:+.1f}")
    whole = chance_words(join.chance) or join.strength
    console.print(
        (_("One person:") if join.are_joined else _("Not joined:")) + " " + say(whole) + weight,
        highlight=False,
    )
    if join.refusal:
        console.print(say(join.refusal), highlight=False)
    for word in join.judged:
        console.print(
            _("Judged by %(who)s of %(agency)s on %(day)s: %(reason)s", who=word.by, agency=word.agency, day=f"{word.at:%Y-%m-%d}", reason=word.reason),
            highlight=False,
        )  # fmt: skip
    shown = table(
        _("Compared"), _("One record"), _("The other"), _("Found"), _("Weight"), box=None, pad_edge=False
    )
    for field in join.fields:
        found = f"{say(field.strength)} ({field.weight:+.1f})" if field.weight else ""
        shown.add_row(
            say(field.words), field.left_value or "", field.right_value or "", say(field.level), found
        )
    if join.fields:
        console.print(shown)
