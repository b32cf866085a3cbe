"""When was a child missing, is the child back, when is the interview due, and who was missing together? Drawn; times are London's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engage.picture.missing import rules
from engage.picture.missing.episodes import episodes
from engage.picture.missing.moments import said_moment
from engage.picture.missing.rules import Episode, Recorded, interview_due, is_child
from engage.picture.missing.stated import stated
from engage.picture.missing.together import Away, Pair, Place, pairs
from engage.vocabulary.time import LONDON, london_midnight
from tests.spec.identities.towns import drawn


NOW = datetime(2026, 4, 7, 8, 40, tzinfo=LONDON)
SENDS_ENDS = frozenset({"police"})


def at(written: str) -> datetime:
    return (
        datetime.fromisoformat(written)
        .replace(tzinfo=LONDON)
        .astimezone(london_midnight(date(2026, 1, 1)).tzinfo)
    )


def recorded(table: str) -> list[Recorded]:
    """id | kind | when, and any of agency (police), until (a moment, or the last day), says (category), outcome, gone and back (what an
    interview says), hours (missing, as a detail)."""
    return [_recorded(row) for row in drawn(table)]


def _recorded(row: dict[str, str]) -> Recorded:
    is_day = len(row["when"]) == 10
    first, ended = at(row["when"]), row.get("until", "")
    until = _day_after(row["when"]) if is_day else first + timedelta(minutes=1)
    if ended:
        until = _day_after(ended) if len(ended) == 10 else at(ended)
    words = (("missing_from", "gone"), ("missing_to", "back"), ("hours_missing", "hours"))
    details = {key: row[word] for key, word in words if row.get(word)}
    return Recorded(
        row["id"], row["kind"], row.get("agency") or "police", first, until, "day" if is_day else "minute",
        category=row.get("says", ""), outcome=row.get("outcome", ""), details=details,
        until_precision="" if not ended else "day" if len(ended) == 10 else "minute",
    )  # fmt: skip


def _day_after(day: str) -> datetime:
    return london_midnight(date.fromisoformat(day) + timedelta(days=1))


def told(table: str, ends_sent_by: frozenset[str] = SENDS_ENDS) -> list[Episode]:
    return list(episodes(recorded(table), ends_sent_by=ends_sent_by, stated=stated(), now=NOW))


def in_short(one: Episode) -> tuple[str, str, str, str]:
    """The first report, the state, how the end is known, and the earliest time of coming back."""
    end = one.end
    back = end.from_at.astimezone(LONDON).strftime("%d %H:%M") if end and end.from_at else ""
    return one.since.record_id, one.state, end.how if end else "", back


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            """
            id | kind    | when
            r1 | missing | 2026-04-06 21:00
            """,
            [("r1", "missing", "", "")],
        ),
        (
            """
            id | kind    | when
            r1 | missing | 2026-04-05 21:00
            f1 | found   | 2026-04-06 07:30
            """,
            [("r1", "back", "found", "06 07:30")],
        ),
        (
            """
            id | kind    | when
            f0 | found   | 2026-04-05 20:00
            r1 | missing | 2026-04-05 21:00
            """,
            [("r1", "missing", "", "")],
        ),
        (
            """
            id | kind    | when             | says
            r1 | missing | 2026-04-05 21:00 | Missing 13 hours
            """,
            [("r1", "back", "hours", "06 10:00")],
        ),
        (
            """
            id | kind    | when             | until
            r1 | missing | 2026-04-05 21:00 | 2026-04-06 06:15
            """,
            [("r1", "back", "said", "06 06:15")],
        ),
        (
            """
            id | kind             | when             | gone             | back
            r1 | missing          | 2026-04-03 21:00 |                  |
            i1 | return_interview | 2026-04-06       | 03/04/2026 21:00 | 04/04/2026 09:00
            """,
            [("r1", "back", "by_interview", "04 09:00")],
        ),
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-04-03 21:00 |
            i1 | return_interview | 2026-04-06       | Held
            """,
            [("r1", "back", "by_interview", "")],
        ),
        (
            """
            id | kind    | when
            r1 | missing | 2026-04-03 21:00
            r2 | missing | 2026-04-06 21:00
            """,
            [("r1", "back", "reported_anew", ""), ("r2", "missing", "", "")],
        ),
        (
            """
            id | kind    | when
            r1 | missing | 2026-03-01 21:00
            r2 | missing | 2026-04-06 21:00
            f2 | found   | 2026-04-07 02:00
            """,
            [("r1", "back", "reported_anew", ""), ("r2", "back", "found", "07 02:00")],
        ),
        (
            """
            id | kind    | when             | agency
            r1 | missing | 2026-04-06 20:00 | police
            r2 | missing | 2026-04-06 22:00 | charity
            """,
            [("r1", "missing", "", "")],
        ),
        (
            """
            id | kind    | when             | agency
            r1 | missing | 2026-04-01 20:00 | police
            f1 | found   | 2026-04-01 23:00 | police
            r2 | missing | 2026-04-02 22:00 | charity
            """,
            [("r1", "back", "found", "01 23:00"), ("r2", "end_not_received", "", "")],
        ),
    ],
    ids=[
        "nobody says that the child is back", "found", "found before is not found after", "for so many hours", "until", "an interview says until when",
        "an interview was held", "reported anew", "each report has its own end", "another agency reports the same", "another agency reports the next",
    ],
)  # fmt: skip
def test_an_episode_ends_when_a_record_says_so_and_not_before(
    table: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert [in_short(one) for one in told(table)] == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            """
            id | kind    | when
            r1 | missing | 2026-04-04 20:00
            f1 | found   | 2026-04-06
            r2 | missing | 2026-04-06 22:00
            """,
            [("r1", "back", "found", "06 00:00"), ("r2", "missing", "", "")],
        ),
        (
            """
            id | kind    | when             | agency
            r1 | missing | 2026-04-04 20:00 | police
            f1 | found   | 2026-04-06       | police
            f2 | found   | 2026-04-06       | charity
            r2 | missing | 2026-04-06 22:00 | police
            """,
            [("r1", "back", "found", "06 00:00"), ("r2", "missing", "", "")],
        ),
        (
            """
            id | kind    | when             | agency
            r1 | missing | 2026-04-05 20:00 | police
            f1 | found   | 2026-04-06       | police
            r2 | missing | 2026-04-06 22:00 | charity
            """,
            [("r1", "back", "found", "06 00:00"), ("r2", "end_not_received", "", "")],
        ),
        (
            """
            id | kind    | when
            r1 | missing | 2026-04-04 20:00
            f1 | found   | 2026-04-05 10:00
            r2 | missing | 2026-04-06 18:00
            f2 | found   | 2026-04-06
            """,
            [("r1", "back", "found", "05 10:00"), ("r2", "back", "found", "06 18:00")],
        ),
        (
            """
            id | kind             | when             | gone       | back
            r1 | missing          | 2026-04-06 08:00 |            |
            r2 | missing          | 2026-04-06 20:00 |            |
            i1 | return_interview | 2026-04-07       | 2026-04-06 | 2026-04-06
            """,
            [("r1", "back", "by_interview", "06 08:00"), ("r2", "missing", "", "")],
        ),
        (
            """
            id | kind             | when             | gone       | back
            r1 | missing          | 2026-04-06 08:00 |            |
            f1 | found            | 2026-04-06 12:00 |            |
            r2 | missing          | 2026-04-06 20:00 |            |
            i1 | return_interview | 2026-04-07       | 2026-04-06 | 2026-04-06
            """,
            [("r1", "back", "found", "06 12:00"), ("r2", "missing", "", "")],
        ),
        (
            """
            id | kind             | when             | gone             | back
            r1 | missing          | 2026-04-06 08:00 |                  |
            r2 | missing          | 2026-04-06 20:00 |                  |
            i1 | return_interview | 2026-04-07       | 2026-04-06 19:50 | 2026-04-06 23:00
            """,
            [("r1", "back", "reported_anew", ""), ("r2", "back", "by_interview", "06 23:00")],
        ),
        (
            """
            id | kind    | when             | agency
            r1 | missing | 2026-04-06       | charity
            r2 | missing | 2026-04-06       | police
            f1 | found   | 2026-04-06       | police
            """,
            [("r1", "back", "found", "06 00:00")],
        ),
    ],
    ids=[
        "found on a day, gone again that evening", "two agencies tell of that find", "another agency says that the child went again", "the earlier was over before",
        "an interview says the day of both", "an interview about one that was found", "an interview says the hour", "all on one day, of two agencies",
    ],
)  # fmt: skip
def test_one_record_ends_one_episode_the_earliest_that_it_fits(
    table: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert [in_short(one) for one in told(table)] == expected


@pytest.mark.parametrize(
    ("says", "hours", "state"),
    [
        ("Missing 13 hours", "", "back"),
        ("missing for 2.5 hrs", "", "back"),
        ("Medium", "13", "back"),
        ("Medium", "13 hours", "back"),
        ("High risk - review within 2 hours", "", "missing"),
        ("Respond within 1 hour", "", "missing"),
        ("Over 72 hours", "", "missing"),
        ("Missing over 2 hours", "", "missing"),
        ("Missing less than 24 hours", "", "missing"),
        ("Missing 2-4 hours", "", "missing"),
        ("Medium", "under 24", "missing"),
        ("Missing 60 hours", "", "missing"),
        ("Medium", "60", "missing"),
    ],
)
def test_only_a_bare_length_of_being_missing_is_an_end_and_only_when_it_has_passed(
    says: str, hours: str, state: str
) -> None:
    (one,) = told(f"""
        id | kind    | when             | says   | hours
        r1 | missing | 2026-04-05 21:00 | {says} | {hours}
    """)
    assert one.state == state


@pytest.mark.parametrize("until", ["2026-04-07 09:00", "2026-04-08", "2026-04-06 21:00"])
def test_what_is_said_to_end_after_now_or_as_it_began_has_not_ended(until: str) -> None:
    (one,) = told(f"""
        id | kind    | when             | until
        r1 | missing | 2026-04-06 21:00 | {until}
    """)
    assert one.state == "missing"


def test_a_band_of_hours_makes_no_night_away() -> None:
    table = """
        child | id | kind    | when             | says                       | agency
        ana   | r1 | missing | 2026-04-01 21:00 | Missing less than 24 hours | charity
        ben   | r2 | missing | 2026-04-01 21:00 | Missing 13 hours           | charity
    """
    assert paired(away(table)) == ()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-04-05 22:00 |
            i1 | return_interview | 2026-04-06       | Offered, not held
            """,
            [("r1", "missing", "")],
        ),
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-04-05 22:00 |
            i1 | return_interview | 2026-04-06       | Cancelled, still missing
            """,
            [("r1", "missing", "")],
        ),
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-04-02 20:00 |
            f1 | found            | 2026-04-03 09:00 |
            r2 | missing          | 2026-04-05 22:00 |
            i1 | return_interview | 2026-04-06       | Held
            """,
            [("r1", "back", "i1"), ("r2", "missing", "")],
        ),
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-04-01 20:00 |
            f1 | found            | 2026-04-02 07:00 |
            i1 | return_interview | 2026-04-04       | Held
            r2 | missing          | 2026-04-04 20:00 |
            f2 | found            | 2026-04-05 08:00 |
            """,
            [("r1", "back", "i1"), ("r2", "back", "")],
        ),
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-04-01 20:00 |
            f1 | found            | 2026-04-02 07:00 |
            i1 | return_interview | 2026-04-03       | Held
            r2 | missing          | 2026-04-03 20:00 |
            f2 | found            | 2026-04-04 08:00 |
            i2 | return_interview | 2026-04-05       | Offered
            i3 | return_interview | 2026-04-06       | Held
            """,
            [("r1", "back", "i1"), ("r2", "back", "i3")],
        ),
        (
            """
            id | kind             | when             | outcome
            r1 | missing          | 2026-01-05 20:00 |
            f1 | found            | 2026-01-06 07:00 |
            r2 | missing          | 2026-04-03 20:00 |
            i2 | return_interview | 2026-04-06       | Held
            """,
            [("r1", "back", ""), ("r2", "back", "i2")],
        ),
    ],
    ids=[
        "offered", "cancelled", "about the one before", "on the day of the next report", "an offer, then held", "none waited for since months",
    ],
)  # fmt: skip
def test_an_interview_that_names_no_time_is_of_one_time_that_was_over_and_ends_another_only_when_held(
    table: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [
        (one.since.record_id, one.state, one.interview.recorded.record_id if one.interview else "")
        for one in told(table)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("since", "until", "back", "precision", "due"),
    [
        ("2026-04-02", "2026-04-02", "02 00:00", "day", "2026-04-05 00:00"),
        ("2026-04-02 21:40", "2026-04-02", "02 21:40", "day", "2026-04-05 21:40"),
        ("2026-04-01 21:40", "2026-04-03", "03 00:00", "day", "2026-04-06 00:00"),
        ("2026-04-01", "2026-04-03", "03 00:00", "day", "2026-04-06 00:00"),
        ("2026-04-01", "2026-04-03 07:15", "03 07:15", "minute", "2026-04-06 07:15"),
        ("2026-03-28", "2026-03-29", "29 00:00", "day", "2026-04-01 01:00"),
    ],
    ids=[
        "one day",
        "an hour and that day",
        "an hour and a day",
        "days",
        "a day and an hour",
        "clocks go forward",
    ],
)
def test_an_end_is_as_exact_as_its_own_words(
    since: str, until: str, back: str, precision: str, due: str
) -> None:
    (one,) = told(f"""
        id | kind    | when    | until
        r1 | missing | {since} | {until}
    """)

    found = interview_due(one, now=NOW, stated=stated())

    assert in_short(one) == ("r1", "back", "said", back)
    assert one.end is not None
    assert one.end.precision == precision
    assert found is not None
    assert (found.due_at, found.is_exact) == (at(due), precision == "minute")


@pytest.mark.parametrize(
    ("since", "until", "nights"),
    [
        ("2026-04-01", "2026-04-04", ["2026-04-01", "2026-04-02", "2026-04-03"]),
        ("2026-04-01 21:40", "2026-04-03", ["2026-04-01", "2026-04-02"]),
        ("2026-04-02", "2026-04-02", []),
    ],
)
def test_who_is_away_by_days_is_surely_away_from_the_end_of_the_first_until_the_last_begins(
    since: str, until: str, nights: list[str]
) -> None:
    found = paired(
        away(f"""
            child | id | kind    | when    | until
            ana   | r1 | missing | {since} | {until}
            ben   | r2 | missing | {since} | {until}
        """)
    )
    assert [str(night.on) for pair in found for night in pair.nights] == nights


def test_where_an_agency_never_sends_ends_the_end_was_not_received_and_nobody_is_called_missing() -> None:
    report = """
        id | kind    | when
        r1 | missing | 2026-04-06 21:00
    """

    assert [one.state for one in told(report, frozenset())] == ["end_not_received"]
    assert [one.state for one in told(report, SENDS_ENDS)] == ["missing"]


def test_an_order_of_records_changes_nothing() -> None:
    table = recorded("""
        id | kind             | when             | gone
        r1 | missing          | 2026-03-20 21:00 |
        f1 | found            | 2026-03-21 05:00 |
        i1 | return_interview | 2026-03-23       | 2026-03-20 21:00
        r2 | missing          | 2026-04-01 22:00 |
        f2 | found            | 2026-04-02 09:00 |
    """)

    forwards, backwards = (
        episodes(some, ends_sent_by=SENDS_ENDS, stated=stated(), now=NOW) for some in (table, table[::-1])
    )

    assert forwards == backwards
    assert [one.interview is not None for one in forwards] == [True, False]


@pytest.mark.parametrize(
    ("came_back", "now", "due", "how"),
    [
        ("2026-04-03 17:00", "2026-04-06 16:59", "2026-04-06 17:00", "due"),
        ("2026-04-03 17:00", "2026-04-06 17:00", "2026-04-06 17:00", "not_recorded"),
        ("2026-03-27 09:00", "2026-03-29 12:00", "2026-03-30 10:00", "due"),
        ("2025-10-24 09:00", "2025-10-25 12:00", "2025-10-27 08:00", "due"),
        ("2026-02-27 20:00", "2026-03-01 12:00", "2026-03-02 20:00", "due"),
        ("2025-12-30 20:00", "2026-01-01 12:00", "2026-01-02 20:00", "due"),
    ],
    ids=[
        "over a weekend",
        "its time is over",
        "clocks go forward",
        "clocks go back",
        "over a month",
        "over a year and a holiday",
    ],
)
def test_an_interview_is_due_72_hours_of_the_clock_after_coming_back(
    came_back: str, now: str, due: str, how: str
) -> None:
    (one,) = told(f"""
        id | kind    | when
        r1 | missing | {at(came_back) - timedelta(hours=9):%Y-%m-%d %H:%M}
        f1 | found   | {came_back}
    """)

    found = interview_due(one, now=at(now), stated=stated())

    assert found is not None
    assert (found.how, found.due_at, found.is_exact) == (how, at(due), True)
    assert one.end is not None
    assert one.end.from_at is not None
    assert found.due_at - one.end.from_at == timedelta(hours=72)


@pytest.mark.parametrize(
    ("came_back", "held", "outcome", "in_time"),
    [
        ("2026-04-03 17:00", "2026-04-06 17:00", "Held", True),
        ("2026-04-03 17:00", "2026-04-06 17:02", "Held", False),
        ("2026-04-03 17:00", "2026-04-05", "Held", True),
        ("2026-04-03 17:00", "2026-04-06", "Held", None),
        ("2026-04-03 17:00", "2026-04-07", "Held", False),
        ("2026-04-03", "2026-04-06 12:00", "Held", None),
        ("2026-04-03", "2026-04-07 00:02", "Held", False),
        ("2026-04-03 17:00", "2026-04-05 12:00", "Refused", True),
        ("2026-04-03 17:00", "2026-04-05 12:00", "Not held", None),
    ],
    ids=[
        "to the minute",
        "just after",
        "on a day before",
        "on the very day, hour not known",
        "on a day after",
        "hour of coming back not known",
        "after every hour of it",
        "refusing is an outcome",
        "not held is none",
    ],
)
def test_it_was_held_in_time_or_late_as_the_clock_says_or_that_is_not_known(
    came_back: str, held: str, outcome: str, in_time: bool | None
) -> None:
    (one,) = told(f"""
        id | kind             | when             | outcome
        r1 | missing          | 2026-04-02 18:00 |
        f1 | found            | {came_back}      |
        i1 | return_interview | {held}           | {outcome}
    """)

    found = interview_due(one, now=NOW + timedelta(days=3), stated=stated())

    assert found is not None
    assert found.in_time is in_time


def test_where_only_the_day_of_coming_back_is_known_the_interview_is_due_from_its_beginning() -> None:
    (one,) = told("""
        id | kind    | when
        r1 | missing | 2026-04-03
        f1 | found   | 2026-04-04
    """)

    found = interview_due(one, now=NOW, stated=stated())

    assert found is not None
    assert (found.due_at, found.is_exact) == (at("2026-04-07 00:00"), False)


def test_where_the_time_of_coming_back_is_not_known_neither_is_when_the_interview_is_due() -> None:
    first, _second = told("""
        id | kind    | when
        r1 | missing | 2026-04-03 21:00
        r2 | missing | 2026-04-05 21:00
    """)

    found = interview_due(first, now=NOW, stated=stated())

    assert found is not None
    assert (found.how, found.due_at) == ("time_not_known", None)


def test_nobody_who_is_missing_is_owed_an_interview_yet() -> None:
    (one,) = told("""
        id | kind    | when
        r1 | missing | 2026-04-06 21:00
    """)
    assert interview_due(one, now=NOW, stated=stated()) is None


@pytest.mark.parametrize(
    ("outcome", "how"),
    [
        ("Held", "held"),
        ("Completed", "held"),
        ("Carried out, no concerns", "held"),
        ("Held, unable to say where she was", "held"),
        ("Offered and completed on 4 April", "held"),
        ("Offered, declined by young person", "refused"),
        ("Refused", "refused"),
        ("Not held", "not_held"),
        ("Not taken up", "not_held"),
        ("Not done", "not_held"),
        ("DNA", "not_held"),
        ("Cancelled, still missing", "not_held"),
        ("Unable to contact", "not_held"),
        ("Has not yet been held", "outcome_not_known"),
        ("To be completed", "outcome_not_known"),
        ("Completed: no", "outcome_not_known"),
        ("Offered", "offered"),
        ("Offered and accepted", "offered"),
        ("", "outcome_not_known"),
        ("No", "outcome_not_known"),
        ("Pending", "outcome_not_known"),
        ("Unknown", "outcome_not_known"),
        ("Awaiting allocation", "outcome_not_known"),
        ("Scheduled for 10 April", "outcome_not_known"),
        ("Unable to", "outcome_not_known"),
    ],
)
def test_an_interview_is_what_its_record_says_and_where_it_says_nothing_that_is_not_known(
    outcome: str, how: str
) -> None:
    (one,) = told(f"""
        id | kind             | when             | outcome
        r1 | missing          | 2026-04-01 21:00 |
        f1 | found            | 2026-04-02 07:00 |
        i1 | return_interview | 2026-04-04       | {outcome}
    """)

    found = interview_due(one, now=NOW, stated=stated())

    assert found is not None
    assert (found.how, found.is_late) == (how, True)
    assert found.is_open is (how not in ("held", "refused"))


def test_an_interview_that_names_its_time_is_of_no_other() -> None:
    first, second = told("""
        id | kind             | when             | gone
        r1 | missing          | 2026-03-20 21:00 |
        f1 | found            | 2026-03-21 07:00 |
        r2 | missing          | 2026-03-22 21:00 |
        f2 | found            | 2026-03-23 07:00 |
        i1 | return_interview | 2026-03-24       | 20/03/2026 21:00
    """)
    assert first.interview is not None
    assert second.interview is None


@pytest.mark.parametrize(
    "written",
    ["2026-03-29 09:30", "2026-03-29T09:30", "29/03/2026 09:30", "29.03.2026 09:30", "29-Mar-2026 09:30"],
)
def test_a_moment_within_a_record_is_read_in_the_ways_that_sources_write_it(written: str) -> None:
    read = said_moment(written)
    assert read is not None
    assert read.from_at == at("2026-03-29 09:30")


@pytest.mark.parametrize("written", ["", None, "soon", "2026-13-01", "31/02/2026"])
def test_what_is_no_moment_is_none(written: object) -> None:
    assert said_moment(written) is None


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        ("2008-04-07", "2008-04-08", False),
        ("2008-04-08", "2008-04-09", True),
        ("2008-01-01", "2009-01-01", True),
        ("2007-01-01", "2008-01-01", False),
    ],
    ids=["eighteen that day", "eighteen the next day", "perhaps under eighteen", "certainly grown up"],
)
def test_whoever_may_have_been_under_18_is_a_child(first: str, until: str, expected: bool) -> None:
    born = date.fromisoformat(first), date.fromisoformat(until)
    assert is_child(born, date(2026, 4, 7)) is expected


def test_whose_birth_is_not_known_is_neither_a_child_nor_grown_up() -> None:
    assert is_child(None, date(2026, 4, 7)) is None


def away(table: str, **more: Any) -> list[Away]:
    """child | id | kind | when, as above: one child's records stand together."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in drawn(table):
        rows.setdefault(row["child"], []).append(row)
    return [
        Away(
            child,
            episodes(map(_recorded, own), ends_sent_by=SENDS_ENDS, stated=stated(), now=NOW),
            **more.get(child, {}),
        )
        for child, own in rows.items()
    ]


