"""Write docs/reference from the code, or with --check say which pages are not current.

python tools/reference.py [--check]
"""

from __future__ import annotations

import importlib
import os
import re
import runpy
import sys
from pathlib import Path
from typing import Any


ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTICE = "<!-- Made by `make reference` from the code. Do not edit here. -->\n\n"
SETTING = re.compile(
    r'(?:environment\.(?:text|truth|whole_number)|os\.environ\.get)\(\s*"([A-Z_]+)"(?:,\s*(?:default=)?([^)]*))?\)'
)


def tables_page() -> str:
    """Every derived table with its columns, types and meanings."""
    parts = [
        "# Derived tables\n",
        "Rebuilt by `engage build`, safe to delete; exported by `engage export TABLE AREA --out FILE`.\n",
    ]
    for room in ("records", "identities", "picture"):
        module = importlib.import_module(f"engage.{room}.tables")
        parts.append(f"\n## {room.capitalize()}\n")
        for table in module.DERIVED_TABLES:
            parts.append(f"\n### {table.name}\n\nOne row is {table.row_is}. Key: {', '.join(table.key)}.\n")
            parts.append("| column | type | meaning | sensitivity |\n| --- | --- | --- | --- |")
            parts.extend(
                f"| {c.name} | {c.type}{', required' if c.required else ''} | {c.meaning} | {c.handling} |".replace(
                    "\n", " "
                )
                for c in table.columns
            )
    return "\n".join(parts) + "\n"


def commands_page() -> str:
    """Every command with its help."""
    from typer.main import get_command

    from engage.cli import main

    if not main.app.registered_commands:
        main.register()
    group = get_command(main.app)
    parts = ["# Commands\n"]
    parts.extend(_command_text(f"engage {name}", command) for name, command in sorted(group.commands.items()))
    return "\n".join(parts) + "\n"


def _command_text(name: str, command: Any) -> str:
    if hasattr(command, "commands"):
        return "\n".join(_command_text(f"{name} {sub}", c) for sub, c in sorted(command.commands.items()))
    lines = [
        f"## {name}\n",
        " ".join((command.help or "").split()) + "\n",
        "| argument or option | meaning |",
        "| --- | --- |",
    ]
    for parameter in command.params:
        shown = (
            ", ".join(parameter.opts)
            if parameter.param_type_name == "option"
            else (parameter.name or "").upper()
        )
        lines.append(f"| `{shown}` | {(getattr(parameter, 'help', '') or '').replace('|', '/')} |")
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Every environment variable that the code reads."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "engage").rglob("*.py")):
        for name, default in SETTING.findall(file.read_text(encoding="utf-8")):
            found.setdefault(name, "" if name.endswith("_ROOT") else default.strip().strip('"'))
    lines = [
        "# Settings from the environment\n",
        "Everything else of an area is in its `area.yaml`.\n",
        "| variable | default |",
        "| --- | --- |",
    ]
    lines += [f"| `{name}` | {default or '(none)'} |" for name, default in sorted(found.items())]
    return "\n".join(lines) + "\n"


