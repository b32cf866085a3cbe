"""What may a mapping say? The reference page, made from the fields and the schema that mappings are checked against.

`make reference` writes it, after a change of `engage/records/mapping/fields.py` or `schema.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engage.records.mapping.fields import COMMON, EVENT_KINDS, KIND_MEANS, KINDS
from engage.records.mapping.schema import mapping_schema


_EXAMPLES = {
    "person": "person: {surname: SURNAME, forename: FORENAME, born: DOB, postcode: PCODE}",
    "event": "event: {kind: {constant: missing}, date: REPORTED, until_date: RETURNED, people: [{person: {persons: NOMINAL}, role: {constant: missing}}]}",
    "role": "role: {id: {join: [CRIME, NOMINAL], with: /}, event: {crimes: CRIME}, person: {persons: NOMINAL}, role: CAPACITY}",
    "place": "place: {name: PREMISES, kind: TYPE, address: ADDR, postcode: PCODE}",
    "vehicle": "vehicle: {plate: VRM, colour: COLOUR, keeper: {persons: KEEPER}}",
    "phone": "phone: {number: NUMBER, used_by: {persons: NOMINAL}}",
    "relationship": "relationship: {from_person: {children: CHILD}, to_person: {children: SIBLING}, kind: {constant: sibling of}}",
    "narrative": "narrative: {event: {visits: VISIT}, text: NOTE, author: WORKER}",
    "merge": "merge: {old: {persons: OLD_NOMINAL}, new: {persons: NEW_NOMINAL}}",
}
_RECIPES = (
    ("`COLUMN`", "the column, trimmed; nothing when it is empty", "`surname: SURNAME`"),
    ("`{constant: x}`", "the same for every row", "`kind: {constant: missing}`"),
    ("`{join: [a, b], with: x}`", "the filled ones one after another, with x between (a space by default)", '`title: {join: [TYPE, SUBTYPE], with: " - "}`'),
    ("`{first: [a, b]}`", "the first that is filled", "`phone: {first: [MOBILE, LANDLINE]}`"),
    ("`{take: pattern, from: a}`", "the part that a regular expression finds: its first group, or all of it", r"`forename: {take: '^(\S+)', from: NAMES}`"),
    ("`{column: a, remove: [pattern]}`", "a without what the patterns find", r"`name: {column: WHO, remove: ['\(.*\)$']}`"),
    ("`{column: a, codes: list}`", "a translated by a list under `code_lists`, or by pairs written here; letters' case does not matter. A code that no list has is kept as it is", "`sex: {column: SEX, codes: {1: male, 2: female}}`"),
    ("`{…, otherwise: x}`", "what a code that is not listed becomes", "`sensitivity: {column: SERVICE, codes: {GUM: health-specialist}, otherwise: standard}`"),
    ("`{column: a, suffix: x}`", "a with x behind it, where a is filled", "`age: {column: APPROX_AGE, suffix: ish}`"),
)  # fmt: skip
_BEFORE = """\
# Mappings

Every word that a mapping may use. The page is made from the declarations that mappings are checked against; the JSON Schema for
editors is `engage/records/mapping.schema.json`. [How to write one](../how-to/map-an-agencys-files.md)
"""
_SHAPE = """\
`when`, `for_each` and `for_each_part` stand beside the kind. `{n}` and `{part}` stand in columns' names, in every field of the entry:

    makes:
      - when: {TYPE: [CRIME, DOMESTIC], PLACE: "*"}
        event: {kind: {constant: crime}, date: DATE}
      - for_each: [1, 2, 3]
        person: {id: "PERSON{n}", surname: "SURNAME{n}"}
      - for_each_part: {of: NUMBERS, at: " "}
        phone: {id: "{part}", number: "{part}"}

`join: {reasons: REASON}` joins the file `reasons` of this mapping where its column REASON has this row's value;
`join: {reasons: {here: REASON, there: CODE}}` when the columns are called differently. Of several rows with that value the last counts.
Its columns are then `reasons.TEXT`, in `when` too.

One id told in several rows is one record. When later rows say something else of it, that is a later version of it.
A thing without an `id` of its own has the file's; of roles and relationships, and of repetitions, each gets a place behind it.
"""
_VALUES = """\
## How values are read

- **Dates** are British, day first: 24/12/2009, 24.12.09, 2009-12-24, 24 Dec 2009, 20091224, a spreadsheet's day number. Two-digit
  years up to 30 are of this century. What is partial (Dec 2009, 2009, about 2009) becomes the interval it allows.
- **Times** are London's: 21:40, 9.05, 2140, or in the date's own column (2024-03-01 21:40).
- **Ages** become the interval of births they allow on the day they were said: 15, about 15, 15ish, 14-16.
- **Names** in one column: with a comma the surname comes first, else it comes last.
- What cannot be read is kept as it was written, flagged with the reason and the remedy, and never used. A column that the mapping
  does not name is kept beside the record. In a mapping everything is text: `No`, `On` and `007` stay as they are. A row that nothing takes, or that has no id, is rejected and listed with its reason.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_BEFORE, *_top(), *_recipes(), *_kinds(), *_event_kinds(), _VALUES])


def _top() -> Iterator[str]:
    definitions = mapping_schema()["$defs"]
    for title, words in (
        ("The mapping", definitions["mapping"]),
        (
            "What the extract covers (`covers`, a list)",
            definitions["covers"].get("items", definitions["covers"]),
        ),
        ("A file (`files: {NAME: …}`)", definitions["file"]),
        ("An entry of `makes`", definitions["entry"]),
    ):
        properties = {n: p for n, p in words.get("properties", {}).items() if n not in KINDS}
        yield f"## {title}\n"
        yield from _table(("word", "meaning", "must be there"), _words(properties, words.get("required", [])))
    yield _SHAPE


def _words(properties: dict[str, Any], required: list[str]) -> Iterator[tuple[str, ...]]:
    for name, about in properties.items():
        options = f" One of: {', '.join(map(str, about['enum']))}." if "enum" in about else ""
        yield (
            f"`{name}`",
            f"{about.get('description', '')}.{options}".lstrip("."),
            "yes" if name in required else "",
        )


def _recipes() -> Iterator[str]:
    yield "## Recipes: what a field takes\n"
    yield "A field takes a column's name or a recipe; the columns in a recipe may be recipes themselves.\n"
    yield from _table(("recipe", "gives", "for example"), _RECIPES)
    yield "A field that points to another record takes `{file: value}`: the file's name in the mapping, and the value of its id.\n"


def _kinds() -> Iterator[str]:
    yield "## Fields of every kind\n"
    yield from _table(("field", "meaning"), ((f"`{n}`", f.means) for n, f in COMMON.items()))
    for kind, fields in KINDS.items():
        yield f"## {kind}: {KIND_MEANS[kind]}\n"
        yield f"    - {_EXAMPLES[kind]}\n"
        shapes = {"reference": "points to a record", "several": "values by name", "people": "a list"}
        yield from _table(
            ("field", "meaning", "takes"),
            ((f"`{n}`", f.means, shapes.get(f.shape, "a value")) for n, f in fields.items()),
        )


def _event_kinds() -> Iterator[str]:
    yield "## Kinds of event\n"
    yield from _table(("kind", "meaning"), ((f"`{n}`", means) for n, means in EVENT_KINDS.items()))


def _table(head: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    yield ""
