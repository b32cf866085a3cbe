"""How does one expression of the linkage, written once in SQL, say the same of one row in Python?

Keys and levels are SQL, because a whole area is linked in the analysis store. A single record is checked in a fraction of the
time that a query takes to plan, so the same text is read by a parser of SQL and written as one expression of Python. What is not
known is None and behaves as NULL does. A part of SQL that is not known here is an error at once, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlglot
from rapidfuzz.distance import JaroWinkler, Levenshtein
from sqlglot import exp

from engage.identities.checking import functions
from engage.identities.checking.writing import NotPython, Parts, Strict, Writer


Row = Mapping[str, Any]
Says = Callable[[Row], Any]


@cache
def says(sql: str) -> Says:
    """The SQL expression as a function of one row (values by column). Raises NotPython."""
    writer = _writer()
    return writer.function(writer.value(_parsed(sql)))


@cache
def says_each(sql: str) -> Callable[[Row], Iterable[Any]]:
    """The same of an expression that may unnest one list: its value for each element. Raises NotPython."""
    tree, writer = _parsed(sql), _writer()
    unnest = tree.find(exp.Explode)
    if unnest is None:
        return writer.function(f"({writer.value(tree)},)")
    elements, found = writer.value(unnest.this), writer.name()
    column = exp.column(_EACH)
    if unnest is tree:
        tree = column
    else:
        unnest.replace(column)
    with writer.bound(_EACH) as each:
        made = writer.value(tree)
    return writer.function(f"[{made} for {each} in {found}] if ({found} := {elements}) else ()")


@cache
def first_that_holds(unknown: str, levels: Sequence[str]) -> Callable[[Row], int | None]:
    """The place of the first of these conditions that holds for a row; how many there are when none does, and None where what
    `unknown` says holds. Raises NotPython."""
    writer = _writer()
    places = " else ".join(f"{place} if {writer.truth(_parsed(sql))}" for place, sql in enumerate(levels))
    rest = f"{places} else {len(levels)}" if levels else "0"
    return writer.function(f"None if {writer.truth(_parsed(unknown))} else {rest}")


_EACH = "each_element"


def _writer() -> Writer:
    return Writer(Parts(_VALUES, _STRICT, _TRUTHS))


def _parsed(sql: str) -> Any:
    return sqlglot.parse_one(sql, dialect="duckdb")


def _called(work: Callable[..., Any], *parts: str) -> Callable[[Writer, Any], Strict]:
    """A function of Python's of these parts of a node."""

    def reader(writer: Writer, node: Any) -> Strict:
        name = writer.give(work)
        return (lambda *values: f"{name}({', '.join(values)})", *(node.args[part] for part in parts))

    return reader


def _two(written: str) -> Callable[[Writer, Any], Strict]:
    return lambda _writer, node: (written.format, node.this, node.expression)


def _one(written: str) -> Callable[[Writer, Any], Strict]:
    return lambda _writer, node: (written.format, node.this)


def _and(writer: Writer, node: Any) -> str:
    one, other = writer.name(), writer.name()
    left, right = writer.value(node.this), writer.value(node.expression)
    return (
        f"(False if ({one} := {left}) is not None and not {one} else False if ({other} := {right}) is not None and not {other} "
        f"else None if {one} is None or {other} is None else True)"
    )


def _or(writer: Writer, node: Any) -> str:
    one, other = writer.name(), writer.name()
    left, right = writer.value(node.this), writer.value(node.expression)
    return f"(True if ({one} := {left}) else True if ({other} := {right}) else None if {one} is None or {other} is None else False)"


def _case(writer: Writer, node: Any) -> str:
    default = node.args.get("default")
    cases = [f"{writer.value(c.args['true'])} if {writer.truth(c.this)}" for c in node.args["ifs"]]
    return f"({' else '.join([*cases, writer.value(default) if default is not None else 'None'])})"


def _known(node: Any) -> list[Any]:
    return [node.this, *node.expressions]


def _coalesce(writer: Writer, node: Any) -> str:
    *parts, last = _known(node)
    named = [(writer.name(), writer.value(part)) for part in parts]
    first = "".join(f"{name} if ({name} := {value}) is not None else " for name, value in named)
    return f"({first}{writer.value(last)})"


def _extreme(choose: Callable[..., Any]) -> Callable[[Writer, Any], str]:
    """Greatest and least: of the values that are known."""

    def among(*values: Any) -> Any:
        known = [value for value in values if value is not None]
        return choose(known) if known else None

    return lambda writer, node: f"{writer.give(among)}({', '.join(map(writer.value, _known(node)))})"


def _in(_writer: Writer, node: Any) -> Strict:
    return (lambda value, *among: f"{value} in ({', '.join(among)},)", node.this, *node.expressions)


def _literal(_writer: Writer, node: Any) -> str:
    text = node.this
    return repr(text if node.is_string else float(text) if "." in text or "e" in text.lower() else int(text))


def _bracket(writer: Writer, node: Any) -> Strict:
    (place,) = node.expressions
    if isinstance(place, exp.Slice):
        first, last = int(place.this.this) - 1, int(place.expression.this)
        return (lambda value: f"{value}[{first}:{last}]", node.this)
    name, number = writer.give(functions.element), int(place.this)  # the parser counts from 0
    return (lambda value: f"{name}({value}, {number})", node.this)


