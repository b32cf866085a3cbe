"""What may be typed when somebody or something is opened or closed, or a group adopted or dropped. Forms only check input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.networks.actions import GRADE
from engage.web.indicators.forms import SeenForm
from engage.web.wording.forms import CarefulForm


def _reason(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why: others will read it.")},
    )


class OpenForm(SeenForm):
    """Why somebody or something is of concern, and how the intelligence is graded."""

    free_text = ("reason",)

    reason = _reason(
        _("Why is this of concern?"),
        _("What the records say, whose words they are, and what you mean to do. Others read it beside the records."),
    )  # fmt: skip
    grade = forms.RegexField(
        GRADE,
        label=_("Grade (3x5x2)"),
        help_text=_("A source grade 1 to 3, an assessment A to E, and P or C for the handling, as in 2BP."),
        max_length=3,
        error_messages={
            "required": _("Grade it: a number 1 to 3, a letter A to E, and P or C, 2BP for instance."),
            "invalid": _(
                "Write the grade as a number 1 to 3, a letter A to E, and P or C: 2BP for instance."
            ),
        },
    )


class CloseForm(CarefulForm):
    """Why it is closed."""

    free_text = ("reason",)

    reason = _reason(
        _("Why is it closed?"), _("What is known now. Both this and the opening stay on record.")
    )


class ReviewForm(CarefulForm):
    """What came of looking at somebody who is not counted, and when they are looked at again."""

    free_text = ("reason",)

    reason = _reason(
        _("What did you look at, and what came of it?"),
        _("Whether what they did is their work or their family's, and whom you asked."),
    )
    review_on = forms.DateField(
        label=_("When is it to be looked at again?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say when it is to be looked at again.")},
    )


class AdoptGroupForm(CarefulForm):
    """Under what name and why a lead adopts a group."""

    free_text = ("reason",)

    name = forms.CharField(
        label=_("Its name from now on"),
        help_text=_("A word that names no child, no family and no community."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give it a name.")},
    )
    reason = _reason(_("Why is it adopted, and what follows?"))


class DropGroupForm(CarefulForm):
    """Why a group is dropped."""

    free_text = ("reason",)

    reason = _reason(
        _("Why is it dropped?"), _("It is then shown to analysts and managers alone, as before.")
    )
