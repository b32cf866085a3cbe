"""What does one text say? Each theme that it speaks of, where, and what the sentence makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from engage.picture.mentions.finding import MentionFinder
from engage.picture.mentions.rules import Found
from engage.picture.mentions.throughout import throughout
from engage.picture.narrative.context import CENTURIES, Context
from engage.picture.narrative.finding import Finder, Span
from engage.picture.narrative.rules import Told
from engage.picture.narrative.sentences import places, sentences, texts_of
from engage.picture.narrative.vocabulary import Entry, Vocabulary


SENTENCES_KEPT = 20_000
_IN_ORDER = attrgetter("start", "theme", "polarity")


class Reader:
    """Reads texts by one vocabulary. Safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._finder = Finder(vocabulary)
        # Agencies write many sentences again and again.
        self.sentence = lru_cache(SENTENCES_KEPT)(self._sentence)
        # A text is read for themes and right after it for mentions.
        self._cut = lru_cache(1)(_cut)
        self.named_in = lru_cache(SENTENCES_KEPT)(MentionFinder(vocabulary.mentions).find)

    def read(self, text: str, *, year: int | None = None) -> tuple[Told, ...]:
        """Everything that is found, in the order of the text. `year`: when it was written; a year before it is long past."""
        found = [
            told.moved(start)
            for start, end in self._cut(text)
            for told in self._read_once(text[start:end], year)
        ]
        return tuple(sorted(found, key=_IN_ORDER))

    def forget(self) -> None:
        """Read every sentence anew."""
        self.sentence.cache_clear()
        self.named_in.cache_clear()

    def mentions(self, text: str) -> tuple[Found, ...]:
        """All that may name somebody or something, in the order of the text."""
        found = [
            found.moved(start) for start, end in self._cut(text) for found in self.named_in(text[start:end])
        ]
        return throughout(text, found)

    def _read_once(self, sentence: str, year: int | None) -> tuple[Told, ...]:
        """What it says. When it was written matters to a year alone."""
        return self.sentence(sentence, year if any(begins in sentence for begins in CENTURIES) else None)

    def _sentence(self, text: str, year: int | None) -> tuple[Told, ...]:
        """What one sentence says, counted from its own beginning."""
        return tuple(self._told(text, year))

    def _told(self, sentence: str, year: int | None) -> Iterator[Told]:
        """Of a theme that is found in several ways each that the sentence makes something else of, by the longest words."""
        texts = texts_of(sentence)
        hits = self._finder.hits(texts)
        # Of equally long words the first are taken, whatever order the lists are numbered in.
        found = sorted(self._finder.entries(hits), key=lambda one: (-_length(one[1]), one[1], one[0].words))
        if not found:
            return
        found = _strong(found)
        context = Context(texts, self._finder.marked(hits), year)
        longest: dict[tuple[str, str], tuple[Entry, Span]] = {}
        # Several entries may stand on the same words: the first of them is enough.
        looked_at: set[tuple[str, str, Span]] = set()
        for entry, span in found:
            one = (entry.theme, entry.polarity, span)
            if one in looked_at or context.is_nothing(span):
                continue
            looked_at.add(one)
            key = (entry.theme, context.of_entry(entry, span))
            longest.setdefault(key, (entry, span))
        # What is written in so many words not to be so, or only to be offered, is not found to be so by one of them.
        is_not = {
            (entry.theme, context.part(span))
            for entry, span in longest.values()
            if entry.polarity not in ("", "present")
        }
        # Of "hasn't set foot in college" the no is a part: it is not denied as well.
        for theme in {theme for theme, polarity in longest if polarity == "present"}:
            denied = longest.get((theme, "negated"))
            start, end = longest[theme, "present"][1]
            if denied and not denied[0].polarity and start < denied[1][0] < end:
                del longest[theme, "negated"]
        stands = places(sentence, texts[: max((span[1] for _entry, span in longest.values()), default=0)])
        for (theme, polarity), (entry, span) in longest.items():
            if not (polarity == "present" and (theme, context.part(span)) in is_not):
                start, end = stands[span[0]][0], stands[span[1] - 1][1]
                yield Told(theme, polarity, context.is_hearsay(span), start, end, entry.words, entry.source)


def _cut(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))


def _strong(found: list[tuple[Entry, Span]]) -> list[tuple[Entry, Span]]:
    """Without the weak entries of a theme in a sentence that speaks of another to which they give way."""
    spoken = {entry.theme for entry, _span in found}
    strong = {entry.theme for entry, _span in found if not entry.is_weak}
    return [
        (entry, span)
        for entry, span in found
        if not entry.is_weak
        or (spoken.isdisjoint(entry.gives_way_to) if entry.gives_way_to else strong <= {entry.theme})
    ]


def _length(span: Span) -> int:
    return span[1] - span[0]
