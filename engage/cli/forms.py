"""`engage forms check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engage.cli.words import _, say
from engage.store.area import open_area
from engage.vocabulary.words import N_, EngageError, Sentence


class FormsDoNotFit(EngageError):
    """The forms of an area do not fit to the moves of cases."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    group = typer.Typer(help=N_("The forms of casework."), no_args_is_help=True)
    group.command("check")(check)
    group.callback()(lambda: None)
    app.add_typer(group, name="forms")


def check(
    area: Annotated[
        Path | None,
        typer.Argument(
            help="The area's folder, for the forms it adds or puts in the place of one; without it the shipped ones."
        ),
    ] = None,
) -> None:
    """Read every form and list them: what is wrong is said by file and entry, with what to do about it."""
    from engage.casework.forms.checking import faults_together, silent
    from engage.casework.forms.reading import load

    shipped, forms = load(), load(open_area(area).folder / "forms" if area else None)
    for form in forms.values():
        values = {
            "code": form.code,
            "title": form.title,
            "questions": str(len(form.questions)),
            "from_on": form.effective_on.isoformat(),
        }
        own = N_("%(code)s: %(title)s, %(questions)s questions (the area's, from %(from_on)s)")
        typer.echo(_(own if form.is_local else N_("%(code)s: %(title)s, %(questions)s questions"), **values))
        if form.is_local and form.code in shipped and (events := silent(form, shipped[form.code])):
            typer.echo(_("  It tells no clock of: %(events)s.", events=", ".join(events)))
    wrong = list(faults_together(forms))
    for what, remedy in wrong:
        typer.echo(f"{what}: {say(remedy if isinstance(remedy, Sentence) else Sentence(remedy))}")
    if wrong:
        raise FormsDoNotFit(N_("The forms do not fit to the moves of cases."))
