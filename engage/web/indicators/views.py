"""Pages of one child's indicators: all of them by class, and each opened to its evidence with what people say of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.picture.indicators import actions, queries
from engage.picture.indicators.standing import Standing
from engage.picture.rules import Filters
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.indicators import presenters, words
from engage.web.indicators.forms import LookedForm, SayForm
from engage.web.people.views import page_of, show
from engage.web.templatetags.engage import said


EVERYTHING = Filters(per_page=100_000)


def indicators(request: HttpRequest, person_id: str) -> HttpResponse:
    """All indicators by class, and where a worker says that they looked at the new evidence. Raises PersonNotShown, MayNotDo."""
    page, reader = page_of(request, person_id, Filters(per_page=1))
    found = queries.child(
        viewing=viewing_of(request), build=build_of(request), area=web().area, person_id=page.person_id
    )
    form = LookedForm(
        request.POST or None, initial={"seen": presenters.seen_of(presenters.listed_evidence(found))}
    )
    if request.method == "POST" and form.is_valid():
        actions.looked_at(
            viewing=viewing_of(request), build=build_of(request), area=web().area, person_id=page.person_id,
            outcome=form.cleaned_data["outcome"], seen=form.cleaned_data["seen"],
        )  # fmt: skip
        messages.success(
            request, _("Kept. This evidence stands on the worklist no more; what comes later will.")
        )
        return redirect(reader.link("people_indicators", page.person_id))
    context = {
        "classes": presenters.by_class(found, reader),
        "strips": presenters.strips(found, reader),
        "strips_picture": presenters.strips_picture(found, reader),
        "look": words.look(found.look, reader),
        "outcome": found.look.outcome if found.look else "",
        "form": form if reader.may_record and not reader.asked else None,
        "refer": reader.refer("child", page.person_id, "indicators"),
    }
    return show(request, "indicators/child.html", page, reader, context)


def indicator(request: HttpRequest, person_id: str, code: str) -> HttpResponse:
    """One indicator opened to the very records and words, and what people say of it. Raises PersonNotShown, MayNotDo."""
    page, reader = page_of(request, person_id, EVERYTHING)
    standing = _standing(request, page.person_id, code)
    has_evidence = bool(standing.held.current)
    form = SayForm(
        request.POST or None,
        has_evidence=has_evidence,
        initial={"seen": presenters.seen_of(standing.held.current)},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, page.person_id, code, form):
        return redirect(reader.link("people_indicator", page.person_id, code))
    entries = {entry.event_record_id: entry for entry in page.entries}
    context = _opened(standing, reader, page.person_id) | {
        "evidence": presenters.evidence(standing, entries, reader),
        "form": form if reader.may_record and not reader.asked else None,
    }
    return show(request, "indicators/indicator.html", page, reader, context)


def _kept(request: HttpRequest, person_id: str, code: str, form: SayForm) -> bool:
    """What was said is kept; False when it was refused, and the form says why."""
    given = form.cleaned_data
    word = actions.Word(code, given["says"], given["reason"], given["seen"])
    try:
        actions.say(
            viewing=viewing_of(request), build=build_of(request), area=web().area, person_id=person_id, word=word
        )  # fmt: skip
    except actions.StatementRefused as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        return False
    messages.success(
        request, _("Kept beside the evidence. It stays through every build, and you can take it back.")
    )
    return True


def _opened(standing: Standing, reader: Any, person_id: str) -> dict[str, Any]:
    one = standing.indicator
    return {
        "one": one,
        "indicator_title": words.title(one),
        "means": words.means(one),
        "does_not_mean": words.does_not_mean(one),
        "kind": words.kind(one.kind),
        "value": words.value(standing.value),
        "colour": words.COLOURS.get(standing.value, ""),
        "window": words.window(one),
        "silences": [words.silence(s, reader) for s in standing.silences],
        "statements": [
            (words.says(s, reader), s.reason, s.is_outdated, s.seq if s.said_by == _me(reader) else 0)
            for s in standing.statements
        ],
        "back": reader.link("people_indicators", person_id),
    }


def _me(reader: Any) -> str:
    return str(reader.user_id)


@require_POST
def take_back(request: HttpRequest, person_id: str, code: str, seq: int) -> HttpResponse:
    """Take back what one said oneself. Raises PersonNotShown, MayNotDo, StatementRefused."""
    page, reader = page_of(request, person_id, Filters(per_page=1))
    actions.take_back(
        viewing=viewing_of(request),
        build=build_of(request),
        area=web().area,
        person_id=page.person_id,
        seq=seq,
    )
    messages.success(request, _("Taken back: it counts no more, and both stay in the log."))
    return redirect(reader.link("people_indicator", page.person_id, code))


def _standing(request: HttpRequest, person_id: str, code: str) -> Standing:
    found = queries.child(
        viewing=viewing_of(request), build=build_of(request), area=web().area, person_id=person_id
    )
    for one in found.standings:
        if one.indicator.code == code:
            return one
    raise Http404
