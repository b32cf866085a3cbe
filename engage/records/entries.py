"""What can a row of a file make, and which columns does a mapping's value read?

An entry of a mapping's `makes` names one kind (person, event, …) and gives values to its fields. A value is a column's
name, or a small recipe: a constant, several columns joined, the first that is filled, a part taken by a pattern, codes
translated. `{n}` in a column's name is the number of the repetition when an entry is made `for_each`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


_COMMON = ("id", "received", "handling", "grade", "sensitivity")

ENTRY_FIELDS: dict[str, tuple[str, ...]] = {
    "person": (
        *_COMMON, "name", "surname", "forename", "middle_names", "alias", "nickname", "former_surname", "preferred_name",
        "born", "age", "age_or_born", "said_on", "sex", "ethnicity", "nationality", "religion",
        "nhs_number", "upn", "pnc_id", "identifiers", "address", "postcode", "phone", "email", "organisation",
        "related_to", "related_as",
    ),
    "event": (
        *_COMMON, "kind", "category", "title", "outcome", "recorded_by", "date", "time", "until_date", "until_time",
        "details", "at", "place_name", "place_kind", "place_address", "place_postcode", "people", "narrative", "narrative_author",
    ),
    "role": (*_COMMON, "event", "person", "vehicle", "phone", "place", "role"),
    "place": (*_COMMON, "name", "kind", "address", "postcode", "easting", "northing"),
    "vehicle": (*_COMMON, "plate", "make", "model", "colour", "keeper"),
    "phone": (*_COMMON, "number", "kind", "used_by"),
    "relationship": (*_COMMON, "from_person", "to_person", "to_place", "kind", "date", "until_date"),
    "narrative": (*_COMMON, "event", "person", "text", "author"),
    "merge": (*_COMMON, "old", "new"),
}  # fmt: skip

# Fields whose value is a reference: {file: value of that file's id}.
REFERENCES = frozenset(
    {
        "related_to",
        "at",
        "event",
        "person",
        "vehicle",
        "phone",
        "place",
        "keeper",
        "used_by",
        "from_person",
        "to_person",
        "to_place",
        "old",
        "new",
    }
)
# Fields that hold several values by name.
SEVERAL = frozenset({"identifiers", "details"})
RECIPE_WORDS = frozenset(
    {"column", "constant", "join", "with", "first", "take", "from", "remove", "codes", "otherwise", "suffix"}
)


def columns_of(file: dict[str, Any]) -> set[str]:
    """Every column of the file itself that its part of the mapping names (those of joined files have a dot and are left out)."""
    found: set[str] = set()
    for key in ("id", "received"):
        found |= set(value_columns(file[key])) if key in file else set()
    for on in file.get("join", {}).values():
        found.add(on["here"] if isinstance(on, dict) else on)
    for entry in file.get("makes", []):
        found |= set(_entry_columns(entry))
    return {column for column in found if column.split(".", 1)[0] not in file.get("join", {})}


def _entry_columns(entry: dict[str, Any]) -> Iterator[str]:
    numbers = [str(n) for n in entry.get("for_each", [""])]
    named = list(entry.get("when", {}))
    for kind, fields in entry.items():
        if kind in ENTRY_FIELDS:
            named += [column for field, value in fields.items() for column in field_columns(field, value)]
    for column in named:
        yield from (column.replace("{n}", n) for n in numbers) if "{n}" in column else (column,)


def field_columns(field: str, value: Any) -> list[str]:
    """The columns that one field of an entry reads."""
    if field == "people":
        return [
            c for person in value for part in ("person", "role") for c in field_columns(part, person[part])
        ]
    if is_reference(field, value) or field in SEVERAL:
        return [column for part in value.values() for column in value_columns(part)]
    return list(value_columns(value))


def is_reference(field: str, value: Any) -> bool:
    """The value points to a record by `{file: id}`; a person's `phone`, say, is a plain value although a role's is not."""
    return (
        field in REFERENCES and isinstance(value, dict) and len(value) == 1 and not RECIPE_WORDS & set(value)
    )


def value_columns(value: Any) -> Iterator[str]:
    """The columns that a value reads: a plain text is a column's name; a recipe names them in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from value_columns(part)
    elif isinstance(value, dict):
        for word in ("column", "join", "first", "from"):
            if word in value:
                yield from value_columns(value[word])
