"""How does an address say a question, and what does it ask? The same for pages, for saved charts and for a terminal."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode

from engage.networks.charts.rules import AROUND, BETWEEN, QUESTIONS, End, Question
from engage.vocabulary.words import N_, EngageError, Sentence


class AddressWrong(EngageError):
    """What was typed of a question cannot be read."""


def question_of(asked: Mapping[str, Sequence[str]]) -> Question:
    """The question of an address: asks, about and also (kind:key), from and until (a day or a month), expand (kind:key), longer. Raises AddressWrong."""
    about = tuple(dict.fromkeys(_end(text) for name in ("about", "also") for text in asked.get(name, ()) if text.strip()))  # fmt: skip
    asks = _last(asked, "asks")
    if asks not in QUESTIONS:
        asks = AROUND
    return Question(
        asks=asks,
        about=about[:2] if asks == BETWEEN else about,
        from_on=day_of(_last(asked, "from")),
        until_on=day_of(_last(asked, "until"), is_last=True),
        expand=tuple(sorted({_end(text) for text in asked.get("expand", ()) if text.strip()})),
        is_longer=bool(_last(asked, "longer")),
    )


def question_in(text: str) -> Question:
    """The question of a saved address. Raises AddressWrong."""
    return question_of(parse_qs(text.lstrip("?"), max_num_fields=2_000))


def address_of(question: Question) -> str:
    """The question as an address says it, always in the same words."""
    first, *further = question.about or (None,)
    parts: list[tuple[str, str]] = [] if question.asks == AROUND else [("asks", question.asks)]
    parts += [("about", text_of(first))] if first else []
    parts += [("also", text_of(end)) for end in further if end]
    parts += [
        (name, day.isoformat())
        for name, day in (("from", question.from_on), ("until", question.until_on))
        if day
    ]
    parts += [("expand", text_of(end)) for end in question.expand]
    parts += [("longer", "1")] if question.is_longer else []
    return urlencode(parts)


def text_of(end: End) -> str:
    """Somebody or something as an address names it."""
    return f"{end[0]}:{end[1]}"


def day_of(text: str, *, is_last: bool = False) -> date | None:
    """A day (2024-01-31) or a month (2024-01: its first day, or its last); None of nothing. Raises AddressWrong."""
    text = text.strip()
    if not text:
        return None
    try:
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, monthrange(year, month)[1] if is_last else 1)
        return date.fromisoformat(text)
    except ValueError:
        raise AddressWrong(
            Sentence(N_("“%(day)s” is neither a day nor a month."), {"day": text}),
            remedy=N_("Write it as year-month-day or year-month: 2026-03-01, 2026-03."),
        ) from None


def ends_of_texts(texts: Iterable[str]) -> tuple[End, ...]:
    """These, each as kind:key. Raises AddressWrong."""
    return tuple(_end(text) for text in texts)


def _end(text: str) -> End:
    kind, colon, key = text.strip().partition(":")
    if not colon or not key.strip():
        raise AddressWrong(
            Sentence(N_("“%(text)s” names nobody and nothing."), {"text": text}),
            remedy=N_("Write the kind, a colon and the id or name: person:ID, vehicle:PLATE, place:NAME."),
        )
    return kind, key.strip()


def _last(asked: Mapping[str, Sequence[str]], name: str) -> str:
    found = asked.get(name) or ("",)
    return found[-1]
