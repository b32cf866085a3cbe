"""Who and what of concern is one person linked to, for one viewer's sight? The same as on the lists of concern, read from the child's end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engage.identities import assignments
from engage.networks.concern import PERSON, Key
from engage.networks.decided import decided
from engage.networks.remembering import seen
from engage.networks.rules import Link, OfConcern
from engage.networks.showing import Person, pages_of, people_of
from engage.picture.seeing import Sight
from engage.store.area import Area


@dataclass(frozen=True)
class Linked:
    """One person (today's id), how they are called, everybody and everything of concern that records link to them, each list in its order, with how these are
    called; and whether what ties the person themselves to children has a page for this viewer (`has_page`)."""

    person_id: str
    name: str
    found: tuple[tuple[OfConcern, tuple[Link, ...]], ...]
    people: Mapping[str, Person]
    labels: Mapping[Key, str]
    has_page: bool


def linked_to(see: Sight, area: Area, person_id: str) -> Linked | None:
    """All that is of concern and linked to somebody; None where the viewer may see nothing of them."""
    now = assignments.today(see.build, {person_id})[person_id]
    name = people_of(see, {now})[now].name
    known = seen(see, area)
    own = [line for line in known.lines if line.person_id == now]
    if not name and not own:
        return None
    found = tuple(
        (one, tuple(link for link in one.links if link.child == now))
        for some in known.concern.found.values()
        for one in some
        if now in one.children
    )
    people = people_of(see, {one.key for one, _links in found if one.kind == PERSON})
    has_page = pages_of(see, known, decided(see, known.shown))((PERSON, now))
    return Linked(now, name, found, people, known.labels, has_page)
