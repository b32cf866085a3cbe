"""The gallery of components."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.web.components import Cell, Figure, Notice, Pages, SummaryRow, Table
from engage.web.gallery import asked


class _SampleForm(forms.Form):
    word = forms.CharField(label="Name", help_text="As somebody might have heard it", required=True)
    agency = forms.ChoiceField(label="Agency", choices=[("", "All"), ("police", "Police")], required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """One of each component, with invented content. Outside the demo there is no such page."""
    if not (settings.ENGAGE_DEMO or settings.DEBUG):
        raise Http404
    wrong = _SampleForm(data={"word": ""})
    wrong.is_valid()
    shown = {
        "sample": _sample(),
        "form": _SampleForm(),
        "wrong": wrong,
        "asked": asked.empty(),
        "asked_wrong": asked.wrong(),
    }
    return render(request, "gallery/gallery.html", {**shown, "asked_rows": asked.rows()})


def _sample() -> dict[str, object]:
    not_known = Cell(_("not known: no agency has said"), is_known=False)
    return {
        "figures": [Figure("12", _("records received"), "#"), Figure("3", _("rows not used"))],
        "table": Table(
            _("Deliveries"),
            (_("Agency"), _("State"), _("As written"), _("Rows")),
            [
                (
                    Cell(_("Police"), href="#"),
                    Cell(_("Received"), colour="green"),
                    Cell("  07000 12", is_verbatim=True),
                    "1,204",
                )
            ],
            numbers=frozenset({3}),
        ),
        "empty": Table(_("Rejects"), (_("File"),), [], empty=_("No row was rejected.")),
        "rows": [
            SummaryRow(_("Name"), (Cell("Ana Petal"), Cell("Anna Petal")), Cell(_("Who says so"), href="#")),
            SummaryRow(_("School"), (not_known,)),
        ],
        "pages": Pages(2, 5, previous="?page=1", next="?page=3"),
        "notice": Notice(_("Important"), (_("A newer build has been served since you opened this list."),)),
        "success": Notice(
            _("Saved"), (_("Your note stands in the chronology."),), is_success=True, name="saved"
        ),
        "day": date(2026, 4, 7),
        "whose": [_("Police"), _("Health, specialist nurse")],
    }
