"""How does the database itself refuse that what was decided is changed or lost? The statements that make it so, for SQLite and PostgreSQL; migrations run them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


REFUSAL = "what was decided is kept: a row is never changed or deleted"


@dataclass(frozen=True)
class Kept:
    """A table whose rows are kept. `key`: its primary key; `same`: the columns that never change (all, where empty: then no row is ever changed); `unless`: a condition in SQL on
    `old` and `new` under which a change is refused besides."""

    table: str
    key: str = "seq"
    same: Sequence[str] = ()
    unless: str = ""
    refusal: str = REFUSAL

    def statements(self, vendor: str) -> list[str]:
        """What to run, by the database's name for itself."""
        return self._sqlite() if vendor == "sqlite" else self._postgresql()

    @property
    def _changed(self) -> str:
        parts = [
            *(f"old.{column} <> new.{column}" for column in self.same),
            *([self.unless] if self.unless else []),
        ]
        return " or ".join(parts)

    def _sqlite(self) -> list[str]:
        refuse = f"begin select raise(abort, '{self.refusal}'); end"
        when = f"when {self._changed} " if self.same else ""
        return [
            f"create trigger {self.table}_no_update before update on {self.table} {when}{refuse}",
            f"create trigger {self.table}_no_delete before delete on {self.table} {refuse}",
            f"create trigger {self.table}_no_replace before insert on {self.table} when exists (select 1 from {self.table} where {self.key} = new.{self.key}) {refuse}",
        ]

    def _postgresql(self) -> list[str]:
        run = f"execute function {self.table}_refuse()"
        when = f"when ({self._changed}) " if self.same else ""
        return [
            f"create function {self.table}_refuse() returns trigger language plpgsql as $$ begin raise exception '{self.refusal}'; end $$",
            f"create trigger {self.table}_no_update before update on {self.table} for each row {when}{run}",
            f"create trigger {self.table}_no_delete before delete on {self.table} for each row {run}",
            f"create trigger {self.table}_no_truncate before truncate on {self.table} for each statement {run}",
        ]


def statements(tables: Collection[Kept], vendor: str) -> list[str]:
    """What to run for all of these tables."""
    return [statement for table in tables for statement in table.statements(vendor)]
