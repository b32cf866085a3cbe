"""What may be sent of a file. Forms only check input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.casework.files.actions import NewFile
from engage.casework.files.rules import MEGABYTE, most_megabytes, types
from engage.web.apps import web
from engage.web.wording.forms import CarefulForm


class FileForm(forms.Form):
    """A file, what it is, and who may have it."""

    file = forms.FileField(
        label=_("Which file?"), max_length=300, widget=forms.ClearableFileInput(attrs={"class": "govuk-file-upload"}), error_messages={"required": _("Choose a file.")}
    )  # fmt: skip
    about = forms.CharField(
        label=_("What is it?"), max_length=300, error_messages={"required": _("Say what it is.")}
    )
    sensitivity = forms.ChoiceField(
        label=_("Who may have it?"), required=False, initial="standard", widget=forms.RadioSelect,
        choices=[("standard", _("Everybody who takes part in the case may read it")), ("restricted", _("Only my own agency may read it"))],
    )  # fmt: skip
    handling = forms.ChoiceField(
        label=_("Handling (3x5x2), if it is intelligence"), required=False, choices=[("", _("No handling code")), ("P", _("P: may be shared lawfully")), ("C", _("C: only under conditions"))]
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        endings = sorted({one for kind in types().types.values() for one in kind.extensions})
        self.most = most_megabytes(web().area)
        self.fields["file"].help_text = _("At most %(most)s megabytes: %(endings)s.") % {
            "most": self.most,
            "endings": ", ".join(endings),
        }

    def clean_file(self) -> Any:
        """Too large a file is refused before it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > self.most * MEGABYTE:
            raise forms.ValidationError(
                _("This file is too large: at most %(most)s megabytes.") % {"most": self.most}
            )
        return sent

    def new(self) -> NewFile:
        """The file as it is to be kept. The form must be valid."""
        given, sent = self.cleaned_data, self.cleaned_data["file"]
        return NewFile(
            sent.name, sent.read(), str(sent.content_type or ""), given["about"], given["handling"], given["sensitivity"] or "standard"
        )  # fmt: skip


class StandingForm(FileForm):
    """A standing document, of a kind."""

    field_order = ("standing", "file", "about")

    standing = forms.ChoiceField(label=_("Which kind of document?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, _(one.title)) for code, one in types().standing.items()]
        self.fields["standing"] = forms.ChoiceField(label=_("Which kind of document?"), choices=kinds)
        self.order_fields(self.field_order)


class FileBackForm(CarefulForm):
    """Why a file is taken back."""

    free_text = ("reason",)

    reason = forms.CharField(
        label=_("Why is it taken back?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Say why.")}
    )  # fmt: skip
