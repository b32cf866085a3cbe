"""The page on which a worker records something about one person by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from engage.governance import queries as governance
from engage.picture import actions
from engage.picture.rules import Filters
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people import words
from engage.web.people.forms import RecordForm
from engage.web.people.views import page_of, show


def record(request: HttpRequest, person_id: str) -> HttpResponse:
    """Record something: it stands in the chronology at once. Raises MayNotDo, PersonNotShown."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="record")
    page, reader = page_of(request, person_id, Filters(per_page=1))
    form = RecordForm(request.POST or None, kinds=[("", _("Choose one")), *words.kinds_by_hand()])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.record_by_hand(
            viewing=viewing, build=build_of(request), area=web().area, person_id=page.person_id,
            note=actions.Note(given["kind"], given["title"], given["text"], given["when"], form.data.get("when", ""),
                              given["handling"], given["grade"] or ""),
        )  # fmt: skip
        messages.success(
            request, _("Recorded. It stands in the chronology now and is part of the next build.")
        )
        return redirect(reader.link("people_chronology", page.person_id))
    return show(request, "people/record.html", page, reader, {"form": form})
