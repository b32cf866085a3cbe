"""What may be typed of a relationship. Forms only check input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from engage.governance.declared.rules import Declaring
from engage.governance.relationships import ADDRESS, KINDS, PERSON
from engage.records import normal
from engage.web.relationships import words


class DeclareForm(forms.Form):
    """To whom or what, what it is, and since when."""

    kind = forms.ChoiceField(
        label=_("To whom or what?"),
        choices=[(code, words.KINDS[code]) for code in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person, an address or a firm.")},
    )
    person = forms.CharField(
        label=_("The person's number"), required=False, max_length=12, help_text=_("Of a person. It stands on top of their page. If you do not find them, declare their address, and tell your manager.")
    )  # fmt: skip
    address = forms.CharField(
        label=_("First line of the address"), required=False, max_length=200, help_text=_("Of an address. Without the town and the postcode. It keeps you from the place and from whoever is recorded as living there now. Declare by their number too whom you know from before.")
    )  # fmt: skip
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    firm = forms.CharField(label=_("Name of the firm"), required=False, max_length=200, help_text=_("Of a firm. As it is written on its sign."))  # fmt: skip
    nature = forms.CharField(
        label=_("What is the relationship?"), max_length=300, help_text=_("“My sister's son”, “we live next door”, “I work there at weekends”."),
        error_messages={"required": _("Say what the relationship is.")},
    )  # fmt: skip
    since = forms.CharField(
        label=_("Since when?"), max_length=100, help_text=_("A year is enough."), error_messages={"required": _("Say since when.")}
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What belongs to the kind is given and can be read."""
        given = super().clean() or {}
        kind = given.get("kind", "")
        if kind and kind in self.fields and not given.get(kind, "").strip():
            self.add_error(kind, words.missing(kind))
        if kind == ADDRESS and given.get("postcode", "").strip() and not normal.postcode(given["postcode"]):
            self.add_error("postcode", _t("That is no postcode. Check it, or leave it empty."))
        return given

    def declaring(self) -> Declaring:
        """What was filled in, in normal form. The form must be valid."""
        given = self.cleaned_data
        kind = given["kind"]
        if kind == ADDRESS:
            key, called = _address(given["address"], given["postcode"])
        else:
            called = " ".join(given[kind].split())
            key = called.upper() if kind == PERSON else called.lower()
        return Declaring(kind, key, called, given["nature"], given["since"])


def _address(line: str, postcode: str) -> tuple[str, str]:
    code = normal.postcode(postcode) or ""
    written = ", ".join(part for part in (" ".join(line.split()), postcode.strip().upper()) if part)
    return f"{normal.address_key(line) or line.strip().lower()}|{code}", written


class EndForm(forms.Form):
    """Why it ends."""

    reason = forms.CharField(label=_("Why does it end?"), max_length=300, error_messages={"required": _("Say why it ends.")})  # fmt: skip
