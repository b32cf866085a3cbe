"""Pages of files. Each calls one door to read, and one to write."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.casework.files import actions, queries
from engage.casework.files.actions import FileRefused
from engage.vocabulary.words import EngageError
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.files import presenters
from engage.web.files.forms import FileBackForm, FileForm, StandingForm
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


def files(request: HttpRequest, number: int) -> HttpResponse:
    """The files of a case, and a new one. Raises MayNotDo, CaseNotShown."""
    where = _where(request)
    found = queries.files(**where, case=number)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep(**where, area=web().area, case=number, new=form.new())
        except FileRefused as error:
            form.add_error("file", _both(error))
        else:
            messages.success(request, _("Kept, with your name."))
            return redirect("case_files", number=number)
    context = {"number": number, "title": _("Files of case %(number)s") % {"number": number}}
    return _page(request, form, found, context)


def standing(request: HttpRequest, person_id: str) -> HttpResponse:
    """Standing documents about a person, and a new one. Raises MayNotDo, CaseNotShown."""
    where = _where(request)
    found = queries.standing(**where, person_id=person_id)
    form = StandingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["standing"]
        try:
            actions.keep_standing(
                **where, area=web().area, person_id=person_id, standing=kind, new=form.new()
            )
        except FileRefused as error:
            form.add_error("file", _both(error))
        else:
            messages.success(request, _("Kept, with your name."))
            return redirect("people_documents", person_id=person_id)
    return _page(request, form, found, {"person_id": person_id, "title": _("Standing documents")})


def _page(
    request: HttpRequest, form: FileForm, found: tuple[queries.FileShown, ...], context: dict[str, Any]
) -> HttpResponse:
    table = presenters.table(found, reader_of(request, viewing_of(request)))
    return render(request, "files/files.html", {"form": form, "table": table, **context})


@require_safe
def take(request: HttpRequest, number: int) -> HttpResponse:
    """One file, to be kept by the browser as a file and never shown as a page. Raises FileNotShown."""
    taken = queries.take(**_where(request), area=web().area, number=number)
    answer = HttpResponse(taken.content, content_type=taken.sent_as)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=taken.file.name) or "attachment"
    )
    # Whatever a browser makes of it all the same: it runs nothing, loads nothing and is of no origin.
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file back that was kept by mistake. Raises FileNotShown."""
    form = FileBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(**_where(request), number=number, reason=form.cleaned_data["reason"])
        except FileRefused as error:
            form.add_error(None, _both(error))
        else:
            messages.success(request, _("Taken back. That it was kept stays in the record."))
            return redirect("home")
    return render(request, "files/take_back.html", {"form": form})


def _where(request: HttpRequest) -> dict[str, Any]:
    return {"viewing": viewing_of(request), "build": build_of(request)}


def _both(error: EngageError) -> str:
    return f"{said(error.sentence)} {said(error.remedy)}".strip()
