"""How is a person found, misspelt, by nickname, or by part of a number, without reading every row?

What is typed gives names, numbers and places near it, closest first; those lead to rows, and rows to people, who stand in order of
how close the value found is to the words. Closeness is about the words and the value, never about the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from engage.identities.judging.standing import with_unjudged
from engage.picture.reading import may_hear
from engage.picture.rules import Found, SearchResult, Sought
from engage.picture.search import names, spacing
from engage.picture.search.called import Called, called
from engage.picture.search.fitting import fitting
from engage.picture.search.index import OTHERWISE, ROWS_MOST, Index, Match, Wish
from engage.picture.search.living import Living
from engage.picture.search.names import CLOSE_ENOUGH, Asked, Near
from engage.picture.search.numbers import STREET, by_number, by_place
from engage.picture.seeing import reasons_about
from engage.store.warehouse import Build, waiting_beside
from engage.vocabulary.access import Viewing
from engage.vocabulary.letters import plain_words


SHOWN_MOST = 30
ENOUGH = 5
TOGETHER = 0.9
NAMESAKES_MOST, THE_VERY_WORDS = 8, 99.0
# How many rows are read at once, and how many of those who may fit what else is known.
AT_ONCE, LIKELY_MOST, NAMES_MOST, SEVERAL_MOST = 48, 64, 250, 80
# And how many of those whose address is not known, when all who live on the street are read besides.
UNPLACED_MOST = 36


@dataclass
class _Hit:
    """The closest value found for one person, and how near any of the person's names comes to each word typed."""

    closeness: float
    shown: str
    agency: str
    words: tuple[float, ...] = ()

    def take(self, match: Match, agency: str) -> None:
        shown = match.row["shown"] or ""
        # Of equally close values the same one is shown, whatever order the build laid them down in.
        if (-match.closeness, shown, agency) < (-self.closeness, self.shown, self.agency):
            self.closeness, self.shown, self.agency = match.closeness, shown, agency
        self.words = tuple(map(max, self.words or match.words, match.words or self.words))

    def together(self) -> float:
        """A first name from one record and a surname from another also name a person, less surely than one value does."""
        return max(self.closeness, TOGETHER * sum(self.words) / len(self.words) if self.words else 0.0)


class _Gathered:
    """The people found so far."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.hits: dict[str, _Hit] = {}
        self.reasons: dict[str, frozenset[str]] = {}
        self.is_cut = False

    def take(self, matches: Iterable[Match], *, most: int = 0) -> None:
        """Take in what may be heard of the matches, which come closest first: until enough people are as close, or so many."""
        coming = iter(matches)
        taken = 0
        while batch := list(islice(coming, min(AT_ONCE, most - taken) if most else AT_ONCE)):
            index, people = self.index, [self.index.person(match.row) for match in batch]
            self.know(people)
            for person, match in zip(people, batch, strict=True):
                if may_hear(match.row, index.see, self.reasons[person]):
                    agency = index.see.bases[match.row["access_base"]][0]
                    self.hits.setdefault(person, _Hit(-1.0, "", agency)).take(match, agency)
            taken += len(batch)
            if most and taken >= most:
                self.is_cut |= next(coming, None) is not None
                return
            if not most and self.count(batch[-1].closeness) > SHOWN_MOST:
                return

    def know(self, people: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Read who has a reason about these persons, once; all that are known."""
        new = set(people) - self.reasons.keys()
        self.reasons |= reasons_about(self.index.pages, new, see=self.index.see) if new else {}
        return self.reasons

    def named(self, near: Iterable[Near]) -> Iterator[Match]:
        """The rows of names, name by name. Of a name that is not the very words no more than so many namesakes, lest they keep
        other names as near from being seen."""
        for name in near:
            people: set[str] = set()
            for row in self.index.rows([f"name:{name.words}"]):
                people.add(self.index.person(row))
                if len(people) > NAMESAKES_MOST and name.closeness < THE_VERY_WORDS:
                    self.is_cut = True
                    break
                yield Match(row, name.closeness, name.parts)

    def count(self, least: float = CLOSE_ENOUGH) -> int:
        """How many people are that close."""
        return sum(hit.together() >= least for hit in self.hits.values())

    def close(self) -> dict[str, _Hit]:
        """Those who are close enough to be shown, closest first."""
        near = [person for person, hit in self.hits.items() if hit.together() >= CLOSE_ENOUGH]
        near.sort(key=lambda p: (-self.hits[p].together(), self.hits[p].shown, p))
        return {person: self.hits[person] for person in near}


def search(*, viewing: Viewing, build: Build, sought: Sought) -> SearchResult:
    """Who is found, closest first; of those about whom more was said than words, who fits it and of whom it is not known; and apart
    from them whom records lead to that came since the build, by the same search and the same decisions."""
    result = _among(viewing, build, sought)
    later = waiting_beside(build) if viewing.as_of >= build.info.as_of else None
    if later is None:
        return result
    came = _among(replace(viewing, as_of=max(viewing.as_of, later.info.as_of)), later, sought)
    known = {one.person_id for one in (*result.found, *result.unknown)}
    return replace(
        result, waiting=tuple(one for one in (*came.found, *came.unknown) if one.person_id not in known)
    )


