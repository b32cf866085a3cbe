"""What is a comparison, what is a level of one, and why are some levels' values fixed by hand?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level of a comparison. `sql` sees both records' columns with _l and _r; `frequency_of` names the column whose
    usual values weigh less, where both have the same; `near_frequency_of` the same of a level where they are only alike: of the two
    the more usual one counts, beside what the exact level is worth; `pinned` says why m, u and h are fixed by hand instead of learnt,
    `pinned_u` why u and h are, while m is learnt; each with its source."""

    code: str
    sql: str
    words: str
    m: float
    u: float
    h: float
    frequency_of: str = ""
    near_frequency_of: str = ""
    pinned: str = ""
    pinned_u: str = ""


@dataclass(frozen=True)
class Comparison:
    """One field of evidence: its column-name stem, its words for a reader, the columns that it shows, its levels.
    `unknown` is the SQL that holds when nothing can be compared."""

    name: str
    words: str
    shows: tuple[str, ...]
    unknown: str
    levels: tuple[Level, ...]


# How often the names of one person's two records are crossed varies with who sends them: 49 of 3,192 pairs of the borough (1.5 %),
# 42 of 4,771 of the example town (0.9 %), 469 of 6,176 of febrl3 (7.6 %), so that is learnt. Of strangers it was none of 361,773.
RARE = "too rare among random pairs to be counted (none of 361,773 on two towns); the product of two names' shares, about one in a million"
ONCE = "counted once, under forename: both names are crossed or none is"
NEUTRAL = "says nothing either way: an age of many years' width excludes hardly anybody"
# Counted on the borough and the example town: of 1.8 and 4.9 million pairs of records that both hold a number of a kind, 0 and 3
# held the same one; of 832 pairs of one person, 829 did. Real registers are worse than made-up ones, so both are set more cautiously: a
# number in common is worth 13 bits and not the 20 that were counted, a different one speaks against by 4 and not by 8.
IDENTIFIER = "counted as rarer still on two towns (3 of 6.6 million pairs); one in ten thousand leaves room for clerical errors"
WRONG_NUMBER = "counted as rarer still on two towns (3 of 832 pairs of one person differ); one in twenty leaves room for wrong numbers"
