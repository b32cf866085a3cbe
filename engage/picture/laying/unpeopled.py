"""How are events and texts laid out in which no person has a part that records hold? Nobody's page shows them; whoever watches a thing is told."""

from __future__ import annotations

from collections.abc import Iterator

from engage.picture.laying.steps import ALONE, PARTS, THINGS, WHEN
from engage.picture.laying.versions import based, known, meet, source, then, together
from engage.store.steps import Step


_NOBODY = "not exists (select 1 from had_part r where r.event_record_id = {event})"
# As rows of the chronology, but for the person and the person's part.
_UNPEOPLED = f"""
    select 'event' as fact, e.event_record_id, e.kind, e.category, e.title, e.outcome, e.recorded_by, e.details, e.happened_from_at, e.happened_until_at,
        e.happened_precision, e.happened_text, e.until_precision, e.place, e.narrative, e.grade, e.handling, {source("e")}, {known("e")}, null::integer as event_base,
        e.narrative_base, e.place_base
    from told_event e where {_NOBODY.format(event="e.event_record_id")}
    union all by name
    select 'narrative' as fact, n.record_id as event_record_id, 'note' as kind, null::varchar as category, e.title, null::varchar as outcome,
        n.author as recorded_by, null::varchar as details, {WHEN}, null::varchar as until_precision, null::varchar as place, n.text as narrative, n.grade, n.handling, {source("n")}, {known("n")},
        e.access_base as event_base, n.access_base as narrative_base, null::integer as place_base
    from {based("narrative")} n left join {based("event")} e on e.record_id = n.event_record_id and {then("e", "n")}
    where {ALONE} and {_NOBODY.format(event="n.event_record_id")}
        and not exists (select 1 from person_of_record p where p.record_id = n.person_record_id)
    order by event_record_id
"""


def steps() -> Iterator[Step]:
    """The tables `unpeopled` and `unpeopled_thing`, after the chronology."""
    yield Step("unpeopled", _UNPEOPLED)
    yield Step("unpeopled_thing", " union all ".join(map(_of_thing, THINGS)) + " order by thing_key")


def _of_thing(one: tuple[str, str, str, str, str]) -> str:
    thing, exchange, key, label, table = one
    return (
        f"select e.event_record_id, '{thing}' as thing, {key} as thing_key, {label} as label, '{exchange}' as kind, e.kind as event_kind, e.agency, "
        f"{together('e', 't', 'o')}, e.access_base, o.access_base as other_base, t.access_base as thing_base from ({PARTS}) t "
        f"join told_event e on e.event_record_id = t.event_record_id and {meet('e', 't')} "
        f"join {table} o on o.record_id = t.thing_record_id and {meet('o', 't')} and {meet('o', 'e')} "
        f"where t.thing = '{exchange}' and {key} is not null and {_NOBODY.format(event='e.event_record_id')}"
    )
