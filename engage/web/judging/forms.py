"""What is said of a question. Forms only check input."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.web.wording.forms import CarefulForm


class JudgeForm(CarefulForm):
    """Same, different or unsure, with the reason."""

    free_text = ("reason",)

    says = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they are one person, or that you cannot tell.")},
    )
    reason = forms.CharField(
        label=_("What tells you so?"),
        help_text=_(
            "In a few words: others rely on it, and it can be taken back. “Same school and same aunt”, for instance."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write in a few words what tells you so.")},
    )

    def offer(self, choices: list[tuple[str, str]], legend: str) -> None:
        """The answers that the question allows, and what it asks."""
        self.fields["says"].label = legend
        self.fields["says"].choices = choices  # type: ignore[attr-defined]


class TakeBackForm(CarefulForm):
    """Why a judgement is taken back."""

    free_text = ("why",)

    why = forms.CharField(
        label=_("What has changed?"),
        help_text=_("The judgement and your reason both stay in the record."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write in a few words what has changed.")},
    )