def paired(children: list[Away], since: str = "2026-01-01") -> tuple[Pair, ...]:
    return pairs(children, first_on=date.fromisoformat(since), now=NOW, night=stated().night)


@pytest.mark.parametrize(
    ("ana", "ben", "nights"),
    [
        (("04-01 20:00", "04-02 07:00"), ("04-01 23:00", "04-02 02:00"), ["2026-04-01"]),
        (("04-01 20:00", "04-03 07:00"), ("04-01 23:00", "04-03 02:00"), ["2026-04-01", "2026-04-02"]),
        (("04-01 20:00", "04-01 23:00"), ("04-01 23:00", "04-02 02:00"), []),
        (("04-01 20:00", "04-02 02:00"), ("04-02 01:59", "04-02 09:00"), ["2026-04-01"]),
        (("04-01 10:00", "04-01 20:00"), ("04-01 11:00", "04-01 20:30"), []),
        (("04-01 20:00", "04-02 09:00"), ("04-02 06:30", "04-02 12:00"), []),
        (("03-28 23:00", "03-29 05:00"), ("03-29 02:30", "03-29 08:00"), ["2026-03-28"]),
        (("04-01", "04-02"), ("04-01 22:00", "04-02 07:00"), ["2026-04-01"]),
        (("04-01", "04-02"), ("04-01", "04-02"), ["2026-04-01"]),
        (("04-01", "04-02"), ("04-02 01:00", "04-02 07:00"), []),
    ],
    ids=[
        "the same night", "two nights in a row", "one back as the other goes", "a minute", "by day", "in the morning", "the night on which clocks go forward",
        "only the days of one are known", "only the days of both are known", "not surely at the same hours",
    ],
)  # fmt: skip
def test_two_shared_a_night_when_both_were_surely_away_at_the_same_hours_of_it(
    ana: tuple[str, str], ben: tuple[str, str], nights: list[str]
) -> None:
    found = paired(
        away(f"""
            child | id | kind    | when
            ana   | r1 | missing | 2026-{ana[0]}
            ana   | f1 | found   | 2026-{ana[1]}
            ben   | r2 | missing | 2026-{ben[0]}
            ben   | f2 | found   | 2026-{ben[1]}
        """)
    )

    assert [str(night.on) for pair in found for night in pair.nights] == nights
    assert all(pair.times == 1 for pair in found)


