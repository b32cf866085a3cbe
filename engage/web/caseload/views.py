"""Pages of caseload, audits and the digest. Each calls one door once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.casework.forms.reading import form_of
from engage.casework.week import actions, queries
from engage.casework.week.actions import AddressWrong, DrawRefused
from engage.casework.week.sampling import form_for
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.caseload import presenters
from engage.web.caseload.forms import DigestForm, DrawForm, LimitsForm, OrderForm
from engage.web.paging import address_of, page_number, pages
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """The open cases of the manager's agency, by worker and in the order of a fact. Raises MayNotDo."""
    viewing = viewing_of(request)
    found = queries.caseload(
        viewing=viewing, build=build_of(request), area=web().area, order=request.GET.get("order", ""), worker=request.GET.get("worker", ""),
        page=page_number(request),
    )  # fmt: skip
    workers = [(one.user or queries.NOBODY, one.name or _("Nobody yet")) for one in found.workers]
    context = {
        "form": OrderForm(request.GET or None, workers=workers),
        "workers": presenters.workers_table(found),
        "loads": presenters.loads_table(found, reader_of(request, viewing)),
        "is_too_many": found.is_too_many,
        "pages": pages(found.page, found.page_count, address_of(request)),
    }
    return render(request, "caseload/caseload.html", context)


def audits(request: HttpRequest) -> HttpResponse:
    """The draws of the manager's agency, and a new one. Raises MayNotDo."""
    viewing = viewing_of(request)
    found = queries.draws(viewing=viewing)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = actions.draw_cases(viewing=viewing, build=build_of(request), rule=form.rule())
        except DrawRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
        else:
            messages.success(request, _("Drawn. The rule and its number are kept."))
            return redirect("audits_one", number=number)
    table = presenters.draws_table(found, reader_of(request, viewing))
    return render(request, "caseload/audits.html", {"form": form, "table": table})


@require_safe
def audit(request: HttpRequest, number: int) -> HttpResponse:
    """One draw: its rule, its cases, what was found. Raises MayNotDo, DrawNotShown."""
    viewing = viewing_of(request)
    seen = queries.draw(viewing=viewing, build=build_of(request), area=web().area, number=number)
    reader = reader_of(request, viewing)
    context = {
        "number": number,
        "rows": presenters.rule_rows(seen.draw),
        "cases": presenters.drawn_table(seen, reader),
        "results": presenters.results_table(seen, form_of(web().area, form_for(seen.draw.rule.kind))),
        "read_count": len(seen.read),
    }
    return render(request, "caseload/audit.html", context)


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """How the time limits were kept of the cases that the manager's agency leads. Raises MayNotDo."""
    form = LimitsForm(request.GET or None)
    days = form.cleaned_data if form.is_valid() else {}
    found = queries.limits(viewing=viewing_of(request), build=build_of(request), area=web().area, **days)
    context = {"form": form, "table": presenters.limits_table(found), "found": found}
    return render(request, "caseload/limits.html", context)


def digest(request: HttpRequest) -> HttpResponse:
    """Whether the worker wants the numbers of their day by e-mail."""
    viewing = viewing_of(request)
    address = queries.digest_address(viewing=viewing)
    form = DigestForm(request.POST or None, initial={"is_wanted": bool(address), "address": address})
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_digest(viewing=viewing, **form.cleaned_data)
        except AddressWrong as error:
            form.add_error("address", said(error.sentence))
        else:
            messages.success(request, _("Kept."))
            return redirect("today")
    return render(request, "today/digest.html", {"form": form})
