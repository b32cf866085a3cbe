"""How does an entry of a mapping become one SELECT over a file's rows?

Nothing is interpreted row by row: a value's recipe becomes an SQL expression over the columns as they were sent, and DuckDB
runs it over all rows at once. What comes out is still text; `reading.py` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engage.records.mapping.entries import PART, PART_NUMBER, SEVERAL, is_reference
from engage.store.sql import literal, quoted


# Fields whose text is kept to the letter, spaces at its ends too: places in it are counted by letters.
VERBATIM = frozenset({"narrative", "text"})


@dataclass(frozen=True)
class Scope:
    """What an expression may refer to: the columns present in the file and those joined to it (FILE.column), in lower case, the
    mapping's code lists, and `n`, the word of the repetition."""

    columns: frozenset[str]
    code_lists: dict[str, dict[str, Any]]
    prefix: str
    n: str = ""

    def column(self, name: str) -> str:
        """The SQL for a column as sent; NULL when this delivery's file does not have it."""
        name = name.replace("{n}", self.n)
        if name in (PART, PART_NUMBER):
            return f"r.{quoted(name)}"
        return f"r.{quoted(name)}" if name.lower() in self.columns else "null::varchar"


def value_sql(value: Any, scope: Scope) -> str:
    """The SQL for a mapping's value: trimmed text, NULL when empty."""
    if isinstance(value, str):
        return f"nullif(trim({scope.column(value)}), '')"
    sql = _base_sql(value, scope)
    for pattern in _list(value.get("remove", [])):
        sql = f"nullif(trim(regexp_replace({sql}, {literal(pattern)}, '', 'gi')), '')"
    if "take" in value:
        sql = f"nullif(regexp_extract({sql}, {literal(value['take'])}, {1 if '(' in value['take'] else 0}, 'i'), '')"
    if "codes" in value:
        sql = _codes_sql(sql, value, scope)
    if "suffix" in value:
        sql = f"({sql} || {literal(str(value['suffix']).replace('{n}', scope.n))})"
    return sql


def _base_sql(value: dict[str, Any], scope: Scope) -> str:
    if "constant" in value:
        return literal(str(value["constant"]).replace("{n}", scope.n))
    if "join" in value:
        parts = ", ".join(value_sql(part, scope) for part in value["join"])
        return f"nullif(concat_ws({literal(value.get('with', ' '))}, {parts}), '')"
    if "first" in value:
        return f"coalesce({', '.join(value_sql(part, scope) for part in value['first'])})"
    return value_sql(value.get("column", value.get("from")), scope)


def _codes_sql(sql: str, value: dict[str, Any], scope: Scope) -> str:
    codes = scope.code_lists[value["codes"]] if isinstance(value["codes"], str) else value["codes"]
    cases = " ".join(
        f"when {literal(str(code).lower())} then {literal(word)}" for code, word in codes.items()
    )
    otherwise = sql if value.get("otherwise", "keep") == "keep" else literal(value["otherwise"])
    return f"nullif(case lower({sql}) {cases} else {otherwise} end, '')" if cases else sql


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def reference_sql(reference: dict[str, Any], scope: Scope) -> str:
    """The record id that `{file: value}` points to; NULL when the value is empty."""
    ((file, value),) = reference.items()
    return f"({literal(scope.prefix + file + ':')} || {value_sql(value, scope)})"


def field_sql(field: str, value: Any, scope: Scope) -> str:
    """The SQL for one field of an entry: a value, a reference, or several values by name as a JSON object."""
    if field in VERBATIM and isinstance(value, str):
        column = scope.column(value)
        return f"case when trim({column}) <> '' then {column} end"
    if field in SEVERAL:
        pairs = ", ".join(f"{literal(name)}, {value_sql(part, scope)}" for name, part in value.items())
        return f"nullif(json_merge_patch('{{}}', json_object({pairs}))::varchar, '{{}}')"
    if is_reference(field, value):
        return reference_sql(value, scope)
    return value_sql(value, scope)


def when_sql(when: dict[str, Any], scope: Scope) -> str:
    """The condition under which an entry takes a row: each named column equals the value (or one of the values); `*` means
    filled, an empty text means empty. Letters' case does not matter."""
    return (
        " and ".join(_condition(value_sql(column, scope), wanted) for column, wanted in when.items())
        or "true"
    )


def _condition(sql: str, wanted: Any) -> str:
    if wanted == "*":
        return f"{sql} is not null"
    if wanted in ("", None):
        return f"{sql} is null"
    words = ", ".join(literal(str(word).lower()) for word in _list(wanted))
    return f"coalesce(lower({sql}) in ({words}), false)"
