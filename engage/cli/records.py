"""`engage init`, `engage receive` and `engage mapping`: an area begins, deliveries come in, files are mapped."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engage.cli.opening import Opened, open_for_command
from engage.cli.words import _, say
from engage.store.area import open_area
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


if TYPE_CHECKING:
    from engage.identities.received import Received
    from engage.records.actions import Receipt


SETTINGS = """\
# Who takes part in this area, and under which agreements. Every fact of the area is in this folder or its database.
code: {code}          # short; part of every record's key; never changes
name: {name}

# Who sends extracts and signs in. `phone` is whom to ring about a person this agency knows.
agencies:
  police: {{title: Police, kind: police, contact: Exploitation team, phone: ""}}
  childrens_services: {{title: Children's services, kind: childrens_services, contact: Front door, phone: ""}}
  education: {{title: Schools, kind: education, contact: Safeguarding lead, phone: ""}}
  health: {{title: Health, kind: health, contact: Specialist nurse, phone: ""}}
  charity: {{title: Charity, kind: charity, contact: Parent liaison, phone: ""}}

# A delivery outside its agreement is refused. cohorts: case (people the agency worries about), register (everyone it serves).
agreements:
  ISA-1:
    title: Information-sharing agreement of the partnership
    agencies: [police, childrens_services, education, health, charity]
    cohorts: [case, register]
    purposes: [safeguarding_child]
    from: 2026-01-01
    # until: 2027-01-01
"""


class AreaExists(EngageError):
    """There is an area in that folder already."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(init)
    app.command()(receive)
    app.command()(known)
    mapping = typer.Typer(
        help="Map an agency's files: draft a mapping, check the mappings of an area.", no_args_is_help=True
    )
    mapping.command()(check)
    mapping.command()(draft)
    app.add_typer(mapping, name="mapping")


def init(
    area: Annotated[Path, typer.Argument(help="the folder to make")],
    code: Annotated[str, typer.Option(help="the area's short code")] = "area",
    name: Annotated[str, typer.Option(help="the area's name")] = "Our area",
) -> None:
    """Make the folder of a new area, with settings to fill in."""
    if (area / "area.yaml").exists():
        raise AreaExists(
            Sentence(N_("%(area)s is an area already."), {"area": str(area)}),
            remedy=N_("Change its area.yaml instead."),
        )
    for folder in ("mappings", "deliveries", "derived", "access"):
        (area / folder).mkdir(parents=True, exist_ok=True)
    (area / "area.yaml").write_text(SETTINGS.format(code=code, name=name), encoding="utf-8")
    key = area / "secret.key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    open_area(area)
    made = _(
        "Made %(area)s. Fill in %(settings)s, put a mapping for each agency into %(mappings)s, then: engage receive %(area)s ...",
        area=str(area), settings=str(area / "area.yaml"), mappings=str(area / "mappings"),
    )  # fmt: skip
    typer.echo(made)


def receive(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    files: Annotated[
        list[Path], typer.Argument(help="the files as the agency sent them", exists=True, dir_okay=False)
    ],
    agency: Annotated[str, typer.Option(help="code of the agency that sent them")],
    extent: Annotated[
        str | None, typer.Option(help="full or partial; by default what the mapping says")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(help="the mapping's name, when several of the agency's would do")
    ] = None,
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Receive a delivery from an agency and keep it as it came. The same files again change nothing."""
    opened = open_for_command(area, operator=operator)
    from engage import pipeline
    from engage.governance.actions import check_may
    from engage.records import actions

    check_may(viewing=opened.viewing(), what="receive", subject=agency)
    receipt = actions.receive(
        area=opened.area,
        viewing=opened.viewing(),
        agency=agency,
        files=files,
        declared=actions.Declared(extent=extent, mapping=mapping),
        progress=lambda name: typer.echo(f"  {name}", err=True),
    )
    typer.echo(received(receipt, agency))
    for note in receipt.notes:
        typer.echo(f"  {say(note)}")
    if receipt.is_new or pipeline.is_behind(area=opened.area, warehouse=opened.warehouse):
        _tell_who_is_known(opened, None)


def known(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    out: Annotated[
        Path | None,
        typer.Option(help="write here, as CSV, whom each new record comes near and what the pair weighs"),
    ] = None,
    operator: Annotated[str, typer.Option("--as", help="who does this; by default your sign-in name")] = "",
) -> None:
    """Say how many of the records that came since the build are of people who are known, and in a file of whom."""
    _tell_who_is_known(open_for_command(area, operator=operator), out)


def _tell_who_is_known(opened: Opened, out: Path | None) -> None:
    """Lay out what came, so that it is found at once, and say of how many people among it something is known already; in the file `out`
    of whom."""
    from engage import pipeline
    from engage.cli.progress import linking_progress

    with linking_progress(_("Looking who is known already")) as watcher:
        found = pipeline.lay_out_waiting(
            area=opened.area,
            warehouse=opened.warehouse,
            viewing=opened.viewing(),
            watcher=watcher,
            tells=out is not None,
        )
    if found is None:
        return
    if out:
        _write_who_is_known(found, out)
    said = [
        (found.held, _("%(count)s records of people are held already", count=f"{found.held:,}")),
        (found.known, _("%(count)s new ones are of somebody who is known", count=f"{found.known:,}")),
        (found.perhaps, _("%(count)s may be", count=f"{found.perhaps:,}")),
        (found.ask, _("%(count)s come near to what another agency guards", count=f"{found.ask:,}")),
        (found.new, _("%(count)s are like nobody whom you may see", count=f"{found.new:,}")),
        (found.not_looked_at, _("%(count)s were too many to look at now", count=f"{found.not_looked_at:,}")),
    ]
    typer.echo("  " + "; ".join(words for count, words in said if count))
    typer.echo("  " + _("They are found from now on by “Is this person known?”, and joined by the next build: engage build %(area)s", area=opened.area.folder.name))  # fmt: skip


def _write_who_is_known(found: Received, out: Path) -> None:
    from engage.identities.rules import refusal, strength
    from engage.picture.exporting import write_rows

    head = ("record_id", "person_id", "near_record_id", "weight_bits", "in_words", "refusal")
    rows = (
        (one.record_id, one.person_id, one.near_record_id, f"{one.weight:.2f}", say(strength(one.weight)), say(forbids) if forbids else "")
        for one in found.near
        for forbids in [refusal(one.refusal)]
    )  # fmt: skip
    write_rows(out, head, rows)
    typer.echo("  " + _("Whom the new records come near is in %(file)s", file=str(out)))


def received(receipt: Receipt, agency: str) -> str:
    """What was acknowledged, in one line."""
    values = {
        "delivery": receipt.delivery_id, "agency": agency, "files": f"{len(receipt.files):,}", "rows": f"{receipt.row_count:,}",
        "broken": f"{receipt.broken_count:,}",
    }  # fmt: skip
    if receipt.is_new:
        return _(
            "Received %(delivery)s from %(agency)s: %(files)s files, %(rows)s rows, %(broken)s not readable as rows",
            **values,
        )
    return _("Already received %(delivery)s from %(agency)s: %(files)s files, %(rows)s rows", **values)


def check(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="files as an agency sent them, to hold the mappings against", exists=True, dir_okay=False
        ),
    ] = None,
) -> None:
    """Say everything that is wrong with an area's mappings; with files, what of them is read by nothing, missing or in no code list."""
    from engage.records.mapping.agreed import agreement_faults
    from engage.records.mapping.declared import Mapping, read_mapping
    from engage.records.mapping.faults import faults_of
    from engage.records.mapping.holding import held_against, taken_by_none

    opened = open_area(area)
    today = london_day(opened.clock())
    mappings = sorted(opened.mappings_folder.glob("*.yaml"))
    wrong, right = 0, list[Mapping]()
    for file in mappings:
        faults, raw = faults_of(file.read_text(encoding="utf-8"))
        if not faults and raw.get("agency") not in opened.agencies:
            faults = [_("area.yaml has no agency “%(code)s”.", code=str(raw.get("agency")))]
        faults = faults or [
            say(fault.sentence) for fault in agreement_faults(opened, read_mapping(file), on=today)
        ]
        right += [] if faults else [read_mapping(file)]
        told = faults or (held_against(right[-1], files) if files else [])
        wrong += bool(faults)
        typer.echo(
            f"{file.name}: " + (_("good") if not told else "\n".join(["", *(f"  - {one}" for one in told)]))
        )
    for one in taken_by_none(right, files or []) if right else ():
        typer.echo(one)
    if not mappings:
        typer.echo(_("There is no mapping in %(folder)s.", folder=str(area / "mappings")))
    raise typer.Exit(1 if wrong or not mappings else 0)


def draft(
    files: Annotated[
        list[Path], typer.Argument(help="files of one agency, as sent", exists=True, dir_okay=False)
    ],
    agency: Annotated[str, typer.Option(help="code of the agency")] = "agency",
    agreement: Annotated[str, typer.Option(help="code of the agreement")] = "ISA-1",
) -> None:
    """Propose a mapping from the headers and first rows of files. Read it, mend it, and put it into AREA/mappings."""
    from engage.records.mapping.drafting import draft as propose

    typer.echo(propose(files, agency=agency, agreement=agreement))
