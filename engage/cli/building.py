"""`engage build`, `engage status` and `engage brief`: a build is made, and what there is to know of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from engage.cli import briefing
from engage.cli.opening import Opened, open_for_command
from engage.cli.terminal import table
from engage.cli.words import _, say
from engage.store.warehouse import NoBuild
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


if TYPE_CHECKING:
    from engage.records.quality import Completeness


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(build)
    app.command()(status)
    app.command()(brief)


def build(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="last received day that goes in; by default that of the last delivery or entry by hand",
        ),
    ] = None,
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Join what was received into one picture and serve it. Until it is complete the last good one is served."""
    opened = open_for_command(area, operator=operator)
    make(opened, as_of)


def make(opened: Opened, as_of: datetime | None = None) -> None:
    """Build with a progress bar and say in one line what came of it."""
    from engage import pipeline
    from engage.cli.progress import build_progress

    with build_progress(str(opened.area.folder)) as watcher:
        info = pipeline.build_area(
            area=opened.area,
            warehouse=opened.warehouse,
            viewing=opened.viewing(),
            as_of=as_of.date() if as_of else None,
            watcher=watcher,
        )
    counts = info.counts
    said = _(
        "Built %(build)s as of %(day)s: %(records)s records of people, %(unused)s values or rows not used",
        build=info.build_id, day=info.as_of.isoformat(), records=f"{counts.get('person_record', 0):,}", unused=f"{counts.get('reject', 0):,}",
    )  # fmt: skip
    typer.echo(said)
    _print_quality(opened)
    _print_model(opened)


def _print_model(opened: Opened) -> None:
    """That this build had to learn a linkage model and links with it, if it did, and why; that the records have outgrown the one in use."""
    from engage.identities import queries

    build = opened.warehouse.current()
    for one in queries.models(viewing=opened.viewing(as_of=build.info.as_of), build=build):
        if one.is_in_use and one.adoptions and one.learnt_from.build_id == build.info.build_id:
            said = _(
                "Linkage model %(version)s was learnt by this build and is in use: %(why)s. What it weighs, and what another would change: engage model list %(area)s",
                version=str(one.version), why=one.adoptions[-1].why, area=opened.area.folder.name,
            )  # fmt: skip
            typer.echo(said)
        elif one.is_in_use and one.is_outgrown:
            learnt, now = one.learnt_from, one.now
            said = _(
                "The linkage model in use was learnt from %(records)s records of %(agencies)s agencies; now there are %(now)s of %(sending)s. See what a new one would change: engage model train %(area)s",
                records=f"{learnt.records:,}", agencies=str(learnt.agencies), now=f"{now.records:,}", sending=str(now.agencies), area=opened.area.folder.name,
            )  # fmt: skip
            typer.echo(said)


def _print_quality(opened: Opened) -> None:
    """In short, of what the operator may see: births known, rows not used, people recorded twice, days until received."""
    from engage.records import queries

    build = opened.warehouse.current()
    found = queries.quality(viewing=opened.viewing(as_of=build.info.as_of), build=build)
    shown = table(
        _("agency"),
        _("records of people"),
        _("birth known"),
        _("rows not used"),
        _("values not used"),
        _("recorded twice"),
        _("days late"),
    )
    for c in (c for c in found.completeness if (c.thing, c.field) == ("person", "date of birth or age")):
        not_used = {
            severity: sum(n.count for n in found.not_used if (n.agency, n.severity) == (c.agency, severity))
            for severity in ("rejected", "flagged")
        }
        doubled = sum(d.same_person for d in found.duplicates if d.agency == c.agency)
        late = max((one.median_days for one in found.lateness if one.agency == c.agency), default=0)
        shown.add_row(
            c.agency, f"{c.records:,}", f"{c.filled / c.records:.0%}", f"{not_used['rejected']:,}", f"{not_used['flagged']:,}",
            f"{doubled:,}", f"{late:.0f}",
        )  # fmt: skip
    if shown.rows:
        Console().print(shown)
        Console().print(_completeness(found.completeness))


def _completeness(found: Sequence[Completeness]) -> Table:
    """Of each agency's records, how many have each field: who does not send a field is not counted against it."""
    agencies = sorted({c.agency for c in found})
    shares = {(c.thing, c.field, c.agency): f"{c.filled / c.records:.0%}" for c in found if c.records}
    shown = table(_("has"), *agencies)
    things = {"person": N_("person: %(field)s"), "event": N_("event: %(field)s")}
    for thing, field in dict.fromkeys((c.thing, c.field) for c in found):
        row = [shares.get((thing, field, agency), "") for agency in agencies]
        shown.add_row(_(things[thing], field=_(field)), *row)
    return shown


