"""How is Python written for a part of SQL, so that what is not known stays so?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlglot import exp


class NotPython(Exception):
    """A part of SQL that is not known here: a fault of the program, met when it is first read."""


# What is written of parts all of which must be known, and the parts.
Strict = tuple[Any, ...]


@dataclass(frozen=True)
class Parts:
    """What is written for each kind of part: `values` give the value, None where it is not known; `strict` give one that is not known
    as soon as one of its own parts is not; `truths` what is true where the part is, for those where that is shorter."""

    values: Mapping[type[Any], Callable[[Writer, Any], str]]
    strict: Mapping[type[Any], Callable[[Writer, Any], Strict]]
    truths: Mapping[type[Any], Callable[[Writer, Any], str]]


class Writer:
    """Writes Python for parts of SQL. Every expression that it gives stands in brackets of its own."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._count = 0
        self._bound: dict[str, str] = {}
        self._given: dict[str, Any] = {}

    def function(self, written: str) -> Callable[[Mapping[str, Any]], Any]:
        """What was written, as a function of a row."""
        made: Callable[[Mapping[str, Any]], Any] = eval(f"lambda row: {written}", dict(self._given))  # noqa: S307  of the linkage's own SQL
        return made

    def name(self) -> str:
        """A name that nothing else has."""
        self._count += 1
        return f"v{self._count}"

    @contextmanager
    def bound(self, column: str) -> Iterator[str]:
        """A name for what SQL calls so within: one element of a list, not a column."""
        before, name = dict(self._bound), self.name()
        self._bound[column] = name
        yield name
        self._bound = before

    def give(self, value: Any) -> str:
        """A name for a value of Python's."""
        name = f"g{len(self._given)}"
        self._given[name] = value
        return name

    def column(self, column: str) -> str:
        """A column of the row, or an element by its name."""
        return self._bound.get(column, f"row[{column!r}]")

    def value(self, node: Any) -> str:
        """What gives the value, None where it is not known."""
        for kind in type(node).__mro__:
            if kind in self._parts.values:
                return self._parts.values[kind](self, node)
            if kind in self._parts.strict:
                return f"({self.strictly(*self._parts.strict[kind](self, node), otherwise='None')})"
        raise NotPython(f"{type(node).__name__}: {node.sql(dialect='duckdb')}")

    def truth(self, node: Any) -> str:
        """What is true where the expression is: neither false nor not known."""
        for kind in type(node).__mro__:
            if kind in self._parts.truths:
                return self._parts.truths[kind](self, node)
            if kind in self._parts.strict and kind not in self._parts.values:
                return f"({self.strictly(*self._parts.strict[kind](self, node), otherwise='False')})"
        return self.value(node)

    def strictly(self, work: Callable[..., str], *nodes: Any, otherwise: str) -> str:
        """What `work` writes of values all of which must be known."""
        names, unknown = [], []
        for node in nodes:
            if isinstance(node, exp.Literal):
                names.append(self.value(node))
            else:
                name = self.name()
                unknown.append(f"({name} := {self.value(node)}) is None")
                names.append(name)
        done = work(*names)
        return f"{otherwise} if {' or '.join(unknown)} else {done}" if unknown else done
