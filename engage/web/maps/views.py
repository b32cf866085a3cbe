"""Pages of hotspots. Each calls one door once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.networks.maps import queries
from engage.networks.maps.asking import asked_of, months_known, text_of
from engage.networks.maps.rules import FOUND, PLACES
from engage.networks.maps.showing import Hotspots
from engage.networks.maps.writing import as_csv
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.maps import drawing, presenters, times, words
from engage.web.maps.forms import AskForm
from engage.web.maps.presenters import Addresses
from engage.web.networks import paging
from engage.web.networks.presenters import page_of
from engage.web.people.views import reader_of


@require_safe
def hotspots(request: HttpRequest) -> HttpResponse:
    """The map of a kind and some months; when the address asks so, without names, private addresses and small counts."""
    viewing = viewing_of(request)
    newest = text_of(months_known(viewing.as_of)[-1])
    form = AskForm({"kind": FOUND, "month": newest, **request.GET.dict()}, as_of=viewing.as_of)
    reader = reader_of(request, viewing)
    tabs = paging.tabs("hotspots", reader)
    if not form.is_valid():
        return render(request, "maps/hotspots.html", {"form": form, "tabs": tabs})
    door = queries.hotspots_without_names if request.GET.get("names") == "no" else queries.hotspots
    found = door(viewing=viewing, build=build_of(request), area=web().area, asked=form.asked())
    context = shown(found, Addresses(reader, found.asked, is_nameless=bool(found.below)))
    return render(request, "maps/hotspots.html", {**context, "form": form, "tabs": tabs})


def shown(found: Hotspots, to: Addresses) -> dict[str, Any]:
    """What the page of the map shows."""
    asked = found.asked
    return {
        "title": words.kind(asked.kind),
        "months": words.months(asked),
        "means": words.means(asked.kind),
        "found": found,
        "kinds": presenters.kinds(to),
        "steps": presenters.steps(found, to)[1],
        "facts": presenters.facts(found, to),
        "picture": drawing.picture(found, to.area, to.place),
        "areas": presenters.area_table(found, to),
        "places": presenters.place_table(found, to),
        "times": times.time_table(found),
        "strip": presenters.strip_table(found, to),
        "file": to.file(),
        "named": to.map(asked.first, asked.last, is_nameless=False),
        "nameless": to.map(asked.first, asked.last, is_nameless=True),
        "whose_data": [to.reader.agency(code) for code in found.agencies] or [presenters.whose(found)],
    }


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What the page of the same address shows, as a file for a spreadsheet. An export, and audited as one. Raises AskedWrong."""
    viewing = viewing_of(request)
    kind, first, last = (request.GET.get(name, "") for name in ("kind", "month", "until"))
    asked = asked_of(kind, first, last, viewing.as_of)
    is_nameless = request.GET.get("names") == "no"
    found = queries.hotspots_to_keep(
        viewing=viewing, build=build_of(request), area=web().area, asked=asked, is_nameless=is_nameless
    )
    response = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    name = f"hotspots-{asked.kind}-{text_of(asked.first)}{'-without-names' if is_nameless else ''}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def opened(request: HttpRequest, code: str) -> HttpResponse:
    """The records behind one count. Raises AskedWrong, HotspotNotShown."""
    viewing = viewing_of(request)
    kind, first, last = (request.GET.get(name, "") for name in ("kind", "month", "until"))
    asked = asked_of(kind, first, last, viewing.as_of)
    found = queries.hotspot(viewing=viewing, build=build_of(request), area=web().area, asked=asked, code=code)
    reader = reader_of(request, viewing)
    is_of_concern = asked.kind == PLACES and found.place is not None
    context = {
        "title": presenters.title_of(found),
        "caption": f"{words.kind(asked.kind)}, {words.months(asked)}",
        "records": presenters.opened_table(found, reader),
        "count": len(found.items),
        "back": Addresses(reader, asked).map(asked.first, asked.last),
        "page": page_of("place", found.place.spot.key, reader) if is_of_concern and found.place else "",
        "tabs": paging.tabs("hotspots", reader),
        "whose_data": sorted({reader.agency(agency) for item in found.items for agency in item.agencies}),
    }
    return render(request, "maps/opened.html", context)
