"""`engage evaluate wording`: how often do agencies' texts blame a child, by theme and agency?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import open_for_command
from engage.cli.terminal import table
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.picture.wording.summing import Worded


def evaluate_wording(
    area: Annotated[Path, typer.Argument(help="The area's folder.")],
    from_month: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m"],
            help="A month of the first quarter; by default of three quarters before the last.",
        ),
    ] = None,
    until_month: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            formats=["%Y-%m"],
            help="A month of the last quarter; by default of the last that was over on the day of the build.",
        ),
    ] = None,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Count the texts that hold wordings that blame a child, by theme and agency: never by who wrote them; each quarter is rounded to five."""
    opened = open_for_command(area, operator=operator)
    from engage.picture.measures import queries
    from engage.picture.wording.period import period

    build = opened.warehouse.current()
    first, after = period(
        from_month.date() if from_month else None,
        until_month.date() if until_month else None,
        build.info.as_of,
    )
    viewing = opened.viewing(as_of=build.info.as_of)
    found = queries.how_worded(viewing=viewing, build=build, area=opened.area, from_on=first, until_on=after)
    titles = [opened.area.agency(code).title for code in found.texts]
    _tell(found, titles)


def _tell(found: Worded, titles: list[str]) -> None:
    console = Console()
    if not found.texts:
        console.print(_("There are no texts of that time that you may read, or too few to be counted."))
        return
    rows = table(_("Theme"), *titles)
    counted = [(_(found.titles.get(theme, theme)), counts, "") for theme, counts in found.found.items()]
    for title, counts, style in (*counted, (_("All texts"), found.texts, "bold")):
        rows.add_row(title, *(f"{n:,}" for n in counts.values()), style=style)
    console.print(rows)
    first, after = (day.strftime("%Y-%m") for day in (found.from_on, found.until_on))
    console.print(_("Texts of whole quarters from %(first)s to before %(after)s, by the day of what they tell of; each quarter's number is rounded to the nearest five.", first=first, after=after))  # fmt: skip
    console.print(_("A wording is no fault of one person, and a quotation counts too: no count is by who wrote it."))  # fmt: skip
