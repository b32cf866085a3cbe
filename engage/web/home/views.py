"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.records import queries
from engage.web.access.viewing import known_then, last_visit, latest_day, viewing_of
from engage.web.apps import web
from engage.web.home.presenters import briefing
from engage.web.people.forms import SearchForm


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
    return render(
        request,
        "home/home.html",
        {"briefing": said, "search": SearchForm(initial={"as_of": request.GET.get("as_of", "")})},
    )
