"""What is a row of a list, in which state is a screening, and how does a name with a day of birth fit what records say? Plain values, no store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engage.vocabulary.words import N_, Sentence


PERSON, VEHICLE, PHONE = "person", "vehicle", "phone"


@dataclass(frozen=True)
class Entry:
    """One row of a list: a name as it was written, a day of birth, a phone and a plate in the form in which records are kept; "" and None where it says
    none. `row` is its line in what was sent."""

    row: int
    name: str = ""
    born: date | None = None
    phone: str = ""
    plate: str = ""

    @property
    def things(self) -> tuple[tuple[str, str], ...]:
        """Its vehicle and phone, as kind and key."""
        return tuple((kind, key) for kind, key in ((VEHICLE, self.plate), (PHONE, self.phone)) if key)


@dataclass(frozen=True)
class Fault:
    """A value that cannot be read: where it stands, what it is, and what to do."""

    file: str
    row: int
    column: str
    value: str
    remedy: Sentence

    @property
    def sentence(self) -> Sentence:
        """Names file, row, column and value."""
        return Sentence(
            N_("%(file)s, row %(row)s, column %(column)s: “%(value)s” cannot be read."),
            {"file": self.file, "row": str(self.row), "column": self.column, "value": self.value},
        )


# In the order in which a screening goes through them.
ASKED, AUTHORISED, RUN = "asked", "authorised", "run"
REFUSED, WITHDRAWN, LAPSED, EXPIRED = "refused", "withdrawn", "lapsed", "expired"


@dataclass(frozen=True)
class Term:
    """Until when: `lapses_on` is the first day on which a list that was not run is kept no longer, `expires_on` the first on which hits are not."""

    lapses_on: date
    expires_on: date


def state(said: Collection[str], term: Term, on: date) -> str:
    """The state of a screening on a day, by what was said of it."""
    for end in (REFUSED, WITHDRAWN):
        if end in said:
            return end
    if RUN in said:
        return EXPIRED if on >= term.expires_on else RUN
    if on >= min(term.lapses_on, term.expires_on):
        return LAPSED
    return AUTHORISED if AUTHORISED in said else ASKED


def is_kept(state_now: str) -> bool:
    """Something of the list is still needed: the whole of it, or the rows that hit."""
    return state_now in (ASKED, AUTHORISED, RUN)


# How a name that a record gives fits the one in the list, nearest first.
SAME, PART, NEAR = "same", "part", "near"
# And how days of birth that records give fit.
DAY, NEAR_DAY, OPEN, OTHER = "day", "near_day", "open", "other"
# How something was found, surest first. Only the first two say that it is what the list means.
HOW = ("number", "name_and_birth", "near_name_and_birth", "name_and_near_birth", "name_alone")
SURE = frozenset(HOW[:2])
Span = tuple[date, date]


def name_fits(typed: Sequence[str], recorded: Sequence[str], *, is_near: bool) -> str:
    """How a recorded name fits the words of a typed one, both in plain letters: the same words in any order; the same first and last word, with more or fewer
    between them; near it, as searching finds (`is_near`); "" where none."""
    if sorted(typed) == sorted(recorded):
        return SAME
    few, many = sorted((typed, recorded), key=len)
    if len(few) > 1 and set(few) <= set(many) and {few[0], few[-1]} == {many[0], many[-1]}:
        return PART
    return NEAR if is_near else ""


def birth_fits(spans: Iterable[Span], born: date | None) -> str:
    """How the births that records give of somebody (each the first possible day, and the first that is not any more) fit a day of birth. OPEN: nothing
    speaks against it, because one of the two is not known, or not to the day."""
    known = list(spans)
    if born is None or not known:
        return OPEN
    fits = {_span_fits(span, born) for span in known}
    return next(one for one in (DAY, NEAR_DAY, OPEN, OTHER) if one in fits)


def _span_fits(span: Span, born: date) -> str:
    first, until = span
    if until - first > timedelta(days=1):
        return OPEN if first <= born < until else OTHER
    # 1 January is what many write who know the year alone.
    if _is_new_year(first) or _is_new_year(born):
        return OPEN if first.year == born.year else OTHER
    if first == born:
        return DAY
    is_swapped = (first.year, first.month, first.day) == (born.year, born.day, born.month)
    same = (first.year == born.year) + (first.month == born.month) + (first.day == born.day)
    return NEAR_DAY if is_swapped or same == 2 else OTHER


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def how(name: str, birth: str) -> str:
    """How somebody fits a row, one of HOW; "" where they do not: then a name near it, without the day of birth, is somebody else's name, and the same
    name with another day of birth somebody else."""
    if birth == DAY:
        return "name_and_birth" if name == SAME else "near_name_and_birth"
    if name == NEAR or birth == OTHER:
        return ""
    return "name_and_near_birth" if birth == NEAR_DAY else "name_alone"
