"""What may be typed on people's pages. Forms only check input; how a day was written is read in `uncertain.py`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.identities.checking.asking import can_be_born
from engage.picture.rules import Sought
from engage.vocabulary.time import Happened, london_day
from engage.web.people.uncertain import NotADay, read_happened
from engage.web.wording.forms import CarefulForm


_GUARDED = ("C", _("C: nobody outside our agency without asking us"))


class SearchForm(forms.Form):
    """Who is looked for."""

    q = forms.CharField(
        label=_("Name, number, plate, phone or address"),
        help_text=_(
            "As you heard it: it may be misspelt, a nickname or an old name. Part of a phone number (four digits) or of a plate (three signs) is enough."
        ),
        max_length=200,
        strip=True,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    as_of = forms.CharField(required=False, widget=forms.HiddenInput)


class FindForm(SearchForm):
    """Who is looked for, and what else is known: each narrows the search."""

    born = forms.CharField(
        label=_("Day, month or year of birth"),
        help_text=_("As exactly as it is known: 27/3/2011, March 2011, 2011 or about 2011."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    street = forms.CharField(
        label=_("Street, address or postcode"),
        help_text=_("With or without the number of the house."),
        max_length=100,
        strip=True,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    agency = forms.ChoiceField(label=_("Known to"), required=False)

    def __init__(self, *args: Any, agencies: Mapping[str, str], **kwargs: Any) -> None:
        """`agencies`: titles by code."""
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("any agency")), *agencies.items()]  # type: ignore[attr-defined]

    def narrow(self) -> list[forms.BoundField]:
        """The fields that narrow a search."""
        return [self[name] for name in ("born", "street", "agency")]

    @property
    def is_narrowed(self) -> bool:
        """Something was given, or wrongly given, that narrows it."""
        return any(field.data for field in self.narrow())

    def clean_born(self) -> tuple[date | None, date | None]:
        """First day on which the person may have been born, and the first on which no longer."""
        return born(self.cleaned_data["born"])

    def clean(self) -> None:
        """Half an area was born in some year or is known to some agency: that alone looks for nobody."""
        given = self.cleaned_data
        if (given.get("agency") or any(given.get("born") or ())) and not (
            given.get("q") or given.get("street")
        ):
            self.add_error("q", _("Write a name, a number or a street besides."))

    def sought(self) -> Sought:
        """Who is looked for. The form must be valid."""
        given = self.cleaned_data
        first, until = given["born"]
        return Sought(given["q"], first, until, given["street"], given["agency"])


def born(written: str) -> tuple[date | None, date | None]:
    """The days of birth that the words allow. Raises ValidationError with a sentence that says how to write it."""
    try:
        happened = read_happened(written)
    except NotADay as error:
        raise forms.ValidationError(str(error)) from error
    if happened.from_at is None or happened.until_at is None:
        return None, None
    first = london_day(happened.from_at)
    until = london_day(happened.until_at - timedelta(seconds=1)) + timedelta(days=1)
    if not can_be_born(first, until):
        wrong = _("Nobody can be born on “%(written)s”. Leave it empty when the day is not known.")
        raise forms.ValidationError(wrong % {"written": written.strip()})
    return first, until


class FilterForm(forms.Form):
    """Which part of the chronology is shown."""

    agency = forms.MultipleChoiceField(label=_("Agency"), required=False, widget=forms.CheckboxSelectMultiple)
    kind = forms.MultipleChoiceField(label=_("Kind"), required=False, widget=forms.CheckboxSelectMultiple)
    from_on = forms.DateField(
        label=_("From (day)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("Until (day)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    as_of = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer(self, *, agencies: list[tuple[str, str]], kinds: list[tuple[str, str]]) -> None:
        """Offer the agencies and kinds that the viewer sees on this page, and no others."""
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ReasonForm(CarefulForm):
    """Why a worker needs to see what registers hold about one person."""

    free_text = ("reason",)

    reason = forms.CharField(
        label=_("What is your safeguarding reason?"),
        help_text=_(
            "What you saw or were told, and why what registers hold is needed. It is kept with your name."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you need to see what registers hold about this person.")},
    )


class LookUpForm(ReasonForm):
    """Whom the reason is about, named exactly."""

    name = forms.CharField(label=_("The child's whole name"), max_length=200, required=False)
    born = forms.DateField(
        label=_("Day of birth"),
        help_text=_("For instance 27/3/2011."),
        input_formats=["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"],
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the day of birth as day/month/year, 27/3/2011 for instance.")},
    )
    number = forms.CharField(
        label=_("Or the NHS number or unique pupil number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "born", "number", "reason")

    def clean(self) -> None:
        """A number, or the name and the day of birth."""
        given = self.cleaned_data
        if given.get("number") or self.errors:
            return
        if not given.get("name"):
            self.add_error("name", _("Write the whole name and the day of birth, or a number."))
        elif not given.get("born"):
            self.add_error("born", _("Write the day of birth too: a name alone is not exact."))


class WithdrawForm(CarefulForm):
    """Why an entry is withdrawn."""

    free_text = ("reason",)

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_(
            "A wrong person, a wrong day, recorded twice. Both the entry and this stay in the record."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is withdrawn.")},
    )


class RecordForm(CarefulForm):
    """Something that a worker saw, heard or did, recorded by hand."""

    free_text = ("title", "text")

    kind = forms.ChoiceField(
        label=_("What is it?"),
        error_messages={"required": _("Choose what it is: a note, a contact, a concern …")},
    )
    title = forms.CharField(
        label=_("In one line"),
        max_length=120,
        error_messages={"required": _("Say in one line what it is about.")},
    )
    when = forms.CharField(
        label=_("When did it happen?"),
        help_text=_(
            "As exactly as you know and no more: 3/4/2026 14:05, or 3/4/2026, or March 2026, or 2009, or about 2009. Leave it empty when it is not known."
        ),
        max_length=60,
        required=False,
    )
    text = forms.CharField(
        label=_("What was seen, said or done, and by whom"),
        help_text=_("Facts and opinions apart. Say whose words they are."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        error_messages={"required": _("Write what was seen, said or done, and by whom.")},
    )
    handling = forms.ChoiceField(
        label=_("Who may have it"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("As our agreement says")),
            ("P", _("P: partners may have it")),
            _GUARDED,
        ],
    )
    grade = forms.RegexField(
        r"^[1-3][A-E][PC]$",
        label=_("Intelligence grade (3x5x2)"),
        help_text=_(
            "Only where your agency grades: a source grade 1 to 3, an assessment A to E, and P or C, as in 2BP."
        ),
        required=False,
        error_messages={
            "invalid": _("Write the grade as a number 1 to 3, a letter A to E, and P or C: 2BP for instance.")
        },
    )

    def __init__(
        self, *args: Any, kinds: list[tuple[str, str]], may_guard: bool = True, **kwargs: Any
    ) -> None:
        """`may_guard` False: the worker's role may not see its own agency's guarded records, and so makes none."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self._may_guard = may_guard
        if not may_guard:
            offered = self.fields["handling"].choices  # type: ignore[attr-defined]
            self.fields["handling"].choices = [c for c in offered if c[0] != "C"]  # type: ignore[attr-defined]

    def clean_when(self) -> Happened:
        """The interval in which it happened."""
        try:
            return read_happened(self.cleaned_data["when"])
        except NotADay as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> None:
        """A grade's last letter is the handling."""
        grade, handling = self.cleaned_data.get("grade") or "", self.cleaned_data.get("handling") or ""
        if grade and handling and grade[-1] != handling:
            self.add_error("grade", _("The grade ends with another handling than the one chosen above."))
        elif grade.endswith("C") and not self._may_guard:
            self.add_error("grade", _("Your role does not see what is handled C, so it cannot record it."))
        elif grade:
            self.cleaned_data["handling"] = grade[-1]
