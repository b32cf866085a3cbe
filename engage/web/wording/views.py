"""The page on which who oversees sees how texts are worded, by theme and agency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.picture.measures import queries
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.wording import presenters
from engage.web.wording.forms import PeriodForm, wordings


@require_safe
def wording(request: HttpRequest) -> HttpResponse:
    """How many texts hold wordings that blame a child, over a period. Raises MayNotDo."""
    viewing = viewing_of(request)
    form = PeriodForm(request.GET or None)
    build = build_of(request)
    first, after = form.period(build.info.as_of)
    found = queries.how_worded(viewing=viewing, build=build, area=web().area, from_on=first, until_on=after)
    context = {
        "form": form,
        "table": presenters.worded_table(found, web().agency_titles()),
        "months": presenters.months(found.from_on, found.until_on),
        "better": presenters.better_tables(wordings()),
    }
    return render(request, "wording/wording.html", context)
