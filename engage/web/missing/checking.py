"""The pages on which a worker records what was checked, and strikes what was recorded wrongly."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engage.governance import queries as governance
from engage.picture.missing import actions, queries
from engage.picture.missing.screen import Listed
from engage.web.access.viewing import build_of, viewing_of
from engage.web.missing import presenters, words
from engage.web.missing.forms import CheckForm, StrikeForm
from engage.web.missing.reading import reader_of


def check(request: HttpRequest, report: str) -> HttpResponse:
    """Record a check: it stands on the screen at once. Raises MayNotDo, EpisodeNotShown."""
    viewing, build = viewing_of(request), build_of(request)
    governance.check_can(viewer=viewing.viewer, what="record")
    form = CheckForm(request.POST or None, now=viewing.at)
    if request.method == "POST" and form.is_valid():
        actions.record_check(
            viewing=viewing,
            build=build,
            report=report,
            checked=form.checked(),
            child=request.GET.get("child", ""),
        )
        messages.success(request, _("Recorded. It stands with the child now."))
        return redirect("missing")
    listed = queries.episode(viewing=viewing, build=build, report=report, child=request.GET.get("child", ""))
    context = {
        **_about(request, listed),
        "form": form,
        "title": _("Record what was checked: %(name)s") % {"name": presenters.name(listed)},
        "button": _("Record"),
    }
    return render(request, "missing/check.html", context)


def strike(request: HttpRequest, number: int, report: str) -> HttpResponse:
    """Strike a check of one's own agency; it stays on record. Raises MayNotDo, EpisodeNotShown, CheckRefused (somebody was
    quicker); 404 for a check that cannot be struck."""
    viewing, build = viewing_of(request), build_of(request)
    governance.check_can(viewer=viewing.viewer, what="record")
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.strike_check(
            viewing=viewing,
            build=build,
            report=report,
            number=number,
            reason=form.cleaned_data["reason"],
            child=request.GET.get("child", ""),
        )
        messages.success(request, _("Struck. The check and your reason are kept."))
        return redirect("missing")
    listed = queries.episode(viewing=viewing, build=build, report=report, child=request.GET.get("child", ""))
    found = [one for one in listed.checks if one.number == number and one.agency == viewing.viewer.agency]
    if not found or found[0].is_struck:
        raise Http404
    said = words.check(found[0], reader_of(request, viewing).agency(found[0].agency))
    context = {
        **_about(request, listed),
        "form": form,
        "title": _("Strike a check: %(check)s") % {"check": said},
        "button": _("Strike"),
        "is_strike": True,
    }
    return render(request, "missing/check.html", context)


def _about(request: HttpRequest, listed: Listed) -> dict[str, object]:
    reader = reader_of(request, viewing_of(request))
    return {
        "since": words.since(listed.episode.since),
        "checks": presenters.check_lines(listed, reader),
    }
