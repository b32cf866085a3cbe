"""Pages on which something is done with a case: a form is filled in, and kept by one call of the writing door.

Whoever was second sees what the first did, and keeps what they wrote: the form comes back as it was sent, for the case as it stands now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engage.casework.cases import actions, queries
from engage.casework.cases.actions import About, AnswersWrong, MovedOn, MoveRefused, Moving, Written
from engage.casework.cases.queries import CaseShown
from engage.casework.cases.rules import EntryShown
from engage.casework.forms.reading import form_of
from engage.casework.forms.rules import Answers, Form, Kind
from engage.casework.lifecycles.states import KINDS
from engage.casework.referrals import actions as referrals
from engage.casework.referrals.answering import FORM as ANSWER
from engage.governance import queries as governance
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.cases import presenters, words
from engage.web.cases.forms import AgenciesForm, GuardForm
from engage.web.cases.people import people_of
from engage.web.cases.referring import about_of, evidence_of
from engage.web.components import Cell, SummaryRow
from engage.web.drafts import keeping
from engage.web.filling.forms import FilledForm, form_for
from engage.web.filling.presenters import answers_rows
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


Made = TypeVar("Made")


def refer(request: HttpRequest, kind: str) -> HttpResponse:
    """Refer a child, propose a person of concern, a place or a peer group. Raises MayNotDo, CaseNotShown."""
    if kind not in KINDS:
        raise Http404
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="refer")
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    asked = form_of(web().area, words.REFERRALS[kind])
    start = about_of(request, kind)
    form, guard = (
        form_for(asked, request.POST or None, answers=start.answers, people=people_of(None)),
        GuardForm(request.POST or None),
    )
    begun = keeping.begun(request)
    keeping.restore(form, begun)
    keeping.restore(guard, begun)
    context = {
        "form": form,
        "guard": guard,
        "asked": asked,
        "about": start,
        "kind": words.kind(kind),
        "begun": begun,
    }
    if request.method == "POST" and form.is_valid() and guard.is_valid():
        written = _written(asked, form, guard, evidence=evidence_of(request, kind))
        about = About(kind, start.subject, start.called or str(form.answers.get(asked.questions[0].code, "")))
        made = kept(form, lambda: actions.refer(**where_of(request), about=about, written=written))
        if made is not None:
            keeping.sent(request)
            messages.success(request, _("Kept, with your name. The team sees it now."))
            return redirect("case", number=made)
    return render(request, "cases/refer.html", context)


def move(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Make one move of a case. Raises CaseNotShown."""
    shown = shown_of(request, number)
    choice = next((one for one in shown.choices if one.move.code == code), None)
    made = shown.head.lifecycle.move(code)
    if made is None or made.by:
        raise Http404
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    asked = form_of(web().area, made.form) if made.form else None
    form = (
        form_for(asked, request.POST or None, people=people_of(shown))
        if asked
        else forms.Form(request.POST or None)
    )
    guard = GuardForm(request.POST or None)
    context: dict[str, Any] = {
        "move": _(made.title),
        "means": _(made.means),
        "refused": said(choice.refused) if choice and choice.refused else "",
        "button": _(made.title),
    }
    if request.method == "POST" and form.is_valid() and guard.is_valid():
        written = _written(asked, form, guard) if asked else None
        moving = Moving(number, code, version_of(request), written)
        if kept(form, lambda: actions.move(**where_of(request), moving=moving)) is not None:
            keeping.sent(request)
            messages.success(request, _("Kept, with your name."))
            return redirect("case", number=number)
        shown, version = shown_of(request, number), moving.version
        if shown.head.version != version:
            context["two"] = two_moves(request, shown, form)
    return filled_page(request, shown, asked, form, guard, context)


def two_moves(request: HttpRequest, shown: CaseShown, form: forms.Form) -> keeping.TwoVersions:
    """What somebody else did with the case meanwhile, beside what was written."""
    last = shown.moves[-1]
    entry = next((one for one in shown.entries if one.number == last.entry), None)
    asked = form_of(web().area, entry.form) if entry else None
    rows = [SummaryRow(_("What was done"), (Cell(_(last.title)),))]
    if entry and asked and entry.answers is not None:
        rows += answers_rows(asked, entry.answers, people_of(shown))
    return keeping.two_versions(request, form, who=last.by_name, theirs=rows)


