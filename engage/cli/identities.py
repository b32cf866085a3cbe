"""The commands of identities: why were records joined, and how right are the joins?"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from engage.cli.opening import Opened, open_for_command
from engage.cli.queue import evaluate_queue
from engage.cli.terminal import table
from engage.cli.words import _, say
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.identities.evaluating import Measures, Rates
    from engage.identities.explaining import PersonExplained
    from engage.identities.rules import JoinExplained


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]


def register(app: typer.Typer) -> None:
    """Add `engage explain` and `engage evaluate`."""
    app.command("explain")(explain)
    how_right = typer.Typer(
        cls=_AreaUnlessNamed,
        help=N_("How right are the joins, measured against a known answer: of an area, or of any flat file."),
    )
    how_right.command("area")(evaluate)
    how_right.command("linkage")(evaluate_linkage)
    how_right.command("queue")(evaluate_queue)
    app.add_typer(how_right, name="evaluate")


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


def _print_join(console: Console, join: JoinExplained) -> None:
    from engage.identities.rules import chance_words

    console.print()
    console.print(
        _("%(left)s  and  %(right)s", left=join.left.record_id, right=join.right.record_id),
        style="bold",
        highlight=False,
    )
    weight = "" if join.weight is None else " " + _("(%(weight)s bits)", weight=f"{join.weight:+.1f}")
    console.print(
        (_("One person:") if join.are_joined else _("Not joined:")) + " " + say(join.strength) + weight,
        highlight=False,
    )
    for words in (chance_words(join.chance), join.refusal):
        if words:
            console.print(say(words), highlight=False)
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


def evaluate_linkage(
    file: Annotated[
        Path,
        typer.Argument(
            help="A flat file of people: CSV, XLSX or Parquet, also .gz.", exists=True, dir_okay=False
        ),
    ],
    truth: Annotated[str, typer.Option("--truth", help="The column that says who each row really is.")],
    mapped: Annotated[
        list[str],
        typer.Option(
            "--map", help="field=column, or field=column+column; once for each field (surname=last_name)."
        ),
    ],
) -> None:
    """Link the rows of a flat file by the columns named, and measure the groups against its truth column."""
    from engage.identities import flat

    fields: dict[str, tuple[str, ...]] = {}
    for one in mapped:
        field, equals, columns = one.partition("=")
        if not equals or not columns:
            raise typer.BadParameter(_("“%(one)s” is not field=column.", one=one))
        fields[field] = tuple(columns.split("+"))
    found = flat.evaluate(file, truth=truth, fields=fields)
    _print_measures(Console(), found.measures, are_agencies=False)


def _ids(opened: Opened) -> list[tuple[str, str, str, str]]:
    from engage.governance.actions import check_may
    from engage.identities import queries

    check_may(viewing=opened.viewing(), what="evaluate", subject="all")
    return queries.everyone(viewing=opened.viewing(), build=opened.warehouse.current())


def _write_ids(folder: Path, ids: list[tuple[str, str, str, str]]) -> None:
    from engage.identities.evaluating import ID_COLUMNS
    from engage.picture.exporting import written_beside

    with (
        written_beside(folder / "ids.csv", make_folder=True) as file,
        file.open("w", encoding="utf-8", newline="") as handle,
    ):
        writer = csv.writer(handle)
        writer.writerow(ID_COLUMNS)
        writer.writerows(ids)


def _print_measures(console: Console, found: Measures, *, are_agencies: bool = True) -> None:
    console.print(
        _(
            "%(records)s records; %(left_out)s left out of the build",
            records=f"{found.records:,}",
            left_out=f"{found.left_out:,}",
        )
    )
    shown = table(_("Joins"), _("Precision"), _("Recall"), "F1")
    rows: list[tuple[str, Rates]] = [
        (_("Pairs of records"), found.pairs),
        *(
            [
                (_("Pairs across agencies"), found.across_agencies),
                (_("Pairs without partial records"), found.without_partials),
            ]
            if are_agencies
            else []
        ),
        (_("B-cubed"), found.b_cubed),
    ]
    for words, rates in rows:
        shown.add_row(words, f"{rates.precision:.4f}", f"{rates.recall:.4f}", f"{rates.f1:.4f}")
    console.print(shown)
    for kind, (joined, total) in found.wrongly_joined.items():
        console.print(
            _(
                "%(kind)s: %(joined)s of %(total)s wrongly joined",
                kind=kind.replace("_", " "),
                joined=str(joined),
                total=str(total),
            ),
            highlight=False,
        )
    for words, counts in ((_("Missed:"), found.missed), (_("Wrongly joined:"), found.wrong)):
        console.print(
            f"{words} " + (", ".join(f"{n} {_pair(kind)}" for kind, n in counts.items()) or _("none")),
            highlight=False,
        )


_KINDS = {"full": N_("full"), "partial": N_("partial"), "duplicate": N_("duplicate")}


def _pair(kinds: str) -> str:
    """The kinds of two records ("full and partial") in the reader's language."""
    one, _and, other = kinds.partition(" and ")
    return _("%(one)s and %(other)s", one=_(_KINDS.get(one, one)), other=_(_KINDS.get(other, other)))
