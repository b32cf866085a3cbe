"""Two cases of the same: whoever says whom a case is about says, where there is one of the same already, that it goes into that one. No child has two open cases that do not know of each other."""

from __future__ import annotations

from engage.casework.cases import concern, policies, writing
from engage.casework.cases.belonging import Telling, tell
from engage.casework.cases.models import Case, CaseEntry, CasePart, Told
from engage.casework.cases.rules import REFERRER, Head, MoveRefused, log_name
from engage.casework.cases.seeing import Desk, parts_of
from engage.casework.clocks.pairing import TAKEN_BACK
from engage.casework.lifecycles.states import Move
from engage.casework.tasks.standing import open_counts
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened, Precision
from engage.vocabulary.words import N_, Sentence


SAME_AS = "same_as"
REFERRALS = ("referral", "referral_of_concern", "referral_of_place", "referral_of_group")


def check_goes_into(head: Head) -> Move:
    """The move by which a case ends because it is the same as another. Raises MoveRefused."""
    made = head.lifecycle.move(SAME_AS)
    if made is None or head.state.code not in made.from_states:
        raise MoveRefused(N_("There is a case of the same already, and this one cannot go into it."))
    if open_counts([head.number])[head.number]:
        raise MoveRefused(Sentence(policies.NEEDS["no_open_action"][1]))
    return made


def go_into(desk: Desk, row: Case, made: Move, into: tuple[Case, Move | None]) -> None:
    """Keep that a case is the same as another: it ends, and its referrals stand in the other as they were written, with who referred; one that has ended is opened again by
    it. Within the transaction that says whom it is about. Raises MovedOn."""
    viewing, (other, reopening) = desk.see.viewing, into
    writing.move_case(viewing, row, made, None)
    if reopening is not None:
        writing.move_case(viewing, other, reopening, None)
    for entry in concern.standing_entries([row.seq], REFERRALS)[row.seq]:
        _stands_in(viewing, row, other, entry)
    here = {part.agency for part in parts_of([other.seq], viewing.at).get(other.seq, ())}
    for part in CasePart.objects.filter(case=row.seq, part=REFERRER, is_joined=True).order_by("seq"):
        if part.agency not in here:
            writing.join(viewing, other.seq, part.agency, REFERRER)
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
    for told in Told.objects.filter(by="entry", number=entry.seq).order_by("seq"):
        Told.objects.create(
            case=other.seq, subject=other.subject, event=told.event, from_at=told.from_at, until_at=told.until_at, precision=told.precision, by="entry",
            number=copied.seq, agency=told.agency, told_at=viewing.at,
        )  # fmt: skip
        gone = Telling(TAKEN_BACK, Happened(None, None, Precision.UNKNOWN), ("entry", entry.seq), told.seq)
        tell(viewing, row, gone, subject=entry.subject)
