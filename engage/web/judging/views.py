"""Pages on which people judge whether records are one person, one question after the other."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from engage.governance import queries as governance
from engage.identities import actions
from engage.identities import queries as identities
from engage.identities.assignments import RecordUnknown
from engage.identities.judging.rules import ORDERS, Judged, JudgementRefused, Pair, PairToJudge, Withdrawn
from engage.vocabulary.access import Viewing
from engage.web.access.viewing import build_of, viewing_of
from engage.web.judging import presenters, questions
from engage.web.judging.forms import JudgeForm, TakeBackForm
from engage.web.paging import page_number
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


AT_ONCE = 5


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for this worker, in the order of a fact that they choose. Raises MayNotDo."""
    viewing, order = _judging(request), _order(request)
    build = build_of(request)
    found = identities.queue(viewing=viewing, build=build, order=order, page=page_number(request))
    agreed = identities.agreement(viewing=viewing)
    context = {
        "orders": presenters.orders(found.order),
        "table": presenters.queue_table(found, reader_of(request, viewing)),
        "pages": presenters.pages(found),
        "progress": presenters.progress(found),
        "agreement": presenters.agreement(agreed),
        "by_kind": presenters.agreement_table(agreed) if agreed.by_kind else None,
        "first": presenters.question_link(found.waiting[0], found.order) if found.waiting else "",
    }
    return render(request, "judging/queue.html", context)


def question(request: HttpRequest) -> HttpResponse:
    """One question: two records, or one with up to five candidates. What is said leads to the next. Raises MayNotDo."""
    viewing, order = _judging(request), _order(request)
    found = _pairs(request, viewing)
    reader = reader_of(request, viewing)
    shown = questions.question(found, reader)
    form = JudgeForm(request.POST or None)
    form.offer(shown.choices, shown.heading)
    if request.method == "POST" and form.is_valid():
        try:
            done, pairs = _judge(request, viewing, found, form.cleaned_data)
        except JudgementRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            _tell(request, viewing, done, pairs)
            return redirect(_next(request, viewing, order, found))
    context = {"shown": shown, "form": form, "order": order}
    if any(pair.said for pair in found):
        context["said"] = presenters.said_table([one for pair in found for one in pair.said], reader)
    return render(request, "judging/question.html", context)


def _judge(
    request: HttpRequest, viewing: Viewing, found: list[PairToJudge], given: dict[str, Any]
) -> tuple[tuple[Judged, ...], list[Pair]]:
    """Take what was said, all of it or nothing: of one candidate that it is the person, or the same of all pairs."""
    says, reason, build = given["says"], given["reason"], build_of(request)
    if says.isdecimal():
        chosen, says = [found[int(says)]], "same"
    else:
        chosen, says = found, "different" if says == questions.NONE else says
    pairs = [_ids(pair) for pair in chosen]
    return actions.judge_several(viewing=viewing, build=build, pairs=pairs, says=says, reason=reason), pairs


def _ids(pair: PairToJudge) -> Pair:
    return pair.explained.left.record_id, pair.explained.right.record_id


def _tell(request: HttpRequest, viewing: Viewing, done: Sequence[Judged], pairs: Sequence[Pair]) -> None:
    """What came of it, with the way to the people as they are now, and to taking it back."""
    records = dict.fromkeys(record for pair in pairs for record in pair)
    people: list[str] = []
    for record in records:
        # Told apart, a record may be one that the other's agency gave reason to see: it is left out.
        with suppress(RecordUnknown):
            people.append(
                identities.person_of_record(viewing=viewing, build=build_of(request), record_id=record)
            )
    told = presenters.outcome_linked(done, list(dict.fromkeys(people)), reader_of(request, viewing))
    messages.success(request, told)


def _pairs(request: HttpRequest, viewing: Viewing) -> list[PairToJudge]:
    """The pairs that the address asks about, as far as the viewer may see both records of them."""
    asked = [tuple(pair.split("|")) for pair in request.GET.getlist("pair")[:AT_ONCE]]
    found = []
    for pair in asked:
        if len(pair) != 2:
            raise Http404
        try:
            found.append(
                identities.pair_to_judge(
                    viewing=viewing, build=build_of(request), left=pair[0], right=pair[1]
                )
            )
        except RecordUnknown as error:
            raise Http404(str(error.sentence)) from error
    if not found or not all(p.explained.left.is_visible and p.explained.right.is_visible for p in found):
        raise Http404
    return found


def _next(request: HttpRequest, viewing: Viewing, order: str, answered: Sequence[PairToJudge]) -> str:
    """The first question that waits for this worker, and never one just answered; the queue when none does."""
    found = identities.queue(viewing=viewing, build=build_of(request), order=order)
    done = {_ids(pair) for pair in answered}
    for waiting in found.waiting:
        if not done & {(pair.left_record_id, pair.right_record_id) for pair in waiting.pairs}:
            return presenters.question_link(waiting, order)
    return reader_of(request, viewing).link("judging")


@require_safe
def said_so_far(request: HttpRequest) -> HttpResponse:
    """What was judged of records that the viewer may see; with `?mine=1` by them only."""
    viewing = _judging(request)
    mine, number = request.GET.get("mine") == "1", page_number(request)
    found, count = identities.judgements(viewing=viewing, build=build_of(request), mine=mine, page=number)
    context = {
        "table": presenters.said_table(found, reader_of(request, viewing)),
        "mine": mine,
        "pages": presenters.pages_of_said(min(number, count), count, mine=mine),
    }
    return render(request, "judging/said.html", context)


def take_back(request: HttpRequest, seq: int) -> HttpResponse:
    """A judgement with what relied on it; and taking it back. Raises MayNotDo."""
    viewing, build = _judging(request), build_of(request)
    form = TakeBackForm(request.POST or None)
    done: Withdrawn | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.withdraw_judgement(
                viewing=viewing, build=build, seq=seq, why=form.cleaned_data["why"]
            )
        except JudgementRefused as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
    try:
        found = identities.judgement(viewing=viewing, build=build, seq=seq)
        relied = done.relied_on if done else identities.relied_on(viewing=viewing, build=build, seq=seq)
    except JudgementRefused as error:
        raise Http404(str(error.sentence)) from error
    reader = reader_of(request, viewing)
    context: dict[str, Any] = {
        "form": form,
        "seq": seq,
        "done": done,
        "may_take_back": found.may_take_back,
        "rows": presenters.judgement_rows(found, reader),
        "relied": presenters.relied_table(relied, reader),
    }
    return render(request, "judging/take_back.html", context)


def _judging(request: HttpRequest) -> Viewing:
    """The viewing of one who may judge. Raises MayNotDo."""
    viewing = viewing_of(request)
    governance.check_can(viewer=viewing.viewer, what="judge")
    return viewing


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("order", "")
    return asked if asked in ORDERS else "agencies"
