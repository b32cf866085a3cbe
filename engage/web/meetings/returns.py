"""What may be typed on the one screen of a return, case by case, and where decisions are looked for. Forms only check input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from engage.casework.rounds.queries import ToAnswer
from engage.casework.rounds.rules import Answer, Request
from engage.web.meetings import answered, words
from engage.web.meetings.forms import Choices, choose, day_field, text_field
from engage.web.wording.forms import CarefulForm


# So many records of a case are listed to be named, and so many of them stand there before the rest is opened.
MOST, FIRST = 40, 5
# Up to so many requests stand open at once.
FEW = 2


@dataclass(frozen=True)
class Block:
    """One request on the one screen: what it is about, what was sent so far, its fields, and the records that can be named: the first, and those that are folded.
    `is_touched`: something is written in it; `is_open`: what is held is shown."""

    request: Request
    title: str
    note: str
    sent: Sequence[str]
    says: BoundField
    text: BoundField
    handling: BoundField
    version: BoundField
    records: BoundField | None
    is_touched: bool
    is_open: bool

    @property
    def options(self) -> list[Any]:
        """The records to choose from."""
        return list(self.records.subwidgets) if self.records else []

    @property
    def first(self) -> list[Any]:
        """Those that stand there at once."""
        return self.options[:FIRST]

    @property
    def rest(self) -> list[Any]:
        """Those that are folded."""
        return self.options[FIRST:]

    @property
    def is_rest_open(self) -> bool:
        """One of them is ticked."""
        return any(one.data["selected"] for one in self.rest)


class RegisterForm(forms.Form):
    """Which decisions are looked for."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    person = forms.CharField(label=_("Id of a person"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("Kind of meeting"), required=False)
    from_on = day_field(_("From"), required=False)
    until_on = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds, empty=say("Any"))


class AnswerForm(CarefulForm):
    """What an agency answers, for every case that it was asked about, on one screen."""

    def __init__(self, *args: Any, asked: ToAnswer, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        nil = [("nil", say("We hold nothing")), ("content", say("We hold this"))]
        for one, label in zip(asked.requests, labels, strict=True):
            at = f"r{one.number}"
            self.fields[f"{at}_says"] = forms.ChoiceField(
                label=label, choices=[*nil, ("", say("Nothing further") if one.returns else say("Not answered now"))], required=False, widget=forms.RadioSelect, initial=""
            )  # fmt: skip
            self.fields[f"{at}_text"] = text_field(
                say("What you hold, and what you make of it"), required=False
            )
            self.fields[f"{at}_handling"] = forms.ChoiceField(
                label=say("How may it be used?"), choices=[(code, words.handling(code)) for code in words.HANDLINGS], required=False, widget=forms.RadioSelect, initial=""
            )  # fmt: skip
            own = asked.records.get(one.case, ())[:MOST]
            records = [(record.record_id, answered.named(record)) for record in own]
            if records:
                self.fields[f"{at}_records"] = forms.MultipleChoiceField(
                    label=say("Records of your own that you name"), choices=records, required=False, widget=forms.CheckboxSelectMultiple
                )  # fmt: skip
            self.fields[f"{at}_version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=one.version, min_value=0
            )
        self.free_text = tuple(name for name in self.fields if name.endswith("_text"))
        self.titles = list(labels)

    def blocks(self) -> list[Block]:
        """Every request with its fields: those that were not answered first, as they were asked."""
        pairs = zip(self.asked.requests, self.titles, strict=True)
        return sorted((self._block(*pair) for pair in pairs), key=lambda block: bool(block.sent))

    def _block(self, one: Request, title: str) -> Block:
        at = f"r{one.number}"
        records = self[f"{at}_records"] if f"{at}_records" in self.fields else None
        parts = [self[f"{at}_text"], self[f"{at}_handling"], *([records] if records else [])]
        is_written = any(part.value() or part.errors for part in parts)
        says = self[f"{at}_says"]
        return Block(
            one, title, answered.prefill(one, self.asked, MOST), answered.lines(one, self.asked.named), says, parts[0], parts[1], self[f"{at}_version"], records,
            is_written or bool(says.value() or says.errors), is_written or says.value() == "content" or len(self.asked.requests) <= FEW,
        )  # fmt: skip

    def clean(self) -> None:
        """Each is one of the two, or not answered."""
        for one in self.asked.requests:
            says = self.cleaned_data.get(f"r{one.number}_says")
            has = self.cleaned_data.get(f"r{one.number}_text") or self.cleaned_data.get(
                f"r{one.number}_records"
            )
            if has and self.cleaned_data.get(f"r{one.number}_handling") == "C":
                self.add_error(f"r{one.number}_handling", say("Do not write it here: take it out, and say only that you hold something and who can be phoned."))  # fmt: skip
            if says == "content" and not has:
                self.add_error(f"r{one.number}_text", say("Say what you hold, or name a record."))
            if says != "content" and has:
                self.add_error(f"r{one.number}_says", say("You wrote what you hold: choose “We hold this”, or take it out."))  # fmt: skip

    def answers(self) -> list[Answer]:
        """What is answered. The form must be valid."""
        given = self.cleaned_data
        return [
            Answer(
                one.number, given[f"r{one.number}_version"], given[f"r{one.number}_says"] == "nil", given[f"r{one.number}_text"],
                tuple(given.get(f"r{one.number}_records") or ()), "" if given[f"r{one.number}_says"] == "nil" else given[f"r{one.number}_handling"],
            )
            for one in self.asked.requests
            if given[f"r{one.number}_says"]
        ]  # fmt: skip

    def is_overtaken(self, one: Request) -> bool:
        """Somebody answered this since the page was shown, and it is answered here too."""
        version = self.cleaned_data.get(f"r{one.number}_version")
        return (
            version is not None
            and version < one.version
            and bool(self.cleaned_data.get(f"r{one.number}_says"))
        )

    def follow(self, some: Sequence[Request]) -> None:
        """Let what was written follow on these when it is sent again."""
        data: Any = self.data
        data = data.copy()
        for one in some:
            data[f"r{one.number}_version"] = str(one.version)
        self.data = data


class HeardForm(CarefulForm):
    """What somebody said by phone for an agency that was asked."""

    free_text = ("text",)

    request = forms.TypedChoiceField(label=_("Which request do they answer?"), coerce=int)
    heard_from = forms.CharField(
        label=_("Who told you, with their post?"), max_length=150, help_text=_("It stands beside the answer that you wrote it down.")
    )  # fmt: skip
    says = forms.ChoiceField(
        label=_("What did they say?"), choices=[("nil", _("They hold nothing")), ("content", _("They hold this"))], widget=forms.RadioSelect
    )  # fmt: skip
    text = text_field(
        _("What they hold, in their words as far as you can"), _("What is guarded is not written down here: they can be phoned again."), required=False
    )  # fmt: skip

    def __init__(self, *args: Any, requests: Sequence[tuple[Request, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {one.number: one.version for one, _label in requests}
        choose(self, "request", [(str(one.number), label) for one, label in requests], empty=say("Choose"))

    def clean(self) -> None:
        """It is one of the two."""
        is_nil, has = self.cleaned_data.get("says") == "nil", bool(self.cleaned_data.get("text"))
        if self.cleaned_data.get("says") and is_nil == has:
            self.add_error("text", say("Write what they hold, or that they hold nothing: one of the two."))

    def answer(self) -> Answer:
        """What was heard. The form must be valid."""
        given = self.cleaned_data
        return Answer(
            given["request"], self.versions[given["request"]], given["says"] == "nil", given["text"], heard_from=given["heard_from"]
        )  # fmt: skip
