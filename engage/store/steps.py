"""How does a build run as a list of named SQL steps, each of which can be run, shown and counted alone?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from engage.vocabulary.words import N_, EngageError, Sentence


class StepFailed(EngageError):
    """A step's statement was refused by the store: names the step and carries the statement."""

    exit_code = 3


class Connection(Protocol):
    """As much of a DuckDB connection as a step needs."""

    def execute(self, query: str, parameters: Any = None) -> Any:
        """Run one statement."""


@dataclass(frozen=True)
class Step:
    """Make one table from others. `sql` is a select; `parameters` are bound by name (`$as_of`).

    A step with `call` instead of `sql` runs Python on the connection (a library's work); it must leave `table`.
    """

    table: str
    sql: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    call: Callable[[Any], None] | None = None


Progress = Callable[[str, int], None]


def silent(_table: str, _row_count: int) -> None:
    """Report progress to nobody."""


def run(connection: Any, steps: Iterable[Step], progress: Progress = silent) -> dict[str, int]:
    """Run steps in order, each making its table anew; return the row count of each table.

    `progress` is called after each step with the table's name and row count. Raises StepFailed with the step's name.
    """
    counts: dict[str, int] = {}
    for step in steps:
        try:
            _make(connection, step)
            counts[step.table] = _count(connection, step.table)
        except EngageError:
            raise
        except Exception as error:
            sentence = Sentence(
                N_("The step that makes “%(table)s” failed: %(error)s"),
                {"table": step.table, "error": str(error)},
            )
            raise StepFailed(sentence) from error
        progress(step.table, counts[step.table])
    return counts


def _make(connection: Any, step: Step) -> None:
    if step.call is not None:
        step.call(connection)
        return
    connection.execute(f'create or replace table "{step.table}" as {step.sql}', step.parameters or None)


def _count(connection: Any, table: str) -> int:
    rows: Sequence[Sequence[Any]] = connection.execute(f'select count(*) from "{table}"').fetchall()
    return int(rows[0][0])
