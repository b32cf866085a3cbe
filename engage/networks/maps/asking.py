"""How is the map asked for a kind and for months, and what of it can be answered?"""

from __future__ import annotations

from datetime import date

from engage.networks.maps.rules import FOUND, KINDS, Asked, month_of, months_between, months_until
from engage.networks.maps.stated import stated
from engage.vocabulary.words import N_, EngageError, Sentence


class AskedWrong(EngageError):
    """What was typed of a kind or a month cannot be answered."""


def months_known(as_of: date) -> tuple[date, ...]:
    """The months that are counted on a day, the earliest first."""
    return months_until(month_of(as_of), stated().months)


def asked_of(kind: str, first: str, last: str, as_of: date) -> Asked:
    """The question of texts: a kind of KINDS ("": where missing children were found), and months as 2026-03 ("": the newest; of the last the first). Raises AskedWrong."""
    if kind and kind not in KINDS:
        raise AskedWrong(
            Sentence(N_("“%(kind)s” is no kind that the map counts."), {"kind": kind}),
            remedy=Sentence(N_("Use one of: %(known)s."), {"known": ", ".join(KINDS)}),
        )
    known = months_known(as_of)
    begin = _month(first, known) if first else known[-1] if not last else _month(last, known)
    end = _month(last, known) if last else begin
    if not 0 <= months_between(begin, end) < stated().most_months:
        raise AskedWrong(
            Sentence(
                N_("These are no months in a row, or more than %(most)s of them."),
                {"most": str(stated().most_months)},
            ),
            remedy=N_("Choose the first month and the last, the first not after the last."),
        )
    return Asked(kind or FOUND, begin, end)


def _month(text: str, known: tuple[date, ...]) -> date:
    by_name = {text_of(month): month for month in known}
    if text.strip() not in by_name:
        values = {"month": text, "first": text_of(known[0]), "last": text_of(known[-1])}
        raise AskedWrong(
            Sentence(N_("“%(month)s” is none of the months that are counted."), values),
            remedy=Sentence(N_("Write a month from %(first)s to %(last)s as year-month: %(last)s."), values),
        )
    return by_name[text.strip()]


def text_of(month: date) -> str:
    """A month as an address says it."""
    return f"{month:%Y-%m}"
