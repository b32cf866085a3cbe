"""Whom is the made-up team's week about? Found as the team finds them: on its own lists, by what its records hold."""

from __future__ import annotations

from dataclasses import dataclass

from engage.example.week.office import Office
from engage.networks import queries as networks
from engage.networks.showing import Part
from engage.picture.missing import queries as missing
from engage.picture.worklist import queries as worklist


CHILDREN = 12


@dataclass(frozen=True)
class Cast:
    """`pair`: two children who were missing together; `children`: others of the worklist, in its order; `concern`: grown-ups whom records link to children;
    `place`: a place that links them, by its code, and how it is called."""

    pair: tuple[str, ...]
    children: tuple[str, ...]
    concern: tuple[str, ...]
    place: tuple[str, str] | None


def cast(office: Office) -> Cast:
    """Those whom the lists name today."""
    viewing, where = office.as_("manager"), office.where
    pairs = missing.together(viewing=viewing, build=office.build).pairs
    pair = (pairs[0].one, pairs[0].other) if pairs else ()
    listed = worklist.worklist(viewing=viewing, **where).rows
    young = [
        row.person_id for row in listed if row.age is not None and row.age < 18 and row.person_id not in pair
    ]
    rest = [row.person_id for row in listed if row.person_id not in (*pair, *young)]
    part = Part(0, 5)
    people = networks.concern_list(viewing=viewing, **where, family="people", part=part, apart=part).found
    places = networks.concern_list(viewing=viewing, **where, family="places", part=part, apart=part)
    place = next(((one.key, places.labels.get((one.kind, one.key), one.label)) for one in places.found), None)
    return Cast(pair, tuple([*young, *rest][:CHILDREN]), tuple(one.key for one in people), place)
