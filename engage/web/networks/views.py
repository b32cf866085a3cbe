"""Pages of who and what is of concern. Each calls one door once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.networks import queries
from engage.networks.concern import PERSON
from engage.networks.showing import ConcernList, Subject
from engage.vocabulary.access import Viewing
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.networks import linking, opened, paging, presenters, words
from engage.web.paging import page_number
from engage.web.people.presenters import Reader
from engage.web.people.views import reader_of


@require_safe
def listed(request: HttpRequest, family: str) -> HttpResponse:
    """What is of concern of a family, in the order of facts, with who is not counted below the people."""
    viewing = viewing_of(request)
    number, apart = page_number(request, "page"), page_number(request, "apart")
    found = queries.concern_list(
        viewing=viewing,
        build=build_of(request),
        area=web().area,
        family=family,
        part=paging.part(number),
        apart=paging.part(apart),
    )
    reader = reader_of(request, viewing)
    context = {
        "title": words.family(family),
        "order": words.order(family),
        "head": presenters.head(family),
        "rows": presenters.rows(found.found, found, family, reader),
        "opened": presenters.rows(found.opened, found, family, reader),
        "count": found.count,
        "pages": paging.pages(request, "page", number, found.count),
        **frame(family, reader, viewing),
        **_not_counted(request, family, found, reader),
    }
    return render(request, "networks/list.html", context)


def _not_counted(request: HttpRequest, family: str, found: ConcernList, reader: Reader) -> dict[str, Any]:
    if family != "people":
        return {}
    apart = page_number(request, "apart")
    return {
        "not_counted": presenters.not_counted_table(found, reader),
        "apart_pages": paging.pages(request, "apart", apart, found.not_counted_count),
    }


def frame(here: str, reader: Reader, viewing: Viewing) -> dict[str, Any]:
    """What every page of the room shows: its lists, and what the reader may do."""
    may_open = governance.can(viewer=viewing.viewer, what="open_concern") and not reader.asked
    return {"tabs": paging.tabs(here, reader), "may_open": may_open, "is_people": here == "people"}


@require_safe
def one(request: HttpRequest, family: str, code: str) -> HttpResponse:
    """One of a family opened to its lines; a place, when the address asks so, without the name of any child. Raises NothingToShow."""
    viewing, build, area = viewing_of(request), build_of(request), web().area
    if family not in words.FAMILIES:
        raise Http404
    is_nameless = family == "places" and request.GET.get("names") == "no"
    if is_nameless:
        found = queries.place_without_names(viewing=viewing, build=build, area=area, code=code)
    else:
        found = queries.subject(viewing=viewing, build=build, area=area, family=family, code=code)
    reader = reader_of(request, viewing)
    context = {
        **subject_context(found, family, reader),
        **frame(family, reader, viewing),
        "is_nameless": is_nameless,
    }
    return render(request, "networks/subject.html", context)


@require_safe
def of_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Who and what of concern somebody is linked to: the lists of concern from a child's end. Raises NothingToShow."""
    viewing = viewing_of(request)
    found = queries.linked_to(viewing=viewing, build=build_of(request), area=web().area, person_id=person_id)
    reader = reader_of(request, viewing)
    name = found.name or presenters.name(found.people, found.person_id)
    context = {
        "title": name,
        "table": linking.table(found, reader),
        "person_href": reader.link("people_person", found.person_id),
        "own_href": presenters.page_of(PERSON, found.person_id, reader) if found.has_page else "",
        "chart": reader.chart(PERSON, found.person_id),
        "whose_data": linking.agencies(found, reader),
        **frame("", reader, viewing),
    }
    return render(request, "networks/linked.html", context)


def _refer(found: Subject, reader: Reader) -> str:
    """Where it is proposed as a case: a person of concern, or a place."""
    kind = {PERSON: "person_of_concern", "place": "place"}.get(found.one.kind)
    called = {} if found.one.kind == PERSON else {"called": opened.title(found)}
    return reader.refer(kind, found.code, "concern", **called) if kind and not found.numbered else ""


def subject_context(found: Subject, family: str, reader: Reader) -> dict[str, Any]:
    """What the page of one, and the page where something is decided of it, show."""
    of, address = found.one, reader.link("concern_one", family, found.code)
    is_person = of.kind == PERSON
    return {
        "title": opened.title(found),
        "caption": words.thing(of.kind),
        "of_kind": presenters.kind_of_place(of),
        "is_listed": found.is_listed,
        "is_open": found.decided.opened(of.kind, of.key) is not None,
        "is_not_counted": found.is_not_counted,
        "is_person": is_person,
        "decisions": [(words.decided(d, reader), d.reason) for d in found.decided.of(of.kind, of.key)],
        "counts": (len(of.children), len(of.adults)),
        "months": opened.months_table(found, reader),
        "beside": opened.shared_table(found, reader) if is_person else opened.adults_table(found, reader),
        "lines": opened.links_table(found, reader) if is_person else opened.lines_table(found, reader),
        "person_href": reader.link("people_person", of.key) if is_person else "",
        "chart": "" if found.numbered else reader.chart(of.kind, of.key),
        "watch": "" if reader.asked or found.numbered else reader.watch(of.kind, of.key),
        "refer": _refer(found, reader),
        "address": address,
        "decide": reader.link("concern_decide", family, found.code),
        "review": reader.link("concern_review", found.code) if is_person else "",
        "nameless": reader.link("concern_one", family, found.code, query="names=no") if family == "places" else "",
        "whose_data": opened.agencies_of(found.lines, reader),
    }  # fmt: skip
