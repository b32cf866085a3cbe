"""What may be asked of the map. Forms only check input."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engage.networks.maps.asking import AskedWrong, asked_of, months_known, text_of
from engage.networks.maps.rules import Asked
from engage.web.maps.words import kind_choices, month
from engage.web.templatetags.engage import said


class AskForm(forms.Form):
    """Which kind, and which months."""

    kind = forms.ChoiceField(label=_("What is counted"), choices=kind_choices, required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    until = forms.ChoiceField(label=_("Until"), required=False)

    def __init__(self, *given: Any, as_of: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.as_of = as_of
        known = [(text_of(one), month(one)) for one in reversed(months_known(as_of))]
        self.fields["month"].choices = known  # type: ignore[attr-defined]
        self.fields["until"].choices = [("", _now("the same month")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What cannot be answered is said here, where it can be mended."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                given["asked"] = asked_of(given["kind"], given["month"], given["until"], self.as_of)
            except AskedWrong as error:
                self.add_error("until", f"{said(error.sentence)} {said(error.remedy)}")
        return given

    def asked(self) -> Asked:
        """What is asked. The form must be valid."""
        asked: Asked = self.cleaned_data["asked"]
        return asked
