"""Under which keys is a person found, however the name was spelt and whatever part of a number is known?

name:   every part of every name, plain letters         sound:  how that part sounds
first:  its first three letters, last: its last three, so that one wrong letter leaves one of the two
form:   the full names of which it is a short form      phone, plate, number: the whole
part:   every four digits of a phone and every three characters of a plate, which lead to the whole
place:  a postcode, an address, a house number with the first word of its street
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jellyfish
import pyarrow as pa
from nicknames import NickNamer

from engage.store.steps import Step
from engage.vocabulary.letters import plain_words


NUMBER_PART, PLATE_PART = 4, 3


def name_keys(written: str, forms: NickNamer | None = None) -> list[str]:
    """The keys of one written name. With `forms`, also the full names of which each part is a short form."""
    keys: list[str] = []
    for word in plain_words(written):
        keys += [f"name:{word}", f"sound:{jellyfish.metaphone(word)}"]
        if len(word) > 3:
            keys += [f"first:{word[:3]}", f"last:{word[-3:]}"]
        if forms is not None:
            keys += [f"form:{full}" for full in sorted({word, *forms.canonicals_of(word)})]
    return list(dict.fromkeys(keys))


def make(connection: Any) -> None:
    """Make `name_key` (written, key): the keys of every distinct name that any record ever gave."""
    forms = NickNamer()
    names = (
        "select distinct n from (select nullif(concat_ws(' ', forename, middle_names, surname), '') as n from person_record "
        "union all select full_name from person_record union all select full_name from person_name) where n is not null order by n"
    )
    texts, keys = [], []
    for (written,) in connection.execute(names).fetchall():
        for key in name_keys(written, forms):
            texts.append(written)
            keys.append(key)
    connection.register(
        "name_key_arrow",
        pa.table({"written": pa.array(texts, pa.string()), "key": pa.array(keys, pa.string())}),
    )
    connection.execute("create or replace temp table name_key as select * from name_key_arrow")
    connection.unregister("name_key_arrow")


def steps() -> Iterator[Step]:
    """The table `find`."""
    yield Step(
        "find",
        f"select key, person_id, record_id, kind, shown, known_from_on, known_until_on, access_base from ({' union all '.join(_keys())}) order by key, person_id, record_id",
    )


_COLUMNS = (
    "s.person_id, s.record_id, s.kind, s.value as shown, s.known_from_on, s.known_until_on, s.access_base"
)


def _keys() -> Iterator[str]:
    yield (
        f"select distinct k.key, {_COLUMNS} from said s join name_key k on k.written = s.value "
        "where s.field in ('name', 'alias', 'nickname', 'former', 'preferred')"
    )
    yield f"select 'number:' || s.value_key, {_COLUMNS} from said s where s.kind = 'identifier'"
    yield f"select 'phone:' || s.value_key, {_COLUMNS} from said s where s.kind = 'contact_point'"
    yield f"select 'place:' || replace(split_part(s.value_key, '|', 2), ' ', ''), {_COLUMNS} from said s where s.field = 'address' and split_part(s.value_key, '|', 2) <> ''"
    yield f"select 'place:' || split_part(s.value_key, '|', 1), {_COLUMNS} from said s where s.field = 'address' and split_part(s.value_key, '|', 1) <> ''"
    street = r"regexp_extract(split_part(s.value_key, '|', 1), '(\d+[a-z]? [a-z]+)', 1)"
    yield f"select 'place:' || {street}, {_COLUMNS} from said s where s.field = 'address' and {street} <> ''"
    tie = (
        "t.person_id, t.record_id, t.kind, t.label as shown, t.known_from_on, t.known_until_on, t.access_base"
    )
    yield f"select distinct 'plate:' || t.thing_key, {tie} from tie t where t.thing = 'vehicle'"
    yield f"select distinct 'phone:' || t.thing_key, {tie} from tie t where t.thing = 'phone' and t.kind = 'contact_point' and t.happened_from_at is not null"
    yield _parts("phone", "contact_point", "value", NUMBER_PART)
    yield _parts("plate", "vehicle", "plate", PLATE_PART)


def _parts(word: str, table: str, column: str, size: int) -> str:
    """Each part of a number leads to the whole number, not to a person: access is decided when the whole is looked up."""
    return (
        f"select distinct 'part-{word}:' || substr(v, i::integer, {size}), '' as person_id, '' as record_id, '{table}' as kind, v as shown, '0001-01-01', null::varchar, 0 "
        f"from (select distinct {column} as v from {table} where {column} is not null and length({column}) >= {size}), "
        f"lateral (select unnest(range(1, length(v) - {size - 2})) as i)"
    )
