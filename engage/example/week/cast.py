"""Whom is the made-up team's week about? Found as the team finds them: on its own lists, by what its records hold."""

from __future__ import annotations

from dataclasses import dataclass

from engage.casework.cases import settling
from engage.example.week.office import Office
from engage.networks import queries as networks
from engage.networks.showing import Part
from engage.picture import queries as picture
from engage.picture.missing import queries as missing
from engage.picture.seeing import sight
from engage.picture.worklist import queries as worklist
from engage.picture.worklist.rules import age


CHILDREN = 14


@dataclass(frozen=True)
class Cast:
    """`pair`: two children who were missing together; `children`: others of the worklist, in its order; `concern`: grown-ups whom records link to children;
    `places`: places that link them, each by its code, and how it is called."""

    pair: tuple[str, ...]
    children: tuple[str, ...]
    concern: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


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
    part = Part(0, 6)
    listed_people = networks.concern_list(
        viewing=viewing, **where, family="people", part=Part(0, 30), apart=part
    ).found
    # Of whom no birth is known, or whom a record accuses of something before they were 18, could not be taken on before social care agrees.
    known = picture.how_called(
        viewing=viewing, build=office.build, person_ids=[one.key for one in listed_people]
    )
    aged = (one.key for one in listed_people if age(known[one.key].born, viewing.as_of) is not None)
    see = sight(viewing, office.build)
    people = [key for key in aged if settling.was_grown_up(see, key, viewing.as_of, ()) is not False][:6]
    places = networks.concern_list(viewing=viewing, **where, family="places", part=part, apart=part)
    named = tuple((one.key, places.labels.get((one.kind, one.key), one.label)) for one in places.found)
    return Cast(pair, tuple([*young, *rest][:CHILDREN]), tuple(people), named)
