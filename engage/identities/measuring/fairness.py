"""Are the joins as right for one group of people as for another? Said in words, so that nobody has to compare columns."""

from __future__ import annotations

from collections.abc import Callable, Collection

from engage.identities.measuring import words
from engage.identities.measuring.people import GroupRates
from engage.vocabulary.words import N_, Sentence


# In a smaller group one person more or less who is wholly joined moves the share by a point or more.
ENOUGH_PEOPLE = 100
MOST_COST = 0.03


def measure_of(one: GroupRates, groups: Collection[GroupRates]) -> GroupRates | None:
    """The group that this one is compared with: of those by the same trait that are large enough, the one of most people. None when no
    group is large enough."""
    large = [other for other in groups if other.by == one.by and _is_enough(other)]
    return max(large, key=lambda other: (_several(other), other.group), default=None)


def is_behind(one: GroupRates, groups: Collection[GroupRates]) -> bool:
    """The group is large enough to tell, and its recall is more than three points below that of the largest."""
    other = measure_of(one, groups)
    return other is not None and _is_enough(one) and _gap(one, other) > MOST_COST


def standing(
    one: GroupRates, groups: Collection[GroupRates], say: Callable[[Sentence], str] = str
) -> Sentence:
    """How the recall of a group compares with that of the largest by the same trait, which `say` names in the reader's language."""
    other = measure_of(one, groups)
    if not _is_enough(one) or other is None:
        return Sentence(N_("too few people with several records to tell"))
    if other == one:
        return Sentence(N_("the largest group, with which the others are compared"))
    than = {"group": say(words.group(other.by, other.group)), "points": f"{100 * _gap(one, other):.0f}"}
    if is_behind(one, groups):
        return Sentence(N_("%(points)s points below %(group)s"), than)
    return Sentence(N_("no more than three points below %(group)s"), than)


def _several(one: GroupRates) -> int:
    """How many have several records; of a measurement that did not count them, how many there are."""
    return one.people if one.several is None else one.several


def _is_enough(one: GroupRates) -> bool:
    return one.full_recall is not None and _several(one) >= ENOUGH_PEOPLE


def _gap(one: GroupRates, other: GroupRates) -> float:
    return (other.full_recall or 0.0) - (one.full_recall or 0.0)
