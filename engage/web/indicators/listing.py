"""The worklist of children and the catalogue of indicators, as pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.networks import worklist as networks
from engage.picture.indicators import queries as queries_of_indicators
from engage.picture.indicators.catalogue import of_area
from engage.picture.indicators.measuring import measured_towns
from engage.picture.indicators.rules import CLASSES, Indicator
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.indicators import rows, words
from engage.web.indicators.forms import OrderForm
from engage.web.paging import address_of, page_number, pages
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


PER_PAGE = 25


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Whose new evidence nobody has looked at, in the order of facts that the reader picks."""
    form = OrderForm(request.GET or None)
    facts = form.facts()
    viewing = viewing_of(request)
    found = networks.worklist(viewing=viewing, build=build_of(request), area=web().area, facts=facts)
    reader = reader_of(request, viewing)
    number = page_number(request)
    shown = found.rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    context = {
        "form": form,
        "rows": [rows.shown(row, reader) for row in shown],
        "count": len(found.rows),
        "week": rows.week(found),
        "ordered_by": [said(networks.ALL_FACTS[fact]) for fact in facts],
        "pages": pages(number, max(1, -(-len(found.rows) // PER_PAGE)), address_of(request)),
    }
    return render(request, "indicators/worklist.html", context)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every indicator: what it means and does not mean, who normally holds it, its source and its dates."""
    known = web_catalogue()
    tables = [(words.kind(kind), [one for one in known if one.kind == kind]) for kind in CLASSES]
    context = {"classes": [(title, [_entry(one) for one in some]) for title, some in tables]}
    return render(request, "indicators/catalogue.html", context)


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """How each indicator is used here, by what the viewer may see, and how right it was found to be where the truth is known."""
    viewing = viewing_of(request)
    found = queries_of_indicators.uses(viewing=viewing, build=build_of(request), area=web().area)
    context = {"table": rows.uses_table(found, reader_of(request, viewing)), "towns": measured_towns()}
    return render(request, "indicators/uses.html", context)


def web_catalogue() -> list[Indicator]:
    """The area's catalogue in its order."""
    return list(of_area(web().area).values())


@dataclass(frozen=True)
class CatalogueEntry:
    """One indicator as the catalogue's page shows it, in the reader's language; its step stays as it is."""

    one: Indicator
    title: str
    means: str
    does_not_mean: str
    how: str
    window: str
    dates: str


def _entry(one: Indicator) -> CatalogueEntry:
    how = _("computed from records") if one.is_computed else _("recorded by people")
    if not one.is_on:
        how = _("off by default: it finds fewer than one in twenty right, or is found in texts alone")
    dates = _("version %(version)s of %(from)s, to be reviewed %(review)s by the %(owner)s") % {
        "version": one.version, "from": date_format(one.effective_on, "j F Y"), "review": date_format(one.review_on, "j F Y"), "owner": one.owner,
    }  # fmt: skip
    return CatalogueEntry(
        one, words.title(one), words.means(one), words.does_not_mean(one), how, words.window(one), dates
    )
