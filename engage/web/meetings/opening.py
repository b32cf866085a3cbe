"""What the pages of meetings have in common: where they read, what stands at the top of each, and how something is kept or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from engage.casework.cases.rules import CaseNotShown, MovedOn, MoveRefused
from engage.casework.meetings import queries
from engage.casework.meetings.queries import MeetingShown
from engage.casework.meetings.rules import MeetingRefused
from engage.casework.tasks.rules import ActionRefused
from engage.governance import queries as governance
from engage.store.area import AreaSettingsWrong
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.meetings import presenters
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


# What is wrong with what was sent. Whoever may not do it at all gets a page that says so.
REFUSALS = (MeetingRefused, MovedOn, MoveRefused, ActionRefused, CaseNotShown, AreaSettingsWrong)


def where(request: HttpRequest, number: int | None = None) -> dict[str, Any]:
    """What every door is given."""
    given: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}
    return given if number is None else {**given, "number": number}


def shown(request: HttpRequest, number: int) -> MeetingShown:
    """One meeting. Raises MeetingNotShown."""
    return queries.meeting(**where(request, number))


def head_of(request: HttpRequest, one: MeetingShown) -> dict[str, Any]:
    """What stands at the top of each page of a meeting."""
    part = {one.head.agency, *(guest.agency for guest in one.invitees if guest.is_invited)}
    may_propose = one.arranges and governance.can(viewer=viewing_of(request).viewer, what="convene")
    return {
        "number": one.head.number,
        "title": presenters.title(one.head, one.kind),
        "tag": presenters.tag(one.head),
        "shown": one,
        "may_propose": may_propose,
        "reader": reader_of(request, viewing_of(request)),
        "whose_data": [title for code, title in agencies() if code in part],
    }


def agencies() -> list[tuple[str, str]]:
    """The area's agencies, to choose from."""
    return list(web().agency_titles().items())


def workers(what: str) -> list[tuple[str, str]]:
    """The workers of all agencies who may do something, to choose from."""
    return [
        (one.user_id, f"{one.name}, {title}")
        for code, title in agencies()
        for one in governance.workers_who_may(what=what, agency=code)
    ]


def kept(form: forms.Form, act: Callable[[], Any]) -> bool:
    """It is kept; False when it was refused, and the form says why."""
    try:
        act()
    except REFUSALS as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
        return False
    return True


def done(request: HttpRequest, act: Callable[[], Any], text: str | Callable[[Any], str]) -> None:
    """Do what a button asks for, and say that it is done (in words that may depend on what came of it), or why not."""
    try:
        came = act()
    except REFUSALS as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}".strip())
    else:
        messages.success(request, text if isinstance(text, str) else text(came))
