"""What may be typed about a meeting. Forms only check input."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.kinds.rules import Kind
from engage.vocabulary.time import LONDON
from engage.web.meetings import words
from engage.web.wording.forms import CarefulForm


Choices = Sequence[tuple[str, str]]


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def text_field(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """Words at length."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choose(form: forms.Form, name: str, choices: Choices, *, empty: Any = None) -> None:
    """Give a field what can be chosen, and first what stands for nothing chosen yet."""
    form.fields[name].choices = [*([("", empty)] if empty is not None else []), *choices]  # type: ignore[attr-defined]


class WhenForm(forms.Form):
    """A day and a time in London."""

    day = day_field(_("Day"))
    time = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def starts_at(self) -> datetime:
        """The moment. The form must be valid."""
        at = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=LONDON)
        return at.astimezone(UTC)


class ConveneForm(WhenForm):
    """A meeting to be called."""

    kind = forms.ChoiceField(label=_("What kind of meeting?"))
    called = forms.CharField(
        label=_("What is it called? (if anything)"), help_text=_("It stands in calendars: name nobody."), required=False, max_length=200
    )  # fmt: skip
    minutes_long = forms.IntegerField(label=_("How many minutes?"), min_value=10, max_value=600, initial=60)
    place = forms.CharField(label=_("Where?"), required=False, max_length=300)
    chair = forms.ChoiceField(label=_("Who chairs it?"))
    cases = forms.CharField(
        label=_("Which cases are on its agenda?"),
        help_text=_("Their numbers, with commas. You can add others later."),
        required=False,
        max_length=2_000,
    )
    field_order = ("kind", "called", "day", "time", "minutes_long", "place", "chair", "cases")

    def __init__(self, *args: Any, kinds: Choices, chairs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds, empty=say("Choose"))
        choose(self, "chair", chairs, empty=say("Choose"))

    def clean_cases(self) -> tuple[int, ...]:
        """The numbers of the cases."""
        parts = self.cleaned_data["cases"].replace(",", " ").split()
        if not all(part.isdecimal() and len(part) < 10 for part in parts):
            raise forms.ValidationError(say("Write numbers with commas: 12, 31."))
        return tuple(int(part) for part in parts)


class InviteForm(forms.Form):
    """Somebody besides those who are proposed."""

    agency = forms.ChoiceField(label=_("Agency (or through which it is reached)"), required=False)
    member = forms.ChoiceField(label=_("On which seat?"))
    holder = forms.CharField(
        label=_("Name of the school, clinic, team or area"), required=False, max_length=200
    )
    worker = forms.ChoiceField(label=_("A worker by name"), required=False)
    contact = forms.CharField(label=_("How are they reached?"), required=False, max_length=200)
    case = forms.ChoiceField(label=_("For which case?"), required=False)

    def __init__(
        self, *args: Any, agencies: Choices, workers: Choices, cases: Choices, members: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "agency", agencies, empty=say("None of these"))
        choose(self, "member", members)
        choose(self, "worker", workers, empty=say("Nobody by name"))
        choose(self, "case", cases, empty=say("The whole meeting"))


class CallOffForm(CarefulForm):
    """A reason."""

    free_text = ("reason",)

    reason = text_field(_("Why?"), _("Those who were invited read it."))


class ChairForm(CarefulForm):
    """Who chairs it from now on, and why."""

    free_text = ("reason",)

    chair = forms.ChoiceField(label=_("Who chairs it from now on?"))
    reason = text_field(_("Why?"), _("Those who were invited read it."))

    def __init__(self, *args: Any, chairs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "chair", chairs, empty=say("Choose"))


class OrderForm(forms.Form):
    """At which place each case of an agenda is worked down, within its section."""

    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """`items`: the cases in the order in which they stand, each with its label."""
        super().__init__(*args, **kwargs)
        self.items = [case for case, _label in items]
        self.initial["stood"] = ",".join(map(str, self.items))
        for at, (case, label) in enumerate(items, 1):
            self.fields[f"place_{case}"] = forms.IntegerField(
                label=label, min_value=0, max_value=9_999, initial=at
            )

    def cases(self) -> list[int]:
        """The cases in their new order; of two with one number the one that stood first. The form must be valid."""
        return sorted(
            self.items, key=lambda case: (self.cleaned_data[f"place_{case}"], self.items.index(case))
        )

    def read(self) -> list[int]:
        """The cases in the order in which they stood when the page was shown. The form must be valid."""
        return [
            int(one) for one in self.cleaned_data["stood"].split(",") if one.isdecimal() and len(one) < 10
        ]

    def follow(self) -> None:
        """Let what was written follow on the agenda as it stands now when it is sent again."""
        data: Any = self.data
        data = data.copy()
        data["stood"] = self.initial["stood"]
        self.data = data


class HoldMeetingForm(CarefulForm):
    """That it was held, and why although somebody is missing."""

    free_text = ("reason",)

    was_chaired = forms.BooleanField(label=_("The chair was there"), required=False)
    reason = text_field(
        _("If somebody is missing: why was it held without them?"), _("Only a team manager's reason counts, with their name."), required=False
    )  # fmt: skip


class AskForm(CarefulForm):
    """What agencies are asked."""

    free_text = ("question",)

    question = text_field(_("What do you ask besides what each holds?"), required=False)
    due_on = day_field(_("Answer by (if not as this kind of meeting says)"), required=False)


class DecideForm(CarefulForm):
    """A decision."""

    free_text = ("what", "rationale")

    about = forms.ChoiceField(label=_("About which case?"), required=False)
    section = forms.ChoiceField(label=_("Under which part of the agenda?"))
    what = text_field(_("What was decided?"))
    rationale = text_field(_("Why?"))
    decided_by = forms.CharField(label=_("Who decided?"), required=False, max_length=300)

    def __init__(self, *args: Any, cases: Choices, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "about", cases, empty=say("None: the whole meeting"))
        choose(self, "section", [(one.code, say(one.title)) for one in kind.sections])


class DissentForm(CarefulForm):
    """That somebody does not agree."""

    free_text = ("what",)

    decision = forms.TypedChoiceField(label=_("With which decision?"), coerce=int)
    agency = forms.ChoiceField(label=_("Of which agency?"))
    who = forms.CharField(label=_("Who does not agree?"), max_length=150)
    what = text_field(_("What do they say?"))

    def __init__(self, *args: Any, decisions: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "decision", decisions)
        choose(self, "agency", agencies)


class SaidForm(CarefulForm):
    """What somebody said, or was answered."""

    free_text = ("text",)

    invitee = forms.TypedChoiceField(label=_("Who?"), coerce=int)
    says = forms.ChoiceField(
        label=_("What is it?"), choices=[("said", _("What they said")), ("answered", _("What they were answered"))], widget=forms.RadioSelect
    )  # fmt: skip
    text = text_field(_("In their words, as far as you can"))

    def __init__(self, *args: Any, invitees: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "invitee", invitees)


def members() -> Choices:
    """The kinds of member, to choose from."""
    return [(code, words.seat(code)) for code in seats().by_code]
