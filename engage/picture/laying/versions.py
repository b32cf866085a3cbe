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
    """A table's rows with the number of what access is decided on, and of the delivery that brought them."""
    return f"(select t.{columns}, {came_by('t')} as came, b.access_base from {table} t {with_base('t')})"


def came_by(a: str) -> str:
    """The number of the delivery that brought a version; 0 of what was recorded by hand."""
    return f"coalesce(try_cast(split_part({a}.delivery_id, '-', 1) as bigint), 0)"


def source(a: str) -> str:
    """Where a version came from."""
    return ", ".join(
        [
            *(f"{a}.{c}" for c in ("agency", "file", "source_id", "delivery_id", "row_number")),
            f"{a}.received_on::varchar as received_on",
        ]
    )


def known(a: str) -> str:
    """The days on which a version was known, the delivery that brought it, and its access base."""
    return f"{a}.known_from_on::varchar as known_from_on, {a}.known_until_on::varchar as known_until_on, {a}.came, {a}.access_base"


def overlap(*aliases: str) -> str:
    """The days on which all of these versions were known."""
    first = f"greatest({', '.join(f'{a}.known_from_on' for a in aliases)})"
    until = f"least({', '.join(f'{a}.known_until_on' for a in aliases)})"
    return f"{first}::varchar as known_from_on, {until}::varchar as known_until_on"


def together(*aliases: str) -> str:
    """The same, with the delivery that brought the last of these versions."""
    return f"{overlap(*aliases)}, greatest({', '.join(f'{a}.came' for a in aliases)}) as came"


def meet(one: str, other: str) -> str:
    """Two versions were known on some same day."""
    return (
        f"{one}.known_from_on < coalesce({other}.known_until_on, date '9999-01-01') "
        f"and {other}.known_from_on < coalesce({one}.known_until_on, date '9999-01-01')"
    )


def then(one: str, other: str) -> str:
    """The version of one that was known on the day on which the other first was."""
    return f"{one}.known_from_on <= {other}.known_from_on and coalesce({one}.known_until_on, date '9999-01-01') > {other}.known_from_on"
