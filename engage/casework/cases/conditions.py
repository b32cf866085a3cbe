"""How is a condition that many lists share put into each of them? As SQL that stands as it is.

The mapper takes a condition with subqueries apart and puts it together anew for each list: of a page with thirty lists that was a third of the time. What is written here
is understood by both databases, and tests hold each condition to the plain reckoning of the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.db.models import BooleanField, Expression, Value
from django.db.models.sql.compiler import SQLCompiler


_PLACE = re.compile(r"\{(\w+)\}")


class Condition(Expression):
    """A condition in SQL, with a column (`F`) or a value at each {place}."""

    conditional = True

    def __init__(self, sql: str, **at: Any) -> None:
        super().__init__(output_field=BooleanField())
        self.sql = sql
        # Text goes to the store as it is; what the mapper has to put into the store's own form, or to resolve, it is left to do.
        self.plain = {name: one for name, one in at.items() if isinstance(one, str)}
        self.at = {
            name: one if hasattr(one, "resolve_expression") else Value(one)
            for name, one in at.items()
            if name not in self.plain
        }

    def get_source_expressions(self) -> list[Any]:
        """What stands at the places."""
        return list(self.at.values())

    def set_source_expressions(self, exprs: Any) -> None:
        """Put these at the places."""
        self.at = dict(zip(self.at, exprs, strict=True))

    def as_sql(self, compiler: SQLCompiler, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition and its values in their order."""
        put: dict[str, tuple[str, tuple[Any, ...]]] = {
            name: ("%s", (one,)) for name, one in self.plain.items()
        }
        put |= {name: compiler.compile(one) for name, one in self.at.items()}
        sql: list[str] = []
        values: list[Any] = []
        for text, name in _pieces(self.sql):
            sql.append(text)
            if name:
                sql.append(put[name][0])
                values += put[name][1]
        return "".join(sql), tuple(values)


@cache
def _pieces(sql: str) -> tuple[tuple[str, str], ...]:
    """The text before each place, with the place's name; after the last, the rest."""
    parts = _PLACE.split(sql)
    return tuple(zip(parts[::2], [*parts[1::2], ""], strict=True))
