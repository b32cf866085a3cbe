"""What is found in a text before anybody asks who it is. Plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


PERSON, PLACE, VEHICLE, PHONE, ACCOUNT, NAME = "person", "place", "vehicle", "phone", "account", "name"
KINDS = (PERSON, PLACE, VEHICLE, PHONE, ACCOUNT)
# How much the text alone tells: it is one whatever the records hold; it is one if anybody in the area is called so; or only if
# somebody is who has to do with what the text tells of.
CERTAIN, IF_KNOWN, IF_NEAR = 2, 1, 0

Span = tuple[int, int]
NOWHERE: Span = (0, 0)


class Found(NamedTuple):
    """Words of a text that may name somebody or something. All numbers count characters of the text as delivered (half-open).

    `kind` is one of KINDS, or "name" for words that may be the name of a place if records hold a place of that name. `sure` is CERTAIN,
    IF_KNOWN or IF_NEAR. `first` and `last` are what it is known by: of a person the given and the family name, of a place its own name (or
    number and street) and the street it stands on, of a vehicle its plate and its description, of a phone or an account the number.
    An empty span stands for what is not said."""

    kind: str
    start: int
    end: int
    sure: int
    first: Span = NOWHERE
    last: Span = NOWHERE

    def moved(self, by: int) -> Found:
        """The same, that many characters further on."""
        if not by:
            return self
        kind, start, end, sure, first, last = self
        first = first if first == NOWHERE else (first[0] + by, first[1] + by)
        last = last if last == NOWHERE else (last[0] + by, last[1] + by)
        return Found(kind, start + by, end + by, sure, first, last)


# What speaks for it that words name somebody or something.
WHY = (
    "above",  # named in full in the same text
    "part",  # has a part in what the text tells of
    "tied",  # is tied to somebody who has
    "home",  # is recorded at the address of somebody who has
    "met",  # had a part in something else together with somebody who has
    "called",  # is called so in the area's records
    "number",  # has that plate, number or account
)
# Of a record that bears a part of the name: words that only records make a mention are one for whoever may see it. It is nobody's in particular.
BORNE = "borne"
# More than that whom somebody may know are not listed: to say "one of eleven" helps nobody. More than CANDIDATES_KEPT are not even kept.
CANDIDATES_MOST, CANDIDATES_KEPT = 10, 40
# Whoever has a part in what a text tells of is nearer than that.
_PART_UNTIL = 20
# Whoever is farther is not taken for who is named, even if nobody is as near; they may be, and are listed.
SURE_UNTIL = 45


class Words(NamedTuple):
    """Words of a text (of that record) that name something of a kind; where they stand, half-open."""

    record_id: str
    kind: str
    start: int
    end: int

    def shares(self, other: Words) -> bool:
        """Some sign is in both."""
        return self.record_id == other.record_id and self.start < other.end and other.start < self.end


def marked(certain: Iterable[Words], known: Iterable[Words]) -> list[Words]:
    """The words that somebody finds marked, in their order: those that records which they may see make a mention (`known`), and those that are
    one by themselves (`certain`), where they share no signs with the others."""
    made: dict[str, list[Words]] = {}
    for words in (*dict.fromkeys(known), *certain):
        others = made.setdefault(words.record_id, [])
        if not any(words.shares(other) for other in others):
            others.append(words)
    found = (words for some in made.values() for words in some)
    return sorted(found, key=lambda words: (words.record_id, words.start))


class Candidate(NamedTuple):
    """Whom or what words may name, by one way in which records lead there: the more that way is worth, the less the `distance`. `by` is where
    words begin that name in full whom these name; None of words that stand for themselves."""

    key: str
    distance: int
    why: str
    by: int | None = None


def nearest(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Of those that somebody may know, who words may name: who is nearest, each once by the best way; nobody where too many are. What is withheld from them, or is not
    known yet, is not among the candidates, and so changes nothing."""
    ordered = sorted(candidates, key=lambda one: (one.distance, WHY.index(one.why)))
    least: dict[int | None, int] = {}
    for one in ordered:
        least.setdefault(one.by, one.distance)
    found: dict[str, Candidate] = {}
    for one in ordered:
        if one.distance == least[one.by]:
            found.setdefault(one.key, one)
    if len(found) > CANDIDATES_MOST:
        return ()
    return tuple(sorted(found.values(), key=lambda one: one.key))


def is_own(why: str, distance: int) -> bool:
    """What leads to a person by this way are records of their own: no part, home or tie of anybody else's."""
    return why in {"part", "called"} or (why == "above" and distance < _PART_UNTIL)


def fits_alone(found: Sequence[Candidate]) -> bool:
    """One alone is nearest, and near enough."""
    return len(found) == 1 and found[0].distance < SURE_UNTIL


@dataclass(frozen=True)
class MayBe:
    """Whom or what words may name: today's id of a person, a plate, a number or a place's key; how it is called ("" of a thing); why it
    may be so: one of WHY."""

    key: str
    label: str
    why: str


@dataclass(frozen=True)
class Mentioned:
    """Words of a text that name somebody or something. `start` and `end` count the characters of the text as it was delivered (half-open);
    `may_be` is who it may be, of those whom the viewer may know; `fits_alone`: one of these alone fits, and well. That nobody else does is never
    said: others may be withheld."""

    kind: str
    start: int
    end: int
    may_be: tuple[MayBe, ...] = ()
    fits_alone: bool = False
