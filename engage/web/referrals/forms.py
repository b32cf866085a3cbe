"""For whom a link is made. Forms only check input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.casework.referrals.rules import Partner


class LinkForm(forms.Form):
    """A named partner without an account."""

    name = forms.CharField(
        label=_("Name of the partner"),
        max_length=150,
        error_messages={"required": _("Say who the partner is.")},
    )
    organisation = forms.CharField(
        label=_("Where they work"), max_length=150, error_messages={"required": _("Say where they work.")}
    )
    reach = forms.CharField(label=_("E-mail or phone"), max_length=200, help_text=_("Where you send the link to. Check that it is theirs alone."), error_messages={"required": _("Say how they are reached.")})  # fmt: skip
    agency = forms.ChoiceField(label=_("Agency of the area"), required=False)

    def __init__(self, *args: Any, agencies: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = forms.ChoiceField(label=_("Agency of the area"), required=False, choices=[("", _("Another")), *agencies.items()])  # fmt: skip

    def partner(self) -> Partner:
        """Whom it is for. The form must be valid."""
        return Partner(**self.cleaned_data)
