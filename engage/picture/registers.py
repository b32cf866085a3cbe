"""Who is the one person of whom a worker knows exactly this, where no search may show anybody?

Registers of everyone show nothing until there is a reason. A worker with one names the child exactly: a number, or every word
of a name with the day of birth. Nothing near is found, so that nobody reads a register by guessing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage.governance.policies import WORKER
from engage.picture.reading import may_hear
from engage.picture.search.names import with_exactly
from engage.picture.seeing import Sight, reasons_about, sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.letters import plain_words


_NAMES = ("name", "alias", "former", "preferred")
_COLUMNS = "person_id, record_id, kind, field, value, value_key, access_base, other_base"


@dataclass(frozen=True)
class Known:
    """What a worker knows of somebody: an NHS or pupil number, or the whole name with the day of birth."""

    name: str = ""
    born: date | None = None
    number: str = ""


def exactly(*, viewing: Viewing, build: Build, known: Known) -> frozenset[str]:
    """The ids of those of whom records say exactly this, as far as the viewer's reason would open those records."""
    pages, see = build.pages(), sight(viewing, build)
    # What a judgement put together may only be exact as a whole: of people changed since the build all are looked at.
    led = {p for p in _led(pages, known) if p not in see.today.changed} | see.today.changed
    found: set[str] = set()
    reasons = reasons_about(pages, led, see=see)
    for person in led:
        why = reasons[person] | {WORKER + viewing.viewer.user_id}
        rows = _open_rows(pages, person, viewing.as_of, see, why)
        if _is_number(known, rows) or _is_name(known, rows):
            found.add(person)
    return frozenset(found)


def _led(pages: sqlite3.Connection, known: Known) -> set[str]:
    """Everybody under the number as written or without its signs, or under a name of exactly these words."""
    number = known.number.strip().upper()
    if number:
        keys = {f"number:{number}", f"number:{_plain(number)}"}
    else:
        words = plain_words(known.name)
        keys = {f"name:{name}" for name in with_exactly(pages, words)} if words else set()
    marks = ", ".join("?" * len(keys))
    return {
        row[0] for row in pages.execute(f"select person_id from find where key in ({marks})", sorted(keys))
    }


def _open_rows(
    pages: sqlite3.Connection, person: str, day: date, see: Sight, why: frozenset[str]
) -> list[sqlite3.Row]:
    laid = see.today.laid_under([person])[person]
    rows = pages.execute(
        f"select {_COLUMNS} from said where person_id in ({', '.join('?' * len(laid))}) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)",
        [*laid, day.isoformat(), day.isoformat()],
    ).fetchall()
    mine = (row for row in rows if see.today.person(row["record_id"], row["person_id"]) == person)
    return [row for row in mine if may_hear(row, see, why)]


def _is_number(known: Known, rows: Iterable[sqlite3.Row]) -> bool:
    number = _plain(known.number)
    return bool(number) and any(r["kind"] == "identifier" and _plain(r["value_key"]) == number for r in rows)


def _is_name(known: Known, rows: Iterable[sqlite3.Row]) -> bool:
    """Some record gives the name with every word of it, and some record that day of birth."""
    words = sorted(plain_words(known.name))
    if known.number or not words or known.born is None:
        return False
    rows = list(rows)
    born = known.born.isoformat()
    is_named = any(r["field"] in _NAMES and sorted(plain_words(r["value"] or "")) == words for r in rows)
    return is_named and any(
        r["field"] == "birth" and (r["value_key"] or "").startswith(born + "/") for r in rows
    )


def _plain(number: str | None) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", number or "").upper()
