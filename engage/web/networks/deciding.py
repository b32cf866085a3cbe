"""The pages on which a named person opens somebody or something as of concern, closes it, or reviews who is not counted."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engage.governance import queries as governance
from engage.networks import actions, queries
from engage.networks.showing import Subject
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.networks import words
from engage.web.networks.forms import CloseForm, OpenForm, ReviewForm
from engage.web.networks.views import frame, subject_context
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


def decide(request: HttpRequest, family: str, code: str) -> HttpResponse:
    """Open it with reason and grade, or close what stands open. Raises MayNotDo, NothingToShow."""
    if family not in words.FAMILIES:
        raise Http404
    found = _found(request, family, code)
    is_open = found.decided.opened(found.one.kind, found.one.key) is not None
    form: Any
    if is_open:
        form = CloseForm(request.POST or None)
    else:
        form = OpenForm(request.POST or None, initial={"seen": json.dumps(sorted(found.record_ids))})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        word = actions.Word(
            code, given["reason"], given.get("grade", ""), seen=given.get("seen", found.record_ids)
        )
        act = actions.close_concern if is_open else actions.open_concern
        if _kept(request, form, lambda: act(**_where(request), family=family, word=word)):
            return redirect(reader_of(request, viewing_of(request)).link("concern_one", family, code))
    button = _("Close") if is_open else _("Open as of concern")
    return _shown(request, found, family, {"form": form, "button": button})


def review(request: HttpRequest, code: str) -> HttpResponse:
    """Say what came of looking at somebody who is not counted, and when they are looked at again. Raises MayNotDo, NothingToShow."""
    found = _found(request, "people", code)
    if not found.is_not_counted:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        word = actions.Word(code, given["reason"], review_on=given["review_on"], seen=found.record_ids)
        if _kept(request, form, lambda: actions.set_not_counted(**_where(request), word=word)):
            return redirect(reader_of(request, viewing_of(request)).link("concern_one", "people", code))
    return _shown(request, found, "people", {"form": form, "button": _("Keep the review"), "is_review": True})


def _found(request: HttpRequest, family: str, code: str) -> Subject:
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="open_concern")
    return queries.subject(
        viewing=viewing, build=build_of(request), area=web().area, family=family, code=code
    )


def _where(request: HttpRequest) -> dict[str, Any]:
    return {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}


def _kept(request: HttpRequest, form: forms.Form, act: Any) -> bool:
    """It is kept; False when it was refused, and the form says why."""
    try:
        act()
    except actions.DecisionRefused as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
        return False
    messages.success(
        request, _("Kept, with your name. It changes nothing of what is worked out from records.")
    )
    return True


def _shown(request: HttpRequest, found: Subject, family: str, more: dict[str, Any]) -> HttpResponse:
    viewing = viewing_of(request)
    reader = reader_of(request, viewing)
    context = {**subject_context(found, family, reader), **frame(family, reader, viewing), **more}
    return render(request, "networks/decide.html", context)
