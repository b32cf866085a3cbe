"""Which rows do keys lead to, of what one viewer may see? Read from indexes only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engage.picture.seeing import named_reasons, sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


ROWS_MOST = 20_000


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
        self.moved = {record: now for record, (_before, now) in self.see.today.moved.items()}
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

    def wholes(self, part: str, most: int) -> list[str]:
        """The whole numbers, plates and places that a part leads to, at most so many; they lead to no person by themselves."""
        rows = self.pages.execute("select whole from part where key = ? limit ?", [part, most])
        return [str(row["whole"]) for row in rows]

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
        # Of whom a judgement changed since the build nothing is known here: whoever reads the rows decides on them.
        named = sorted({*named_reasons(self.see.build), *self.see.today.changed})
        day = self.viewing.as_of.isoformat()
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
