"""`engage serve` and `engage worker`: the site of an area, and what works behind it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from engage.cli import checking, serving, working


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)
    app.command()(worker)


def serve(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    port: Annotated[int, typer.Option(help="the port to listen on")] = 8000,
    host: Annotated[
        str, typer.Option(help="the address to listen on; any but this machine's own needs a TLS proxy")
    ] = "localhost",
    prefix: Annotated[str, typer.Option(help="serve under this path, /engage for instance")] = "",
    workers: Annotated[int, typer.Option(help="server processes")] = 2,
) -> None:
    """Serve an area's pages. One line says when the site is ready; stop it with Ctrl+C."""
    place = serving.Place(folder=area, host=host, port=port, prefix=prefix, workers=workers)
    if os.environ.get("ENGAGE_CHECK", "") in {"1", "true", "yes"}:
        raise typer.Exit(checking.check(place))
    serving.begin_afresh(place)
    serving.serve(place)


def worker(
    area: Annotated[Path, typer.Argument(help="the area's folder")],
    every: Annotated[float, typer.Option(help="minutes between two looks for new deliveries")] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="do what waits, then stop")] = False,
) -> None:
    """Rebuild the area when new deliveries have come, and do other long jobs. Stop it with Ctrl+C."""
    working.work(area, every=every, once=once)
