"""`engage indicators check`, `engage evaluate indicators` and `engage evaluate worklist`."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import Opened, open_for_command
from engage.cli.terminal import table
from engage.cli.words import _, ngettext
from engage.store.area import open_area
from engage.vocabulary.words import N_, EngageError


if TYPE_CHECKING:
    from engage.identities.measuring.answer import Answer
    from engage.picture.indicators.measuring import Use

AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Truth = Annotated[
    Path | None, typer.Option("--truth", help="Folder with the known answer, where there is one.")
]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]


class DrawnTableWrong(EngageError):
    """An indicator's step does not return what its drawn table says."""


def register(app: typer.Typer) -> None:
    """Add the commands of the catalogue."""
    group = typer.Typer(help=N_("The catalogue of indicators."), no_args_is_help=True)
    group.command("check")(check)
    group.callback()(lambda: None)
    app.add_typer(group, name="indicators")


def check(
    area: Annotated[
        Path | None,
        typer.Argument(help="The area's folder, for the indicators it adds; without it the shipped ones."),
    ] = None,
) -> None:
    """Run the drawn-table test of every indicator: does its step return the very records that its table says?"""
    from engage.picture.indicators.catalogue import load
    from engage.picture.indicators.checking import check as run

    known = load(open_area(area).folder / "indicators" if area else None)
    wrong, count = [], 0
    for one in run(known.values()):
        count += 1
        if not one.is_right:
            wrong.append(one.indicator)
            words = {
                "code": one.indicator, "what": one.what, "missing": ", ".join(map(" ".join, sorted(one.missing))) or _("none"),
                "besides": ", ".join(map(" ".join, sorted(one.besides))) or _("none"),
            }  # fmt: skip
            typer.echo(
                _("%(code)s, %(what)s: not returned: %(missing)s; returned besides: %(besides)s", **words)
            )
    untested = [one.code for one in known.values() if one.is_computed and not one.checks]
    if untested:
        typer.echo(_("Without a drawn table: %(codes)s.", codes=", ".join(untested)))
    if wrong or untested:
        raise DrawnTableWrong(N_("Not every indicator returns what its drawn table says."))
    typer.echo(
        ngettext(
            "%(count)s drawn table, all right.",
            "%(count)s drawn tables, all right.",
            count,
            count=f"{count:,}",
        )
    )


def evaluate_indicators(area: AreaFolder, truth: Truth = None, operator: Operator = "") -> None:
    """Show of each indicator how many children carry it, in whose records, and what staff said; with a known answer, how often it is right."""
    opened = open_for_command(area, operator=operator)
    tell(Console(), measured(opened, truth))


def measured(opened: Opened, truth: Path | None) -> list[Use]:
    """The use of each indicator, with whether it is right where the answer says."""
    from engage.picture.indicators import queries

    viewing, build = opened.viewing(), opened.warehouse.current()
    exploited = exploited_today(opened, _answer(truth)) if truth else None
    return queries.uses(viewing=viewing, build=build, area=opened.area, exploited=exploited)


def _answer(truth: Path) -> Answer:
    from engage.identities.measuring.answer import read_answer

    return read_answer(truth)


def exploited_today(opened: Opened, answer: Answer) -> dict[str, str]:
    """Which exploited child each person (today's id) is: the one whose most of its records are."""
    from engage.identities import queries

    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for *key, person in queries.everyone(viewing=opened.viewing(), build=opened.warehouse.current()):
        true = answer.truth.person_of.get((str(key[0]), str(key[1]), str(key[2])))
        if true:
            votes[str(person)][true] += 1
    who = {person: count.most_common(1)[0][0] for person, count in votes.items()}
    return {
        person: true
        for person, true in who.items()
        if true in answer.people and answer.people[true].is_exploited
    }


def tell(console: Console, uses: list[Use]) -> None:
    """Indicator by indicator."""
    shown = table("", _("children"), _("agencies"), _("exploited"), _("right"), _("missed"), _("confirmed"), _("disputed"), _("indicator"))  # fmt: skip
    for one in uses:
        code = one.indicator.code if one.indicator.is_on else _("%(code)s (off)", code=one.indicator.code)
        known = ("", "") if one.exploited is None else (f"{one.exploited:,}", f"{one.missed:,}")
        right = "" if one.right is None else f"{one.right:.3f}"
        said = (str(one.said.get(word, 0)) for word in ("confirmed", "disputed"))
        shown.add_row(
            code,
            f"{one.carried:,}",
            str(len(one.agencies)),
            known[0],
            right,
            known[1],
            *said,
            one.indicator.title,
        )
    console.print(shown)


def evaluate_worklist(
    area: AreaFolder,
    truth: Annotated[Path, typer.Option("--truth", help="Folder with the known answer.")],
    workers: Annotated[int, typer.Option(help="How many workers share the list.", min=1)] = 6,
    weeks: Annotated[int, typer.Option(help="How many weeks, up to the last day received.", min=1)] = 26,
    operator: Operator = "",
) -> None:
    """Show how many children come onto the worklist in a week for each worker, and how many of them are exploited."""
    opened = open_for_command(area, operator=operator)
    from engage.picture.worklist import queries
    from engage.picture.worklist.limits import weekly_limit

    exploited = exploited_today(opened, _answer(truth))
    build = opened.warehouse.current()
    found = queries.came_by_week(
        viewing=opened.viewing(), build=build, area=opened.area, exploited=exploited, weeks_back=weeks
    )
    shown = table(_("week from"), _("came onto the list"), _("of these exploited"))
    for one in found:
        shown.add_row(str(one.from_on), f"{one.came:,}", f"{one.right:,}")
    console, came, right = Console(), sum(one.came for one in found), sum(one.right for one in found)
    console.print(shown)
    console.print(
        _(
            "%(each)s new rows a week for each of %(workers)s workers; %(right)s of %(came)s children who came onto the list are exploited (%(share)s)",
            each=f"{came / len(found) / workers:.1f}", workers=str(workers), right=f"{right:,}", came=f"{came:,}",
            share=f"{right / came:.1%}" if came else "-",
        ),
        highlight=False,
    )  # fmt: skip
    if (limit := weekly_limit(opened.area)) is not None:
        over = sum(max(0, one.came - limit) for one in found)
        console.print(
            _("Beyond the area's limit of %(limit)s a week: %(over)s, all listed", limit=str(limit), over=f"{over:,}"), highlight=False
        )  # fmt: skip
