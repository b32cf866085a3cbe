"""Pages of groups: who sees them, who is in one, and what a lead says of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.networks import actions, queries
from engage.networks.grouped import GroupShown
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.networks import groups as presenters
from engage.web.networks.forms import AdoptGroupForm, DropGroupForm
from engage.web.networks.views import frame
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that the reader may see, those linked to most children first."""
    viewing = viewing_of(request)
    found = queries.groups(viewing=viewing, build=build_of(request), area=web().area)
    reader = reader_of(request, viewing)
    context = {
        "title": _("Groups"),
        "table": presenters.groups_table(found, reader),
        "sees_all": governance.can(viewer=viewing.viewer, what="see_groups"),
        **frame("groups", reader, viewing),
    }
    return render(request, "networks/groups.html", context)


def group(request: HttpRequest, number: int) -> HttpResponse:
    """One group with its history; where a lead adopts it, or drops it. Raises MayNotDo, NothingToShow."""
    viewing, build = viewing_of(request), build_of(request)
    found = queries.group(viewing=viewing, build=build, area=web().area, number=number)
    reader = reader_of(request, viewing)
    may_adopt = governance.can(viewer=viewing.viewer, what="adopt_group") and not reader.asked
    form: Any = (DropGroupForm if found.group.is_adopted else AdoptGroupForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept(request, found, form):
        return redirect(
            "concern_groups" if found.group.is_adopted else reader.link("concern_group", str(number))
        )
    context = {
        **presenters.group_context(found, reader),
        "form": form if may_adopt else None,
        "button": _("Drop it") if found.group.is_adopted else _("Adopt it"),
        "sees_all": governance.can(viewer=viewing.viewer, what="see_groups"),
        **frame("groups", reader, viewing),
    }
    return render(request, "networks/group.html", context)


def _kept(request: HttpRequest, found: GroupShown, form: Any) -> bool:
    """What the lead says is kept; False when it was refused, and the form says why."""
    where: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}
    number, given = found.group.number, form.cleaned_data
    try:
        if found.group.is_adopted:
            actions.drop_group(**where, number=number, reason=given["reason"])
        else:
            actions.adopt_group(**where, number=number, name=given["name"], reason=given["reason"])
    except actions.AdoptionRefused as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
        return False
    messages.success(request, _("Kept, with your name."))
    return True
