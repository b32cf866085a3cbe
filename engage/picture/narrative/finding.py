"""Where in a sentence do the words of a vocabulary stand, and which of its entries do they make?

What is one word is looked up, all lists at once; spaCy's matcher tells what is more than one, once for the same words. An entry is a row of
lists, with room between where it says so ("..": up to five words, "...": up to eleven; "~": up to five, whichever side comes first); "+walk" is
every form of that verb, "back_door" is two words that stand for one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain, permutations
from operator import or_
from typing import NamedTuple

from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from engage.picture.narrative.forms import FORMS_KEPT, Form, Forms, is_written_name, said_as
from engage.picture.narrative.sentences import NAME, texts_of
from engage.picture.narrative.vocabulary import Entry, Vocabulary, VocabularyWrong
from engage.picture.narrative.words import inflected
from engage.vocabulary.words import N_, Sentence


GAPS = {"..": 5, "...": 11}
EITHER_WAY = "~"
PROPER = "proper"
_NAMED = frozenset([PROPER])
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_LIST = re.compile(r"<(\w+)>")
# Words so common that to begin with them would be to try most entries on most sentences.
_COMMON = frozenset({
    "a", "an", "the", "in", "on", "at", "to", "of", "with", "by", "from", "and", "or", "is", "was", "are", "were", "be", "been", "has", "had", "have", "not", "no", "who", "what", "where", "when", "it", "he", "she", "they", "her", "his", "their", "him", "them", "for", "about", "out", "up",
    "new", "two", "more", "as", "said", "own", "very", "home", PROPER,
})  # fmt: skip
# What is always written with a capital, and is no name of somebody: words.yaml.
_CAPITALS = "written_with_capitals"


_NOTHING: Mapping[str, int] = {}

Span = tuple[int, int]
# The phrases of a list, of which any will do.
Phrases = frozenset[str]
# The lists of an entry, one after another, each with how many words may stand before it.
Parts = tuple[tuple[Phrases, int], ...]


class Row(NamedTuple):
    """An entry, ready to be looked for: its lists, and all of them but the one it is found by as the bits of one number."""

    entry: Entry
    parts: Parts
    needs: int


Rows = tuple[dict[str, list[Row]], dict[str, int]]


class Hits:
    """Where phrases stand in one sentence. Where those of a list do is put together when it is asked for: most never are."""

    def __init__(self, spans: Mapping[str, Sequence[Span]]) -> None:
        self.phrases, self.spans = frozenset(spans), spans
        self._asked: dict[Phrases, Sequence[Span]] = {}

    def of(self, some: Phrases) -> Sequence[Span]:
        """The list's words, in the order of the sentence."""
        found = self._asked.get(some)
        if found is None:
            here = [self.spans[phrase] for phrase in some & self.phrases]
            # The spans of one phrase are in their order already.
            found = here[0] if len(here) == 1 else sorted(chain.from_iterable(here))
            self._asked[some] = found
        return found


