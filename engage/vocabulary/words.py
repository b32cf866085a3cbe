"""How does a rule say something that a person will read, in any language?

Rules, policies and builds know nothing of Django, so they cannot translate. They return a `Sentence`: the English
text, marked for the catalogue by `N_`, and the values that go into it. The pages and the command line, which know
the reader's language, say it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802  the customary name of gettext's marker
    """Mark English text for the translation catalogue and return it unchanged."""
    return text


_WRITTEN_OTHERWISE = {"childrens_services": "children's services"}


def in_words(code: str) -> str:
    """A code of a role or of a kind of agency as people write it within a sentence: team manager, children's services."""
    return _WRITTEN_OTHERWISE.get(code, code.replace("_", " "))


@dataclass(frozen=True)
class Sentence:
    """English text with named places (`%(agency)s`) and the values for them.

    `text` is the catalogue's key; `values` are already words for people (a date is written by the caller).
    """

    text: str
    values: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


class EngageError(Exception):
    """An error whose sentence is meant for the person who caused it: shown without a traceback.

    `remedy` says what to do about it.
    """

    exit_code = 2

    def __init__(self, sentence: Sentence | str, *, remedy: Sentence | str = "") -> None:
        self.sentence = sentence if isinstance(sentence, Sentence) else Sentence(sentence)
        self.remedy = remedy if isinstance(remedy, Sentence) else Sentence(remedy)
        super().__init__(f"{self.sentence} {self.remedy}".strip())
