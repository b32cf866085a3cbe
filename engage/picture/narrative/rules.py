"""What is found in a text: a theme, where it stands, and what the sentence makes of it. Plain dataclasses."""

from __future__ import annotations

from dataclasses import dataclass


# In the order in which one that is found decides before another: what was once is not now, whoever it was about.
POLARITIES = ("historical", "hypothetical", "negated", "other", "present")


@dataclass(frozen=True)
class Told:
    """That a text speaks of a theme. `start` and `end` count the characters of the text as it was delivered (half-open); `polarity` is
    present, negated, historical, other (about somebody else) or hypothetical (advice, plans, what if); `is_hearsay`: whoever wrote it
    only heard so. `entry` is the entry of the vocabulary by which it was found, `source` the guidance that the entry rests on."""

    theme: str
    polarity: str
    is_hearsay: bool
    start: int
    end: int
    entry: str
    source: str
