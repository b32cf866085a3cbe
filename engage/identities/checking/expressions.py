"""How does one expression of the linkage, written once in SQL, say the same of one row in Python?

Keys and levels are SQL, because a whole area is linked in the analysis store. A single record is checked in a fraction of the
time that a query takes to plan, so the same text is read by a parser of SQL and becomes nested Python functions. What is not known
is None and behaves as NULL does. A part of SQL that is not known here is an error at once, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import sqlglot
from rapidfuzz.distance import JaroWinkler, Levenshtein
from sqlglot import exp

from engage.identities.checking import functions


Row = Mapping[str, Any]
Says = Callable[[Row], Any]


class NotPython(Exception):
    """A part of SQL that this module does not know: a fault of the program, met when it is first read."""


@cache
def says(sql: str) -> Says:
    """The SQL expression as a function of one row (values by column). Raises NotPython."""
    return _read(sqlglot.parse_one(sql, dialect="duckdb"))


@cache
def says_each(sql: str) -> Callable[[Row], Iterable[Any]]:
    """The same of an expression that may unnest one list: its value for each element. Raises NotPython."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    unnest = tree.find(exp.Explode)
    if unnest is None:
        one = _read(tree)
        return lambda row: (one(row),)
    elements = _read(unnest.this)
    if unnest is tree:
        return lambda row: elements(row) or ()
    unnest.replace(exp.column(_EACH))
    each = _read(tree)
    return lambda row: (each({**row, _EACH: element}) for element in elements(row) or ())


_EACH = "each_element"


def _read(node: Any) -> Says:
    for kind in type(node).__mro__:
        if kind in _READERS:
            return _READERS[kind](node)
    raise NotPython(f"{type(node).__name__}: {node.sql(dialect='duckdb')}")


def _strictly(work: Callable[..., Any], *nodes: Any) -> Says:
    """A function of values all of which must be known."""
    parts = [_read(node) for node in nodes]
    if len(parts) == 1:
        (only,) = parts
        return lambda row: None if (value := only(row)) is None else work(value)
    if len(parts) == 2:
        one, other = parts
        return lambda row: (
            None if (left := one(row)) is None or (right := other(row)) is None else work(left, right)
        )

    def of_all(row: Row) -> Any:
        values = [part(row) for part in parts]
        return None if None in values else work(*values)

    return of_all


def _and(node: Any) -> Says:
    one, other = _read(node.this), _read(node.expression)

    def both(row: Row) -> bool | None:
        left = one(row)
        if left is not None and not left:
            return False
        right = other(row)
        if right is not None and not right:
            return False
        return None if left is None or right is None else True

    return both


def _or(node: Any) -> Says:
    one, other = _read(node.this), _read(node.expression)

    def either(row: Row) -> bool | None:
        left = one(row)
        if left:
            return True
        right = other(row)
        if right:
            return True
        return None if left is None or right is None else False

    return either


def _case(node: Any) -> Says:
    cases = [(_read(case.this), _read(case.args["true"])) for case in node.args["ifs"]]
    default = _read(node.args["default"]) if node.args.get("default") is not None else _nothing

    def chosen(row: Row) -> Any:
        for holds, value in cases:
            if holds(row):
                return value(row)
        return default(row)

    return chosen


def _nothing(_row: Row) -> None:
    return None


def _known(node: Any) -> list[Says]:
    return [_read(part) for part in (node.this, *node.expressions)]


def _coalesce(node: Any) -> Says:
    parts = _known(node)
    return lambda row: next((value for part in parts if (value := part(row)) is not None), None)


def _extreme(choose: Callable[[Iterable[Any]], Any]) -> Callable[[Any], Says]:
    """Greatest and least: of the values that are known."""

    def reader(node: Any) -> Says:
        parts = _known(node)

        def extreme(row: Row) -> Any:
            values = [value for part in parts if (value := part(row)) is not None]
            return choose(values) if values else None

        return extreme

    return reader


def _is_null(node: Any) -> Says:
    value = _read(node.this)
    return lambda row: value(row) is None


def _in(node: Any) -> Says:
    return _strictly(lambda value, *among: value in among, node.this, *node.expressions)


def _literal(node: Any) -> Says:
    text = node.this
    value = text if node.is_string else float(text) if "." in text or "e" in text.lower() else int(text)
    return lambda _row: value


def _bracket(node: Any) -> Says:
    (place,) = node.expressions
    if isinstance(place, exp.Slice):
        first, last = int(place.this.this), int(place.expression.this)
        return _strictly(lambda value: value[first - 1 : last], node.this)
    number = int(place.this)  # the parser counts from 0
    return _strictly(lambda value: functions.element(value, number), node.this)


def _lambda(node: Any) -> tuple[str, Says]:
    (name,) = node.expressions
    return name.name, _read(node.this)


