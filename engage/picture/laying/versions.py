"""How do steps join versions of records that were known on the same days, and say what access to a row rests on?"""

from __future__ import annotations


EXCHANGE = (
    "person_record", "person_name", "identifier", "location", "vehicle", "contact_point", "event", "role", "relationship", "narrative",
)  # fmt: skip
_BASE_ON = "b.agency = {a}.agency and b.handling = {a}.handling and b.sensitivity = {a}.sensitivity and b.cohort = {a}.cohort"


def with_base(a: str) -> str:
    """The join of a row to what access to it is decided on, as `b`."""
    return f"join access_base b on {_BASE_ON.format(a=a)}"


def based(table: str, columns: str = "*") -> str:
    """A table's rows with the number of what access is decided on."""
    return f"(select t.{columns}, b.access_base from {table} t {with_base('t')})"


def source(a: str) -> str:
    """Where a version came from."""
    return ", ".join(
        [
            *(f"{a}.{c}" for c in ("agency", "file", "source_id", "delivery_id", "row_number")),
            f"{a}.received_on::varchar as received_on",
        ]
    )


def known(a: str) -> str:
    """The days on which a version was known, and its access base."""
    return f"{a}.known_from_on::varchar as known_from_on, {a}.known_until_on::varchar as known_until_on, {a}.access_base"


def overlap(*aliases: str) -> str:
    """The days on which all of these versions were known."""
    first = f"greatest({', '.join(f'{a}.known_from_on' for a in aliases)})"
    until = f"least({', '.join(f'{a}.known_until_on' for a in aliases)})"
    return f"{first}::varchar as known_from_on, {until}::varchar as known_until_on"


def meet(one: str, other: str) -> str:
    """Two versions were known on some same day."""
    return (
        f"{one}.known_from_on < coalesce({other}.known_until_on, date '9999-01-01') "
        f"and {other}.known_from_on < coalesce({one}.known_until_on, date '9999-01-01')"
    )


def then(one: str, other: str) -> str:
    """The version of one that was known on the day on which the other first was."""
    return f"{one}.known_from_on <= {other}.known_from_on and coalesce({one}.known_until_on, date '9999-01-01') > {other}.known_from_on"
