"""The pages on which a screening is asked for, given or refused leave, run, and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from engage.networks.screening import actions, queries
from engage.networks.screening.rules import ASKED
from engage.vocabulary.time import london_day
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.screening.forms import RefuseScreeningForm, ScreenForm, WithdrawScreeningForm
from engage.web.screening.views import context_of
from engage.web.templatetags.engage import said


@sensitive_post_parameters("pasted")
def ask(request: HttpRequest) -> HttpResponse:
    """Send a list, and ask for somebody's leave. Raises MayNotDo."""
    viewing = viewing_of(request)
    known = queries.to_ask(viewing=viewing)
    form = ScreenForm(
        request.POST or None, request.FILES or None, on=london_day(viewing.at), most=known.limits, authorisers=known.authorisers,
        initial={"purpose": viewing.purpose},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            actions.ask_to_screen(viewing=viewing, area=web().area, asking=form.asking())

        if _kept(form, act):
            messages.success(
                request, _("Asked for. Nothing is looked for until leave is given. The list is kept no longer than it has to be.")
            )  # fmt: skip
            return redirect("screenings")
    return render(
        request,
        "screening/ask.html",
        {"form": form, "limits": known.limits, "has_authorisers": bool(known.authorisers)},
    )


def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Give leave, or refuse it with a reason. Raises MayNotDo, NothingToShow."""
    where: dict[str, Any] = {"viewing": viewing_of(request), "area": web().area, "number": number}
    is_refused = request.method == "POST" and "refuse" in request.POST
    form = RefuseScreeningForm(request.POST if is_refused else None)
    if is_refused and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _kept(form, lambda: actions.refuse_screening(**where, reason=reason)):
            messages.success(request, _("Refused, with your name and reason. The list is removed."))
            return redirect("screenings_one", number)
    elif request.method == "POST" and not is_refused:
        return _give(request, where)
    found = queries.screening(**where, build=build_of(request))
    may_say = found.standing.state == ASKED and found.standing.authoriser == where["viewing"].viewer.user_id
    return render(request, "screening/leave.html", {**context_of(request, found), "form": form, "may_say": may_say})  # fmt: skip


def _give(request: HttpRequest, where: dict[str, Any]) -> HttpResponse:
    try:
        actions.authorise_screening(**where)
    except actions.ScreeningRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
    else:
        messages.success(request, _("You gave leave, with your name. Whoever asked may now run it, once."))
    return redirect("screenings_one", where["number"])


@require_POST
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Hold the list against what is held, once. Raises MayNotDo, NothingToShow."""
    try:
        count = actions.run_screening(viewing=viewing_of(request), build=build_of(request), area=web().area, number=number)  # fmt: skip
    except actions.ScreeningRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
    else:
        text = ngettext("It is run: %(count)s row led to something. All others are gone.", "It is run: %(count)s rows led to something. All others are gone.", count)  # fmt: skip
        messages.success(request, text % {"count": count})
    return redirect("screenings_one", number)


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """End it before its day, with a reason. Raises MayNotDo, NothingToShow."""
    where: dict[str, Any] = {"viewing": viewing_of(request), "area": web().area, "number": number}
    form = WithdrawScreeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _kept(form, lambda: actions.withdraw_screening(**where, reason=reason)):
            messages.success(request, _("Withdrawn, with your name and reason. The list and what it led to are removed."))  # fmt: skip
            return redirect("screenings_one", number)
    found = queries.screening(**where, build=build_of(request))
    return render(request, "screening/withdraw.html", {**context_of(request, found), "form": form})


def _kept(form: forms.Form, act: Callable[[], Any]) -> bool:
    """It is kept; False when it was refused, and the form says why."""
    try:
        act()
    except actions.ScreeningRefused as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
        return False
    return True