def _among(viewing: Viewing, build: Build, sought: Sought) -> SearchResult:
    index = Index(viewing, build)
    words = sought.words or sought.street
    typed = names.asked(index.pages, words)
    gathered = _Gathered(index)
    if sought.is_narrowed:
        _take_likely(gathered, typed, sought)
        gathered.take(by_number(index, words), most=LIKELY_MOST)
        if not sought.has_street and gathered.count(STREET) <= SHOWN_MOST:
            gathered.take(by_place(index, words), most=LIKELY_MOST)
        return _fitting(sought, gathered)
    gathered.take(by_number(index, words))
    near, is_cut = spacing.near_names(index.pages, typed)
    gathered.is_cut |= is_cut
    gathered.take(gathered.named(near))
    if len(typed.words) > 1 and gathered.count() < ENOUGH:
        gathered.take(_in_several_names(gathered, typed), most=ROWS_MOST)
    if gathered.count(STREET) <= SHOWN_MOST:
        gathered.take(by_place(index, words))
    hits = gathered.close()
    people = list(hits)[: SHOWN_MOST + 1]
    shown = _shown(gathered, called(index.pages, people, index.see, gathered.reasons), people)
    return SearchResult(words, tuple(shown[:SHOWN_MOST]), len(shown) > SHOWN_MOST or gathered.is_cut)


def _take_likely(gathered: _Gathered, typed: Asked, sought: Sought) -> None:
    """Take in the rows of names, of those first who may fit what else is known; so many of them."""
    index = gathered.index
    found, is_cut = spacing.near_names(index.pages, typed)
    near = {f"name:{name.words}": name for name in found[:NAMES_MOST]}
    living, most = Living(index, sought.street) if sought.has_street else None, LIKELY_MOST
    if living:
        # Far fewer live there and are called so than either: they are read besides.
        there = living.called_so(typed, {name.words for name in near.values()}, gathered.know)
        gathered.take(_borne_by(index, typed, there, near), most=ROWS_MOST)
        most = LIKELY_MOST if living.is_cut else UNPLACED_MOST
    # Where all are read, nobody need be told apart before.
    is_all = not is_cut and index.is_few(near, most)
    wish = Wish(sought.born_from, sought.born_until, sought.agency, living is not None)
    rows = index.likely(near, Wish() if is_all else wish, most + 1)
    # What comes after those that are read may fit too, unless it has an address and would have been read as one who lives there.
    is_sure = living is not None and not living.is_cut and index.tells_addresses()
    is_more = len(rows) > most and (rows[-1]["off"] < OTHERWISE or not is_sure)
    gathered.is_cut |= is_cut or is_more
    likely = (Match(row, near[row["key"]].closeness, near[row["key"]].parts) for row in rows[:most])
    gathered.take(likely, most=most)


def _in_several_names(gathered: _Gathered, typed: Asked) -> Iterator[Match]:
    """All names of people who have the rarest of the words in one."""
    index = gathered.index
    found = islice(gathered.named(names.with_word(index.pages, typed, SEVERAL_MOST)), SEVERAL_MOST)
    yield from _borne_by(index, typed, [index.person(match.row) for match in found], {})


def _borne_by(
    index: Index, typed: Asked, people: Iterable[str], known: Mapping[str, Near]
) -> Iterator[Match]:
    """All names of these people (today's), each with how near it is to what was typed: as `known` under its key, when that is nearer."""
    # The build may have laid their rows under others: people may have judged since.
    rows = index.names_of(index.see.today.laid_ids(people))
    words = {
        shown: " ".join(plain_words(shown)) for shown in dict.fromkeys(row["shown"] or "" for row in rows)
    }
    near = dict(zip(words, typed.names(list(words.values())), strict=True))
    for row in rows:
        name = near[row["shown"] or ""]
        other = known.get(f"name:{name.words}", name)
        name = other if other.closeness > name.closeness else name
        yield Match(row, name.closeness, name.parts)


def _shown(gathered: _Gathered, how: Mapping[str, Called], people: list[str]) -> list[Found]:
    unjudged = with_unjudged({person: how[person].record_ids for person in people})
    found = [
        _found(person, gathered.hits[person], how[person], is_unjudged=person in unjudged)
        for person in people
    ]
    return sorted(found, key=lambda f: (-f.closeness, f.name.lower(), f.person_id))


def _found(person: str, hit: _Hit, how: Called, *, is_unjudged: bool) -> Found:
    closeness = round(hit.together(), 1)
    return Found(person, how.name, how.birth, how.known_to, hit.shown, hit.agency, closeness, is_unjudged)


def _fitting(sought: Sought, gathered: _Gathered) -> SearchResult:
    """Of those whose name is near: who fits all that was said, and of whom some of it is not known; nobody who does not fit."""
    index, people = gathered.index, list(gathered.close())
    fits = fitting(index, sought, people, gathered.reasons)
    fitted = [[p for p in people if fits[p] is answer][: SHOWN_MOST + 1] for answer in (True, None)]
    how = called(index.pages, [p for some in fitted for p in some], index.see, gathered.reasons)
    known, unknown = (_shown(gathered, how, some) for some in fitted)
    is_cut = gathered.is_cut or len(known) > SHOWN_MOST or len(unknown) > SHOWN_MOST
    return SearchResult(
        sought.words or sought.street, tuple(known[:SHOWN_MOST]), is_cut, tuple(unknown[:SHOWN_MOST])
    )
