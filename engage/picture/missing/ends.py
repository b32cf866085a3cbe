"""How does one record say that a child who was missing is back, and when that was? From what it says, and no more.

A find says it; a report that says until when, or for how many hours, the child was missing; an interview that says until when. Words
about hours that are no length of being missing ("respond within 1 hour", "over 72 hours") say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from engage.picture.missing.moments import said_moment
from engage.picture.missing.rules import BY_INTERVIEW, FOUND, HOURS, SAID, End, Recorded
from engage.vocabulary.time import Happened, london_day, whole_day


# The whole of what stands in a field, so that no band and no time to respond in is taken for a length.
_MISSING_HOURS = re.compile(r"missing(?: for)? (\d{1,4}(?:\.\d{1,2})?) ?(?:hours?|hrs?)", re.IGNORECASE)
_NUMBER_OF_HOURS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(?: ?(?:hours?|hrs?))?", re.IGNORECASE)


def says_end(report: Recorded) -> bool:
    """The report says itself until when the child was missing, or for how many hours."""
    return report.kind == "missing" and bool(said_until(report) or said_hours(report))


def said_until(report: Recorded) -> End | None:
    """The report is itself an interval: its end is when the child came back. The minute of its beginning is none: forms are
    filled in with it."""
    minute = timedelta(minutes=1)
    if report.until_precision == "day":
        day = whole_day(london_day(report.until_at - timedelta(seconds=1)))
        return _ended(SAID, day, report, after=report.from_at)
    if report.until_precision == "minute" and report.until_at > report.from_at + minute:
        return End(SAID, report.until_at, report.until_at + minute, "minute", report.agency, report.record_id)
    return None


def said_hours(report: Recorded) -> End | None:
    """The report says for how many hours the child was missing: back within the hour after so many."""
    said = [_MISSING_HOURS.fullmatch(text.strip()) for text in (report.category, report.outcome)]
    said.append(_NUMBER_OF_HOURS.fullmatch(str(report.details.get("hours_missing", "")).strip()))
    found = next(filter(None, said), None)
    if found is None or report.precision != "minute":
        return None
    back = report.from_at + timedelta(hours=float(found[1]))
    return End(HOURS, back, back + timedelta(hours=1), "about", report.agency, report.record_id)


def found_end(finds: Sequence[Recorded], since: Recorded) -> End | None:
    """The most exact of the finds that tell of one return."""
    if not finds:
        return None
    best = min(finds, key=lambda one: (one.until_at - one.from_at, one.from_at, one.record_id))
    first = max(best.from_at, since.from_at)
    return End(FOUND, first, best.until_at, best.precision, best.agency, best.record_id)


def told_end(interview: Recorded, since: Recorded) -> End | None:
    """The interview says until when the child was missing."""
    back = back_at(interview)
    if back is None or back.until_at is None or back.until_at <= since.from_at:
        return None
    return _ended(BY_INTERVIEW, back, interview, after=since.from_at)


def held_end(interview: Recorded) -> End:
    """A return interview that was held is about a child who is back: by then at the latest."""
    return End(BY_INTERVIEW, None, interview.until_at, "unknown", interview.agency, interview.record_id)


def gone_at(interview: Recorded) -> Happened | None:
    """When the interview says that the child went; None where it says nothing of it that can be read."""
    return said_moment(interview.details.get("missing_from"))


def back_at(interview: Recorded) -> Happened | None:
    """Until when the interview says that the child was missing; None where it says nothing of it that can be read."""
    return said_moment(interview.details.get("missing_to"))


def names(interview: Recorded, reports: Iterable[Recorded]) -> bool:
    """The interview says that it is about the time that began on the day of one of these reports."""
    gone = gone_at(interview)
    if gone is None or gone.from_at is None:
        return False
    return london_day(gone.from_at) in {london_day(report.from_at) for report in reports}


def telling_one_return(
    finds: Iterable[Recorded], since: Recorded, next_at: datetime | None, used: AbstractSet[str]
) -> list[Recorded]:
    """The first of these finds after the child went and before the child was reported anew, with those that may tell of the same
    moment: of several agencies each may record one return, the one by its hour and the other by its day."""
    fit = [
        one
        for one in finds
        if one.record_id not in used
        and one.until_at > since.from_at
        and (next_at is None or one.from_at < next_at)
    ]
    return [one for one in fit if one.from_at < fit[0].until_at]


def _ended(how: str, back: Happened, by: Recorded, *, after: datetime) -> End:
    assert back.from_at is not None  # noqa: S101  only of days and moments that were said
    assert back.until_at is not None  # noqa: S101  only of days and moments that were said
    return End(how, max(back.from_at, after), back.until_at, back.precision.value, by.agency, by.record_id)
