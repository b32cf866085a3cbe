"""Pages on which it is said whom or what a case is about, and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from engage.casework.cases import actions, queries
from engage.casework.cases.actions import Written
from engage.casework.cases.queries import CaseNotShown, CaseShown
from engage.casework.forms.reading import form_of
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import PLACE
from engage.web.apps import web
from engage.web.cases.acting import filled_page, kept, shown_of, two_moves, version_of, where_of
from engage.web.cases.forms import PlaceForm, WhoForm
from engage.web.drafts import keeping
from engage.web.filling.forms import FilledForm, form_for
from engage.web.templatetags.engage import said


def identify(request: HttpRequest, number: int) -> HttpResponse:
    """Say whom a case is about. Raises CaseNotShown."""
    shown = shown_of(request, number)
    form = (PlaceForm if shown.head.kind == PLACE else WhoForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = {**where_of(request), "number": number, "version": version_of(request)}
        now = kept(form, lambda: actions.identify(**where, subject=form.about()))
        if now:
            if now != number:
                messages.success(request, _("There was a case of the same already: this one went into it, and its referral stands here."))  # fmt: skip
            return redirect("case", number=now)
    title = _("Which place is it?") if shown.head.kind == PLACE else _("Who is it?")
    return filled_page(request, shown, None, form, None, {"move": title, "button": _("Keep")})


def not_about(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a case is not about whom it was said to be, or is another than the one it went into. Raises CaseNotShown."""
    shown = shown_of(request, number)
    if shown.not_about is None:
        raise Http404
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    made = shown.not_about.move
    asked = form_of(web().area, made.form)
    form = form_for(asked, request.POST or None, answers=_begins(shown))
    context: dict[str, Any] = {
        "move": _(made.title),
        "means": _(made.means),
        "refused": said(shown.not_about.refused) if shown.not_about.refused else "",
        "button": _(made.title),
    }
    if request.method == "POST" and form.is_valid():
        version = version_of(request)
        if _is_kept(request, number, version, (asked, form)):
            keeping.sent(request)
            messages.success(request, _("Kept, with your name."))
            return _back(request, number)
        shown = shown_of(request, number)
        if shown.head.version != version:
            context["two"] = two_moves(request, shown, form)
    return filled_page(request, shown, asked, form, None, context)


def _begins(shown: CaseShown) -> dict[str, str]:
    """The name that the case had before anybody said whom it is about; a case that was opened about somebody may bear their name, and has none."""
    was_said = {"identified", "same_as"} & {one.move for one in shown.moves}
    return {"called": shown.head.called} if was_said else {}


def _is_kept(request: HttpRequest, number: int, version: int, filled: tuple[Form, FilledForm]) -> bool:
    written = Written(filled[0].code, filled[1].answers)
    act = {**where_of(request), "number": number, "version": version, "written": written}
    return kept(filled[1], lambda: actions.say_not_about(**act)) is not None


def _back(request: HttpRequest, number: int) -> HttpResponse:
    """To the case, or to the list where it is a question now that is for others."""
    try:
        queries.case(**where_of(request), number=number)
    except CaseNotShown:
        return redirect("cases")
    return redirect("case", number=number)
