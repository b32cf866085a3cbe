"""Under which keys is a person found, however the name was spelt and whatever part of a number is known?

Six tables, all read by index only. Names are looked for among the distinct ones, of which there are far fewer than people:
spelling:     a key leads to the parts of names that anybody bears: `sound:` how it sounds, `less:` its first letters with up
              to two left out, `form:` the full names of which it is a short form
name_part:    a part of a name leads to the numbers of all names with it; so does a first letter with a star
written_name: the number of a name leads to its words
name_at_place: the key of a place leads to the words of each name of all who lived there
find:         a key leads to a person: `name:` the words of a whole name, `number:`, `phone:`, `plate:`, and `place:` a postcode,
              or an address, which is also found by how it begins
part:         four digits of a phone or three signs of a plate lead to the whole number; `place:` one word of an address to the
              whole address, and a postcode's district to the whole postcode
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from engage.picture.search.spelling import NUMBER_PART, PLACE_PART, PLATE_PART, spelling_keys
from engage.picture.search.tables import VAGUE_DAYS
from engage.store.steps import Step
from engage.vocabulary.letters import plain_words


SLICE = 200_000


def _make(connection: Any) -> None:
    """Make `name_as` (written, words): every distinct name that any record ever gave; and from it what names are found by."""
    connection.execute("create or replace temp table name_as (written varchar, words varchar)")
    named = connection.sql(f"select distinct value from said where {NAMED} order by value").to_arrow_table()
    distinct: set[str] = set()
    for batch in named.to_batches(SLICE):
        written = batch.column(0)
        words = [in_plain_letters(name) for name in written.to_pylist()]
        distinct.update(words)
        _insert(
            connection, "insert into name_as", {"written": written, "words": pa.array(words, pa.string())}
        )
    names = sorted(distinct - {""})
    parts = _parts_of(names)
    keys = [(key, word) for word in sorted(parts) if not word.endswith("*") for key in spelling_keys(word)]
    for table, columns in (
        ("written_name", {"name_number": pa.array(range(len(names)), pa.int64()), "words": pa.array(names, pa.string())}),
        ("name_part", {"part": pa.array(parts, pa.string()), "names": pa.array([a.tobytes() for a in parts.values()], pa.binary())}),
        ("spelling", {"key": pa.array([k for k, _ in keys], pa.string()), "word": pa.array([w for _, w in keys], pa.string())}),
    ):  # fmt: skip
        _insert(connection, f"create or replace table {table} as", columns, "order by 1, 2")


def in_plain_letters(name: str) -> str:
    """The words by which a name is found."""
    return " ".join(plain_words(name))


def _made(_connection: Any) -> None:
    """Made with `spelling`, of the same distinct names."""


def _parts_of(names: Iterable[str]) -> dict[str, array[int]]:
    """Each part of a name, and each first letter with a star: the numbers of the names with it, four bytes each, rising."""
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, name in enumerate(names):
        for part in {p for word in name.split() for p in (word, f"{word[0]}*")}:
            found[part].append(number)
    return dict(found)


def _insert(connection: Any, into: str, columns: dict[str, Any], order: str = "") -> None:
    connection.register("found_arrow", pa.table(columns))
    connection.execute(f"{into} select * from found_arrow {order}")
    connection.unregister("found_arrow")


def steps() -> Iterator[Step]:
    """The tables `written_name`, `name_part`, `spelling`, `name_at_place`, `find`, `find_kind` and `part`."""
    yield Step("spelling", call=_make)
    yield Step("written_name", call=_made)
    yield Step("name_part", call=_made)
    yield Step(
        "name_at_place",
        f"select distinct key, person_id, coalesce(words, '') as words from ({' union all by name '.join(_lives())}) left join (select person_id, words "
        f"from said s join name_as k on k.written = s.value where s.{NAMED} and k.words <> '') using (person_id) order by all",
    )
    yield Step(
        "find",
        f"select {_FOUND} from ({' union all by name '.join(_keys())}) order by key, person_id, record_id",
    )
    yield Step("find_kind", "select distinct kind from find order by kind")
    yield Step(
        "part", f"select distinct key, whole from ({' union all '.join(_parts())}) order by key, whole"
    )


NAMED = "field in ('name', 'alias', 'nickname', 'former', 'preferred')"
_FOUND = "key, person_id, record_id, kind, shown, born, is_placed, known_from_on, known_until_on, came, access_base, other_base"
_SAID = "s.person_id, s.record_id, s.kind, s.value as shown, s.known_from_on, s.known_until_on, s.came, s.access_base, s.other_base"
# A tie whose parts are guarded otherwise than its event or relationship is found on the person's page, not by searching.
_TIE = (
    "t.person_id, t.record_id, t.kind, t.label as shown, t.known_from_on, t.known_until_on, t.came, t.access_base, nullif(t.other_base, t.access_base) as other_base "
    "from tie t where coalesce(t.role_base, t.access_base) = t.access_base and coalesce(t.thing_base, t.access_base) = t.access_base"
)

_BIRTH = "field = 'birth' and is_valid = 1"
_FIRST, _LAST = "min(left(value_key, 10))", "max(substr(value_key, 12))"
_ADDRESS, _POSTCODE = "split_part(s.value_key, '|', 1)", "replace(split_part(s.value_key, '|', 2), ' ', '')"


def _keys() -> Iterator[str]:
    # Beside a name whose own record says a birth, then and now, stand the days of all births that are said of the person, so that of many namesakes
    # those are read who may have been born then; and whether the record has an address. An alias is guarded apart from the record.
    yield (
        f"select 'name:' || k.words as key, {_SAID}, case when s.field = 'name' and o.record_id is not null then b.born end as born, "
        "(s.field = 'name' and a.record_id is not null)::integer as is_placed from said s join name_as k on k.written = s.value "
        "left join (select distinct record_id from said where field = 'address' and known_until_on is null) a on a.record_id = s.record_id "
        f"left join (select record_id, min(known_from_on) as since from said where {_BIRTH} group by record_id having bool_or(known_until_on is null)) o "
        "on o.record_id = s.record_id and o.since <= s.known_from_on "
        f"left join (select person_id, {_FIRST} || '/' || {_LAST} as born from said where {_BIRTH} group by person_id having {_LAST}::date - {_FIRST}::date <= {VAGUE_DAYS}) b "
        f"on b.person_id = s.person_id where s.{NAMED} and k.words <> ''"
    )
    yield f"select 'number:' || s.value_key as key, {_SAID} from said s where s.kind = 'identifier'"
    yield f"select 'phone:' || s.value_key as key, {_SAID} from said s where s.kind = 'contact_point'"
    yield from _lives()
    yield f"select distinct 'plate:' || t.thing_key as key, {_TIE} and t.thing = 'vehicle'"
    yield f"select distinct 'phone:' || t.thing_key as key, {_TIE} and t.thing = 'phone' and t.through = 'event'"


def _lives() -> Iterator[str]:
    for key in (_ADDRESS, _POSTCODE):
        yield f"select 'place:' || {key} as key, {_SAID} from said s where s.field = 'address' and {key} <> ''"


def _parts() -> Iterator[str]:
    for word, table, column, size in (
        ("phone", "contact_point", "value", NUMBER_PART),
        ("plate", "vehicle", "plate", PLATE_PART),
    ):
        yield (
            f"select '{word}:' || substr(v, i::integer, {size}) as key, v as whole "
            f"from (select distinct {column} as v from {table} where {column} is not null and length({column}) >= {size}), "
            f"lateral (select unnest(range(1, length(v) - {size - 2})) as i)"
        )
    placed = "from said s where s.field = 'address'"
    yield (
        "select 'place:' || word as key, whole from (select whole, unnest(regexp_extract_all(lower(whole), '[a-z0-9]+')) as word "
        f"from (select distinct {_ADDRESS} as whole {placed})) where length(word) >= {PLACE_PART} and not regexp_full_match(word, '[0-9]+')"
    )
    # A postcode is a district and three signs.
    yield (
        "select 'place:' || left(whole, length(whole) - 3) as key, whole "
        f"from (select distinct {_POSTCODE} as whole {placed}) where length(whole) > 4"
    )