def write(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Write something in a case, or correct what was written. Raises CaseNotShown, FormUnknown."""
    shown = shown_of(request, number)
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    asked = form_of(web().area, form)
    replaces = request.POST.get("replaces") or request.GET.get("replaces") or ""
    before = next((one for one in shown.entries if str(one.number) == replaces), None)
    begins = before.answers if before else _named(request, asked)
    filled = form_for(asked, request.POST or None, answers=begins, people=people_of(shown))
    guard = GuardForm(
        request.POST or None,
        initial={"sensitivity": before.sensitivity, "handling": before.handling} if before else None,
    )
    context: dict[str, Any] = {
        "move": _(asked.title),
        "means": _(asked.means),
        "button": _("Keep"),
        "replaces": replaces,
    }
    if request.method == "POST" and filled.is_valid() and guard.is_valid():
        written = _written(asked, filled, guard, replaces=before.number if before else None)
        if (
            kept(filled, lambda: actions.write(**where_of(request), number=number, written=written))
            is not None
        ):
            keeping.sent(request)
            messages.success(request, _("Kept, with your name."))
            return redirect("case", number=number)
        shown = shown_of(request, number)
        context |= _two_corrections(request, shown, before, filled)
    return filled_page(request, shown, asked, filled, guard, context)


def answer(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Answer one referral of a case by itself. Raises CaseNotShown."""
    shown = shown_of(request, number)
    if entry not in {one.number for one in shown.entries if one.answers is not None}:
        raise Http404
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    asked = form_of(web().area, ANSWER)
    form, guard = form_for(asked, request.POST or None, people=people_of(shown)), GuardForm(request.POST or None)  # fmt: skip
    if request.method == "POST" and form.is_valid() and guard.is_valid():
        written = _written(asked, form, guard)
        done = kept(form, lambda: referrals.answer(**where_of(request), number=number, entry=entry, written=written))  # fmt: skip
        if done is not None:
            keeping.sent(request)
            messages.success(request, _("Kept, with your name. Whoever referred reads the answer."))
            return redirect("case", number=number)
    context = {"move": _(asked.title), "means": _(asked.means), "button": _("Answer")}
    return filled_page(request, shown, asked, form, guard, context)


def _named(request: HttpRequest, asked: Form) -> Answers:
    """What the address names for the form to begin with: the goal that is reviewed, or the time limit that was missed."""
    goals = (question.code for question in asked.questions if question.kind is Kind.GOAL)
    clocks = (question.code for question in asked.questions if question.kind is Kind.CLOCK)
    named = {code: request.GET[code] for code in goals if request.GET.get(code, "").isdecimal()}
    return named | {code: request.GET["clock"] for code in clocks if request.GET.get("clock")}


def _two_corrections(
    request: HttpRequest, shown: CaseShown, before: EntryShown | None, filled: FilledForm
) -> dict[str, Any]:
    """What somebody else made of the entry meanwhile, beside what was written; sending it again corrects theirs."""
    theirs = next((one for one in shown.entries if before and one.replaces == before.number), None)
    if theirs is None or theirs.answers is None:
        return {}
    people = people_of(shown)
    both = {
        "theirs": answers_rows(filled.form, theirs.answers, people),
        "yours": answers_rows(filled.form, filled.answers, people),
    }
    two = keeping.two_versions(request, filled, who=theirs.by_name, **both)
    return {"two": two, "replaces": str(theirs.number)}


def agencies(request: HttpRequest, number: int) -> HttpResponse:
    """Bring an agency into a case, or let it leave. Raises CaseNotShown."""
    shown = shown_of(request, number)
    titles = web().agency_titles()
    parts = presenters.parts_to_end(shown, reader_of(request, viewing_of(request)))
    form = AgenciesForm(request.POST or None, agencies=titles, parts=parts)
    if request.method == "POST" and form.is_valid():
        given, where = form.cleaned_data, {**where_of(request), "number": number}
        ended = next((one for one in shown.parts if presenters.part_key(one) == given["leaves"]), None)

        def act() -> int:
            if ended is None:
                return actions.take_part(**where, agency=given["agency"])
            return actions.leave(**where, which=actions.Leaving(ended.agency, ended.part, ended.reason))

        if kept(form, act):
            return redirect("case", number=number)
    return filled_page(request, shown, None, form, None, {"move": _("Who takes part"), "button": _("Keep")})


def shown_of(request: HttpRequest, number: int) -> CaseShown:
    """The case, in which the viewer's agency takes part. Raises CaseNotShown, Http404."""
    viewing = viewing_of(request)
    shown = queries.case(viewing=viewing, build=build_of(request), area=web().area, number=number)
    if not shown.takes_part:
        raise Http404
    return shown


def where_of(request: HttpRequest) -> dict[str, Any]:
    """What every door is given: who looks, and at which build of which area."""
    return {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}


def version_of(request: HttpRequest) -> int:
    """As which version the case was shown to whoever sends the page. Raises BadRequest."""
    given = request.POST.get("version", "")
    if not given.isdecimal():
        raise BadRequest("The version that was shown is missing.")
    return int(given)


def _written(asked: Form, form: forms.Form, guard: GuardForm, **more: Any) -> Written:
    answers = form.answers if isinstance(form, FilledForm) else {}
    return Written(
        asked.code,
        answers,
        sensitivity=guard.cleaned_data["sensitivity"],
        handling=guard.cleaned_data["handling"],
        **more,
    )


def kept(form: forms.Form, act: Callable[[], Made]) -> Made | None:
    """What was kept; None when it was refused, and the form says why."""
    try:
        return act()
    except AnswersWrong as error:
        for question, fault in error.faults.items():
            form.add_error(question if question in form.fields else None, said(fault))
    except (MoveRefused, MovedOn) as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
    return None


def filled_page(
    request: HttpRequest, shown: CaseShown, asked: Form | None, form: forms.Form, guard: GuardForm | None, more: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """The page on which something of a case is filled in; with its draft, where one was begun."""
    reader, begun = reader_of(request, viewing_of(request)), keeping.begun(request)
    keeping.restore(form, begun)
    keeping.restore(guard, begun)
    context = {
        "begun": begun,
        "number": shown.head.number,
        "title": presenters.title(shown),
        "address": reader.link("case", str(shown.head.number)),
        "rows": presenters.head_rows(shown, reader),
        "version": shown.head.version,
        "form": form,
        "guard": guard,
        "asked": asked,
        **more,
    }
    return render(request, "cases/fill.html", context)
