"""`engage evaluate networks`, `engage export concern` and `engage export groups`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engage.cli.opening import Opened, open_for_command
from engage.cli.terminal import table
from engage.cli.words import _


if TYPE_CHECKING:
    from engage.networks.measuring import AtK, Grouped, NetworkTruth
    from engage.networks.queries import Measured
    from engage.networks.rules import OfConcern


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]
Operator = Annotated[
    str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
]
Purpose = Annotated[str, typer.Option(help="why")]
Out = Annotated[Path, typer.Option("--out", help="The file to write: .csv")]
KINDS = ("person", "place", "vehicle", "phone", "account")
HEAD = (
    "kind",
    "key",
    "label",
    "rank",
    "children",
    "adults_of_concern",
    "agencies",
    "newest_on",
    "links",
    "records",
)


def evaluate_networks(
    area: AreaFolder,
    truth: Annotated[
        Path, typer.Option("--truth", help="Folder with the known answer (exploiters.csv and more).")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write the scorer's files to.")] = None,
    operator: Operator = "",
) -> None:
    """Show how many of the people, places, vehicles and phones that records link to children are of concern in truth, and how right the groups are.

    Relatives, staff and peers who abuse are told apart. All lines count, whoever may see them."""
    opened = open_for_command(area, operator=operator)
    from engage.networks import queries
    from engage.networks.measuring import read_network_truth

    answer = read_network_truth(truth)
    found = queries.measured(viewing=opened.viewing(), build=opened.warehouse.current(), area=opened.area)
    if out is not None:
        _write_answer(found, out)
    _tell(Console(), found, answer, _true_people(opened, truth))


def _true_people(opened: Opened, truth: Path) -> dict[str, str]:
    """Who each person (today's id) really is: the one whose most of its records are."""
    from engage.identities import queries
    from engage.identities.evaluating import read_truth

    votes: dict[str, Counter[str]] = defaultdict(Counter)
    person_of = read_truth(truth).person_of
    for *key, person in queries.everyone(viewing=opened.viewing(), build=opened.warehouse.current()):
        if true := person_of.get((str(key[0]), str(key[1]), str(key[2]))):
            votes[str(person)][true] += 1
    return {person: count.most_common(1)[0][0] for person, count in votes.items()}


def _tell(console: Console, found: Measured, answer: NetworkTruth, who: dict[str, str]) -> None:
    from engage.networks.measuring import at_k, grouped, number, plate

    concern = found.concern.found
    people = [who.get(one.key, one.key) for one in concern["person"]]
    recorded = [person for person in answer.exploiters if person in set(who.values())]
    places = [
        next(
            (
                answer.place_of[record]
                for record in found.records_of_places.get(one.key, ())
                if record in answer.place_of
            ),
            one.key,
        )
        for one in concern["place"]
    ]
    rows = (
        (_("people"), at_k(people, recorded, answer.apart)),
        (_("places"), at_k(places, answer.places, answer.apart)),
        (_("vehicles"), at_k([plate(one.key) for one in concern["vehicle"]], answer.vehicles, answer.apart)),
        (_("phones"), at_k([number(one.key) for one in concern["phone"]], answer.phones, answer.apart)),
    )
    console.print(_rates(rows))
    console.print(
        _kinds(
            answer, set(people), {who.get(one.key, one.key) for one in found.concern.not_counted}, recorded
        )
    )
    members = {place: [who.get(person, person) for person in some] for place, some in found.groups.items()}
    _tell_groups(console, len(members), grouped(members, answer.groups, answer.exploiters))


def _rates(rows: Iterable[tuple[str, AtK]]) -> object:
    shown = table(
        "",
        _("in truth"),
        _("right of the first as many"),
        _("share"),
        _("listed"),
        _("right in all"),
        _("what the others are"),
    )
    for name, one in rows:
        others = ", ".join(f"{what} {count}" for what, count in one.others.items())
        shown.add_row(
            name, str(one.k), str(one.right), f"{one.precision:.3f}", str(one.listed), str(one.found), others
        )
    return shown


def _kinds(answer: NetworkTruth, listed: set[str], aside: set[str], recorded: list[str]) -> object:
    """Of each kind of exploiter how many stand in the list, and how many among those who are not counted."""
    shown = table(
        _("who they are to the child"), _("in records"), _("of concern"), _("not counted, and listed so")
    )
    for kind in sorted(set(answer.exploiters.values())):
        mine = {person for person in recorded if answer.exploiters[person] == kind}
        shown.add_row(kind, str(len(mine)), str(len(mine & listed)), str(len(mine & aside)))
    return shown


def _tell_groups(console: Console, count: int, found: Grouped) -> None:
    console.print(
        _(
            "%(groups)s groups; over those who exploit, B-cubed precision %(precision)s, recall %(recall)s, F1 %(f1)s; %(placed)s of %(people)s of them placed, %(others)s others "
            "in the same groups.",
            groups=str(count), precision=f"{found.precision:.3f}", recall=f"{found.recall:.3f}", f1=f"{found.f1:.3f}", placed=str(found.placed),
            people=str(found.exploiters), others=str(found.others),
        )
    )  # fmt: skip


def _write_answer(found: Measured, out: Path) -> None:
    """The files that a scorer reads."""
    from engage.picture.exporting import write_rows

    concern = found.concern.found
    ranks = {kind: list(enumerate(some, start=1)) for kind, some in concern.items()}
    write_rows(
        out / "persons.csv",
        ("cluster_id", "rank"),
        ((one.key, rank) for rank, one in ranks["person"]),
        make_folder=True,
    )
    places = (
        (*record, -rank)
        for rank, one in ranks["place"]
        for record in found.records_of_places.get(one.key, ())
    )
    write_rows(out / "places.csv", ("agency", "file", "source_id", "score"), places)
    write_rows(out / "vehicles.csv", ("vrm", "score"), ((one.key, -rank) for rank, one in ranks["vehicle"]))
    write_rows(out / "phones.csv", ("number", "score"), ((one.key, -rank) for rank, one in ranks["phone"]))
    write_rows(
        out / "groups.csv",
        ("cluster_id", "group_id"),
        ((person, place) for place, some in found.groups.items() for person in sorted(some)),
    )


def export_concern(
    area: AreaFolder,
    out: Out,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="person, place, vehicle, phone or account; by default all."),
    ] = None,
    purpose: Purpose = "data_quality",
    operator: Operator = "",
) -> None:
    """Write who and what separate records link to children, as far as you may see it, in the order of named facts. None of it is a finding. The export is
    in the audit log."""
    opened = open_for_command(area, operator=operator)
    for one in kind or ():
        if one not in KINDS:
            raise typer.BadParameter(_("“%(kind)s” is none of %(known)s.", kind=one, known=", ".join(KINDS)))
    from engage.networks import queries
    from engage.picture.exporting import write_rows

    found = queries.of_concern_to_take_away(
        viewing=opened.viewing(purpose), build=opened.warehouse.current(), area=opened.area
    )
    rows = [row for one in kind or KINDS for row in _concern_rows(found.found.get(one, ()))]
    write_rows(out, HEAD, rows)
    typer.echo(
        _("Wrote %(rows)s rows to %(file)s. None of them is a finding.", rows=f"{len(rows):,}", file=str(out))
    )


