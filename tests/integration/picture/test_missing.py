"""The screen of missing children: whom it lists, what it leaves out, who sees what of it, and what people check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities.models import PersonAssignment
from engage.picture.actions import Note, record_by_hand
from engage.picture.missing import actions, queries
from engage.picture.missing.actions import Checked, CheckRefused
from engage.picture.missing.back import waiting
from engage.picture.missing.queries import EpisodeNotShown
from engage.picture.missing.screen import Listed, Returned, Screen
from engage.picture.models import MissingCheck
from engage.picture.seeing import sight
from engage.records.actions import withdraw_by_hand
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened, Precision
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
See = Callable[..., Viewing]
REPORT = "zz:police:events:m1"


@pytest.fixture
def town(world: World) -> Build:
    """Ana is missing; Ben is back; Cai was reported by an agency that sends no ends; Dan is grown up; nobody knows how old Eve is;
    Fay's report is guarded by the police; Gil was with Ana."""
    world.people("""
        id | agency             | person | name        | born       | address      | postcode | phone       | handling
        ---+--------------------+--------+-------------+------------+--------------+----------+-------------+---------
        1  | police             | ANA    | Ana Petal   | 2010-03-01 | 1 Reed Close | QX1 1AA  | 07000123456 |
        2  | childrens_services | ANA    | Ana Petal   | 2010-03-01 |              |          |             |
        3  | police             | BEN    | Ben Reed    | 2011-05-02 |              |          |             |
        4  | charity            | CAI    | Cai Oakley  | 2012-01-01 |              |          |             |
        5  | police             | DAN    | Dan Grown   | 1990-01-01 |              |          |             |
        6  | police             | EVE    | Eve Ageless |            |              |          |             |
        7  | police             | FAY    | Fay Hidden  | 2010-01-01 |              |          |             | C
        8  | police             | GIL    | Gil Tarrant | 1998-01-01 |              |          |             |
    """)
    world.events("""
        id | agency             | who                              | kind             | category | when             | text          | place        | grid          | plate    | handling | received
        ---+--------------------+----------------------------------+------------------+----------+------------------+---------------+--------------+---------------+----------+----------+-----------
        m0 | police             | police/1 missing person          | missing          | Low      | 2026-03-10 21:00 |               |              |               |          |          | 2026-03-11
        f0 | police             | police/1 missing person, police/8 found with, police/3 companion | found | Located | 2026-03-11 06:00 |    | Copper House | 500000 400000 | QQ58 RDP |          | 2026-03-11
        m1 | police             | police/1 missing person          | missing          | Medium   | 2026-04-05 20:00 | words-of-m1   |              |               |          |          | 2026-04-06
        m2 | police             | police/3 missing person          | missing          | Low      | 2026-03-10 22:00 |               |              |               |          |          | 2026-03-11
        f2 | police             | police/3 missing person          | found            | Located  | 2026-03-11 05:30 |               | Copper House | 500000 400000 |          |          | 2026-03-11
        m3 | police             | police/3 missing person          | missing          | Low      | 2026-04-03 21:00 |               |              |               |          |          | 2026-04-04
        f3 | police             | police/3 missing person          | found            | Returned | 2026-04-04 09:00 |               |              |               |          |          | 2026-04-05
        m4 | charity            | charity/4 young person           | missing          |          | 2026-04-02       |               |              |               |          |          | 2026-04-03
        m5 | police             | police/5 missing person          | missing          | High     | 2026-04-05 20:00 |               |              |               |          |          | 2026-04-06
        m6 | police             | police/6 missing person          | missing          | High     | 2026-04-06 01:00 |               |              |               |          |          | 2026-04-06
        m7 | police             | police/7 missing person, police/1 companion | missing | High   | 2026-04-05 20:30 | words-of-m7   |              |               |          | C        | 2026-04-06
    """)
    return world.served()


def names(listed: tuple[Listed | Returned, ...]) -> list[str]:
    return [one.name for one in listed]


def screen(build: Build, viewing: Viewing, **more: str) -> Screen:
    return queries.screen(viewing=viewing, build=build, **more)


def test_who_is_missing_who_is_back_and_of_whom_the_end_was_not_received(town: Build, viewing: See) -> None:
    shown = screen(town, viewing())

    assert names(shown.missing) == ["Ana Petal", "Eve Ageless"]
    assert names(shown.back) == ["Ben Reed"]
    assert names(shown.unended) == ["Cai Oakley"]
    assert [one.ages for one in shown.missing] == [((16, 16),), ()]


