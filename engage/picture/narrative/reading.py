"""What does one text say? Each theme that it speaks of, where, and what the sentence makes of it."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

from engage.picture.mentions.finding import MentionFinder
from engage.picture.mentions.rules import Found
from engage.picture.mentions.throughout import throughout
from engage.picture.narrative.context import Context, may_have_years
from engage.picture.narrative.finding import Finder
from engage.picture.narrative.rules import Told
from engage.picture.narrative.sentences import Span, places, sentences, texts_of
from engage.picture.narrative.vocabulary import Entry, Vocabulary


SENTENCES_KEPT = 20_000
_IN_ORDER = attrgetter("start", "theme", "polarity")

# What a sentence says: see `Told`.
Said = tuple[str, str, bool, int, int, Entry]
# An entry, and the words of a sentence on which it stands.
Standing = tuple[Entry, Span]


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
            Told(theme, polarity, is_hearsay, at + start, at + end, entry.words, entry.source)
            for at, sentence, is_of_years in self._cut(text)
            for theme, polarity, is_hearsay, start, end, entry in self.sentence(
                sentence, year if is_of_years else None
            )
        ]
        return tuple(sorted(found, key=_IN_ORDER))

    def forget(self) -> None:
        """Read every sentence anew."""
        self.sentence.cache_clear()
        self.named_in.cache_clear()

    def mentions(self, text: str) -> tuple[Found, ...]:
        """All that may name somebody or something, in the order of the text."""
        found = [
            found.moved(at)
            for at, sentence, _is_of_years in self._cut(text)
            for found in self.named_in(sentence)
        ]
        return throughout(text, found)

    def _sentence(self, text: str, year: int | None) -> tuple[Said, ...]:
        """What one sentence says, counted from its own beginning."""
        texts = texts_of(text)
        hits = self._finder.hits(texts)
        found = _strong(list(self._finder.entries(hits)))
        if not found:
            return ()
        context = Context(texts, self._finder.marked(hits), year)
        longest = _longest(found, context)
        stands = places(text, texts[: max([span[1] for _entry, span in longest.values()], default=0)])
        return tuple([
            (theme, polarity, context.is_hearsay(span), stands[span[0]][0], stands[span[1] - 1][1], entry)
            for (theme, polarity), (entry, span) in longest.items()
        ])  # fmt: skip


def _cut(text: str) -> tuple[tuple[int, str, bool], ...]:
    """Each sentence, where it begins, and whether years may stand in it: when it was written matters to these alone."""
    cut = []
    for start, end in sentences(text):
        sentence = text[start:end]
        cut.append((start, sentence, may_have_years(sentence)))
    return tuple(cut)


def _strong(found: list[Standing]) -> list[Standing]:
    """Without the weak entries of a theme in a sentence that speaks of another to which they give way."""
    if not [entry for entry, _span in found if entry.is_weak]:
        return found
    spoken = {entry.theme for entry, _span in found}
    strong = {entry.theme for entry, _span in found if not entry.is_weak}
    return [
        (entry, span)
        for entry, span in found
        if not entry.is_weak
        or (spoken.isdisjoint(entry.gives_way_to) if entry.gives_way_to else strong <= {entry.theme})
    ]


def _longest(found: list[Standing], context: Context) -> dict[tuple[str, str], Standing]:
    """Of a theme that is found in several ways each that the sentence makes something else of, by the longest words."""
    longest: dict[tuple[str, str], Standing] = {}
    # Several entries may stand on the same words: the first of them is enough.
    looked_at: set[tuple[str, str, Span]] = set()
    for entry, span in sorted(found, key=_longest_first):
        one = (entry.theme, entry.polarity, span)
        if one not in looked_at and not context.is_nothing(span):
            looked_at.add(one)
            longest.setdefault((entry.theme, context.of_entry(entry, span)), (entry, span))
    if len(longest) > 1:
        _leave_out(longest, context)
    return longest


def _longest_first(one: Standing) -> tuple[int, Span, str]:
    """Of equally long words the first are taken, whatever order the lists are numbered in."""
    entry, span = one
    return span[0] - span[1], span, entry.words


def _leave_out(longest: dict[tuple[str, str], Standing], context: Context) -> None:
    """Without what the same words deny twice, or both deny and say to be so."""
    # What is written in so many words not to be so, or only to be offered, is not found to be so by one of them.
    is_not = {
        (entry.theme, context.part(span))
        for entry, span in longest.values()
        if entry.polarity not in ("", "present")
    }
    for theme in {theme for theme, polarity in longest if polarity == "present"}:
        so, denied = longest[theme, "present"], longest.get((theme, "negated"))
        # Of "hasn't set foot in college" the no is a part: it is not denied as well.
        if denied and not denied[0].polarity and so[1][0] < denied[1][0] < so[1][1]:
            del longest[theme, "negated"]
        if (theme, context.part(so[1])) in is_not:
            del longest[theme, "present"]
