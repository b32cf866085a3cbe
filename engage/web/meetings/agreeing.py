"""The page on which an action is agreed in a meeting, and the table of those that were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from engage.casework.minutes import actions, queries
from engage.casework.minutes.actions import NewAction
from engage.casework.minutes.rules import Decided
from engage.casework.tasks.rules import Action, Owner
from engage.governance import queries as governance
from engage.web.agreed.forms import OwnerForm
from engage.web.apps import web
from engage.web.components import Cell, Table
from engage.web.drafts import keeping
from engage.web.meetings import showing
from engage.web.meetings.forms import Choices, choose, day_field, text_field
from engage.web.meetings.minuting import form_page
from engage.web.meetings.opening import kept, where
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


# Of a decision so much is shown where it is one of several.
SHORT = 80
# Workers to choose from, under the title of their agency.
Grouped = Sequence[tuple[str, Choices]]


class ActionForm(OwnerForm):
    """An action that the meeting agreed: of a case or none, from a decision or none, and who does it."""

    free_text = ("what",)
    field_order = ("about", "decision", "what", "user", "agency", "name", "due_on")

    about = forms.ChoiceField(label=_("Of which case?"), required=False)
    decision = forms.TypedChoiceField(
        label=_("From which decision?"), required=False, coerce=int, empty_value=None
    )
    what = text_field(_("What is to be done?"), rows=2)
    due_on = day_field(_("By when?"))

    def __init__(
        self,
        *args: Any,
        cases: Choices,
        decisions: Choices,
        workers: Grouped,
        agencies: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """`workers`: those who can be given an action, by agency."""
        super().__init__(*args, **kwargs)
        choose(self, "about", cases, empty=say("None"))
        choose(self, "decision", decisions, empty=say("None of these"))
        self.offer(workers, agencies)
        self.titles = agencies

    def clean(self) -> None:
        """Somebody is named, and by one agency."""
        super().clean()
        given = self.cleaned_data
        user, agency = given.get("user"), given.get("agency")
        if not user and not (agency and str(given.get("name", "")).strip()):
            self.add_error("user", say("Name who does it: a worker, or an agency and a name."))
        if user and agency and user not in self.of_agency(agency):
            self.add_error(
                "agency", say("This worker is of another agency: leave the agency empty, or choose theirs.")
            )

    def of_agency(self, agency: str) -> set[str]:
        """The workers on the list who are of an agency."""
        groups = dict(self.fields["user"].choices)  # type: ignore[attr-defined]
        return {user for user, _name in groups.get(self.titles[agency], ())}

    def new(self) -> NewAction:
        """What is to be agreed. The form must be valid."""
        given = self.cleaned_data
        case = int(given["about"]) if given["about"] else None
        owner = self.owner() or Owner("", "")
        return NewAction(given["what"], owner, given["due_on"], case, decision=given["decision"])


def action(request: HttpRequest, number: int) -> HttpResponse:
    """Keep an action that the meeting agreed. Raises MeetingNotShown."""
    found = queries.record(**where(request, number))
    if keeping.is_to_be_kept(request):
        return keeping.keep(request)
    agencies = {code: title for code, title in web().agency_titles().items() if code not in found.out}
    form = ActionForm(
        request.POST or None, cases=showing.item_choices(found.shown.agenda), decisions=_decisions(found), workers=_workers(agencies), agencies=agencies
    )  # fmt: skip
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and kept(form, lambda: actions.agree(**where(request, number), new=[form.new()])):
        keeping.sent(request)
        messages.success(
            request,
            say(
                "Agreed. Whoever does it and signs in here finds it on their page “Today”, and the manager of their agency too."
            ),
        )
        return redirect("meeting_record", number)
    return form_page(request, number, form, say("Agree an action"))


def _decisions(found: queries.Record) -> list[tuple[str, str]]:
    """The decisions of the meeting that stand."""
    titles = found.shown.agenda.titles
    return [
        (str(one.number), f"{showing.about(titles, one.case)}: {one.what[:SHORT]}")
        for one in found.decisions
        if not one.replaced_by
    ]


def _workers(agencies: Mapping[str, str]) -> list[tuple[str, Choices]]:
    """Everybody of these agencies who may be given an action, by agency. Whether they may read the case it is of is the door's to say, in the same words whatever the reason."""
    some = governance.workers_of_any(what="agree_action", agencies=agencies)
    groups = [
        (title, [(one.user_id, one.name) for one in some if one.agency == code])
        for code, title in agencies.items()
    ]
    return [(title, of) for title, of in groups if of]


def actions_table(some: Iterable[Action], decisions: Iterable[Decided], reader: Reader) -> Table:
    """Actions by agency, each with the decision from which it comes."""
    made = {one.number: one.what for one in decisions}
    rows = [
        (
            reader.agency(one.owner.agency),
            one.what or say("Not shown to you"),
            one.owner.name,
            people_words.day(one.due_on),
            made.get(one.decision or 0) or Cell(say("None named"), is_known=False),
        )
        for one in some
    ]
    head = (say("Agency"), say("Action"), say("Who"), say("By when"), say("From which decision"))
    return Table(say("Actions by agency"), head, rows, empty=say("None yet."))