def _concern_rows(some: Iterable[OfConcern]) -> Iterator[tuple[object, ...]]:
    for rank, one in enumerate(some, start=1):
        records = sorted(
            {link.theirs.record_id for link in one.links} | {link.childs.record_id for link in one.links}
        )
        yield (
            one.kind, one.key, one.label, rank, len(one.children), len(one.adults), "; ".join(one.agencies), one.newest_on or "", len(one.links), "; ".join(records),
        )  # fmt: skip


def export_groups(
    area: AreaFolder, out: Out, purpose: Purpose = "disruption", operator: Operator = ""
) -> None:
    """Write the members of the groups that you may see, each with the group's number: for analysts, until a lead adopts a group. The export is in the audit
    log."""
    opened = open_for_command(area, operator=operator)
    from engage.networks import queries
    from engage.picture.exporting import write_rows

    found = queries.groups_to_take_away(
        viewing=opened.viewing(purpose), build=opened.warehouse.current(), area=opened.area
    )
    rows = [(member, group.number) for group in found for member in group.members]
    write_rows(out, ("cluster_id", "group_id"), rows)
    typer.echo(
        _(
            "Wrote %(rows)s members of %(groups)s groups to %(file)s.",
            rows=f"{len(rows):,}",
            groups=str(len(found)),
            file=str(out),
        )
    )
