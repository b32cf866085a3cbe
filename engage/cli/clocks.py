"""`engage clocks check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.terminal import table
from engage.cli.words import _, ngettext, say
from engage.store.area import open_area
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.casework.clocks.rules import Clock


def register(app: typer.Typer) -> None:
    """Add the commands of clocks."""
    group = typer.Typer(
        help=N_("Statutory and local clocks: by when something must be done."), no_args_is_help=True
    )
    group.command("check")(check)
    group.callback()(lambda: None)
    app.add_typer(group, name="clocks")


def check(
    area: Annotated[
        Path | None,
        typer.Argument(
            help="The area's folder, for the clocks that it adds or has otherwise; without it the shipped ones."
        ),
    ] = None,
) -> None:
    """Read every file of clocks, say what is wrong in it and how to mend it, and list the clocks that count."""
    from engage.casework.clocks.catalogue import faults, load, of_area

    if area:
        opened = open_area(area)
        wrong = faults(opened)
        for fault in wrong[:-1]:
            typer.echo(f"{say(fault.sentence)} {say(fault.remedy)}")
        if wrong:
            raise wrong[-1]
    catalogue = of_area(opened) if area else load()
    shown = table(_("code"), _("title"), _("length"), _("whose rule"), _("from"), _("certainty"))
    count = 0
    for versions in catalogue.clocks.values():
        for one in versions:
            count += 1
            shown.add_row(
                one.code, _title(one), _length(one), one.whose or _("national"), one.effective_on.isoformat(), one.certainty
            )  # fmt: skip
    console = Console()
    console.print(shown)
    calendar = catalogue.calendars[catalogue.nation].version
    console.print(_("Working days: %(calendar)s.", calendar=calendar), highlight=False)
    console.print(ngettext("%(count)s clock, all right.", "%(count)s clocks, all right.", count, count=f"{count:,}"), highlight=False)  # fmt: skip


def _title(clock: Clock) -> str:
    if not clock.is_on:
        return _("%(title)s (off)", title=clock.title)
    if clock.is_shown_first:
        return clock.title
    return _("%(title)s (counted beside %(code)s)", title=clock.title, code=clock.variant_of or clock.code)


def _length(clock: Clock) -> str:
    if clock.length is None:
        return ""
    said = {
        "working_day": ngettext("%(n)s working day", "%(n)s working days", clock.length.count, n=str(clock.length.count)),
        "calendar_day": ngettext("%(n)s day", "%(n)s days", clock.length.count, n=str(clock.length.count)),
        "clock_hour": ngettext("%(n)s clock hour", "%(n)s clock hours", clock.length.count, n=str(clock.length.count)),
        "month": ngettext("%(n)s month", "%(n)s months", clock.length.count, n=str(clock.length.count)),
    }  # fmt: skip
    return said[clock.length.unit.value]
