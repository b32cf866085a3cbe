"""`engage boundaries` and `engage export hotspots`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engage.cli.opening import open_for_command
from engage.cli.words import _
from engage.store.area import open_area


AreaFolder = Annotated[Path, typer.Argument(help="The area's folder.")]


def register(app: typer.Typer) -> None:
    """Add `engage boundaries`."""
    app.command("boundaries")(boundaries)


def boundaries(
    area: AreaFolder,
    file: Annotated[
        Path | None,
        typer.Argument(help="A GeoJSON file of wards or beats; without one, what is kept is said."),
    ] = None,
    name_column: Annotated[
        str, typer.Option("--name-column", help="The property that holds each name, such as WD24NM.")
    ] = "",
    code_column: Annotated[
        str, typer.Option("--code-column", help="The property that holds each code, such as WD24CD.")
    ] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the boundaries away.")] = False,
) -> None:
    """Keep the boundaries of the area's wards or beats, in place of any before, for the map of hotspots. In longitude and latitude, or on the British National Grid."""
    from engage.networks.maps.boundaries import keeping, reading

    opened = open_area(area)
    if remove:
        was_there = keeping.remove_boundaries(opened)
        typer.echo(_("The boundaries are gone.") if was_there else _("There were no boundaries."))
        return
    if file is None:
        _say_kept(area)
        return
    found = reading.read_boundaries(file, name_column, code_column)
    keeping.keep_boundaries(area, found)
    _say_kept(area)


def _say_kept(folder: Path) -> None:
    from engage.networks.maps.boundaries.keeping import kept_boundaries

    found = kept_boundaries(open_area(folder))
    if found is None:
        typer.echo(_("No boundaries are kept. Import some with: engage boundaries AREA FILE"))
        return
    typer.echo(
        _("%(count)s boundaries of %(points)s points, from %(file)s: %(names)s", count=str(len(found.parts)), points=f"{found.point_count:,}",
          file=found.source, names=", ".join(part.name for part in found.parts))
    )  # fmt: skip
    if found.tolerance:
        typer.echo(
            _("They had more points than a page can carry, and were made simpler by up to %(metres)s metres.", metres=f"{found.tolerance:g}")
        )  # fmt: skip


def export_hotspots(
    area: AreaFolder,
    out: Annotated[Path, typer.Option("--out", help="The file to write: .csv")],
    month: Annotated[
        list[str] | None,
        typer.Option("--month", help="As 2026-03; twice for the first and the last; by default the newest."),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="found, missing, concerns or places.")] = "found",
    is_nameless: Annotated[
        bool,
        typer.Option(
            "--no-names", help="The version to give to others: without private addresses and small counts."
        ),
    ] = False,
    operator: Annotated[
        str, typer.Option("--as", "--operator", help="Who does this; by default your sign-in name.")
    ] = "",
) -> None:
    """Write how many missing episodes, finds, concerns or records of places of concern there were by area, place, month, weekday and hour, as far as you may see them. The export is in the
    audit log."""
    opened = open_for_command(area, operator=operator)
    from engage.networks.maps import queries
    from engage.networks.maps.asking import asked_of
    from engage.networks.maps.writing import HEAD, rows
    from engage.picture.exporting import write_rows

    viewing, build = opened.viewing(), opened.warehouse.current()
    first, last = (*(month or ["", ""]), "")[:2]
    asked = asked_of(kind, first, last, viewing.as_of)
    found = queries.hotspots_to_take_away(
        viewing=viewing, build=build, area=opened.area, asked=asked, is_nameless=is_nameless
    )
    written = list(rows(found))
    write_rows(out, HEAD, written)
    typer.echo(_("Wrote %(rows)s rows to %(file)s.", rows=f"{len(written):,}", file=str(out)))
