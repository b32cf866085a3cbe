"""What may be typed of an agreed action. Forms only check input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.casework.tasks.rules import HANDED_OVER, LONGEST, STATES, WORDS, NewAction, Owner, Word
from engage.web.wording.forms import CarefulForm


Choices = Sequence[tuple[str, str]]


class FilterForm(forms.Form):
    """Which actions."""

    state = forms.ChoiceField(label=_("State"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    owner = forms.ChoiceField(label=_("Whose"), required=False)
    case = forms.IntegerField(label=_("Case number"), required=False, min_value=1)
    meeting = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    by = forms.CharField(required=False, max_length=150, widget=forms.HiddenInput)
    escalated = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agencies: Mapping[str, str], user: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [
            ("open", _("Open")),
            ("overdue", _("Overdue")),
            *((code, _(title)) for code, title in STATES.items() if code != "open"),
            ("any", _("Open and ended")),
        ]
        self.fields["state"] = forms.ChoiceField(label=_("State"), required=False, choices=states)
        self.fields["agency"] = forms.ChoiceField(
            label=_("Agency"), required=False, choices=[("", _("All")), *agencies.items()]
        )
        whose = [("", _("Everybody's")), (user, _("Mine"))]
        self.fields["owner"] = forms.ChoiceField(label=_("Whose"), required=False, choices=whose)


class OwnerForm(CarefulForm):
    """Who does it: a worker who signs in, or a name at an agency."""

    user = forms.ChoiceField(
        label=_("Which worker?"), required=False, help_text=_("If they are not on the list, leave it empty, and write an agency and a name.")
    )  # fmt: skip
    agency = forms.ChoiceField(label=_("Or which agency?"), required=False)
    name = forms.CharField(label=_("And who there?"), required=False, max_length=150)

    def offer(self, workers: Sequence[tuple[str, Any]], agencies: Mapping[str, str]) -> None:
        """Whom the page can name: workers one by one, or under the title of their agency."""
        self.fields["user"].choices = [("", _("None of these")), *workers]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", _("Choose an agency")), *agencies.items()]  # type: ignore[attr-defined]

    def owner(self) -> Owner | None:
        """Who was named; None for nobody. The form must be valid."""
        given = self.cleaned_data
        found = Owner(given["agency"], given["name"].strip(), given["user"])
        return found if found.user or (found.agency and found.name) else None


class NewForm(OwnerForm):
    """An action to be agreed."""

    free_text = ("what",)
    field_order = ("what", "user", "agency", "name", "due_on")

    what = forms.CharField(
        label=_("What is to be done?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Say what is to be done.")},
        help_text=_("So that somebody else could tell whether it is done."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("By which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages={"required": _("Say by which day.")}
    )  # fmt: skip

    def __init__(self, *args: Any, workers: Choices, agencies: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(workers, agencies)

    def clean(self) -> None:
        """Somebody is named."""
        super().clean()
        given = self.cleaned_data
        if not given.get("user") and not (given.get("agency") and str(given.get("name", "")).strip()):
            self.add_error("user", _("Name who does it: a worker, or an agency and a name."))

    def new(self, *, case: int | None, meeting: int | None) -> NewAction:
        """What is to be agreed. The form must be valid."""
        owner = self.owner() or Owner("", "")
        return NewAction(
            self.cleaned_data["what"], owner, self.cleaned_data["due_on"], case=case, meeting=meeting
        )


class WordForm(OwnerForm):
    """A word on an action. What each needs is said by the rule."""

    free_text = ("reason",)
    field_order = ("says", "reason", "due_on", "user", "agency", "name", "version")

    says = forms.ChoiceField(
        label=_("What became of it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what became of it.")}
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed unless it is done or chased. It is kept with your name."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Until which day, if it is given more days?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, may_say: Sequence[str], workers: Choices, agencies: Mapping[str, str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        # Whatever somebody else made of it meanwhile, what was sent is looked at by the rule, which says why not.
        offered = may_say if not self.is_bound else WORDS
        self.fields["says"].choices = [(code, _(WORDS[code])) for code in offered]  # type: ignore[attr-defined]
        self.offer(workers, agencies)
        if HANDED_OVER not in offered:
            for name in ("user", "agency", "name"):
                self.fields.pop(name)

    def word(self) -> Word:
        """What is to be said. The form must be valid."""
        given = self.cleaned_data
        owner = self.owner() if given["says"] == HANDED_OVER else None
        return Word(given["says"], given["version"], given["reason"], given["due_on"], owner)
