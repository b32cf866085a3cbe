"""Pages of declared relationships. Each calls one door once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.governance.declared import actions, queries
from engage.governance.declared.rules import END_ANOTHERS, RelationshipRefused
from engage.governance.relationships import PERSON
from engage.web.access.viewing import viewing_of
from engage.web.apps import web
from engage.web.relationships import presenters
from engage.web.relationships.forms import DeclareForm, EndForm
from engage.web.templatetags.engage import said


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the worker declared."""
    viewing = viewing_of(request)
    found = queries.mine(viewing=viewing)
    context = {
        "table": presenters.table(
            found, _("What you declared"), may_end={one.number for one in found if one.ended_at is None}
        ),
        "may_see_agency": governance.can(viewer=viewing.viewer, what=END_ANOTHERS),
    }
    return render(request, "relationships/mine.html", context)


def declare(request: HttpRequest) -> HttpResponse:
    """Declare a relationship to somebody, an address or a firm."""
    about = request.GET.get("about", "").strip()
    start = {"kind": PERSON, "person": about} if about else {}
    form = DeclareForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare(viewing=viewing_of(request), declaring=form.declaring())
        except RelationshipRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(request, _("Kept. From now on nothing of it is shown to you. Tell your manager, who finds somebody else for it."))  # fmt: skip
            return redirect("relationships")
    return render(request, "relationships/declare.html", {"form": form})


def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of the worker's own, or, for a manager, one of a worker's of the same agency."""
    viewing = viewing_of(request)
    may_all = governance.can(viewer=viewing.viewer, what=END_ANOTHERS)
    known = queries.of_agency(viewing=viewing) if may_all else queries.mine(viewing=viewing)
    one = next((one for one in known if one.number == number and one.ended_at is None), None)
    if one is None:
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(viewing=viewing, number=number, reason=form.cleaned_data["reason"])
        except RelationshipRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(
                request, _("Ended. That it was declared, and why it ended, stays in the record.")
            )
            return redirect("relationships" if one.user == viewing.viewer.user_id else "relationships_of_agency")  # fmt: skip
    return render(request, "relationships/end.html", {"form": form, "one": one})


@require_safe
def of_agency(request: HttpRequest) -> HttpResponse:
    """What workers of the manager's agency declared. Raises MayNotDo."""
    found = queries.of_agency(viewing=viewing_of(request))
    standing = {one.number for one in found if one.ended_at is None}
    table = presenters.table(found, _("What workers of your agency declared"), agencies=web().agency_titles(), may_end=standing)  # fmt: skip
    return render(request, "relationships/others.html", {"table": table})


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """What everybody declared, for information governance. Raises MayNotSee."""
    found = queries.of_all(viewing=viewing_of(request))
    table = presenters.table(found, _("What everybody declared"), agencies=web().agency_titles())
    return render(request, "relationships/others.html", {"table": table})
