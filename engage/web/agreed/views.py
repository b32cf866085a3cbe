"""Lists of agreed actions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.casework.agreed import queries
from engage.casework.agreed.queries import Asked
from engage.governance import queries as governance
from engage.web.access.viewing import build_of, viewing_of
from engage.web.agreed import presenters
from engage.web.agreed.forms import FilterForm
from engage.web.apps import web
from engage.web.paging import address_of, page_number, pages
from engage.web.people.views import reader_of


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """The actions of which the worker may know, by person, agency, case and meeting."""
    viewing = viewing_of(request)
    form = FilterForm(request.GET or None, agencies=web().agency_titles(), user=viewing.viewer.user_id)
    asked = _asked(form, page_number(request))
    found = queries.actions(viewing=viewing, build=build_of(request), asked=asked)
    context = {
        "form": form,
        "lines": presenters.lines(found, reader_of(request, viewing)),
        "heads": presenters.heads(),
        "count": found.count,
        "is_more": found.is_more,
        "overdue_count": found.overdue_count,
        "pages": pages(min(asked.page, found.page_count), found.page_count, address_of(request)),
        "may_chase": governance.can(viewer=viewing.viewer, what="chase"),
        "may_agree": governance.can(viewer=viewing.viewer, what="agree_action"),
        "case": asked.case or "",
        "here": request.get_full_path(),
    }
    return render(request, "agreed/list.html", context)


def _asked(form: FilterForm, page: int) -> Asked:
    if not form.is_bound or not form.is_valid():
        return Asked(page=page)
    given = form.cleaned_data
    state = "" if given["state"] == "any" else given["state"] or "open"
    return Asked(
        state, given["owner"], given["agency"], given["case"], given["meeting"], given["by"], is_escalated=bool(given["escalated"]), page=page
    )  # fmt: skip
