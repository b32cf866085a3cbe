"""How is the access table read from its files, and every fault in it named at once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from engage.governance.policies import ANY, HANDLING_ORDER, KINDS, SENSITIVITY_ORDER, AccessRule
from engage.vocabulary.access import Outcome
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import Stamped, files_of, read_yaml


COLUMNS = ("role", "agency", "kind", "handling", "sensitivity", "purpose")
FOLDER = Path(__file__).parent


class AccessTableWrong(EngageError):
    """A row of an access table cannot be used: names the file, the row and the column."""


@cache
def codes(name: str) -> dict[str, dict[str, Any]]:
    """The rows of roles.yaml, purposes.yaml or retention.yaml by code: title and meaning (English, marked by the reader)."""
    return {row["code"]: row for row in _yaml(FOLDER / f"{name}.yaml")}


def access_files(area_folder: Path | None = None) -> tuple[Stamped, ...]:
    """Where the rules stand that ship, and after them the area's own: as they are now."""
    shipped = FOLDER / "access.yaml"
    return ((shipped, shipped.stat().st_mtime_ns), *files_of(area_folder and area_folder / "access"))


def access_rules(files: Iterable[Stamped] | None = None) -> tuple[AccessRule, ...]:
    """The rules of these files, by default of those that ship. Raises AccessTableWrong."""
    return tuple(rule for file in (access_files() if files is None else files) for rule in _rules_of(*file))


@lru_cache(maxsize=64)
def _rules_of(file: Path, _changed: int) -> tuple[AccessRule, ...]:
    return tuple(
        rule for number, row in enumerate(_yaml(file), start=1) for rule in _expand(file, number, row)
    )


def _yaml(file: Path) -> list[dict[str, Any]]:
    rows = read_yaml(file.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise AccessTableWrong(Sentence(N_("%(file)s is not a list of rows."), {"file": file.name}))
    return rows


def _expand(file: Path, number: int, row: dict[str, Any]) -> Iterator[AccessRule]:
    _check_columns(file, number, row)
    words = {column: _many(row[column]) for column in COLUMNS}
    for column in COLUMNS:
        _check_words(file, number, column, words[column])
    for chosen in product(*(words[column] for column in COLUMNS)):
        yield AccessRule(
            rule=str(row["rule"]), **dict(zip(COLUMNS, chosen, strict=True)), outcome=Outcome(row["outcome"]),
            from_on=row["from"], until_on=row.get("until"), source=str(row["source"]),
        )  # fmt: skip


def _check_columns(file: Path, number: int, row: dict[str, Any]) -> None:
    """A row read wrongly may open what should stay shut, so the whole table is refused."""
    for column in (*COLUMNS, "rule", "outcome", "from", "source"):
        if row.get(column) is None or (column in {"rule", "source"} and not str(row[column]).strip()):
            raise _wrong(file, number, column, "", N_("Give every column a value, or “*” for any."))
    for column in map(str, set(row) - {*COLUMNS, "rule", "outcome", "from", "until", "source"}):
        raise _wrong(file, number, column, row.get(column), N_("No such column is known; take it out."))
    if row["outcome"] not in list(Outcome):
        raise _wrong(file, number, "outcome", row["outcome"], N_("Use allow, signpost or nothing."))
    from_on, until_on = row["from"], row.get("until")
    for column, day in (("from", from_on), ("until", until_on)):
        if type(day) is not date and not (column == "until" and day is None):
            raise _wrong(file, number, column, day, N_("Write a day as 2026-03-01."))
    if until_on is not None and until_on <= from_on:
        raise _wrong(
            file, number, "until", until_on, N_("It is the first day without the row: later than “from”.")
        )


def _check_words(file: Path, number: int, column: str, words: list[str]) -> None:
    known = {
        "role": codes("roles"),
        "agency": ("own", "other"),
        "kind": KINDS,
        "handling": HANDLING_ORDER,
        "sensitivity": SENSITIVITY_ORDER,
        "purpose": codes("purposes"),
    }[column]
    remedy = Sentence(N_("Use one of these, a list of them, or *: %(known)s."), {"known": ", ".join(known)})
    for word in words:
        if word not in known and word != ANY:
            raise _wrong(file, number, column, word, remedy)
    if not words:
        raise _wrong(file, number, column, "", remedy)


def _wrong(file: Path, number: int, column: str, value: Any, remedy: Sentence | str) -> AccessTableWrong:
    sentence = Sentence(
        N_("%(file)s, row %(row)s, column %(column)s: “%(value)s” cannot be used."),
        {"file": file.name, "row": str(number), "column": column, "value": str(value)},
    )
    return AccessTableWrong(sentence, remedy=remedy)


def _many(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]