def test_who_is_missing_is_away_until_now_and_of_whom_the_end_was_not_received_nothing_is_sure() -> None:
    table = """
        child | id | kind    | when             | agency
        ana   | r1 | missing | 2026-04-06 20:00 | police
        ben   | r2 | missing | 2026-04-06 22:00 | police
        cai   | r3 | missing | 2026-04-06 21:00 | charity
    """

    (pair,) = paired(away(table))

    assert (pair.one, pair.other) == ("ana", "ben")
    assert [(n.from_at, n.until_at) for n in pair.nights] == [
        (at("2026-04-06 22:00"), at("2026-04-07 06:00"))
    ]


def test_nights_in_a_row_are_one_time_and_another_time_is_two() -> None:
    table = """
        child | id | kind    | when
        ana   | r1 | missing | 2026-03-01 20:00
        ana   | f1 | found   | 2026-03-04 07:00
        ana   | r3 | missing | 2026-03-20 20:00
        ana   | f3 | found   | 2026-03-21 07:00
        ben   | r2 | missing | 2026-03-01 22:00
        ben   | f2 | found   | 2026-03-03 07:00
        ben   | r4 | missing | 2026-03-20 22:00
        ben   | f4 | found   | 2026-03-21 07:00
    """

    (both,) = paired(away(table))
    (later,) = paired(away(table), since="2026-03-10")

    assert (both.times, len(both.nights), both.is_once_only) == (2, 3, False)
    assert (later.times, len(later.nights), later.is_once_only) == (1, 1, True)


