"""Whose lines are a child's, by what one viewer may know today? A build says it of each line by the birth that was known best then.

Two things it cannot say. Of whom no birth is known it takes each record's word for that record alone: somebody who is a child by one of them, or bears
signs that only children bear, is none of the grown-ups in any. And a judgement since may have made a grown-up's records a child's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from engage.networks.rules import Line
from engage.picture.indicators.views import words
from engage.picture.missing.ages import Births, births_of, may_be_child
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about


def as_children(see: Sight, lines: Iterable[Line], children: Collection[str]) -> list[Line]:
    """The same lines, those of whoever is or may have been a child then as a child's. `lines`: all of these people; `children`: those with signs of harm
    or exposure."""
    known = list(lines)
    births = _births(see, {line.person_id for line in known} & see.today.changed)
    minors = {line.person_id for line in known if line.is_child or _is_called_so(line)}.union(children)
    return [
        replace(line, is_child=True) if not line.is_child and _may_be(see, line, minors, births) else line
        for line in known
    ]


def _may_be(see: Sight, line: Line, minors: Collection[str], births: dict[str, Births]) -> bool:
    """Of whom a judgement changed the age that was laid out is another's, perhaps."""
    told = may_be_child(births.get(line.person_id, ()), line.on or see.viewing.as_of)
    is_known = line.age is not None and line.person_id not in births
    return told or (told is None and not is_known and line.person_id in minors)


def _is_called_so(line: Line) -> bool:
    return line.how.lower() in words()["children"]


def _births(see: Sight, people: Collection[str]) -> dict[str, Births]:
    """Every birth of these that the viewer may know."""
    if not people:
        return {}
    pages, wanted = see.build.pages(), sorted(people)
    found = called(pages, wanted, see, reasons_about(pages, wanted, see=see))
    return {person: births_of(one) for person, one in found.items()}
