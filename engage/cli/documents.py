"""`engage export chronology AREA --person ID`: the document that a person's page gives, from a terminal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from engage.cli.opening import open_for_command
from engage.cli.words import _
from engage.vocabulary.words import N_, EngageError, Sentence


class DocumentRefused(EngageError):
    """A document cannot be written under that name."""


class TableUnlessAPerson(TyperGroup):
    """`engage export TABLE AREA` is short for `engage export table TABLE AREA`; of one person, named by --person, it is a document, and the
    worklist is no table."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What does not ask for help, and is not about one person, is a table's: there is a table called chronology too."""
        is_about_one = any(one.partition("=")[0] == "--person" for one in args)
        is_told = args[:1] in (
            ["table"],
            ["worklist"],
            ["concern"],
            ["groups"],
            ["chart"],
            ["hotspots"],
            ["--help"],
        ) or (args[:1] == ["chronology"] and is_about_one)
        if args and not is_told:
            args = ["table", *args]
        return list(super().parse_args(ctx, args))


def export_chronology(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    person: Annotated[str, typer.Option("--person", help="A person id.")],
    out: Annotated[Path, typer.Option(help="The file to write: .docx")],
    purpose: Annotated[
        str, typer.Option(help="A purpose code of the access table: why.")
    ] = "safeguarding_child",
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="As known on that day.")
    ] = None,
) -> None:
    """Write one person's chronology, as far as an operator may see it, to an accessible Word document. The export is in the audit log."""
    if out.suffix.lower() != ".docx":
        raise DocumentRefused(
            Sentence(N_("%(file)s is not called a Word document."), {"file": out.name}),
            remedy=N_("Let its name end with .docx."),
        )
    opened = open_for_command(area, operator=operator)
    from engage.picture.exporting import written_beside
    from engage.picture.rules import Filters
    from engage.web.people.taking import as_word

    build = opened.warehouse.current()
    viewing = opened.viewing(purpose, as_of.date() if as_of else build.info.as_of)
    with written_beside(out) as aside:
        person_id, file = as_word(
            viewing=viewing, build=build, area=opened.area, person_id=person, filters=Filters()
        )
        aside.write_bytes(file)
    said = _(
        "Wrote the chronology of %(person)s to %(file)s: all that %(who)s may see of it as %(role)s",
        person=person_id, file=str(out), who=viewing.viewer.user_id, role=viewing.viewer.role,
    )  # fmt: skip
    typer.echo(said)