def test_what_stood_around_a_child_before(town: Build, viewing: See) -> None:
    ana = screen(town, viewing()).missing[0]

    assert [(p.label, p.how, p.on, p.easting, p.northing) for p in ana.places] == [
        ("Copper House", "found", date(2026, 3, 11), 500000, 400000)
    ]
    assert [(w.name, w.roles) for w in ana.company] == [
        ("Ben Reed", ("companion",)),
        ("Gil Tarrant", ("found with",)),
    ]
    assert [t.label for t in ana.vehicles] == ["QQ58 RDP"]
    assert [t.label for t in ana.phones] == ["07000123456"]
    assert ana.homes == ("1 Reed Close, QX1 1AA",)
    assert ana.told == (("police", "words-of-m1"),)
    assert [e.since.record_id for e in ana.earlier] == ["zz:police:events:m0"]
    assert ana.known_to == ("childrens_services", "police")


def test_what_is_guarded_leaks_by_no_name_number_or_pair(town: Build, viewing: See) -> None:
    worker, detective = screen(town, viewing()), screen(town, viewing("detective", "police"))

    assert "Fay Hidden" in names(detective.missing)
    assert ("ANA", "FAY") in {
        (p.one, p.other) for p in (*detective.together.pairs, *detective.together.chance)
    }
    assert "Fay Hidden" not in repr(worker)
    assert "FAY" not in repr(worker)
    assert "m7" not in repr(worker)
    subjects = AuditEvent.objects.order_by("pk").values_list("subject", flat=True)
    assert ["FAY" in subject for subject in subjects] == [False, True]


@pytest.mark.parametrize(
    ("role", "agency", "purpose", "sees"),
    [
        ("social_worker", "childrens_services", "safeguarding_child", True),
        ("missing_coordinator", "police", "missing_response", True),
        ("information_governance", "childrens_services", "audit", False),
        ("operator", "", "missing_response", False),
    ],
)
def test_a_role_that_may_see_no_report_is_told_so_and_shown_nobody(
    town: Build, viewing: See, role: str, agency: str, purpose: str, sees: bool
) -> None:
    shown = screen(town, viewing(role, agency, purpose=purpose))

    assert shown.sees_reports is sees
    assert bool(shown.person_ids) is sees
    assert bool(shown.together.names) is sees


def test_the_words_of_a_report_are_withheld_from_who_may_not_read_them(town: Build, viewing: See) -> None:
    ana = screen(town, viewing("business_support", "childrens_services")).missing
    assert "words-of-m1" not in repr(ana)


def test_as_known_on_a_day_only_what_was_received_by_then(town: Build, viewing: See) -> None:
    early = screen(town, viewing(as_of=date(2026, 4, 4)))

    assert names(early.missing) == ["Ben Reed"]
    assert early.now == datetime(2026, 4, 4, 23, tzinfo=UTC)
    assert screen(town, viewing(as_of=date(2026, 3, 10))).person_ids == frozenset()


def test_who_was_missing_together_by_nights_places_and_records(town: Build, viewing: See) -> None:
    made = queries.together(viewing=viewing(), build=town, days=90)

    (pair,) = [p for p in made.pairs if (p.one, p.other) == ("ANA", "BEN")]
    assert [night.on for night in pair.nights] == [date(2026, 3, 10)]
    assert [shared.place.label for shared in pair.places] == ["Copper House"]
    assert pair.recorded_on == (date(2026, 3, 11),)
    assert [(p.one, p.other) for p in made.chance] == [("ANA", "EVE")]
    assert [p for p in queries.together(viewing=viewing(), build=town, days=14).pairs if p.one == "ANA"] == []


def test_the_order_is_one_fact_that_the_reader_picks(town: Build, viewing: See) -> None:
    orders = {
        code: names(screen(town, viewing(), order=code).missing)
        for code in ("since", "age", "agencies", "name", "risk")
    }

    assert orders["since"] == orders["age"] == orders["agencies"] == ["Ana Petal", "Eve Ageless"]
    assert orders["risk"] == orders["since"]
    assert screen(town, viewing(), order="risk").order == "since"


