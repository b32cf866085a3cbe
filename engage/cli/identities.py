"""The commands of identities: why were records joined, and how right are the joins?"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from engage.cli.opening import Opened, open_for_command
from engage.vocabulary.words import Sentence


if TYPE_CHECKING:
    from engage.identities.evaluating import Measures, Rates
    from engage.identities.explaining import PersonExplained
    from engage.identities.rules import JoinExplained


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Operator = Annotated[str, typer.Option("--operator", help="Your name, for the audit log.")]


def register(app: typer.Typer) -> None:
    """Add `engage explain` and `engage evaluate`."""
    app.command("explain")(explain)
    app.command("evaluate")(evaluate)


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
        raise typer.BadParameter("Give one person id, or two record ids.")
    opened = open_for_command(area, operator=operator)
    from engage.identities import queries

    viewing, build = opened.viewing(purpose), opened.warehouse.current()
    console = Console()
    if len(what) == 2:
        _print_join(console, queries.explain_join(viewing=viewing, build=build, left=what[0], right=what[1]))
        return
    _print_person(console, queries.explain_person(viewing=viewing, build=build, person_id=what[0]))


def _say(sentence: Sentence) -> str:
    from django.utils.translation import gettext

    text = gettext(sentence.text)
    return text % sentence.values if sentence.values else text


def _print_person(console: Console, found: PersonExplained) -> None:
    console.print(f"{found.person_id}: {len(found.record_ids)} records", style="bold")
    for record_id in found.record_ids:
        console.print(f"  {record_id}", highlight=False)
    for join in found.joins:
        _print_join(console, join)
    if found.weakest:
        console.print(
            f"Held together least by: {found.weakest.left.record_id} and {found.weakest.right.record_id}",
            highlight=False,
        )


def _print_join(console: Console, join: JoinExplained) -> None:
    console.print()
    console.print(f"{join.left.record_id}  and  {join.right.record_id}", style="bold", highlight=False)
    weight = "" if join.weight is None else f" ({join.weight:+.1f} bits)"
    console.print(
        ("One person: " if join.are_joined else "Not joined: ") + _say(join.strength) + weight,
        highlight=False,
    )
    if join.refusal:
        console.print(_say(join.refusal), highlight=False)
    table = Table("Compared", "One record", "The other", "Found", "Weight", box=None, pad_edge=False)
    for field in join.fields:
        found = f"{_say(field.strength)} ({field.weight:+.1f})" if field.weight else ""
        table.add_row(
            _say(field.words), field.left_value or "", field.right_value or "", _say(field.level), found
        )
    if join.fields:
        console.print(table)


def evaluate(
    area: AreaFolder,
    truth: Annotated[
        Path, typer.Option("--truth", help="Folder with the known answer (identities.csv and more).")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write the scorer's files to.")] = None,
    operator: Operator = "",
) -> None:
    """Measure the current build against a known answer, and write ids.csv as a scorer reads it."""
    opened = open_for_command(area, operator=operator)
    from engage.identities.evaluating import measure, read_truth

    answer = read_truth(truth)
    ids = _ids(opened)
    if out is not None:
        _write_ids(out, ids)
    _print_measures(
        Console(), measure({(agency, file, source): group for agency, file, source, group in ids}, answer)
    )


def _ids(opened: Opened) -> list[tuple[str, str, str, str]]:
    from engage.identities import queries

    return queries.everyone(viewing=opened.viewing(), build=opened.warehouse.current())


def _write_ids(folder: Path, ids: list[tuple[str, str, str, str]]) -> None:
    from engage.identities.evaluating import ID_COLUMNS

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ids.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(ID_COLUMNS)
        writer.writerows(ids)


def _print_measures(console: Console, found: Measures) -> None:
    console.print(f"{found.records:,} records; {found.left_out:,} left out of the build")
    table = Table("Joins", "Precision", "Recall", "F1")
    rows: list[tuple[str, Rates]] = [
        ("Pairs of records", found.pairs), ("Pairs across agencies", found.across_agencies),
        ("Pairs without partial records", found.without_partials), ("B-cubed", found.b_cubed),
    ]  # fmt: skip
    for words, rates in rows:
        table.add_row(words, f"{rates.precision:.4f}", f"{rates.recall:.4f}", f"{rates.f1:.4f}")
    console.print(table)
    for kind, (joined, total) in found.wrongly_joined.items():
        console.print(f"{kind.replace('_', ' ')}: {joined} of {total} wrongly joined", highlight=False)
    for words, counts in (("Missed", found.missed), ("Wrongly joined", found.wrong)):
        console.print(
            f"{words}: " + (", ".join(f"{n} {kind}" for kind, n in counts.items()) or "none"), highlight=False
        )
