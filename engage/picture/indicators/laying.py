"""How do the steps of the catalogue become rows of `evidence`? Each is run on the views, for children only, and gives records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engage.picture.indicators import views
from engage.picture.indicators.catalogue import load
from engage.picture.indicators.rules import Indicator
from engage.store.sql import literal
from engage.store.steps import Progress, Step, silent


# A step's row may rest on a further record as well: the column `also`, a whole row of a view. Where that is of somebody else it says how old they
# are, and so rests on the record of their birth. That somebody is a child is known since some record gave a birth by which they were.
_IS_OTHER = "f.also.person_id <> f.person_id"
_ALSO = (
    f"greatest(f.known_from_on, f.born_known_on, f.also.known_from_on, case when {_IS_OTHER} then f.also.birth_known_on end) as known_from_on, "
    "least(f.known_until_on, f.also.known_until_on, f.child_until_on) as known_until_on"
)
_MEET = "f.also is null or (f.known_from_on < coalesce(f.also.known_until_on, '9999') and f.also.known_from_on < coalesce(f.known_until_on, '9999'))"
_OTHERS_MOST = 3
# What happened when nobody was known to be a child, or to somebody grown up, is no evidence about a child; it was one as long as a birth that
# was corrected since made them one.
_FOUND = f"""
    select f.person_id, f.person_record_id, f.indicator, f.record_id, f.day::varchar as happened_on, f.agency, f.from_sign, f.until_sign, f.text_key, f.theme,
        f.from_sign is not null as is_told, $against as is_against, f.also.record_id as other_record_id,
        case when {_IS_OTHER} then f.also.person_id end as other_person_id,
        case when {_IS_OTHER} then f.also.person_record_id end as other_person_record_id, {{same}}::varchar as same, {_ALSO},
        list_sort(list_distinct(f.rests || coalesce(f.also.rests, []) || case when {_IS_OTHER} and f.also.birth_rest is not null then [f.also.birth_rest] else [] end)) as rests
    from (select * from ({{sql}})) f where (f.is_child or f.child_until_on is not null) and ({_MEET})
    qualify row_number() over (partition by f.indicator, f.person_record_id, f.record_id, f.from_sign, {{same}}, f.known_from_on, f.also.rests, f.also.birth_rest order by f.also.known_until_on is not null, f.also.known_from_on, f.also.record_id) <= {_OTHERS_MOST}
        or row_number() over (partition by f.indicator, f.person_record_id, f.record_id, f.from_sign, {{same}}, f.known_from_on, f.also.rests, f.also.birth_rest order by f.also.known_from_on, f.also.record_id) <= {_OTHERS_MOST}
"""
EMPTY = """
    create or replace table evidence_found (person_id varchar, person_record_id varchar, indicator varchar, record_id varchar, happened_on varchar,
        agency varchar, from_sign integer, until_sign integer, text_key varchar, theme varchar, is_told boolean, is_against boolean, other_record_id varchar, other_person_id varchar, other_person_record_id varchar, same varchar, known_from_on varchar,
        known_until_on varchar, rests varchar[])
"""
_RESTS = "select row_number() over (order by rests)::integer as access_set, rests from (select distinct rests from evidence_found)"
_EVIDENCE_ACCESS = """
    select access_set, split_part(rest, ' ', 1)::integer as access_base, split_part(rest, ' ', 2) as kind
    from (select access_set, unnest(rests) as rest from evidence_rests) order by all
"""
_EVIDENCE = """
    select f.* exclude (rests, is_told, is_against), is_told::integer as is_told, is_against::integer as is_against, r.access_set from evidence_found f join evidence_rests r using (rests)
    order by person_id, indicator, happened_on, record_id, from_sign, other_record_id
"""
WORKING = (*views.WORKING, "evidence_found", "evidence_rests")


def finding(folder: Path | None, progress: Progress = silent) -> Iterator[Step]:
    """The views, and `evidence_found` of all indicators but those that are found in links between people: a later stage adds these, with `find_linked`.
    `folder`: where the area adds indicators of its own."""
    yield from views.steps()

    def make(connection: Any) -> None:
        connection.execute(EMPTY)
        find(connection, (one for one in load(folder).values() if not one.is_linked), progress)

    yield Step("evidence_found", call=make)


def find_linked(connection: Any, folder: Path | None, progress: Progress = silent) -> None:
    """Add to `evidence_found` what is found in the views of links between people."""
    find(connection, (one for one in load(folder).values() if one.is_linked), progress)


def laying_down() -> Iterator[Step]:
    """The tables `evidence` and `evidence_access`."""
    yield Step("evidence_rests", _RESTS)
    yield Step("evidence_access", _EVIDENCE_ACCESS)
    yield Step("evidence", _EVIDENCE)


def find(connection: Any, indicators: Iterable[Indicator], progress: Progress = silent) -> None:
    """Run each computed indicator's step on the views; add to `evidence_found`. What texts say against it is found by its themes."""
    found = [one for one in indicators if one.is_computed or one.themes]
    themes = [(one.code, theme) for one in found for theme in one.themes]
    if themes:
        _insert(connection, _against(themes), is_against=True)
    for one in found:
        if one.is_computed:
            _insert(
                connection, f"select *, {literal(one.code)} as indicator from ({one.sql})", is_against=False
            )
        progress(one.code, 0)


def _against(themes: Iterable[tuple[str, str]]) -> str:
    """What texts say is not so, of all indicators at once: to plan a statement for each takes longer than to run it."""
    named = ", ".join(f"({literal(code)}, {literal(theme)})" for code, theme in themes)
    return (
        f"select t.*, i.indicator from told_of t join (values {named}) i(indicator, theme) using (theme) "
        "where polarity = 'negated' and is_about"
    )


def _insert(connection: Any, sql: str, *, is_against: bool) -> None:
    """A step's rows, with what it does not name."""
    names = {row[0] for row in connection.execute(f"describe {sql}").fetchall()}
    whole = sql if "also" in names else f"select *, {_NOTHING_ALSO} as also from ({sql})"
    made = _FOUND.format(sql=whole, same="f.same" if "same" in names else "null")
    known = f"from ({made}) where known_from_on < coalesce(known_until_on, '9999')"
    connection.execute(f"insert into evidence_found by name {known}", {"against": is_against})


_NOTHING_ALSO = "null::struct(person_id varchar, person_record_id varchar, record_id varchar, known_from_on varchar, known_until_on varchar, rests varchar[], birth_rest varchar, birth_known_on varchar)"
