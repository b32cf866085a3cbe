"""What is told to clocks by what is written: each event with what it belongs to, and anew where an entry is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from engage.casework.cases import began
from engage.casework.cases.models import Case, CaseEntry, CaseMove, Told
from engage.casework.cases.rules import NONE, RECEIVED, Written
from engage.casework.clocks.pairing import TAKEN_BACK
from engage.casework.forms.rules import WRITTEN, Form, Kind, Tells, day_of, moment_of
from engage.governance import queries as access
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened, Precision, whole_day


# What tells of something, beside entries and moves; its tellings are named by it, as meeting:12.
MEETING = "meeting"
# That a case is linked with another is told under this event, and belongs to that one by its name.
LINKED = "child.linked"


@dataclass(frozen=True)
class Telling:
    """That something happened, by its code and when; what tells of it (move, entry or meeting, and its number), and which earlier telling it corrects. `name`: by which others
    name it; `regards`: the name of what it belongs to; `until_on`: the day on which it is said to end; `clock`: the only time limit that it is
    meant for."""

    event: str
    happened: Happened
    by: tuple[str, int]
    replaces: int | None = None
    name: str = ""
    regards: str = ""
    until_on: date | None = None
    clock: str = ""
    authorised_by: str = ""
    why: str = ""


def tell(viewing: Viewing, case: Case | None, telling: Telling, *, subject: str = "") -> int:
    """Keep that something happened, for the clocks; within the transaction of what tells it. Return the row's number."""
    happened = telling.happened
    row = Told.objects.create(
        case=case.seq if case else None, subject=case.subject if case else subject, event=telling.event, from_at=happened.from_at, until_at=happened.until_at,
        precision=happened.precision.value, by=telling.by[0], number=telling.by[1], replaces=telling.replaces, agency=viewing.viewer.agency, told_at=viewing.at,
        name=telling.name or None, regards=telling.regards or None, until_on=telling.until_on, clock=telling.clock or None, authorised_by=telling.authorised_by, why=telling.why,
    )  # fmt: skip
    return int(row.seq)


def taken_back(told: Told, by: tuple[str, int]) -> Telling:
    """That what was told is told no more; `by`: what says so."""
    return Telling(TAKEN_BACK, Happened(None, None, Precision.UNKNOWN), by, told.seq)


def moment(at: datetime) -> Happened:
    """What happened at that moment."""
    return Happened(at, at, Precision.MINUTE)


def name_of(row: Told) -> str:
    """By which other tellings name this one."""
    return row.name or f"told:{row.seq}"


def case_name(number: int | str) -> str:
    """By which a telling names the case to which it links."""
    return f"case:{int(number)}"


def tell_of(viewing: Viewing, case: Case | None, entry: CaseEntry, form: Form, written: Written) -> None:
    """Tell what a filled form tells of. What the entry that it corrects told and this one does not is taken back."""
    before = _told_by(written.replaces)
    names: dict[str, str] = {}
    for one in form.tells:
        if one.when is not None and not one.when.holds(written.answers):
            continue
        if _is_of_measure(form, one) and _told_by_measure(form, one, written) is None:
            continue
        earlier = before.pop(one.event, None) or _told_by_move(written.replaces, one.event)
        happened = _happened(form, one, written, viewing.at, earlier)
        if not earlier and (known := _known(entry, one, happened)):
            names[one.event] = name_of(known)
            continue
        name, regards = _belongs(form, one, written, earlier, names)
        clock, _bar, start = (
            str(written.answers.get(one.clock, "")).partition("|") if one.clock else (one.only, "", "")
        )
        until = day_of(str(written.answers.get(one.until, ""))) if one.until else None
        told = Telling(
            one.event, happened, ("entry", entry.seq), earlier.seq if earlier else None, name, start or regards, until, clock, _authoriser(form, one, written),
            str(written.answers.get(one.reason, "")) if one.reason else "",
        )  # fmt: skip
        number = tell(viewing, case, told, subject=entry.subject)
        names[one.event] = name or f"told:{number}"
    for row in before.values():
        tell(viewing, case, taken_back(row, ("entry", entry.seq)), subject=entry.subject)


def _authoriser(form: Form, one: Tells, written: Written) -> str:
    """Who authorised it, by name."""
    said, question = str(written.answers.get(one.authorised_by, "")), form.question(one.authorised_by)
    is_worker = bool(said) and question is not None and question.kind is Kind.WORKER
    return (access.viewer_named(said).name if is_worker else said)[:150]


