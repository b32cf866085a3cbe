"""How is a person found, misspelt, by nickname, or by part of a number, without reading every row?

What is typed gives keys; keys give candidates from an index; candidates are put in order by how close the value found is to
the words. Closeness is about the words and the value, never about the person.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from engage.identities import assignments
from engage.picture import spelling
from engage.picture.finding import NUMBER_PART, PLATE_PART
from engage.picture.reading import may_hear
from engage.picture.rules import Found, SearchResult
from engage.picture.seeing import Sight, named_reasons, reasons_about, sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.letters import plain_words


SHOWN_MOST = 50
ROWS_MOST = 20_000
WHOLES_MOST = 200
CLOSE_ENOUGH = 65.0
ENOUGH = 5
TOGETHER = 0.9


@dataclass(frozen=True)
class _Match:
    """One row that was led to: how close its value is to what was typed (0 to 100) and, of a name, to each word of it."""

    row: sqlite3.Row
    closeness: float
    words: tuple[float, ...] = ()


@dataclass
class _Hit:
    """The closest value found for one person, and how near any of the person's names comes to each word typed."""

    closeness: float
    shown: str
    agency: str
    words: tuple[float, ...] = ()

    def take(self, match: _Match, agency: str) -> None:
        shown = match.row["shown"] or ""
        # Of equally close values the same one is shown, whatever order the build laid them down in.
        if (-match.closeness, shown, agency) < (-self.closeness, self.shown, self.agency):
            self.closeness, self.shown, self.agency = match.closeness, shown, agency
        self.words = tuple(map(max, self.words or match.words, match.words or self.words))

    def together(self) -> float:
        """A first name from one record and a surname from another also name a person, less surely than one value does."""
        return max(self.closeness, TOGETHER * sum(self.words) / len(self.words) if self.words else 0.0)


class _Index:
    """The key tables as one viewer may read them."""

    def __init__(self, viewing: Viewing, build: Build) -> None:
        self.pages, self.viewing, self.see = build.pages(), viewing, sight(viewing, build)
        self.moved = assignments.live_overrides(build)
        self._may, self._may_parameters = self._may_clause()

    def rows(self, keys: Iterable[str]) -> Iterator[sqlite3.Row]:
        """What the keys lead to of what this viewer may see.

        A value that a source has since changed is still found: people are known by their old names. What may not be seen
        is left out here already, so that it cannot crowd out what may.
        """
        wanted = sorted(set(keys))
        sql = (
            "select person_id, record_id, kind, shown, access_base, other_base from find "
            f"where key in ({', '.join('?' * len(wanted))}) and known_from_on <= ? and ({self._may}) limit ?"
        )
        parameters = [*wanted, self.viewing.as_of.isoformat(), *self._may_parameters, ROWS_MOST]
        return iter(self.pages.execute(sql, parameters).fetchall())

    def beginning(self, key: str) -> Iterator[sqlite3.Row]:
        """What the keys that begin so lead to, of what this viewer may see."""
        sql = (
            "select person_id, record_id, kind, shown, access_base, other_base from find "
            f"where key >= ? and key < ? and known_from_on <= ? and ({self._may}) limit ?"
        )
        day = self.viewing.as_of.isoformat()
        return iter(
            self.pages.execute(sql, [key, key + "\uffff", day, *self._may_parameters, ROWS_MOST]).fetchall()
        )

    def count(self, table: str, keys: Iterable[str]) -> int:
        """How many rows stand under the keys: read from the index alone."""
        wanted = sorted(set(keys))
        sql = f"select count(*) from (select 1 from {table} where key in ({', '.join('?' * len(wanted))}) limit ?)"
        return int(self.pages.execute(sql, [*wanted, ROWS_MOST]).fetchone()[0])

    def _may_clause(self) -> tuple[str, list[str | int]]:
        """The bases and kinds that are open to this viewer, those of registers only with somebody else's reason."""
        somebody, nobody = frozenset({"*"}), frozenset[str]()
        kinds = [row[0] for row in self.pages.execute("select kind from find_kind").fetchall()]
        asks: dict[str, list[str | int]] = {}
        for base, (agency, *_rest) in self.see.bases.items():
            for kind in kinds:
                if self.see.may(base, kind, nobody):
                    asks.setdefault("", []).extend((int(str(base)), kind))
                elif self.see.may(base, kind, somebody):
                    asks.setdefault(agency, []).extend((int(str(base)), kind))
        clauses, parameters = ["0"], []
        for agency, pairs in sorted(asks.items()):
            clause = f"(access_base, kind) in (values {', '.join(['(?, ?)'] * (len(pairs) // 2))})"
            reason, more = self._reason_of_others(agency) if agency else ("1", [])
            clauses.append(f"({clause} and {reason})")
            parameters += [*pairs, *more]
        return " or ".join(clauses), parameters

    def _reason_of_others(self, agency: str) -> tuple[str, list[str | int]]:
        named, day = sorted(named_reasons(self.see.build)), self.viewing.as_of.isoformat()
        tells = [part for base, kind in sorted(self.see.tells()) for part in (int(str(base)), kind)]
        known = (
            f"(access_base, kind) in (values {', '.join(['(?, ?)'] * (len(tells) // 2)) or '(null, null)'})"
        )
        exists = (
            "exists (select 1 from reason where reason.person_id = find.person_id and reason.agency <> ? and reason.known_from_on <= ? "
            f"and (reason.known_until_on is null or reason.known_until_on > ?) and {known.replace('(access_base, kind)', '(reason.access_base, reason.kind)')})"
        )
        clause = f"({exists} or find.person_id in ({', '.join('?' * len(named))}))"
        return clause, [agency, day, day, *tells, *named]


