"""Pages on which a meeting is called, invited to, put off and held. Each act is one call of the writing door."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from engage.casework.meetings import actions, queries
from engage.casework.meetings.actions import Attended, Convening, Guest, Holding, Person, Word
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.rules import ATTENDANCE, CAME, REPLIES, Invitee
from engage.governance import queries as governance
from engage.governance.actions import check_may
from engage.web.access.viewing import viewing_of
from engage.web.access.words import role_title
from engage.web.apps import web
from engage.web.meetings import chairs, showing
from engage.web.meetings.forms import (
    CallOffForm,
    ChairForm,
    ConveneForm,
    HoldMeetingForm,
    InviteForm,
    OrderForm,
    WhenForm,
    members,
)
from engage.web.meetings.opening import agencies, done, head_of, kept, shown, where, workers


def convene(request: HttpRequest) -> HttpResponse:
    """Call a meeting. Raises MayNotDo."""
    check_may(viewing=viewing_of(request), what="convene", subject="meeting")
    kinds = [(code, _(kind.title)) for code, kind in of_area(web().area).items()]
    form = ConveneForm(
        request.POST or None, kinds=kinds, chairs=workers("write_case"), initial={"cases": request.GET.get("case", ""), "kind": request.GET.get("kind", "")}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made: list[int] = []
        if kept(form, lambda: made.append(actions.convene(**where(request), convening=_convening(form)))):
            messages.success(request, _("Called. Now see who holds records, and invite them."))
            return redirect("meeting_proposed", made[0])
    form.fields["chair"].help_text = chairs.hint(request, chairs.named(request))
    return render(request, "meetings/convene.html", {"form": form})


def _convening(form: ConveneForm) -> Convening:
    given = form.cleaned_data
    return Convening(
        given["kind"], form.starts_at(), person(given["chair"]), given["place"], given["called"], given["minutes_long"],
        given["cases"],
    )  # fmt: skip


def person(user: str) -> Person:
    """A worker by sign-in name."""
    named = governance.viewer_named(user)
    return Person(named.user_id, named.name, named.agency)


@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Invite those who were ticked."""
    parts = [[*key.split("|", 3), ""] for key in request.POST.getlist("who")]
    some = [Guest(one[0], one[1], one[2], user_name=one[3]) for one in parts if len(one) > 3]
    count = len(some)
    text = ngettext("%(count)s is invited.", "%(count)s are invited.", count) % {"count": count}
    if not some:
        messages.error(request, _("Tick whom you invite."))
    else:
        done(request, lambda: actions.invite(**where(request, number), guests=some), text)
    return redirect("meeting_proposed", number)