def _told_by(entry: int | None) -> dict[str, Told]:
    """What the entry that is corrected told of, by event: what it said is said anew."""
    rows = Told.objects.filter(by="entry", number=entry).order_by("seq") if entry else ()
    return {row.event: row for row in rows if row.event != TAKEN_BACK}


def _told_by_move(entry: int | None, event: str) -> Told | None:
    """What the move told with which the entry that is corrected was written: of an event that its form did not tell then."""
    move = CaseMove.objects.filter(entry=began.first_entry(entry).seq).first() if entry else None
    rows = Told.objects.filter(case=move.case, by="move", number=move.number, event=event) if move else Told.objects.none()  # fmt: skip
    return rows.order_by("seq").first()


def _known(entry: CaseEntry, one: Tells, happened: Happened) -> Told | None:
    """It was told before of the same case (or, without one, of the same person), where it is told but once."""
    if not one.once:
        return None
    of = {"case": entry.case} if entry.case else {"case": None, "subject": entry.subject}
    rows = Told.objects.filter(event=one.event, **of).order_by("seq")
    if one.once == "moment":
        rows = rows.filter(from_at=happened.from_at, precision=happened.precision.value)
    replaced = corrected(rows)
    return next((row for row in rows if row.seq not in replaced), None)


def corrected(rows: Iterable[Told]) -> frozenset[int]:
    """The numbers of those of these tellings in whose place something was told since, or that were taken back."""
    numbers = Told.objects.filter(replaces__in=[row.seq for row in rows]).values_list("replaces", flat=True)
    return frozenset(one for one in numbers if one is not None)


def _belongs(
    form: Form, one: Tells, written: Written, earlier: Told | None, names: dict[str, str]
) -> tuple[str, str]:
    """By which name others may belong to it, and to what it belongs: what the page named, what the same entry or the measure that it names told, or what was said before the
    correction."""
    if one.case:
        return "", case_name(str(written.answers[one.case]))
    if one.event in one.about:
        return written.regards or (name_of(earlier) if earlier else ""), ""
    if not one.about:
        return "", ""
    said = written.regards or next((names[event] for event in one.about if event in names), "")
    if not said and (row := _told_by_measure(form, one, written)):
        said = name_of(row)
    if not said and _tells_itself(form, one):
        return "", NONE
    said = said or ((earlier.regards or "") if earlier else "")
    # What answers a referral without saying which answers none; an interview is of the latest return before it.
    return "", said or (NONE if RECEIVED in one.about else "")


def _is_of_measure(form: Form, one: Tells) -> bool:
    """It is told of a measure that the form names, and of nothing else."""
    return bool(one.about) and any(question.kind is Kind.MEASURE for question in form.questions)


def _told_by_measure(form: Form, one: Tells, written: Written) -> Told | None:
    """What the measure that a filled form names told, to which this belongs; None where it told nothing of the kind (of a notice, that an order began)."""
    named = next((str(written.answers.get(q.code, "")) for q in form.questions if q.kind is Kind.MEASURE), "")
    if not named.isdecimal():
        return None
    rows = Told.objects.filter(by="entry", number=int(named), event__in=one.about).order_by("-seq")
    return rows.first()


def _tells_itself(form: Form, one: Tells) -> bool:
    """The form tells of what it belongs to, and no page names that: what it did not tell (the victim was told of a court date, which has no limit) belongs to nothing."""
    return any(each.event in one.about and each.event not in each.about for each in form.tells)


def _happened(form: Form, one: Tells, written: Written, at: datetime, earlier: Told | None) -> Happened:
    if not one.as_of:
        return _when(form, one, written, at, earlier)
    # A correction leaves it when it was: another discussion may have been held since.
    if earlier:
        return Happened(earlier.from_at, earlier.until_at, Precision(earlier.precision))
    return written.as_of.get(one.as_of, Happened(None, None, Precision.UNKNOWN))


def _when(form: Form, one: Tells, written: Written, at: datetime, earlier: Told | None) -> Happened:
    question = form.question(one.at) if one.at else None
    answer = str(written.answers.get(one.at, "")) if question else ""
    if question is None:
        return moment(at)
    if question.kind is Kind.MOMENT and (said := moment_of(answer)):
        return moment(said)
    if not answer and one.unsaid == WRITTEN:
        return Happened(earlier.from_at, earlier.until_at, Precision(earlier.precision)) if earlier else moment(at)  # fmt: skip
    day = day_of(answer)
    return whole_day(day) if day else Happened(None, None, Precision.UNKNOWN)
