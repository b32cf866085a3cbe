"""What may be typed about indicators. Forms only check input."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.networks.worklist import ALL_FACTS, DEFAULT_ORDER
from engage.picture.worklist.rules import MOST_FACTS
from engage.web.templatetags.engage import said
from engage.web.wording.forms import CarefulForm


OF_EVIDENCE = (
    ("confirmed", _("Confirm: it is so")),
    ("explained", _("Explain: it is so, and there is a reason that is no worry")),
    ("disputed", _("Dispute: it is not so, or not of this child")),
)
OF_CHILD = (
    ("present", _("Present: I know or was told that it is so")),
    ("not_present", _("Not present: it was asked or looked at, and is not so")),
    ("not_known", _("Not known: it was asked or looked at, and could not be told")),
)


class SeenForm(CarefulForm):
    """What the worker had before them: the keys of the evidence, so that nothing that came in between counts as read."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> frozenset[str]:
        """The keys."""
        try:
            keys = json.loads(self.cleaned_data["seen"] or "[]")
        except ValueError as error:
            raise forms.ValidationError(_("Open the page again.")) from error
        return frozenset(str(key) for key in keys) if isinstance(keys, list) else frozenset()


class SayForm(SeenForm):
    """What a worker says of one indicator, and why."""

    free_text = ("reason",)

    says = forms.ChoiceField(
        label=_("What do you say of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you say of it.")},
    )
    reason = forms.CharField(
        label=_("Why, and what it means for this child"),
        help_text=_("Whose words they are, and what you did. Others read it beside the evidence."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why: others will read it beside the evidence.")},
    )

    def __init__(self, *args: Any, has_evidence: bool, **kwargs: Any) -> None:
        """`has_evidence`: records speak for it now, to be confirmed, explained or disputed."""
        super().__init__(*args, **kwargs)
        self.fields["says"].choices = OF_EVIDENCE if has_evidence else OF_CHILD  # type: ignore[attr-defined]


class LookedForm(SeenForm):
    """What came of looking at the new evidence."""

    free_text = ("outcome",)

    outcome = forms.CharField(
        label=_("What was done, or why nothing is needed now"),
        help_text=_("The evidence on this page then counts as looked at, by you. What comes later does not."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what was done, or why nothing is needed now.")},
    )


class OrderForm(forms.Form):
    """By which facts the list is ordered: up to three, the first counts first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fields first, second and third."""
        super().__init__(*args, **kwargs)
        offered = [(code, said(words)) for code, words in ALL_FACTS.items()]
        labels = (_("In order of"), _("then of"), _("then of"))
        for number, label in enumerate(labels[:MOST_FACTS]):
            choices = offered if number == 0 else [("", _("nothing more")), *offered]
            initial = DEFAULT_ORDER[number] if number < len(DEFAULT_ORDER) else ""
            self.fields[f"by{number + 1}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=initial
            )

    def facts(self) -> tuple[str, ...]:
        """The facts chosen, without repeats; the default order when none was, or one that is none."""
        if not self.is_bound or not self.is_valid():
            return DEFAULT_ORDER
        chosen = [self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)]
        return tuple(dict.fromkeys(chosen)) or DEFAULT_ORDER
