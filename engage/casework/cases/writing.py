"""How are a case, its moves and what is written in it kept? Each row with its line in the log, in one transaction.

Two who move one case at the same moment: the head says which move was its last, and whoever comes second finds another there and is told who was first. What they
wrote stays with them (see drafts). The order of rows and the head are kept together by the database, also where sixteen write at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from engage.casework.cases import referred
from engage.casework.cases.belonging import Telling, moment, taken_back, tell, tell_of
from engage.casework.cases.models import Case, CaseEntry, CaseMove, CasePart
from engage.casework.cases.rules import MovedOn, Part, Written, log_name
from engage.casework.forms.counting import with_total
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import Move, lifecycle
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


__all__ = ["Opening", "Telling", "change_head", "join", "moment", "move_case", "moved_on", "open_case", "tell", "write_entry"]  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """A case to be opened: its kind, whom or what it is about, how that was called, and who takes part from the start (agency, as what)."""

    kind: str
    subject: str
    called: str
    state: str
    lead: str
    parts: tuple[tuple[str, str], ...] = ()


def open_case(viewing: Viewing, opening: Opening, form: Form, written: Written) -> int:
    """Open a case with what was written about it; return its number."""
    viewer, at = viewing.viewer, viewing.at
    with transaction.atomic():
        case = Case.objects.create(
            kind=opening.kind, subject=opening.subject, called=opening.called, state=opening.state, version=0, agency=opening.lead, opened_by=viewer.user_id,
            opened_by_name=viewer.name, opened_by_agency=viewer.agency, opened_at=at, moved_at=at, request_id=viewing.request_id,
        )  # fmt: skip
        entry = _write(viewing, case, form, written)
        _move(viewing, case, "opened", ("", opening.state), entry)
        for agency, part in opening.parts:
            join(viewing, case.seq, agency, part)
        _record(viewing, "case.opened", case.seq, ["subject", form.code], opening.state)
        return int(case.seq)


def move_case(viewing: Viewing, case: Case, move: Move, filled: tuple[Form, Written] | None) -> int:
    """Keep that a case, as it was read, was moved, with what was filled in; return the number of the move. Raises MovedOn."""
    before, case.state = case.state, move.to_state or case.state
    with transaction.atomic():
        number = case.version + 1
        found = Case.objects.filter(pk=case.seq, version=case.version)
        if not found.update(state=case.state, version=number, moved_at=viewing.at):
            raise moved_on(case)
        case.version = number
        answers = referred.opened_with(case.seq) if move.about else ""
        after_all = referred.taken_on_after_all(case.seq) if _takes_on(case, before) else ()
        entry = _write(viewing, case, filled[0], replace(filled[1], regards=answers)) if filled else None
        _move(viewing, case, move.code, (before, case.state), entry)
        for event in _tells(move, filled):
            for regards in referred.left_with(event, case.seq, answers):
                tell(viewing, case, Telling(event, moment(viewing.at), ("move", number), regards=regards))
        for told in after_all:
            tell(viewing, case, taken_back(told, ("move", number)))
        if case.state == referred.REOPENED:
            # Whoever had it before may have left: it waits for the team manager.
            change_head(case, worker="", worker_name="")
        _record(viewing, f"case.{move.code}", case.seq, [filled[0].code] if filled else [], case.state)
    return number


def _tells(move: Move, filled: tuple[Form, Written] | None) -> tuple[str, ...]:
    """What a move tells of: what its form tells, as an allocation that was decided before it is typed, the form alone tells."""
    of_form = {one.event for one in filled[0].tells} if filled else set()
    return tuple(event for event in move.tells if event not in of_form)


def _takes_on(case: Case, before: str) -> bool:
    """The case was opened again, and now somebody goes on with it."""
    return before == referred.REOPENED != case.state and lifecycle(case.kind).state(case.state).is_open


def change_head(case: Case, **columns: str) -> None:
    """Change, within the transaction of a move, what a head says of worker, agency or subject."""
    for name, value in columns.items():
        setattr(case, name, value)
    Case.objects.filter(pk=case.seq).update(**columns, version=case.version)


def write_entry(viewing: Viewing, case: Case | None, subject: str, form: Form, written: Written) -> int:
    """Keep a filled form, in a case or about a subject who has none; return its number. Raises MovedOn when somebody corrected the same entry before."""
    try:
        with transaction.atomic():
            entry = _write(viewing, case, form, written, subject=subject)
            about = log_name(case.seq) if case else subject
            governance.record_decision(
                viewing=viewing, action="case.written", subject=about, fields=[form.code], decision="written"
            )
            return int(entry.seq)
    except IntegrityError:
        raise _corrected_before(written) from None


def join(
    viewing: Viewing, case: int, agency: str, part: str, *, user: str = "", is_joined: bool = True
) -> int:
    """Keep that an agency takes part in a case from now on, or no longer; within the transaction of what brings it in. Return the number of the row."""
    return say_part(viewing, case, Part(agency, part, user, viewing.at), is_joined=is_joined)


def say_part(viewing: Viewing, case: int, one: Part, *, is_joined: bool) -> int:
    """Keep that an agency takes part as this and by its reason, or no longer: then from `until` on, where that says a moment. Return the number of the row."""
    by, number = one.reason or (None, None)
    row = CasePart.objects.create(
        case=case, agency=one.agency, user=one.user, part=one.part, is_joined=is_joined, by=by, number=number, from_at=None if is_joined else one.until,
        said_by=viewing.viewer.user_id, said_at=viewing.at,
    )  # fmt: skip
    return int(row.seq)


def _write(
    viewing: Viewing, case: Case | None, form: Form, written: Written, *, subject: str = ""
) -> CaseEntry:
    viewer = viewing.viewer
    entry = CaseEntry.objects.create(
        case=case.seq if case else None, subject=case.subject if case else subject, form=form.code, form_version=form.version, answers=with_total(form, written.answers),
        evidence=list(written.evidence), replaces=written.replaces, copy_of=written.copy_of, handling=written.handling, sensitivity=written.sensitivity, written_by=viewer.user_id,
        written_by_name=viewer.name, agency=viewer.agency, role=viewer.role, written_at=viewing.at, request_id=viewing.request_id,
    )  # fmt: skip
    tell_of(viewing, case, entry, form, written)
    return entry


def _move(viewing: Viewing, case: Case, code: str, states: tuple[str, str], entry: CaseEntry | None) -> None:
    viewer = viewing.viewer
    CaseMove.objects.create(
        case=case.seq, number=case.version, move=code, from_state=states[0], to_state=states[1], entry=entry.seq if entry else None, said_by=viewer.user_id,
        said_by_name=viewer.name, agency=viewer.agency, role=viewer.role, said_at=viewing.at, request_id=viewing.request_id,
    )  # fmt: skip


def _record(viewing: Viewing, action: str, case: int, fields: list[str], decision: str) -> None:
    governance.record_decision(
        viewing=viewing, action=action, subject=log_name(case), fields=fields, decision=decision
    )


def moved_on(case: Case) -> MovedOn:
    """The error of whoever comes second: it says who was first."""
    last = CaseMove.objects.filter(case=case.seq).order_by("-number").first()
    values = {"who": last.said_by_name if last else "", "at": f"{last.said_at:%H:%M}" if last else ""}
    return MovedOn(
        Sentence(N_("%(who)s moved this case while you were writing, at %(at)s UTC."), values),
        remedy=N_("Look at what was done. What you wrote is kept below, and you can still send it."),
    )


def _corrected_before(written: Written) -> MovedOn:
    other = CaseEntry.objects.filter(replaces=written.replaces).first()
    values = {"who": other.written_by_name if other else ""}
    return MovedOn(
        Sentence(N_("%(who)s corrected this entry while you were writing."), values),
        remedy=N_(
            "Both are shown below. Look at theirs, and send yours as a correction of it if it is still needed."
        ),
    )
