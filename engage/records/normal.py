"""How is one value that somebody types brought to the form in which what agencies sent is kept? By the same readings, one at a time."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

from engage.records import numbers
from engage.records.values import create_macros
from engage.store.warehouse import connect


_ONE_AT_A_TIME = threading.Lock()


@cache
def _readings() -> Any:
    connection = connect(None, threads=1)
    create_macros(connection)
    return connection


def _read(expression: str, text: str) -> str | None:
    with _ONE_AT_A_TIME:
        found = _readings().execute(f"select {expression}", {"text": text}).fetchall()[0][0]
    return str(found) if found else None


def address_key(text: str) -> str | None:
    """The first lines of an address in normal form; None of nothing readable."""
    return _read("e_address_key($text)", text) if text.strip() else None


def postcode(text: str) -> str | None:
    """A British postcode in normal form; None of anything else."""
    return _read("e_postcode($text)", text) if text.strip() else None


def telephone(text: str) -> str | None:
    """A telephone number in normal form; None of what is no possible number."""
    if not text.strip():
        return None
    british = _read("e_phone($text)", text)
    value, is_valid = (british, True) if british else numbers.telephone(text)
    return value if is_valid else None


def number(kind: str, text: str) -> str | None:
    """An NHS number, UPN or PNC id (`nhs_number`, `upn`, `pnc_id`) in normal form; None when its check digit or shape is wrong."""
    if not text.strip():
        return None
    value, is_valid = numbers.CHECKS[kind](text)
    return value if is_valid else None
