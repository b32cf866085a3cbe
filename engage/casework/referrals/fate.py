"""What became of a referral, as far as its referrer is told? By what answers this one: a move that answers the referral with which a case was opened, or an answer of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engage.casework.cases import referred
from engage.casework.cases.belonging import name_of
from engage.casework.cases.models import Case, CaseEntry, CaseMove, Told
from engage.casework.cases.rules import ANSWERS
from engage.casework.forms.reading import form_of
from engage.casework.referrals.answering import FORM
from engage.casework.referrals.rules import ACCEPTED, ACKNOWLEDGED, DECLINED, RECEIVED, Fate, Step
from engage.store.area import Area
from engage.vocabulary.time import london_day


_ANSWERS = {"acknowledge": ACKNOWLEDGED, "accept": ACCEPTED, "take_on": ACCEPTED, "decline": DECLINED}
_OWN = {"acknowledged": ACKNOWLEDGED, "taken_in": ACCEPTED, "declined": DECLINED}
# The forms that have words for the referrer.
_READ = frozenset({"acceptance", "declining", FORM})


def fate_of(area: Area, entry: CaseEntry, called: str) -> Fate:
    """The fate of the referral that this entry is."""
    told: dict[str, Step] = {RECEIVED: Step(RECEIVED, entry.written_at)}
    steps = [step for one in _where_it_stands(entry) for step in _steps(area, one)]
    for step in sorted(steps, key=lambda one: one.at):
        # Of what was decided the last word counts; that it was decided otherwise before is the team's.
        for before in (ACCEPTED, DECLINED) if step.what != ACKNOWLEDGED else ():
            told.pop(before, None)
        told[step.what] = step
    return Fate(entry.seq, called, entry.written_at, tuple(told.values()))


def _where_it_stands(entry: CaseEntry) -> list[CaseEntry]:
    """The referral, and as what it stands in another case into which its own went: what follows there answers it."""
    alike = CaseEntry.objects.filter(
        form=entry.form, written_by=entry.written_by, written_at=entry.written_at
    )
    return [one for one in alike.order_by("seq") if one.case and one.answers == entry.answers]


def _steps(area: Area, entry: CaseEntry) -> Iterator[Step]:
    """What answers this referral and no other, in the order in which it was said."""
    received = referred.named(entry.seq)
    rows = list(Told.objects.filter(case=entry.case, event__in=ANSWERS).order_by("seq"))
    named = [row for row in rows if received and row.regards == name_of(received)]
    # Before tellings had names a move answered whatever had come by then.
    some = named or [row for row in rows if row.regards is None and row.told_at >= entry.written_at]
    for by, number in dict.fromkeys((row.by, row.number) for row in some):
        step = _by_move(area, entry.case or 0, number) if by == "move" else _by_entry(area, number)
        if step:
            yield step


def _by_move(area: Area, case: int, number: int) -> Step | None:
    move = CaseMove.objects.filter(case=case, number=number, move__in=_ANSWERS).first()
    return _step(area, _ANSWERS[move.move], move.said_at, move.entry) if move else None


def _by_entry(area: Area, number: int) -> Step | None:
    """An answer of its own; what was filled in with a move stands with the move."""
    entry = _standing(number)
    if entry is None or entry.form != FORM:
        return None
    return _step(area, _OWN[str(entry.answers["answer"])], entry.written_at, entry.seq)


def _step(area: Area, what: str, at: datetime, number: int | None) -> Step:
    entry = _standing(number)
    if entry is None or entry.form not in _READ:
        return Step(what, at)
    reason = str(entry.answers.get("reason", "")) if what == DECLINED else ""
    question = form_of(area, entry.form, on=london_day(entry.written_at)).question("reason")
    titles = {choice.code: choice.title for choice in question.choices} if question else {}
    return Step(what, at, titles.get(reason, ""), str(entry.answers.get("to_referrer", "")))


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
