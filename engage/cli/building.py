"""`engage build`, `engage status` and `engage brief`: a build is made, and what there is to know of it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from engage.cli.opening import Opened, open_for_command
from engage.store.warehouse import NoBuild


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
            formats=["%Y-%m-%d"], help="last received day that goes in; by default that of the last delivery"
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

    with build_progress() as watcher:
        info = pipeline.build_area(
            area=opened.area,
            warehouse=opened.warehouse,
            viewing=opened.viewing(),
            as_of=as_of.date() if as_of else None,
            watcher=watcher,
        )
    counts = info.counts
    typer.echo(
        f"Built {info.build_id} as of {info.as_of}: {counts.get('person_record', 0):,} records of people, {counts.get('reject', 0):,} values or rows not used"
    )
    _print_quality(opened)


def _print_quality(opened: Opened) -> None:
    """In short, of what the operator may see: births known, rows not used, people recorded twice, days until received."""
    from engage.records import queries

    build = opened.warehouse.current()
    found = queries.quality(viewing=opened.viewing(as_of=build.info.as_of), build=build)
    table = Table(
        "agency",
        "records of people",
        "birth known",
        "rows not used",
        "values not used",
        "recorded twice",
        "days late",
    )
    for c in (c for c in found.completeness if (c.thing, c.field) == ("person", "date of birth or age")):
        not_used = {
            severity: sum(n.count for n in found.not_used if (n.agency, n.severity) == (c.agency, severity))
            for severity in ("rejected", "flagged")
        }
        doubled = sum(d.same_person for d in found.duplicates if d.agency == c.agency)
        late = max((one.median_days for one in found.lateness if one.agency == c.agency), default=0)
        table.add_row(
            c.agency, f"{c.records:,}", f"{c.filled / c.records:.0%}", f"{not_used['rejected']:,}", f"{not_used['flagged']:,}",
            f"{doubled:,}", f"{late:.0f}",
        )  # fmt: skip
    if table.rows:
        Console().print(table)


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
    cursor = served.analysis()
    try:
        pairs = cursor.execute(
            "select record_id, person_id from person_of_record order by record_id"
        ).fetchall()
    finally:
        cursor.close()
    people = hashlib.sha256("\n".join(f"{record} {person}" for record, person in pairs).encode()).hexdigest()
    is_whole = served.pages().execute("pragma quick_check").fetchone()[0] == "ok"
    return {
        "build_id": served.info.build_id, "as_of": served.info.as_of.isoformat(), "is_whole": is_whole, "people": people,
        "people_count": len({person for _, person in pairs}), "counts": served.info.counts,
    }  # fmt: skip


def _print(opened: Opened, state: dict[str, Any]) -> None:
    table = Table("delivery", "agency", "received", "rows", "extent", "kept as received")
    for d in state["deliveries"]:
        table.add_row(
            d["delivery_id"],
            d["agency"],
            d["received_at"][:10],
            f"{d['rows']:,}",
            d["extent"],
            "yes" if d["verified"] else "NO",
        )
    Console().print(table)
    for name, faults in state["faults"].items():
        typer.echo("\n".join(f"{name}: {fault}" for fault in faults))
    built = state["build"]
    typer.echo(
        f"Serving {built['build_id']}, as of {built['as_of']}: {built['people_count']:,} people"
        if built
        else "Nothing has been built yet."
    )
    if built:
        _print_quality(opened)


def brief(area: Annotated[Path, typer.Argument(help="the area's folder")]) -> None:
    """One screen: what was received, what could not be used, and what the joining made of it."""
    print_brief(open_for_command(area))


def print_brief(opened: Opened) -> None:
    """Print the one-screen briefing of an area."""
    from engage.records import queries

    served = opened.warehouse.current()
    viewing = opened.viewing()
    console = Console()
    counts = served.info.counts
    console.print(f"\n[bold]{opened.area.name}[/bold], as of {served.info.as_of:%A %-d %B %Y}")
    table = Table("agency", "files", "rows", "cohort", "received")
    for d in reversed(queries.deliveries(viewing=viewing)):
        agency = opened.area.agencies.get(d.agency)
        table.add_row(
            agency.title if agency else d.agency,
            str(len(d.files)),
            f"{d.row_count:,}",
            d.cohort,
            f"{d.received_at:%-d %b %Y}",
        )
    console.print(table)
    cursor = served.analysis()
    try:
        people, joined, across = cursor.execute(_JOINED).fetchall()[0]
        rejects = cursor.execute("select severity, count(*) from reject group by 1 order by 1").fetchall()
    finally:
        cursor.close()
    console.print(
        f"{counts['person_record']:,} records of people are {people:,} people; {joined:,} have more than one record, {across:,} from more than one agency."
    )
    console.print(
        f"{counts.get('link_proposal', 0):,} possible joins of partial records wait for a person to look."
    )
    console.print(
        "Not used: "
        + (", ".join(f"{number:,} {severity}" for severity, number in rejects) or "nothing")
        + ". Each is kept with its reason: see Data quality."
    )


_JOINED = """
    select count(*), count(*) filter (records > 1), count(*) filter (agencies > 1)
    from (select person_id, count(*) as records, count(distinct agency) as agencies
          from person_of_record join person_record using (record_id) where known_until_on is null group by person_id)
"""