def status(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Say which deliveries are kept, whether each is as it was acknowledged, and what is being served."""
    opened = open_for_command(area)
    from engage.records import queries

    faults = queries.faults_of_deliveries(opened.area)
    deliveries = [
        {"delivery_id": d.delivery_id, "agency": d.agency, "mapping": d.mapping, "rows": d.row_count, "files": list(d.files), "extent": d.extent,
         "received_at": d.received_at.isoformat(), "verified": not faults.get(d.delivery_id)}
        for d in queries.deliveries(viewing=opened.viewing())
    ]  # fmt: skip
    state = {
        "deliveries": deliveries,
        "faults": {k: v for k, v in faults.items() if v},
        "build": _build_state(opened),
    }
    if as_json:
        typer.echo(json.dumps(state))
        return
    _print(opened, state)


def _build_state(opened: Opened) -> dict[str, Any]:
    try:
        served = opened.warehouse.current()
    except NoBuild:
        return {}
    from engage.identities import queries

    viewing = opened.viewing(as_of=served.info.as_of)
    counts = queries.joined(viewing=viewing, build=served)
    is_whole = served.pages().execute("pragma quick_check").fetchone()[0] == "ok"
    return {
        "build_id": served.info.build_id, "as_of": served.info.as_of.isoformat(), "is_whole": is_whole,
        "people": queries.fingerprint(viewing=viewing, build=served), "people_count": counts.people, "counts": served.info.counts,
    }  # fmt: skip


def _print(opened: Opened, state: dict[str, Any]) -> None:
    shown = table(_("delivery"), _("agency"), _("received"), _("rows"), _("extent"), _("kept as received"))
    for d in state["deliveries"]:
        shown.add_row(
            d["delivery_id"],
            d["agency"],
            d["received_at"][:10],
            f"{d['rows']:,}",
            d["extent"],
            _("yes") if d["verified"] else _("NO"),
        )
    Console().print(shown)
    for name, faults in state["faults"].items():
        typer.echo("\n".join(f"{name}: {fault}" for fault in faults))
    built = state["build"]
    if not built:
        typer.echo(_why_nothing(opened))
        return
    said = _("Serving %(build)s, as of %(day)s: %(people)s people",
        build=built["build_id"], day=built["as_of"], people=f"{built['people_count']:,}",
    )  # fmt: skip
    typer.echo(said)
    _print_quality(opened)


def _why_nothing(opened: Opened) -> str:
    try:
        opened.warehouse.current()
    except NoBuild as error:
        return f"{say(error.sentence)} {say(error.remedy)}"
    return ""


def brief(area: Annotated[Path, typer.Argument(help="the area's folder")]) -> None:
    """One screen: what was received, what could not be used, and what the joining made of it."""
    print_brief(open_for_command(area))


def print_brief(opened: Opened) -> None:
    """Print the one-screen briefing of an area."""
    from engage.identities import queries as identities
    from engage.records import queries as records

    served = opened.warehouse.current()
    viewing = opened.viewing()
    console = Console()
    console.print()
    console.print(
        _("%(area)s, as of %(day)s", area=opened.area.name, day=_day(served.info.as_of)), style="bold"
    )
    console.print(_deliveries(opened))
    found = identities.joined(viewing=viewing, build=served)
    said = _(
        "%(records)s records of people that you may see are %(people)s people; %(several)s have more than one record, %(across)s from more than one agency.",
        records=f"{found.records:,}", people=f"{found.people:,}", several=f"{found.several:,}", across=f"{found.across:,}",
    )  # fmt: skip
    console.print(said)
    for line in (
        *briefing.waiting_and_judged(found),
        *briefing.how_right(identities.how_right(viewing=viewing, build=served)),
    ):
        console.print(line, highlight=False)
    rejects: Counter[str] = Counter()
    for one in records.quality(viewing=viewing, build=served).not_used:
        rejects[one.severity] += one.count
    unused = ", ".join(
        f"{number:,} {_SEVERITIES[severity]()}" for severity, number in sorted(rejects.items())
    )
    console.print(
        _("Not used: %(what)s. Each is kept with its reason: see Data quality.", what=unused or _("nothing"))
    )


def _deliveries(opened: Opened) -> Table:
    from engage.records import queries

    shown = table(_("agency"), _("files"), _("rows"), _("cohort"), _("received"))
    for d in reversed(queries.deliveries(viewing=opened.viewing())):
        agency = opened.area.agencies.get(d.agency)
        shown.add_row(
            agency.title if agency else d.agency,
            str(len(d.files)),
            f"{d.row_count:,}",
            d.cohort,
            _day(london_day(d.received_at), "j M Y"),
        )
    return shown


_SEVERITIES = {"rejected": lambda: _("rejected"), "flagged": lambda: _("flagged")}


def _day(day: date, form: str = "l j F Y") -> str:
    """A day in the reader's words."""
    from django.utils.formats import date_format

    return date_format(day, form)
