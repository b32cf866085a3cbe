"""Where a worker says that the software misread a text on a person's page, or that it is right after all."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engage.picture import actions
from engage.picture.readings.rules import RIGHT, WRONG, Pointed
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.people import chronology
from engage.web.templatetags.engage import said


# From which page of the person the button was pressed; the address says it, and keeps how that page was cut.
_FROM = {"chronology": "people_chronology"}


class ReadingForm(forms.Form):
    """Which reading a button was beside, and what it says of it."""

    record = forms.CharField(max_length=300)
    what = forms.CharField(max_length=60)
    polarity = forms.CharField(max_length=20, required=False)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=0)
    says = forms.ChoiceField(choices=[(WRONG, WRONG), (RIGHT, RIGHT)])

    def pointed(self) -> Pointed:
        """The reading. The form must be valid."""
        given = self.cleaned_data
        return Pointed(given["record"], given["what"], given["polarity"], given["start"], given["end"])


@require_POST
def judge(request: HttpRequest, person_id: str) -> HttpResponse:
    """Keep what the worker says of one reading, and go back to the line. Raises MayNotDo, PersonNotShown."""
    form = ReadingForm(request.POST)
    back = reverse(_FROM.get(request.GET.get("from", ""), "people_person"), args=[person_id])
    cut = request.GET.copy()
    cut.pop("from", None)
    back += f"?{cut.urlencode()}" if cut else ""
    if not form.is_valid():
        messages.error(request, _("It is not clear which words were meant. Nothing was kept."))
        return redirect(back)
    pointed, says = form.pointed(), form.cleaned_data["says"]
    try:
        actions.judge_reading(
            viewing=viewing_of(request), build=build_of(request), area=web().area, person_id=person_id, pointed=pointed, says=says,
        )  # fmt: skip
    except actions.ReadingRefused as error:
        messages.error(request, f"{said(error.sentence)} {said(error.remedy)}")
    else:
        messages.success(request, _kept(says))
    return redirect(f"{back}#{chronology.anchor(pointed.record_id)}")


def _kept(says: str) -> str:
    if says == WRONG:
        return _("Kept: the software misread these words. Later builds keep to it.")
    return _("Kept: these words were read rightly after all.")