def search(*, viewing: Viewing, build: Build, words: str) -> SearchResult:
    """Who is found by the words, closest first."""
    index = _Index(viewing, build)
    hits: dict[str, _Hit] = {}
    for found in (_by_number(index, words), _by_name(index, words)):
        matches = list(found)
        why = reasons_about(index.pages, (_person(index, m.row) for m in matches), see=index.see)
        for match in matches:
            person = _person(index, match.row)
            if may_hear(match.row, index.see, why[person]):
                agency = index.see.bases[match.row["access_base"]][0]
                hits.setdefault(person, _Hit(-1.0, "", agency)).take(match, agency)
    return _result(words, {p: hit for p, hit in hits.items() if hit.together() >= CLOSE_ENOUGH}, index)


def _person(index: _Index, row: sqlite3.Row) -> str:
    """Whose record it is today: people may have judged since the build."""
    return str(index.moved.get(row["record_id"], row["person_id"])) if index.moved else str(row["person_id"])


def _result(words: str, hits: Mapping[str, _Hit], index: _Index) -> SearchResult:
    closest = sorted(hits, key=lambda p: (-hits[p].together(), hits[p].shown, p))[: SHOWN_MOST + 1]
    reasons = reasons_about(index.pages, closest, see=index.see)
    called = _called(index.pages, closest, index.see, reasons)
    found = [
        Found(p, called[p].name, called[p].birth, tuple(sorted(called[p].agencies)), hits[p].shown, hits[p].agency, round(hits[p].together(), 1))
        for p in closest
    ]  # fmt: skip
    found.sort(key=lambda f: (-f.closeness, f.name.lower(), f.person_id))
    return SearchResult(words, tuple(found[:SHOWN_MOST]), len(closest) > SHOWN_MOST)


def _by_number(index: _Index, words: str) -> Iterator[_Match]:
    """Numbers, plates and places: the whole of one is closer than a part of one."""
    compact = re.sub(r"[^A-Za-z0-9?]", "", words).upper()
    digits = re.sub(r"\D", "", words)
    if not digits:
        return
    exact = {f"number:{compact}", f"number:{words.strip().upper()}", f"plate:{compact}", f"place:{compact}"}
    address = " ".join(re.findall(r"[a-z0-9]+", words.lower()))
    yield from (
        _Match(row, 100.0) for row in index.rows({*exact, f"place:{address}", f"phone:{_national(digits)}"})
    )
    if re.match(r"\d+[a-z]? [a-z]|flat \d", address):
        yield from (
            _Match(row, _address_closeness(address, row["shown"]))
            for row in index.beginning(f"place:{address}")
        )
    if len(digits) >= NUMBER_PART and len(digits) >= len(compact) - 1:
        yield from _by_part(index, "phone", digits, NUMBER_PART)
    if re.search(r"[A-Z]", compact) and len(compact) <= 8:
        yield from _by_part(index, "plate", compact.replace("?", ""), PLATE_PART)


def _national(digits: str) -> str:
    return "0" + digits[2:] if digits.startswith("44") else digits


def _address_closeness(address: str, shown: str | None) -> float:
    return 0.97 * fuzz.partial_ratio(address, " ".join(re.findall(r"[a-z0-9]+", (shown or "").lower())))


def _by_part(index: _Index, word: str, part: str, size: int) -> Iterator[_Match]:
    """Whole numbers that hold the part: those under the rarest of its pieces, tested for the rest."""
    pieces = [f"{word}:{part[i : i + size]}" for i in range(len(part) - size + 1)]
    if not pieces:
        return
    rarest = min(pieces, key=lambda piece: index.count("part", [piece]))
    wholes = index.pages.execute(
        "select whole from part where key = ? limit ?", [rarest, ROWS_MOST]
    ).fetchall()
    held = [row["whole"] for row in wholes if part in row["whole"] and part != row["whole"]]
    closeness = 80.0 + min(15.0, len(part))
    yield from (
        (_Match(row, closeness) for row in index.rows(f"{word}:{whole}" for whole in held[:WHOLES_MOST]))
        if held
        else ()
    )


def _by_name(index: _Index, words: str) -> Iterator[_Match]:
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


def _name_match(asked: list[str], near: list[dict[str, float]], row: sqlite3.Row) -> _Match:
    """How close a name is to the words: every word asked for should be in it; what is more in it counts a little."""
    have = plain_words(row["shown"] or "")
    parts = tuple(max(chain((close.get(h, 0.0) for h in have), (0.0,))) for close in near)
    whole = fuzz.token_sort_ratio(" ".join(asked), " ".join(have))
    return _Match(row, 0.9 * sum(parts) / len(parts) + 0.1 * float(whole), parts)


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
    day = see.viewing.as_of.isoformat()
    for start in range(0, len(made), 500):
        part = list(made)[start : start + 500]
        rows = pages.execute(
            f"select person_id, field, value, agency, kind, access_base, other_base from said where person_id in ({', '.join('?' * len(part))}) "
            "and field in ('name', 'birth') and known_from_on <= ? and (known_until_on is null or known_until_on > ?) order by person_id, record_id",
            [*part, day, day],
        ).fetchall()
        for row in rows:
            called = made[row["person_id"]]
            if may_hear(row, see, reasons[row["person_id"]]):
                called.agencies.add(row["agency"])
                if row["field"] == "name":
                    called.name = called.name or row["value"]
                else:
                    called.birth = called.birth or row["value"]
    return made
