"""What became of a referral, as far as its referrer is told? By the moves that followed on it, and of these only the three that answer a referral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from engage.casework.cases.models import Case, CaseEntry, CaseMove
from engage.casework.forms.reading import form_of
from engage.casework.referrals.rules import ACCEPTED, ACKNOWLEDGED, DECLINED, RECEIVED, Fate, Step
from engage.store.area import Area
from engage.vocabulary.time import london_day


_ANSWERS = {"acknowledge": ACKNOWLEDGED, "accept": ACCEPTED, "decline": DECLINED}


def fates_of(area: Area, entries: Sequence[CaseEntry]) -> list[Fate]:
    """The fate of each of the referrals that these entries are, each called as its referrer called it. The number of queries does not grow with them."""
    cases = {entry.case for entry in entries if entry.case is not None}
    moves: dict[int, list[CaseMove]] = defaultdict(list)
    for move in CaseMove.objects.filter(case__in=cases, move__in=_ANSWERS).order_by("case", "number"):
        moves[move.case].append(move)
    filled = _standing({move.entry for some in moves.values() for move in some if move.entry})
    called = dict(Case.objects.filter(pk__in=cases).values_list("pk", "called"))
    return [
        _fate(area, entry, _called(entry) or called[entry.case or 0], [one for one in moves[entry.case or 0] if one.said_at >= entry.written_at], filled)
        for entry in entries
    ]  # fmt: skip


def _fate(
    area: Area, entry: CaseEntry, called: str, moves: Iterable[CaseMove], filled: Mapping[int, CaseEntry]
) -> Fate:
    told: dict[str, Step] = {RECEIVED: Step(RECEIVED, entry.written_at)}
    for move in moves:
        what = _ANSWERS[move.move]
        # Of what was decided the last word counts; that it was decided otherwise before is the team's.
        for before in (ACCEPTED, DECLINED) if what != ACKNOWLEDGED else ():
            told.pop(before, None)
        told[what] = _step(area, what, move, filled)
    return Fate(entry.seq, called, entry.written_at, tuple(told.values()))


def _step(area: Area, what: str, move: CaseMove, filled: Mapping[int, CaseEntry]) -> Step:
    entry = filled.get(move.entry or 0) if what != ACKNOWLEDGED else None
    if entry is None:
        return Step(what, move.said_at)
    reason = str(entry.answers.get("reason", "")) if what == DECLINED else ""
    question = form_of(area, entry.form, on=london_day(entry.written_at)).question("reason")
    titles = {choice.code: choice.title for choice in question.choices} if question else {}
    return Step(what, move.said_at, titles.get(reason, ""), str(entry.answers.get("to_referrer", "")))


def _standing(numbers: Collection[int]) -> dict[int, CaseEntry]:
    """Each of these entries, or what corrects it now, by its number."""
    found = {row.seq: row for row in CaseEntry.objects.filter(pk__in=numbers)}
    while later := {
        row.replaces: row
        for row in CaseEntry.objects.filter(replaces__in=[one.seq for one in found.values()])
    }:
        found = {number: later.get(one.seq, one) for number, one in found.items()}
    return found


def _called(entry: CaseEntry) -> str:
    """How whoever referred called it, in their own words: the first question of every form of referral."""
    return next((str(entry.answers[one]) for one in ("child", "person", "place", "children") if entry.answers.get(one)), "")  # fmt: skip
