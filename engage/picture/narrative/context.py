"""What does a sentence make of what it speaks of: that it is so, is not, was once, is somebody else's, or may be?

After ConText (Harkema and others 2009, Journal of Biomedical Informatics 42(5), 839-851): phrases of `context.yaml` reach what follows them,
what comes before them, or the whole of their part of the sentence; a part ends at "but" and the like. Whom it is about is told by
`whom`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from engage.picture.narrative.ages import grown_until
from engage.picture.narrative.sentences import NAME, Span
from engage.picture.narrative.vocabulary import Entry
from engage.picture.narrative.whom import SUBJECTS, Whom


# 1900 and the like are times of the day.
_YEAR = re.compile(r"(?:199\d|20[0-4]\d)(?:/\d\d)?$")
_BEFORE_YEARS = frozenset({
    "in", "during", "from", "until", "of", "by", "early", "late", "throughout", "between", "circa", "around", "before",
    "summer", "autumn", "winter", "spring", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sept", "sep", "oct", "nov", "dec", "the", "(", ",",
})  # fmt: skip
# After "and" these begin something new that is said: what was denied before it is not denied after it.
_BEGINS = frozenset({
    "there", "the", "has", "was", "had", "does", "did", "do", "is", "are", "were", "have", "will",
    "would", "said", "says", "can", "could", "may", "also", "then", "now",
})  # fmt: skip
_ASKS = frozenset({
    "does", "do", "did", "has", "have", "is", "are", "was", "were", "could", "should", "would", "can",
    "might", "will", "any", "how",
})  # fmt: skip
# "Won't play his guitar, says he feels empty".
_SAYS = frozenset({"says", "said", "states", "stated", "reports", "reported", "tells", "told", "claims"})
# What comes after these has happened: "told what to do if it comes to that, because she was missing".
_CAUSES = frozenset({"because", "following", "owing"})
# Nor is that denied: "not in school because she was drunk", "won't come down, 'what's the point'".
_BECAUSE = frozenset({"because", "cos", "bc", '"', "\u201c"})
_IFS = frozenset({"if", "unless"})
_SOON, _JUST = 5, 4


def may_have_years(sentence: str) -> bool:
    """Every year begins with one of these."""
    return "20" in sentence or "199" in sentence


class Context:
    """The words of one sentence, with where the phrases of each list stand in it that turn what it says: of a list that has none, nothing.
    `year` is the year in which it was written, if that is known."""

    def __init__(self, texts: Sequence[str], marked: Mapping[str, Sequence[Span]], year: int | None) -> None:
        self._texts = texts
        self._words = list(map(str.lower, texts))
        self._found = marked
        # What no phrase of the sentence turns its words into need not be asked of any of them: "negated" for "negated.before".
        self._turns = {name.partition(".")[0] for name in marked}
        self._whom = (
            Whom(texts, self._words, marked["others"], marked.get("tells", ()))
            if "others" in marked
            else None
        )
        self._part = self._parts() if "ends" in marked else None
        self._years = [] if year is None else self._past_years(year)
        self._grown = grown_until(self._words)
        self._asks = self._words[-1:] == ["?"] and self._asked_from()

    def part(self, span: Span) -> int:
        """In which part of the sentence it ends, counted from 0."""
        return self._part[span[1] - 1] if self._part else 0

    def is_nothing(self, span: Span) -> bool:
        """The words belong to something else that is called so: "conflict of interest"."""
        return "nothing" in self._turns and _overlaps(*span, self._found["nothing"])

    def is_hearsay(self, span: Span) -> bool:
        """Whoever wrote it only heard so."""
        return "hearsay" in self._turns and any(
            end <= span[1] and self._same_part(start, span)
            for start, end in self._found.get("hearsay.before", ())
        )

    def polarity(self, theme: str, span: Span) -> str:
        """What the sentence makes of a theme that it speaks of in this span of its words: one of `rules.POLARITIES`."""
        if self._was_once(span):
            return "historical"
        if (self._asks or "hypothetical" in self._turns) and self._may_be(span):
            return "hypothetical"
        if "negated" in self._turns and self._is_not(span):
            return "negated"
        return "other" if self._whom and self._whom.is_somebody_elses(theme, span) else "present"

    def of_entry(self, entry: Entry, span: Span) -> str:
        """The same of words that say by themselves what they make of it: a no within what may be, or was once, is of that."""
        if entry.polarity and entry.polarity != "negated":
            return entry.polarity
        polarity = self.polarity(entry.theme, span)
        return polarity if not entry.polarity or polarity in ("historical", "hypothetical") else "negated"

    def _parts(self) -> list[int]:
        """In which part each word stands."""
        ends, parts, part = {start for start, _end in self._found["ends"]}, [], 0
        for at in range(len(self._words)):
            part += at in ends
            parts.append(part)
        return parts

    def _past_years(self, year: int) -> list[int]:
        """Where years stand that are before that one, in which it was written."""
        return [
            at
            for at, word in enumerate(self._words)
            if _YEAR.match(word) and (not at or self._words[at - 1] in _BEFORE_YEARS) and int(word[:4]) < year
        ]

    def _same_part(self, at: int, span: Span) -> bool:
        return self._part is None or self._part[at] == self._part[span[1] - 1]

    def _was_once(self, span: Span) -> bool:
        start, end = span
        if start < self._grown:
            return True
        if not self._years and "historical" not in self._turns:
            return False
        once = [*self._years]
        once += [a for a, b in self._found.get("historical.whole", ()) if not (start <= a and b <= end)]
        once += [a for a, b in self._found.get("historical.before", ()) if b <= start and start - b < _JUST]
        return bool(once) and any(self._same_part(at, span) for at in once)

    def _asked_from(self) -> bool:
        """The sentence, or what stands after a colon or a comma in it, is a question: no statement."""
        begins = [
            0,
            *(at + 1 for at, word in enumerate(self._words[:-1]) if word in (":", ",", "-", "\u2013")),
        ]
        return any(self._words[at] in _ASKS and self._words[at : at + 2] != ["how", "come"] for at in begins)

    def _may_be(self, span: Span) -> bool:
        whole, before = self._found.get("hypothetical.whole", ()), self._found.get("hypothetical.before", ())
        if self._asks or (whole and any(self._same_part(start, span) for start, _end in whole)):
            return True
        if self._is_feared(span) or self._is_task(span) or self._depends(span):
            return True
        none = self._found.get("hypothetical.never", ())
        return bool(before) and any(
            start < span[1] - 1 and self._same_part(start, span) and not self._begins_anew(end, span[0])
            for start, end in before
            if not _overlaps(start, end, none)
            and not self._is_month(end)
            and _CAUSES.isdisjoint(self._words[end : span[0]])
        )

    def _is_feared(self, span: Span) -> bool:
        """Somebody worries that it will be."""
        fears = [end for start, end in self._found.get("hypothetical.feared", ()) if start <= span[0]]
        will = self._found.get("hypothetical.will", ()) if fears else ()
        return any(min(fears) <= start < span[1] for start, _end in will)

    def _depends(self, span: Span) -> bool:
        """It will be so if something else is: "it'll kick off if she comes back"."""
        near = span[1] + _SOON
        wills = (end for _start, end in self._found.get("hypothetical.will", ()) if end <= near)
        return any(
            self._same_part(end - 1, span)
            and self._words[end : end + 1] != ["not"]
            and not _IFS.isdisjoint(self._words[max(end, span[1]) :])
            for end in wills
        )

    def _is_task(self, span: Span) -> bool:
        """Somebody is to do something, as notes say at the beginning of a sentence: "Staff to ...", "Explore ..."."""
        return any(
            (not start or self._words[start - 1] == ":")
            and start <= span[0]
            and self._same_part(start, span)
            and not self._begins_anew(end, span[0])
            and _CAUSES.isdisjoint(self._words[end : span[0]])
            for start, end in self._found.get("hypothetical.first", ())
        )

    def _is_month(self, end: int) -> bool:
        """A year comes next: it is the month of May."""
        return any(map(_YEAR.match, self._words[end : end + 1]))

    def _is_not(self, span: Span) -> bool:
        none = self._found.get("negated.never", ())
        for start, end in self._found.get("negated.before", ()):
            is_before = start < span[0] and end <= span[0] and self._same_part(start, span)
            is_before = is_before and _BECAUSE.isdisjoint(self._words[end : span[0]])
            if is_before and not _overlaps(start, end, none) and not self._begins_anew(end, span[0]):
                return True
        after = self._found.get("negated.after", ())
        return bool(after) and any(
            start >= span[1] and start - span[1] < _SOON and self._same_part(start, span)
            for start, _end in after
        )

    def _begins_anew(self, start: int, end: int) -> bool:
        """Something new begins between the two: "denied using drugs and she has a new phone"."""
        for at in range(start, end - 1):
            following = self._words[at + 1]
            if self._words[at] in ("and", ",", "then") and (
                following in SUBJECTS or NAME.match(self._texts[at + 1])
            ):
                return True
            if self._words[at] == "and" and following in _BEGINS:
                return True
            if self._words[at] == "," and following in _SAYS:
                return True
        return False


def _overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(a < end and start < b for a, b in spans)
