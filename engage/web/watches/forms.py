"""What may be typed of a watch. Forms only check input."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.picture.watching.rules import KINDS, Watched, last_end
from engage.web.wording.forms import CarefulForm


class EndForm(CarefulForm):
    """Why something is watched, and until when."""

    free_text = ("why",)

    why = forms.CharField(
        label=_("Why do you need to know?"),
        help_text=_("What you are worried about, and what you would do. It is kept with your name."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you watch this.")},
    )
    until = forms.DateField(
        label=_("Until which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say until which day.")},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """`on`: today, from which the days of a watch are counted."""
        super().__init__(*args, **kwargs)
        last = last_end(on)
        self.fields["until"].initial = last
        self.fields["until"].widget.attrs |= {"min": on.isoformat(), "max": last.isoformat()}
        self.fields["until"].help_text = _("Up to %(days)s days from today. You can renew it then.") % {
            "days": (last - on).days
        }


class BeginForm(EndForm):
    """What is watched as well."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput)
    key = forms.CharField(max_length=300, widget=forms.HiddenInput)

    def watched(self) -> Watched:
        """What is watched. The form must be valid."""
        return Watched(self.cleaned_data["kind"], self.cleaned_data["key"])
