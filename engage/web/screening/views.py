"""Pages of screenings. Each calls one door once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.networks.screening import queries
from engage.networks.screening.queries import ScreeningShown
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people.views import reader_of
from engage.web.screening import hits, presenters


@require_safe
def screenings(request: HttpRequest) -> HttpResponse:
    """Those that the worker asked for, and those that wait for the worker's leave. Raises MayNotDo."""
    viewing = viewing_of(request)
    found = queries.screenings(viewing=viewing, area=web().area)
    reader = reader_of(request, viewing)
    context = {
        "waiting": presenters.waiting_table(found, reader),
        "mine": presenters.mine_table(found, reader),
        "may_ask": governance.can(viewer=viewing.viewer, what="screen"),
        "may_authorise": governance.can(viewer=viewing.viewer, what="authorise_screening"),
    }
    return render(request, "screening/list.html", context)


@require_safe
def screening(request: HttpRequest, number: int) -> HttpResponse:
    """One of them: what was asked, by whose leave, and what it led to. Raises MayNotDo, NothingToShow."""
    found = queries.screening(
        viewing=viewing_of(request), build=build_of(request), area=web().area, number=number
    )
    return render(request, "screening/one.html", context_of(request, found))


@require_safe
def everybodys(request: HttpRequest) -> HttpResponse:
    """Who screens whose list, why, and by whose leave. Raises MayNotSee."""
    viewing = viewing_of(request)
    found = queries.screenings_of_all(viewing=viewing, area=web().area)
    table = presenters.everybodys_table(found, reader_of(request, viewing))
    return render(request, "screening/all.html", {"table": table})


def context_of(request: HttpRequest, found: ScreeningShown) -> dict[str, Any]:
    """What the page of a screening, and those where something is said of it, show."""
    reader, build = reader_of(request, viewing_of(request)), build_of(request)
    one = found.standing
    context: dict[str, Any] = {
        "number": one.number,
        "title": presenters.title(one),
        "tag": presenters.tag(one.state),
        "rows": presenters.rows(one, reader),
        "steps": presenters.steps_table(one),
        "may": presenters.may(one, reader),
        "counts": presenters.counts(one),
    }
    if found.hits is None:
        return context
    return {
        **context,
        "sure": hits.sure_table(found.hits, reader),
        "may_be": hits.may_be_table(found.hits, reader),
        "tied": hits.tied_table(found.hits, reader),
        "more": hits.more(found.hits),
        "known_on": build.info.as_of,
        "whose_data": [reader.agency(code) for code in found.hits.agencies],
    }