def access_page() -> str:
    """The dated access table, the roles and the purposes."""
    import yaml

    parts = [
        "# Who may see what\n",
        "The default is nothing. The most specific row wins; of equally specific rows the strictest.\n",
    ]
    for name in ("roles", "purposes", "access"):
        raw = yaml.safe_load((ROOT / "engage" / "governance" / f"{name}.yaml").read_text(encoding="utf-8"))
        rows = raw if isinstance(raw, list) else raw.get("rules") or raw.get(name) or raw
        parts.append(f"\n## {name.capitalize()}\n")
        if isinstance(rows, dict):
            rows = [
                {"code": code, **(entry if isinstance(entry, dict) else {"title": entry})}
                for code, entry in rows.items()
            ]
        columns = list(dict.fromkeys(key for row in rows for key in row))
        parts.append("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
        parts.extend(
            "| "
            + " | ".join(_cell(row.get(c, "")).replace("\n", " ").replace("|", "/") for c in columns)
            + " |"
            for row in rows
        )
    return "\n".join(parts) + "\n"


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def mapping_page() -> str:
    """Every word that a mapping may use."""
    page: str = runpy.run_path(str(Path(__file__).with_name("mapping_reference.py")))["page"]()
    return page


def example_layouts_page() -> str:
    """What each supplier of the example town says of its files."""
    from engage.example.describing import layouts_page

    return layouts_page()


def example_errors_page() -> str:
    """How the example town's records go wrong, and why at these rates."""
    from engage.example.describing import errors_page

    return errors_page()


def indicators_page() -> str:
    """Every indicator of the catalogue, with how it is found and what it finds; and the views that a step may read."""
    from engage.picture.indicators.catalogue import load
    from engage.picture.indicators.measuring import measured, measured_towns
    from engage.picture.indicators.rules import CLASSES
    from engage.picture.indicators.views import READABLE

    towns = "; ".join(
        f"{t.town} ({t.children:,} children, {t.exploited} exploited)" for t in measured_towns()
    )
    parts = [
        "# Indicators\n",
        (
            "What records are looked through for. None is worth more than another and nothing is added up: [why there are no scores]"
            "(../explanation/why-no-scores.md). An area adds or changes one by a file of its own: [how](../how-to/add-an-indicator.md).\n"
        ),
        (
            f"“Finds” was measured on made-up towns whose truth is known: {towns}. It says how many children carry an indicator by all evidence that an operator may "
            "see, and how many of them are exploited; one that finds fewer than one in twenty right is off by default.\n"
        ),
    ]
    for kind, words in CLASSES.items():
        parts.append(f"\n## {words.capitalize()} ({kind})\n")
        for one in (i for i in load().values() if i.kind == kind):
            found = measured(one.code)
            how = (
                "recorded by people"
                if not one.is_computed
                else f"{found.exploited} of {found.carried} who carry it are exploited; {found.missed} exploited children do not carry it"
                if found.carried
                else "nobody carries it there"
            )
            parts.append(f"### {one.code} {one.title}{'' if one.is_on else ' (off by default)'}\n")
            parts.append(f"{one.means} *Not:* {one.does_not_mean}\n")
            window = f"{one.window_days} days" if one.window_days else "for ever"
            parts.append(
                f"Window: {window}. Normally held by: {', '.join(one.holders)}. Finds: {how}. Source: {one.source}. Version {one.version}, in force from "
                f"{one.effective_on}, to be reviewed {one.review_on} by the {one.owner}.\n"
            )
            if one.sql:
                parts.append(f"```sql\n{one.sql}\n```\n")
    parts.append("\n## What a step may read\n\n| view | columns |\n| --- | --- |")
    parts.extend(f"| {view} | {', '.join(columns)} |" for view, columns in READABLE.items())
    return "\n".join(parts) + "\n"


def forms_page() -> str:
    """Every form of casework, as it is asked, and what may stand in a form's file."""
    from engage.casework.forms.describing import forms_page as page

    return page()


def clocks_page() -> str:
    """Every clock of the catalogue, every event, and what a clock's file may say."""
    page: str = runpy.run_path(str(Path(__file__).with_name("clocks_reference.py")))["page"]()
    return page


def cases_page() -> str:
    """The states and moves of each kind of case."""
    page: str = runpy.run_path(str(Path(__file__).with_name("cases_reference.py")))["page"]()
    return page


def pictures() -> dict[str, str]:
    """The pictures that stand on these pages, by the names of their files."""
    made: dict[str, str] = runpy.run_path(str(Path(__file__).with_name("cases_reference.py")))["pictures"]()
    return made


PAGES = {
    "cases.md": cases_page,
    "clocks.md": clocks_page,
    "forms.md": forms_page,
    "indicators.md": indicators_page,
    "tables.md": tables_page,
    "commands.md": commands_page,
    "mapping.md": mapping_page,
    "settings.md": settings_page,
    "access.md": access_page,
    "example-layouts.md": example_layouts_page,
    "example-errors.md": example_errors_page,
}


def main() -> int:
    """Write the pages; with --check change nothing and fail when one is not current."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.config.settings")
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    texts = {name: NOTICE + page() for name, page in PAGES.items()}
    for name, text in (texts | pictures()).items():
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                file.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"Not current: {', '.join(stale)}. Write them anew with: make reference", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
