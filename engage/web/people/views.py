"""Pages that find people and show one person. Each calls one door once."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.identities import queries as identities
from engage.identities.assignments import PersonUnknown, RecordUnknown
from engage.picture import queries
from engage.picture.rules import Filters, PersonPage, Sought
from engage.vocabulary.access import Viewing
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people import chronology as lines
from engage.web.people import heads, joins, presenters, ties, words
from engage.web.people.forms import FilterForm, FindForm
from engage.web.people.presenters import Reader


LATEST = 5
TAB_OF = {
    "people_why": "people_identity",
    "people_history": "people_identity",
    "people_print": "people_chronology",
    "people_withdraw": "people_chronology",
    "people_reason": "people_person",
    "people_indicator": "people_indicators",
}
READ_BY_DAY = (
    "people_person",
    "people_indicators",
    "people_indicator",
    "people_chronology",
    "people_identity",
    "people_connections",
)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Find a person across agencies."""
    viewing = viewing_of(request)
    form = FindForm(request.GET or None, agencies=web().agency_titles())
    sought = form.sought() if form.is_bound and form.is_valid() else Sought()
    may_give_reason = governance.can(viewer=viewing.viewer, what="give_reason")
    context: dict[str, Any] = {"form": form, "may_give_reason": may_give_reason}
    if sought.words or sought.street:
        result = queries.search(viewing=viewing, build=build_of(request), sought=sought)
        reader = reader_of(request, viewing)
        context |= {
            "result": result,
            "watch": ties.to_watch(sought.words, reader),
            "table": ties.found_table(result.found, reader),
            "unknown": ties.unknown_table(result.unknown, reader) if result.unknown else None,
            "waiting": ties.waiting_table(result.waiting, reader) if result.waiting else None,
        }
    return render(request, "people/people.html", context)


@require_safe
def overview(request: HttpRequest, person_id: str) -> HttpResponse:
    """Who is involved, who the person is, what happened last, who lives there."""
    page, reader = page_of(request, person_id, Filters(per_page=LATEST))
    context = {
        "involved": presenters.involved_table(page.involved, reader),
        "brief": presenters.brief_rows(page, reader),
        "latest": lines.lines(page.entries, reader, person_id=page.person_id),
        "household": ties.household_table(page.household, reader),
        "entry_count": page.entry_count,
        "may_give_reason": reader.may_give_reason and not reader.asked,
        "watch": "" if reader.asked else reader.watch("person", page.person_id),
        "refer": reader.refer("child", page.person_id, "person"),
        "cases": reader.link("cases", query=f"state=&about={page.person_id}"),
        "papers": reader.link("people_documents", page.person_id),
        **onward(page, reader),
    }
    return show(request, "people/overview.html", page, reader, context)


@require_safe
def chronology(request: HttpRequest, person_id: str) -> HttpResponse:
    """One chronology merged from all agencies, fifty lines a page."""
    form = FilterForm(request.GET)
    filters = filters_of(request)
    page, reader = page_of(request, person_id, filters)
    query = lines.filter_query(filters, reader.asked)
    form.offer(
        agencies=[(code, reader.agency(code)) for code in page.agencies],
        kinds=[(code, words.kind(code)) for code in page.kinds],
    )
    context = {
        "form": form,
        "lines": lines.lines(
            page.entries,
            reader,
            person_id=page.person_id,
            back=lines.here(page.filters, query),
            is_opened=True,
        ),
        "pages": lines.pages(page, query),
        "query": query,
        "is_cut": bool(filters.agencies or filters.kinds or filters.from_on or filters.until_on),
        "entry_count": page.entry_count,
    }
    return show(request, "people/chronology.html", page, reader, context)


@require_safe
def print_chronology(request: HttpRequest, person_id: str) -> HttpResponse:
    """The whole chronology on paper. An export, and audited as one."""
    viewing, filters = viewing_of(request), filters_of(request)
    page, entries = queries.chronology(
        viewing=viewing, build=build_of(request), area=web().area, person_id=person_id, filters=filters
    )
    reader = reader_of(request, viewing)
    context = {
        "lines": lines.lines(entries, reader),
        "involved": presenters.involved_table(page.involved, reader),
    }
    return show(request, "people/print.html", page, reader, context)


