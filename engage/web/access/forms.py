"""What may be typed on the pages of this family. Forms only check input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class PurposeForm(forms.Form):
    """Why are you looking?"""

    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]


class PassPhraseForm(forms.Form):
    """The pass phrase of somebody who accepts an invitation, twice."""

    pass_phrase = forms.CharField(
        label=_("Pass phrase"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_pass_phrase(self) -> str:
        """Long enough, and not one that everybody uses."""
        words = str(self.cleaned_data["pass_phrase"])
        validate_password(words)
        return words

    def clean(self) -> None:
        """Both are the same."""
        if not self.errors and self.cleaned_data["pass_phrase"] != self.cleaned_data["again"]:
            self.add_error("again", _("The two are not the same."))


class InvitationForm(forms.Form):
    """Whom to invite, from which agency, in which role."""

    username = forms.RegexField(
        r"^[\w.@+-]{2,150}$",
        label=_("Username"),
        help_text=_("Letters, figures and . @ + - _ without spaces"),
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    agency = forms.ChoiceField(label=_("Agency"))
    role = forms.ChoiceField(label=_("Role"))

    def __init__(
        self, *args: Any, agencies: list[tuple[str, str]], roles: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class LogForm(forms.Form):
    """Whose part of the log, and about whom."""

    actor = forms.CharField(label=_("Username"), required=False, max_length=150)
    subject = forms.CharField(label=_("About (an id)"), required=False, max_length=200)
