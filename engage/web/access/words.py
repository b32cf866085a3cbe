"""How roles and purposes are called on pages, in the reader's language."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext

from engage.governance import queries
from engage.governance.policies import OPEN_ROLES


@cache
def _titles() -> dict[str, dict[str, str]]:
    return {
        "role": {code: row["title"] for code, row in queries.roles().items()},
        "purpose": {code: row["title"] for code, row in queries.purposes().items()},
    }


def role_title(code: str) -> str:
    """A role's title; the code itself when the table does not name it."""
    return gettext(_titles()["role"].get(code, code))


def purpose_title(code: str) -> str:
    """A purpose's title; the code itself when the table does not name it."""
    return gettext(_titles()["purpose"].get(code, code))


def purposes() -> list[tuple[str, str]]:
    """Every purpose: code and title, in the table's order."""
    return [(code, gettext(title)) for code, title in _titles()["purpose"].items()]


def roles_to_give(*, is_anybody: bool) -> list[tuple[str, str]]:
    """Every role that a person can be invited into, or (`is_anybody` False) those that practise: code and title."""
    given = OPEN_ROLES if not is_anybody else set(_titles()["role"]) - {queries.OPERATOR_ROLE}
    return [(code, gettext(title)) for code, title in _titles()["role"].items() if code in given]
