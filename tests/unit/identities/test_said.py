"""What is followed of what people said: does a word count only where it was given blind, and is what cannot be followed told?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engage.identities.judging.agreeing import agreement_of
from engage.identities.judging.contradicting import contradicted, open_to_judges
from engage.identities.judging.rules import Said, effects


START = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)
AT = ("a", "b")


def said(*words: str, needs: int = 2, moving: bool = True) -> list[Said]:
    """Words like "ana same", or "-1" where the first was taken back, a minute after each other; the clock may stand still."""
    found: list[Said] = []
    for minute, word in enumerate(words):
        at = START + timedelta(minutes=minute if moving else 0)
        if word.startswith("-"):
            number = int(word[1:]) - 1
            found[number] = replace(found[number], withdrawn_at=at)
        else:
            by, says = word.split()
            found.append(Said(len(found) + 1, *AT, says, "why", "twin", by, "police", at, needs))
    return found


def effect(*words: str, **how: bool) -> str:
    return effects(said(*words, **how))[AT].what


def test_two_who_judge_blind_are_followed() -> None:
    assert effect("ana same") == "waiting"
    assert effect("ana same", "ben same") == "same"
    assert effect("ana same", "ben same", moving=False) == "same"


def test_who_judged_looked_and_took_it_back_does_not_count_as_the_second() -> None:
    for moving in (True, False):
        assert effect("ana same", "ben different", "-2", "ben same", moving=moving) == "waiting"
        assert effect("ana same", "ben different", "ben same", moving=moving) == "waiting"
        assert effect("ana same", "ben different", "-2", "ben same", "cyd same", moving=moving) == "same"


def test_who_could_not_tell_is_kept_blind_and_counts() -> None:
    assert effect("ana same", "ben unsure", "ben same") == "same"


def test_who_took_it_back_before_anybody_else_judged_counts() -> None:
    assert effect("ana same", "-1", "ben same", "ana same") == "same"


def test_to_say_it_again_changes_nothing_nor_since_when_it_is_followed() -> None:
    once, again = (
        effects(said(*words))[AT]
        for words in (("ana same", "ben same"), ("ana same", "ben same", "ana same"))
    )
    assert once == again


def test_where_one_judge_is_enough_the_last_word_counts() -> None:
    words = said("ana same", "ben different", "ana different", needs=1)
    assert effects(words)[AT].what == "different"


def test_agreement_is_of_firm_words() -> None:
    found = agreement_of(said("ana unsure", "ben same", "ana same", "cyd unsure"))
    assert (found.pairs_judged_twice, found.agreed) == (1, 1)


def _pair(seq: int, pair: tuple[str, str], says: str) -> Said:
    return Said(seq, *pair, says, "why", "apart", "ana", "police", START)


def test_a_word_that_earlier_words_stand_against_waits_like_a_dispute() -> None:
    words = [_pair(1, ("a", "p"), "same"), _pair(2, ("b", "p"), "different"), _pair(3, ("a", "b"), "same")]
    found = effects(words)
    assert contradicted(found) == {("a", "b")}
    assert {pair: one.what for pair, one in open_to_judges(found).items()} == {
        ("a", "p"): "same",
        ("b", "p"): "different",
        ("a", "b"): "disputed",
    }
