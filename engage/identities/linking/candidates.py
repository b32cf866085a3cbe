"""Which records are worth comparing? Those that share a key; a key that too many share is worth nothing.

A key is a short text made of parts of a record (sound of the surname with the day of birth, a phone number, the first
lines of an address with two letters of the forename). Keys are counted: one held by a single record makes no pair, one
held by more than `LARGEST_BLOCK` records is dropped and counted in `link_dropped_key`, so that nothing goes in silence.
"""

from __future__ import annotations

from engage.store.steps import Step


# A key of 40 records makes 780 pairs. Larger blocks are the commonest names of a large area: their true pairs are found
# by the keys that add a birth year or a place, so dropping them costs little (measured on the borough and FEBRL).
LARGEST_BLOCK = 40
# Keys of names alone, or of a day of birth alone, say little in a large area: their blocks grow with it, and nearly all
# of their pairs are strangers. In a small one they find what other keys miss.
LARGEST_NAME_BLOCK = 12
_NAMES_ALONE = "('day', 'names', 'sounds-crossed', 'form-sound', 'given-family', 'forename-family')"
_LARGEST = f"case when code in {_NAMES_ALONE} then {LARGEST_NAME_BLOCK} else {LARGEST_BLOCK} end"

# day and month in order of size, so that swapped ones meet
_DAY = "strftime(birth_on, '%Y') || least(day(birth_on), month(birth_on)) || '.' || greatest(day(birth_on), month(birth_on))"
_YEAR = "year(birth_from)"
_NAMES = "least(forename, surname) || '|' || greatest(forename, surname)"

# code, column expression of one key or of a list of keys
_KEYS: tuple[tuple[str, str], ...] = (
    ("nhs", "nhs_number"),
    ("upn", "upn"),
    ("pnc", "pnc_id"),
    ("phone", "unnest(phones)"),
    ("sound-day", f"surname_sound || '|' || {_DAY}"),
    ("form-day", f"unnest(forename_groups) || '|' || {_DAY}"),
    ("family-day", f"unnest(surnames) || '|' || {_DAY}"),
    ("postcode-day", f"unnest(postcodes) || '|' || {_DAY}"),
    ("crossed-day", f"unnest(surname_groups) || '|' || {_DAY}"),
    (
        "sounds-crossed",
        "least(surname_sound, forename_sound) || '|' || greatest(surname_sound, forename_sound)",
    ),
    ("day", _DAY),
    ("names", _NAMES),
    ("names-year", f"{_NAMES} || '|' || {_YEAR}"),
    ("sounds-year", f"surname_sound || '|' || forename_sound || '|' || {_YEAR}"),
    ("form-sound", "unnest(forename_groups) || '|' || surname_sound"),
    ("initial-year", f"surname || '|' || forename[1] || '|' || {_YEAR}"),
    ("address-forename", "unnest(address_keys) || '|' || forename[1:2]"),
    ("postcode-name", "unnest(postcodes) || '|' || surname[1:3] || forename[1]"),
    ("postcode-forename", "unnest(postcodes) || '|' || forename"),
    ("given-family", "unnest(list_transform(given_names, lambda given: given || '|' || surname))"),
    ("forename-family", "unnest(list_transform(surnames, lambda family: family || '|' || forename))"),
    ("month-forename", "surname_sound || '|' || forename[1] || '|' || strftime(birth_on, '%m%d')"),
)


def steps() -> list[Step]:
    """Steps that leave `link_key(record_number, keys)`: keys shared by at least two records and not too many, as hashes."""
    every = " union all ".join(
        f"select record_number, '{code}' as code, hash('{code}:' || key) as key"
        f" from (select record_number, {sql} as key from link_record) where key is not null"
        for code, sql in _KEYS
    )
    counted = (
        "select key, code, count(*) as records from link_every_key group by key, code having count(*) > 1"
    )
    dropped = f"select code, count(*) as keys, sum(records) as records from link_counted_key where records > {_LARGEST} group by code"
    kept = f"select key from link_counted_key where records <= {_LARGEST}"
    return [
        Step("link_every_key", every),
        Step("link_counted_key", counted),
        Step("link_dropped_key", dropped),
        Step(
            "link_key",
            f"select record_number, list(key order by key) as keys from link_every_key semi join ({kept}) using (key) group by record_number",
        ),
    ]


ASIDE = ("link_every_key", "link_counted_key", "link_key")
