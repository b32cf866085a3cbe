"""Pages on which a named worker gives, and ends, a safeguarding reason about one person.

A register of everyone shows nothing about a person until there is one. Whoever has a reason names the child exactly; nothing
near is found.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engage.governance import actions as governance_actions
from engage.governance import queries as governance
from engage.picture import actions
from engage.picture.queries import PersonNotShown
from engage.picture.registers import Known
from engage.picture.rules import Filters
from engage.web.access.viewing import build_of, viewing_of
from engage.web.people.forms import LookUpForm, ReasonForm
from engage.web.people.views import page_of, reader_of, show
from engage.web.people.workers import called
from engage.web.templatetags.engage import said


def look_up(request: HttpRequest) -> HttpResponse:
    """Give a reason about somebody whom no search may show, named exactly. Raises MayNotDo."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="give_reason")
    form = LookUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        known = Known(given["name"], given["born"], given["number"])
        try:
            person_id = actions.open_with_reason(
                viewing=viewing, build=build_of(request), known=known, reason=given["reason"]
            )
        except actions.NobodyExactly as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(
                request,
                _("Your reason is recorded. What registers hold is shown as far as your role may see it."),
            )
            return redirect(reader_of(request, viewing).link("people_person", person_id))
    return render(request, "people/look_up.html", {"form": form})


def reason(request: HttpRequest, person_id: str) -> HttpResponse:
    """Give a reason about a person who is shown already, or end one's own. Raises MayNotDo, PersonNotShown."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="give_reason")
    page, reader = page_of(request, person_id, Filters(per_page=1))
    mine = viewing.viewer.user_id in page.workers
    others = [called(name) for name in page.workers if name != viewing.viewer.user_id]
    form = ReasonForm(request.POST if request.method == "POST" and not mine else None)
    if request.method == "POST" and mine:
        actions.end_reason(viewing=viewing, build=build_of(request), person_id=page.person_id)
        return _ended(request, page.person_id)
    if request.method == "POST" and form.is_valid():
        governance_actions.give_reason(
            viewing=viewing, person_id=page.person_id, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Your reason is recorded."))
        return redirect(reader.link("people_person", page.person_id))
    return show(
        request, "people/reason.html", page, reader, {"form": form, "is_mine": mine, "others": others}
    )


def _ended(request: HttpRequest, person_id: str) -> HttpResponse:
    """Back to the person, or to the search when nothing of the person is shown any more."""
    messages.success(request, _("Your reason is ended. That you had one stays in the record."))
    try:
        page, reader = page_of(request, person_id, Filters(per_page=1))
    except PersonNotShown:
        return redirect("people")
    return redirect(reader.link("people_person", page.person_id))
