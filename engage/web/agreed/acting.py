"""Pages on which an action is agreed, something is said of it, and many are chased. Whoever was second sees both versions, and keeps what they wrote."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from engage.casework.agreed import actions, queries
from engage.casework.agreed.actions import ActionRefused, MovedOn
from engage.casework.agreed.chasing import calendar_of
from engage.casework.agreed.queries import ActionShown
from engage.casework.cases import queries as cases
from engage.casework.tasks.templates import Template
from engage.governance import queries as governance
from engage.vocabulary.time import london_day
from engage.vocabulary.words import EngageError
from engage.web.access.viewing import build_of, viewing_of
from engage.web.agreed import presenters
from engage.web.agreed.forms import NewForm, WordForm
from engage.web.apps import web
from engage.web.cases.named import what_to_check
from engage.web.drafts import keeping
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


def action(request: HttpRequest, number: int) -> HttpResponse:
    """One action, with what was said of it, and a word on it. Raises ActionNotShown."""
    shown = _shown(request, number)
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    begun = keeping.begun(request)
    form = _word_form(request, shown)
    keeping.restore(form, begun)
    context: dict[str, Any] = {"form": form, "begun": begun}
    if request.method == "POST" and form.is_valid():
        try:
            actions.say(**_where(request), number=number, word=form.word())
        except ActionRefused as error:
            form.add_error(None, _both(error))
        except MovedOn as error:
            shown = _shown(request, number)
            form.add_error(None, _both(error))
            context["two"] = _two(request, form, shown)
        else:
            keeping.sent(request)
            messages.success(request, _("Kept, with your name."))
            return redirect("action", number=number)
    return _page(request, shown, context)


def _page(request: HttpRequest, shown: ActionShown, context: dict[str, Any]) -> HttpResponse:
    viewing = viewing_of(request)
    reader = reader_of(request, viewing)
    context |= {
        "number": shown.action.number,
        "title": presenters.what(shown.action),
        "rows": presenters.rows(shown, reader, london_day(viewing.at)),
        "table": presenters.words_table(shown.words, reader),
        "may_say": shown.may_say,
        "known_on": build_of(request).info.as_of,
        "whose_data": sorted({reader.agency(shown.action.owner.agency), reader.agency(shown.action.by_agency)}),
    }  # fmt: skip
    return render(request, "agreed/action.html", context)


def _word_form(request: HttpRequest, shown: ActionShown) -> WordForm:
    return WordForm(
        request.POST or None, may_say=shown.may_say, workers=_workers(), agencies=web().agency_titles(), initial={"version": shown.action.version}
    )  # fmt: skip


def _two(request: HttpRequest, form: WordForm, shown: ActionShown) -> keeping.TwoVersions:
    """Both versions; sending the form again follows on theirs."""
    reader = reader_of(request, viewing_of(request))
    last = shown.words[-1].by_name if shown.words else ""
    two = keeping.two_versions(request, form, who=last, theirs=presenters.theirs(shown, reader))
    data = request.POST.copy()
    data["version"] = str(shown.action.version)
    form.data = data
    return two


def new(request: HttpRequest) -> HttpResponse:
    """Agree an action, of a case or of none; for a case also from what is often agreed there. Raises MayNotDo, CaseNotShown."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="agree_action")
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    case, meeting = _number(request, "case"), _number(request, "meeting")
    offered = queries.often_agreed(**_where(request), case=case) if case else ()
    begun = keeping.begun(request)
    form = NewForm(request.POST or None, workers=_workers(), agencies=web().agency_titles(), initial=_first(request, offered) or _check_of_named(request, case))  # fmt: skip
    keeping.restore(form, begun)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.agree(**_where(request), new=[form.new(case=case, meeting=meeting)])
        except ActionRefused as error:
            form.add_error(None, _both(error))
        else:
            keeping.sent(request)
            messages.success(request, _("Agreed. Whoever does it finds it on their page “Today”."))
            return redirect("action", number=made[0])
    used = request.GET.get("often", "")
    context = {"form": form, "begun": begun, "case": case, "offered": offered, "used": used}
    return render(request, "agreed/new.html", context)


def _first(request: HttpRequest, offered: tuple[Template, ...]) -> dict[str, Any]:
    """What stands in the form to begin with: of what is often agreed, what somebody picked."""
    picked = next((one for one in offered if one.code == request.GET.get("often")), None)
    if picked is None:
        return {}
    agency = next((one.code for one in web().area.agencies.values() if one.kind == picked.agency), "")
    return {"what": _(picked.what), "due_on": _in_working_days(request, picked.days), "agency": agency}


# A check of somebody who was named is asked for within so many working days to begin with, like that of a person of concern.
_CHECK_DAYS = 3


def _check_of_named(request: HttpRequest, case: int | None) -> dict[str, Any]:
    """What stands in the form to begin with where somebody asks for the check of whoever was named in a case."""
    named = request.GET.get("named", "")
    if not case or not named.isdecimal():
        return {}
    what = what_to_check(cases.case(**_where(request), number=case), named)
    return {"what": what, "due_on": _in_working_days(request, _CHECK_DAYS)} if what else {}


def _in_working_days(request: HttpRequest, days: int) -> date:
    calendar, due = calendar_of(web().area), london_day(viewing_of(request).at)
    for _day in range(days):
        due = calendar.working_on_or_after(due + timedelta(days=1))
    return due


@require_POST
def chase(request: HttpRequest) -> HttpResponse:
    """Chase every action that was chosen. Raises MayNotDo."""
    numbers = [int(one) for one in request.POST.getlist("chosen") if one.isdecimal() and len(one) < 16]
    if not numbers:
        messages.error(request, _("Choose at least one action."))
        return redirect(_back(request))
    done = actions.chase_many(**_where(request), numbers=numbers[:200])
    said_ = ngettext("%(count)s action was chased.", "%(count)s actions were chased.", done.chased) % {"count": done.chased}  # fmt: skip
    left = ngettext("%(count)s was not: it is no longer open, or not yours to chase.", "%(count)s were not: they are no longer open, or not yours to chase.", done.left) % {"count": done.left}  # fmt: skip
    messages.success(request, f"{said_} {left}" if done.left else said_)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    here = request.POST.get("here", "")
    return here if url_has_allowed_host_and_scheme(here, allowed_hosts=None) else "actions"


def _shown(request: HttpRequest, number: int) -> ActionShown:
    return queries.action(viewing=viewing_of(request), build=build_of(request), number=number)


def _where(request: HttpRequest) -> dict[str, Any]:
    return {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}


def _workers() -> list[tuple[str, str]]:
    """Everybody who may be given an action, with the agency."""
    return [
        (one.user_id, f"{one.name}, {title}")
        for code, title in web().agency_titles().items()
        for one in governance.workers_who_may(what="agree_action", agency=code)
    ]


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 16 else None


def _both(error: EngageError) -> str:
    return f"{said(error.sentence)} {said(error.remedy)}".strip()
