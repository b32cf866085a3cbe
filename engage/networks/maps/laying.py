"""How are the places of events of concern, and where each place is, laid out from the exchange tables?"""

from __future__ import annotations

from collections.abc import Iterator

from engage.networks.maps.tables import CONCERN_KINDS
from engage.picture.laying.versions import based, meet, overlap, then
from engage.store.steps import Step


# The event's own place as it was known when the event was, and places that have a part in it.
_EVENT_PLACE = f"""
    with told as (select record_id, location_record_id, known_from_on, known_until_on, access_base from {based("event")} e where e.{CONCERN_KINDS}), part as (
        select record_id, 'at' as how, location_record_id, known_from_on, known_until_on, access_base, null::integer as thing_base
        from told where location_record_id is not null
        union all
        select t.record_id, r.role, r.thing_record_id, greatest(t.known_from_on, r.known_from_on), least(t.known_until_on, r.known_until_on), t.access_base, r.access_base
        from told t join {based("role")} r on r.event_record_id = t.record_id and r.thing = 'location' and {meet("t", "r")}
    )
    select p.record_id, p.how, l.place, l.place_key, p.known_from_on::varchar as known_from_on, p.known_until_on::varchar as known_until_on, p.access_base,
        l.access_base as place_base, p.thing_base
    from part p join place_of l on l.record_id = p.location_record_id and {then("l", "p")}
    where l.place_key is not null order by p.record_id, p.how, l.place_key, p.known_from_on
"""
# Where people live and nothing else happened is no part of it: how often somebody's home is on record is nobody's question here.
_SITE = f"""
    with there as (
        select location_record_id as record_id from event where location_record_id is not null
        union select thing_record_id from role where thing = 'location'
    )
    select distinct l.place_key, lower(l.kind) as place_kind, (l.name is not null)::integer as is_named, g.easting, g.northing, {overlap("l")}, l.access_base
    from place_of l semi join there using (record_id) join location g on g.record_id = l.record_id and g.known_from_on = l.known_from_on
    where l.place_key is not null order by all
"""


def steps() -> Iterator[Step]:
    """The tables of `maps.tables`. `place_of` of the picture must be there."""
    yield Step("event_place", _EVENT_PLACE)
    yield Step("site", _SITE)