def test_a_judgement_since_the_build_moves_the_report_to_whoever_the_record_is_now(
    town: Build, viewing: See
) -> None:
    PersonAssignment.objects.create(
        record_id="zz:police:persons:1", person_id="CAI", assigned_at=NOW, build_id="", cause="judgement"
    )

    shown = screen(town, viewing())

    assert [one.person_id for one in shown.missing] == ["CAI", "EVE"]


def test_every_look_is_written_down(town: Build, viewing: See) -> None:
    screen(town, viewing())
    queries.together(viewing=viewing(), build=town)
    queries.episode(viewing=viewing(), build=town, report=REPORT)
    with pytest.raises(EpisodeNotShown):
        queries.episode(viewing=viewing(), build=town, report="zz:police:events:m7")

    rows = AuditEvent.objects.order_by("pk").values_list("action", "subject", "decision")
    assert list(rows) == [
        ("missing.view", "ANA,BEN,CAI,EVE", "allow"),
        ("missing.together", "ANA,BEN,EVE", "allow"),
        ("missing.episode", "ANA", "allow"),
        ("missing.episode", "zz:police:events:m7", "nothing"),
    ]


RANG = Checked("phone", "07000123456", "no_answer", datetime(2026, 4, 6, 22, tzinfo=UTC), "Rang twice.")


def test_a_check_stands_at_once_with_who_and_when_and_is_written_down(town: Build, viewing: See) -> None:
    number = actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=RANG)

    (check,) = screen(town, viewing("detective", "police")).missing[0].checks
    assert (check.number, check.what, check.subject, check.result) == (
        number,
        "phone",
        "07000123456",
        "no_answer",
    )
    assert (check.agency, check.by, check.at) == ("childrens_services", "Social Worker", RANG.at)
    assert (
        AuditEvent.objects.filter(action="missing.checked", subject="ANA", decision="recorded").count() == 1
    )


def test_a_check_of_an_episode_is_not_one_of_another(town: Build, viewing: See) -> None:
    actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=RANG)

    shown = screen(town, viewing())

    assert [len(one.checks) for one in (*shown.missing, *shown.unended)] == [1, 0, 0]


def test_what_was_checked_when_the_child_was_missing_before_stays_with_the_child(
    town: Build, world: World, viewing: See
) -> None:
    of_ben = {"viewing": viewing(), "build": town, "report": "zz:police:events:m3"}
    actions.record_check(checked=replace(RANG, subject="1 Mill Lane", what="address"), **of_ben)
    _by_hand(town, world, viewing("detective", "police"), "missing", datetime(2026, 4, 6, 20, tzinfo=UTC))

    ben = screen(town, viewing("detective", "police")).missing[-1]

    assert (ben.name, ben.checks) == ("Ben Reed", ())
    assert [(one.subject, one.at) for one in ben.earlier_checks] == [("1 Mill Lane", RANG.at)]
    hidden = screen(town, viewing("information_governance", "childrens_services", purpose="audit"))
    assert "1 Mill Lane" not in repr(hidden)


def test_a_check_is_shown_to_no_role_that_may_not_see_its_agencys_events(town: Build, viewing: See) -> None:
    actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=RANG)

    shown = screen(town, viewing("information_governance", "childrens_services", purpose="audit"))

    assert "Rang twice." not in repr(shown)


def test_a_check_is_struck_with_a_reason_and_never_deleted(town: Build, viewing: See) -> None:
    number = actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=RANG)

    actions.strike_check(viewing=viewing(), build=town, report=REPORT, number=number, reason="Wrong number")

    (check,) = screen(town, viewing()).missing[0].checks
    assert (check.is_struck, check.struck_reason) == (True, "Wrong number")
    assert MissingCheck.objects.count() == 1
    assert AuditEvent.objects.filter(action="missing.check_struck", subject="ANA").count() == 1
    with pytest.raises(CheckRefused):
        actions.strike_check(viewing=viewing(), build=town, report=REPORT, number=number, reason="Again")


def test_what_is_struck_already_is_not_struck_again_from_a_day_on_which_it_stood(
    town: Build, viewing: See
) -> None:
    of_ben = {"build": town, "report": "zz:police:events:m3"}
    then = datetime(2026, 4, 4, 12, tzinfo=UTC)
    number = actions.record_check(viewing=viewing(at=then), checked=replace(RANG, at=then), **of_ben)
    actions.strike_check(viewing=viewing(), number=number, reason="Wrong number", **of_ben)

    with pytest.raises(CheckRefused):
        actions.strike_check(viewing=viewing(as_of=date(2026, 4, 4)), number=number, reason="Again", **of_ben)

    assert MissingCheck.objects.get().struck_reason == "Wrong number"
    assert AuditEvent.objects.filter(action="missing.check_struck").count() == 1


