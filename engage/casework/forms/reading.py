"""Which forms are there? One plain file each: the product's, and what an area adds or puts in the place of one, from the day it says.

code: visit                       how answers are kept under it
title: Visit to a child
means: ...
source: who says that this is asked
version: "1"
effective: 2026-01-01
of: [child]                       the kinds of case it belongs to
who: [social_worker]              roles that may fill it in; left out: everybody who practises
questions:
  - {code: seen, label: Was the child seen?, kind: yes_no, needed: true}
  - {code: said, label: What did the child say?, kind: long_text, shown_when: {seen: "yes"}}
tells:
  - {event: child.seen, at: day, when: {seen: "yes"}}
bands:                            an area's form that counts points: what it calls its own sum
  - {from: 0, title: Category 1}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engage.casework.forms.rules import Band, Choice, Condition, Form, Kind, Question, Tells
from engage.store.area import Area
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


SHIPPED = Path(__file__).parent / "catalogue"
_NEEDED = ("code", "title", "means", "source", "version", "effective", "questions")
_FURTHER = ("of", "who", "tells", "bands")
_OF_QUESTION = {"code", "label", "kind", "hint", "choices", "needed", "needed_when", "shown_when"}


class FormsWrong(EngageError):
    """A file cannot be used as a form: names the file, the entry and the remedy."""


class FormUnknown(EngageError):
    """There is no form of that code."""

    exit_code = 5


def of_area(area: Area) -> Mapping[str, Form]:
    """All forms of an area by code. Raises FormsWrong."""
    return load(area.folder / "forms")


def load(folder: Path | None = None) -> Mapping[str, Form]:
    """The shipped forms with what a folder adds or replaces. Raises FormsWrong."""
    own = sorted(folder.glob("*.yaml")) if folder and folder.is_dir() else []
    shipped = sorted(SHIPPED.glob("*.yaml"))
    return _load(tuple((file, file.stat().st_mtime_ns, file in own) for file in (*shipped, *own)))


def form_of(area: Area, code: str) -> Form:
    """The form of that code. Raises FormUnknown, FormsWrong."""
    forms = of_area(area)
    if code not in forms:
        raise FormUnknown(
            Sentence(N_("There is no form “%(code)s”."), {"code": code}),
            remedy=N_("Open it from its case again."),
        )
    return forms[code]


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, int, bool], ...]) -> Mapping[str, Form]:
    found: dict[str, Form] = {}
    for file, _at, is_local in files:
        form = _form(file, is_local=is_local)
        found[form.code] = form
    return dict(sorted(found.items()))


def _form(file: Path, *, is_local: bool) -> Form:
    raw = _read(file)
    if not isinstance(raw["effective"], date):
        raise _wrong(file, f"effective: {raw['effective']}", N_("Write a day as 2026-04-01."))
    questions = tuple(_question(file, one) for one in raw["questions"])
    form = Form(
        code=str(raw["code"]), title=raw["title"], means=raw["means"], source=raw["source"], version=str(raw["version"]), effective_on=raw["effective"],
        questions=questions, of=tuple(raw.get("of") or ()), who=tuple(raw.get("who") or ()), tells=tuple(_tells(raw.get("tells") or ())),
        bands=tuple(Band(int(one["from"]), one["title"]) for one in raw.get("bands") or ()), is_local=is_local,
    )  # fmt: skip
    _check_names(file, form)
    return form


def _read(file: Path) -> dict[str, Any]:
    try:
        raw = read_yaml(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    if not isinstance(raw, dict):
        raise _wrong(file, "code", N_("Name the form's code first."))
    for key in _NEEDED:
        if raw.get(key) in (None, "", []):
            raise _wrong(file, key, N_("Every form must say it."))
    for key in raw:
        if key not in {*_NEEDED, *_FURTHER}:
            raise _wrong(
                file, str(key), N_("Take it out, or see the reference for what a form's file may say.")
            )
    return raw


def _question(file: Path, raw: Any) -> Question:
    if not isinstance(raw, dict) or not raw.get("code") or not raw.get("label"):
        raise _wrong(file, str(raw), N_("Every question needs a code and a label."))
    for key in raw:
        if key not in _OF_QUESTION:
            raise _wrong(
                file,
                f"{raw['code']}: {key}",
                N_("Take it out, or see the reference for what a form's file may say."),
            )
    if raw.get("kind") not in list(Kind):
        known = {"known": ", ".join(Kind)}
        raise _wrong(
            file,
            f"{raw['code']}: {raw.get('kind')}",
            Sentence(N_("A kind of answer is one of %(known)s."), known),
        )
    shown = _conditions(raw.get("shown_when"))
    return Question(
        code=str(raw["code"]), label=raw["label"], kind=Kind(raw["kind"]), hint=raw.get("hint", ""),
        choices=tuple(Choice(str(one["code"]), one["title"], int(one.get("points", 0))) for one in raw.get("choices") or ()),
        needed=bool(raw.get("needed")), needed_when=_conditions(raw.get("needed_when")), shown_when=shown[0] if shown else None,
    )  # fmt: skip


def _conditions(raw: Mapping[str, Any] | None) -> tuple[Condition, ...]:
    return tuple(Condition(code, frozenset(_texts(answers))) for code, answers in (raw or {}).items())


def _texts(answers: Any) -> Iterable[str]:
    return (str(one) for one in (answers if isinstance(answers, list) else [answers]))


def _tells(raw: Any) -> Iterable[Tells]:
    for one in raw:
        conditions = _conditions(one.get("when"))
        yield Tells(str(one["event"]), str(one.get("at", "")), conditions[0] if conditions else None)


def _check_names(file: Path, form: Form) -> None:
    """Whatever a form refers to is one of its own questions, and each can be chosen from where it has to be."""
    known = [question.code for question in form.questions]
    twice = next((code for code in known if known.count(code) > 1), None)
    if twice:
        raise _wrong(file, twice, N_("Two questions have the same code: give each one of its own."))
    for question in form.questions:
        if question.kind in (Kind.CHOICE, Kind.CHOICES) and not question.choices:
            raise _wrong(file, question.code, N_("List the answers to choose from."))
    named = [
        one.question
        for question in form.questions
        for one in (*question.needed_when, question.shown_when)
        if one
    ]
    named += [one.at for one in form.tells if one.at] + [one.when.question for one in form.tells if one.when]
    for code in named:
        if code not in known:
            raise _wrong(file, code, N_("Name one of the form's own questions."))


def _wrong(file: Path, what: str, remedy: str | Sentence) -> FormsWrong:
    return FormsWrong(
        Sentence(N_("%(file)s cannot be used as a form: “%(what)s”."), {"file": file.name, "what": what}),
        remedy=remedy,
    )
