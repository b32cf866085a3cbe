"""How is the access table read from its files, and every fault in it named at once?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from engage.governance.policies import AccessRule
from engage.vocabulary.access import Outcome
from engage.vocabulary.words import N_, EngageError, Sentence


COLUMNS = ("role", "agency", "kind", "handling", "sensitivity", "purpose")
FOLDER = Path(__file__).parent


class AccessTableWrong(EngageError):
    """A row of an access table cannot be used: names the file, the row and the column."""


def codes(name: str) -> dict[str, dict[str, str]]:
    """The rows of roles.yaml or purposes.yaml by code: title and meaning (English, marked by the reader)."""
    return {row["code"]: row for row in _yaml(FOLDER / f"{name}.yaml")}


def access_rules(area_folder: Path | None = None) -> tuple[AccessRule, ...]:
    """The rules that ship, and after them the area's own. Raises AccessTableWrong."""
    files = [FOLDER / "access.yaml"]
    if area_folder is not None and (area_folder / "access").is_dir():
        files += sorted((area_folder / "access").glob("*.yaml"))
    return tuple(rule for file in files for rule in _rules_of(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _rules_of(file: Path, _changed: int) -> tuple[AccessRule, ...]:
    return tuple(
        rule for number, row in enumerate(_yaml(file), start=1) for rule in _expand(file, number, row)
    )


def _yaml(file: Path) -> list[dict[str, Any]]:
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise AccessTableWrong(Sentence(N_("%(file)s is not a list of rows."), {"file": file.name}))
    return rows


def _expand(file: Path, number: int, row: dict[str, Any]) -> Iterator[AccessRule]:
    missing = [c for c in (*COLUMNS, "rule", "outcome", "from", "source") if c not in row]
    if missing:
        values = {"file": file.name, "row": str(number), "columns": ", ".join(missing)}
        raise AccessTableWrong(
            Sentence(N_("%(file)s, row %(row)s lacks %(columns)s."), values),
            remedy=N_("Give every column a value, or “*” for any."),
        )
    try:
        outcome = Outcome(str(row["outcome"]))
    except ValueError:
        values = {"file": file.name, "row": str(number), "value": str(row["outcome"])}
        sentence = Sentence(N_("%(file)s, row %(row)s, column outcome: “%(value)s” is not known."), values)
        raise AccessTableWrong(sentence, remedy=N_("Use allow, signpost or nothing.")) from None
    until = row.get("until")
    for values_ in product(*(_many(row[column]) for column in COLUMNS)):
        yield AccessRule(
            rule=str(row["rule"]), **dict(zip(COLUMNS, values_, strict=True)), outcome=outcome,
            from_on=_day(row["from"]), until_on=_day(until) if until else None, source=str(row["source"]),
        )  # fmt: skip


def _many(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
