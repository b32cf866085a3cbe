"""Is what texts were found to name held against a known answer as a scorer does it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.picture.mentions.measuring import MentionsWrong, Named, measure, read_answer


HEAD = "agency,file,record_id,span,start,end,kind,entity_id\n"
EVERYONE = [
    ("police", "p", "1", "A"),
    ("police", "p", "2", "A"),
    ("police", "p", "3", "A"),
    ("police", "p", "4", "B"),
]
PERSON_OF = {("police", "p", "1"): "P1", ("police", "p", "2"): "P1", ("police", "p", "3"): "P2", ("police", "p", "4"): "P2"}  # fmt: skip


def named(start: int, end: int, kind: str = "person", who: str = "") -> Named:
    return Named("police", "occ", "1", start, end, kind, who)


def measured(said: list[Named], answer: list[Named]):  # type: ignore[no-untyped-def]
    return measure(said, answer, everyone=EVERYONE, person_of=PERSON_OF)


def test_half_of_the_words_are_enough_and_each_counts_once() -> None:
    answer = [named(0, 10, who="P1"), named(20, 30, who="P2"), named(40, 50, "place", "L1")]
    found = measured([named(5, 30), named(5, 12), named(24, 30), named(44, 50, "vehicle")], answer)
    assert (found.kinds["person"].right, found.kinds["person"].wrong, found.kinds["person"].missed) == (
        2,
        1,
        0,
    )
    assert (found.kinds["place"].right, found.kinds["place"].missed) == (0, 1)


def test_a_group_is_whom_most_of_its_records_are_and_what_is_open_is_no_mistake() -> None:
    answer = [
        named(0, 9, who="P1"),
        named(10, 19, who="P2"),
        named(20, 29, who="P2"),
        named(30, 39, who="P1"),
    ]
    found = measured(
        [named(0, 9, who="A"), named(10, 19, who="A"), named(20, 29, who="B"), named(30, 39)], answer
    )
    assert (found.linked, found.mistaken, found.linked_share) == (2, 1, 0.5)


def test_an_answer_may_say_nothing_of_mentions_but_must_be_whole(tmp_path: Path) -> None:
    assert read_answer(tmp_path) == ()
    (tmp_path / "truth").mkdir()
    file = tmp_path / "truth" / "mentions.csv"
    file.write_text(HEAD + "police,occ,1,Amy,0,3,person,P1\n", encoding="utf-8")
    assert read_answer(tmp_path) == (named(0, 3, who="P1"),)
    file.write_text(HEAD + "police,occ,1,Amy,zero,3,person,P1\n", encoding="utf-8")
    with pytest.raises(MentionsWrong, match="start, end"):
        read_answer(tmp_path)
    file.write_text(HEAD.replace(",kind", ""), encoding="utf-8")
    with pytest.raises(MentionsWrong, match="lacks the column kind"):
        read_answer(tmp_path)
