"""How is a person found, misspelt, by nickname, or by part of a number, without reading every row?

The words give keys; keys give candidates from an index; candidates are put in order by how close the value found is to the
words. Closeness is about the words and the value, never about the person.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from engage.picture.finding import NUMBER_PART, PLATE_PART, name_keys
from engage.picture.rules import Found, SearchResult
from engage.picture.seeing import Sight, reasons, sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.letters import plain_words


SHOWN_MOST = 50
ROWS_OF_A_KEY = 3000
NAME_CLOSE_ENOUGH = 62.0


@dataclass
class _Hit:
    """The closest value found for one person."""

    closeness: float
    shown: str
    agency: str


def search(*, viewing: Viewing, build: Build, words: str) -> SearchResult:
    """Who is found by the words, closest first."""
    pages = build.pages()
    see = sight(viewing, build)
    rows = [
        (row, closeness) for key, closeness in _exact_keys(pages, words) for row in _rows(pages, key, viewing)
    ]
    rows += [
        (row, _name_closeness(words, row["shown"]))
        for key in _name_keys(words)
        for row in _rows(pages, key, viewing)
    ]
    rows = [(row, closeness) for row, closeness in rows if closeness >= NAME_CLOSE_ENOUGH]
    why = reasons(pages, (row["person_id"] for row, _ in rows), viewing=viewing)
    hits: dict[str, _Hit] = {}
    for row, closeness in rows:
        person = row["person_id"]
        if see.may(row["access_base"], row["kind"], why[person]) and closeness > getattr(
            hits.get(person), "closeness", 0.0
        ):
            hits[person] = _Hit(closeness, row["shown"] or "", see.bases[row["access_base"]][0])
    return _result(words, hits, pages, see, viewing)


def _result(
    words: str, hits: dict[str, _Hit], pages: sqlite3.Connection, see: Sight, viewing: Viewing
) -> SearchResult:
    closest = sorted(hits, key=lambda p: (-hits[p].closeness, hits[p].shown, p))[: SHOWN_MOST + 1]
    called = _called(pages, closest, see, viewing)
    found = [
        Found(
            p,
            called[p].name,
            called[p].birth,
            tuple(sorted(called[p].agencies)),
            hits[p].shown,
            hits[p].agency,
            round(hits[p].closeness, 1),
        )
        for p in closest
    ]
    found.sort(key=lambda f: (-f.closeness, f.name.lower(), f.person_id))
    return SearchResult(words, tuple(found[:SHOWN_MOST]), len(closest) > SHOWN_MOST)


def _rows(pages: sqlite3.Connection, key: str, viewing: Viewing) -> list[sqlite3.Row]:
    """What a key leads to. A value that a source has since changed is still found: an old surname is how people are known."""
    sql = "select person_id, record_id, kind, shown, access_base from find where key = ? and known_from_on <= ? limit ?"
    return pages.execute(sql, [key, viewing.as_of.isoformat(), ROWS_OF_A_KEY]).fetchall()


def _exact_keys(pages: sqlite3.Connection, words: str) -> list[tuple[str, float]]:
    """Keys of numbers, plates and places in the words: the whole of one is closer than a part of one."""
    compact = re.sub(r"[^A-Za-z0-9?]", "", words).upper()
    digits = re.sub(r"\D", "", words)
    keys = [(f"number:{compact}", 100.0), (f"number:{words.strip().upper()}", 100.0)]
    if len(digits) >= NUMBER_PART and len(digits) >= len(compact) - 1:
        keys += [(f"phone:{_national(digits)}", 100.0), *_by_part(pages, "phone", digits, NUMBER_PART)]
    if re.search(r"[A-Z]", compact) and re.search(r"\d", compact) and len(compact) <= 8:
        keys += [
            (f"plate:{compact}", 100.0),
            (f"place:{compact}", 95.0),
            *_by_part(pages, "plate", compact.replace("?", ""), PLATE_PART),
        ]
    address = " ".join(re.findall(r"[a-z0-9]+", words.lower()))
    keys.append((f"place:{address}", 98.0))
    numbered = re.search(r"\d+[a-z]? [a-z]+", address)
    if numbered:
        keys.append((f"place:{numbered.group()}", 90.0))
    return list(dict.fromkeys(keys))


def _national(digits: str) -> str:
    return "0" + digits[2:] if digits.startswith("44") else digits


def _by_part(pages: sqlite3.Connection, word: str, part: str, size: int) -> list[tuple[str, float]]:
    """Whole numbers that hold the part: those under its first piece, tested for the rest."""
    if len(part) < size:
        return []
    rows = pages.execute(
        "select distinct shown from find where key = ? limit ?", [f"part-{word}:{part[:size]}", ROWS_OF_A_KEY]
    ).fetchall()
    return [
        (f"{word}:{row['shown']}", 80.0 + min(19.0, len(part)))
        for row in rows
        if part in row["shown"] and part != row["shown"]
    ]


def _name_keys(words: str) -> list[str]:
    if not plain_words(words):
        return []
    return [*name_keys(words), *(f"form:{word}" for word in plain_words(words))]


def _name_closeness(words: str, shown: str | None) -> float:
    """How close a name is to the words, 0 to 100: letters in any order of the parts; every part asked for should be there."""
    asked, have = plain_words(words), plain_words(shown or "")
    if not asked or not have:
        return 0.0
    parts = [max(fuzz.ratio(a, h) for h in have) for a in asked]
    whole = fuzz.token_sort_ratio(" ".join(asked), " ".join(have))
    return 0.85 * sum(parts) / len(parts) + 0.15 * whole


def names_of(
    pages: sqlite3.Connection, person_ids: Iterable[str], see: Sight, viewing: Viewing
) -> dict[str, str]:
    """The name of each person of whom the viewer may see one."""
    called = _called(pages, sorted(set(person_ids)), see, viewing)
    return {person: how.name for person, how in called.items() if how.name}


@dataclass
class _Called:
    """How a person is called, as far as the viewer may know, and by whom."""

    name: str
    birth: str
    agencies: set[str]


def _called(
    pages: sqlite3.Connection, person_ids: Sequence[str], see: Sight, viewing: Viewing
) -> dict[str, _Called]:
    made = {person: _Called("", "", set()) for person in person_ids}
    why = reasons(pages, person_ids, viewing=viewing)
    day = viewing.as_of.isoformat()
    for person, called in made.items():
        rows = pages.execute(
            "select field, value, agency, kind, access_base from said where person_id = ? and field in ('name', 'birth') and known_from_on <= ? "
            "and (known_until_on is null or known_until_on > ?) order by record_id",
            [person, day, day],
        ).fetchall()
        for row in rows:
            if see.may(row["access_base"], row["kind"], why[person]):
                called.agencies.add(row["agency"])
                if row["field"] == "name":
                    called.name = called.name or row["value"]
                else:
                    called.birth = called.birth or row["value"]
    return made
