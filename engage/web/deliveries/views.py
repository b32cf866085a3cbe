"""Pages of deliveries and data quality."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.identities import queries as identities
from engage.records import queries
from engage.web.access.presenters import LINES, log_pages
from engage.web.access.viewing import build_of, known_then, latest_day, viewing_of
from engage.web.apps import web
from engage.web.deliveries import joins, presenters
from engage.web.paging import page_number


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What came in, newest first."""
    everything = queries.deliveries(viewing=viewing_of(request), build_day=latest_day())
    received = [d for d in everything if known_then(request, d.received_at)]
    return render(
        request,
        "deliveries/deliveries.html",
        {"table": presenters.deliveries_table(received, web().agency_titles())},
    )


@require_safe
def delivery(request: HttpRequest, delivery_id: str) -> HttpResponse:
    """One delivery: its files, its rows, and what could not be used."""
    viewing, titles = viewing_of(request), web().agency_titles()
    try:
        found = queries.delivery(viewing=viewing, name=delivery_id)
    except queries.DeliveryUnknown as error:
        raise Http404(str(error.sentence)) from error
    number = page_number(request)
    rejects = queries.rejects(
        viewing=viewing, build=build_of(request), delivery=delivery_id, limit=number * LINES + 1
    )
    here = rejects[(number - 1) * LINES : number * LINES]
    context = {
        "heading": presenters.delivery_heading(found, titles),
        "rows": presenters.delivery_rows(found),
        "rejects": presenters.rejects_table(here, titles, caption=_("What could not be used")),
        "pages": log_pages(request, number, has_more=len(rejects) > number * LINES),
    }
    return render(request, "deliveries/delivery.html", context)


@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    """Completeness, rejects, duplicates and lateness, by agency."""
    quality = queries.quality(viewing=viewing_of(request), build=build_of(request))
    tables = presenters.quality_tables(quality, web().agency_titles())
    return render(request, "deliveries/quality.html", {"tables": tables})


@require_safe
def data_quality_joins(request: HttpRequest) -> HttpResponse:
    """How right the joins were found to be, for whom, and what people judged."""
    known = identities.how_right(viewing=viewing_of(request), build=build_of(request))
    return render(request, "deliveries/joins.html", {"page": joins.page(known)})
