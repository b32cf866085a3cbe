"""Pages of the information round on which agencies are asked, chased, and answer on one screen."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Word
from engage.casework.rounds import actions, queries
from engage.casework.rounds.actions import Asking
from engage.web.meetings import presenters, showing
from engage.web.meetings.forms import AskForm, SaidForm
from engage.web.meetings.opening import done, head_of, kept, shown, where
from engage.web.meetings.returns import AnswerForm, HeardForm


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask everybody who is invited, or those who are ticked, what they hold. Raises MeetingNotShown."""
    one = shown(request, number)
    invited = [guest for guest in one.invitees if guest.is_invited]
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticked = {int(value) for value in request.POST.getlist("who") if value.isdecimal()}
        given = form.cleaned_data
        asking = Asking(
            tuple(guest.number for guest in invited if guest.number in ticked),
            given["question"],
            given["due_on"],
        )
        if kept(form, lambda: actions.ask(**where(request, number), asking=asking)):
            messages.success(request, _("Asked. Each answers on one screen, or says that it holds nothing."))
            return redirect("meeting_round", number)
    return render(request, "meetings/ask.html", {**head_of(request, one), "form": form, "invited": invited})


@require_POST
def chase(request: HttpRequest, number: int) -> HttpResponse:
    """Chase those who have not answered."""
    said = _(
        "Those who have not answered in the stated time are chased; where it is longer, their manager is named."
    )
    done(request, lambda: actions.chase(**where(request, number)), said)
    return redirect("meeting_round", number)


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What one's own agency answers, on one screen. Raises MeetingNotShown."""
    found = queries.to_answer(**where(request, number))
    labels = [showing.asked_about(one, found.titles) for one in found.requests]
    form = AnswerForm(request.POST or None, asked=found, labels=labels)
    if request.method == "POST" and form.is_valid():
        given = form.answers()
        if not given:
            form.add_error(None, _("Say for at least one what you hold, or that you hold nothing."))
        elif kept(form, lambda: actions.answer(**where(request, number), answers=given)):
            messages.success(request, _("Sent. You can send a further answer until the minutes are out."))
            return redirect("meeting_round", number)
    context = {
        "number": number,
        "title": presenters.title(found.head, found.kind),
        "form": form,
        "requests": found.requests,
        "basis": _(found.kind.basis),
    }
    return render(request, "meetings/answer.html", context)


def heard(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was answered by phone, by somebody who does not sign in. Raises MeetingNotShown."""
    found = queries.information_round(**where(request, number))
    if not found.arranges:
        raise Http404
    named = [
        (one, f"{one.title}: {showing.asked_about(one, found.titles)}")
        for one in found.requests
        if not one.is_own
    ]
    form = HeardForm(request.POST or None, requests=named)
    if (
        request.method == "POST"
        and form.is_valid()
        and kept(form, lambda: actions.write_down(**where(request, number), heard=form.answer()))
    ):
        messages.success(request, _("Kept, with who told you. They can answer themselves later."))
        return redirect("meeting_round", number)
    context = {**head_of(request, shown(request, number)), "form": form, "heading": _("Write down what was said by phone")}  # fmt: skip
    return render(request, "meetings/form.html", context)


def said(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what somebody said in the meeting, or was answered. Raises MeetingNotShown."""
    one = shown(request, number)
    named = [(str(guest.number), guest.title) for guest in one.invitees if guest.is_invited]
    form = SaidForm(request.POST or None, invitees=named)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        word = Word(given["says"], text=given["text"])
        if kept(form, lambda: meetings.say(**where(request, number), invitee=given["invitee"], word=word)):
            messages.success(request, _("Kept."))
            return redirect("meeting_round", number)
    heading = _("What somebody said, or was answered")
    return render(request, "meetings/form.html", {**head_of(request, one), "form": form, "heading": heading})
