"""How is a person found, misspelt, by nickname, or by part of a number, without reading every row?

What is typed gives keys; keys give candidates from an index; candidates are put in order by how close the value found is to
the words. Closeness is about the words and the value, never about the person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from engage.picture import spelling
from engage.picture.keys import Index, Match
from engage.picture.numbers import by_number
from engage.picture.reading import may_hear
from engage.picture.rules import Found, SearchResult
from engage.picture.seeing import Sight, reasons_about
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.letters import plain_words


SHOWN_MOST = 50
CLOSE_ENOUGH = 65.0
ENOUGH = 5
TOGETHER = 0.9


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


def search(*, viewing: Viewing, build: Build, words: str) -> SearchResult:
    """Who is found by the words, closest first."""
    index = Index(viewing, build)
    hits: dict[str, _Hit] = {}
    for found in (by_number(index, words), _by_name(index, words)):
        matches = list(found)
        why = reasons_about(index.pages, (_person(index, m.row) for m in matches), see=index.see)
        for match in matches:
            person = _person(index, match.row)
            if may_hear(match.row, index.see, why[person]):
                agency = index.see.bases[match.row["access_base"]][0]
                hits.setdefault(person, _Hit(-1.0, "", agency)).take(match, agency)
    return _result(words, {p: hit for p, hit in hits.items() if hit.together() >= CLOSE_ENOUGH}, index)


def _person(index: Index, row: sqlite3.Row) -> str:
    """Whose record it is today: people may have judged since the build."""
    return str(index.moved.get(row["record_id"], row["person_id"])) if index.moved else str(row["person_id"])


def _result(words: str, hits: Mapping[str, _Hit], index: Index) -> SearchResult:
    closest = sorted(hits, key=lambda p: (-hits[p].together(), hits[p].shown, p))[: SHOWN_MOST + 1]
    reasons = reasons_about(index.pages, closest, see=index.see)
    called = _called(index.pages, closest, index.see, reasons)
    found = [
        Found(p, called[p].name, called[p].birth, tuple(sorted(called[p].agencies)), hits[p].shown, hits[p].agency, round(hits[p].together(), 1))
        for p in closest
    ]  # fmt: skip
    found.sort(key=lambda f: (-f.closeness, f.name.lower(), f.person_id))
    return SearchResult(words, tuple(found[:SHOWN_MOST]), len(closest) > SHOWN_MOST)


def _by_name(index: Index, words: str) -> Iterator[Match]:
    """Names: for each word those that it may be a spelling of; rows under the rarest word first, the others when those are few."""
    asked = plain_words(words)
    if not asked:
        return
    near = [spelling.near(index.pages, word) for word in asked]
    keys = [[f"name:{word}" for word in words_near] for words_near in near]
    seen = 0
    for place in sorted(
        (i for i in range(len(asked)) if keys[i]), key=lambda i: index.count("find", keys[i])
    ):
        for row in index.rows(keys[place]):
            match = _name_match(asked, near, row)
            seen += match.closeness >= CLOSE_ENOUGH
            yield match
        if seen >= ENOUGH:
            return


def _name_match(asked: list[str], near: list[dict[str, float]], row: sqlite3.Row) -> Match:
    """How close a name is to the words: every word asked for should be in it; what is more in it counts a little."""
    have = plain_words(row["shown"] or "")
    parts = tuple(max(chain((close.get(h, 0.0) for h in have), (0.0,))) for close in near)
    whole = fuzz.token_sort_ratio(" ".join(asked), " ".join(have))
    return Match(row, 0.9 * sum(parts) / len(parts) + 0.1 * float(whole), parts)


def names_of(
    pages: sqlite3.Connection, person_ids: Iterable[str], see: Sight, reasons: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """The name of each person of whom the viewer may see one."""
    called = _called(pages, sorted(set(person_ids)), see, reasons)
    return {person: how.name for person, how in called.items() if how.name}


@dataclass
class _Called:
    """How a person is called, as far as the viewer may know, and by whom."""

    name: str
    birth: str
    agencies: set[str]


def _called(
    pages: sqlite3.Connection, person_ids: Iterable[str], see: Sight, reasons: Mapping[str, frozenset[str]]
) -> dict[str, _Called]:
    made = {person: _Called("", "", set()) for person in person_ids}
    laid = sorted({under for whose in see.today.laid_under(made).values() for under in whose})
    for row in _names_and_births(pages, laid, see.viewing.as_of.isoformat()):
        person = see.today.person(row["record_id"], row["person_id"])
        if person in made and may_hear(row, see, reasons[person]):
            called = made[person]
            called.agencies.add(row["agency"])
            if row["field"] == "name":
                called.name = called.name or row["value"]
            else:
                called.birth = called.birth or row["value"]
    return made


def _names_and_births(pages: sqlite3.Connection, laid: list[str], day: str) -> list[sqlite3.Row]:
    """What records that were laid under these persons say today, in the order of the records."""
    rows: list[sqlite3.Row] = []
    for start in range(0, len(laid), 500):
        part = laid[start : start + 500]
        rows += pages.execute(
            f"select person_id, record_id, field, value, agency, kind, access_base, other_base from said where person_id in ({', '.join('?' * len(part))}) "
            "and field in ('name', 'birth') and known_from_on <= ? and (known_until_on is null or known_until_on > ?)",
            [*part, day, day],
        ).fetchall()
    return sorted(rows, key=lambda row: (row["record_id"], row["field"], row["value"]))
