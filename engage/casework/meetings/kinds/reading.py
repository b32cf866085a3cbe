"""Which kinds of meeting does an area have? One plain file each: the product's, and what AREA/meetings/*.yaml adds or puts in the place of one.

code: exploitation_panel           how meetings of it are kept
title, means, source, basis: ...   basis: on what law information is asked for
effective: 2026-01-01              the day from which it holds
subjects: [child, place]           the kinds of case that it takes
names_children: true               false: no child is named in invitations, pack or minutes
sections: [...]                    the agenda, in its order: code, title, takes (kinds of case, or actions), states
carries_on: true                   the agenda also holds overdue actions of no case that earlier meetings of the kind agreed; else of those alone that shared a case with it
standing, statute, named: [...]    seats (members.yaml): always invited, asked for by law, or shown so that an absence is seen
quorum: [{member, title, roles, but}]   who must have come: in one of these roles (other: another practitioner), in none of those; at_least: a number of agencies
timings: {referrals, answers, pack, actions, minutes}   in working days
chase: {after, escalate}           in working days after the day by which they were to answer
event: strategy.held               what the clocks of the children on its agenda are told when it was held
tells: {called, planned, invited, issued}   what they are told by calling it, of the day it is planned for, by inviting, and when its minutes are issued
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from engage.casework.lifecycles.states import KINDS as CASES
from engage.casework.meetings.kinds.rules import (
    ACTIONS,
    DECISIONS,
    OTHER,
    Kind,
    KindsWrong,
    KindUnknown,
    Member,
    Need,
    Seats,
    Section,
    Timings,
)
from engage.governance import table
from engage.store.area import Area
from engage.vocabulary.words import N_, Sentence
from engage.vocabulary.written import files_of, read_yaml, shipped


SHIPPED = Path(__file__).parent
MEMBERS, NAMED = "members.yaml", "named_in_records.yaml"
_NEEDED = ("code", "title", "means", "source", "basis", "effective", "subjects", "sections", "quorum")
_FURTHER = (
    "names_children",
    "carries_on",
    "period_months",
    "standing",
    "statute",
    "named",
    "at_least",
    "warn",
    "timings",
    "chase",
    "move",
    "event",
    "tells",
)


def of_area(area: Area) -> Mapping[str, Kind]:
    """All kinds of meeting of an area, by code. Raises KindsWrong."""
    return load(area.folder / "meetings")


def load(folder: Path | None = None) -> Mapping[str, Kind]:
    """The shipped kinds with what a folder adds or replaces. Raises KindsWrong."""
    ships = ((file, at, False) for file, at in shipped(SHIPPED) if file.name not in (MEMBERS, NAMED))
    return _load((*ships, *((file, at, True) for file, at in files_of(folder))))


def kind_of(area: Area, code: str) -> Kind:
    """The kind of that code. Raises KindUnknown, KindsWrong."""
    kinds = of_area(area)
    if code not in kinds:
        raise KindUnknown(
            Sentence(N_("There is no kind of meeting “%(code)s”."), {"code": code}),
            remedy=Sentence(N_("Choose one of: %(known)s."), {"known": ", ".join(kinds)}),
        )
    return kinds[code]


@cache
def seats() -> Seats:
    """All kinds of member."""
    rows = read_yaml((SHIPPED / MEMBERS).read_text(encoding="utf-8"))
    made = [
        Member(
            row["code"],
            row["title"],
            tuple(row["agencies"]),
            tuple(row.get("roles") or ()),
            bool(row.get("holders")),
            row.get("reads_as", "business_support"),
            row.get("speaks_for", ""),
        )
        for row in rows
    ]
    return Seats({one.code: one for one in made})


@cache
def named_in_records() -> tuple[Mapping[str, str], ...]:
    """Which named values in records say that somebody else holds records too."""
    return tuple(read_yaml((SHIPPED / NAMED).read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, int, bool], ...]) -> Mapping[str, Kind]:
    found: dict[str, Kind] = {}
    for file, _at, is_local in files:
        kind = _kind(file, is_local=is_local)
        found[kind.code] = kind
    return dict(sorted(found.items()))


def _kind(file: Path, *, is_local: bool) -> Kind:
    raw = _read(file)
    chase = raw.get("chase") or {}
    try:
        kind = Kind(
            code=str(raw["code"]), title=raw["title"], means=raw["means"], source=raw["source"], basis=raw["basis"], effective_on=raw["effective"],
            subjects=tuple(raw["subjects"]), names_children=bool(raw.get("names_children", True)), period_months=int(raw.get("period_months", 24)),
            sections=tuple(_section(one) for one in raw["sections"]), standing=tuple(raw.get("standing") or ()), statute=tuple(raw.get("statute") or ()),
            named=tuple(raw.get("named") or ()), quorum=tuple(_need(one) for one in raw["quorum"] if not one.get("chair")),
            chair=next((Need("", one["title"]) for one in raw["quorum"] if one.get("chair")), None),
            at_least=int(raw.get("at_least", 0)), warn=tuple(raw.get("warn") or ()), timings=Timings(**(raw.get("timings") or {})),
            chase_after=int(chase.get("after", 2)), escalate_after=int(chase.get("escalate", 4)), move=raw.get("move", ""), event=raw.get("event", ""), tells=dict(raw.get("tells") or {}), is_local=is_local,
            carries_on=bool(raw.get("carries_on", False)),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong(file, str(error), N_("Compare the file with one that ships.")) from None
    _check_names(file, kind)
    return kind


def _need(raw: Mapping[str, Any]) -> Need:
    return Need(raw["member"], raw["title"], tuple(raw.get("roles") or ()), tuple(raw.get("but") or ()))


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(raw["code"], raw["title"], tuple(raw.get("takes") or ()), tuple(raw.get("states") or ()))


def _read(file: Path) -> dict[str, Any]:
    try:
        raw = read_yaml(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(file, str(error).splitlines()[0], N_("Write it as YAML.")) from None
    if not isinstance(raw, dict):
        raise _wrong(file, "code", N_("Name the code of the kind first."))
    for key in _NEEDED:
        if raw.get(key) in (None, "", []):
            raise _wrong(file, key, N_("Every kind of meeting must say it."))
    for key in raw:
        if key not in {*_NEEDED, *_FURTHER}:
            raise _wrong(file, str(key), N_("Take it out, or compare the file with one that ships."))
    if not isinstance(raw["effective"], date):
        raise _wrong(file, f"effective: {raw['effective']}", N_("Write a day as 2026-04-01."))
    return raw


def _check_names(file: Path, kind: Kind) -> None:
    """Whatever a kind names is there: seats, kinds of case; and overdue actions stand before what is worked down."""
    known = seats().by_code
    for code in (*kind.seats, *kind.warn, *(need.member for need in kind.quorum)):
        if code not in known:
            raise _wrong(file, code, Sentence(N_("Use one of %(known)s."), {"known": ", ".join(known)}))
    _check_roles(file, kind)
    for code in (*kind.subjects, *(takes for one in kind.sections for takes in one.takes)):
        if code not in (*CASES, ACTIONS, DECISIONS):
            raise _wrong(file, code, Sentence(N_("Use one of %(known)s."), {"known": ", ".join(CASES)}))
    codes = [one.code for one in kind.sections]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise _wrong(file, twice, N_("Two sections have the same code: give each one of its own."))
    worked = [one.takes for one in kind.sections if one.takes]
    if not worked or ACTIONS not in worked[0]:
        raise _wrong(file, "sections", N_("Overdue actions come first: name the section that takes actions."))


def _check_roles(file: Path, kind: Kind) -> None:
    known = (*table.codes("roles"), OTHER)
    for code in (role for need in kind.quorum for role in (*need.roles, *need.but)):
        if code not in known:
            raise _wrong(file, code, Sentence(N_("Use one of %(known)s."), {"known": ", ".join(known)}))


def _wrong(file: Path, what: str, remedy: str | Sentence) -> KindsWrong:
    return KindsWrong(
        Sentence(
            N_("%(file)s cannot be used as a kind of meeting: “%(what)s”."),
            {"file": file.name, "what": what},
        ),
        remedy=remedy,
    )
