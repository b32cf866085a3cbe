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
        typer.Option("--from", formats=["%Y-%m"], help="The first month; by default eleven before the last."),
    ] = None,
    until_month: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m"], help="The last month; by default that of the build."),
    ] = None,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Count the texts that hold wordings that blame a child, by theme and agency: never by who wrote them, and nothing smaller than five."""
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
    _tell(found, titles, first.strftime("%Y-%m"), after.strftime("%Y-%m"))


def _tell(found: Worded, titles: list[str], first: str, after: str) -> None:
    from engage.picture.wording.period import SMALL, shown

    console = Console()
    if not found.texts:
        console.print(_("There is no text of that time that you may read."))
        return
    rows = table(_("Theme"), *titles)
    counted = [(_(found.titles.get(theme, theme)), counts, "") for theme, counts in found.found.items()]
    for title, counts, style in (*counted, (_("All texts"), found.texts, "bold")):
        small = _("fewer than %(small)s", small=str(SMALL))
        said = (small if shown(n) is None else f"{n:,}" for n in counts.values())
        rows.add_row(title, *said, style=style)
    console.print(rows)
    console.print(_("Texts of months from %(first)s to before %(after)s, by the day of what they tell of.", first=first, after=after))  # fmt: skip
    console.print(_("A wording is no fault of one person, and a quotation counts too: no count is by who wrote it."))  # fmt: skip
