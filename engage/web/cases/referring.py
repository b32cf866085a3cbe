"""What does a referral begin with when it is made from another page, and which records come with it?

The address names whom it is about (`about`: a person's id, a place's key, with `called`, or a group's number) and from which page (`from`: indicators, missing, returned, concern or groups). Which records come with it is asked
of the door of that list anew, so that nothing comes with it that the referrer may not see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from engage.casework.forms.rules import Answers
from engage.casework.lifecycles.states import CHILD, PEER_GROUP, PERSON_OF_CONCERN, PLACE
from engage.casework.returns import queries as returns
from engage.networks import queries as networks
from engage.networks.grouped import GroupShown
from engage.picture import queries as picture
from engage.picture.indicators import queries as indicators
from engage.picture.missing import queries as missing
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web


_FIRST = {"child": "child", "person_of_concern": "person", "place": "place", "peer_group": "called"}


@dataclass(frozen=True)
class Start:
    """Whom or what a referral is about, how it is called, and the answers it begins with."""

    subject: str = ""
    called: str = ""
    answers: Answers = field(default_factory=dict)


def about_of(request: HttpRequest, kind: str) -> Start:
    """Whom the address is about, as far as the worker may know. Nothing where it names nobody."""
    subject, called = request.GET.get("about", "").strip(), request.GET.get("called", "").strip()[:300]
    if kind in (CHILD, PERSON_OF_CONCERN) and subject:
        named = picture.how_called(
            viewing=viewing_of(request), build=build_of(request), person_ids=[subject]
        ).get(subject)
        called = ", ".join(part for part in (named.name, named.born) if part) if named else ""
    if kind == PEER_GROUP and subject:
        called = _group_name(request, subject)
    answers = {_FIRST[kind]: called} if called else {}
    return Start(subject, called, answers)


def _group_name(request: HttpRequest, number: str) -> str:
    """What a team manager called the group; whether it may be referred is decided at the door."""
    return _group(request, number).group.name if _is_number(number) else ""


def _is_number(number: str) -> bool:
    return number.isdecimal() and len(number) <= 9


def _group(request: HttpRequest, number: str) -> GroupShown:
    """Raises NothingToShow."""
    where: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}
    return networks.group(**where, number=int(number))


def evidence_of(request: HttpRequest, kind: str) -> tuple[str, ...]:
    """The ids of the records that the page shows from which the referral is made, each of which the referrer may see."""
    subject, came_from = request.GET.get("about", "").strip(), request.GET.get("from", "")
    where: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}
    if came_from == "indicators" and kind == CHILD and subject:
        child = indicators.child(**where, person_id=subject)
        return tuple(sorted({one.record_id for standing in child.standings for one in standing.held.current}))
    if came_from == "missing" and kind == CHILD:
        report, build = request.GET.get("report", ""), build_of(request)
        missing.episode(
            viewing=viewing_of(request), build=build, report=report, child=request.GET.get("child", "")
        )
        return (report,)
    if came_from == "returned" and kind == CHILD:
        # Of any time from which the child came back, also of one who went missing again since.
        back = returns.one_return(
            viewing=viewing_of(request), build=build_of(request), report=request.GET.get("report", ""), child=subject
        )  # fmt: skip
        return (back.episode.since.record_id,)
    if came_from == "concern" and kind in (PERSON_OF_CONCERN, PLACE):
        family = "people" if kind == PERSON_OF_CONCERN else "places"
        return tuple(sorted(networks.subject(**where, family=family, code=subject).record_ids))
    if came_from == "groups" and kind == PEER_GROUP:
        return tuple(sorted(_group(request, subject).record_ids)) if _is_number(subject) else ()
    return ()
