"""May everything that runs with Engage be given on under its licence?

Reads the licence of every installed package that Engage's own requirements bring at run time, PostgreSQL's driver
included. GPL and AGPL are refused, and so is a licence that is not stated.
"""

from __future__ import annotations

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement


PERMITTED = re.compile(
    r"\b(MIT|MIT-0|BSD|BSD-[234]-Clause|0BSD|Apache|Apache-2\.0|ISC|ISCL|PSF|PSF-2\.0|Python Software Foundation|Unlicense|HPND|Zlib)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\bA?GPL|General Public License", re.IGNORECASE)
WEAK = re.compile(r"\bLGPL|Lesser General Public|\bMPL|Mozilla Public", re.IGNORECASE)
SAID_NOTHING = re.compile(r"^(UNKNOWN|Other/Proprietary License|)$")
WEAK_BUT_USED = {
    "psycopg": "LGPL, used unmodified as a library, and only where the decided store is PostgreSQL",
    "psycopg-binary": "the same library, compiled",
    "python-stdnum": "LGPL, used unmodified as a library: check digits of NHS numbers and UPNs",
    "certifi": "MPL, used unmodified: a list of certificates that downloads of spaCy and PROJ need, of which we make none",
    "tqdm": "MPL and MIT, used unmodified: progress of the same downloads",
    "fido2": "BSD and Apache; MPL only for the list of public suffixes that it carries, unmodified",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def run_time_packages() -> dict[str, metadata.Distribution]:
    """The closure of what Engage requires at run time on this machine."""
    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [("engage", ""), ("engage", "postgresql")]
    while waiting:
        name, extra = waiting.pop()
        if (normal(name), extra) in seen:
            continue
        seen.add((normal(name), extra))
        package = found.setdefault(normal(name), metadata.distribution(name))
        for text in package.requires or []:
            required = Requirement(text)
            if required.marker is None or required.marker.evaluate({"extra": extra}):
                waiting += [(required.name, wanted) for wanted in {"", *required.extras}]
    del found["engage"]
    return found


def licences(package: metadata.Distribution) -> list[str]:
    """What the package says of its licence: its expression, else its classifiers, else its free words."""
    about = package.metadata
    expression = about.get("License-Expression")
    if expression:
        return [expression]
    classifiers = [
        line.split("::")[-1].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    free = [(about.get("License") or "").strip().split("\n")[0]]
    return [text for text in classifiers if not SAID_NOTHING.match(text)] or free


def objection(name: str, said: list[str]) -> str:
    """Why this licence may not be used; empty when it may. Of `A OR B` one that may be used is enough."""
    for text in said:
        choices = re.split(r"\s+OR\s+", text)
        verdicts = [_objection_to_one(name, choice) for choice in choices]
        if all(verdicts):
            return verdicts[0]
    return ""


def _objection_to_one(name: str, text: str) -> str:
    if WEAK.search(text):
        return "" if name in WEAK_BUT_USED else f"{name}: {text} is not on the short list"
    if REFUSED.search(text):
        return f"{name}: {text} is refused"
    return "" if PERMITTED.search(text) else f"{name}: “{text}” is not a licence known here"


def test_every_run_time_package_may_be_used():
    packages = run_time_packages()
    assert {"django", "duckdb", "splink", "psycopg"} <= set(packages)
    objections = [objection(name, licences(package)) for name, package in sorted(packages.items())]
    assert [text for text in objections if text] == []
    assert set(WEAK_BUT_USED) <= set(packages), "the short list names a package that is not used any more"


@pytest.mark.parametrize(
    ("name", "said", "refused"),
    [
        ("x", ["MIT"], False),
        ("x", ["GPL-3.0-only"], True),
        ("x", ["GNU Affero General Public License v3"], True),
        ("x", ["AGPL-3.0-or-later"], True),
        ("x", ["GPL-2.0-only OR MIT"], False),
        ("x", ["MIT License", "GNU General Public License v2 (GPLv2)"], True),
        ("x", ["LGPL-3.0-only"], True),
        ("psycopg", ["LGPL-3.0-only"], False),
        ("x", ["MPL-2.0"], True),
        ("x", [""], True),
        ("x", ["Business Source License 1.1"], True),
    ],
)
def test_what_the_rule_refuses(name, said, refused):
    assert bool(objection(name, said)) is refused