class Finder:
    """Finds the words of a vocabulary in sentences. Safe to share: it changes nothing of itself when it looks."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        ways = [
            (entry, self._parts(way, entry))
            for entry in vocabulary.entries
            for way in self._ways(entry.words)
        ]
        lists = {some for _entry, parts in ways for some, _gap in parts} | {*vocabulary.context.values()}
        # Any name is one of that list alone.
        own = {some: some - _NAMED if _NAMED in lists and some != _NAMED else some for some in lists}
        self._asks_for_names = any(PROPER in some for some in lists)
        self._capitals = vocabulary.lists.get(_CAPITALS, frozenset())
        # Words are told apart by their small letters alone: what else a language knows of each takes longer to make than to find it.
        self._vocab = Vocab(lex_attr_getters={LOWER: str.lower})
        self._matcher = PhraseMatcher(self._vocab, attr="LOWER")
        self._alone, self._openings = self._made_phrases(frozenset().union(*lists))
        self._rows, self._bits = _made_rows(ways, own)
        self._all_bits = reduce(or_, self._bits.values(), 0)
        self._marks = _by_phrases({name: own[some] for name, some in vocabulary.context.items()})
        self._forms = Forms(self._formed)
        self._begun = lru_cache(FORMS_KEPT)(self._matched)

    def hits(self, texts: Sequence[str]) -> Hits:
        """Where each list has a word among the words of a sentence. A word within a name ("The Dale Hotel") is none."""
        forms = [self._forms[text] for text in texts]
        # Where all is in capitals, none tells a name.
        says = not "".join(texts).isupper()
        found: dict[str, list[Span]] = defaultdict(list)
        last = len(forms) - 1
        for at, (_said, _is_capital, _is_name, phrases, within, opens) in enumerate(forms):
            for phrase in within if at and says else phrases:
                found[phrase].append((at, at + 1))
            # Few words that stand next to one another begin a phrase.
            if opens and at < last and (longest := opens.get(forms[at + 1][0])):
                self._add_begun(texts, tuple(form[0] for form in forms[at : at + longest]), at, says, found)
        if says and self._asks_for_names and any(form[1] for form in forms[1:]):
            found[PROPER] = [(at, at + 1) for at, form in enumerate(forms) if at and form[2]]
        return Hits(found)

    def _add_begun(
        self, texts: Sequence[str], said: tuple[str, ...], at: int, says: bool, found: dict[str, list[Span]]
    ) -> None:
        """Adds the phrases of more than one word that begin there, where these words are said."""
        for phrase, length in self._begun(said):
            is_name = says and at and is_written_name(texts[at : at + length])
            if not is_name or phrase in self._capitals:
                found[phrase].append((at, at + length))

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
        return Form(said, is_capital, NAME.match(text) is not None, phrases, within, opens)

    def entries(self, hits: Hits) -> Iterator[tuple[Entry, Span]]:
        """The entries that these words make, each with the words it stands on; one may come again."""
        rows, bits, present = self._rows, self._bits, 0
        for phrase in hits.phrases:
            present |= bits.get(phrase, 0)
        absent = ~present & self._all_bits
        for phrase in hits.phrases:
            for entry, parts, needs in rows.get(phrase, ()):
                if not needs & absent and (span := _along(parts, hits)):
                    yield entry, span

    def marked(self, hits: Hits) -> dict[str, Sequence[Span]]:
        """Where the phrases stand that turn what the sentence says, by the lists of `context.yaml`."""
        found: dict[str, Sequence[Span]] = dict.fromkeys(self._vocabulary.context, ())
        for phrase in hits.phrases & self._marks.keys():
            for name in self._marks[phrase]:
                found[name] = sorted([*found[name], *hits.spans[phrase]])
        return found

    def _ways(self, entry: str) -> list[str]:
        """An entry that may be said in several ways, each written out: what is optional, and the macros it uses."""
        for name, ways in self._vocabulary.macros.items():
            if f"<{name}>" in entry:
                return [one for way in ways for one in self._ways(entry.replace(f"<{name}>", way))]
        if found := _OPTIONAL.search(entry):
            return [*self._ways(entry.replace(found[0], "")), *self._ways(entry.replace(found[0], found[1]))]
        if len(sides := entry.split(f" {EITHER_WAY} ")) > 1:
            return [" .. ".join(order) for order in permutations(sides)]
        return [entry]

    def _parts(self, way: str, entry: Entry) -> Parts:
        parts, gap = [], 0
        for piece in way.split():
            if piece in GAPS:
                gap = GAPS[piece]
                continue
            some = frozenset(word for one in piece.split("|") for word in self._meant(one, entry))
            parts.append((some, gap))
            gap = 0
        return tuple(parts)

    def _meant(self, piece: str, entry: Entry) -> frozenset[str]:
        found = _LIST.fullmatch(piece)
        if found is None or found[1] == PROPER:
            return frozenset(inflected(piece.strip("<>").replace("_", " ")))
        if found[1] not in self._vocabulary.lists:
            raise VocabularyWrong(
                Sentence(N_("The entry “%(entry)s” of %(theme)s names no list of words: %(list)s."), {"entry": entry.words, "theme": entry.theme, "list": piece}),
                remedy=N_("Name a list of words.yaml."),
            )  # fmt: skip
        return self._vocabulary.lists[found[1]]

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


def _made_rows(ways: Iterable[tuple[Entry, Parts]], own: Mapping[Phrases, Phrases]) -> Rows:
    """The rows under each phrase of the rarest list of each, where it stands they are tried; and the bits of all lists of each phrase."""
    # What stands in many lists stands in many texts.
    lists_of = Counter(phrase for some in own.values() for phrase in some)

    def how_common(some: Phrases) -> tuple[bool, int]:
        is_common = any(all(word in _COMMON for word in phrase.split()) for phrase in some)
        return is_common, sum(lists_of[phrase] for phrase in some)

    of_rows = [(entry, tuple((own[some], gap) for some, gap in parts)) for entry, parts in ways]
    rarest = [min({some for some, _gap in parts}, key=how_common) for _entry, parts in of_rows]
    others = [
        {some for some, _gap in parts} - {least}
        for (_entry, parts), least in zip(of_rows, rarest, strict=True)
    ]
    # What is needed most often has the lowest bits, so that most numbers are short.
    needed = Counter(some for row in others for some in row)
    bit_of = {some: 1 << at for at, (some, _times) in enumerate(needed.most_common())}
    rows: dict[str, list[Row]] = defaultdict(list)
    for (entry, parts), least, further in zip(of_rows, rarest, others, strict=True):
        row = Row(entry, parts, sum(bit_of[some] for some in further))
        for phrase in least:
            rows[phrase].append(row)
    bits: Counter[str] = Counter()
    for some, bit in bit_of.items():
        bits.update(dict.fromkeys(some, bit))
    return dict(rows), dict(bits)


def _by_phrases(lists: Mapping[str, Phrases]) -> dict[str, list[str]]:
    """The names of the lists in which each phrase is."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, some in lists.items():
        for phrase in some:
            names[phrase].append(name)
    return dict(names)


def _along(parts: Parts, hits: Hits) -> Span | None:
    """The first words that make the parts, one after another, each at most as far on as it may be; None when none do."""
    (some, _gap), others = parts[0], parts[1:]
    for start, end in hits.of(some):
        until = _further(others, hits, end) if others else end
        if until:
            return start, until
    return None


def _further(parts: Parts, hits: Hits, at: int) -> int:
    """Where the parts end of which the first words follow on that word; 0 when none do."""
    (some, gap), others = parts[0], parts[1:]
    for start, end in hits.of(some):
        if start - at > gap:
            return 0
        until = end if not others or start < at else _further(others, hits, end)
        if start >= at and until:
            return until
    return 0
