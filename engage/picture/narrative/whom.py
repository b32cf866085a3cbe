"""Whom is what a sentence says about: the child, or who was named last before it?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engage.picture.narrative.sentences import NAME, Span


# "Hell" is he'll in haste, and so on.
SUBJECTS = frozenset({
    "he", "she", "they", "i", "we", "hes", "shes", "theyre", "yp", "hell", "shell", "theyll", "hed", "shed", "theyd", "ive", "im",
})  # fmt: skip
_CHILD = frozenset({
    "child", "pupil", "person", "girl", "boy", "teenager", "resident", "student", "youth", "son",
    "daughter", "grandson", "granddaughter",
})  # fmt: skip
_OF_SOMEBODY = frozenset({
    "his", "her", "their", "the", "a", "an", "older", "younger", "another", "whose", "'s", "\u2019s",
    "close", "good", "best", "old", "little", "big", "elder", "half",
})  # fmt: skip
_WAS = frozenset(["was", "were", "been", "is", "being"])
# "Another girl" needs nobody's before it.
_BEGINS_ONE = frozenset({
    "another", "other", "one", "two", "three", "four", "some", "several", "different", "a", "an", "the", "next",
})  # fmt: skip
_BESIDE = frozenset(["between", "with", "by", "from", "to", "of", "for", "than", "and", "on"])
# Begin sentences with a capital and are nobody's name.
_NOT_NAMES = frozenset({
    "his", "her", "their", "the", "a", "an", "in", "on", "at", "there", "this", "that", "these",
    "school", "staff", "police", "officers", "family", "no", "if", "when", "after", "before",
    "several", "large", "fresh", "call", "third", "information", "online", "home", "attendance",
    "local", "child", "source", "missing", "report", "return", "old", "two", "some", "both", "during",
    "while", "since", "mum", "dad", "friend", "one", "three", "another", "other", "my", "our",
})  # fmt: skip
# Nor are these anywhere, nor what comes after one of the others: "the Eastgate gang", "at Hadley High".
_NEVER_NAMES = frozenset({
    "year", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "christmas", "easter",
})  # fmt: skip
_NEVER_FIRST = _NOT_NAMES | _NEVER_NAMES
_BEFORE_PLACES = frozenset({"the", "in", "at", "near", "on", "to", "from"})
# What somebody else does to the child is the child's, except what is given at home, which needs no explaining.
_TO_CHILD = frozenset({"him", "her", "them", "me"})
_DOES_TO = re.compile(
    r"\w+ed$|g[ai]ves?$|hits?$|hurts?$|beats?$|makes?$|made$|bought$|buys?$|takes?$|took$|sent$|sends?$|lets?$|got$|gets?$|drives?$|drove$"
)
_STRANGERS = frozenset({
    "girl", "girls", "boy", "boys", "lad", "lads", "man", "men", "males", "adults", "youths", "people",
    "kids", "woman",
})  # fmt: skip
_GIVEN = frozenset({"gifts", "money", "cars_lifts", "new_phone"})
# Whose verbs are those by which one tells of something.
_TELLING = frozenset({"secretive", "disclosure"})
# Conflict at home is between the child and those at home: that one of them is named does not make it somebody else's.
_AT_HOME = "family_conflict"
_NOT_AT_HOME = frozenset({
    "neighbour", "neighbours", "friend", "friends", "cousin", "cousins", "door", "couple", "tenant", "tenants", "upstairs", "downstairs",
    "classmate", "mate", "mates", "pal",
})  # fmt: skip
_NEAR = 3
_POSSESSIVE = frozenset({"'s", "\u2019s"})


class Whom:
    """One sentence, with where others than the child are named in it, and where somebody tells of something."""

    def __init__(
        self, texts: Sequence[str], words: Sequence[str], others: Sequence[Span], tellers: Sequence[Span]
    ) -> None:
        self._texts, self._words, self._tellers = texts, words, tellers
        # Where those end, with where they begin. Of "foster carer" and "carer" the longer counts.
        self._others: dict[int, int] = {}
        for start, end in others:
            self._others[end - 1] = min(start, self._others.get(end - 1, start))

    def is_somebody_elses(self, theme: str, span: Span) -> bool:
        """Who was named last before it, or first in it, is one of the family or a friend, and not the one who tells of it."""
        others = self._others
        for at in range(span[0] - 1, -1, -1):
            if at in others:
                is_known = self._words[at] in SUBJECTS
                if not is_known and self._tells(at + 1, span[0], theme):
                    return False
                if self._is_named_so(others[at]):
                    is_elsewhere = self._words[at] in _NOT_AT_HOME or self._words[at - 1] == "whose"
                    if theme != _AT_HOME or is_elsewhere:
                        return not self._is_done_to_child(theme, at, span)
            elif self._is_child(at) and not self._is_their_name(at, others):
                return False
        if self._is_said_to_be(span, others):
            return True
        return (
            theme != _AT_HOME
            and span[0] in others
            and not self._tells(span[0] + 1, span[0] + 1 + _NEAR, theme)
        )

    def _is_their_name(self, at: int, others: Mapping[int, int]) -> bool:
        """Her friend Skye; another girl, Mya."""
        before = at - 1
        while before > 0 and (self._words[before] in (",", "(") or NAME.match(self._texts[before])):
            before -= 1
        return bool(NAME.match(self._texts[at])) and before in others and at - before <= _NEAR

    def _is_done_to_child(self, theme: str, at: int, span: Span) -> bool:
        """A friend hit her: it is she who is hurt. Who gives somebody something at home is not asked why."""
        if theme in _GIVEN and self._words[at] not in _STRANGERS:
            return False
        return any(
            self._words[one] in _TO_CHILD
            and (self._words[one] != "her" or _DOES_TO.match(self._words[one - 1]))
            for one in range(span[0], min(span[1] + 1, len(self._words)))
        )

    def _is_said_to_be(self, span: Span, others: Mapping[int, int]) -> bool:
        """The boy who went was her cousin."""
        return self._words[0] in ("the", "it") and any(
            start - 2 >= span[0] and self._words[start - 2] in _WAS and self._words[start - 1] in _OF_SOMEBODY
            for start in others.values()
        )

    def _tells(self, start: int, until: int, theme: str) -> bool:
        """One who says, sees or finds something stands there, soon or until what it is; not one who was reported, or found it hard."""
        soon = range(start, until if theme in _TELLING else max(until, start + _NEAR))
        return any(
            at in soon and self._words[at - 1] not in _WAS and self._words[end : end + 1] != ["it"]
            for at, end in self._tellers
        )

    def _is_named_so(self, at: int) -> bool:
        """A sister, the sister, her sister, another girl; not "with her sister", who is only there."""
        before = list(self._words[max(0, at - 3) : at])
        if (
            self._words[at + 1 : at + 2] == ["who"]
            or not before
            or before[-2:] in (["one", "of"], ["two", "of"])
        ):
            return True
        if self._words[at] in _BEGINS_ONE:
            return before[-1] not in _BESIDE
        if before[-1] not in _OF_SOMEBODY:
            return False
        while before and before[-1] in _OF_SOMEBODY:
            before.pop()
        return not before or before[-1] not in _BESIDE or before[:1] in (["one"], ["two"], ["some"])

    def _is_child(self, at: int) -> bool:
        word = self._words[at]
        if word in SUBJECTS or word in _CHILD:
            return word in SUBJECTS or not self._is_child_of_another(at)
        if not NAME.match(self._texts[at]) or word in (_NEVER_NAMES if at else _NEVER_FIRST):
            return False
        first = at
        while first > 1 and NAME.match(self._texts[first - 1]):
            first -= 1
        return at == 0 or self._words[first - 1] not in _BEFORE_PLACES

    def _is_child_of_another(self, at: int) -> bool:
        """Next door's daughter, her aunt's girl: whose it is was named just before."""
        return self._words[at - 1] in _POSSESSIVE and at - 2 in self._others
