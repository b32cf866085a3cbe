"""Does a pair say one thing of itself, where it is known how often a pair like it is one person?"""

from __future__ import annotations

from datetime import date

import pytest

from engage.identities.rules import FieldExplained, JoinExplained, LookAlike, RecordShown, strength
from engage.vocabulary.words import Sentence
from engage.web.people import joins
from engage.web.people.presenters import Reader


READER = Reader(titles={}, as_of=date(2026, 4, 6))
LEFT, RIGHT = (
    RecordShown(f"zz:police:persons:{number}", "police", "persons", number, True) for number in "12"
)
WHOLE = ("somewhat against", "strongly against", "neither for nor against", "somewhat for", "strongly for")


def pair(weight: float, chance: float | None) -> JoinExplained:
    field = FieldExplained("f", Sentence("Name"), "a", "b", Sentence("the same"), Sentence("for it"), 3.0)
    return JoinExplained(
        LEFT, RIGHT, False, True, weight, strength(weight), None, (field,), "", chance=chance
    )


@pytest.mark.parametrize("weight", [-12.0, -2.0, 0.0, 2.0, 9.0])
def test_a_counted_chance_stands_alone(weight: float) -> None:
    shown = joins.shown(pair(weight, 0.42), READER)
    alike = joins.alike_table(
        [LookAlike("P1", LEFT, RIGHT, weight, strength(weight), Sentence("Why"), 0.42)], READER, "P2"
    )

    assert "about 42 are one person" in shown.outcome
    for text in (shown.outcome, str(shown.table.rows[-1]), str(alike.rows)):
        assert [words for words in WHOLE if words in text] == []


def test_words_are_for_what_was_not_counted() -> None:
    assert "somewhat against" in joins.shown(pair(-2.0, None), READER).outcome
