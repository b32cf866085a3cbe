"""Which actions are often agreed for a kind of case, at allocation and with the plan? Offered, never agreed by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engage.casework.lifecycles.states import KINDS
from engage.casework.tasks.escalation import wrong
from engage.store.area import Area
from engage.vocabulary.words import N_
from engage.vocabulary.written import read_yaml


SHIPPED = Path(__file__).parent / "templates.yaml"
ALLOCATED, PLAN = "allocated", "plan"
# When each state of a case is one in which templates are offered: by the state's code, whatever the kind.
OFFERED_IN = {
    ALLOCATED: ALLOCATED,
    "looked_into": ALLOCATED,
    "mapped": ALLOCATED,
    PLAN: PLAN,
    "disruption": PLAN,
}
_NEEDED = ("code", "of", "at", "what", "days", "source")


@dataclass(frozen=True)
class Template:
    """An action that is often agreed: for a kind of case, at allocation or with the plan; the kind of agency that usually does it ("" any), and the working days to begin with."""

    code: str
    of: str
    at: str
    what: str
    days: int
    source: str
    agency: str = ""


def templates(area: Area, kind: str, state: str) -> tuple[Template, ...]:
    """What is offered for a case of this kind in this state. Raises TaskFileWrong."""
    at = OFFERED_IN.get(state, "")
    return tuple(one for one in of_area(area) if one.of == kind and one.at == at)


def of_area(area: Area) -> tuple[Template, ...]:
    """All templates of an area: those that ship, and its own. Raises TaskFileWrong."""
    folder = area.folder / "tasks"
    own = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    files = [SHIPPED, *(file for file in own if file.name != "escalation.yaml")]
    found = {one.code: one for file in files for one in _read(file)}
    return tuple(found.values())


def _read(file: Path) -> Iterable[Template]:
    try:
        raw = read_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    rows = raw.get("templates") if isinstance(raw, dict) else None
    if not isinstance(rows, list):
        raise wrong(file, "templates", N_("List the actions under “templates”."))
    return [_template(file, one) for one in rows]


def _template(file: Path, raw: Any) -> Template:
    for key in _NEEDED:
        if not isinstance(raw, dict) or raw.get(key) in (None, ""):
            raise wrong(file, key, N_("Every action must say it."))
    if raw["of"] not in KINDS or raw["at"] not in (ALLOCATED, PLAN):
        raise wrong(file, f"{raw['of']}, {raw['at']}", N_("Name a kind of case, and “allocated” or “plan”."))
    if not isinstance(raw["days"], int) or raw["days"] < 1:
        raise wrong(file, f"days: {raw['days']}", N_("Write a whole number of working days."))
    return Template(
        str(raw["code"]), raw["of"], raw["at"], str(raw["what"]), raw["days"], str(raw["source"]), str(raw.get("agency", ""))
    )  # fmt: skip
