"""What can a row of a file make, and which columns does a mapping's value read?

An entry of a mapping's `makes` names one kind (person, event, …) and gives values to its fields. A value is a column's
name, or a small recipe: a constant, several columns joined, the first that is filled, a part taken by a pattern, codes
translated. `{n}` in a column's name is the word of the repetition when an entry is made `for_each`; the column `{part}` is the
part of a cell when it is made `for_each_part`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engage.records.mapping.fields import COMMON, KINDS


ENTRY_FIELDS: dict[str, tuple[str, ...]] = {kind: (*COMMON, *fields) for kind, fields in KINDS.items()}

# Fields whose value is a reference: {file: value of that file's id}.
REFERENCES = frozenset(
    name for fields in KINDS.values() for name, field in fields.items() if field.shape == "reference"
)
# Fields that hold several values by name.
SEVERAL = frozenset(
    name for fields in KINDS.values() for name, field in fields.items() if field.shape == "several"
)
# The column that `for_each_part` makes, and that of its number.
PART, PART_NUMBER = "{part}", "{part number}"
RECIPE_WORDS = frozenset(
    {"column", "constant", "join", "with", "first", "take", "from", "remove", "codes", "otherwise", "suffix"}
)


def columns_of(file: dict[str, Any]) -> set[str]:
    """Every column of the file itself that its part of the mapping names; those of joined files, FILE.column, are left out."""
    joined = file.get("join", {})
    return {c for c in named_columns(file) if "." not in c or c.split(".", 1)[0] not in joined}


def named_columns(file: dict[str, Any]) -> set[str]:
    """Every column that a file's part of the mapping names."""
    found: set[str] = set()
    for key in COMMON:
        found |= set(value_columns(file[key])) if key in file else set()
    for on in file.get("join", {}).values():
        found.add(on["here"] if isinstance(on, dict) else on)
    for entry in file.get("makes", []):
        found |= entry_columns(entry, [str(n) for n in entry.get("for_each", [""])])
    return found


def entry_columns(entry: dict[str, Any], words: list[str]) -> set[str]:
    """The columns that an entry reads when it is made for each of these words."""
    named = [*entry.get("when", {}), *([entry["for_each_part"]["of"]] if "for_each_part" in entry else [])]
    for kind, fields in entry.items():
        if kind in ENTRY_FIELDS:
            named += [column for field, value in fields.items() for column in field_columns(field, value)]
    return {c.replace("{n}", word) for c in named for word in words} - {PART, PART_NUMBER}


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
