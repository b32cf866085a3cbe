"""How are minutes typed, and what of them was written by whoever sends them? What comes back as the page showed it was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from engage.casework.minutes.rules import Text
from engage.web.meetings.forms import text_field
from engage.web.wording.forms import CarefulForm


class MinutesForm(CarefulForm):
    """The minutes: a text for each case and for each part of the agenda."""

    def __init__(self, *args: Any, places: Sequence[tuple[int, str, int, str, str]], **kwargs: Any) -> None:
        """`places`: case (0: none), section, version, label and the text as it stands."""
        super().__init__(*args, **kwargs)
        self.places = places
        # What the page showed whoever wrote: as it stands now, unless they say another version.
        self.stood = {(case, section): text for case, section, _version, _label, text in places}
        for case, section, version, label, text in places:
            name = f"text_{case}_{section}"
            self.fields[name] = text_field(label, required=False)
            self.initial[name] = text
            self.fields[f"version_{case}_{section}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=version, min_value=0
            )
        self.free_text = tuple(name for name in self.fields if name.startswith("text_"))

    def changed(self) -> list[tuple[int, str, int, str]]:
        """Case, section, version and text of what was changed. The form must be valid."""
        given = self.cleaned_data
        return [
            (case, section, given[f"version_{case}_{section}"], given[f"text_{case}_{section}"])
            for case, section, _version, _label, text in self.places
            if self._is_written(case, section) and self.written(case, section) != text
        ]

    def behind(self) -> dict[tuple[int, str], int]:
        """The versions that the page showed where somebody wrote since. The form must be valid."""
        shown = (
            (case, section, self.cleaned_data[f"version_{case}_{section}"], now)
            for case, section, now, *_ in self.places
        )
        return {(case, section): version for case, section, version, now in shown if version < now}

    def know(self, stood: Mapping[tuple[int, str], str]) -> None:
        """What the page showed in those places: what is sent back as it was there was not written by whoever sends it."""
        self.stood |= stood

    def _is_written(self, case: int, section: str) -> bool:
        return self.written(case, section) not in ("", self.stood.get((case, section), "").strip())

    def written(self, case: int, section: str) -> str:
        """What was written there."""
        return str(self.cleaned_data.get(f"text_{case}_{section}", "")).strip()

    def is_overtaken(self, text: Text) -> bool:
        """Somebody wrote this since the page was shown, and it is not what was written there now."""
        is_written = self._is_written(text.case, text.section) and self.written(text.case, text.section) != text.text  # fmt: skip
        return self._is_behind(text) and is_written

    def _is_behind(self, text: Text) -> bool:
        version = self.cleaned_data.get(f"version_{text.case}_{text.section}")
        return version is not None and version < text.version

    def follow(self, texts: Iterable[Text]) -> None:
        """Let what was written follow on these when it is sent again; where nothing was written, show what stands there now."""
        data: Any = self.data
        data = data.copy()
        for text in texts:
            if not self._is_behind(text):
                continue
            data[f"version_{text.case}_{text.section}"] = str(text.version)
            if not self._is_written(text.case, text.section):
                data[f"text_{text.case}_{text.section}"] = text.text
        self.data = data
