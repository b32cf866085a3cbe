"""Forms of casework's pages that are no form of casework: how guarded something is, whom a case is about, who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.web.cases.words import SENSITIVITIES


class GuardForm(forms.Form):
    """How guarded what is written is. A report's handling is the originator's to set."""

    sensitivity = forms.ChoiceField(
        label=_("Who may read it?"), required=False, choices=[(code, _(title)) for code, title in SENSITIVITIES.items()], widget=forms.RadioSelect, initial="standard"
    )  # fmt: skip
    handling = forms.ChoiceField(
        label=_("Handling (3x5x2), if it is intelligence"), required=False, choices=[("", _("No handling code")), ("P", _("P: may be shared lawfully")), ("C", _("C: only under conditions"))]
    )  # fmt: skip

    def clean_sensitivity(self) -> str:
        """Standard, where nothing was said."""
        return str(self.cleaned_data["sensitivity"] or "standard")


class WhoForm(forms.Form):
    """Whom a case is about: the person's id, as on the person's page."""

    subject = forms.CharField(
        label=_("The person's number"), max_length=12, help_text=_("Find the person first: the number stands on top of their page. If nobody holds them, record who they are.")
    )  # fmt: skip

    def clean_subject(self) -> str:
        """Ids are capitals."""
        return str(self.cleaned_data["subject"]).strip().upper()


class AgenciesForm(forms.Form):
    """Which agency takes part from now on, or leaves."""

    agency = forms.ChoiceField(label=_("Agency"))
    how = forms.ChoiceField(
        label=_("From now on it"), choices=[("join", _("takes part and reads what is written here")), ("leave", _("no longer takes part as part of the team"))], widget=forms.RadioSelect
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = forms.ChoiceField(label=_("Agency"), choices=list(agencies.items()))
