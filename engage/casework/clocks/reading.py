"""How is a file of a clock read, and what is said when it cannot be?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from engage.casework.clocks.calendars import CALENDARS, NATIONS
from engage.casework.clocks.rules import (
    ABOUT,
    CERTAINTIES,
    Clock,
    EventKind,
    Extension,
    Kind,
    Length,
    Pause,
    Unit,
    Which,
)
from engage.picture.missing.stated import stated
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


_NEEDED = ("code", "title", "means", "kind", "starts", "ends", "about", "source", "certainty", "effective")
_FURTHER = (
    "length", "which", "from_number", "needs_all", "ends_every", "stops", "pauses", "extensions", "warn", "calendar", "nations", "is_local", "whose", "variant_of",
    "rolls", "is_on", "note", "until", "not_here",
)  # fmt: skip
_YES_OR_NO = ("needs_all", "ends_every", "is_local", "rolls", "is_on")
_LONGER_THAN_ANY = 1_000
# A length that picture/missing/stated.yaml states.
STATED = "stated: return_interview"
Word = TypeVar("Word", bound=StrEnum)


class ClockWrong(EngageError):
    """A file of clocks cannot be used: names the file, the key, what stands there, and the remedy."""

    def __init__(self, file: Path, sentence: Sentence, *, remedy: Sentence | str) -> None:
        self.file = file
        super().__init__(sentence, remedy=remedy)


def wrong(file: Path, what: str, remedy: str | Sentence) -> ClockWrong:
    """The error of a file."""
    return ClockWrong(
        file,
        Sentence(N_("%(file)s cannot be used for clocks: “%(what)s”."), {"file": file.name, "what": what}),
        remedy=remedy,
    )


def read(file: Path) -> dict[str, Any]:
    """What a file says. Raises ClockWrong when that is no YAML of names and values."""
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    if not isinstance(content, dict):
        raise wrong(file, str(content)[:40], N_("Write names with values."))
    return content


def events_of(file: Path) -> dict[str, EventKind]:
    """The events that can be told, by code."""
    rows = read_yaml(file.read_text(encoding="utf-8"))
    return {
        one["code"]: EventKind(one["code"], one["title"], one["means"], one.get("why", "")) for one in rows
    }


def clock_of(file: Path, raw: Mapping[str, Any], events: Mapping[str, EventKind]) -> Clock:
    """The clock that a file describes. Raises ClockWrong."""
    _check_keys(file, raw)
    certainty, is_local, whose = (
        str(raw["certainty"]),
        raw.get("is_local") is True,
        str(raw.get("whose") or ""),
    )
    if certainty not in CERTAINTIES:
        raise wrong(file, f"certainty: {certainty}", _one_of(CERTAINTIES))
    if is_local != bool(whose) or (certainty == "L" and not is_local):
        raise wrong(file, "is_local, whose", N_("Say is_local: true, and whose rule it is."))
    kind, length = _word(file, raw, "kind", Kind), _length(file, "length", raw.get("length"))
    if length is None and kind not in {Kind.AS_SOON_AS_POSSIBLE, Kind.EXPIRY}:
        raise wrong(file, "length", N_("Say its length, as 15 working_day."))
    extensions = tuple(_extensions(file, raw.get("extensions"), length))
    clock = Clock(
        code=str(raw["code"]), title=str(raw["title"]), means=str(raw["means"]), kind=kind, starts=_codes(file, raw, "starts", events),
        ends=_codes(file, raw, "ends", events), about=_known(file, raw, "about", ABOUT), source=str(raw["source"]), certainty=certainty,
        effective_on=_day(file, raw, "effective"), length=length, which=_word(file, {"which": "each", **raw}, "which", Which),
        from_number=_number(file, "from_number", raw.get("from_number", 1)), needs_all=bool(raw.get("needs_all", False)),
        ends_every=bool(raw.get("ends_every", False)), stops=_codes(file, raw, "stops", events), pauses=tuple(_pauses(file, raw.get("pauses"))), extensions=extensions,
        warn=_length(file, "warn", raw.get("warn")), calendar=_calendar(file, raw), nations=_known(file, raw, "nations", NATIONS), is_local=is_local,
        whose=whose, variant_of=str(raw.get("variant_of") or ""), rolls=bool(raw.get("rolls", False)), is_on=bool(raw.get("is_on", True)),
        note=str(raw.get("note") or ""), not_here=str(raw.get("not_here") or ""), until_on=_day(file, raw, "until") if raw.get("until") else None,
    )  # fmt: skip
    for event in sorted(clock.events - events.keys()):
        raise wrong(file, event, N_("Name an event of the reference page on clocks."))
    return clock


def _check_keys(file: Path, raw: Mapping[str, Any]) -> None:
    for key in raw:
        if key not in {*_NEEDED, *_FURTHER}:
            raise wrong(
                file, str(key), N_("Take it out, or see the reference for what a clock's file may say.")
            )
    for key in _NEEDED:
        if raw.get(key) in (None, "", []):
            raise wrong(file, key, N_("Every clock must say it."))
    for key in _YES_OR_NO:
        if not isinstance(raw.get(key, False), bool):
            raise wrong(file, f"{key}: {raw[key]}", N_("Write true or false."))


def _one_of(words: Mapping[str, Any] | type[StrEnum]) -> Sentence:
    return Sentence(N_("Write one of: %(words)s."), {"words": ", ".join(map(str, words))})


def _word(file: Path, raw: Mapping[str, Any], key: str, words: type[Word]) -> Word:
    try:
        return words(raw[key])
    except ValueError:
        raise wrong(file, f"{key}: {raw[key]}", _one_of(words)) from None


def _list(file: Path, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    some = raw.get(key) or []
    if not isinstance(some, list):
        raise wrong(file, f"{key}: {some}", N_("Write a list, as [one, another]."))
    return tuple(map(str, some))


def _known(file: Path, raw: Mapping[str, Any], key: str, words: Mapping[str, Any]) -> tuple[str, ...]:
    some = _list(file, raw, key)
    for one in some:
        if one not in words:
            raise wrong(file, f"{key}: {one}", _one_of(words))
    return some


def _codes(file: Path, raw: Mapping[str, Any], key: str, events: Mapping[str, EventKind]) -> tuple[str, ...]:
    some = _list(file, raw, key)
    for one in some:
        if one not in events:
            raise wrong(file, f"{key}: {one}", N_("Name an event of the reference page on clocks."))
    return some


def _calendar(file: Path, raw: Mapping[str, Any]) -> str:
    code = str(raw.get("calendar") or "")
    if code and code not in CALENDARS:
        raise wrong(file, f"calendar: {code}", _one_of(CALENDARS))
    return code


def _day(file: Path, raw: Mapping[str, Any], key: str) -> date:
    if not isinstance(raw[key], date):
        raise wrong(file, f"{key}: {raw[key]}", N_("Write a day as 2026-04-01."))
    return date(raw[key].year, raw[key].month, raw[key].day)


def _number(file: Path, key: str, value: Any, least: int = 1) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < _LONGER_THAN_ANY:
        raise wrong(file, f"{key}: {value}", N_("Write a whole number that is not too large."))
    return value


def _length(file: Path, key: str, raw: Any, least: int = 1) -> Length | None:
    """“15 working_day”, or nothing; what the list of missing children goes by is written there alone, and named here."""
    if raw is None:
        return None
    if raw == STATED:
        return Length(int(stated().interview.lasts / timedelta(hours=1)), Unit.CLOCK_HOUR)
    count, _space, unit = str(raw).partition(" ")
    if not count.isdecimal() or unit not in set(Unit):
        raise wrong(
            file,
            f"{key}: {raw}",
            N_("Write a number and a unit: working_day, calendar_day, clock_hour or month."),
        )
    return Length(_number(file, key, int(count), least), Unit(unit))


def _rows(file: Path, key: str, raw: Any, needed: set[str]) -> Iterator[dict[str, Any]]:
    for one in raw or ():
        if not isinstance(one, dict) or not needed <= one.keys():
            raise wrong(
                file,
                f"{key}: {one}",
                Sentence(N_("Say of each: %(keys)s."), {"keys": ", ".join(sorted(needed))}),
            )
        yield one


def _pauses(file: Path, raw: Any) -> Iterator[Pause]:
    for one in _rows(file, "pauses", raw, {"event", "until"}):
        yield Pause(str(one["event"]), str(one["until"]))


def _extensions(file: Path, raw: Any, length: Length | None) -> Iterator[Extension]:
    for one in _rows(file, "extensions", raw, {"event", "by"}):
        # By nothing: the order is made longer to an end that it states.
        by = _length(file, "by", one["by"], least=0)
        if by is None or (length is not None and by.unit is not length.unit):
            raise wrong(file, f"by: {one['by']}", N_("Make it longer in the unit of its length."))
        yield Extension(str(one["event"]), by, _number(file, "at_most", one.get("at_most", 1)))
