"""What does whoever opens a child's case look for first? How to speak with the child and the family, when they were seen, what child and parents say, who does not agree, and where the child is placed.

A danger from a parent is written on a form of its own and is not among what parents say as partners.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engage.casework.cases.plan import said, standing
from engage.casework.cases.rules import EntryShown
from engage.casework.forms.rules import YES


NEEDS, VISIT, WORDS, PARENTS, LOG, DISAGREEMENT, PLACED = (
    "communication_needs",
    "visit",
    "childs_words",
    "parents_view",
    "parents_log",
    "disagreement",
    "placement",
)
# Forms of moves and records on which it is asked whether anybody disagreed, and who.
ASKS_WHO_DISAGREED = (
    "plan_agreed",
    "strategy_record",
    "measures_agreed",
    "closure",
    "closure_of_concern",
    "closure_of_place",
)
FORMS = (NEEDS, VISIT, WORDS, PARENTS, LOG, DISAGREEMENT, PLACED, *ASKS_WHO_DISAGREED)


@dataclass(frozen=True)
class SaidLast:
    """Of what the viewer may read and nothing corrects, each form's entries, the last first."""

    needs: tuple[EntryShown, ...] = ()
    visits: tuple[EntryShown, ...] = ()
    words: tuple[EntryShown, ...] = ()
    parents: tuple[EntryShown, ...] = ()
    log: tuple[EntryShown, ...] = ()
    disagreed: tuple[EntryShown, ...] = ()
    placed: tuple[EntryShown, ...] = ()


# By which answer entries of a form are put in order: when it happened, and not when somebody came to write it.
_WHEN = {
    VISIT: "at",
    WORDS: "said_on",
    PARENTS: "said_on",
    LOG: "happened",
    DISAGREEMENT: "said_on",
    PLACED: "began_on",
}


def said_last(entries: Iterable[EntryShown]) -> SaidLast:
    """The entries that one looks for first."""
    known = sorted(
        standing(entries), key=lambda one: (happened(one) or one.at.isoformat(), one.number), reverse=True
    )
    disagreed = [one for one in known if one.form == DISAGREEMENT or said(one, "disagreed") == YES]
    return SaidLast(
        _of(known, NEEDS), _of(known, VISIT), _of(known, WORDS), _of(known, PARENTS), _of(known, LOG), tuple(disagreed),
        _of(known, PLACED),
    )  # fmt: skip


def happened(entry: EntryShown) -> str:
    """The day or moment of what is written, as a form keeps it; "" where it gives none."""
    return said(entry, _WHEN.get(entry.form, ""))


def _of(known: Iterable[EntryShown], form: str) -> tuple[EntryShown, ...]:
    return tuple(one for one in known if one.form == form)
