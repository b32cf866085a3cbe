"""Pages on which is written down what a meeting decided, and the minutes go out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.casework.minutes import actions, queries
from engage.casework.minutes.actions import Deciding, Dissenting
from engage.web.access.viewing import viewing_of
from engage.web.components import Cell, SummaryRow
from engage.web.drafts import keeping
from engage.web.drafts.keeping import TwoVersions
from engage.web.meetings import showing
from engage.web.meetings.forms import DecideForm, DissentForm
from engage.web.meetings.minutes_form import MinutesForm
from engage.web.meetings.opening import agencies, done, head_of, kept, shown, where


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a decision. Raises MeetingNotShown."""
    one = shown(request, number)
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    form = DecideForm(request.POST or None, cases=showing.item_choices(one.agenda), kind=one.kind)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = Deciding(
            given["section"], given["what"], _case(given), given["rationale"], given["decided_by"]
        )
        if kept(form, lambda: actions.decide(**where(request, number), made=made)):
            keeping.sent(request)
            messages.success(request, _("Kept in the record and in the register of decisions."))
            return redirect("meeting_record", number)
    return form_page(request, number, form, _("Keep a decision"))


def correct(request: HttpRequest, number: int, decision: int) -> HttpResponse:
    """Correct a decision: both stand. Raises MeetingNotShown."""
    found = queries.record(**where(request, number))
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    before = next((one for one in found.decisions if one.number == decision), None)
    if before is None:
        raise Http404
    kind, choices = found.shown.kind, showing.item_choices(found.shown.agenda)
    stood = {"about": str(before.case or ""), "section": before.section, "what": before.what, "rationale": before.rationale, "decided_by": before.decided_by}  # fmt: skip
    form = DecideForm(request.POST or None, cases=choices, kind=kind, initial=stood)
    # It is the same case that the decision is about: another is another decision.
    del form.fields["about"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = Deciding(
            given["section"], given["what"], before.case, given["rationale"], given["decided_by"], decision
        )
        if kept(form, lambda: actions.decide(**where(request, number), made=made)):
            keeping.sent(request)
            messages.success(request, _("Corrected: what was written before stands beside it."))
            return redirect("meeting_record", number)
    return form_page(request, number, form, _("Correct a decision"))


def dissent(request: HttpRequest, number: int) -> HttpResponse:
    """Keep that somebody does not agree. Raises MeetingNotShown."""
    found = queries.record(**where(request, number))
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    decisions = [(str(one.number), one.what[:80]) for one in found.decisions]
    mine = viewing_of(request).viewer.agency
    own = [pair for pair in agencies() if found.shown.arranges or pair[0] == mine]
    form = DissentForm(request.POST or None, decisions=decisions, agencies=own, initial={"agency": mine})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = Dissenting(given["decision"], given["who"], given["agency"], given["what"])
        if kept(form, lambda: actions.dissent(**where(request, number), made=made)):
            keeping.sent(request)
            messages.success(request, _("Kept beside the decision."))
            return redirect("meeting_record", number)
    return form_page(request, number, form, _("Say that somebody does not agree"))


def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write the minutes, along the agenda. Raises MeetingNotShown."""
    found, two = queries.record(**where(request, number)), None
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    form = MinutesForm(request.POST or None, places=_places(found))
    if request.method == "POST" and form.is_valid():
        if behind := form.behind():
            form.know(queries.worded(**where(request, number), versions=behind))
        changed = form.changed()
        if not changed or kept(form, lambda: actions.write(**where(request, number), texts=changed)):
            keeping.sent(request)
            messages.success(request, _("Kept."))
            return redirect("meeting_record", number)
        two = _two_minutes(request, form, queries.record(**where(request, number)))
    return form_page(request, number, form, _("Write the minutes"), two=two)


def _places(found: queries.Record) -> list[tuple[int, str, int, str, str]]:
    now = {(text.case, text.section): text for text in found.texts}
    return [
        (case, section, text.version, label, text.text)
        if (text := now.get((case, section)))
        else (case, section, 0, label, "")
        for case, section, label in showing.places(found.shown)
    ]


def _two_minutes(request: HttpRequest, form: MinutesForm, found: queries.Record) -> TwoVersions | None:
    """What somebody else wrote meanwhile, beside what was written; sending it again follows on theirs. None where nobody did."""
    later = [text for text in found.texts if form.is_overtaken(text)]
    if not later:
        return None
    labels = {(case, section): label for case, section, label in showing.places(found.shown)}
    both = [
        (labels.get((one.case, one.section), one.section), one.text, form.written(one.case, one.section))
        for one in later
    ]
    theirs = [SummaryRow(label, (Cell(text, is_text=True),)) for label, text, _mine in both]
    yours = [SummaryRow(label, (Cell(mine, is_text=True),)) for label, _text, mine in both]
    two = keeping.two_versions(request, form, who=later[-1].by_name, theirs=theirs, yours=yours)
    form.follow(found.texts)
    return two


@require_POST
def pack_sent(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the pack went out."""
    version = _version(request)
    done(
        request,
        lambda: actions.send_pack(**where(request, number), version=version),
        _("Kept: the pack went out. Nobody is reminded of it any more."),
    )
    return redirect("meeting_pack", number)


@require_POST
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Issue the minutes."""
    version = _version(request)
    done(
        request,
        lambda: actions.issue(**where(request, number), version=version),
        _("Issued to those who take part."),
    )
    return redirect("meeting_record", number)


@require_POST
def sign_off(request: HttpRequest, number: int) -> HttpResponse:
    """Sign the minutes off, as the chair."""
    version = _version(request)
    done(
        request,
        lambda: actions.sign_off(**where(request, number), version=version),
        _("Signed off. Nothing is added any more."),
    )
    return redirect("meeting_record", number)


def _version(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else -1


def _case(given: dict[str, Any]) -> int | None:
    return int(given["about"]) if given["about"] else None


def form_page(
    request: HttpRequest, number: int, form: Any, title: str, *, two: TwoVersions | None = None
) -> HttpResponse:
    """The page of a form of a meeting, with what was kept of it as somebody wrote."""
    begun = keeping.begun(request)
    keeping.restore(form, begun)
    context = {"form": form, "heading": title, "begun": begun, "two": two}
    return render(request, "meetings/form.html", {**head_of(request, shown(request, number)), **context})
