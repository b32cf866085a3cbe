"""Which moves did a case make, and how is each called?"""

from __future__ import annotations

from collections.abc import Iterable

from engage.casework.cases.models import CaseMove
from engage.casework.cases.rules import Head, MoveMade
from engage.vocabulary.words import N_


OPENED, _IDENTIFIED = N_("Opened"), N_("Said whom it is about")


def moves_of(head: Head, rows: Iterable[CaseMove]) -> list[MoveMade]:
    """The moves of a case in their order, under the titles of the table of moves."""
    titles = {move.code: move.title for move in head.lifecycle.moves} | {"identified": _IDENTIFIED}
    return [
        MoveMade(
            row.number, row.move, titles.get(row.move, OPENED), row.from_state, row.to_state, row.entry, row.said_by, row.said_by_name, row.agency,
            row.said_at,
        )
        for row in rows
    ]  # fmt: skip
