"""The page of one's day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.casework.week import queries
from engage.web.access.viewing import build_of, last_visit, viewing_of
from engage.web.apps import web
from engage.web.people.views import reader_of
from engage.web.today import presenters


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is due, new, waits for the worker and waits for others."""
    viewing, visit = viewing_of(request), last_visit(request)
    whole = request.GET.get("all", "")
    day = queries.today(
        viewing=viewing, build=build_of(request), area=web().area, since=visit.at if visit else None, whole=whole
    )  # fmt: skip
    drawn = presenters.drawn(day, reader_of(request, viewing))
    context = {
        "sections": drawn.sections,
        "figures": drawn.figures,
        "whose_data": drawn.whose,
        "pages": presenters.pages(day, request),
        "since": day.since,
        "day": viewing.at,
        "known_on": build_of(request).info.as_of,
    }
    return render(request, "today/today.html", context)
