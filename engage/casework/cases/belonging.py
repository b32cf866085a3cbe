"""What is told to clocks by what is written: each event with what it belongs to, and anew where an entry is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engage.casework.cases.models import Case, CaseEntry, Told
from engage.casework.cases.rules import NONE, RECEIVED, Written
from engage.casework.clocks.pairing import TAKEN_BACK
from engage.casework.forms.rules import Form, Kind, Tells, day_of, moment_of
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened, Precision, whole_day


@dataclass(frozen=True)
class Telling:
    """That something happened, by its code and when; what tells of it (move, entry or meeting, and its number), and which earlier telling it corrects. `name`: by which others
    name it; `regards`: the name of what it belongs to."""

    event: str
    happened: Happened
    by: tuple[str, int]
    replaces: int | None = None
    name: str = ""
    regards: str = ""


def tell(viewing: Viewing, case: Case | None, telling: Telling, *, subject: str = "") -> int:
    """Keep that something happened, for the clocks; within the transaction of what tells it. Return the row's number."""
    happened = telling.happened
    row = Told.objects.create(
        case=case.seq if case else None, subject=case.subject if case else subject, event=telling.event, from_at=happened.from_at, until_at=happened.until_at,
        precision=happened.precision.value, by=telling.by[0], number=telling.by[1], replaces=telling.replaces, agency=viewing.viewer.agency, told_at=viewing.at,
        name=telling.name or None, regards=telling.regards or None,
    )  # fmt: skip
    return int(row.seq)


def moment(at: datetime) -> Happened:
    """What happened at that moment."""
    return Happened(at, at, Precision.MINUTE)


def name_of(row: Told) -> str:
    """By which other tellings name this one."""
    return row.name or f"told:{row.seq}"


def tell_of(viewing: Viewing, case: Case | None, entry: CaseEntry, form: Form, written: Written) -> None:
    """Tell what a filled form tells of. What the entry that it corrects told and this one does not is taken back."""
    before = _told_by(written.replaces)
    names: dict[str, str] = {}
    for one in form.tells:
        if one.when is not None and not one.when.holds(written.answers):
            continue
        earlier = before.pop(one.event, None)
        happened = _happened(form, one, written, viewing.at, earlier)
        if not earlier and (known := _known(entry, one, happened)):
            names[one.event] = name_of(known)
            continue
        name, regards = _belongs(one, written, earlier, names)
        told = Telling(one.event, happened, ("entry", entry.seq), earlier.seq if earlier else None, name, regards)  # fmt: skip
        number = tell(viewing, case, told, subject=entry.subject)
        names[one.event] = name or f"told:{number}"
    for row in before.values():
        gone = Telling(TAKEN_BACK, Happened(None, None, Precision.UNKNOWN), ("entry", entry.seq), row.seq)
        tell(viewing, case, gone, subject=entry.subject)


def _told_by(entry: int | None) -> dict[str, Told]:
    """What the entry that is corrected told of, by event: what it said is said anew."""
    rows = Told.objects.filter(by="entry", number=entry).order_by("seq") if entry else ()
    return {row.event: row for row in rows if row.event != TAKEN_BACK}


def _known(entry: CaseEntry, one: Tells, happened: Happened) -> Told | None:
    """It was told before of the same case (or, without one, of the same person), where it is told but once."""
    if not one.once:
        return None
    of = {"case": entry.case} if entry.case else {"case": None, "subject": entry.subject}
    rows = Told.objects.filter(event=one.event, **of).order_by("seq")
    if one.once == "moment":
        rows = rows.filter(from_at=happened.from_at, precision=happened.precision.value)
    replaced = set(Told.objects.filter(replaces__in=[row.seq for row in rows]).values_list("replaces", flat=True))  # fmt: skip
    return next((row for row in rows if row.seq not in replaced), None)


def _belongs(one: Tells, written: Written, earlier: Told | None, names: dict[str, str]) -> tuple[str, str]:
    """By which name others may belong to it, and to what it belongs: what the page named, what the same entry told, or what was said before the correction."""
    if one.about == one.event:
        return written.regards or (name_of(earlier) if earlier else ""), ""
    if not one.about:
        return "", ""
    said = written.regards or names.get(one.about, "") or ((earlier.regards or "") if earlier else "")
    # What answers a referral without saying which answers none; an interview is of the latest return before it.
    return "", said or (NONE if one.about == RECEIVED else "")


def _happened(form: Form, one: Tells, written: Written, at: datetime, earlier: Told | None) -> Happened:
    if not one.as_of:
        return _when(form, one, written, at)
    # A correction leaves it when it was: another discussion may have been held since.
    return Happened(earlier.from_at, earlier.until_at, Precision(earlier.precision)) if earlier else written.as_of[one.as_of]  # fmt: skip


def _when(form: Form, one: Tells, written: Written, at: datetime) -> Happened:
    question = form.question(one.at) if one.at else None
    answer = str(written.answers.get(one.at, "")) if question else ""
    if question is None:
        return moment(at)
    if question.kind is Kind.MOMENT and (said := moment_of(answer)):
        return moment(said)
    day = day_of(answer)
    return whole_day(day) if day else Happened(None, None, Precision.UNKNOWN)
