"""Under which keys is a person found, however the name was spelt and whatever part of a number is known?

Three tables, all read by index only:
find:     a key leads to a person: `name:` one part of a name, `number:`, `phone:`, `plate:`, and `place:` a postcode, or an
          address, which is also found by how it begins
spelling: a key leads to the parts of names that anybody bears: `sound:` how it sounds (by two rules, since each hears some
          names that the other does not: Kristofer by NYSIIS only), `first:` and `last:` its first and last
          three letters (one wrong letter leaves one of the two), `form:` the full names of which it is a short form
part:     four digits of a phone or three signs of a plate lead to the whole number; `place:` one word of an address to the
          whole address, and a postcode's district to the whole postcode
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jellyfish
import pyarrow as pa

from engage.identities.linking.names import clean_name
from engage.store.steps import Step
from engage.vocabulary.letters import plain_words


NUMBER_PART, PLATE_PART, PLACE_PART = 4, 3, 3
SLICE = 200_000


def spelling_keys(word: str) -> list[str]:
    """The keys under which a part of a name is found when it is spelt otherwise, shortened, or only heard."""
    keys = [f"sound:{jellyfish.metaphone(word)}", f"sound:{jellyfish.nysiis(word)}"]
    keys += [f"form:{full}" for full in clean_name(word).groups]
    if len(word) > 2:
        keys += [f"first:{word[:3]}", f"last:{word[-3:]}"]
    return sorted(set(keys))


def _make(connection: Any) -> None:
    """Make `name_word` (written, word): the parts of every distinct name that any record ever gave; and `spelling`."""
    words: set[str] = set()
    connection.execute("create or replace temp table name_word (written varchar, word varchar)")
    named = connection.sql(f"select distinct value from said where {_NAMED} order by value").to_arrow_table()
    for batch in named.to_batches(SLICE):
        parts = [(written, set(plain_words(written))) for written in batch.column(0).to_pylist()]
        words.update(*(part for _written, part in parts))
        _fill(connection, parts)
    connection.register("spelling_arrow", _spelling(sorted(words)))
    connection.execute("create or replace table spelling as select * from spelling_arrow order by key, word")
    connection.unregister("spelling_arrow")


def _fill(connection: Any, parts: list[tuple[str, set[str]]]) -> None:
    written = pa.array([w for w, own in parts for _ in own], pa.string())
    word = pa.array([one for _, own in parts for one in sorted(own)], pa.string())
    connection.register("name_word_arrow", pa.table({"written": written, "word": word}))
    connection.execute("insert into name_word select * from name_word_arrow")
    connection.unregister("name_word_arrow")


def _spelling(words: list[str]) -> pa.Table:
    rows = [(key, word) for word in words for key in spelling_keys(word)]
    return pa.table(
        {
            "key": pa.array([k for k, _ in rows], pa.string()),
            "word": pa.array([w for _, w in rows], pa.string()),
        }
    )


def steps() -> Iterator[Step]:
    """The tables `spelling`, `find`, `find_kind` and `part`."""
    yield Step("spelling", call=_make)
    yield Step("find", f"select {_FOUND} from ({' union all '.join(_keys())}) order by key")
    yield Step("find_kind", "select distinct kind from find order by kind")
    yield Step(
        "part", f"select distinct key, whole from ({' union all '.join(_parts())}) order by key, whole"
    )


_NAMED = "field in ('name', 'alias', 'nickname', 'former', 'preferred')"
_FOUND = "key, person_id, record_id, kind, shown, known_from_on, known_until_on, access_base, other_base"
_SAID = "s.person_id, s.record_id, s.kind, s.value as shown, s.known_from_on, s.known_until_on, s.access_base, s.other_base"
# A tie whose parts are guarded otherwise than its event or relationship is found on the person's page, not by searching.
_TIE = (
    "t.person_id, t.record_id, t.kind, t.label as shown, t.known_from_on, t.known_until_on, t.access_base, nullif(t.other_base, t.access_base) as other_base "
    "from tie t where coalesce(t.role_base, t.access_base) = t.access_base and coalesce(t.thing_base, t.access_base) = t.access_base"
)

_ADDRESS, _POSTCODE = "split_part(s.value_key, '|', 1)", "replace(split_part(s.value_key, '|', 2), ' ', '')"


def _keys() -> Iterator[str]:
    yield f"select 'name:' || k.word as key, {_SAID} from said s join name_word k on k.written = s.value where s.{_NAMED}"
    yield f"select 'number:' || s.value_key, {_SAID} from said s where s.kind = 'identifier'"
    yield f"select 'phone:' || s.value_key, {_SAID} from said s where s.kind = 'contact_point'"
    for key in (_ADDRESS, _POSTCODE):
        yield f"select 'place:' || {key}, {_SAID} from said s where s.field = 'address' and {key} <> ''"
    yield f"select distinct 'plate:' || t.thing_key, {_TIE} and t.thing = 'vehicle'"
    yield f"select distinct 'phone:' || t.thing_key, {_TIE} and t.thing = 'phone' and t.through = 'event'"


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
