"""How is an entry of a vocabulary looked for? As a row of lists, tried where words of the rarest of these stand.

Between two lists there is room where the entry says so ("..": up to five words, "...": up to eleven; "~": up to five, whichever side comes
first); "+walk" is every form of that verb, "back_door" is two words that stand for one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from engage.picture.narrative.vocabulary import Entry, Vocabulary, VocabularyWrong
from engage.picture.narrative.words import inflected
from engage.vocabulary.words import N_, Sentence


GAPS = {"..": 5, "...": 11}
EITHER_WAY = "~"
PROPER = "proper"
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_LIST = re.compile(r"<(\w+)>")
# Words so common that to begin with them would be to try most entries on most sentences.
_COMMON = frozenset({
    "a", "an", "the", "in", "on", "at", "to", "of", "with", "by", "from", "and", "or", "is", "was", "are", "were", "be", "been", "has", "had", "have", "not", "no", "who", "what", "where", "when", "it", "he", "she", "they", "her", "his", "their", "him", "them", "for", "about", "out", "up",
    "new", "two", "more", "as", "said", "own", "very", "home", PROPER,
})  # fmt: skip

# The phrases of a list, of which any will do.
Phrases = frozenset[str]
# What is asked for: a phrase, or a list of more than one.
Asked = str | Phrases
# The lists of an entry, one after another, each with how many words may stand before it.
Parts = tuple[tuple[Phrases, int], ...]
# What follows on the first of them, and so on, with how many words may stand before it.
Further = tuple[Asked, int, "Further"] | None

# An entry, ready to be looked for: its first words and what follows on them, and all its lists but the one it is found by as the bits of one
# number. A plain tuple: so many are tried that to unpack another takes a tenth of all reading.
Row = tuple[Entry, Asked, Further, int]
Rows = tuple[dict[str, list[Row]], dict[str, int]]


def ways_of(vocabulary: Vocabulary) -> list[tuple[Entry, Parts]]:
    """Every entry, once for each way in which it may be said. Raises VocabularyWrong."""
    return [
        (entry, _parts(way, entry, vocabulary.lists))
        for entry in vocabulary.entries
        for way in _ways(entry.words, vocabulary.macros)
    ]


def made_rows(ways: Iterable[tuple[Entry, Parts]], own: Mapping[Phrases, Phrases]) -> Rows:
    """The rows under each phrase of the rarest list of each, where it stands they are tried; and the bits of all lists of each phrase."""
    # What stands in many lists stands in many texts.
    lists_of = Counter(phrase for some in own.values() for phrase in some)

    def how_common(some: Phrases) -> tuple[bool, int]:
        is_common = any(all(word in _COMMON for word in phrase.split()) for phrase in some)
        return is_common, sum(lists_of[phrase] for phrase in some)

    # Each with the rarest of its lists, and the others.
    of_rows = []
    for entry, parts in ways:
        own_parts = tuple((own[some], gap) for some, gap in parts)
        lists = {some for some, _gap in own_parts}
        rarest = min(lists, key=how_common)
        of_rows.append((entry, own_parts, rarest, lists - {rarest}))
    # What is needed most often has the lowest bits, so that most numbers are short.
    needed = Counter(some for _entry, _parts, _rarest, others in of_rows for some in others)
    bit_of = {some: 1 << at for at, (some, _times) in enumerate(needed.most_common())}
    rows: dict[str, list[Row]] = defaultdict(list)
    for entry, own_parts, rarest, others in of_rows:
        (first, _gap), further = own_parts[0], own_parts[1:]
        row = (entry, _asked(first), _linked(further), sum(bit_of[some] for some in others))
        for phrase in rarest:
            rows[phrase].append(row)
    bits: Counter[str] = Counter()
    for some, bit in bit_of.items():
        bits.update(dict.fromkeys(some, bit))
    return dict(rows), dict(bits)


def _ways(entry: str, macros: Mapping[str, Sequence[str]]) -> list[str]:
    """An entry that may be said in several ways, each written out: what is optional, and the macros it uses."""
    for name, meant in macros.items():
        if f"<{name}>" in entry:
            return [one for way in meant for one in _ways(entry.replace(f"<{name}>", way), macros)]
    if found := _OPTIONAL.search(entry):
        return [one for said in ("", found[1]) for one in _ways(entry.replace(found[0], said), macros)]
    if len(sides := entry.split(f" {EITHER_WAY} ")) > 1:
        return [" .. ".join(order) for order in permutations(sides)]
    return [entry]


def _parts(way: str, entry: Entry, lists: Mapping[str, Phrases]) -> Parts:
    """The lists of an entry that is said in one way."""
    parts, gap = [], 0
    for piece in way.split():
        if piece in GAPS:
            gap = GAPS[piece]
            continue
        some = frozenset(word for one in piece.split("|") for word in _meant(one, entry, lists))
        parts.append((some, gap))
        gap = 0
    return tuple(parts)


def _meant(piece: str, entry: Entry, lists: Mapping[str, Phrases]) -> frozenset[str]:
    found = _LIST.fullmatch(piece)
    if found is None or found[1] == PROPER:
        return frozenset(inflected(piece.strip("<>").replace("_", " ")))
    if found[1] not in lists:
        raise VocabularyWrong(
            Sentence(N_("The entry “%(entry)s” of %(theme)s names no list of words: %(list)s."), {"entry": entry.words, "theme": entry.theme, "list": piece}),
            remedy=N_("Name a list of words.yaml."),
        )  # fmt: skip
    return lists[found[1]]


def _asked(some: Phrases) -> Asked:
    """A list of one phrase is asked for by that phrase."""
    return next(iter(some)) if len(some) == 1 else some


def _linked(parts: Parts) -> Further:
    if not parts:
        return None
    (some, gap), others = parts[0], parts[1:]
    return _asked(some), gap, _linked(others)
