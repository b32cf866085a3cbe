"""Which place is meant by what somebody wrote, as far as they may know of it?"""

from __future__ import annotations

from engage.casework.cases.rules import MoveRefused
from engage.picture.seeing import Sight
from engage.records import normal
from engage.vocabulary.words import N_


_AT_PLACE = """
    select access_base, other_base, kind from tie where thing <> 'person' and thing = 'place' and thing_key = ? and known_from_on <= ?
    union all select access_base, other_base, kind from unpeopled_thing where thing = 'place' and thing_key = ? and known_from_on <= ?
"""


def place_seen(see: Sight, said: str) -> str:
    """The key of a place at which something is recorded that the viewer may see: as said, or that of an address without a postcode. Raises MoveRefused, in the same words
    whether there is none or it is not theirs to see."""
    day = see.viewing.as_of.isoformat()
    for key in (said, f"{normal.address_key(said)}|"):
        rows = see.build.pages().execute(_AT_PLACE, [key, day, key, day])
        is_seen = any(
            see.hears(row["access_base"], row["other_base"], row["kind"], frozenset()) for row in rows
        )
        if is_seen and not see.bars.hides_place(key, ""):
            return key
    raise MoveRefused(
        N_("Nothing that you may see is recorded at this place."),
        remedy=N_("Write it as it stands on its page."),
    )
