"""What may be typed of caseload, audits and the digest. Forms only check input."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.casework.lifecycles.states import CHILD, KINDS
from engage.casework.week.queries import ORDERS
from engage.casework.week.sampling import MOST, Rule
from engage.web.cases import words
from engage.web.meetings.forms import day_field
from engage.web.wording.forms import CarefulForm


class OrderForm(forms.Form):
    """Whose cases, and by which fact they are ordered."""

    order = forms.ChoiceField(
        label=_("In which order?"), required=False, choices=[(code, _(title)) for code, title in ORDERS.items()]
    )  # fmt: skip
    worker = forms.ChoiceField(label=_("Whose cases?"), required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Everybody's")), *workers]
        self.fields["worker"] = forms.ChoiceField(label=_("Whose cases?"), required=False, choices=choices)


def _kinds() -> list[tuple[str, str]]:
    return [(code, words.kind(code)) for code in KINDS]


class DrawForm(CarefulForm):
    """By which rule cases are drawn."""

    free_text = ("why",)

    wanted = forms.IntegerField(
        label=_("How many cases?"), min_value=1, max_value=MOST, widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Whose cases?"), required=False, initial=CHILD, choices=_kinds
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Open or ended?"), required=False, choices=[("open", _("Open")), ("ended", _("Ended")), ("", _("Open and ended"))]
    )  # fmt: skip
    from_on = day_field(_("Opened from which day on?"), required=False)
    until_on = day_field(_("Opened until which day?"), required=False)
    seed = forms.CharField(
        label=_("Number to begin the draw with"), required=False, max_length=20, help_text=_("Leave it empty for a new one. The same number draws the same cases again from the same list.")
    )  # fmt: skip
    why = forms.CharField(
        label=_("What is to be learned?"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip

    def clean_kind(self) -> str:
        """Children's, where nothing was said."""
        return str(self.cleaned_data["kind"] or CHILD)

    def clean(self) -> None:
        """The last day does not come before the first."""
        super().clean()
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("until_on")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("until_on", _("Choose a day that is not before the first."))

    def rule(self) -> Rule:
        """The rule. The form must be valid."""
        return Rule(**self.cleaned_data)


class LimitsForm(forms.Form):
    """Of cases that were opened on which days time limits are counted."""

    from_on = day_field(_("Opened from which day on?"), required=False)
    until_on = day_field(_("Opened until which day?"), required=False)


class DigestForm(forms.Form):
    """Whether a worker wants the digest, and where to."""

    is_wanted = forms.BooleanField(label=_("Send me the numbers of my day by e-mail"), required=False)
    address = forms.CharField(
        label=_("To which address at work?"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )  # fmt: skip
