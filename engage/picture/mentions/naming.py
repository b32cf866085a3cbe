"""Which words with capitals may be somebody's name, and which of them is the given and which the family name?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engage.picture.mentions import hints
from engage.picture.mentions.patterns import Patterns
from engage.picture.mentions.rules import (
    CERTAIN,
    IF_KNOWN,
    IF_NEAR,
    NAME,
    NOWHERE,
    PERSON,
    PLACE,
    Found,
    Span,
)
from engage.picture.mentions.runs import Part, Runs, given_and_family


# A sentence, a line or a part of a list ends with these.
_ENDS = frozenset(".!?:;\n\u2022*")
_OPENS = " \t\"'\u201c\u2018(-"
_QUOTE = re.compile("[\"'\u2018\u201c(]")
# These may stand between what leads to a name and the name: "a friend called", "known as:".
_BETWEEN = frozenset(["is", "was", "as"])
_BEFORE = 40
_KNOWN_AS = re.compile(r"\b(?:known|goes|listed|down|stored)\b[\w ]{1,24}\bas\W*$", re.IGNORECASE)
# A telephone number follows: "T-Bone 07700 900 250".
_THEN_A_NUMBER = re.compile(r"['\u2019s:,\u201d\" (-]{1,4}(?:\+44|07)[0-9]")
_QUOTES_AFTER = "\"'\u2019\u201d"
_WHOSE = re.compile(r"['\u2019]s? (?:(?:own|older|younger|big|little|baby) )?(\w+)")
# No run of more words is one name.
_LONG = 5
# Signs that make no word.
_SIGNS = "".join(sign for sign in map(chr, range(0x80)) if not sign.isalnum() and sign != "_")


class Names:
    """Finds words that may be the names of people, and of places that are called by a name alone."""

    def __init__(self, lists: Mapping[str, frozenset[str]], patterns: Patterns) -> None:
        self._lists, self._patterns = lists, patterns
        self.runs = Runs(lists, patterns)

    def find(self, text: str, taken: Sequence[Span], hinted: int, *, is_cased: bool) -> Iterator[Found]:
        """`taken`: where something else is named for certain. `hinted`: what there are hints of. `is_cased`: capitals tell names from words."""
        here = list(taken)
        for one in self._together(text, hinted) if is_cased else ():
            if (
                _is_free(one.span(), here)
                and not self.runs.is_word(one["last"])
                and not self.runs.is_word(one["first"])
            ):
                here.append(one.span())
                yield Found(PERSON, *one.span(), IF_KNOWN, one.span("first"), one.span("last"))
        for one in self._patterns.saint.finditer(text) if hinted & hints.OWNED else ():
            if (is_cased or one[0].startswith("St ")) and _is_free(one.span(), here):
                here.append(one.span())
                yield Found(PLACE, *one.span(), CERTAIN, one.span())
        for run in self._patterns.run.finditer(text):
            if _is_free(run.span(), here):
                yield from self._run(text, *run.span(), is_cased=is_cased)

    def _together(self, text: str, hinted: int) -> Iterator[re.Match[str]]:
        """Names that are not written as words with capitals in a row."""
        if hinted & hints.LISTED and "," in text:
            yield from self._patterns.listed.finditer(text)
        if hinted & hints.QUOTED:
            yield from self._patterns.quoted.finditer(text)

    def _run(self, text: str, start: int, end: int, *, is_cased: bool) -> Iterator[Found]:
        run = self.runs.read(text[start:end])
        if run is None:
            return
        first = start + run.first
        # The Town Lion on Manor Place is at a street, and that street is no manor.
        is_at_street = run.is_street and text.endswith(" on ", 0, first)
        if is_cased and run.place is not None and not is_at_street:
            yield Found(PLACE, first, end, run.place, (first, end))
            if run.place == CERTAIN:
                return
        if run.is_name:
            yield Found(NAME, first, end, IF_KNOWN, (first, end))
        if is_cased and run.is_agency:
            return
        for part in run.parts:
            if is_cased or part.is_called:
                yield from self._person(text, start, part)
            else:
                yield from self._somebody(text, _moved(part.named, start))

    def _somebody(self, text: str, words: Sequence[Span]) -> Iterator[Found]:
        """Who may be named where capitals tell nothing."""
        yield from _any_of(words)
        if self._is_bynamed(_lead(text, words[0][0]).words):
            yield Found(PERSON, *words[0], CERTAIN, words[0])

    def _person(self, text: str, at: int, part: Part) -> Iterator[Found]:
        named = _moved(part.named, at)
        if len(named) > _LONG:
            return
        (given, family), start, end = _moved((part.given, part.family), at), at + part.start, at + part.end
        if part.is_called:
            yield Found(PERSON, start, end, CERTAIN, given, family)
            return
        lead = _lead(text, start)
        yield Found(PERSON, start, end, self._how_sure(text, named, lead), given, family)
        # The first word of a sentence has a capital whatever it is.
        if len(named) > 1 and lead.begins:
            later = named[1:]
            sure = self._how_sure(text, later, _lead(text, later[0][0]))
            yield Found(PERSON, later[0][0], end, sure, *given_and_family(text, later))

    def _how_sure(self, text: str, named: Sequence[Span], lead: _Lead) -> int:
        start, end = named[0][0], named[-1][1]
        word = text[start:end] if len(named) == 1 else ""
        if len(word) > 1 and word.isupper():
            return IF_NEAR
        if (lead.words and self._leads(lead.words)) or self._is_called_so(text, start, end, lead):
            return CERTAIN
        whose = _WHOSE.match(text, end)
        if whose and whose[1].lower() in self._lists["whose"]:
            return CERTAIN
        if self._has_an_initial(text, named, lead):
            return CERTAIN
        if not word:
            return IF_NEAR if lead.last in self._lists["before_a_place"] else IF_KNOWN
        if self._may_be_a_word(word.lower(), lead):
            return IF_NEAR
        return CERTAIN if self._does_something(text[end : end + _BEFORE], lead) else IF_KNOWN

    def _is_called_so(self, text: str, start: int, end: int, lead: _Lead) -> bool:
        """It is known so, saved so with a number, or stands in quotation marks as what somebody is called."""
        if _THEN_A_NUMBER.match(text, end) or _is_known_as(text, start):
            return True
        is_quoted = text[end : end + 1] in _QUOTES_AFTER and _QUOTE.match(text, max(0, start - 1)) is not None
        return is_quoted and end < len(text) and lead.last in self._lists["before_a_quoted_name"]

    def _is_bynamed(self, words: Sequence[str]) -> bool:
        """The words right before lead to what somebody is called."""
        leading = self._lists["before_a_byname"]
        return bool(words) and (words[-1] in leading or " ".join(words[-2:]) in leading)

    def _has_an_initial(self, text: str, named: Sequence[Span], lead: _Lead) -> bool:
        """ "T. Ashworth", and not "Plan B. Nothing"."""
        return (
            len(named) == 2
            and named[0][1] - named[0][0] == len("T.")
            and text[named[0][1] - 1] == "."
            and named[1][1] - named[1][0] > 2
            and lead.last not in self._lists["before_a_letter"]
            and text[named[1][0] : named[1][1]].lower() not in self._lists["also_words"]
        )

    def _may_be_a_word(self, word: str, lead: _Lead) -> bool:
        if len(word) == 1 or word in self._lists["months_also_names"]:
            return True
        return lead.begins and word in self._lists["also_words"]

    def _does_something(self, after: str, lead: _Lead) -> bool:
        """Somebody by that word says or does something, or somebody is with them."""
        if lead.last in self._lists["before_a_place"]:
            return False
        if not self._lists["before_somebody"].isdisjoint((lead.last, " ".join(lead.words[-2:]))):
            return True
        following, doing = after.lower().replace("\u2019", "'").split(None, 2)[:2], self._lists["doing"]
        if not following:
            return False
        is_within = not lead.begins and following[0] in self._lists["doing_within"]
        return is_within or following[0] in doing or " ".join(following) in doing

    def _leads(self, words: Sequence[str]) -> bool:
        """The words right before it lead to a name: "her friend", "known as", "her friend is"."""
        leading, last = self._lists["before_a_name"], words[-1].rstrip(",:")
        if last in leading or f"{words[-2] if len(words) > 1 else ''} {last}" in leading:
            return True
        return last in _BETWEEN and len(words) > 1 and words[-2] in leading


class _Lead(NamedTuple):
    """What stands right before a place in a text: its last words, small, and whether a sentence begins there."""

    words: list[str]
    begins: bool

    @property
    def last(self) -> str:
        return self.words[-1] if self.words else ""


def _lead(text: str, start: int) -> _Lead:
    """Of what stands before, without what opens a quotation. The last word of another sentence leads to nothing."""
    before = text[max(0, start - _BEFORE) : start].rstrip(_OPENS)
    if not before or (before[-1] in _ENDS and before[-1] != ":"):
        return _Lead([], begins=True)
    words = [word.lstrip(_OPENS) for word in before.lower().rsplit(None, 2)[-2:]]
    return _Lead(words, begins=before[-1] == ":")


def _is_known_as(text: str, start: int) -> bool:
    """Right before it stand words like "known to her friends as"."""
    before = text[max(0, start - _BEFORE) : start]
    # Most do not end with that word; letters other than the English may be capitals of English ones.
    if before.isascii() and before.rstrip(_SIGNS)[-2:].lower() != "as":
        return False
    return _KNOWN_AS.search(text, max(0, start - _BEFORE), start) is not None


def _moved(spans: Sequence[Span], by: int) -> list[Span]:
    """The same, that many characters further on; what is nowhere stays so."""
    return [(start + by, end + by) if end else NOWHERE for start, end in spans]


def _any_of(words: Sequence[Span]) -> Iterator[Found]:
    """Of words that capitals do not tell apart: each pair and each word, if somebody near is called so."""
    for at, span in enumerate(words):
        yield Found(PERSON, *span, IF_NEAR, span)
        if at + 1 < len(words):
            yield Found(PERSON, span[0], words[at + 1][1], IF_NEAR, span, words[at + 1])


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    for start, end in taken:  # noqa: SIM110 - asked of every word with a capital, mostly of nothing
        if start < span[1] and span[0] < end:
            return False
    return True
