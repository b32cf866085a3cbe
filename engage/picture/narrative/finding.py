"""Where in a sentence do the words of a vocabulary stand, and which of its entries do they make?

spaCy's matcher finds the words, all lists at once; an entry is a row of lists that follow one another, with room between them where it
says so ("..": up to five words, "...": up to eleven); "+walk" in it is every form of that verb.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from engage.picture.narrative.sentences import NAME, Word, words
from engage.picture.narrative.vocabulary import Entry, Vocabulary, VocabularyWrong
from engage.picture.narrative.words import inflected
from engage.vocabulary.words import N_, Sentence


GAPS = {"..": 5, "...": 11}
PROPER = "proper"
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_LIST = re.compile(r"<(\w+)>")
# Words so common that to begin with them would be to try most entries on most sentences.
_COMMON = frozenset({
    "a", "an", "the", "in", "on", "at", "to", "of", "with", "by", "from", "and", "or", "is", "was",
    "are", "were", "be", "been", "has", "had", "have", "not", "no", "who", "what", "where", "when",
    "it", "he", "she", "they", "her", "his", "their", "him", "them", "for", "about", "out", "up",
    "new", "two", "more", "as", "said", "own", "very", "home",
})  # fmt: skip
_LETTERS = 3
# Won't is will not, and can't is cannot; then what is written in haste.
_SAID_SO = {
    "n't": "not", "n\u2019t": "not", "wo": "will", "ca": "can",
    **dict.fromkeys((
        "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt", "wont", "cant", "aint", "ai",
    ), "not"),
    "wiv": "with", "n": "and", "&": "and", "ppl": "people", "peeps": "people", "nite": "night", "sum1": "someone", "sumone": "someone",
    "some1": "someone", "mins": "minutes", "hrs": "hours", "wk": "week", "wks": "weeks", "bday": "birthday", "abt": "about", "pic": "picture",
    "pics": "pictures", "vid": "video", "vids": "videos", "msg": "message", "msgs": "messages", "msgd": "messaged", "convo": "conversation",
    "sch": "school", "sec": "secondary", "amts": "amounts", "wknd": "weekend", "wkend": "weekend", "veh": "vehicle", "vehs": "vehicles",
    "addr": "address", "mob": "mobile", "susp": "suspected", "unk": "unknown", "approx": "about", "@": "at", "randoms": "strangers",
}  # fmt: skip
_SAID_SO |= {word.capitalize(): said for word, said in _SAID_SO.items()}
# What is always written with a capital, and is no name of somebody: words.yaml.
_CAPITALS = "written_with_capitals"

Span = tuple[int, int]


class Row(NamedTuple):
    """An entry, ready to be looked for: its lists, each with how many words may stand before it."""

    entry: Entry
    parts: tuple[tuple[int, int], ...]
    needs: frozenset[int]


class Hits:
    """Where the lists have words in one sentence, by a list's number: what is asked for is put together then, for most never are."""

    def __init__(
        self,
        spans: Mapping[int, Sequence[Span]],
        lists_of: Mapping[int, frozenset[int]],
        phrases_of: Mapping[int, frozenset[int]],
    ) -> None:
        self.present = frozenset().union(*map(lists_of.__getitem__, spans))
        self._spans, self._phrases_of = spans, phrases_of
        self._asked: dict[int, Sequence[Span]] = {}

    def of(self, number: int) -> Sequence[Span]:
        """The list's words, in the order of the sentence."""
        if number not in self.present:
            return ()
        if number not in self._asked:
            phrases = self._phrases_of[number]
            found: list[Span] = []
            if len(phrases) < len(self._spans):
                for key in phrases:
                    found += self._spans.get(key, ())
            else:
                for key, some in self._spans.items():
                    if key in phrases:
                        found += some
            self._asked[number] = sorted(found) if len(found) > 1 else found
        return self._asked[number]


