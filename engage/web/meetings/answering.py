"""Pages of the information round on which agencies are asked, chased, and answer on one screen."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Word
from engage.casework.meetings.rules import NOT_HELD
from engage.casework.rounds import actions, queries
from engage.casework.rounds.actions import Asking
from engage.casework.rounds.rules import Request, Returned
from engage.web.components import Cell, SummaryRow
from engage.web.drafts import keeping
from engage.web.drafts.keeping import TwoVersions
from engage.web.meetings import answered, presenters, showing, words
from engage.web.meetings.forms import AskForm, SaidForm
from engage.web.meetings.opening import done, head_of, kept, shown, where
from engage.web.meetings.returns import FEW, AnswerForm, HeardForm


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
    done(request, lambda: actions.chase(**where(request, number)), _chased)
    return redirect("meeting_round", number)


def _chased(of: tuple[int, int]) -> str:
    """What is said after chasing: also that nobody was left, as after somebody else chased at the same moment."""
    if not of[0]:
        return _("Nobody is left to be chased today: each has answered, still has time, or was chased today.")
    return _(
        "Those who have not answered in the stated time are chased; where it is longer, their manager is named."
    )


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What one's own agency answers, on one screen. Raises MeetingNotShown."""
    found, two = queries.to_answer(**where(request, number)), None
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    if request.method != "POST" and not found.goes_on:
        return _closed(request, found)
    labels = showing.asked_of_own(found.requests, found.titles)
    form, begun = AnswerForm(request.POST or None, asked=found, labels=labels), keeping.begun(request)
    keeping.restore(form, begun)
    if request.method == "POST" and form.is_valid():
        given = form.answers()
        if not given:
            form.add_error(None, _("Say for at least one what you hold, or that you hold nothing."))
        elif kept(form, lambda: actions.answer(**where(request, number), answers=given)):
            keeping.sent(request)
            messages.success(request, _("Sent. You can send a further answer until the minutes are out."))
            return redirect("meeting_round", number)
        else:
            two = _two_answers(request, form, queries.to_answer(**where(request, number)))
    blocks = form.blocks()
    context = {
        "number": number,
        "title": presenters.title(found.head, found.kind),
        "form": form,
        "blocks": blocks,
        "answered": [block for block in blocks if block.sent and not block.is_touched],
        "table": answered.summary_table(found.requests) if len(found.requests) > FEW else None,
        "asked": showing.asked_of_all(found.requests),
        "basis": _(found.kind.basis),
        "begun": begun,
        "two": two,
    }
    return render(request, "meetings/answer.html", context)


def _closed(request: HttpRequest, found: queries.ToAnswer) -> HttpResponse:
    """What was answered, where no answer is taken any more: nobody types what is refused."""
    context = {
        "number": found.head.number,
        "title": presenters.title(found.head, found.kind),
        "is_off": found.head.state == NOT_HELD,
        "who": found.head.organiser_name,
        "table": answered.summary_table(found.requests),
        "cases": answered.by_case(found.requests, found.titles, found.named),
    }
    return render(request, "meetings/answer_closed.html", context)


def _two_answers(request: HttpRequest, form: AnswerForm, found: queries.ToAnswer) -> TwoVersions | None:
    """What somebody of the same agency answered meanwhile, beside what was written; sending it again follows on theirs. None where nobody did."""
    later = [one for one in found.requests if one.returns and form.is_overtaken(one)]
    if not later:
        return None
    theirs = [SummaryRow(showing.asked_about(one, found.titles), (_sent(one.returns[-1]),)) for one in later]
    two = keeping.two_versions(request, form, who=later[-1].returns[-1].by_name, theirs=theirs)
    form.follow(later)
    return two


def _sent(one: Returned) -> Cell:
    if one.is_nil:
        return Cell(_("We hold nothing"))
    return Cell(one.text, is_text=True) if one.text else Cell(_("Not for you to read"), is_known=False)


def heard(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was answered by phone, by somebody who does not sign in. Raises MeetingNotShown."""
    found = queries.information_round(**where(request, number))
    if not found.arranges:
        raise Http404
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    named = [(one, _who_is_heard(one, found)) for one in found.requests if one.is_asked and not one.is_own]
    form, begun = HeardForm(request.POST or None, requests=named), keeping.begun(request)
    keeping.restore(form, begun)
    if (
        request.method == "POST"
        and form.is_valid()
        and kept(form, lambda: actions.write_down(**where(request, number), heard=form.answer()))
    ):
        keeping.sent(request)
        messages.success(request, _("Kept, with who told you. They can answer themselves later."))
        return redirect("meeting_round", number)
    context = {"form": form, "heading": _("Write down what was said by phone"), "begun": begun}
    return render(request, "meetings/form.html", {**head_of(request, shown(request, number)), **context})


def _who_is_heard(one: Request, found: queries.Round) -> str:
    """A request as it is chosen, and what came of it so far: nobody writes unseen over an answer."""
    asked, came = showing.asked_about(one, found.titles), words.reply(one.state)[0]
    return f"{one.title}: {asked} ({came})"


def said(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what somebody said in the meeting, or was answered. Raises MeetingNotShown."""
    one = shown(request, number)
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    named = [(str(guest.number), guest.title) for guest in one.invitees if guest.is_invited]
    form, begun = SaidForm(request.POST or None, invitees=named), keeping.begun(request)
    keeping.restore(form, begun)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        word = Word(given["says"], text=given["text"])
        if kept(form, lambda: meetings.say(**where(request, number), invitee=given["invitee"], word=word)):
            keeping.sent(request)
            messages.success(request, _("Kept."))
            return redirect("meeting_round", number)
    context = {"form": form, "heading": _("What somebody said, or was answered"), "begun": begun}
    return render(request, "meetings/form.html", {**head_of(request, one), **context})
