"""The project's own files, as the house tests read them."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path


ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {".git", ".venv", ".ready", "node_modules", "demo", "areas", "staticfiles", "built", "__pycache__"}


def committed() -> list[Path]:
    """Every file under version control; without git, every file that is not made by a task."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        files = [ROOT / name for name in listed.decode().split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not LEFT_OUT & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in files if path.is_file())


def modules() -> list[Path]:
    """The modules of the product, migrations left out."""
    return sorted(
        path
        for path in (ROOT / "engage").rglob("*.py")
        if "migrations" not in path.parts and "node_modules" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of the module, methods and inner ones included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    """The path from the project's root, as people write it."""
    return path.relative_to(ROOT).as_posix()
