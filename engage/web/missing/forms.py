"""What may be typed about a check. Forms only check input; how a moment was written is read as on people's pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engage.picture.missing.actions import CHECKED, RESULTS, Checked
from engage.vocabulary.time import Precision
from engage.web.people.uncertain import NotADay, read_happened
from engage.web.wording.forms import CarefulForm


class CheckForm(CarefulForm):
    """What was checked, which one, what came of it and when."""

    free_text = ("subject", "note")

    what = forms.ChoiceField(label=_("What was checked?"))
    subject = forms.CharField(
        label=_("Which one?"),
        help_text=_("The address, the number, the hospital, the agency and whom you spoke to there."),
        max_length=200,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    result = forms.ChoiceField(label=_("What came of it?"))
    when = forms.CharField(
        label=_("When was it checked?"),
        help_text=_("Day and time: 6/4/2026 23:15. Leave it empty for now."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Anything else that whoever comes next should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        """`now`: the moment of looking, which an empty time stands for."""
        super().__init__(*args, **kwargs)
        self._now = now
        for name, choices in (("what", CHECKED), ("result", RESULTS)):
            words = [(code, _now(said)) for code, said in choices.items()]
            self.fields[name].choices = [("", _("Choose one")), *words]  # type: ignore[attr-defined]

    def clean_when(self) -> datetime:
        """A moment of a day that was."""
        written = self.cleaned_data["when"].strip()
        if not written:
            return self._now
        try:
            happened = read_happened(written)
        except NotADay as error:
            raise forms.ValidationError(str(error)) from error
        if happened.precision is not Precision.MINUTE or happened.from_at is None:
            raise forms.ValidationError(_("Write the day and the time: 6/4/2026 23:15."))
        if happened.from_at > self._now:
            raise forms.ValidationError(_("That moment is yet to come."))
        return happened.from_at

    def checked(self) -> Checked:
        """What was checked. The form must be valid."""
        given = self.cleaned_data
        return Checked(given["what"], given["subject"], given["result"], given["when"], given["note"])


class StrikeForm(CarefulForm):
    """Why a check is struck."""

    free_text = ("reason",)

    reason = forms.CharField(
        label=_("Why is it struck?"), max_length=500, strip=True, widget=forms.Textarea(attrs={"rows": 3})
    )