class Finder:
    """Finds the words of a vocabulary in sentences. Safe to share: it changes nothing of itself when it looks."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lists: dict[frozenset[str], int] = {}
        self.marks = {name: self._list(some) for name, some in vocabulary.context.items()}
        rows = [
            Row(entry, parts, frozenset(number for number, _gap in parts))
            for entry in vocabulary.entries
            for parts in (self._parts(way, entry) for way in self._ways(entry.words))
        ]
        self._words = {number: some for some, number in self._lists.items()}
        # A row is tried where its two rarest lists both have a word.
        self._by_anchors: dict[int, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            anchor, second = (*sorted(row.needs, key=self._how_common), *row.needs)[:2]
            self._by_anchors[anchor][second].append(row)
        self._anchors = frozenset(self._by_anchors)
        self._seconds = {anchor: frozenset(of) for anchor, of in self._by_anchors.items()}
        self._language = spacy.blank("en")
        self._matcher, self._lists_of = self._made_matcher()
        self._proper = self._language.vocab.strings[PROPER]
        # Any name is one of that list alone.
        if (named := self._lists.get(frozenset({PROPER}))) is not None:
            self._lists_of[self._proper] = frozenset({named})
        self._phrases_of = _turned(self._lists_of)
        capitals = vocabulary.lists.get(_CAPITALS, frozenset())
        self._capitals = frozenset(self._language.vocab.strings[phrase] for phrase in capitals)

    def hits(self, sentence: Sequence[Word]) -> Hits:
        """Where each list has a word in the sentence. A word within a name ("The Dale Hotel") is none."""
        texts = [word.text for word in sentence]
        # Where all is in capitals, none tells a name.
        says = not "".join(texts).isupper()
        capital = [says and text[0].isupper() for text in texts]
        found: dict[int, list[Span]] = defaultdict(list)
        for key, start, end in self._matcher(Doc(self._language.vocab, words=_said(texts))):
            is_name = start and capital[start] and all(capital[start:end]) and not _is_code(texts[start:end])
            if not is_name or key in self._capitals:
                found[key].append((start, end))
        if self._proper in self._lists_of and any(capital[1:]):
            found[self._proper] = [
                (at, at + 1) for at, text in enumerate(texts) if at and capital[at] and NAME.match(text)
            ]
        return Hits(found, self._lists_of, self._phrases_of)

    def entries(self, hits: Hits) -> Iterator[tuple[Entry, Span]]:
        """The entries that these words make, each with the words it stands on."""
        present = hits.present
        for anchor in self._anchors & present:
            rows = self._by_anchors[anchor]
            for second in self._seconds[anchor] & present:
                for row in rows[second]:
                    if row.needs <= present and (span := _along(row.parts, hits)):
                        yield row.entry, span

    def _list(self, some: frozenset[str]) -> int:
        return self._lists.setdefault(some, len(self._lists))

    def _ways(self, entry: str) -> list[str]:
        """An entry that may be said in several ways, each written out: what is optional, and the macros it uses."""
        for name, ways in self._vocabulary.macros.items():
            if f"<{name}>" in entry:
                return [one for way in ways for one in self._ways(entry.replace(f"<{name}>", way))]
        if found := _OPTIONAL.search(entry):
            return [*self._ways(entry.replace(found[0], "")), *self._ways(entry.replace(found[0], found[1]))]
        return [entry]

    def _parts(self, way: str, entry: Entry) -> tuple[tuple[int, int], ...]:
        parts, gap = [], 0
        for piece in way.split():
            if piece in GAPS:
                gap = GAPS[piece]
                continue
            some = frozenset(word for one in piece.split("|") for word in self._meant(one, entry))
            parts.append((self._list(some), gap))
            gap = 0
        return tuple(parts)

    def _meant(self, piece: str, entry: Entry) -> frozenset[str]:
        found = _LIST.fullmatch(piece)
        if found is None or found[1] == PROPER:
            return frozenset(inflected(piece.strip("<>")))
        if found[1] not in self._vocabulary.lists:
            raise VocabularyWrong(
                Sentence(N_("The entry “%(entry)s” of %(theme)s names no list of words: %(list)s."), {"entry": entry.words, "theme": entry.theme, "list": piece}),
                remedy=N_("Name a list of words.yaml."),
            )  # fmt: skip
        return self._vocabulary.lists[found[1]]

    def _how_common(self, number: int) -> tuple[bool, int]:
        some = self._words[number]
        return any(all(word in _COMMON for word in phrase.split()) for phrase in some), len(some)

    def _made_matcher(self) -> tuple[PhraseMatcher, dict[int, frozenset[int]]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for some, number in self._lists.items():
            for phrase in some:
                numbers[phrase].append(number)
        matcher = PhraseMatcher(self._language.vocab, attr="LOWER")
        keys: dict[int, frozenset[int]] = {}
        for phrase, of in numbers.items():
            said = _said([word.text for word in words(phrase, 0, len(phrase))])
            pattern = Doc(self._language.vocab, words=said)
            matcher.add(phrase, [pattern])
            keys[self._language.vocab.strings[phrase]] = frozenset(of)
        return matcher, keys


def _turned(lists_of: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    """The phrases of each list, of the lists of each phrase."""
    turned: dict[int, set[int]] = defaultdict(set)
    for phrase, some in lists_of.items():
        for number in some:
            turned[number].add(phrase)
    return {number: frozenset(some) for number, some in turned.items()}


def _said(texts: Sequence[str]) -> list[str]:
    """The words that are looked for: whatever sum of money is £."""
    return ["£" if text[0] == "£" else _SAID_SO.get(text, text) for text in texts]


def _is_code(texts: Sequence[str]) -> bool:
    """Short words in capitals only: BMW, GHB, SIM."""
    return all(len(text) <= _LETTERS and text.isupper() for text in texts)


def _along(parts: Sequence[tuple[int, int]], hits: Hits, at: int = 0, start: int = -1) -> Span | None:
    """The first words that make the parts, one after another, each at most as far on as it may be; None when none do."""
    (number, gap), *others = parts
    for one, end in hits.of(number):
        if one < at:
            continue
        if start >= 0 and one - at > gap:
            return None
        begun = one if start < 0 else start
        found = _along(others, hits, end, begun) if others else (begun, end)
        if found:
            return found
    return None
