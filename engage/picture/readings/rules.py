"""A reading of words in a text, and what people said of it. Plain dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engage.picture.mentions.rules import Mentioned
from engage.picture.narrative.rules import Told


WRONG, RIGHT = "wrong", "right"


class ReadingKey(NamedTuple):
    """One reading of one text, the same in every build: the text's digest (with its year, as the text is read by it), what the words were
    taken for (a theme's code, or a kind of mention), its polarity ("" for a mention), and where the words stand (half-open, counted in
    characters of the text as delivered)."""

    text_key: str
    what: str
    polarity: str
    start: int
    end: int


@dataclass(frozen=True)
class SaidWrong:
    """Somebody said that a reading is wrong: who (the sign-in name), and when. It stands until somebody says otherwise."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Reading(Told):
    """What was read in a text that is shown. `wrong`: who said that it is; None as long as nobody does."""

    text_key: str
    wrong: SaidWrong | None = None

    @property
    def key(self) -> ReadingKey:
        """By which people's word of it is kept."""
        return ReadingKey(self.text_key, self.theme, self.polarity, self.start, self.end)


@dataclass(frozen=True)
class MentionRead(Mentioned):
    """Words of a text that is shown, with whom or what they may name. `wrong`: who said that they do not; None as long as nobody does."""

    text_key: str = ""
    wrong: SaidWrong | None = None

    @property
    def key(self) -> ReadingKey:
        """By which people's word of it is kept."""
        return ReadingKey(self.text_key, self.kind, "", self.start, self.end)


@dataclass(frozen=True)
class Pointed:
    """The reading that a worker points at on a page: the record whose text it is, and the reading as `ReadingKey` names it."""

    record_id: str
    what: str
    polarity: str
    start: int
    end: int


@dataclass(frozen=True)
class Counted:
    """How often people said that readings by one entry of the vocabulary are wrong, of how many that a build made. Of mentions `theme` is what
    they name, and no entry is told. The others were not all looked at: what nobody said anything of is not thereby right."""

    theme: str
    entry: str
    source: str
    readings: int
    wrong: int
