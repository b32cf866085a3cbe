"""A form in which somebody writes about a person: wordings that blame the child are shown with better ones before the words are kept.

The form comes back with them, and with a button that keeps the words as they are. Nothing is refused: a quotation is a good reason.
"""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.picture.wording.noticing import Noticed, noticed
from engage.picture.wording.period import period
from engage.picture.wording.vocabulary import Wordings, WordingWrong, load
from engage.web.apps import web
from engage.web.components import SummaryRow
from engage.web.wording import presenters


KEEP = "keep_words"


class CarefulForm(forms.Form):
    """A form that shows better wordings before it takes what stands in the fields of `free_text`."""

    free_text: tuple[str, ...] = ()

    def is_valid(self) -> bool:
        """Nothing is wrong, and no wording waits for somebody to look at it."""
        return super().is_valid() and not self.noticed

    @property
    def noticed(self) -> list[tuple[str, Noticed]]:
        """The wordings that were noticed, each with its field's label; none once the worker keeps the words as they are."""
        if not self.is_bound or self.data.get(KEEP):
            return []
        known = wordings()
        return [
            (str(self[name].label), one)
            for name in self.free_text
            for one in noticed(str(self[name].data or ""), known)
        ]

    @property
    def wording_rows(self) -> list[SummaryRow]:
        """What was noticed, with better wording and why."""
        return presenters.noticed_rows(self.noticed)


def wordings() -> Wordings:
    """The shipped wordings with the area's own; those alone while a file of the area cannot be used, for that must stop nobody who writes
    of a child. The next build says which file it is."""
    try:
        return load(web().area.folder / "wording")
    except WordingWrong:
        return load()


class PeriodForm(forms.Form):
    """Over which months texts are counted: the quarters that they are in."""

    first = forms.DateField(
        label=_("First month"), required=False, input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"})
    )  # fmt: skip
    last = forms.DateField(
        label=_("Last month"), required=False, input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"})
    )  # fmt: skip

    def period(self, today: date) -> tuple[date, date]:
        """The first day, and the first after the last; the four quarters that were over last on `today` where nothing, or nothing that can be read, was given."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return period(given.get("first"), given.get("last"), today)
