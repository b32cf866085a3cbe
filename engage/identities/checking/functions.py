"""What do functions of the analysis store say of values that are known?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any


def element(value: Any, number: int) -> Any:
    """One sign of a text, or one element of a list, counted from 0; what is not there is "" or None."""
    if isinstance(value, str):
        return value[number : number + 1]
    return value[number] if number < len(value) else None


def part(text: str, sign: str, number: int) -> str:
    """One part of a text between signs, counted from 1; what is not there is ""."""
    parts = text.split(sign)
    return parts[number - 1] if 0 < number <= len(parts) else ""


def minus(one: Any, other: Any) -> Any:
    """A difference; of two days, in days."""
    difference = one - other
    return difference.days if isinstance(difference, timedelta) else difference


def plus(one: Any, other: Any) -> Any:
    """A sum; of a day and a number, so many days later."""
    return one + timedelta(days=other) if isinstance(one, date) else one + other


def split(text: str, sign: str) -> list[str]:
    """A text between signs, or sign by sign."""
    return text.split(sign) if sign else list(text)


def overlap(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Some value stands in both."""
    return any(value in other for value in one if value is not None)


def found(text: str, pattern: str) -> str:
    """The first place of a text that fits a pattern, whole; "" when none does."""
    fits = re.search(pattern, text)
    return fits[0] if fits else ""


def found_all(text: str, pattern: str) -> list[str]:
    """All places of a text that fit a pattern, one after the other."""
    return re.findall(pattern, text)
