"""The writing door of return home interviews: offer, answer and interview are written once, and stand with the child and in the records at once."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from engage.casework.cases import deciding, timing, writing
from engage.casework.cases.actions import WRITE
from engage.casework.cases.heard import return_of
from engage.casework.cases.models import CaseEntry
from engage.casework.cases.rules import AnswersWrong, MoveRefused, Written
from engage.casework.cases.seeing import Desk
from engage.casework.forms.rules import moment_of
from engage.casework.lifecycles.states import CHILD
from engage.casework.returns import finding
from engage.casework.returns.authorities import DETAIL_OF
from engage.casework.returns.rules import FORM, TITLES, Return, outcome
from engage.governance import actions as governance
from engage.picture.seeing import Sight, sight
from engage.records import actions as records
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import LONDON, Precision
from engage.vocabulary.words import N_, Sentence


__all__ = ["record"]


def record(
    *, viewing: Viewing, build: Build, area: Area, report: str, child: str = "", written: Written
) -> int:
    """Keep what came of a return home interview, or a correction of it; return the entry's number. In one transaction it stands in the open case where the viewer's agency
    takes part (else with the child alone, where the time limits of their case hear it) and as an event among the records, by which lists and chronology know it at once. Audited. Raises MayNotDo, EpisodeNotShown,
    AnswersWrong, MoveRefused, MovedOn, RecordingRefused."""
    for what in (WRITE, "record"):
        governance.check_may(viewing=viewing, what=what, subject=child or report)
    see = sight(viewing, build)
    found = finding.found(see, report, child)
    form, written = deciding.check_written(viewing, area, CHILD, written, expected=FORM)
    _check(found, written)
    before = _corrected(see, found, written)
    case = before.case if before else getattr(finding.case_of(see, found.person_id), "seq", None)
    row = deciding.case_seen(viewing, build, case)[1] if case else None
    with transaction.atomic():
        kept = replace(written, evidence=(found.report,), regards=return_of(found.report))
        entry = writing.write_entry(viewing, row, found.person_id, form, kept)
        if before:
            records.withdraw_made_by(
                viewing=viewing, made_by=_made_by(before.seq), reason=f"Corrected by entry {entry}"
            )
        records.record_by_hand(area=area, viewing=viewing, record=_event(viewing, found, kept, entry))
        timing.lay_down(see, area, {*finding.open_cases(see, found.person_id), *([case] if case else [])})
    return entry


def _made_by(entry: int) -> str:
    return f"case entry {entry}"


def _check(found: Return, written: Written) -> None:
    """It is of a child who is back, and the interview was not held before that by the record of the return. What holds wherever the form is written, it says itself."""
    end, answers = found.episode.end, written.answers
    if end is None and not answers.get("returned"):
        raise MoveRefused(
            N_("No record says that this child is back."),
            remedy=N_("Say when the child came back, if you know it."),
        )
    held, back = moment_of(str(answers.get("held_at", ""))), end.from_at if end else None
    if held and back and held < back:
        fault = {"held_at": Sentence(N_("That is before the child came back."))}
        raise AnswersWrong(fault)


def _corrected(see: Sight, found: Return, written: Written) -> CaseEntry | None:
    """The entry that is corrected, of this return and to be read by the viewer. Raises CaseNotShown, MoveRefused."""
    if written.replaces is None:
        return None
    row = CaseEntry.objects.filter(pk=written.replaces, form=FORM).first()
    shown = next(
        (one for one in found.entries if one.number == written.replaces and one.answers is not None), None
    )
    if row is None or shown is None:
        raise deciding.not_shown(see.viewing, found.person_id)
    if row.agency != see.viewing.viewer.agency:
        raise MoveRefused(
            N_("Only the agency that wrote it corrects it. Write what you know as an entry of your own.")
        )
    if row.case:
        deciding.check_takes_part(Desk(see), deciding.case_seen(see.viewing, see.build, row.case)[2])
    return row


def _event(viewing: Viewing, found: Return, written: Written, entry: int) -> records.HandRecord:
    """The event of the records. Its words are what was learned, unless that is more guarded than what is recorded by hand can be."""
    said = outcome(written.answers)
    at = said.at or viewing.at
    since = found.episode.since.from_at.astimezone(LONDON)
    details = {"missing_from": f"{since:%Y-%m-%d %H:%M}" if found.episode.since.precision == Precision.MINUTE else f"{since:%Y-%m-%d}"}  # fmt: skip
    if returned := moment_of(str(written.answers.get("returned", ""))):
        details["missing_to"] = f"{returned.astimezone(LONDON):%Y-%m-%d %H:%M}"
    is_open = written.sensitivity == "standard"
    if is_open:
        details |= _authorities(written)
    return records.HandRecord(
        person_id=found.person_id, person_record_id=found.record_id, kind=FORM, title=TITLES[said.how],
        text=(said.words if is_open else "") or TITLES[said.how], happened_from_at=at, happened_until_at=at,
        happened_precision=Precision.MINUTE.value, happened_text="", handling=written.handling, details=details, made_by=_made_by(entry),
    )  # fmt: skip


def _authorities(written: Written) -> dict[str, str]:
    """The authorities that are named, as records name them: by these they are proposed for meetings."""
    named = {
        detail: str(written.answers.get(f"{question}_name", "")) for question, detail in DETAIL_OF.items()
    }
    return {detail: name for detail, name in named.items() if name}
