"""Pages of what a worker watches. Each calls one door once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engage.governance import queries as governance
from engage.picture import actions, queries
from engage.picture.watching.deciding import WatchRefused
from engage.picture.watching.rules import KINDS, PERSON, Watched
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.templatetags.engage import said
from engage.web.watches import presenters, words
from engage.web.watches.forms import BeginForm, EndForm


@require_safe
def watches(request: HttpRequest) -> HttpResponse:
    """What the worker watches, with what is new. Raises MayNotDo."""
    shown = queries.watches(viewing=viewing_of(request), build=build_of(request))
    return render(request, "watches/watches.html", {"cards": presenters.cards(shown, web().agency_titles())})


def begin(request: HttpRequest) -> HttpResponse:
    """Begin to watch what the address names, or the form. Raises MayNotDo, PersonNotShown."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="watch")
    named = request.POST if request.method == "POST" else request.GET
    watched = Watched(named.get("kind", ""), named.get("key", "").strip())
    if watched.kind not in KINDS or not watched.key:
        raise Http404
    first = {"kind": watched.kind, "key": watched.key}
    form = BeginForm(request.POST or None, on=london_day(viewing.at), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.watch(
                viewing=viewing, build=build_of(request), area=web().area, watched=form.watched(),
                why=form.cleaned_data["why"], until=form.cleaned_data["until"],
            )  # fmt: skip
        except WatchRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(
                request, _("You watch it now. The home page tells you when anything new arrives.")
            )
            return redirect("watches")
    context = {"form": form, "title": words.title(_called(request, viewing, watched))}
    return render(request, "watches/begin.html", context)


def _called(request: HttpRequest, viewing: Viewing, watched: Watched) -> Watched:
    """A person by the name that the worker may know; anything else as it was written, a place without its normal form's bar."""
    if watched.kind != PERSON:
        return Watched(watched.kind, watched.key, ", ".join(p for p in watched.key.split("|") if p))
    found = queries.how_called(viewing=viewing, build=build_of(request), person_ids=[watched.key])
    return Watched(PERSON, watched.key, found[watched.key].name)


def renew(request: HttpRequest, number: int) -> HttpResponse:
    """Say why a watch is still needed. Raises MayNotDo."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="watch")
    form = EndForm(request.POST or None, on=london_day(viewing.at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.renew_watch(viewing=viewing, number=number, **form.cleaned_data)
        except WatchRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(request, _("Renewed."))
            return redirect("watches")
    return render(request, "watches/renew.html", {"form": form})


@require_POST
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Take what a watch told as seen. Raises MayNotDo."""
    try:
        actions.take_as_seen(
            viewing=viewing_of(request), build=build_of(request), number=number, state=request.POST.get("state", "")
        )  # fmt: skip
    except WatchRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
    else:
        messages.success(request, _("Marked as seen."))
    return redirect("watches")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a watch."""
    try:
        actions.end_watch(viewing=viewing_of(request), number=number)
    except WatchRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
    else:
        messages.success(request, _("Ended. That you watched it, and why, stays in the record."))
    return redirect("watches")


@require_safe
def everybodys(request: HttpRequest) -> HttpResponse:
    """Who watches what kind of thing, why and until when. Raises MayNotSee."""
    viewing = viewing_of(request)
    listed = queries.watches_of_all(viewing=viewing)
    table = presenters.everybodys_table(listed, web().agency_titles(), london_day(viewing.at))
    return render(request, "watches/all.html", {"table": table})
