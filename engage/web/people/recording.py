"""The page on which a worker records something about one person by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from engage.governance import queries as governance
from engage.picture import actions
from engage.picture.rules import Entry, Filters, PersonPage
from engage.records import actions as records
from engage.vocabulary.access import Fact, Subject, Viewing
from engage.vocabulary.time import london_day
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people import chronology, words
from engage.web.people.forms import RecordForm, WithdrawForm
from engage.web.people.presenters import Reader
from engage.web.people.views import page_of, show
from engage.web.templatetags.engage import said


def record(request: HttpRequest, person_id: str) -> HttpResponse:
    """Record something: it stands in the chronology at once. Raises MayNotDo, PersonNotShown."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="record")
    page, reader = page_of(request, person_id, Filters(per_page=1))
    form = RecordForm(
        request.POST or None,
        kinds=[("", _("Choose one")), *words.kinds_by_hand()],
        may_guard=_may_guard(viewing),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        note = actions.Note(
            given["kind"], given["title"], given["text"], given["when"], form.data.get("when", "").strip(), given["handling"],
            given["grade"] or "",
        )  # fmt: skip
        try:
            actions.record_by_hand(
                viewing=viewing, build=build_of(request), area=web().area, person_id=page.person_id, note=note
            )
        except records.RecordingRefused as error:
            form.add_error("when", f"{said(error.sentence)} {said(error.remedy)}")
        else:
            messages.success(
                request, _("Recorded. It stands in the chronology now and is part of the next build.")
            )
            return redirect(reader.link("people_chronology", page.person_id))
    return show(request, "people/record.html", page, reader, {"form": form})


def _may_guard(viewing: Viewing) -> bool:
    """The worker would see what the own agency handles C: who would not must not record it, for it would vanish from sight."""
    own = Fact(viewing.viewer.agency, "event", "C")
    subject = Subject("", frozenset({viewing.viewer.agency}))
    decided = governance.policy(on=london_day(viewing.at)).decide(
        viewer=viewing.viewer, subject=subject, fact=own, purpose=viewing.purpose
    )
    return decided.is_allowed


EVERYTHING = Filters(per_page=100_000)


def withdraw(request: HttpRequest, person_id: str, entry: int) -> HttpResponse:
    """Take back what one's own agency recorded by hand; both rows stay. Raises MayNotDo, PersonNotShown, RecordingRefused."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="record")
    page, reader = page_of(request, person_id, EVERYTHING)
    found = _to_withdraw(page, reader, entry)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        records.withdraw_by_hand(viewing=viewing, entry=entry, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Withdrawn. It stands in the chronology no more; the entry and your reason are kept.")
        )
        return redirect(reader.link("people_chronology", page.person_id))
    context = {"form": form, "lines": chronology.lines([found], reader)}
    return show(request, "people/withdraw.html", page, reader, context)


def _to_withdraw(page: PersonPage, reader: Reader, number: int) -> Entry:
    """The entry of that number, if it stands on this page and the worker may withdraw it."""
    for entry in page.entries:
        if entry.source_id == str(number) and chronology.may_withdraw(entry, reader):
            return entry
    raise Http404
