"""The page on which it is said who is in a peer group, and how that stands on the page of its case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from engage.casework.cases import actions, queries
from engage.casework.cases.queries import CaseShown
from engage.casework.cases.rules import CaseNotShown, MoveRefused
from engage.casework.lifecycles.states import PEER_GROUP
from engage.networks import queries as networks
from engage.networks.queries import NothingToShow
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.cases import presenters
from engage.web.components import Cell, Table
from engage.web.people.presenters import Reader
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said
from engage.web.wording.forms import CarefulForm


IN, OUT = "in", "out"


class MemberForm(CarefulForm):
    """A child is in the group from now on, or no longer, and why."""

    free_text = ("reason",)

    person = forms.CharField(
        label=_("The child's number"), max_length=12, help_text=_("It stands on top of the child's page. If nobody holds the child, record who they are first.")
    )  # fmt: skip
    how = forms.ChoiceField(label=_("From now on"), choices=[(IN, _("the child is in the group")), (OUT, _("the child is no longer in it"))], widget=forms.RadioSelect, initial=IN)  # fmt: skip
    reason = forms.CharField(label=_("Why?"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Your name stands beside it."))  # fmt: skip

    def clean_person(self) -> str:
        """Ids are capitals."""
        return str(self.cleaned_data["person"]).strip().upper()


def table(shown: CaseShown, reader: Reader, *, is_printed: bool = False) -> Table | None:
    """Who is in a peer group, and who was; None of a case of another kind."""
    if shown.head.kind != PEER_GROUP or not shown.takes_part:
        return None
    head = (say("Child"), say("In the group"), say("Said by"), say("Why"))
    links = () if is_printed else (say("What you can do"),)
    rows = [
        (
            Cell(one.name or say("Name not shown"), href="" if is_printed or not one.name else reader.link("people_person", one.person_id)),
            say("yes") if one.is_in else say("no longer"),
            say("%(who)s, %(agency)s, %(when)s") % {"who": one.by_name, "agency": reader.agency(one.agency), "when": presenters.when(one.at)},
            Cell(one.reason, is_text=True),
            *((_change(shown, one, reader),) if links else ()),
        )
        for one in shown.members
    ]  # fmt: skip
    empty = say("Nobody is named yet. Who holds their records is proposed for a meeting once they are.")
    return Table(say("Who is in the group"), (*head, *links), rows, empty=empty)


def _change(shown: CaseShown, one: Any, reader: Reader) -> Cell:
    query = f"person={one.person_id}&how={OUT if one.is_in else IN}"
    text = say("Take out %(name)s") if one.is_in else say("Put in %(name)s again")
    name = {"name": one.name or one.person_id}
    return Cell(text % name, href=reader.link("case_members", str(shown.head.number), query=query))


def members(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a child is in the group, or no longer. Raises CaseNotShown."""
    viewing, build = viewing_of(request), build_of(request)
    shown = queries.case(viewing=viewing, build=build, area=web().area, number=number)
    if not shown.takes_part or shown.head.kind != PEER_GROUP:
        raise Http404
    form = MemberForm(
        request.POST or None,
        initial={"person": request.GET.get("person", ""), "how": request.GET.get("how", IN)},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, number, form):
        messages.success(request, say("Kept, with your name."))
        return redirect("case", number=number)
    reader = reader_of(request, viewing)
    context = {
        "number": number,
        "title": presenters.title(shown),
        "address": reader.link("case", str(number)),
        "form": form,
        "table": table(shown, reader),
        "tied": _tied(request, shown, reader),
    }
    return render(request, "cases/members.html", context)


def _kept(request: HttpRequest, number: int, form: MemberForm) -> bool:
    """It was kept; False when it was refused, and the form says why."""
    given = form.cleaned_data
    act = actions.add_member if given["how"] == IN else actions.remove_member
    where: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "number": number}
    try:
        act(**where, person_id=given["person"], reason=given["reason"])
    except CaseNotShown:
        form.add_error("person", say("There is nobody of this number, or nobody whom you may see."))
        return False
    except MoveRefused as error:
        form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}".strip())
        return False
    return True


def _tied(request: HttpRequest, shown: CaseShown, reader: Reader) -> Table | None:
    """Children whom records link to the adopted group that the case is about, of whom nothing was said yet: nobody is in it before somebody says so."""
    if not shown.head.subject.isdecimal():
        return None
    where: dict[str, Any] = {"viewing": viewing_of(request), "build": build_of(request), "area": web().area}
    try:
        found = networks.group(**where, number=int(shown.head.subject))
    except NothingToShow:
        return None
    known = {one.person_id for one in shown.members}
    names = {who: found.people[who].name for who in found.group.linked if who in found.people and who not in known}  # fmt: skip
    rows = [(Cell(name or say("Name not shown"), href=reader.link("people_person", who)), Cell(say("Put in %(name)s") % {"name": name or who}, href=reader.link("case_members", str(shown.head.number), query=f"person={who}&how={IN}"))) for who, name in sorted(names.items(), key=lambda one: one[1])]  # fmt: skip
    return Table(say("Children whom records link to this group, and of whom nobody has said that they are in it"), (say("Child"), say("What you can do")), rows) if rows else None  # fmt: skip