BOTH_FOUND = """
    child | id | kind    | when
    ana   | r1 | missing | 2026-03-01 20:00
    ana   | f1 | found   | 2026-03-02 07:00
    ben   | r2 | missing | 2026-03-08 22:00
    ben   | f2 | found   | 2026-03-09 07:00
"""


def found_at(key: str, on: str, record: str) -> Place:
    return Place(key, key.title(), "found", date.fromisoformat(on), "police", record)


def test_two_were_found_at_the_same_place_on_other_nights() -> None:
    places = {
        "ana": {"places": (found_at("copper house", "2026-03-02", "f1"),)},
        "ben": {
            "places": (found_at("copper house", "2026-03-09", "f2"), found_at("mill", "2026-03-09", "f2"))
        },
    }

    (pair,) = paired(away(BOTH_FOUND, **places))

    assert pair.nights == ()
    assert [(p.place.key, p.one_on, p.other_on) for p in pair.places] == [
        ("copper house", (date(2026, 3, 2),), (date(2026, 3, 9),))
    ]
    assert pair.last_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("found", "home", "is_pair"),
    [
        ("1 reed close|QX1 1AA", "1 reed close|QX1 1AA", False),
        ("|QX1 1AA", "1 reed close|QX1 1AA", False),
        ("1 reed close|QX1 1AA", "|QX1 1AA", False),
        ("1 reed close|", "1 reed close|QX1 1AA", False),
        ("9 reed close|QX1 1AA", "1 reed close|QX1 1AA", True),
        ("|QX1 1AB", "1 reed close|QX1 1AA", True),
        ("1 reed close|QX9 9ZZ", "1 reed close|QX1 1AA", True),
        ("copper house", "1 reed close|QX1 1AA", True),
    ],
    ids=[
        "the home", "its postcode alone", "of the home only the postcode is known", "no postcode", "next door", "another postcode", "another town", "a name",
    ],
)  # fmt: skip
def test_a_place_that_may_be_the_home_of_one_of_them_ties_nobody(
    found: str, home: str, is_pair: bool
) -> None:
    places = {
        "ana": {"places": (found_at(found, "2026-03-02", "f1"),)},
        "ben": {
            "places": (found_at(found, "2026-03-09", "f2"),),
            "homes": frozenset({"8 elm way|QX7 7AA", home}),
        },
    }
    assert bool(paired(away(BOTH_FOUND, **places))) is is_pair


def test_who_has_a_part_in_the_others_record_is_a_pair_whichever_record_it_is() -> None:
    with_whom = {"ben": {"with_whom": {"ana": (date(2026, 3, 8),), "zoe": (date(2026, 3, 8),)}}}

    (pair,) = paired(away(BOTH_FOUND, **with_whom))

    assert (pair.one, pair.other, pair.recorded_on, pair.is_once_only) == (
        "ana",
        "ben",
        (date(2026, 3, 8),),
        False,
    )


def test_the_clock_names_its_source_and_every_number_of_days_its_reason() -> None:
    assert "Statutory guidance" in stated().interview.source
    assert stated().interview.lasts == timedelta(hours=72)
    assert set(stated().days) >= {"back", "end_not_received", "together", "before", "copies"}
    assert set(stated().interview_words) == {
        rules.HELD,
        rules.REFUSED,
        rules.NOT_HELD,
        rules.OFFERED,
        rules.OUTCOME_NOT_KNOWN,
    }
