"""How does `engage worker` work? As Django's own command does, on the area that is named."""

from __future__ import annotations

from pathlib import Path


def work(area: Path, *, every: float, once: bool) -> None:
    """Look for new deliveries every so many minutes, rebuild, and do other jobs; `once` stops after one look."""
    from django.core.management import call_command

    from engage.cli.opening import open_for_command

    open_for_command(area)
    call_command("work", every=every, once=once)
