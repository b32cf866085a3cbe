"""How is a day that was worked out kept, for as long as it would be worked out alike?

A day is made from what was decided, from a build, from what the viewer began to write, and from the time. While none of these has changed since, whoever looks again is shown
what they were shown: for a minute at most, for limits end by the clock. It is kept in the memory of one process of the server, apart for each viewer and purpose.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from engage.casework.cases import drafts
from engage.casework.cases.seeing import Desk
from engage.casework.week.today import Today
from engage.governance import queries as access
from engage.store.area import Area


# So many days are kept: those of a team whose people all look within a minute.
MOST = 64


@dataclass(frozen=True)
class _Kept:
    # Held, so that another of the same identity cannot take their place.
    made_of: tuple[object, ...]
    day: Today


_days: OrderedDict[Hashable, _Kept] = OrderedDict()
_lock = threading.Lock()


def kept(desk: Desk, area: Area, since: datetime | None, whole: str, make: Callable[[], Today]) -> Today:
    """The day as it was made for this viewer when nothing was other than it is; else made now. Where it cannot be told whether something is (within a transaction, say) it is made."""
    see = desk.see
    decided = access.decided_so_far()
    if decided is None:
        return make()
    began = drafts.drafts(viewing=see.viewing)
    minute = see.viewing.at.replace(second=0, microsecond=0)
    made_of = (see.build, see.policy, area)
    key = (see.viewing.viewer, see.viewing.purpose, see.viewing.as_of, minute, since, whole, decided, began, *map(id, made_of))  # fmt: skip
    with _lock:
        found = _days.get(key)
    return found.day if found else _keep(key, _Kept(made_of, make()))


def _keep(key: Hashable, made: _Kept) -> Today:
    with _lock:
        # A build that is served no more, or a table of access that was changed, is not held on to.
        for old in [
            k
            for k, one in _days.items()
            if any(a is not b for a, b in zip(one.made_of, made.made_of, strict=True))
        ]:
            del _days[old]
        _days[key] = made
        while len(_days) > MOST:
            _days.popitem(last=False)
    return made.day


def forget() -> None:
    """Keep no day."""
    with _lock:
        _days.clear()