@pytest.mark.parametrize("who", [("detective", "police"), ("nurse", "health")])
def test_another_agencys_check_is_struck_by_nobody_else(
    town: Build, viewing: See, who: tuple[str, str]
) -> None:
    number = actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=RANG)

    with pytest.raises(CheckRefused):
        actions.strike_check(
            viewing=viewing(*who), build=town, report=REPORT, number=number, reason="Not ours"
        )

    assert MissingCheck.objects.get().struck_at is None


def test_who_may_not_record_may_not_check_and_who_may_not_see_finds_nothing_to_check(
    town: Build, viewing: See
) -> None:
    with pytest.raises(MayNotDo):
        actions.record_check(viewing=viewing("analyst", "police"), build=town, report=REPORT, checked=RANG)
    with pytest.raises(EpisodeNotShown):
        actions.record_check(viewing=viewing(), build=town, report="zz:police:events:m7", checked=RANG)
    assert not MissingCheck.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"what": "gut"}, {"result": "maybe"}, {"subject": "  "}, {"at": datetime(2026, 4, 8, tzinfo=UTC)}],
    ids=["what", "result", "which", "yet to come"],
)
def test_a_check_that_says_too_little_or_lies_ahead_is_refused(
    town: Build, viewing: See, wrong: dict[str, object]
) -> None:
    with pytest.raises(CheckRefused):
        actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=replace(RANG, **wrong))
    assert not MissingCheck.objects.exists()


def _strike_twice(number: int) -> None:
    for reason in ("once", "twice"):
        MissingCheck.objects.filter(pk=number).update(struck_at=NOW, struck_by="me", struck_reason=reason)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change",
    [
        lambda number: MissingCheck.objects.filter(pk=number).update(result="found"),
        lambda number: MissingCheck.objects.filter(pk=number).delete(),
        _strike_twice,
    ],
    ids=["changed", "deleted", "struck twice"],
)
def test_the_database_keeps_what_was_checked(
    town: Build, viewing: See, change: Callable[[int], object]
) -> None:
    number = actions.record_check(viewing=viewing(), build=town, report=REPORT, checked=RANG)

    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        change(number)

    kept = MissingCheck.objects.get()
    assert (kept.result, kept.struck_reason) == ("no_answer", "")


def test_what_is_not_in_the_log_is_not_done(
    town: Build, viewing: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_row: object) -> None:
        raise DatabaseError

    ready = viewing()
    monkeypatch.setattr("engage.governance.audit._append", broken)

    with pytest.raises(Exception, match="could not be written in the log"):
        screen(town, ready)
    with pytest.raises(Exception, match="could not be written in the log"):
        actions.record_check(viewing=ready, build=town, report=REPORT, checked=RANG)
    assert not MissingCheck.objects.exists()


def _by_hand(build: Build, world: World, viewing: Viewing, kind: str, at: datetime) -> int:
    happened = Happened(at, at + timedelta(minutes=1), Precision.MINUTE)
    note = Note(kind, "Written by hand", "words by hand", happened, "6/4/2026")
    return record_by_hand(viewing=viewing, build=build, area=world.area, person_id="BEN", note=note)


def test_what_is_recorded_by_hand_stands_at_once_and_no_more_when_it_is_withdrawn(
    town: Build, world: World, viewing: See
) -> None:
    worker = viewing("detective", "police")
    _by_hand(town, world, worker, "missing", datetime(2026, 4, 6, 20, tzinfo=UTC))

    assert names(screen(town, viewing()).missing) == ["Ana Petal", "Eve Ageless", "Ben Reed"]

    assert screen(town, viewing()).missing[-1].told == (("police", "words by hand"),)
    assert screen(town, viewing("business_support", "childrens_services")).missing[-1].told == ()

    entry = _by_hand(town, world, worker, "found", datetime(2026, 4, 7, 5, tzinfo=UTC))
    back = screen(town, viewing())
    assert names(back.missing) == ["Ana Petal", "Eve Ageless"]
    (ben,) = (one for one in back.back if one.person_id == "BEN" and not one.is_again)
    assert (ben.interview.how, ben.interview.due_at) == ("due", datetime(2026, 4, 10, 5, tzinfo=UTC))

    withdraw_by_hand(viewing=worker, entry=entry, reason="It was her sister.")
    assert names(screen(town, viewing()).missing) == ["Ana Petal", "Eve Ageless", "Ben Reed"]


