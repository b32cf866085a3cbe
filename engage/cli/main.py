"""The list of commands. Each is a few lines around a door; the words match the doors.

A user's error is a sentence and a remedy, with an exit code that tells the kind of failure; anything else is a bug and
shows its traceback.
"""

from __future__ import annotations

import sys

import typer

from engage.cli.words import say, translate_help
from engage.vocabulary.words import N_, EngageError


app = typer.Typer(
    name="engage",
    help=N_("Join what agencies hold about children at risk of exploitation into one picture."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def register() -> None:
    """Put every room's commands on the list."""
    from engage.cli import (
        building,
        clocks,
        demo,
        example,
        forms,
        identities,
        indicators,
        maps,
        missing,
        network_load,
        picture,
        records,
        serve,
        week,
    )

    for module in (
        records,
        building,
        identities,
        picture,
        network_load,
        maps,
        indicators,
        forms,
        clocks,
        missing,
        example,
        week,
        serve,
        demo,
    ):
        module.register(app)


def main() -> None:
    """Run the command line; end with the exit code of the kind of failure."""
    register()
    translate_help(app)
    try:
        app()
    except EngageError as error:
        typer.secho(say(error.sentence), fg="red", err=True)
        if error.remedy.text:
            typer.echo(say(error.remedy), err=True)
        sys.exit(error.exit_code)
