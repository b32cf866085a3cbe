"""Pages on which somebody is left out of a meeting, and the chair signs that."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from engage.casework.meetings import actions, queries
from engage.casework.meetings.actions import Guest, Person, Word
from engage.casework.meetings.rules import Invitee
from engage.governance import queries as governance
from engage.web.meetings import showing
from engage.web.meetings.acting import person
from engage.web.meetings.forms import Choices, choose, text_field
from engage.web.meetings.opening import done, head_of, kept, where
from engage.web.wording.forms import CarefulForm


class LeaveOutForm(CarefulForm):
    """Why somebody is left out."""

    free_text = ("reason",)

    case = forms.ChoiceField(label=_("Out of what?"), required=False)
    worker = forms.ChoiceField(
        label=_("One worker alone?"), required=False, help_text=_("Then their agency keeps its seat, and sends somebody else.")
    )  # fmt: skip
    reason = text_field(_("Why are they left out?"), _("The chair signs it with their name."))
    is_sealed = forms.BooleanField(
        label=_("Seal the reason: it would tip somebody off"),
        help_text=_("A declared relationship, or a suspect who works there. Then chair and guardian alone read it, also before you: the minutes say that the chair decided. They are out at once."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Choices, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "case", cases, empty=say("The whole meeting"))
        choose(self, "worker", workers, empty=say("No: the agency"))
        if not workers:
            del self.fields["worker"]


def leave_out(request: HttpRequest, number: int) -> HttpResponse:
    """Leave somebody out, with a reason that the chair signs. Raises MayNotDo, MeetingNotShown, MeetingRefused."""
    found = queries.proposed(**where(request, number))
    key = request.GET.get("who", "")
    one = next((guest for guest in found.invitees if guest.key == key), None)
    if one is None:
        raise Http404
    cases = showing.item_choices(found.shown.agenda)
    form = LeaveOutForm(request.POST or None, cases=cases, workers=_workers_of(one))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        word = Word("left_out", text=given["reason"], is_sealed=given["is_sealed"])
        guest = _left_out(one, given)
        if kept(form, lambda: actions.leave_out(**where(request, number), guest=guest, word=word)):
            messages.success(request, _left_out_text(found.shown, is_sealed=word.is_sealed))
            return redirect("meeting_proposed", number)
    context = {**head_of(request, found.shown), "form": form, "who": one.called}
    return render(request, "meetings/leave_out.html", context)


def _workers_of(one: Invitee) -> list[tuple[str, str]]:
    """The workers of an agency, one of whom may be left out alone; nobody where a worker, or a body that does not sign in, is meant already."""
    if not one.agency or one.holder or one.user_name:
        return []
    return [(w.user_id, w.name) for w in governance.workers_who_may(what="record", agency=one.agency)]


def _left_out(one: Invitee, given: dict[str, Any]) -> Guest:
    case = int(given["case"]) if given["case"] else None
    worker = person(given["worker"]) if given.get("worker") else Person(one.user, one.user_name, one.agency)
    return Guest(one.agency, one.member, one.holder, worker.user, worker.name, case=case)


def _left_out_text(shown: queries.MeetingShown, *, is_sealed: bool) -> str:
    if shown.chairs:
        return say("Kept, and signed with your name.")
    if is_sealed:
        return say("Kept. They are out from now on; the chair has still to sign it.")
    return say("Kept. It counts once the chair has signed it.")


@require_POST
def sign(request: HttpRequest, number: int, invitee: int) -> HttpResponse:
    """Sign that somebody is left out."""
    done(
        request,
        lambda: actions.sign(**where(request, number), invitee=invitee),
        say("Signed, with your name."),
    )
    return redirect("meeting_who", number)
