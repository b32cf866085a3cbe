"""How is a text found in the catalogue without looking through each language that it may be left to?

A page has a thousand texts. Where a catalogue lacks one, as that of English does nearly all, Django asks one catalogue after another for it, each time anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation.trans_real import DjangoTranslation


_MOST = 20_000
_KEPT = "_engage_kept"


def remember_texts() -> None:
    """What a catalogue says for a text is looked up once in a process: catalogues do not change while it runs."""
    if not hasattr(DjangoTranslation.gettext, _KEPT):
        DjangoTranslation.gettext = _remembering(DjangoTranslation.gettext)  # type: ignore[method-assign, assignment]


def _remembering(look_up: Callable[[Any, str], str]) -> Callable[[Any, str], str]:
    def gettext(self: Any, message: str) -> str:
        kept: dict[str, str] = self.__dict__.setdefault(_KEPT, {})
        found = kept.get(message)
        if found is None:
            if len(kept) > _MOST:
                kept.clear()
            found = kept[message] = look_up(self, message)
        return found

    setattr(gettext, _KEPT, True)
    return gettext
