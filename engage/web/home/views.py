"""The home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.networks.screening import queries as screening
from engage.networks.screening.rules import ASKED
from engage.picture import queries as picture
from engage.picture.missing import queries as missing_queries
from engage.records import queries
from engage.web.access.viewing import build_of, known_then, last_visit, latest_day, viewing_of
from engage.web.apps import web
from engage.web.home.presenters import briefing
from engage.web.missing import presenters as missing_presenters
from engage.web.missing.reading import reader_of
from engage.web.people.forms import SearchForm
from engage.web.watches.presenters import Told, told


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The briefing since the viewer's last visit."""
    received = queries.deliveries(viewing=viewing_of(request), build_day=latest_day())
    said = briefing(
        [d for d in received if known_then(request, d.received_at)],
        since=last_visit(request),
        agencies=web().agency_titles(),
        reject_count=web().reject_count(),
    )
    search = SearchForm(initial={"as_of": request.GET.get("as_of", "")})
    return render(
        request,
        "home/home.html",
        {
            "briefing": said,
            "search": search,
            "watched": _watched(request),
            "leave_asked": _leave_asked(request),
            **_missing(request),
        },
    )


def _watched(request: HttpRequest) -> Told | None:
    """What is new of what the worker watches; None for who may watch nothing, and before the first build."""
    viewing = viewing_of(request)
    if latest_day() is None or not governance.can(viewer=viewing.viewer, what="watch"):
        return None
    shown = picture.watches(viewing=viewing, build=build_of(request))
    return told(shown, web().agency_titles())


def _leave_asked(request: HttpRequest) -> int:
    """How many screenings wait for the worker's leave; none for who gives none."""
    viewing = viewing_of(request)
    if not governance.can(viewer=viewing.viewer, what="authorise_screening"):
        return 0
    found = screening.screenings(viewing=viewing, area=web().area)
    return sum(one.state == ASKED and one.authoriser == viewing.viewer.user_id for one in found)


def _missing(request: HttpRequest) -> dict[str, Any]:
    """Who is missing now, on top of the page; nothing before there is a build."""
    if latest_day() is None:
        return {}
    viewing = viewing_of(request)
    reader = reader_of(request, viewing)
    shown = missing_queries.screen(viewing=viewing, build=build_of(request))
    return {
        "missing": shown,
        "missing_figures": missing_presenters.figures(shown, reader),
        "missing_now": missing_presenters.overview(shown.missing, shown, reader, _("Missing now")),
    }
