"""What may be typed or sent when a list is to be screened. Forms only check input; how a list is read stands in networks/screening/reading.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from engage.networks.screening.actions import Asking
from engage.networks.screening.limits import Limits
from engage.networks.screening.reading import ListUnreadable, ReadList, decode, read
from engage.vocabulary.access import Viewer
from engage.vocabulary.words import N_
from engage.web.access.words import purpose_title
from engage.web.templatetags.engage import said
from engage.web.wording.forms import CarefulForm


FAULTS_SHOWN = 20


def _reason(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: others will read it.")},
    )


class ScreenForm(CarefulForm):
    """Whose list it is, why it is screened, by whose leave, until when, and the list."""

    free_text = ("why",)

    whose_list = forms.CharField(
        label=_("Whose list is it, and how did it come to you?"),
        help_text=_("The licensing team's list of new drivers, sent on 3 April, for instance. Name nobody who is on it."),
        max_length=200,
        error_messages={"required": _("Say whose list it is.")},
    )  # fmt: skip
    why = _reason(
        _("Why is it held against what agencies hold?"),
        _("What you are worried about, what you will do with what hits, and why less would not do. Name nobody who is on the list."),
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label=_("For which purpose?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the purpose.")},
    )
    authoriser = forms.ChoiceField(
        label=_("Whose leave do you ask for?"),
        help_text=_("Somebody else of your agency, who says so after signing in. Nothing is looked for before."),
        error_messages={"required": _("Choose whose leave you ask for.")},
    )  # fmt: skip
    last_day = forms.DateField(
        label=_("Until which day do you need what hits?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say until which day.")},
    )
    pasted = forms.CharField(
        label=_("The list"),
        help_text=_(
            "One person, phone or plate a line. A name has its day of birth beside it where you know it: Sol Quandle, 27/3/1981. A first row may name the columns: name, or "
            "forename and surname; born; phone; plate."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    sent = forms.FileField(
        label=_("Or a file with it, as CSV or text"), required=False, allow_empty_file=True
    )
    entries: ReadList | None = None

    def __init__(
        self, *args: Any, on: date, most: Limits, authorisers: Sequence[Viewer], **kwargs: Any
    ) -> None:
        """`on`: today; `most`: what may be screened today."""
        super().__init__(*args, **kwargs)
        self.on, self.most = on, most
        last = most.last_day(on)
        self.fields["purpose"].choices = [(code, purpose_title(code)) for code in most.purposes]  # type: ignore[attr-defined]
        named = [("", say("Choose")), *((one.user_id, one.name) for one in authorisers)]
        self.fields["authoriser"].choices = named  # type: ignore[attr-defined]
        self.fields["last_day"].initial = last
        self.fields["last_day"].widget.attrs |= {"min": on.isoformat(), "max": last.isoformat()}
        self.fields["last_day"].help_text = say("Up to %(days)s days from today; then it is cleared.") % {"days": most.hits_days}  # fmt: skip

    def clean(self) -> None:
        """The list is read; every value that cannot be is named, with what to do."""
        given = self.cleaned_data
        pasted, sent = (given.get("pasted") or "").strip("\r\n"), given.get("sent")
        if bool(pasted.strip()) == bool(sent):
            self.add_error("pasted", say("Paste the list, or choose a file: one of the two."))
            return
        column = "sent" if sent else "pasted"
        try:
            self.entries = self._read(pasted, sent)
        except ListUnreadable as error:
            self.add_error(column, f"{said(error.sentence)} {said(error.remedy)}")
            return
        faults = [f"{said(one.sentence)} {said(one.remedy)}" for one in self.entries.faults]
        if len(faults) > FAULTS_SHOWN:
            more = say("And %(count)s more like these.") % {"count": len(faults) - FAULTS_SHOWN}
            faults = [*faults[:FAULTS_SHOWN], more]
        if faults:
            self.add_error(
                column, [*faults, say("Mend these rows, or take them out: none is left out unseen.")]
            )

    def _read(self, pasted: str, sent: Any) -> ReadList:
        file = sent.name if sent else say("The list that was pasted")
        if (sent.size if sent else len(pasted.encode())) > self.most.size:
            raise ListUnreadable(
                N_("The list is too large."), remedy=N_("Send the rows that are needed and no others.")
            )
        text = decode(sent.read(), file) if sent else pasted
        return read(text, file=file, today=self.on, most=self.most.rows)

    def asking(self) -> Asking:
        """What is asked for. The form must be valid."""
        given = self.cleaned_data
        if self.entries is None:
            raise ValueError("The form was not valid.")
        words = {name: given[name] for name in ("whose_list", "why", "purpose", "authoriser", "last_day")}
        return Asking(**words, entries=self.entries.entries)


class RefuseScreeningForm(CarefulForm):
    """Why leave is refused."""

    free_text = ("reason",)

    reason = _reason(
        _("Why do you refuse it?"),
        _("What is missing, or what would do instead. Whoever asked reads it; the list is removed at once."),
    )


class WithdrawScreeningForm(CarefulForm):
    """Why it is withdrawn."""

    free_text = ("reason",)

    reason = _reason(
        _("Why is it withdrawn?"),
        _(
            "That it was asked for, and this, stay on record. The list and what it led to are removed at once."
        ),
    )
