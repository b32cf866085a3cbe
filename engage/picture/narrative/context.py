"""What does a sentence make of what it speaks of: that it is so, is not, was once, is somebody else's, or may be?

After ConText (Harkema and others 2009, Journal of Biomedical Informatics 42(5), 839-851): phrases of `context.yaml` reach what follows them,
what comes before them, or the whole of their part of the sentence; a part ends at "but" and the like. Whom it is about is told by who was
named last before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from engage.picture.narrative.finding import Hits, Span
from engage.picture.narrative.sentences import NAME, Word


_YEAR = re.compile(r"(?:19|20)\d\d$")
_BEFORE_YEARS = frozenset({
    "in", "during", "since", "from", "until", "of", "by", "early", "late", "throughout", "between", "circa", "around", "before",
    "summer", "autumn", "winter", "spring", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sept", "sep", "oct", "nov", "dec", "the",
})  # fmt: skip
_SUBJECTS = frozenset({"he", "she", "they", "i", "we", "hes", "shes", "theyre", "yp"})
_CHILD = frozenset({"child", "pupil", "person", "girl", "boy", "teenager", "resident", "student", "youth"})
# After "and" these begin something new that is said: what was denied before it is not denied after it.
_BEGINS = frozenset({
    "there", "the", "has", "was", "had", "does", "did", "do", "is", "are", "were", "have", "will",
    "would", "said", "says", "can", "could", "may", "also", "then", "now",
})  # fmt: skip
_OF_SOMEBODY = frozenset(["his", "her", "their", "the", "a", "an", "older", "younger", "another", "whose"])
_WAS = frozenset(["was", "were", "been", "is", "being"])
_BEGINS_ONE = frozenset(
    {
        "another",
        "other",
        "one",
        "two",
        "three",
        "four",
        "some",
        "several",
        "different",
        "a",
        "an",
        "the",
        "next",
    }
)
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
_BEFORE_PLACES = frozenset({"the", "in", "at", "near", "on"})
_TEENS = r"(?:year \d\d?|1[0-8]|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
_IS = r"(?:is|'s|\u2019s|hes|shes)"
# "At eleven she ...; she is fifteen now": what stands before it is of another age.
_AGE_NOW = re.compile(
    rf"\b(?:{_IS} )?now (?:in |aged )?{_TEENS}\b|{_IS} (?:\w+ ){{0,3}}{_TEENS} (?:now|next)\b|turns {_TEENS}\b|\( s?he {_IS} {_TEENS} \)"
)
_SAYS_AGE = frozenset({"now", "turns", "next", "(", "at", "age", "aged"})
_AGE_THEN = re.compile(
    r"(?:at|age|aged) (?:[4-9]|1[0-2]|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:s?he|they|i|his|her)\b"
)
# What a child of their own age does is said of that child; what it does to this child is not.
_TO_CHILD = frozenset({"him", "her", "them", "me"})
_DOES_TO = re.compile(
    r"\w+ed$|g[ai]ves?$|hits?$|hurts?$|beats?$|makes?$|made$|bought$|buys?$|takes?$|took$|sent$|sends?$|lets?$|got$|gets?$|drives?$|drove$"
)
_STRANGERS = frozenset(
    {
        "girl",
        "girls",
        "boy",
        "boys",
        "lad",
        "lads",
        "man",
        "men",
        "males",
        "adults",
        "youths",
        "people",
        "kids",
        "woman",
    }
)
_GIVEN = frozenset({"gifts", "money", "cars_lifts", "new_phone"})
# Whose verbs are those by which one tells of something.
_TELLING = frozenset({"secretive", "disclosure"})
_ASKS = frozenset({
    "does", "do", "did", "has", "have", "is", "are", "was", "were", "could", "should", "would", "can",
    "might", "will", "any", "how",
})  # fmt: skip
# Conflict at home is between the child and those at home: that one of them is named does not make it somebody else's.
_AT_HOME = "family_conflict"
_NOT_AT_HOME = frozenset({"neighbour", "neighbours", "friend", "friends", "cousin", "cousins"})
_NEAR, _SOON, _JUST = 3, 5, 4


class Context:
    """One sentence, with the phrases in it that turn what it says. `marks` are the numbers of these lists, `year` the year in which it was
    written, if that is known."""

    def __init__(
        self, sentence: Sequence[Word], hits: Hits, marks: Mapping[str, int], year: int | None
    ) -> None:
        self._texts = [word.text for word in sentence]
        self._words = [text.lower() for text in self._texts]
        present = hits.present
        self._found = {name: hits.of(number) if number in present else () for name, number in marks.items()}
        ends = {start for start, _end in self._found["ends"]}
        self._part, part = [], 0
        for at in range(len(self._words)):
            part += at in ends
            self._part.append(part)
        self._years = [at for at in range(1, len(self._words)) if self._is_past(at, year)]
        self._grown = self._grown_until()
        self._asks = self._words[-1:] == ["?"] and self._asked_from()

    def _grown_until(self) -> int:
        """Until which word it tells of a younger age; 0 where of none."""
        if _SAYS_AGE.isdisjoint(self._words):
            return 0
        said = " ".join(self._words)
        if _AGE_THEN.match(said):
            return len(self._words)
        grown = _AGE_NOW.search(said)
        return said.count(" ", 0, grown.start()) if grown else 0

    def part(self, span: Span) -> int:
        """In which part of the sentence it ends, counted from 0."""
        return self._part[span[1] - 1]

    def is_nothing(self, span: Span) -> bool:
        """The words belong to something else that is called so: "conflict of interest"."""
        return _overlaps(*span, self._found.get("nothing", ()))

    def is_hearsay(self, span: Span) -> bool:
        """Whoever wrote it only heard so."""
        return any(
            end <= span[1] and self._same_part(start, span) for start, end in self._found["hearsay.before"]
        )

    def polarity(self, theme: str, span: Span) -> str:
        """What the sentence makes of a theme that it speaks of in this span of its words: one of `rules.POLARITIES`."""
        if self._was_once(span):
            return "historical"
        if self._may_be(span):
            return "hypothetical"
        if self._is_not(span):
            return "negated"
        return "other" if self._is_somebody_elses(theme, span) else "present"

    def _is_past(self, at: int, year: int | None) -> bool:
        """A year before that in which it was written."""
        is_year = bool(_YEAR.match(self._words[at])) and self._words[at - 1] in _BEFORE_YEARS
        return is_year and year is not None and int(self._words[at]) < year

    def _same_part(self, at: int, span: Span) -> bool:
        return self._part[at] == self._part[span[1] - 1]

    def _was_once(self, span: Span) -> bool:
        start, _end = span
        whole = (a for a, b in self._found["historical.whole"] if not (start <= a and b <= span[1]))
        before = (a for a, b in self._found.get("historical.before", ()) if b <= start and start - b < _JUST)
        if start < self._grown:
            return True
        return any(self._same_part(at, span) for at in (*whole, *before, *self._years))

    def _asked_from(self) -> bool:
        """The sentence, or what stands after a colon or a comma in it, is a question: no statement."""
        begins = [
            0,
            *(at + 1 for at, word in enumerate(self._words[:-1]) if word in (":", ",", "-", "\u2013")),
        ]
        return any(self._words[at] in _ASKS and self._words[at : at + 2] != ["how", "come"] for at in begins)

    def _may_be(self, span: Span) -> bool:
        if self._asks or any(
            self._same_part(start, span) for start, _end in self._found["hypothetical.whole"]
        ):
            return True
        if self._is_feared(span):
            return True
        none = self._found.get("hypothetical.never", ())
        return any(
            start <= span[0] and self._same_part(start, span) and not self._begins_anew(end, span[0])
            for start, end in self._found["hypothetical.before"]
            if not _overlaps(start, end, none) and not self._is_month(end)
        )

    def _is_feared(self, span: Span) -> bool:
        """Somebody worries that it will be."""
        fears = [end for start, end in self._found.get("hypothetical.feared", ()) if start <= span[0]]
        return any(
            min(fears, default=end) <= start < span[1]
            for start, end in self._found.get("hypothetical.will", ())
        )

    def _is_month(self, end: int) -> bool:
        """A year comes next: it is the month of May."""
        return any(map(_YEAR.match, self._words[end : end + 1]))

    def _is_not(self, span: Span) -> bool:
        none = self._found["negated.never"]
        for start, end in self._found["negated.before"]:
            is_before = start < span[0] and end <= span[0] and self._same_part(start, span)
            if is_before and not _overlaps(start, end, none) and not self._begins_anew(end, span[0]):
                return True
        after = (start for start, _end in self._found["negated.after"])
        return any(
            start >= span[1] and start - span[1] < _SOON and self._same_part(start, span) for start in after
        )

    def _begins_anew(self, start: int, end: int) -> bool:
        """Something new begins between the two: "denied using drugs and she has a new phone"."""
        for at in range(start, end - 1):
            following = self._words[at + 1]
            if self._words[at] in ("and", ",", "then") and (
                following in _SUBJECTS or NAME.match(self._texts[at + 1])
            ):
                return True
            if self._words[at] == "and" and following in _BEGINS:
                return True
        return False

    def _is_somebody_elses(self, theme: str, span: Span) -> bool:
        """Who was named last before it, or first in it, is one of the family or a friend, and not the one who tells of it."""
        others = self._others()
        for at in range(span[0] - 1, -1, -1):
            if at in others:
                is_known = self._words[at] in _SUBJECTS
                if not is_known and self._tells(at + 1, span[0], theme):
                    return False
                if self._is_named_so(others[at]):
                    is_elsewhere = self._words[at] in _NOT_AT_HOME or self._words[at - 1] == "whose"
                    return (theme != _AT_HOME or is_elsewhere) and not self._is_done_to_child(theme, at, span)
            elif self._is_child(at) and not self._is_their_name(at, others):
                return False
        if self._is_said_to_be(span, others):
            return True
        return span[0] in others and not self._tells(span[0] + 1, span[0] + 1 + _NEAR, theme)

    def _others(self) -> dict[int, int]:
        """Where those end who are somebody else, with where they begin. Of "foster carer" and "carer" the longer counts."""
        others: dict[int, int] = {}
        for start, end in self._found["others"]:
            others[end - 1] = min(start, others.get(end - 1, start))
        return others

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
            for one in range(at + 1, min(span[1] + 1, len(self._words)))
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
            for at, end in self._found["tells"]
        )

    def _is_named_so(self, at: int) -> bool:
        """A sister, the sister, her sister, another girl; not "with her sister", who is only there."""
        before = self._words[max(0, at - 3) : at]
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
        return len(before) == 1 or before[-2] not in _BESIDE or before[:1] in (["one"], ["two"], ["some"])

    def _is_child(self, at: int) -> bool:
        word = self._words[at]
        is_name = bool(NAME.match(self._texts[at])) and word not in (
            _NEVER_NAMES if at else _NOT_NAMES | _NEVER_NAMES
        )
        if is_name and at:
            first = at
            while first > 1 and NAME.match(self._texts[first - 1]):
                first -= 1
            is_name = self._words[first - 1] not in _BEFORE_PLACES
        return word in _SUBJECTS or word in _CHILD or is_name


def _overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(a < end and start < b for a, b in spans)
