"""What became of a referral, as far as its referrer is told? By what answers this one: a move that answers the referral with which a case was opened, or an answer of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engage.casework.cases import referred
from engage.casework.cases.belonging import name_of
from engage.casework.cases.merging import standing_copies
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
_READ = frozenset({"acceptance", "declining", "declining_other", FORM})


@dataclass(frozen=True)
class _Said:
    """What was said to referrals. `stands`: by its entry each referral, with as what it stands in another case into which its own went, since what follows there answers it; the
    telling of each by its entry, the answers told by case, the moves that tell one by case and number, and what was filled in with either, as it stands now."""

    stands: Mapping[int, Sequence[CaseEntry]]
    referrals: Mapping[int, Told]
    answers: Mapping[int, Sequence[Told]]
    moves: Mapping[tuple[int, int], CaseMove]
    entries: Mapping[int, CaseEntry]


def fates_of(area: Area, entries: Sequence[CaseEntry]) -> list[Fate]:
    """The fate of each of the referrals that these entries are, each called as its referrer called it. The number of queries does not grow with them."""
    said = _said(entries)
    called = dict(Case.objects.filter(pk__in={entry.case for entry in entries}).values_list("pk", "called"))
    return [_fate(area, entry, _called(entry) or called[entry.case or 0], said) for entry in entries]


def _said(entries: Sequence[CaseEntry]) -> _Said:
    stands = _stands_as(entries)
    written = [one for some in stands.values() for one in some]
    cases = {one.case for one in written if one.case is not None}
    answers: dict[int, list[Told]] = defaultdict(list)
    for row in Told.objects.filter(case__in=cases, event__in=ANSWERS).order_by("seq"):
        answers[row.case or 0].append(row)
    moves = {(one.case, one.number): one for one in CaseMove.objects.filter(case__in=cases, move__in=_ANSWERS)}  # fmt: skip
    filled = {move.entry for move in moves.values() if move.entry}
    filled |= {row.number for some in answers.values() for row in some if row.by == "entry"}
    return _Said(stands, referred.tellings([one.seq for one in written]), answers, moves, _standing(filled))


def _stands_as(entries: Sequence[CaseEntry]) -> dict[int, list[CaseEntry]]:
    """By its entry each of these referrals, and the copy of it, or of what corrects it, in the case into which its own went."""
    found = {one.seq: [one] for one in entries}
    of = _corrected(found)
    for copy in standing_copies(of):
        found[of[copy.copy_of or 0]].append(copy)
    return found


def _corrected(numbers: Iterable[int]) -> dict[int, int]:
    """Each of these entries and of what corrects them, with which of these it is."""
    of = {number: number for number in numbers}
    later = set(of)
    while rows := CaseEntry.objects.filter(replaces__in=later).values_list("seq", "replaces"):
        of |= {seq: of[replaces] for seq, replaces in rows if replaces is not None}
        later = {seq for seq, _replaces in rows}
    return of


def _fate(area: Area, entry: CaseEntry, called: str, said: _Said) -> Fate:
    told: dict[str, Step] = {RECEIVED: Step(RECEIVED, entry.written_at)}
    steps = [step for one in said.stands[entry.seq] for step in _steps(area, one, said)]
    for step in sorted(steps, key=lambda one: one.at):
        # Of what was decided the last word counts; that it was decided otherwise before is the team's.
        for before in (ACCEPTED, DECLINED) if step.what != ACKNOWLEDGED else ():
            told.pop(before, None)
        told[step.what] = step
    return Fate(entry.seq, called, entry.written_at, tuple(told.values()))


def _steps(area: Area, entry: CaseEntry, said: _Said) -> Iterator[Step]:
    """What answers this referral and no other, in the order in which it was said."""
    case, received = entry.case or 0, said.referrals.get(entry.seq)
    rows = said.answers.get(case, ())
    named = [row for row in rows if received and row.regards == name_of(received)]
    # Before tellings had names a move answered whatever had come by then.
    some = named or [row for row in rows if row.regards is None and row.told_at >= entry.written_at]
    for by, number in dict.fromkeys((row.by, row.number) for row in some):
        step = _by_move(area, said, (case, number)) if by == "move" else _by_entry(area, said, number)
        if step:
            yield step


def _by_move(area: Area, said: _Said, number: tuple[int, int]) -> Step | None:
    move = said.moves.get(number)
    return _step(area, _ANSWERS[move.move], move.said_at, said.entries.get(move.entry or 0)) if move else None


def _by_entry(area: Area, said: _Said, number: int) -> Step | None:
    """An answer of its own; what was filled in with a move stands with the move."""
    entry = said.entries.get(number)
    if entry is None or entry.form != FORM:
        return None
    return _step(area, _OWN[str(entry.answers["answer"])], entry.written_at, entry)


def _step(area: Area, what: str, at: datetime, entry: CaseEntry | None) -> Step:
    if entry is None or entry.form not in _READ:
        return Step(what, at)
    reason = str(entry.answers.get("reason", "")) if what == DECLINED else ""
    question = form_of(area, entry.form, on=london_day(entry.written_at)).question("reason")
    titles = {choice.code: choice.title for choice in question.choices} if question else {}
    return Step(what, at, titles.get(reason, ""), str(entry.answers.get("to_referrer", "")))


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
