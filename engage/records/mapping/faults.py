"""What is wrong with a mapping, in sentences that say where: all of it at once, so that it is mended in one go."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import jsonschema
import yaml

from engage.records.mapping.entries import PART, PART_NUMBER, field_columns, is_reference
from engage.records.mapping.fields import EVENT_KINDS, KINDS
from engage.records.mapping.schema import mapping_schema
from engage.vocabulary.written import SafeLoader


_SENSITIVITIES = ("standard", "restricted", "health-specialist")
ENTRY_WORDS = ("when", "for_each", "for_each_part")
# A file's name is part of the id of each of its records, so a specialist nurse's file has a name that names no clinic.
SPECIALIST_NAME = "specialist"


class _Words(SafeLoader):  # type: ignore[misc]  # whichever of the two there is
    """YAML in which everything is text: a code 007, a "No" and a day stay as they are written."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}


class _TwiceNamed(yaml.YAMLError):
    """The same word stands twice in one place, so that the first would be lost."""


def _no_word_twice(loader: _Words, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key, _value in node.value:
        if key.value in seen:
            raise _TwiceNamed(f"“{key.value}” stands twice in one place (line {key.start_mark.line + 1}).")
        seen.add(key.value)
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return made


_Words.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _no_word_twice)


def faults_of(text: str) -> tuple[list[str], dict[str, Any]]:
    """Every fault in a mapping's text, and what was read of it."""
    try:
        raw = yaml.load(text, Loader=_Words)  # noqa: S506  a safe loader, with fewer types than the usual one
    except _TwiceNamed as error:
        return [str(error)], {}
    except yaml.YAMLError as error:
        return [f"It is not YAML: {' '.join(str(error).split())}"], {}
    if not isinstance(raw, dict):
        return ["It is empty, or not a list of “word: value” lines."], {}
    for file in _dicts(raw.get("files", {})):
        if str(file.get("header_row", "")).isdigit():
            file["header_row"] = int(file["header_row"])
    errors = sorted(_validator().iter_errors(raw), key=lambda e: list(map(str, e.absolute_path)))
    faults = [_in_words(error) for error in errors]
    return list(dict.fromkeys([*faults, *_own_faults(raw)])), raw


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value.values() if isinstance(v, dict)] if isinstance(value, dict) else []


@lru_cache(maxsize=1)
def _validator() -> Any:
    return jsonschema.Draft202012Validator(mapping_schema())


def _in_words(error: Any) -> str:
    return _where(error.absolute_path) + _said(error)


def _said(error: Any) -> str:
    said: dict[str, Callable[[Any], str]] = {
        "additionalProperties": _unknown_word,
        "required": lambda e: f"“{e.message.split(chr(39))[1]}” is missing.",
        "oneOf": _no_alternative,
        "enum": lambda e: f"“{e.instance}” is not one of {', '.join(map(str, e.validator_value))}.",
        "type": _wrong_type,
    }
    return said.get(error.validator, lambda e: f"{e.message}.")(error)


def _where(path: Iterable[Any]) -> str:
    words = [f"entry {part + 1}" if isinstance(part, int) else str(part) for part in path]
    return f"At {' → '.join(words)}: " if words else ""


def _unknown_word(error: Any) -> str:
    known = list(error.schema.get("properties", {}))
    return " ".join(
        f"“{word}” is not known here{_belongs(word) or _near(word, known)}."
        for word in error.instance
        if word not in known
    )


def _belongs(word: str) -> str:
    if word not in ENTRY_WORDS:
        return ""
    return f"; it belongs in an entry of “makes”, beside the kind: makes: [{{person: …, {word}: …}}]"


