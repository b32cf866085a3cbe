"""Who holds a piece of a child's picture because the child is placed there? The authority that placed the child, the one in whose area the child lives, and the home, as somebody wrote them by hand.

What records say of a placement is read with the records (holders.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engage.casework.cases import placed
from engage.casework.cases.placed import Placed
from engage.casework.meetings.holders import NAMED, Holder
from engage.casework.meetings.kinds.reading import seats
from engage.picture.seeing import Sight
from engage.store.area import Area


Held = Mapping[str, tuple[Holder, ...]]


def with_placements(see: Sight, area: Area, held: Held, from_on: date) -> dict[str, tuple[Holder, ...]]:
    """By person, who holds records of them and besides these whoever placed them, has them in its area or is their home since a day, each once."""
    written = placed.of_people(see, held)
    found = dict(held)
    for person, some in written.items():
        since = [one for one in some if one.was_since(from_on)]
        found[person] = tuple(_together((*held[person], *_named(area, since))))
    return found


def _named(area: Area, some: Iterable[Placed]) -> Iterator[Holder]:
    by_title = {agency.title.lower(): agency for agency in area.agencies.values()}
    for one in some:
        for name, member in ((one.responsible, _AUTHORITY), (one.host, _AUTHORITY), (one.home, "home")):
            own = by_title.get(name.lower())
            if own:
                yield Holder(own.code, seats().of_agency(own.kind), NAMED)
            elif name:
                yield Holder(one.agency, member, NAMED, holder=name)


_AUTHORITY = "neighbouring_area"


def _together(some: Iterable[Holder]) -> Iterator[Holder]:
    """Each agency and each named body once, however its name is written."""
    known: set[tuple[str, str]] = set()
    for one in some:
        key = (one.member, one.holder.lower()) if one.holder else ("", one.agency)
        if one.basis != NAMED or key not in known:
            yield one
        known.add(key)
