"""Which records are worth comparing? Those that share a key; a key that too many share is worth nothing.

A key is a short text made of parts of a record (sound of the surname with the day of birth, a phone number, the first
lines of an address with two letters of the forename). Keys are counted: one held by a single record makes no pair. One
held by more records than its kind allows says little and is dropped and counted in `link_dropped_key`, so that nothing goes in
silence; unless it is of a kind that tells of one person (a number that only one person has, a name with a full day of birth): then
its records are compared with those next to them in order, because a person may well have sixty records.

How many records a key may be held by follows from how much it says. A key of names and a full day of birth says enough for
a block of forty (780 pairs); one of a name's letters and a year is worth its pairs only where few records share it. Nearly
all that is lost on bad data is lost here, before any pair is compared, so there are many kinds of key, each tolerant of
another error, and each cheap (measured by `engage evaluate`: pairs of one person that no key brought together).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, NamedTuple

from engage.store.steps import Step


# Records that may share a key: of one that says much, of names or a day alone, of parts.
MUCH, SOME, LITTLE = 40, 12, 6

# day and month in order of size, so that swapped ones meet
_DAY = "strftime(birth_on, '%Y') || least(day(birth_on), month(birth_on)) || '.' || greatest(day(birth_on), month(birth_on))"
_YEAR = "year(birth_from)"
_MONTH = "strftime(birth_on, '%Y%m')"
_MONTH_DAY = "strftime(birth_on, '%m%d')"
_DECADES = "(year(birth_on) % 10) || strftime(birth_on, '%m')"
_NAMES = "least(forename, surname) || '|' || greatest(forename, surname)"
_EVERY_NAME = "list_distinct(list_concat(coalesce(forename_groups, []), coalesce(given_names, []), coalesce(surnames, [])))"
_EVERY_SOUND = "list_distinct(list_filter([forename_sound, surname_sound], lambda sound: length(sound) > 1))"
_NAME, _SOUND = f"unnest({_EVERY_NAME})", f"unnest({_EVERY_SOUND})"


def _letters(column: str) -> str:
    """The letters of a name, each once and in order: the same for letters doubled or changed about."""
    return f"case when length({column}) > 2 then array_to_string(list_sort(list_distinct(string_split({column}, ''))), '') end"


_EVERY_LETTERS = f"list_distinct(list_filter([{_letters('forename')}, {_letters('surname')}], lambda letters: letters is not null))"
_LETTERS = f"unnest({_EVERY_LETTERS})"
_BOTH_LETTERS = f"least({_letters('forename')}, {_letters('surname')}) || '|' || greatest({_letters('forename')}, {_letters('surname')})"
_TWO_AND_TWO = "least(forename[1:2], surname[1:2]) || '|' || greatest(forename[1:2], surname[1:2])"
_ADDRESS, _POSTCODE, _PHONE = "unnest(address_keys)", "unnest(postcodes)", "unnest(phones)"
_MAILBOX, _MAIL_LETTERS = (
    "split_part(emails[1], '@', 1)",
    "nullif(regexp_replace(split_part(emails[1], '@', 1), '[^a-z]', '', 'g'), '')",
)
_MAIL_HOST = "split_part(emails[1], '@', 2)"
_BEGINNINGS = "least(forename[1:3], surname[1:3]) || '|' || greatest(forename[1:3], surname[1:3])"
_HOUSE_AND_STREET = "nullif(regexp_extract(address_keys[1], '^[0-9]+ +[a-z]{3}'), '')"
# each two neighbouring words: from the first on, and from the second on
_WORDS_OF_ADDRESS = (
    "unnest(list_concat(regexp_extract_all(address_keys[1], '[^ ]+ [^ ]+'), "
    "regexp_extract_all(regexp_replace(address_keys[1], '^[^ ]+ ', ''), '[^ ]+ [^ ]+')))"
)


def _letters_with(column: str) -> str:
    """The letters of each name, each with that."""
    return f"unnest(list_transform({_EVERY_LETTERS}, lambda each: each || '|' || {column}))"


def _with(*parts: str) -> str:
    return " || '|' || ".join(parts)


class Kind(NamedTuple):
    """One kind of key: its code, the column expression of one key or of a list of keys, and how many records may share one. One
    that `is_wide` is used only in areas where that is worth it (see `choosing`); of one that `tells` of one person, what more records
    share is not dropped: each is compared with its neighbours."""

    code: str
    sql: str
    most: int
    is_wide: bool = False
    tells: bool = False


def _wide(code: str, sql: str, most: int) -> Kind:
    return Kind(code, sql, most, is_wide=True)


def _telling(code: str, sql: str) -> Kind:
    return Kind(code, sql, MUCH, tells=True)


# The wide ones in the order in which they are tried: what an earlier one finds already is no merit of a later one.
KEYS: tuple[Kind, ...] = (
    _telling("nhs", "nhs_number"),
    _telling("upn", "upn"),
    _telling("pnc", "pnc_id"),
    _telling("other-number", "unnest(other_numbers)"),
    Kind("email", "unnest(emails)", MUCH),
    Kind("phone", _PHONE, MUCH),
    _telling("name-day", _with(_NAME, _DAY)),
    _telling("sound-day", _with(_SOUND, _DAY)),
    _telling("letters-day", _with(_LETTERS, _DAY)),
    Kind("postcode-day", _with(_POSTCODE, _DAY), MUCH),
    Kind("address-day", _with(_ADDRESS, _DAY), MUCH),
    _telling("names-year", _with(_NAMES, _YEAR)),
    Kind("sounds-year", _with("surname_sound", "forename_sound", _YEAR), MUCH),
    Kind("address-forename", _with(_ADDRESS, "forename[1:2]"), MUCH),
    Kind("postcode-name", _with(_POSTCODE, "surname[1:3] || forename[1]"), MUCH),
    Kind("initial-year", _with("surname", "forename[1]", _YEAR), SOME),
    _wide("names", _NAMES, SOME),
    _wide("both-letters", _BOTH_LETTERS, SOME),
    _wide("form-sound", _with("unnest(forename_groups)", "surname_sound"), SOME),
    _wide("sounds-crossed", "least(surname_sound, forename_sound) || '|' || greatest(surname_sound, forename_sound)", SOME),
    _wide("given-family", "unnest(list_transform(given_names, lambda given: given || '|' || surname))", SOME),
    _wide("forename-family", "unnest(list_transform(surnames, lambda family: family || '|' || forename))", SOME),
    _wide("phone-end", "unnest(list_transform(phones, lambda phone: right(phone, 6)))", SOME),
    _wide("number-beginning", _with("unnest(list_transform(other_numbers, lambda number: split_part(number, ':', 2)[1:4]))", "surname_sound"), LITTLE),
    _wide("letters-postcode", _letters_with("postcodes[1]"), LITTLE),
    _wide("letters-address", _letters_with("address_keys[1]"), LITTLE),
    _wide("mailbox", _MAILBOX, LITTLE),
    _wide("mail-letters", _MAIL_LETTERS, LITTLE),
    _wide("mail-signs", _letters(_MAILBOX), LITTLE),
    _wide("name-host", _with(_NAME, _MAIL_HOST), LITTLE),
    _wide("mail-host", _MAIL_HOST, LITTLE),
    _wide("mail-year", _with(f"{_MAIL_LETTERS}[1:4]", _YEAR), LITTLE),
    _wide("letters-month", _with(_LETTERS, _MONTH), LITTLE),
    _wide("two-and-two-year", _with(_TWO_AND_TWO, _YEAR), LITTLE),
    _wide("two-and-two-address", _with(_TWO_AND_TWO, _ADDRESS), LITTLE),
    _wide("postcode-forename", _with(_POSTCODE, "forename"), MUCH),
    _wide("beginnings", _BEGINNINGS, LITTLE),
    _wide("month-address", _with(_MONTH, _ADDRESS), LITTLE),
    _wide("name-month-day", _with(_NAME, _MONTH_DAY), LITTLE),
    _wide("day", _DAY, SOME),
    _wide("letters-even-years", _with(_LETTERS, "year(birth_on) // 2", "month(birth_on)"), LITTLE),
    _wide("letters-odd-years", _with(_LETTERS, "(year(birth_on) + 1) // 2", "month(birth_on)"), LITTLE),
    _wide("letters-year", _with(_LETTERS, _YEAR), LITTLE),
    _wide("letters-decades", _with(_LETTERS, _DECADES), LITTLE),
    _wide("host-initial", _with(f"{_MAIL_HOST}[1:4]", f"{_MAILBOX}[1]"), LITTLE),
    _wide("mail-beginning", f"{_MAILBOX}[1:5]", LITTLE),
    _wide("house-and-street", _HOUSE_AND_STREET, LITTLE),
    _wide("postcode-sound", _with(_POSTCODE, "surname_sound"), SOME),
    _wide("words-of-address", _WORDS_OF_ADDRESS, LITTLE),
)  # fmt: skip
# What keys are made of.
_USED = (
    "record_number", "forename", "surname", "forename_groups", "given_names", "surnames", "forename_sound", "surname_sound", "birth_on",
    "birth_from", "nhs_number", "upn", "pnc_id", "other_numbers", "emails", "phones", "postcodes", "address_keys",
)  # fmt: skip
# What several of them are made of is worked out once for each record, and stands in these columns while keys are made. Later ones are
# made of earlier ones.
_ONCE = {
    "forename_letters": _letters("forename"),
    "surname_letters": _letters("surname"),
    "every_letters": _EVERY_LETTERS,
    "every_name": _EVERY_NAME,
    "every_sound": _EVERY_SOUND,
    "day_of_birth": _DAY,
}


def _codes(kinds: Iterable[Kind]) -> str:
    return ", ".join(f"'{kind.code}'" for kind in kinds)


TELLING = _codes(kind for kind in KEYS if kind.tells)
LARGEST = (
    "case "
    + " ".join(
        f"when code in ({_codes(k for k in KEYS if k.most == most)}) then {most}"
        for most in (MUCH, SOME, LITTLE)
    )
    + " end"
)
# A kind stands in a row by its place among them: there are dozens of rows for each record.
_KIND = f"enum({_codes(KEYS)})"


def _from_columns(sql: str) -> str:
    """The same expression, of the columns in which its parts stand."""
    for column, part in _shortened().items():
        sql = sql.replace(part, column)
    return sql


@cache
def _shortened() -> dict[str, str]:
    """What each such column is made of, said by those before it."""
    found: dict[str, str] = {}
    for column, part in _ONCE.items():
        for earlier, text in found.items():
            part = part.replace(text, earlier)
        found[column] = part
    return found


def steps(left_out: Collection[str] = ()) -> list[Step]:
    """Steps that leave `link_key(record_number, keys)`: keys shared by at least two records and not too many, as hashes. Kinds of
    these codes are left out."""
    every = " union all ".join(
        f"select record_number, '{kind.code}'::{_KIND} as code, hash('{kind.code}:' || key) as key"
        f" from (select record_number, {_from_columns(kind.sql)} as key from link_spelt) where key is not null"
        for kind in KEYS
        if kind.code not in left_out
    )
    # The kind is a part of what the key is a hash of.
    counted = "select key, any_value(code) as code, count(*) as records from link_every_key group by key having count(*) > 1"
    dropped = (
        "select code::varchar as code, count(*) as keys, sum(records) as records from link_counted_key "
        f"where records > {LARGEST} and code not in ({TELLING}) group by code"
    )
    spelt = ", ".join(f"{part} as {column}" for column, part in _shortened().items())
    return [
        Step("link_spelt", f"select {', '.join(_USED)}, {spelt} from link_record"),
        Step("link_every_key", every),
        Step("link_counted_key", counted),
        Step("link_dropped_key", dropped),
        Step("link_key", call=_keep),
    ]


# Records of a key that too many share, where it tells of one person: in windows of that many in the order of records, each record in
# two windows, so that whoever stands next to each other is compared.
_WINDOW = MUCH // 2
_HELD = f"""
    with usable as (select key from link_counted_key where records <= {LARGEST}),
    full_up as (
        select record_number, key, row_number() over (partition by key order by record_number) as place
        from (select distinct record_number, key from link_every_key semi join (
            select key from link_counted_key where records > {LARGEST} and code in ({TELLING})) using (key))
    )
    select record_number, key from link_every_key semi join usable using (key)
    union all select record_number, hash(key, 'even', place // {_WINDOW}) from full_up
    union all select record_number, hash(key, 'odd', (place + {_WINDOW // 2}) // {_WINDOW}) from full_up
"""
# Lists are not spilled to disk: they are made for so many records at a time.
_LISTED = 500_000


def _keep(connection: Any) -> None:
    """Make `link_key` of the keys that are used."""
    connection.execute(f"create or replace table link_held as {_HELD}")
    connection.execute("create or replace table link_key (record_number bigint, keys ubigint[])")
    last = connection.execute("select coalesce(max(record_number), 0) from link_held").fetchall()[0][0]
    for first in range(0, int(last) + 1, _LISTED):
        connection.execute(
            "insert into link_key select record_number, list(key order by key) from link_held "
            f"where record_number >= {first} and record_number < {first + _LISTED} group by record_number"
        )
    connection.execute("drop table link_held")


def leave_out(connection: Any, codes: Collection[str]) -> None:
    """Forget the keys of these kinds, after `steps`."""
    if not codes:
        return
    for table in ("link_every_key", "link_counted_key", "link_dropped_key"):
        connection.execute(
            f"delete from {table} where code in (select unnest($codes))", {"codes": sorted(codes)}
        )
    _keep(connection)


ASIDE = ("link_spelt", "link_every_key", "link_counted_key", "link_key")