def _near(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(str(word), known, 1)
    return f" (is “{close[0]}” meant?)" if close else f"; known are {', '.join(known)}"


def _wrong_type(error: Any) -> str:
    shapes = {
        "object": "“word: value” lines",
        "array": "a list",
        "string": "words",
        "integer": "a whole number",
    }
    return f"this should be {shapes.get(error.validator_value, error.validator_value)}."


def _no_alternative(error: Any) -> str:
    """What is wrong in the alternative that was meant: the one of the right shape."""
    words = [word for option in error.validator_value for word in option.get("required", [])]
    if words:
        return f"needs exactly one of {', '.join(words)}."
    wrong_shape = {e.schema_path[0] for e in error.context if e.validator == "type" and not e.path}
    meant = [e for e in error.context if e.schema_path[0] not in wrong_shape]
    if meant:
        return " ".join(dict.fromkeys(_where(e.relative_path) + _said(e) for e in meant))
    return "this should be a column's name, or a recipe such as {constant: …} or {column: …, codes: …}."


def _own_faults(raw: dict[str, Any]) -> Iterator[str]:
    """What the schema cannot say. Parts of the wrong shape are passed over: the schema has told of them."""
    files = raw.get("files")
    if not isinstance(files, dict):
        return
    yield from _sensitivity_faults("", raw)
    for name, file in files.items():
        if not isinstance(file, dict):
            continue
        here = f"At files → {name}"
        yield from _sensitivity_faults(here, file)
        yield from _name_faults(here, str(name), file.get("sensitivity", raw.get("sensitivity")))
        yield from _join_faults(here, file, files)
        for number, entry in enumerate(file.get("makes") or [], 1):
            if isinstance(entry, dict):
                yield from _entry_faults(f"{here} → makes → entry {number}", raw, file, entry)


def _name_faults(here: str, name: str, sensitivity: Any) -> Iterator[str]:
    guarded = isinstance(sensitivity, dict) and sensitivity.get("constant") == "health-specialist"
    if guarded and not name.startswith(SPECIALIST_NAME):
        yield (
            f"{here}: a specialist nurse's service is nowhere named, and a file's name stands wherever its records do: "
            f"call it “{SPECIALIST_NAME}_…”."
        )


def _join_faults(here: str, file: dict[str, Any], files: dict[str, Any]) -> Iterator[str]:
    join = file.get("join") or {}
    for other in join if isinstance(join, dict) else ():
        if other not in files:
            yield f"{here} → join: there is no file “{other}”{_near(other, list(files))}."


def _entry_faults(
    where: str, raw: dict[str, Any], file: dict[str, Any], entry: dict[str, Any]
) -> Iterator[str]:
    for kind in [k for k in KINDS if isinstance(entry.get(k), dict)]:
        fields, here = entry[kind], f"{where} → {kind}"
        if "id" not in fields and "id" not in file:
            yield f"{here}: neither the {kind} nor its file says which column is the id."
        yield from _sensitivity_faults(here, fields)
        yield from _value_faults(here, raw, [*fields.values(), *entry.get("when", {})])
        for field, value in fields.items():
            yield from _field_faults(here, raw, entry, (field, value))
        if kind == "event":
            yield from _kind_faults(here, raw, fields.get("kind"))


def _field_faults(
    here: str, raw: dict[str, Any], entry: dict[str, Any], named: tuple[str, Any]
) -> Iterator[str]:
    field, value = named
    people = value if field == "people" and isinstance(value, list) else []
    references = (
        [value] if is_reference(field, value) else [p.get("person") for p in people if isinstance(p, dict)]
    )
    for reference in references:
        for file in reference if isinstance(reference, dict) else ():
            if file not in raw["files"]:
                yield f"{here} → {field}: there is no file “{file}”{_near(file, list(raw['files']))}."
    columns = set() if people else set(field_columns(field, value))
    if columns & {PART, PART_NUMBER} and "for_each_part" not in entry:
        yield f"{here} → {field}: {PART} needs for_each_part."
    if any("{n}" in str(column) for column in columns) and "for_each" not in entry:
        yield f"{here} → {field}: {{n}} needs for_each."


def _kind_faults(here: str, raw: dict[str, Any], value: Any) -> Iterator[str]:
    """The kinds of event that a mapping can make are those that the rest of Engage knows."""
    if isinstance(value, dict):
        codes = value.get("codes", {})
        codes = raw.get("code_lists", {}).get(codes, {}) if isinstance(codes, str) else codes
        words = [value.get("constant"), *(codes.values() if isinstance(codes, dict) else [])]
        for word in dict.fromkeys(w for w in words if w is not None and w not in EVENT_KINDS):
            yield f"{here} → kind: “{word}” is not a kind of event{_near(word, list(EVENT_KINDS))}."


def _sensitivity_faults(here: str, holder: dict[str, Any]) -> Iterator[str]:
    value = holder.get("sensitivity")
    if not isinstance(value, dict):
        return
    where = f"{here} → sensitivity" if here else "At sensitivity"
    if "constant" in value and value["constant"] not in _SENSITIVITIES:
        yield f"{where}: “{value['constant']}” is not one of {', '.join(_SENSITIVITIES)}."
    if "codes" in value and value.get("otherwise") not in _SENSITIVITIES:
        yield f"{where}: say what any other code means, with “otherwise: standard” or “otherwise: restricted”."


def _value_faults(here: str, raw: dict[str, Any], value: Any) -> Iterator[str]:
    """Code lists that are not there and patterns that cannot be used, however deep they stand."""
    if isinstance(value, list):
        for part in value:
            yield from _value_faults(here, raw, part)
    if not isinstance(value, dict):
        return
    codes = value.get("codes")
    if isinstance(codes, str) and codes not in (raw.get("code_lists") or {}):
        yield f"{here}: there is no code list “{codes}”{_near(codes, list(raw.get('code_lists') or {}))}."
    remove = value.get("remove", [])
    for pattern in [value.get("take"), *(remove if isinstance(remove, list) else [remove])]:
        if isinstance(pattern, str) and not _is_pattern(pattern):
            yield f"{here}: “{pattern}” is not a regular expression."
    for part in value.values():
        yield from _value_faults(here, raw, part)


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
