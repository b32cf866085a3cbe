"""What counts as a link and what is set aside, from counting.yaml; and how strong a grade makes a line. Pieces of SQL."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from engage.store.sql import literal
from engage.vocabulary.written import read_yaml


@cache
def counting() -> Mapping[str, Any]:
    """The words and numbers of counting.yaml."""
    file = Path(__file__).parent.parent / "counting.yaml"
    known: Mapping[str, Any] = read_yaml(file.read_text(encoding="utf-8"))
    return known


def is_among(value: str, name: str) -> str:
    """A source's word is one of those listed under a name."""
    return f"coalesce(lower({value}) in ({', '.join(literal(word) for word in counting()[name])}), false)"


_GRADE = "upper(regexp_replace({grade}, '[^A-Za-z0-9]', '', 'g'))"


def strength(grade: str) -> str:
    """Confirmed unless the grade says that the source is not reliable, or that what it says stands alone or is not known. 3x5x2: source 3,
    information C, D and E; 5x5x5: source D and E, information 4 and 5 (College of Policing, intelligence report; both stand in records)."""
    read = _GRADE.format(grade=grade)
    return f"case when regexp_matches({read}, '^(3[A-E]|[12][CDE])|^([DE][1-5]|[ABC][45])') then 'tentative' else 'confirmed' end"


def is_false(grade: str) -> str:
    """The grade says that it is suspected to be false."""
    return f"coalesce(regexp_matches({_GRADE.format(grade=grade)}, '^[123]E|^[ABCDE]5'), false)"
