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
  - {code: said, label: What did the child say?, kind: long_text, shown_when: {seen: "yes"}, heading: What was said}
  - {code: next, label: When is the next?, kind: day, ahead: true}   a day to come; of any other it is refused. {step: [court]}: for these answers alone
tells:
  - {event: child.seen, at: day, when: {seen: "yes"}}     "*" for any answer; {agreed_by: {every: [police, health]}} for all of several
review: review_on                 the question that holds the day on which it is looked at again
reviewer: by_whom                 the question that holds who does; left out: the worker of the case
authorisers: [team_manager]       roles of whom alone what it tells can be authorised
takes_over: [plan_agreed]         forms whose day of review this one sets anew, besides its own
bands:                            an area's form that counts points: what it calls its own sum
  - {from: 0, title: Category 1}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engage.casework.forms.checking import faults
from engage.casework.forms.rules import Band, Choice, Condition, Form, Kind, Question, Tells
from engage.store.area import Area
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import files_of, read_yaml, shipped


SHIPPED = Path(__file__).parent / "catalogue"
_NEEDED = ("code", "title", "means", "source", "version", "effective", "questions")
_FURTHER = ("of", "who", "tells", "bands", "by", "review", "reviewer", "takes_over", "needs", "authorisers")
_OF_TELLING = ("at", "once", "as_of", "until", "clock", "authorised_by", "reason", "unsaid", "case", "only")
_OF_QUESTION = {
    "code",
    "label",
    "kind",
    "hint",
    "choices",
    "needed",
    "needed_when",
    "shown_when",
    "heading",
    "not_for",
    "ahead",
    "not_before",
    "never",
}


class FormsWrong(EngageError):
    """A file cannot be used as a form: names the file, the entry and the remedy."""


class FormUnknown(EngageError):
    """There is no form of that code."""

    exit_code = 5


def of_area(area: Area, *, on: date | None = None) -> Mapping[str, Form]:
    """All forms of an area by code, as they are on a day: a form of which the day is still to come is left out (None: none is). Raises FormsWrong."""
    return load(area.folder / "forms", on=on)


def load(folder: Path | None = None, *, on: date | None = None) -> Mapping[str, Form]:
    """The shipped forms with what a folder adds or puts in their place, by code, as they are on a day. Raises FormsWrong."""
    found: dict[str, Form] = {}
    for form in _every(folder):
        if (on is None or form.effective_on <= on) and _takes_the_place(form, found.get(form.code)):
            found[form.code] = form
    return dict(sorted(found.items()))


def form_of(area: Area, code: str, *, version: str = "", on: date | None = None) -> Form:
    """The form of that code: in the version in which it was filled in, where its file is still there, or else as it is on a day. Raises FormUnknown, FormsWrong."""
    folder = area.folder / "forms"
    older = [form for form in _every(folder) if version and (form.code, form.version) == (code, version)]
    form = older[-1] if older else load(folder, on=on).get(code)
    if form is None:
        raise FormUnknown(
            Sentence(N_("There is no form “%(code)s”."), {"code": code}),
            remedy=N_("Open it from its case again."),
        )
    return form


def kept_from(area: Area, parts: Collection[str]) -> Mapping[str, frozenset[str]]:
    """By form, the questions of which the answer is kept from whoever takes part in a case as nothing but these parts. What any version keeps is kept of all: a form that an
    area puts in the product's place opens nothing that was written under the promise of the other."""
    found: dict[str, set[str]] = defaultdict(set)
    for form in _every(area.folder / "forms"):
        found[form.code].update(one.code for one in form.questions if set(parts) <= set(one.not_for))
    return {code: frozenset(some) for code, some in found.items() if some}


def every_question(area: Area, code: str) -> frozenset[str]:
    """The questions of a form in any of its versions."""
    return frozenset(one.code for form in _every(area.folder / "forms") if form.code == code for one in form.questions)  # fmt: skip


def _takes_the_place(form: Form, other: Form | None) -> bool:
    """An area's own goes before the product's, whatever its day; of two of one place the later."""
    return other is None or (form.is_local, form.effective_on) >= (other.is_local, other.effective_on)