def test_every_return_of_the_last_days_is_listed_with_its_own_interview(world: World, viewing: See) -> None:
    world.people("""
        id | agency | person | name      | born
        1  | police | ANA    | Ana Petal | 2010-03-01
    """)
    world.events("""
        id | agency | who                     | kind             | outcome   | when             | received
        m0 | police | police/1 missing person | missing          |           | 2026-03-01 20:00 | 2026-03-02
        f0 | police | police/1 missing person | found            |           | 2026-03-02 06:00 | 2026-03-02
        m1 | police | police/1 missing person | missing          |           | 2026-03-29 20:00 | 2026-03-30
        f1 | police | police/1 missing person | found            |           | 2026-03-30 06:00 | 2026-03-30
        m2 | police | police/1 missing person | missing          |           | 2026-03-31 20:00 | 2026-04-01
        f2 | police | police/1 missing person | found            |           | 2026-04-01 06:00 | 2026-04-01
        i2 | police | police/1 missing person | return_interview | Completed | 2026-04-02 10:00 | 2026-04-02
        m3 | police | police/1 missing person | missing          |           | 2026-04-03 20:00 | 2026-04-04
        f3 | police | police/1 missing person | found            |           | 2026-04-05 06:00 | 2026-04-05
        i3 | police | police/1 missing person | return_interview | Cancelled | 2026-04-05 10:00 | 2026-04-05
        m4 | police | police/1 missing person | missing          |           | 2026-04-05 20:00 | 2026-04-06
    """)

    shown = screen(world.served(), viewing())

    assert names(shown.missing) == ["Ana Petal"]
    assert [
        (one.episode.since.record_id[-2:], one.interview.how, one.interview.is_late) for one in shown.back
    ] == [
        ("m1", "not_recorded", True),
        ("m3", "not_held", False),
        ("m2", "held", True),
    ]
    assert {one.is_again for one in shown.back} == {True}


@pytest.mark.parametrize(("until", "pairs"), [("2026-03-20", 0), ("", 0), ("elsewhere", 1)])
def test_who_was_found_where_either_lived_at_any_time_was_at_home(
    world: World, viewing: See, until: str, pairs: int
) -> None:
    home = "8 Elm Way" if until == "elsewhere" else "1 Reed Close"
    ended = until if until != "elsewhere" else ""
    world.people(f"""
        id | agency             | person | name      | born       | address | postcode | until
        1  | police             | ANA    | Ana Petal | 2010-03-01 |         |          |
        2  | childrens_services | ANA    | Ana Petal | 2010-03-01 | {home}  | QX1 1AA  | {ended}
        3  | police             | BEN    | Ben Reed  | 2011-05-02 |         |          |
    """)
    world.events("""
        id | agency | who                     | kind    | when             | place | received
        m0 | police | police/1 missing person | missing | 2026-03-01 21:00 |       | 2026-03-02
        f0 | police | police/1 missing person | found   | 2026-03-02 06:00 | home  | 2026-03-02
        m2 | police | police/3 missing person | missing | 2026-03-10 22:00 |       | 2026-03-11
        f2 | police | police/3 missing person | found   | 2026-03-11 05:30 | home  | 2026-03-11
    """)
    for place in world.rows["location"]:
        if place.pop("name", None):
            place.update(address="1 Reed Close", address_key="1 reed close", postcode="QX1 1AA")

    made = queries.together(viewing=viewing(), build=world.served(), days=90)

    assert len(made.pairs) == pairs


def test_whose_interview_is_waited_for_is_told_alike_from_the_records_of_the_last_days(
    town: Build, viewing: See
) -> None:
    for role, agency in (("detective", "police"), ("missing_coordinator", "police"), ("nurse", "health")):
        for days in (0, 2, 5):
            see = sight(viewing(role=role, agency=agency, at=NOW - timedelta(days=days)), town)
            back = queries.screen(viewing=see.viewing, build=town).back
            assert waiting(see).back == tuple(one for one in back if one.interview.is_open)
