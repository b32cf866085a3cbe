"""Does anything committed say where somebody's machine or package registry is, or name a real telephone or number?"""

from __future__ import annotations

import re

from tests.house import tree


REGISTRIES = re.compile(
    r"(files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|registry\.yarnpkg\.com|--(extra-)?index-url\s+\S*://|"
    r"\"resolved\":|artifactory|nexus/repository)",
)
MACHINES = re.compile(r"(?<![\w.])(/root/|/home/\w+/|/Users/\w+/|/work/|[A-Z]:\\Users\\)")
THIS = "tests/house/test_committed_text.py"


def _lines(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tree.committed():
        if tree.name(path) == THIS:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{tree.name(path)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


def test_no_address_of_a_package_registry():
    assert _lines(REGISTRIES) == []


def test_no_path_of_somebodys_machine():
    assert _lines(MACHINES) == []