def _every(folder: Path | None) -> tuple[Form, ...]:
    own = tuple((file, at, True) for file, at in files_of(folder))
    return _load((*((file, at, False) for file, at in shipped(SHIPPED)), *own))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, int, bool], ...]) -> tuple[Form, ...]:
    found: dict[tuple[bool, str, str], Form] = {}
    for file, _at, is_local in files:
        form = _form(file, is_local=is_local)
        if (key := (is_local, form.code, form.version)) in found:
            raise _wrong(
                file,
                f"version: {form.version}",
                N_("Another file holds this version of the form: give this one the next."),
            )
        found[key] = form
    return tuple(found.values())


def _form(file: Path, *, is_local: bool) -> Form:
    raw = _read(file)
    if not isinstance(raw["effective"], date):
        raise _wrong(file, f"effective: {raw['effective']}", N_("Write a day as 2026-04-01."))
    questions = tuple(_question(file, one) for one in raw["questions"])
    form = Form(
        code=str(raw["code"]), title=raw["title"], means=raw["means"], source=raw["source"], version=str(raw["version"]), effective_on=raw["effective"],
        questions=questions, of=tuple(raw.get("of") or ()), who=tuple(raw.get("who") or ()), tells=tuple(_tells(raw.get("tells") or ())),
        bands=tuple(Band(int(one["from"]), one["title"]) for one in raw.get("bands") or ()), is_local=is_local,
        by=str(raw.get("by", "")), review=str(raw.get("review", "")), reviewer=str(raw.get("reviewer", "")), takes_over=tuple(raw.get("takes_over") or ()),
        authorisers=tuple(raw.get("authorisers") or ()), needs={kind: tuple(some) for kind, some in (raw.get("needs") or {}).items()},
    )  # fmt: skip
    for what, remedy in faults(form):
        raise _wrong(file, what, remedy)
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
    shown, ahead = _conditions(raw.get("shown_when")), raw.get("ahead")
    ahead_when = _conditions(ahead) if isinstance(ahead, dict) else ()
    return Question(
        code=str(raw["code"]), label=raw["label"], kind=Kind(raw["kind"]), hint=raw.get("hint", ""),
        choices=tuple(Choice(str(one["code"]), one["title"], int(one.get("points", 0))) for one in raw.get("choices") or ()),
        needed=bool(raw.get("needed")), needed_when=_conditions(raw.get("needed_when")), shown_when=shown[0] if shown else None, heading=raw.get("heading", ""),
        not_for=tuple(raw.get("not_for") or ()), is_ahead=bool(ahead) and not ahead_when, ahead_when=ahead_when[0] if ahead_when else None, not_before=raw.get("not_before", ""), never={str(one): why for one, why in (raw.get("never") or {}).items()},
    )  # fmt: skip


def _conditions(raw: Mapping[str, Any] | None) -> tuple[Condition, ...]:
    return tuple(Condition(code, frozenset(_texts(answers))) for code, answers in (raw or {}).items())


def _of_telling(raw: Mapping[str, Any] | None) -> Condition | None:
    """The condition of what is told: also that every one of some answers was chosen."""
    for code, answers in (raw or {}).items():
        every = answers.get("every") if isinstance(answers, dict) else None
        return Condition(code, frozenset(_texts(every or answers)), is_every=bool(every))
    return None


def _texts(answers: Any) -> Iterable[str]:
    return (str(one) for one in (answers if isinstance(answers, list) else [answers]))


def _tells(raw: Any) -> Iterable[Tells]:
    for one in raw:
        more = {key: str(one[key]) for key in _OF_TELLING if key in one}
        about = tuple(_texts(one["about"])) if one.get("about") else ()
        yield Tells(str(one["event"]), when=_of_telling(one.get("when")), about=about, **more)


def _wrong(file: Path, what: str, remedy: str | Sentence) -> FormsWrong:
    return FormsWrong(
        Sentence(N_("%(file)s cannot be used as a form: “%(what)s”."), {"file": file.name, "what": what}),
        remedy=remedy,
    )
