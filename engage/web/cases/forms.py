"""Forms of casework's pages that are no form of casework: how guarded something is, whom a case is about, who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.records import normal
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

    def about(self) -> str:
        """The id: ids are capitals. The form must be valid."""
        return str(self.cleaned_data["subject"]).strip().upper()


class PlaceForm(forms.Form):
    """Which place a case is about: its address, or the name of one that has none, as records of it say."""

    line = forms.CharField(
        label=_("First line of the address, or its name"), max_length=200, help_text=_("As it stands on the place's page. Without the town.")
    )  # fmt: skip
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)

    def about(self) -> str:
        """The normal form of a place: that of its address and postcode, or its name alone. The form must be valid."""
        line, code = self.cleaned_data["line"].strip(), self.cleaned_data["postcode"].strip()
        if not code:
            return str(line.lower())
        return f"{normal.address_key(line) or line.lower()}|{normal.postcode(code) or code.upper()}"


class AgenciesForm(forms.Form):
    """Which agency takes part from now on, or which part of one ends."""

    agency = forms.ChoiceField(
        label=_("Bring in"),
        required=False,
        help_text=_("From now on it takes part and reads what is written here."),
    )
    leaves = forms.ChoiceField(
        label=_("Or end a part"), required=False, help_text=_("What brought an agency in ends by itself: a meeting when its minutes are signed off, an action two weeks after it is done. An agency with another part stays.")
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Mapping[str, str], parts: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = [("", _("Nobody"))]
        self.fields["agency"].choices = [*nobody, *agencies.items()]  # type: ignore[attr-defined]
        self.fields["leaves"].choices = [*nobody, *parts]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """One of the two."""
        if bool(self.cleaned_data.get("agency")) == bool(self.cleaned_data.get("leaves")):
            raise forms.ValidationError(_("Choose an agency to bring in, or a part to end."))