def _listed(writer: Writer, node: Any) -> Strict:
    """A list of what a lambda makes of each element of another."""
    (name,) = node.expression.expressions
    with writer.bound(name.name) as each:
        made = writer.value(node.expression.this)
    return (lambda found: f"[{made} for {each} in {found}]", node.this)


def _filtered(writer: Writer, node: Any) -> Strict:
    (name,) = node.expression.expressions
    with writer.bound(name.name) as each:
        holds = writer.truth(node.expression.this)
    return (lambda found: f"[{each} for {each} in {found} if {holds}]", node.this)


def _concat(writer: Writer, node: Any) -> str:
    return f"[{', '.join(f'*({writer.value(part)} or ())' for part in _known(node))}]"


def _cast(_writer: Writer, node: Any) -> Strict:
    if not node.is_type("int"):
        raise NotPython(node.sql(dialect="duckdb"))
    return ("int({})".format, node.this)


def _date_diff(_writer: Writer, node: Any) -> Strict:
    if str(node.args.get("unit")).upper() != "DAY":
        raise NotPython(node.sql(dialect="duckdb"))
    return ("({} - {}).days".format, node.this, node.expression)


def _replaced(writer: Writer, node: Any) -> Strict:
    pattern = writer.give(re.compile(node.expression.this))
    by = node.args["replacement"].this
    return (lambda text: f"{pattern}.sub({by!r}, {text})", node.this)


def _distinct(found: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(one for one in found if one is not None))


# What gives a value that is not known as soon as one part is not: what is written of the known parts, and the parts.
_STRICT: dict[type[Any], Callable[[Writer, Any], Strict]] = {
    exp.Not: _one("not {}"),
    exp.EQ: _two("{} == {}"),
    exp.NEQ: _two("{} != {}"),
    exp.GT: _two("{} > {}"),
    exp.GTE: _two("{} >= {}"),
    exp.LT: _two("{} < {}"),
    exp.LTE: _two("{} <= {}"),
    exp.In: _in,
    exp.Add: _called(functions.plus, "this", "expression"),
    exp.Sub: _called(functions.minus, "this", "expression"),
    exp.IntDiv: _two("{} // {}"),
    exp.Mod: _two("{} % {}"),
    exp.Abs: _one("abs({})"),
    exp.DPipe: _two('f"{{{}}}{{{}}}"'),
    exp.Length: _one("len({})"),
    exp.Bracket: _bracket,
    exp.Cast: _cast,
    exp.Year: _one("{}.year"),
    exp.Month: _one("{}.month"),
    exp.Day: _one("{}.day"),
    exp.TimeToStr: lambda _writer, node: ("{}.strftime({})".format, node.this, node.args["format"]),
    exp.DateDiff: _date_diff,
    exp.Nullif: _two("(None if {0} == {1} else {0})"),
    exp.RegexpExtract: _called(functions.found, "this", "expression"),
    exp.RegexpExtractAll: _called(functions.found_all, "this", "expression"),
    exp.RegexpReplace: _replaced,
    exp.Right: _two("{}[-{}:]"),
    exp.SplitPart: _called(functions.part, "this", "delimiter", "part_index"),
    exp.Split: _called(functions.split, "this", "expression"),
    exp.Levenshtein: _called(Levenshtein.distance, "this", "expression"),
    exp.JarowinklerSimilarity: _called(JaroWinkler.similarity, "this", "expression"),
    exp.ArrayOverlaps: _called(functions.overlap, "this", "expression"),
    exp.ArrayContains: _two("{1} in {0}"),
    exp.ArrayDistinct: _called(_distinct, "this"),
    exp.ArraySort: _one("sorted({})"),
    exp.ArrayToString: _two("{1}.join({0})"),
    exp.ArrayFilter: _filtered,
    exp.Transform: _listed,
}
_VALUES: dict[type[Any], Callable[[Writer, Any], str]] = {
    exp.Column: lambda writer, node: writer.column(node.name),
    exp.Identifier: lambda writer, node: writer.column(node.name),
    exp.Literal: _literal,
    exp.Boolean: lambda _writer, node: repr(bool(node.this)),
    exp.Null: lambda _writer, _node: "None",
    exp.Paren: lambda writer, node: writer.value(node.this),
    exp.And: _and,
    exp.Or: _or,
    exp.Is: lambda writer, node: f"({writer.value(node.this)} is None)",
    exp.Case: _case,
    exp.Coalesce: _coalesce,
    exp.Greatest: _extreme(max),
    exp.Least: _extreme(min),
    exp.Array: lambda writer, node: f"[{', '.join(map(writer.value, node.expressions))}]",
    exp.ArrayConcat: _concat,
}
_TRUTHS: dict[type[Any], Callable[[Writer, Any], str]] = {
    exp.Paren: lambda writer, node: writer.truth(node.this),
    exp.And: lambda writer, node: f"({writer.truth(node.this)} and {writer.truth(node.expression)})",
    exp.Or: lambda writer, node: f"({writer.truth(node.this)} or {writer.truth(node.expression)})",
}