@require_safe
def csv_chronology(request: HttpRequest, person_id: str) -> HttpResponse:
    """The whole chronology as a spreadsheet's file. An export, and audited as one."""
    _page, entries = queries.chronology(
        viewing=viewing_of(request),
        build=build_of(request),
        area=web().area,
        person_id=person_id,
        filters=filters_of(request),
    )
    response = HttpResponse(
        lines.as_csv(entries, web().agency_titles()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="chronology-{_page.person_id}.csv"'
    return response


@require_safe
def identity(request: HttpRequest, person_id: str) -> HttpResponse:
    """Everything said of the person with who says so; the records; what may be the person and is not joined."""
    page, reader = page_of(request, person_id)
    context = {
        "blocks": presenters.said_blocks(page, reader),
        "records": presenters.records_table(page, reader),
        "proposals": presenters.proposals_table(page.proposals, reader, person_id=page.person_id),
        "why": reader.link("people_why", page.person_id),
        "history": reader.link("people_history", page.person_id),
    }
    return show(request, "people/identity.html", page, reader, context)


@require_safe
def connections(request: HttpRequest, person_id: str) -> HttpResponse:
    """The household, and the people, places, vehicles and phones that records tie to this person."""
    page, reader = page_of(request, person_id)
    tables = [ties.household_table(page.household, reader), *ties.tied_tables(page.tied, reader)]
    return show(request, "people/connections.html", page, reader, {"tables": tables, **onward(page, reader)})


def onward(page: PersonPage, reader: Reader) -> dict[str, str]:
    """Where the person's chart is, and who and what of concern they are linked to: on everybody's page, so that it says of nobody that there is any."""
    return {
        "chart": reader.chart("person", page.person_id),
        "linked": reader.link("concern_of", page.person_id),
    }


@require_safe
def why_one_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Why these records are one person, pair by pair."""
    page, reader = page_of(request, person_id)
    try:
        person = identities.explain_person(
            viewing=viewing_of(request), build=build_of(request), person_id=page.person_id
        )
        found, weakest, alike = person.joins, person.weakest, person.alike
    except PersonUnknown:
        found, weakest, alike = (
            (),
            None,
            (),
        )  # Agencies are signposted, and no record of a person may be seen.
    context = {
        "joins": [joins.shown(join, reader) for join in joins.visible(found)],
        "weakest": [joins.shown(join, reader) for join in joins.visible([weakest] if weakest else [])],
        "alike": joins.alike_table(alike, reader, page.person_id),
        "back": reader.link("people_identity", page.person_id),
    }
    return show(request, "people/why.html", page, reader, context)


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Two records compared field by field."""
    viewing = viewing_of(request)
    left, right = request.GET.get("left", ""), request.GET.get("right", "")
    try:
        found = [identities.explain_join(viewing=viewing, build=build_of(request), left=left, right=right)]
    except RecordUnknown:
        # The same answer as for a record that may not be seen: a guess at an id teaches nothing.
        found = []
    shown = [joins.shown(one, reader_of(request, viewing)) for one in joins.visible(found)]
    return render(request, "people/join.html", {"joins": shown, "back": _back(request)})


def _back(request: HttpRequest) -> str:
    """To the person from whose page two records were compared, if it was from one."""
    person_id = request.GET.get("person", "")
    return reverse("people_identity", args=[person_id]) if re.fullmatch(r"P[0-9A-Z]{8}", person_id) else ""


@require_safe
def history(request: HttpRequest, person_id: str) -> HttpResponse:
    """What happened to this person's id since it was first given."""
    page, reader = page_of(request, person_id)
    try:
        found = identities.history_of_id(
            viewing=viewing_of(request), build=build_of(request), person_id=page.person_id
        )
    except PersonUnknown:
        found = []
    context = {
        "table": joins.history_table(found, reader),
        "back": reader.link("people_identity", page.person_id),
    }
    return show(request, "people/history.html", page, reader, context)


def page_of(
    request: HttpRequest, person_id: str, filters: Filters | None = None
) -> tuple[PersonPage, Reader]:
    """One call of the person's door. Raises PersonNotShown."""
    viewing = viewing_of(request)
    page = queries.person_page(
        viewing=viewing, build=build_of(request), area=web().area, person_id=person_id, filters=filters
    )
    return page, reader_of(request, viewing)


def reader_of(request: HttpRequest, viewing: Viewing) -> Reader:
    """Who reads, for presenters."""
    who = viewing.viewer
    return Reader(
        titles=web().agency_titles(),
        as_of=viewing.as_of,
        kinds={agency.code: agency.kind for agency in web().area.agencies.values()},
        asked=request.GET.get("as_of", "").strip(),
        own_agency=who.agency,
        user_id=who.user_id,
        may_record=governance.can(viewer=who, what="record"),
        may_give_reason=governance.can(viewer=who, what="give_reason"),
        may_judge=governance.can(viewer=who, what="judge"),
        may_watch=governance.can(viewer=who, what="watch"),
        may_refer=governance.can(viewer=who, what="refer"),
        contacts=web().contacts(),
    )


def filters_of(request: HttpRequest) -> Filters:
    """How the address cuts the chronology; what it asks for wrongly is left out."""
    asked = FilterForm(request.GET)
    asked.is_valid()
    number = request.GET.get("page", "1")
    return Filters(
        agencies=frozenset(request.GET.getlist("agency")),
        kinds=frozenset(request.GET.getlist("kind")),
        from_on=asked.cleaned_data.get("from_on"),
        until_on=asked.cleaned_data.get("until_on"),
        page=max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1,
    )


def show(
    request: HttpRequest, template: str, page: PersonPage, reader: Reader, context: dict[str, Any]
) -> HttpResponse:
    """Render one of a person's pages under its head."""
    here = str(request.resolver_match.url_name) if request.resolver_match else ""
    tab = TAB_OF.get(here, here)
    about = {
        "head": heads.head(page, reader, here=tab),
        "whose_data": [
            reader.agency(code) for code in sorted({i.agency for i in page.involved if not i.is_signpost})
        ],
        "not_known": presenters.silences(page, reader),
        "is_cut_by_day": request.method == "GET" and here in READ_BY_DAY,
        "title": _("%(name)s, person %(id)s")
        % {"name": page.name or _("Name not shown"), "id": page.person_id},
    }
    return render(request, template, {**about, **context})
