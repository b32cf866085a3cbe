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
from engage.identities.checking.asking import WRITTEN, Asked, Malformed, check_written
from engage.identities.checking.rules import Candidate, Checked, Holder, NothingAsked, Waiting
from engage.picture import queries as picture
from engage.picture.rules import Named
from engage.web.access.viewing import build_of, viewing_of
from engage.web.components import Table
from engage.web.people import joins, words
from engage.web.people.forms import born
from engage.web.people.presenters import Reader, record_name
from engage.web.people.views import reader_of
from engage.web.people.waterfall import Waterfall, waterfall
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

    def clean(self) -> None:
        """What cannot be a number, a telephone or an address is refused by name: left out in silence, it would seem to be looked for."""
        for name in WRITTEN:
            try:
                check_written(name, self.cleaned_data.get(name) or "")
            except Malformed as error:
                self.add_error(name, f"{said(error.sentence)} {said(error.remedy)}")

    def asked(self) -> Asked:
        """What was given. The form must be valid."""
        given = dict(self.cleaned_data)
        first, until = given.pop("born")
        return Asked(**given, born_from=first, born_until=until)


@dataclass(frozen=True)
class CandidateShown:
    """One person who may be the one: a heading with a link, a sentence on the whole, what forbids a silent join, a table of the fields
    and the same as a picture; of who only holds something, no table."""

    heading: str
    href: str
    outcome: str
    refusal: str
    records: tuple[str, ...]
    table: Table | None = None
    waterfall: Waterfall | None = None


def known(request: HttpRequest) -> HttpResponse:
    """Is this person known? The form, and below it who may be the one."""
    viewing = viewing_of(request)
    form = KnownForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            found = identities.check(viewing=viewing, build=build_of(request), asked=form.asked())
        except NothingAsked as error:
            form.add_error(None, f"{said(error.sentence)} {said(error.remedy)}")
        else:
            context |= _found(request, found, reader_of(request, viewing))
    return render(request, "people/known.html", context)


def _found(request: HttpRequest, found: Checked, reader: Reader) -> dict[str, Any]:
    """What was found, each person by the name that their page bears."""
    ids = [one.person_id for one in found.candidates] + [one.person_id for one in found.holders]
    names = picture.how_called(viewing=viewing_of(request), build=build_of(request), person_ids=ids)
    return {
        "found": found,
        "candidates": [_shown(one, names.get(one.person_id), reader) for one in found.candidates],
        "holders": [_holder_shown(one, names.get(one.person_id), reader) for one in found.holders],
        "waiting": [_waiting_shown(one, reader) for one in found.waiting],
        "to_ask": [reader.agency(code) for code in found.to_ask],
    }


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
        return JsonResponse({"errors": [f"{said(error.sentence)} {said(error.remedy)}"]}, status=400)
    return JsonResponse(_answer(found))


def _answer(found: Checked) -> dict[str, Any]:
    return {
        "candidates": [
            {
                "person_id": one.person_id,
                "record_ids": one.record_ids,
                "weight_bits": round(one.weight, 2),
                "chance": one.chance,
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
                "chance": one.chance,
                "in_words": said(one.strength),
                "refusal": said(one.refusal) if one.refusal else None,
            }
            for one in found.waiting
        ],
        "holders": [
            {"person_id": one.person_id, "record_ids": one.record_ids, "holds": one.holds}
            for one in found.holders
        ],
        "more": found.has_more,
        "ask": found.to_ask,
    }


def _shown(candidate: Candidate, named: Named | None, reader: Reader) -> CandidateShown:
    return CandidateShown(
        heading=_heading(candidate.person_id, named),
        href=reader.link("people_person", candidate.person_id),
        outcome=joins.altogether(candidate),
        refusal=said(candidate.refusal) if candidate.refusal else "",
        records=tuple(record_name(record, reader) for record in candidate.record_ids),
        table=joins.fields_table(candidate, _("Given"), _("Recorded")),
        waterfall=waterfall(candidate),
    )


def _heading(person_id: str, named: Named | None) -> str:
    """The name and the birth, as far as they may be known, and the id, which alone tells namesakes apart."""
    if named is None or not named.name:
        return _("Person %(id)s") % {"id": person_id}
    born = (
        _("born %(day)s") % {"day": words.value("birth", named.born)} if named.born else _("birth not known")
    )
    return _("%(name)s, %(born)s (person %(id)s)") % {"name": named.name, "born": born, "id": person_id}


def _holder_shown(one: Holder, named: Named | None, reader: Reader) -> CandidateShown:
    held = ", ".join(str(KnownForm.base_fields[name].label) for name in one.holds)
    return CandidateShown(
        heading=_heading(one.person_id, named),
        href=reader.link("people_person", one.person_id),
        outcome=_("Holds this: %(held)s. Not enough by itself to say it is the person.") % {"held": held},
        refusal="",
        records=tuple(record_name(record, reader) for record in one.record_ids),
    )


def _waiting_shown(one: Waiting, reader: Reader) -> CandidateShown:
    return CandidateShown(
        heading=record_name(one.record_id, reader),
        href="",
        outcome=joins.altogether(one),
        refusal=said(one.refusal) if one.refusal else "",
        records=(_("Received on %(day)s; joined with nobody until the next build.") % {"day": date_format(one.received_on, "j F Y")},),
        table=joins.fields_table(one, _("Given"), _("Recorded")),
        waterfall=waterfall(one),
    )  # fmt: skip
