"""`engage model`: train a linkage model on what is served, see what it would change, adopt it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import Opened, open_for_command
from engage.cli.terminal import table
from engage.cli.words import _
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.identities.trained.rules import Changes, Version

AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Number = Annotated[int, typer.Argument(help="The model's number, as `engage model list` says it.", min=1)]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]
# Changes that the terminal shows; the page shows all that are kept.
SHOWN = 20


def list_models(area: AreaFolder, operator: Operator = "") -> None:
    """List the models that are kept, newest first: whence each comes, and which is in use."""
    opened = open_for_command(area, operator=operator)
    from engage.identities import queries

    found = queries.models(viewing=opened.viewing(), build=opened.warehouse.current())
    shown = table(_("model"), _("trained"), _("by"), _("records"), _("agencies"), _("in use"))
    for one in found:
        learnt = one.learnt_from
        shown.add_row(
            str(one.version), london_day(one.trained_at).isoformat(), one.trained_by, f"{learnt.records:,}", str(learnt.agencies), _state(one),
        )  # fmt: skip
    Console().print(shown)
    if not found:
        typer.echo(_("No model is kept: the next build trains the first."))


def _state(one: Version) -> str:
    if one.is_in_use and not one.is_served:
        return _("from the next build on")
    if one.is_served and not one.is_in_use:
        return _("until the next build")
    return _("yes") if one.is_in_use else ""


def train(area: AreaFolder, operator: Operator = "") -> None:
    """Train a model on the records that are served, keep it, and say what it would change. What is served stays as it is."""
    _try(area, operator, 0)


def compare(area: AreaFolder, version: Number, operator: Operator = "") -> None:
    """Link the records that are served with a kept model, aside, and say what it would change."""
    _try(area, operator, version)


def _try(area: Path, operator: str, version: int) -> None:
    opened = open_for_command(area, operator=operator)
    from engage import pipeline
    from engage.cli.progress import linking_progress

    with linking_progress(_("Linking the records that are served, aside")) as watcher:
        number, _changes = pipeline.try_model(
            area=opened.area, warehouse=opened.warehouse, viewing=opened.viewing(), version=version, watcher=watcher
        )  # fmt: skip
    _tell(opened, number)


def _tell(opened: Opened, number: int) -> None:
    from engage.identities import queries

    found = queries.model(viewing=opened.viewing(), build=opened.warehouse.current(), version=number)
    learnt = found.learnt_from
    typer.echo(
        _("Model %(version)s, learnt from %(records)s records of %(agencies)s agencies", version=str(number), records=f"{learnt.records:,}", agencies=str(learnt.agencies))
    )  # fmt: skip
    if found.changes:
        _tell_changes(found.changes)
    if not found.is_in_use:
        typer.echo(_("To use it from the next build on: engage model adopt AREA %(version)s --why …", version=str(number)))  # fmt: skip


def _tell_changes(found: Changes) -> None:
    if found.is_nothing:
        typer.echo(_("It would change nobody: every record stays with the same records."))
        return
    console = Console()
    rows = (
        (_("people"), found.people_now, found.people_then),
        (_("pairs that are proposed to people"), found.asked_now, found.asked_then),
    )
    shown = table("", _("now"), _("then"))
    for words, now, then in rows:
        shown.add_row(words, f"{now:,}", f"{then:,}")
    console.print(shown)
    typer.echo(
        _(
            "%(joined)s people would be joined with others, %(parted)s would be parted.",
            joined=f"{found.people_joined:,}",
            parted=f"{found.people_parted:,}",
        )
    )
    shown = table(_("would be"), _("one record"), _("the other"), _("bits now"), _("bits then"))
    for one in found.pairs[:SHOWN]:
        shown.add_row(_(KINDS[one.kind]), one.left_record_id, one.right_record_id, _bits(one.weight_now), _bits(one.weight_then))  # fmt: skip
    console.print(shown)
    hidden = found.told - min(SHOWN, len(found.pairs))
    if hidden:
        typer.echo(_("%(count)s changes are not listed: you may not see both of their records, or there are too many. The page “Linkage models” under Data quality lists what its reader may see.", count=f"{hidden:,}"))  # fmt: skip


KINDS = {"joined": N_("joined"), "parted": N_("parted")}


def _bits(weight: float | None) -> str:
    return "" if weight is None else f"{weight:+.1f}"


def adopt(
    area: AreaFolder,
    version: Number,
    why: Annotated[str, typer.Option("--why", help="Why this model is to be used, in a few words.")],
    operator: Operator = "",
) -> None:
    """Use a model from the next build on. What it would change must have been looked at (train or compare)."""
    opened = open_for_command(area, operator=operator)
    from engage.identities import actions

    actions.adopt_model(viewing=opened.viewing(), build=opened.warehouse.current(), version=version, why=why)
    typer.echo(_("Model %(version)s is used from the next build on: engage build %(area)s", version=str(version), area=str(area)))  # fmt: skip
