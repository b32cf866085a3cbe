"""What became of a referral, as far as its referrer is told? By the moves that followed on it, and of these only the three that answer a referral."""

from __future__ import annotations

from engage.casework.cases.models import Case, CaseEntry, CaseMove
from engage.casework.forms.reading import form_of
from engage.casework.referrals.rules import ACCEPTED, ACKNOWLEDGED, DECLINED, RECEIVED, Fate, Step
from engage.store.area import Area
from engage.vocabulary.time import london_day


_ANSWERS = {"acknowledge": ACKNOWLEDGED, "accept": ACCEPTED, "decline": DECLINED}


def fate_of(area: Area, entry: CaseEntry, called: str) -> Fate:
    """The fate of the referral that this entry is."""
    # Where it went into another case, what follows there answers it.
    copies = CaseEntry.objects.filter(
        form=entry.form, written_by=entry.written_by, written_at=entry.written_at
    )
    cases = {row.case for row in copies if row.case and row.answers == entry.answers}
    moves = CaseMove.objects.filter(case__in=cases, move__in=_ANSWERS, said_at__gte=entry.written_at)
    told: dict[str, Step] = {RECEIVED: Step(RECEIVED, entry.written_at)}
    for move in moves.order_by("said_at", "seq"):
        what = _ANSWERS[move.move]
        # Of what was decided the last word counts; that it was decided otherwise before is the team's.
        for before in (ACCEPTED, DECLINED) if what != ACKNOWLEDGED else ():
            told.pop(before, None)
        told[what] = _step(area, what, move)
    return Fate(entry.seq, called, entry.written_at, tuple(told.values()))


def _step(area: Area, what: str, move: CaseMove) -> Step:
    entry = _standing(move.entry) if what != ACKNOWLEDGED else None
    if entry is None:
        return Step(what, move.said_at)
    reason = str(entry.answers.get("reason", "")) if what == DECLINED else ""
    question = form_of(area, entry.form, on=london_day(entry.written_at)).question("reason")
    titles = {choice.code: choice.title for choice in question.choices} if question else {}
    return Step(what, move.said_at, titles.get(reason, ""), str(entry.answers.get("to_referrer", "")))


def _standing(number: int | None) -> CaseEntry | None:
    """The entry, or what corrects it now."""
    entry = CaseEntry.objects.filter(pk=number).first() if number else None
    while entry and (later := CaseEntry.objects.filter(replaces=entry.seq).first()):
        entry = later
    return entry


def called_by_referrer(entry: CaseEntry) -> str:
    """How whoever referred called it, in their own words: the first question of every form of referral."""
    first = next((str(entry.answers[one]) for one in ("child", "person", "place", "children") if entry.answers.get(one)), "")  # fmt: skip
    return first or Case.objects.get(pk=entry.case or 0).called
