"""Where in a sentence do the words of a vocabulary stand, and which of its entries do they make?

What is one word is looked up, all lists at once; spaCy's matcher tells what is more than one, once for the same words. How an entry is
looked for: `rows`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Any

from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from engage.picture.narrative.forms import FORMS_KEPT, Form, Forms, is_written_name, said_as
from engage.picture.narrative.rows import PROPER, Asked, Further, Phrases, made_rows, ways_of
from engage.picture.narrative.sentences import NAME, Span, texts_of
from engage.picture.narrative.vocabulary import Entry, Vocabulary


_NAMED = frozenset([PROPER])
# What is always written with a capital, and is no name of somebody: words.yaml.
_CAPITALS = "written_with_capitals"
_NOTHING: Mapping[str, int] = {}


class Hits(dict[Any, list[Span]]):
    """Where `phrases` stand in one sentence, in its order. Where those of a list do is put together when it is asked for: most never are."""

    phrases: frozenset[str] = frozenset()

    def __missing__(self, some: Phrases) -> list[Span]:
        here = [self[phrase] for phrase in self.phrases & some]
        # The spans of one phrase are in their order already.
        found = self[some] = here[0] if len(here) == 1 else sorted(chain.from_iterable(here))
        return found


class Finder:
    """Finds the words of a vocabulary in sentences. Safe to share: it changes nothing of itself when it looks."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        ways = ways_of(vocabulary)
        lists = {some for _entry, parts in ways for some, _gap in parts} | {*vocabulary.context.values()}
        # Any name is one of that list alone.
        own = {some: some - _NAMED if _NAMED in lists and some != _NAMED else some for some in lists}
        self._asks_for_names = any(PROPER in some for some in lists)
        self._capitals = vocabulary.lists.get(_CAPITALS, frozenset())
        # Words are told apart by their small letters alone: what else a language knows of each takes longer to make than to find it.
        self._vocab = Vocab(lex_attr_getters={LOWER: str.lower})
        self._matcher = PhraseMatcher(self._vocab, attr="LOWER")
        self._alone, self._openings = self._made_phrases(frozenset().union(*lists))
        self._rows, self._bits = made_rows(ways, own)
        self._all_bits = reduce(or_, self._bits.values(), 0)
        self._marks = _by_phrases({name: own[some] for name, some in vocabulary.context.items()})
        self._marked = frozenset(self._marks)
        self._forms = Forms(self._formed)
        self._begun = lru_cache(FORMS_KEPT)(self._matched)

    def hits(self, texts: Sequence[str]) -> Hits:
        """Where each list has a word among the words of a sentence. A word within a name ("The Dale Hotel") is none."""
        forms = list(map(self._forms.__getitem__, texts))
        # Where all is in capitals, none tells a name.
        says = not "".join(texts).isupper()
        found = Hits()
        names: list[Span] | None = None
        last = len(forms) - 1
        for at, (_said, is_capital, is_name, phrases, within, opens) in enumerate(forms):
            if is_within := is_capital and says and at > 0:
                phrases, names = within, names or []
                if is_name:
                    names.append((at, at + 1))
            for phrase in phrases:
                found.setdefault(phrase, []).append((at, at + 1))
            # Few words that stand next to one another begin a phrase.
            if opens and at < last and (longest := opens.get(forms[at + 1][0])):
                said = tuple([form[0] for form in forms[at : at + longest]])
                self._add_begun(texts, said, at, is_within, found)
        if names is not None and self._asks_for_names:
            found[PROPER] = names
        found.phrases = frozenset(found)
        return found

    def _add_begun(
        self, texts: Sequence[str], said: tuple[str, ...], at: int, is_within: bool, found: Hits
    ) -> None:
        """Adds the phrases of more than one word that begin there, where these words are said. `is_within`: maybe within a name."""
        for phrase, length in self._begun(said):
            is_name = is_within and is_written_name(texts[at : at + length])
            if not is_name or phrase in self._capitals:
                found.setdefault(phrase, []).append((at, at + length))

    def _matched(self, said: tuple[str, ...]) -> list[tuple[str, int]]:
        """The phrases that begin with the first of these words, and how many words each has."""
        found = self._matcher(Doc(self._vocab, words=list(said)))
        return [(self._vocab.strings[key], end) for key, start, end in found if start == 0]

    def _formed(self, text: str) -> Form:
        said, is_capital = said_as(text), text[0].isupper()
        phrases = self._alone.get(said, ())
        within = phrases
        if is_written_name([text]):
            within = tuple(phrase for phrase in phrases if phrase in self._capitals)
        opens = self._openings.get(said, _NOTHING)
        return said, is_capital, NAME.match(text) is not None, phrases, within, opens

    def entries(self, hits: Hits) -> Iterator[tuple[Entry, Span]]:
        """The entries that these words make, each with the words it stands on; one may come again."""
        rows, bits, present = self._rows, self._bits, 0
        for phrase in hits.phrases:
            present |= bits.get(phrase, 0)
        absent = ~present & self._all_bits
        for phrase in hits.phrases:
            for entry, first, further, needs in rows.get(phrase, ()):
                if not needs & absent and (span := _along(first, further, hits)):
                    yield entry, span

    def marked(self, hits: Hits) -> Mapping[str, Sequence[Span]]:
        """Where the phrases stand that turn what the sentence says, by those lists of `context.yaml` that have any in it."""
        found: dict[str, list[Span]] = {}
        for phrase in hits.phrases & self._marked:
            for name in self._marks[phrase]:
                found.setdefault(name, []).extend(hits[phrase])
        for spans in found.values():
            spans.sort()
        return found

    def _made_phrases(self, phrases: Phrases) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, int]]]:
        """The phrases that a word is by itself; with which word the others begin, which the matcher is given, which come next, and how long
        they are at most."""
        alone: dict[str, tuple[str, ...]] = defaultdict(tuple)
        openings: dict[str, dict[str, int]] = defaultdict(dict)
        for phrase in phrases:
            said = [said_as(text) for text in texts_of(phrase)]
            if len(said) == 1:
                alone[said[0]] += (phrase,)
            elif said:
                following = openings[said[0]]
                following[said[1]] = max(following.get(said[1], 0), len(said))
                self._matcher.add(phrase, [Doc(self._vocab, words=said)])
        return dict(alone), dict(openings)


def _by_phrases(lists: Mapping[str, Phrases]) -> dict[str, list[str]]:
    """The names of the lists in which each phrase is."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, some in lists.items():
        for phrase in some:
            names[phrase].append(name)
    return dict(names)


def _along(first: Asked, further: Further, hits: Hits) -> Span | None:
    """The first words that make the parts, one after another, each at most as far on as it may be; None when none do."""
    for start, end in hits[first]:
        until = _until(further, hits, end) if further else end
        if until:
            return start, until
    return None


def _until(parts: tuple[Asked, int, Further], hits: Hits, at: int) -> int:
    """Where the parts end of which the first words follow on that word; 0 when none do."""
    some, gap, further = parts
    for start, end in hits[some]:
        if start >= at:
            if start - at > gap:
                return 0
            until = _until(further, hits, end) if further else end
            if until:
                return until
    return 0
