"""Which rows do keys lead to, of what one viewer may see? Read from indexes only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engage.picture.search.tables import VAGUE_DAYS
from engage.picture.seeing import sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


ROWS_MOST = 20_000
OTHERWISE = 10
# For "if anybody had a reason".
SOMEBODY = frozenset({"*"})


_FOUND = "find.key as key, person_id, record_id, find.kind as kind, shown, access_base, other_base"


_ON_THE_DAY = "(known_until_on is null or known_until_on > ?)"


@dataclass(frozen=True)
class Wish:
    """What else is known of whom is looked for: days of birth (half-open), an agency's code, and whether a street is (`is_elsewhere`): who
    lives there is read besides, so that of all others those come first whose records have no address."""

    born_from: date | None = None
    born_until: date | None = None
    agency: str = ""
    is_elsewhere: bool = False


@dataclass(frozen=True)
class Match:
    """One row that was led to: how close its value is to what was typed (0 to 100) and, of a name, to each word of it."""

    row: sqlite3.Row
    closeness: float
    words: tuple[float, ...] = ()


class Index:
    """The key tables as one viewer may read them."""

    def __init__(self, viewing: Viewing, build: Build) -> None:
        self.pages, self.viewing, self.see = build.pages(), viewing, sight(viewing, build)
        self._may, self._may_parameters = self._may_clause()

    def rows(self, keys: Iterable[str]) -> Iterator[sqlite3.Row]:
        """What the keys lead to of what this viewer may see, in the order of the keys as words; read as it is asked for.

        A value that a source has since changed is still found: people are known by their old names. What may not be seen
        is left out here already, so that it cannot crowd out what may.
        """
        wanted = sorted(set(keys))
        return self._found(f"key in ({', '.join('?' * len(wanted))})", wanted)

    def beginning(self, key: str) -> Iterator[sqlite3.Row]:
        """What the keys that begin so lead to, of what this viewer may see."""
        return self._found("key >= ? and key < ?", [key, key + "\uffff"])

    def names_at(self, keys: Collection[str]) -> list[sqlite3.Row]:
        """Of persons (as the build laid them) whom the keys of places lead to, seen or not, the words of each name that anybody ever gave
        them; "" for who has no name. Whoever reads what is said of them decides on each, and tells nothing of the others."""
        sql = "select person_id, words from json_each(?) as wanted cross join name_at_place on name_at_place.key = wanted.value"
        return self.pages.execute(sql, [json.dumps(list(keys))]).fetchall()

    def tells_addresses(self) -> bool:
        """The viewer may hear of every address, as far as it is decided by where it stands: who has one is not of unknown address."""
        is_today = self.viewing.as_of >= self.see.build.info.as_of
        return is_today and all(self.see.may(base, "location", SOMEBODY) for base in self.see.bases)

    def names_of(self, person_ids: Iterable[str]) -> list[sqlite3.Row]:
        """All names ever said of these people; whoever reads them decides on each."""
        return self._said_of(person_ids, "field in ('name', 'alias', 'nickname', 'former', 'preferred')")

    def known_to(self, agency: str, person_ids: Iterable[str]) -> list[sqlite3.Row]:
        """The names, births and addresses that an agency says of these people on the day; whoever reads them decides on each."""
        which = f"agency = ? and field in ('name', 'birth', 'address') and {_ON_THE_DAY}"
        return self._said_of(person_ids, which, agency, self.viewing.as_of.isoformat())

    def births_of(self, person_ids: Iterable[str]) -> list[sqlite3.Row]:
        """The births that are said of these people on the day, and can be; whoever reads them decides on each."""
        which = f"field = 'birth' and is_valid = 1 and {_ON_THE_DAY}"
        return self._said_of(person_ids, which, self.viewing.as_of.isoformat())

    def addresses_of(self, person_ids: Iterable[str]) -> list[sqlite3.Row]:
        """All addresses ever said of these people; whoever reads them decides on each."""
        return self._said_of(person_ids, "field = 'address'")

    def _said_of(self, person_ids: Iterable[str], which: str, *parameters: str) -> list[sqlite3.Row]:
        sql = (
            "select person_id, record_id, kind, value as shown, value_key, access_base, other_base, known_until_on from said "
            f"where person_id in (select value from json_each(?)) and known_from_on <= ? and {which}"
        )
        bound = [json.dumps(sorted(person_ids)), self.viewing.as_of.isoformat(), *parameters]
        return self.pages.execute(sql, bound).fetchall()

    def person(self, row: sqlite3.Row) -> str:
        """Whose record it is today: people may have judged since the build."""
        return self.see.today.person(row["record_id"], str(row["person_id"]))

    def _found(self, which: str, parameters: Iterable[str]) -> Iterator[sqlite3.Row]:
        sql = f"select {_FOUND} from find where {which} and known_from_on <= ? and ({self._may}) limit ?"
        day = self.viewing.as_of.isoformat()
        return self.pages.execute(sql, [*parameters, day, *self._may_parameters, ROWS_MOST])

    def likely(self, keys: Iterable[str], wish: Wish, most: int) -> list[sqlite3.Row]:
        """Of what the keys lead to of what this viewer may see, so many rows: those that fit the wish first, then in the keys'
        order; none of whom every record says another birth. `off` says how far a row is from the wish: one for each thing that is not known
        or not this agency's, and OTHERWISE where its record has an address, when who lives on the street is read besides.

        Only which rows are read is decided so. Whether a person fits is told by all that the viewer may see of the person.
        """
        wanted, rows = json.dumps(list(keys)), list[sqlite3.Row]()
        # The viewer may not be allowed to know of the address: then it is not known.
        for is_placed in (0, 1) if wish.is_elsewhere else (None,):
            if len(rows) < most:
                rows += self._likely(wanted, wish, most - len(rows), is_placed)
        return rows

    def _likely(self, wanted: str, wish: Wish, most: int, is_placed: int | None) -> list[sqlite3.Row]:
        off, given = str(OTHERWISE if is_placed else 0), list[Any]()
        if wish.agency:
            bases = [base for base, (agency, *_rest) in self.see.bases.items() if agency == wish.agency]
            off += " + (access_base not in (select value from json_each(?)))"
            given.append(json.dumps(bases))
        which = "" if is_placed is None else f" and is_placed = {is_placed}"
        by, parts = "find_by_is_placed_key" if is_placed == 0 else "find_by_key", [("", 0, list[Any]())]
        if wish.born_from and wish.born_until:
            by, parts = "find_by_key_born", self._born(wish.born_from, wish.born_until)
        sql = " union all ".join(
            f"select {_FOUND}, {off} + {more} as off, wanted.key as at, find.rowid as place from json_each(?) as wanted cross join find "
            f"indexed by {by} on find.key = wanted.value{born}{which} where known_from_on <= ? and ({self._may})"
            for born, more, _days in parts
        )
        day = self.viewing.as_of.isoformat()
        bound = [
            one for _born, _more, days in parts for one in (*given, wanted, *days, day, *self._may_parameters)
        ]
        # As far off as all others, rows come in the keys' order by themselves, and no more are read than are wanted.
        order = " order by off, at, place" if wish.agency or wish.born_from else ""
        return self.pages.execute(f"{sql}{order} limit ?", [*bound, most]).fetchall()

    def _born(self, since: date, until: date) -> list[tuple[str, int, list[Any]]]:
        """Which names may be of somebody born in these days, each kind with how far off it is: of those then, of those of whom it is not
        known or records differ by years, and of persons who lost or gained a record since the build."""
        then = "born >= ? and born < ? and substr(born, 12) > ?"
        days, is_name = (
            [str(since - timedelta(VAGUE_DAYS)), str(until), str(since)],
            " and is_placed is not null",
        )
        parts = [(f"{is_name} and {then}", 0, days), (f"{is_name} and born is null", 1, list[Any]())]
        if changed := self.see.today.changed:
            otherwise = f"{is_name} and not ({then}) and find.person_id in (select value from json_each(?))"
            parts.append((otherwise, 1, [*days, json.dumps(sorted(changed))]))
        return parts

    def is_few(self, keys: Collection[str], most: int) -> bool:
        """The keys lead to no more rows than that, seen or not: read from the index alone."""
        sql = "select count(*) from (select 1 from json_each(?) as wanted cross join find on find.key = wanted.value limit ?)"
        return int(self.pages.execute(sql, [json.dumps(list(keys)), most + 1]).fetchone()[0]) <= most

    def count(self, part: str, most: int) -> int:
        """How many wholes a part leads to, so many at most: read from the index alone."""
        sql = "select count(*) from (select 1 from part where key = ? limit ?)"
        return int(self.pages.execute(sql, [part, most]).fetchone()[0])

    def wholes(self, part: str, most: int) -> list[str]:
        """The whole numbers, plates and places that a part leads to, at most so many; they lead to no person by themselves."""
        rows = self.pages.execute("select whole from part where key = ? limit ?", [part, most])
        return [whole for (whole,) in rows]

    def _may_clause(self) -> tuple[str, list[str | int]]:
        """The bases and kinds that are open to this viewer, those of registers only with somebody else's reason."""
        asks = self._asks()
        clauses, parameters = ["0"], []
        for agency, pairs in sorted(asks.items()):
            reason, more = self._reason_of_others(agency) if agency else ("1", [])
            clauses.append(f"({_among(pairs)} and {reason})")
            parameters += [*pairs, *more]
        if asked := [part for agency, pairs in sorted(asks.items()) if agency for part in pairs]:
            # Of whom a judgement changed since the build nothing is known here: whoever reads the rows decides on them.
            named = json.dumps(sorted({*self.see.named, *self.see.today.changed}))
            clauses.append(f"({_among(asked)} and find.person_id in (select value from json_each(?)))")
            parameters += [*asked, named]
        return " or ".join(clauses), parameters

    def _asks(self) -> dict[str, list[str | int]]:
        """The bases and kinds that are open to this viewer ("") or only with a reason of another than that agency."""
        nobody = frozenset[str]()
        asks: dict[str, list[str | int]] = {}
        for kind in [row[0] for row in self.pages.execute("select kind from find_kind").fetchall()]:
            for base, (agency, *_rest) in self.see.bases.items():
                if self.see.may(base, kind, nobody):
                    asks.setdefault("", []).extend((int(str(base)), kind))
                elif self.see.may(base, kind, SOMEBODY):
                    asks.setdefault(agency, []).extend((int(str(base)), kind))
        return asks

    def _reason_of_others(self, agency: str) -> tuple[str, list[str | int]]:
        day = self.viewing.as_of.isoformat()
        tells = [part for base, kind in sorted(self.see.tells) for part in (int(str(base)), kind)]
        known = _among(tells, "reason.") if tells else "0"
        exists = (
            "exists (select 1 from reason where reason.person_id = find.person_id and reason.agency <> ? and reason.known_from_on <= ? "
            f"and (reason.known_until_on is null or reason.known_until_on > ?) and {known})"
        )
        return exists, [agency, day, day, *tells]


def _among(pairs: Sequence[str | int], of: str = "") -> str:
    """The access base and kind are one of these pairs (a flat list)."""
    return f"({of}access_base, {of}kind) in (values {', '.join(['(?, ?)'] * (len(pairs) // 2))})"
