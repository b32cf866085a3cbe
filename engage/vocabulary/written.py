"""How is what is written in YAML read: settings, rules, lists of words?

By the parser in C where the machine has it, as all usual ones do: it reads the shipped files in a fifth of a second, the one in Python
takes two, in every command and every server.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml


# Both make plain values only; they differ in nothing but speed.
SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """The plain values that a YAML text holds: None for an empty one. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=SafeLoader)  # noqa: S506  a safe loader


# A file with when it was last changed.
Stamped = tuple[Path, int]


def files_of(folder: Path | None) -> tuple[Stamped, ...]:
    """The YAML files of a folder as they are now, in the order of their names; none where there is no such folder."""
    if folder is None:
        return ()
    try:
        with os.scandir(folder) as found:
            stamped = [(one.name, one.stat().st_mtime_ns) for one in found if one.name.endswith(".yaml")]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple((folder / name, at) for name, at in sorted(stamped))


@cache
def shipped(folder: Path) -> tuple[Stamped, ...]:
    """The same of a folder that ships: it stays as it is while a program runs, so it is looked into once."""
    return files_of(folder)