def _transform(node: Any) -> Says:
    elements, (name, work) = _read(node.this), _lambda(node.expression)
    return lambda row: (
        None if (found := elements(row)) is None else [work({**row, name: one}) for one in found]
    )


def _filter(node: Any) -> Says:
    elements, (name, holds) = _read(node.this), _lambda(node.expression)
    return lambda row: (
        None if (found := elements(row)) is None else [one for one in found if holds({**row, name: one})]
    )


def _concat(node: Any) -> Says:
    parts = _known(node)
    return lambda row: [one for part in parts for one in part(row) or ()]


def _contains(node: Any) -> Says:
    return _strictly(lambda found, one: one in found, node.this, node.expression)


def _array(node: Any) -> Says:
    parts = [_read(part) for part in node.expressions]
    return lambda row: [part(row) for part in parts]


def _cast(node: Any) -> Says:
    if not node.is_type("int"):
        raise NotPython(node.sql(dialect="duckdb"))
    return _strictly(int, node.this)


def _date_diff(node: Any) -> Says:
    if str(node.args.get("unit")).upper() != "DAY":
        raise NotPython(node.sql(dialect="duckdb"))
    return _strictly(lambda last, first: (last - first).days, node.this, node.expression)


def _replaced(node: Any) -> Says:
    pattern, by = re.compile(node.expression.this), node.args["replacement"].this
    return _strictly(lambda text: pattern.sub(by, text), node.this)


def _split_part(node: Any) -> Says:
    return _strictly(functions.part, node.this, node.args["delimiter"], node.args["part_index"])


def _two(work: Callable[[Any, Any], Any]) -> Callable[[Any], Says]:
    return lambda node: _strictly(work, node.this, node.expression)


def _one(work: Callable[[Any], Any]) -> Callable[[Any], Says]:
    return lambda node: _strictly(work, node.this)


_READERS: dict[type[Any], Callable[[Any], Says]] = {
    exp.Column: lambda node: lambda row, name=node.name: row[name],  # type: ignore[misc]
    exp.Identifier: lambda node: lambda row, name=node.name: row[name],  # type: ignore[misc]
    exp.Literal: _literal,
    exp.Boolean: lambda node: lambda _row, value=bool(node.this): value,  # type: ignore[misc]
    exp.Null: lambda _node: _nothing,
    exp.Paren: lambda node: _read(node.this),
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _one(lambda value: not value),
    exp.Is: _is_null,
    exp.EQ: _two(lambda one, other: one == other),
    exp.NEQ: _two(lambda one, other: one != other),
    exp.GT: _two(lambda one, other: one > other),
    exp.GTE: _two(lambda one, other: one >= other),
    exp.LT: _two(lambda one, other: one < other),
    exp.LTE: _two(lambda one, other: one <= other),
    exp.In: _in,
    exp.Case: _case,
    exp.Coalesce: _coalesce,
    exp.Greatest: _extreme(max),
    exp.Least: _extreme(min),
    exp.Add: _two(functions.plus),
    exp.Sub: _two(functions.minus),
    exp.IntDiv: _two(lambda one, other: one // other),
    exp.Mod: _two(lambda one, other: one % other),
    exp.Abs: _one(abs),
    exp.DPipe: _two(lambda one, other: f"{one}{other}"),
    exp.Length: _one(len),
    exp.Bracket: _bracket,
    exp.Cast: _cast,
    exp.Year: _one(lambda day: day.year),
    exp.Month: _one(lambda day: day.month),
    exp.Day: _one(lambda day: day.day),
    exp.TimeToStr: lambda node: _strictly(
        lambda day, form: day.strftime(form), node.this, node.args["format"]
    ),
    exp.DateDiff: _date_diff,
    exp.Nullif: _two(lambda one, other: None if one == other else one),
    exp.RegexpExtract: _two(functions.found),
    exp.RegexpExtractAll: _two(functions.found_all),
    exp.RegexpReplace: _replaced,
    exp.Right: _two(lambda text, count: text[-count:]),
    exp.SplitPart: _split_part,
    exp.Split: _two(functions.split),
    exp.Levenshtein: _two(Levenshtein.distance),
    exp.JarowinklerSimilarity: _two(JaroWinkler.similarity),
    exp.Array: _array,
    exp.ArrayOverlaps: _two(functions.overlap),
    exp.ArrayContains: _contains,
    exp.ArrayDistinct: _one(lambda found: list(dict.fromkeys(one for one in found if one is not None))),
    exp.ArrayConcat: _concat,
    exp.ArraySort: _one(sorted),
    exp.ArrayToString: _two(lambda found, sign: sign.join(found)),
    exp.ArrayFilter: _filter,
    exp.Transform: _transform,
}
