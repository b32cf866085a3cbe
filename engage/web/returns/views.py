"""Pages of return home interviews. Each calls one door once to read, and one to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.casework.cases.placed import OURS
from engage.casework.cases.rules import AnswersWrong, MovedOn, MoveRefused, Written
from engage.casework.forms.reading import form_of
from engage.casework.forms.rules import Form
from engage.casework.returns import actions, queries
from engage.casework.returns.rules import FORM
from engage.governance import queries as governance
from engage.records.actions import RecordingRefused
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.cases.forms import GuardForm
from engage.web.drafts import keeping
from engage.web.drafts.keeping import TwoVersions
from engage.web.filling.forms import FilledForm, form_for
from engage.web.filling.presenters import answers_rows
from engage.web.people.views import reader_of
from engage.web.returns import presenters
from engage.web.templatetags.engage import said


def one(request: HttpRequest, report: str) -> HttpResponse:
    """One time from which a child came back: what is due, what was written, and the form. Raises EpisodeNotShown."""
    viewing, child = viewing_of(request), request.GET.get("child", "")
    asked = form_of(web().area, FORM)
    found = queries.one_return(viewing=viewing, build=build_of(request), report=report, child=child)
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    replaces = request.POST.get("replaces") or request.GET.get("replaces") or ""
    before = next((entry for entry in found.entries if str(entry.number) == replaces), None)
    form = form_for(asked, request.POST or None, answers=before.answers if before else _known(found))
    guard, begun = GuardForm(request.POST or None), keeping.begun(request)
    keeping.restore(form, begun)
    keeping.restore(guard, begun)
    two = None
    if request.method == "POST" and form.is_valid() and guard.is_valid():
        written = Written(
            FORM, form.answers, **guard.cleaned_data, replaces=before.number if before else None
        )
        if _kept(request, form, found, written):
            keeping.sent(request)
            messages.success(request, _("Kept, with your name. The list of missing children and the chronology know it now."))  # fmt: skip
            return redirect(f"{reverse('returns_one', args=[report])}?child={found.person_id}")
        found = queries.one_return(viewing=viewing, build=build_of(request), report=report, child=child)
        two, replaces = _two(request, form, found, replaces)
    page = {"form": form, "guard": guard, "begun": begun, "two": two, "replaces": replaces if before else ""}
    return render(request, "returns/one.html", {**_context(request, found, asked), **page})


def _known(found: queries.Return) -> dict[str, str]:
    """What nobody is asked again: where the police's record says when the child came back, the form says so already; and which authorities are known to look after the child and to have them in
    their area."""
    end = found.episode.end
    agency = web().area.agencies.get(end.agency) if end and end.from_at else None
    back = {"by_hand": "yes"} if agency and agency.kind == "police" else {}
    return {**back, **_ours(found.known)}


def _ours(known: Mapping[str, str]) -> dict[str, str]:
    """The same, where a record names the authority of this area by its name."""
    own = {one.title.lower() for one in web().area.agencies.values() if one.kind == "childrens_services"}
    here = [code for code in ("responsible", "host") if known.get(f"{code}_name", "").lower() in own]
    return {**known, **dict.fromkeys(here, OURS)}


def _context(request: HttpRequest, found: queries.Return, asked: Form) -> dict[str, Any]:
    """What the page shows besides the form."""
    viewing = viewing_of(request)
    reader = reader_of(request, viewing)
    may = all(governance.can(viewer=viewing.viewer, what=what) for what in ("write_case", "record"))
    return {
        "rows": presenters.rows(found, reader),
        "cards": presenters.cards(found.entries, asked, reader, viewing.viewer.agency),
        "name": found.name or _("Name not shown"),
        "person_id": found.person_id,
        "may_write": may and viewing.viewer.role in asked.who,
        "here": f"{reverse('returns_one', args=[found.report])}?child={found.person_id}",
    }


def _two(
    request: HttpRequest, form: FilledForm, found: queries.Return, replaces: str
) -> tuple[TwoVersions | None, str]:
    """What somebody else made of the entry meanwhile, beside what was written, and the number that sending it again corrects: theirs. None where nobody did."""
    theirs = next((entry for entry in found.entries if replaces and str(entry.replaces) == replaces), None)
    if theirs is None or theirs.answers is None:
        return None, replaces
    both = {"theirs": answers_rows(form.form, theirs.answers), "yours": answers_rows(form.form, form.answers)}
    return keeping.two_versions(request, form, who=theirs.by_name, **both), str(theirs.number)


def _kept(request: HttpRequest, form: FilledForm, found: queries.Return, written: Written) -> bool:
    """It was kept; else the form says why not."""
    where: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}
    try:
        actions.record(**where, report=found.report, child=found.person_id, written=written)
    except AnswersWrong as error:
        for question, fault in error.faults.items():
            form.add_error(question if question in form.fields else None, said(fault))
    except (MoveRefused, MovedOn, RecordingRefused) as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
    else:
        return True
    return False


@require_safe
def of_child(request: HttpRequest, person_id: str) -> HttpResponse:
    """What was learned from a child's return interviews, and who was told. Raises CaseNotShown."""
    viewing = viewing_of(request)
    found = queries.interviews(viewing=viewing, build=build_of(request), person_id=person_id)
    reader = reader_of(request, viewing)
    asked = form_of(web().area, FORM)
    context = {"rows": presenters.learned(found, asked, reader), "address": reader.link("people_person", person_id)}  # fmt: skip
    return render(request, "returns/of_child.html", context)
