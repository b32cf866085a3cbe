"""What is found in a text before anybody asks who it is. Plain data."""

from __future__ import annotations

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
        first, last = (
            (span[0] + by, span[1] + by) if span != NOWHERE else NOWHERE for span in (self.first, self.last)
        )
        return Found(self.kind, self.start + by, self.end + by, self.sure, first, last)


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
# More than that are not listed: to say "one of eleven" helps nobody.
CANDIDATES_MOST = 10


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
    `may_be` is who it is where `is_taken`, else who it may be, as far as the viewer may know; nothing where that is not known."""

    kind: str
    start: int
    end: int
    may_be: tuple[MayBe, ...] = ()
    is_taken: bool = False
