"""Two cases of the same: whoever says whom a case is about says, where there is one of the same already, that it goes into that one. No child has two open cases that do not know of each other.

It is undone by further rows: nothing that was kept in either case is changed, and both histories show what was said and what was said of it later; but what a referral said is about somebody else then, and is
read in its own case alone (entries.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from engage.casework.cases import concern, lasting, writing
from engage.casework.cases.belonging import corrected, name_of, taken_back, tell
from engage.casework.cases.models import Case, CaseEntry, Told
from engage.casework.cases.parts import parts_of
from engage.casework.cases.referred import APART, REFERRALS
from engage.casework.cases.rules import REFERRER, Head, MoveRefused, Written, log_name
from engage.casework.cases.seeing import Desk
from engage.casework.clocks.pairing import TAKEN_BACK
from engage.casework.forms.reading import form_of
from engage.casework.lifecycles.states import Move
from engage.casework.tasks.standing import open_counts
from engage.governance import actions as governance
from engage.store.area import Area
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


SAME_AS = "same_as"
# What brings whoever referred into the other case, and what ends that part.
CASE, ENDED = "case", "apart"


def check_goes_into(head: Head) -> Move:
    """The move by which a case ends because it is the same as another. Raises MoveRefused."""
    made = head.lifecycle.move(SAME_AS)
    if made is None or head.state.code not in made.from_states:
        raise MoveRefused(N_("There is a case of the same already, and this one cannot go into it."))
    if open_counts([head.number])[head.number]:
        raise MoveRefused(
            N_("There is a case of the same already, and this one would go into it, but actions are still open here."),
            remedy=N_("Finish each, hand it over, or say why it is no longer needed; then say again whom the case is about."),
        )  # fmt: skip
    return made


def go_into(desk: Desk, row: Case, made: Move, into: tuple[Case, Move | None]) -> None:
    """Keep that a case is the same as another: it ends, and its referrals stand in the other as they were written, with who referred; one that has ended is opened again by
    it. Within the transaction that says whom it is about. Raises MovedOn."""
    viewing, (other, reopening) = desk.see.viewing, into
    writing.move_case(viewing, row, made, None)
    # Held until it is done: of the other nobody says meanwhile that it is about somebody else.
    if not Case.objects.filter(pk=other.seq, subject=other.subject).update(version=F("version")):
        raise writing.moved_on(other)
    if reopening is not None:
        writing.move_case(viewing, other, reopening, None)
    for entry in concern.standing_entries([row.seq], REFERRALS)[row.seq]:
        _stands_in(viewing, row, other, entry)
    for part in parts_of([row.seq], viewing.at).get(row.seq, ()):
        if part.part == REFERRER:
            lasting.bring_in(viewing, other.seq, part.agency, REFERRER, (CASE, row.seq))
    governance.record_decision(
        viewing=viewing, action="case.went_into", subject=f"{log_name(row.seq)},{log_name(other.seq)}", fields=["referral"], decision="joined"
    )  # fmt: skip


def _stands_in(viewing: Viewing, row: Case, other: Case, entry: CaseEntry) -> None:
    """The entry as it was written, by whom and when, in the other case; what it told the clocks is told there, and here no longer."""
    copied = CaseEntry.objects.create(
        case=other.seq, subject=other.subject, form=entry.form, form_version=entry.form_version, answers=entry.answers, evidence=entry.evidence,
        handling=entry.handling, sensitivity=entry.sensitivity, written_by=entry.written_by, written_by_name=entry.written_by_name, agency=entry.agency,
        role=entry.role, written_at=entry.written_at, request_id=viewing.request_id, copy_of=entry.seq,
    )  # fmt: skip
    for told in (one for one, is_standing in _told_of(entry) if is_standing):
        _tell_again(viewing, other, told, copied.seq)
        tell(viewing, row, taken_back(told, ("entry", entry.seq)), subject=entry.subject)


def _told_of(entry: CaseEntry) -> list[tuple[Told, bool]]:
    """What an entry told of, each under its name as it was told last, and whether that stands."""
    last = {(one.event, name_of(one)): one for one in Told.objects.filter(by="entry", number=entry.seq).exclude(event=TAKEN_BACK).order_by("seq")}  # fmt: skip
    replaced = corrected(last.values())
    return [(one, one.seq not in replaced) for one in last.values()]


def _tell_again(viewing: Viewing, case: Case, told: Told, entry: int, name: str | None = None) -> None:
    """The same, of the moment at which it was, told of a case by an entry of it. `name`: by which what answered it names it."""
    Told.objects.create(
        case=case.seq, subject=case.subject, event=told.event, from_at=told.from_at, until_at=told.until_at, precision=told.precision, by="entry", number=entry,
        name=name, until_on=told.until_on, clock=told.clock, authorised_by=told.authorised_by, why=told.why, agency=told.agency, told_at=viewing.at,
    )  # fmt: skip


def standing_copies(referrals: Iterable[int | None]) -> list[CaseEntry]:
    """The copies of these referrals that stand in another case, as they were copied."""
    last = {row.copy_of: row for row in CaseEntry.objects.filter(copy_of__in=list(referrals)).order_by("seq")}
    return [row for row in last.values() if row.form != APART]


def have_gone_into(case: int) -> bool:
    """Another case went into this one, and is not another after all."""
    copies = CaseEntry.objects.filter(case=case).exclude(copy_of=None)
    return any(row.case == case for row in standing_copies(copies.values_list("copy_of", flat=True)))


def come_apart(viewing: Viewing, area: Area, row: Case, why: str) -> frozenset[int]:
    """Keep that a case is another than the one into which it went: in that one each copy of a referral is replaced by why it stands there no more, and whoever takes part there for it
    leaves; what the referrals told the clocks is told here again, of the moment of before. Within the transaction that says so. Return the number of the other case. Raises
    MoveRefused, MovedOn."""
    own = CaseEntry.objects.filter(case=row.seq, form__in=REFERRALS).values_list("seq", flat=True)
    copies = standing_copies(own)
    if not copies:
        raise MoveRefused(N_("It is not known any more into which case this one went."))
    form = form_of(area, APART, on=london_day(viewing.at))
    for copy in copies:
        other = Case.objects.get(pk=copy.case or 0)
        written = Written(APART, {"why": why}, replaces=_as_it_stands(copy), copy_of=copy.copy_of)
        writing.write_entry(viewing, other, "", form, written)
    for entry in concern.standing_entries([row.seq], REFERRALS)[row.seq]:
        for told in (one for one, is_standing in _told_of(entry) if not is_standing):
            _tell_again(viewing, row, told, entry.seq, name_of(told))
    lasting.end(viewing, ENDED, (CASE, row.seq))
    others = sorted({copy.case or 0 for copy in copies})
    told_of = ",".join(log_name(one) for one in (row.seq, *others))
    governance.record_decision(viewing=viewing, action="case.went_apart", subject=told_of, fields=["referral"], decision="left")  # fmt: skip
    return frozenset(others)


def _as_it_stands(entry: CaseEntry) -> int:
    """The number of what corrects an entry now, or its own."""
    number = int(entry.seq)
    while later := CaseEntry.objects.filter(replaces=number).values_list("seq", flat=True).first():
        number = later
    return number