def add(request: HttpRequest, number: int) -> HttpResponse:
    """Invite somebody besides those who are proposed, or a worker by name."""
    one = shown(request, number)
    form = InviteForm(
        request.POST or None, agencies=agencies(), workers=workers("record"), cases=showing.item_choices(one.agenda), members=members()
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        worker = governance.viewer_named(given["worker"]) if given["worker"] else None
        guest = Guest(
            given["agency"], given["member"], given["holder"], worker.user_id if worker else "", worker.name if worker else "", given["contact"],
            int(given["case"]) if given["case"] else None,
        )  # fmt: skip
        if kept(form, lambda: actions.invite(**where(request, number), guests=[guest])):
            messages.success(request, _("Invited."))
            return redirect("meeting_proposed", number)
    return render(request, "meetings/add.html", {**head_of(request, one), "form": form})


@require_POST
def reply(request: HttpRequest, number: int, invitee: int) -> HttpResponse:
    """Say that one's own agency comes, or cannot."""
    says = request.POST.get("says", "")
    if says not in REPLIES:
        raise Http404
    done(
        request,
        lambda: actions.say(**where(request, number), invitee=invitee, word=Word(says)),
        _("Kept. Thank you."),
    )
    return redirect("meeting_who", number)


def attendance(request: HttpRequest, number: int) -> HttpResponse:
    """Say who came; what was said before stands there, and is not kept again."""
    one = shown(request, number)
    before = {guest.number: _came(guest) for guest in one.invitees if guest.is_invited}
    if request.method == "POST":
        some = [
            Attended(guest, given[0] == "yes", given[1], given[2])
            for guest, was in before.items()
            if (given := _said_to_have_come(request, guest))[0] and given != was
        ]
        done(request, lambda: actions.attendance(**where(request, number), some=some), _("Kept who came."))
        return redirect("meeting", number)
    roles = [(code, role_title(code)) for code in governance.roles() if code != "operator"]
    invited = [
        (guest, came, who if came else guest.user_name, role)
        for guest in one.invitees
        if guest.is_invited
        for came, who, role in [before[guest.number]]
    ]
    return render(
        request, "meetings/attendance.html", {**head_of(request, one), "invited": invited, "roles": roles}
    )


def _came(guest: Invitee) -> tuple[str, str, str]:
    """What was said last of whether somebody came ("" for nothing), by whom and in which role."""
    word = guest.last(ATTENDANCE)
    return ("yes" if word.says == CAME else "no", word.who, word.role) if word else ("", "", "")


def _said_to_have_come(request: HttpRequest, guest: int) -> tuple[str, str, str]:
    """What the page says of the same."""
    came, who, role = (request.POST.get(f"{name}_{guest}", "") for name in ("came", "who", "role"))
    return came, who[:150], role[:40]


def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Mark the meeting as held."""
    one = shown(request, number)
    form = HoldMeetingForm(request.POST or None)
    if one.kind.chair is None:
        del form.fields["was_chaired"]
    if request.method == "POST" and form.is_valid():
        holding = Holding(
            number,
            _version(request, one),
            form.cleaned_data["reason"],
            form.cleaned_data.get("was_chaired", False),
        )
        given = where(request)
        if kept(form, lambda: actions.hold(**given, done=holding)):
            messages.success(request, _("Held. Cases that waited for it have moved on."))
            return redirect("meeting_record", number)
    return render(request, "meetings/hold.html", {**head_of(request, one), "form": form})


def call_off(request: HttpRequest, number: int) -> HttpResponse:
    """Say that it is not held, and why."""
    return _changed(request, number, {"is_put_off": False})


def put_off(request: HttpRequest, number: int) -> HttpResponse:
    """Put it off to another day."""
    return _changed(request, number, {"is_put_off": True})


def _changed(request: HttpRequest, number: int, how: dict[str, Any]) -> HttpResponse:
    one = shown(request, number)
    form = CallOffForm(request.POST or None)
    when = WhenForm(request.POST or None) if how["is_put_off"] else None
    if request.method == "POST" and form.is_valid() and (when is None or when.is_valid()):
        given, to = (
            Holding(number, _version(request, one), form.cleaned_data["reason"]),
            when.starts_at() if when else None,
        )
        if kept(form, lambda: actions.call_off(**where(request), done=given, starts_at=to)):
            messages.success(request, _("Kept. Send the calendar file anew."))
            return redirect("meeting", number)
    return render(request, "meetings/call_off.html", {**head_of(request, one), "form": form, "when": when})


def change_chair(request: HttpRequest, number: int) -> HttpResponse:
    """Say who chairs it from now on. Raises MeetingNotShown."""
    one = shown(request, number)
    form = ChairForm(request.POST or None, chairs=workers("write_case"))
    if request.method == "POST" and form.is_valid():
        given = Holding(number, _version(request, one), form.cleaned_data["reason"])
        chair = person(form.cleaned_data["chair"])
        if kept(form, lambda: actions.change_chair(**where(request), done=given, chair=chair)):
            messages.success(request, _("Kept. Whoever chairs it now finds it among their meetings."))
            return redirect("meeting", number)
    form.fields["chair"].help_text = chairs.hint(request, tuple(one.agenda.cases))
    context = {**head_of(request, one), "form": form, "heading": _("Hand the chair on")}
    return render(request, "meetings/form.html", context)


def order(request: HttpRequest, number: int) -> HttpResponse:
    """Put the agenda in another order. Raises MeetingNotShown."""
    one = shown(request, number)
    form = OrderForm(request.POST or None, items=showing.places_of_items(one.agenda))
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and kept(
        form, lambda: actions.reorder(**where(request, number), cases=form.cases(), stood=form.read())
    ):
        messages.success(request, _("The agenda stands in this order now."))
        return redirect("meeting", number)
    if is_sent:
        form.follow()
    context = {**head_of(request, one), "form": form, "heading": _("In which order?")}
    context["hint"] = _(
        "Give each case a number: the lowest is worked down first, within its part of the agenda."
    )
    return render(request, "meetings/form.html", context)


@require_POST
def agenda(request: HttpRequest, number: int) -> HttpResponse:
    """Put cases on the agenda, or take one off."""
    off = request.POST.get("off", "")
    numbers = request.POST.get("cases", "").replace(",", " ").split()
    if off.isdecimal():
        done(
            request, lambda: actions.take_off_agenda(**where(request, number), case=int(off)), _("Taken off.")
        )
    elif numbers and all(one.isdecimal() and len(one) < 10 for one in numbers):
        done(
            request,
            lambda: actions.put_on_agenda(**where(request, number), cases=[int(one) for one in numbers]),
            _("Put on the agenda."),
        )
    else:
        messages.error(request, _("Write the numbers of cases, with commas: 12, 31."))
    return redirect("meeting", number)


def _version(request: HttpRequest, one: queries.MeetingShown) -> int:
    """The version that the page showed; the one now where it said none."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else one.head.version
