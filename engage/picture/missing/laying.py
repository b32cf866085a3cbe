"""How are the places in reports of missing children laid out from the exchange tables?"""

from __future__ import annotations

from collections.abc import Iterator

from engage.picture.laying.versions import with_base
from engage.picture.missing.tables import KINDS
from engage.store.steps import Step


_END = "coalesce({a}.known_until_on, date '9999-01-01')"
# The event's own place as it was known when the event was, and places that have a part in it.
_PLACES = f"""
    with away as (
        select e.record_id, e.location_record_id, e.known_from_on, e.known_until_on, b.access_base
        from event e {with_base("e")}
        where e.{KINDS}
    ), part as (
        select record_id, 'at' as how, location_record_id, known_from_on, known_until_on, access_base, null::integer as thing_base
        from away where location_record_id is not null
        union all
        select a.record_id, r.role, r.thing_record_id, greatest(a.known_from_on, r.known_from_on), least(a.known_until_on, r.known_until_on),
            a.access_base, b.access_base
        from away a join role r on r.event_record_id = a.record_id and r.thing = 'location' and r.known_from_on < {_END.format(a="a")}
            and a.known_from_on < {_END.format(a="r")}
        {with_base("r")}
    )
    select p.record_id, p.how, l.place, l.place_key, g.easting, g.northing, p.known_from_on::varchar as known_from_on,
        p.known_until_on::varchar as known_until_on, p.access_base, l.access_base as place_base, p.thing_base
    from part p join place_of l on l.record_id = p.location_record_id and l.known_from_on <= p.known_from_on and {_END.format(a="l")} > p.known_from_on
    join location g on g.record_id = l.record_id and g.known_from_on = l.known_from_on
    where l.place is not null order by p.record_id, p.how, l.place_key, p.known_from_on
"""


def steps() -> Iterator[Step]:
    """The table of `missing.tables`. `place_of` of the picture must be there."""
    yield Step("missing_place", _PLACES)
