"""Tables in the terminal: a value is never cut, however narrow the window; it goes on in the next line."""

from __future__ import annotations

from typing import Any

from rich.table import Column, Table


def table(*heads: str, **how: Any) -> Table:
    """A table with these heads; `how` as rich's own Table takes it."""
    return Table(*(Column(head, overflow="fold") for head in heads), **how)
