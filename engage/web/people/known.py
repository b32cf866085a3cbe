"""The page and the address for programs that ask whether somebody is known, by everything that is known of them.

What is asked is sent and not put into an address, so that no name stands in a browser's history or a server's log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from engage.identities import queries as identities
from engage.identities.checking.asking import Asked
from engage.identities.checking.rules import Candidate, Checked, NothingAsked, Waiting
from engage.web.access.viewing import build_of, viewing_of
from engage.web.components import Cell, Table
from engage.web.people.forms import born
from engage.web.people.presenters import Reader, record_name
from engage.web.people.views import reader_of
from engage.web.templatetags.engage import said


_PLAIN = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class KnownForm(forms.Form):
    """What is known of somebody; anything may be left empty, not everything."""

    forename = forms.CharField(
        label=gettext_lazy("First name"), max_length=100, required=False, widget=_PLAIN
    )
    surname = forms.CharField(label=gettext_lazy("Surname"), max_length=100, required=False, widget=_PLAIN)
    born = forms.CharField(
        label=gettext_lazy("Day, month or year of birth"),
        help_text=gettext_lazy("As exactly as it is known: 27/3/2011, March 2011, 2011 or about 2011."),
        max_length=40,
        required=False,
        widget=_PLAIN,
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        required=False,
        choices=[
            ("", gettext_lazy("not known")),
            ("female", gettext_lazy("female")),
            ("male", gettext_lazy("male")),
        ],
    )
    address = forms.CharField(
        label=gettext_lazy("Address, first line"), max_length=200, required=False, widget=_PLAIN
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=12, required=False, widget=_PLAIN)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False, widget=_PLAIN)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=200, required=False, widget=_PLAIN)
    nhs_number = forms.CharField(
        label=gettext_lazy("NHS number"), max_length=20, required=False, widget=_PLAIN
    )
    upn = forms.CharField(
        label=gettext_lazy("Unique pupil number"), max_length=20, required=False, widget=_PLAIN
    )
    pnc_id = forms.CharField(label=gettext_lazy("PNC id"), max_length=20, required=False, widget=_PLAIN)

    def clean_born(self) -> tuple[date | None, date | None]:
        """First day on which the person may have been born, and the first on which no longer."""
        return born(self.cleaned_data["born"])

    def asked(self) -> Asked:
        """What was given. The form must be valid."""
        given = dict(self.cleaned_data)
        first, until = given.pop("born")
        return Asked(**given, born_from=first, born_until=until)


@dataclass(frozen=True)
class CandidateShown:
    """One person who may be the one: a heading with a link, a sentence on the weight, what forbids a silent join, and a table."""

    heading: str
    href: str
    outcome: str
    refusal: str
    records: tuple[str, ...]
    table: Table


def known(request: HttpRequest) -> HttpResponse:
    """Is this person known? The form, and below it who may be the one."""
    viewing = viewing_of(request)
    form = KnownForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            found = identities.check(viewing=viewing, build=build_of(request), asked=form.asked())
        except NothingAsked as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            reader = reader_of(request, viewing)
            context["found"] = found
            context["candidates"] = [_shown(candidate, reader) for candidate in found.candidates]
            context["waiting"] = [_waiting_shown(one, reader) for one in found.waiting]
            context["to_ask"] = [reader.agency(code) for code in found.to_ask]
    return render(request, "people/known.html", context)


@require_POST
def known_by_program(request: HttpRequest) -> JsonResponse:
    """The same for a program: a JSON object of what is known (the form's fields; `born` in the same words), answered by JSON."""
    wrong = _("Send a JSON object with some of: %(names)s.") % {"names": ", ".join(KnownForm.base_fields)}
    try:
        given = json.loads(request.body)
    except ValueError:
        return JsonResponse({"errors": [wrong]}, status=400)
    if not isinstance(given, dict) or not set(given) <= set(KnownForm.base_fields):
        return JsonResponse({"errors": [wrong]}, status=400)
    form = KnownForm(given)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    try:
        found = identities.check(viewing=viewing_of(request), build=build_of(request), asked=form.asked())
    except NothingAsked as error:
        return JsonResponse({"errors": [said(error.sentence)]}, status=400)
    return JsonResponse(_answer(found))


def _answer(found: Checked) -> dict[str, Any]:
    return {
        "candidates": [
            {
                "person_id": one.person_id,
                "record_ids": one.record_ids,
                "weight_bits": round(one.weight, 2),
                "in_words": said(one.strength),
                "refusal": said(one.refusal) if one.refusal else None,
                "fields": [
                    {
                        "field": f.field,
                        "given": f.left_value,
                        "recorded": f.right_value,
                        "found": said(f.level),
                    }
                    for f in one.fields
                ],
            }
            for one in found.candidates
        ],
        "waiting": [
            {
                "record_id": one.record_id,
                "received_on": one.received_on.isoformat(),
                "weight_bits": round(one.weight, 2),
                "in_words": said(one.strength),
                "refusal": said(one.refusal) if one.refusal else None,
            }
            for one in found.waiting
        ],
        "ask": found.to_ask,
    }


def _shown(candidate: Candidate, reader: Reader) -> CandidateShown:
    return CandidateShown(
        heading=_("Person %(id)s") % {"id": candidate.person_id},
        href=reader.link("people_person", candidate.person_id),
        outcome=_outcome(candidate),
        refusal=said(candidate.refusal) if candidate.refusal else "",
        records=tuple(record_name(record, reader) for record in candidate.record_ids),
        table=_fields_table(candidate),
    )


def _waiting_shown(one: Waiting, reader: Reader) -> CandidateShown:
    return CandidateShown(
        heading=record_name(one.record_id, reader),
        href="",
        outcome=_outcome(one),
        refusal=said(one.refusal) if one.refusal else "",
        records=(_("Received on %(day)s; joined with nobody until the next build.") % {"day": date_format(one.received_on, "j F Y")},),
        table=_fields_table(one),
    )  # fmt: skip


def _outcome(found: Candidate | Waiting) -> str:
    return _("All fields together: %(strength)s.") % {"strength": said(found.strength)}


def _fields_table(found: Candidate | Waiting) -> Table:
    head = (_("Compared"), _("Given"), _("Recorded"), _("What was found"), _("Weight in words"))
    rows = [
        (said(f.words), _value(f.left_value), _value(f.right_value), said(f.level), said(f.strength))
        for f in found.fields
    ]
    return Table(_("Field by field"), head, rows, is_caption_hidden=True)


def _value(text: str | None) -> Cell:
    return Cell(text, is_verbatim=True) if text else Cell(_("not known"), is_known=False)
