"""A text is shown as it was delivered, with what was read in it marked in place and said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.picture.narrative.rules import POLARITIES
from engage.picture.readings.rules import Reading
from engage.picture.rules import Entry
from engage.web.people import texts


ENTRY = Entry(
    event_record_id="zz:police:occurrences:1", roles=(), kind="missing", category=None, title=None, outcome=None, recorded_by=None, details={},
    happened_from_at=None, happened_until_at=None, happened_precision="unknown", happened_text=None, place=None, narrative=None,
    narrative_withheld=False, grade=None, handling="", agency="police", file="occurrences", source_id="1", delivery_id="1-a", row_number=2,
    received_on=date(2026, 4, 1),
)  # fmt: skip


def told(start: int, end: int, polarity: str = "present", *, is_hearsay: bool = False) -> Reading:
    return Reading(
        "gifts", polarity, is_hearsay, start, end, "<give_verb> .. <gift_thing>", "SERAF", "digest"
    )


def test_the_words_are_marked_in_place_with_what_was_made_of_them() -> None:
    entry = replace(ENTRY, narrative="No gifts were seen.", told=(told(3, 8, "negated"),))
    assert texts.pieces(entry) == (
        texts.Piece("No "),
        texts.Piece("gifts", "Unexplained gifts, said not to be so"),
        texts.Piece(" were seen."),
    )
    assert [one.text for one in texts.read_in(entry)] == [
        "Unexplained gifts, said not to be so: “gifts” (SERAF)"
    ]


def test_hearsay_is_said_to_be_hearsay_and_a_theme_of_the_area_goes_by_its_code() -> None:
    entry = replace(
        ENTRY, narrative="gifts", told=(replace(told(0, 5, is_hearsay=True), theme="at_the_fair"),)
    )
    assert texts.pieces(entry) == (texts.Piece("gifts", "At the fair, said to be so, from hearsay"),)


def test_of_what_overlaps_the_first_is_marked_and_all_is_listed() -> None:
    entry = replace(ENTRY, narrative="new phone and cash", told=(told(0, 9), told(4, 18, "other")))
    assert [piece.text for piece in texts.pieces(entry)] == ["new phone", " and cash"]
    assert len(texts.read_in(entry)) == 2


@pytest.mark.parametrize("polarity", POLARITIES)
def test_everything_that_can_be_made_of_it_has_words(polarity: str) -> None:
    entry = replace(ENTRY, narrative="gifts", told=(told(0, 5, polarity),))
    assert polarity not in texts.read_in(entry)[0].text


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=6))
def test_no_sign_of_the_text_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    found = tuple(told(min(span), max(span)) for span in sorted(spans))
    pieces = texts.pieces(replace(ENTRY, narrative=text, told=found))
    assert "".join(piece.text for piece in pieces) == text
