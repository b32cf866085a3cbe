"""In which language do commands speak, and how do they say it?

The language is ENGAGE_LANGUAGE, else the terminal's own (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), where the pages' catalogue has it.
Help must be said before any area is open, so this reads the catalogue without Django.
"""

from __future__ import annotations

import gettext as catalogues
import inspect
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from engage.vocabulary.words import Sentence


if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    import typer


LOCALE = Path(__file__).resolve().parents[1] / "locale"


def _(text: str, **values: str) -> str:
    """The text in the reader's language, its named places (`%(agency)s`) filled with the values."""
    said = _spoken().gettext(text) if text else ""
    return said % values if values else said


def ngettext(one: str, many: str, count: int, /, **values: str) -> str:
    """The text for that many in the reader's language, its named places filled with the values."""
    return _spoken().ngettext(one, many, count) % values


def say(sentence: Sentence | str) -> str:
    """A rule's sentence in the reader's language."""
    sentence = sentence if isinstance(sentence, Sentence) else Sentence(sentence)
    return _(sentence.text, **sentence.values)


def _spoken() -> catalogues.NullTranslations:
    return _catalogue(str(LOCALE), os.environ.get("ENGAGE_LANGUAGE", ""))


@cache
def _catalogue(locale: str, language: str) -> catalogues.NullTranslations:
    named = [language.replace("-", "_")] if language else None  # None: what the terminal's own variables say
    return catalogues.translation("django", locale, named, fallback=True)


def help_texts(app: typer.Typer) -> Iterator[str]:
    """What the help of every command says: its account and that of each argument and option, in English, one paragraph each."""
    yield _plain(str(app.info.help))
    for group in app.registered_groups:
        if group.typer_instance:
            yield _plain(str(group.help or group.typer_instance.info.help or ""))
            yield from help_texts(group.typer_instance)
    for command in app.registered_commands:
        if command.callback:
            yield _account(command.callback)
            yield from (str(info.help) for info in _inputs(command.callback) if info.help)


def translate_help(app: typer.Typer) -> None:
    """Have every command's help said in the reader's language. Call it once, before the application runs."""
    app.info.help = _(_plain(str(app.info.help)))
    for group in app.registered_groups:
        if group.typer_instance:
            translate_help(group.typer_instance)
    for command in app.registered_commands:
        if command.callback:
            command.help = _(_account(command.callback))
            for info in _inputs(command.callback):
                info.help = _(str(info.help or ""))


def _account(callback: Callable[..., Any]) -> str:
    return _plain(inspect.getdoc(callback) or "")


def _plain(text: str) -> str:
    return "" if text.startswith("<typer.") else " ".join(text.split())


def _inputs(callback: Callable[..., Any]) -> Iterator[ArgumentInfo | OptionInfo]:
    # Typer reads the hints again: they must be the very objects that are translated here, not texts evaluated anew.
    callback.__annotations__ = get_type_hints(callback, include_extras=True)
    for hint in callback.__annotations__.values():
        for note in getattr(hint, "__metadata__", ()):
            if isinstance(note, ArgumentInfo | OptionInfo):
                yield note
