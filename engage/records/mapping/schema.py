"""What is the published JSON Schema of a mapping? Made from `fields.py`; the file beside this one is the same, for editors."""

from __future__ import annotations

from typing import Any

from engage.records.mapping.fields import COMMON, KIND_MEANS, KINDS, Field


_VALUE = {"$ref": "#/$defs/value"}
_TEXT = {"type": "string"}
_WORDS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_SHAPES: dict[str, dict[str, Any]] = {
    "value": _VALUE,
    "reference": {"$ref": "#/$defs/reference"},
    "several": {"type": "object", "additionalProperties": _VALUE},
    "people": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["person", "role"],
            "additionalProperties": False,
            "properties": {"person": {"$ref": "#/$defs/reference"}, "role": _VALUE},
        },
    },
}


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a mapping file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:engage:mapping:1",
        "title": "Engage mapping",
        "description": "How one agency's files become the exchange tables, who is in them and why.",
        "$ref": "#/$defs/mapping",
        "$defs": {
            "mapping": _mapping(),
            "covers": _covers(),
            "value": _value(),
            "recipe": _recipe(),
            "reference": {
                "description": "{file: value}: the record of that file whose id is the value",
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": _VALUE,
            },
            "file": _file(),
            "entry": _entry(),
            **{kind: _kind(kind) for kind in KINDS},
        },
    }


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": properties,
    }


def _said(description: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, **shape}


def _mapping() -> dict[str, Any]:
    cohort = {"enum": ["case", "register"]}
    return _object(
        {
            "mapping": _said("name of this mapping, the same for all its versions", _TEXT),
            "version": _said("changes when the mapping does", _TEXT),
            "description": _said("what is in the extract, in a sentence", _TEXT),
            "agency": _said("code of the agency in area.yaml", _TEXT),
            "agreement": _said("code of the sharing agreement in area.yaml", _TEXT),
            "purpose": _said("why the extract is sent; the agreement must allow it", _TEXT),
            "cohort": _said("case: people the agency works with or worries about; register: everyone it serves", cohort),
            "extent": _said("full: a record missing from a later delivery was withdrawn; partial (by default): it was not",
                            {"enum": ["full", "partial"]}),
            **{word: _said(COMMON[word].means, _VALUE) for word in COMMON if word != "id"},
            "code_lists": _said("lists of codes by name, each `code: what it means`",
                                {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _TEXT}}),
            "covers": _said("what the extract covers, so that silence can be told from not asked",
                            {"type": "array", "items": {"$ref": "#/$defs/covers"}}),
            "files": _said("the files by name; the name is part of every record's key and never changes",
                           {"type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#/$defs/file"}}),
        },
        "mapping", "version", "agency", "agreement", "purpose", "files",
    )  # fmt: skip


def _covers() -> dict[str, Any]:
    day = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    return _object(
        {
            "kind": _said("a kind of event, or an exchange table such as person_record", _TEXT),
            "from": _said("first day covered, 2023-09-01", day),
            "until": _said("day after the last covered", day),
            "whom": _said("who is in it, in words", _TEXT),
        },
        "kind",
        "whom",
    )


def _value() -> dict[str, Any]:
    return {
        "description": "a column's name, or a recipe",
        "oneOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/recipe"}],
    }


def _recipe() -> dict[str, Any]:
    many = {"type": "array", "items": _VALUE, "minItems": 1}
    recipe = _object(
        {
            "column": _said("a column's name", _VALUE),
            "constant": _said("the same words for every row", _TEXT),
            "join": _said("several values, one after the other; empty ones are left out", many),
            "with": _said("what stands between joined values; a space by default", _TEXT),
            "first": _said("the first of these values that is not empty", many),
            "from": _said("the value that `take` looks into (the same as column)", _VALUE),
            "take": _said("regular expression: what the brackets in it find", _TEXT),
            "remove": _said("regular expressions: what they find is cut away", _WORDS),
            "codes": _said("code list by name, or written here as `code: word`",
                           {"oneOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]}),
            "otherwise": _said("what any other code becomes; keep (by default) leaves it as it is", _TEXT),
            "suffix": _said("put behind the value", _TEXT),
        }
    )  # fmt: skip
    return {
        **recipe,
        "oneOf": [{"required": [word]} for word in ("column", "constant", "join", "first", "from")],
    }


def _file() -> dict[str, Any]:
    join = {
        "type": "object",
        "additionalProperties": {"oneOf": [_TEXT, _object({"here": _TEXT, "there": _TEXT}, "here", "there")]},
    }
    return _object(
        {
            "match": _said("the names it is sent under, * for any letters; by default NAME.*", _WORDS),
            "sheet": _said("sheet of the workbook; by default the first", _TEXT),
            "header_row": _said("row of the header, when it is not found by itself",
                                {"type": "integer", "minimum": 1}),
            "delimiter": _said("when it is not found by itself", {"enum": [",", ";", "|", "tab"]}),
            "encoding": _said("when it is not found by itself", {"enum": ["utf-8", "cp1252", "utf-16"]}),
            "required": _said("columns without which the file is refused; the id always is one",
                              {"type": "array", "items": _TEXT}),
            "cohort": _said("when it differs from the mapping's", {"enum": ["case", "register"]}),
            **{word: _said(field.means, _VALUE) for word, field in COMMON.items()},
            "join": _said("other files whose columns are wanted, as FILE.column: the column that both share, or here and there", join),
            "makes": _said("what each row makes", {"type": "array", "items": {"$ref": "#/$defs/entry"}}),
        },
        "makes",
    )  # fmt: skip


def _entry() -> dict[str, Any]:
    condition = {"type": "object", "additionalProperties": _WORDS}
    entry = _object(
        {
            "when": _said("only rows where these columns have these values: one, or a list; * is filled, '' is empty", condition),
            "for_each": _said("make it once for each of these words, put for {n}; empty repetitions are left out",
                              {"type": "array", "items": _TEXT, "minItems": 1}),
            "for_each_part": _said("make it once for each part of a cell, which is then the column {part}",
                                   _object({"of": _TEXT, "at": _said("what parts are parted by", _TEXT)}, "of", "at")),
            "cohort": _said("when it differs from the file's: a worry noted on a row of a register", {"enum": ["case", "register"]}),
            **{kind: {"$ref": f"#/$defs/{kind}"} for kind in KINDS},
        }
    )  # fmt: skip
    return {**entry, "oneOf": [{"required": [kind]} for kind in KINDS]}


def _kind(kind: str) -> dict[str, Any]:
    fields: dict[str, Field] = {**COMMON, **KINDS[kind]}
    return {
        **_object({name: _said(field.means, _SHAPES[field.shape]) for name, field in fields.items()}),
        "description": KIND_MEANS[kind],
    }
