"""What may be typed of a chart. Forms only check input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engage.networks.charts import addresses
from engage.networks.charts.rules import BETWEEN, NIGHTS, PHONE, PLACE, VEHICLE, End, Question
from engage.picture.watching.rules import normal
from engage.records.normal import telephone
from engage.web.charts.words import kind_choices, question_choices
from engage.web.templatetags.engage import said
from engage.web.wording.forms import CarefulForm


class StartForm(forms.Form):
    """From which question a chart starts."""

    asks = forms.ChoiceField(label=_("What do you ask?"), choices=question_choices, required=False)
    kind = forms.ChoiceField(label=_("About a"), choices=kind_choices)
    key = forms.CharField(
        label=_("Person's id, plate, number or place"),
        help_text=_("A person's id stands at the top of the person's page. On nights it may stay empty: everybody who was missing then."),
        max_length=300,
        required=False,
    )  # fmt: skip
    other_kind = forms.ChoiceField(label=_("Between two: and a"), choices=kind_choices, required=False)
    other = forms.CharField(
        label=_("Between two: the other's id, plate, number or place"), max_length=300, required=False
    )
    first = forms.CharField(label=_("From"), help_text=_("A month or a day: 2026-03, 2026-03-07."), max_length=10, required=False)  # fmt: skip
    last = forms.CharField(label=_("Until"), max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        """What a question lacks is said here, where it can be mended."""
        given: dict[str, Any] = super().clean() or {}
        for name, is_last in (("first", False), ("last", True)):
            try:
                given[f"{name}_on"] = addresses.day_of(given.get(name, ""), is_last=is_last)
            except addresses.AddressWrong as error:
                self.add_error(name, f"{said(error.sentence)} {said(error.remedy)}")
        asks = given.get("asks")
        if asks != NIGHTS and not given.get("key"):
            self.add_error("key", _now("Say whom or what the chart is about."))
        if asks == BETWEEN and not given.get("other"):
            self.add_error("other", _now("Say who or what the other is."))
        if asks == NIGHTS:
            for name in ("first", "last"):
                if not given.get(name):
                    self.add_error(name, _now("Say which nights: the first and the last."))
        return given

    def question(self) -> Question:
        """What is asked. The form must be valid."""
        given = self.cleaned_data
        about = [_end(given["kind"], given["key"])] if given["key"] else []
        if given["asks"] == BETWEEN:
            about.append(_end(given["other_kind"], given["other"]))
        return Question(given["asks"] or "around", tuple(about), given["first_on"], given["last_on"])


def _end(kind: str, typed: str) -> End:
    """As records tell it, however it was typed. A place's normal form has a bar between its address and its postcode."""
    if kind == VEHICLE:
        return kind, normal(kind, typed)
    if kind == PHONE:
        return kind, telephone(typed) or typed.strip()
    is_named = kind == PLACE and "|" not in typed
    return kind, typed.strip().lower() if is_named else typed.strip()


class NoteForm(CarefulForm):
    """A title of a saved chart, and what is written of it."""

    free_text = ("note",)

    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give the chart a title.")}
    )
    note = forms.CharField(
        label=_("Note"), help_text=_("What the chart shows you, and what you would ask next. It is kept with your name, and your agency's workers read it."),
        max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class SaveForm(NoteForm):
    """The question as well."""

    question = forms.CharField(max_length=20_000, widget=forms.HiddenInput)
