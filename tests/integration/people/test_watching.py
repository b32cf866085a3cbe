"""A watch tells its owner what arrived, all of it, once, and nothing that the owner may not see; it follows a person, and it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engage.governance.models import AuditEvent, SafeguardingReason
from engage.governance.queries import MayNotDo, MayNotSee
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.picture import actions, queries
from engage.picture.models import Watch
from engage.picture.queries import PersonNotShown
from engage.picture.watching import names, people, texts, things, unpeopled
from engage.picture.watching.deciding import WatchRefused
from engage.picture.watching.rules import Watched, WatchShown, last_end, may_be, normal
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import whole_day
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
FIRST, THEN = date(2026, 3, 1), date(2026, 4, 6)
TODAY = date(2026, 4, 7)
PEOPLE = """
    id | agency             | person | name       | born       | address      | postcode | phone       | cohort   | handling | sensitivity
    ---+--------------------+--------+------------+------------+--------------+----------+-------------+----------+----------+------------------
    1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 1 Reed Close | QX1 1AA  |             | case     |          |
    2  | police             | ANA    | Anna Petal | 2010-03-01 |              |          | 07000123456 | case     |          |
    3  | education          | ANA    | Ana Petal  | 2010-03-01 |              |          |             | register |          |
    5  | police             | BEN    | Ben Reed   |            |              |          |             | case     |          |
    8  | police             | ZOE    | Zoe Hidden | 2009-09-09 |              |          |             | case     | C        |
    9  | education          | DEE    | Dee Ashby  | 2011-05-02 |              |          |             | register |          |
"""
EVENTS = """
    id | agency             | who                        | kind         | title      | when       | received   | handling | place      | plate   | text
    ---+--------------------+----------------------------+--------------+------------+------------+------------+----------+------------+---------+-----
    o1 | police             | police/2 subject           | missing      | Not home   | 2026-01-02 | 2026-03-01 |          | Weir Hotel | AB12CDE | old
"""
ARRIVED = """
    id | agency             | who                               | kind         | title     | when       | received   | handling | place      | plate   | cohort   | sensitivity
    ---+--------------------+-----------------------------------+--------------+-----------+------------+------------+----------+------------+---------+----------+------------------
    n1 | police             | police/2 subject                  | crime        | Theft     | 2026-03-09 | 2026-03-10 |          | Weir Hotel | AB12CDE |          |
    n2 | police             | police/2 subject, police/5 friend | intelligence | Guarded   | 2026-03-11 | 2026-03-12 | C        | Weir Hotel | AB12CDE |          |
    n3 | childrens_services | childrens_services/1 child        | contact      | Rang      | 2026-03-13 | 2026-03-14 |          |            |         |          |
    n4 | police             | police/8 subject                  | crime        | Unseen    | 2026-03-15 | 2026-03-16 | C        | Weir Hotel | AB12CDE |          |
    n5 | education          | education/3 pupil                 | absence      | Spring    | 2026-03-17 | 2026-03-18 |          |            |         | register |
"""


@pytest.fixture
def town(world: World) -> World:
    world.people(PEOPLE).events(EVENTS).served(FIRST)
    return world


def begin(town: World, who: Viewing, kind: str, key: str, until: date = TODAY) -> int:
    watched = Watched(kind, key)
    build = town.warehouse.current()
    return actions.watch(
        viewing=who, build=build, area=town.area, watched=watched, why="Worried", until=until
    )


def shown(town: World, who: Viewing) -> list[WatchShown]:
    build = town.warehouse.current()
    return list(queries.watches(viewing=replace(who, as_of=build.info.as_of), build=build))


def told(town: World, who: Viewing) -> set[tuple[str, ...]]:
    """Person, table, what, agency and day of all that the viewer is told."""
    return {(a.person_id, a.table, a.what, a.agency, a.day) for w in shown(town, who) for a in w.news}


def arrived(town: World, build_id: str = "b2") -> None:
    town.events(ARRIVED).served(THEN, build_id=build_id)


def see(town: World, who: Viewing, watch: WatchShown, **changed: str) -> None:
    build = town.warehouse.current()
    at = replace(who, as_of=build.info.as_of)
    actions.take_as_seen(
        viewing=at, build=build, number=watch.number, state=changed.get("state", watch.state)
    )


THEFT = {("ANA", "event", "crime", "police", "2026-03-10"), ("ANA", "tie", "place", "police", "2026-03-10"), ("ANA", "tie", "vehicle", "police", "2026-03-10")}  # fmt: skip
CONTACT = {("ANA", "event", "contact", "childrens_services", "2026-03-14")}
GUARDED = {("ANA", "event", "intelligence", "police", "2026-03-12"), ("ANA", "tie", "place", "police", "2026-03-12"), ("ANA", "tie", "vehicle", "police", "2026-03-12")}  # fmt: skip
ABSENCE = {("ANA", "event", "absence", "education", "2026-03-18")}


def test_what_was_known_is_not_new_and_what_arrives_is_told_once(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    assert told(town, mara) == set()

    arrived(town)
    assert told(town, mara) == THEFT | CONTACT | ABSENCE

    see(town, mara, shown(town, mara)[0])
    assert told(town, mara) == set()
    assert told(town, viewing("detective", "police", user_id="idris")) == set()


def test_what_comes_later_on_the_last_day_of_the_build_that_was_seen_is_told(
    town: World, viewing: Maker
) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    town.events("""
        id | agency | who              | kind  | title | when       | received
        ---+--------+------------------+-------+-------+------------+-----------
        s1 | police | police/2 subject | crime | Later | 2026-02-20 | 2026-03-01
    """).served(FIRST, build_id="b2")

    assert told(town, mara) == {("ANA", "event", "crime", "police", "2026-03-01")}


def test_what_is_delivered_late_is_told_although_it_bears_an_earlier_day(town: World, viewing: Maker) -> None:
    idris = viewing("detective", "police", as_of=FIRST)
    for kind, key in (
        ("person", "ANA"),
        ("place", "weir hotel"),
        ("phone", "07000999888"),
        ("name", "Lee Ate"),
    ):
        begin(town, idris, kind, key)
    town.events("""
        id | agency | who              | kind  | title | when       | received   | place
        ---+--------+------------------+-------+-------+------------+------------+------------
        s1 | police | police/2 subject | crime | Late  | 2026-02-10 | 2026-02-11 | Weir Hotel
    """).people("""
        id | agency | person | name    | phone       | received
        ---+--------+--------+---------+-------------+-----------
        20 | police | LEE    | Lee Ate | 07000999888 | 2026-02-11
    """).served(FIRST, build_id="b2")

    day = ("police", "2026-02-11")
    assert {watch.watched.kind: {(a.person_id, a.table, a.agency, a.day) for a in watch.news} for watch in shown(town, idris)} == {
        "person": {("ANA", "event", *day), ("ANA", "tie", *day)},
        "place": {("ANA", "tie", *day)},
        "phone": {("LEE", "tie", *day)},
        "name": {("LEE", "said", *day)},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "agency", "may_see"),
    [
        ("social_worker", "childrens_services", THEFT | CONTACT | ABSENCE),
        ("detective", "police", THEFT | CONTACT | ABSENCE | GUARDED),
        ("parent_liaison", "charity", THEFT | CONTACT | ABSENCE),
    ],
)
def test_what_the_owner_may_not_see_is_neither_told_nor_counted(
    town: World, viewing: Maker, role: str, agency: str, may_see: set[tuple[str, ...]]
) -> None:
    owner = viewing(role, agency, as_of=FIRST)
    begin(town, owner, "person", "ANA")
    arrived(town)

    assert told(town, owner) == may_see
    (watch,) = shown(town, owner)
    assert len(watch.news) == len(may_see)
    build = town.warehouse.current()
    page = queries.person_page(viewing=viewing(role, agency), build=build, area=town.area, person_id="ANA")
    on_page = {("event", e.kind, e.agency, e.received_on.isoformat()) for e in page.entries}
    assert {one[1:] for one in told(town, owner) if one[1] == "event"} <= on_page


def test_for_another_purpose_no_more_is_told_than_it_opens(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    arrived(town)

    assert told(town, replace(mara, purpose="data_quality")) == CONTACT


def test_a_person_of_whom_nothing_may_be_seen_cannot_be_watched(town: World, viewing: Maker) -> None:
    for person in ("DEE", "NOBODY"):
        with pytest.raises(PersonNotShown):
            begin(town, viewing(as_of=FIRST), "person", person)
    assert not Watch.objects.exists()


def test_what_a_lost_reason_opened_is_told_no_more(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    SafeguardingReason.objects.create(
        person_id="DEE", reason="Named", agency="childrens_services", recorded_by=mara.viewer.user_id, recorded_at=NOW
    )  # fmt: skip
    begin(town, mara, "person", "DEE")
    town.events("""
        id | agency    | who               | kind    | title  | when       | received   | cohort
        ---+-----------+-------------------+---------+--------+------------+------------+---------
        d1 | education | education/9 pupil | absence | Spring | 2026-03-17 | 2026-03-18 | register
    """).served(THEN, build_id="b2")
    assert told(town, mara) == {("DEE", "event", "absence", "education", "2026-03-18")}

    SafeguardingReason.objects.update(ended_at=NOW)

    assert told(town, mara) == set()
    assert shown(town, mara)[0].watched.label == ""
    # Nor what becomes of the person: only the id is known that was watched.
    moved(town, "education/9", "EVE", merged="DEE")
    assert shown(town, mara)[0].person_id == "DEE"


def test_places_vehicles_and_phones_tell_of_whom_the_owner_may_see(town: World, viewing: Maker) -> None:
    mara, idris = viewing(as_of=FIRST), viewing("detective", "police", as_of=FIRST)
    for who in (mara, idris):
        begin(town, who, "place", "weir hotel")
        begin(town, who, "vehicle", "ab12 cde")
        begin(town, who, "phone", "+44 7000 123456")
    arrived(town)
    town.people("""
        id | agency             | person | name     | phone       | received
        ---+--------------------+--------+----------+-------------+-----------
        6  | childrens_services | CAZ    | Caz Weir | 07000123456 | 2026-03-20
    """).served(THEN, build_id="b3")

    def of(who: Viewing, kind: str) -> set[tuple[str, str]]:
        return {(a.person_id, a.day) for w in shown(town, who) if w.watched.kind == kind for a in w.news}

    theft, guarded = {("ANA", "2026-03-10")}, {("ANA", "2026-03-12"), ("BEN", "2026-03-12"), ("ZOE", "2026-03-16")}  # fmt: skip
    for kind in ("place", "vehicle"):
        assert of(mara, kind) == theft
        assert of(idris, kind) == theft | guarded
    assert of(mara, "phone") == of(idris, "phone") == {("CAZ", "2026-03-20")}
    labels = {w.watched.kind: w.watched.label for w in shown(town, mara)}
    assert labels == {"place": "Weir Hotel", "vehicle": "AB12CDE", "phone": "07000123456"}


def test_an_address_tells_who_comes_to_live_there(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "place", "1 reed close|QX1 1AA")
    town.people("""
        id | agency             | person | name     | address      | postcode | received   | cohort
        ---+--------------------+--------+----------+--------------+----------+------------+---------
        6  | childrens_services | CAZ    | Caz Weir | 1 Reed Close | QX1 1AA  | 2026-03-20 |
        7  | education          | DON    | Don Weir | 1 Reed Close | QX1 1AA  | 2026-03-20 | register
    """).served(THEN, build_id="b2")

    # Don is in a register alone: nobody is told of him.
    assert told(town, mara) == {("CAZ", "tie", "place", "childrens_services", "2026-03-20")}


def test_a_place_that_no_visible_record_names_cannot_be_watched(town: World, viewing: Maker) -> None:
    with pytest.raises(WatchRefused, match="no such place"):
        begin(town, viewing(as_of=FIRST), "place", "nowhere at all")


def test_a_name_tells_of_whom_a_record_becomes_known_under_it_or_near_it(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "name", "Sol Quandle")
    town.people("""
        id | agency             | person | name        | received   | handling | cohort
        ---+--------------------+--------+-------------+------------+----------+---------
        10 | police             | SOL    | Sol Quandle | 2026-03-20 |          |
        11 | childrens_services | SOLA   | Sol Quandel | 2026-03-21 |          |
        12 | police             | SOLB   | Sol Quandle | 2026-03-22 | C        |
        13 | education          | SOLC   | Sol Quandle | 2026-03-23 |          | register
        14 | police             | SOLD   | Ida Marsh   | 2026-03-24 |          |
    """).served(THEN, build_id="b2")

    assert {(one[0], one[4]) for one in told(town, mara)} == {("SOL", "2026-03-20"), ("SOLA", "2026-03-21")}


def moved(town: World, record: str, person: str, *, merged: str = "") -> None:
    """A judgement gives a record to another person, whose id the first's leads to when it is left without records."""
    row = PersonAssignment.objects.create(
        record_id=town.named(record), person_id=person, assigned_at=NOW, cause="judgement"
    )
    if merged:
        PersonIdEvent.objects.create(
            person_id=merged, kind="merged", other_id=person, at=NOW, cause="judgement", after_seq=row.seq
        )


def test_a_watch_follows_a_person_who_was_judged_to_be_another(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "BEN")
    town.events("""
        id | agency | who              | kind  | title | when       | received
        ---+--------+------------------+-------+-------+------------+-----------
        b1 | police | police/5 subject | crime | Bike  | 2026-03-09 | 2026-03-10
    """)
    arrived(town)
    before = told(town, mara)
    moved(town, "police/5", "ANA", merged="BEN")
    now = told(town, mara)
    (watch,) = shown(town, mara)

    assert before == {("BEN", "event", "crime", "police", "2026-03-10")}
    assert (watch.person_id, watch.watched.key) == ("ANA", "BEN")
    # What came about the other on the very day that was seen last was not seen by this watch.
    assert {one for one in now if one[4] > "2026-03-01"} == {
        ("ANA", *one[1:]) for one in before
    } | THEFT | CONTACT | ABSENCE
    with pytest.raises(WatchRefused, match="already"):
        begin(town, replace(mara, as_of=THEN), "person", "ANA")

    town.person_of[town.named("police/5")] = "ANA"
    town.served(THEN, build_id="b3")
    assert told(town, mara) == now


def test_a_record_that_was_judged_to_be_another_persons_is_no_news_of_the_first(
    town: World, viewing: Maker
) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    arrived(town)
    moved(town, "police/2", "NEW")

    assert told(town, mara) == CONTACT | ABSENCE


def test_what_staff_record_is_told_at_once_and_not_again_from_the_next_build(
    town: World, viewing: Maker
) -> None:
    mara, idris = viewing(as_of=FIRST), viewing("detective", "police", as_of=FIRST, user_id="idris")
    begin(town, mara, "person", "ANA")
    happened = whole_day(TODAY)
    for title, handling in (("Seen", ""), ("Guarded", "C")):
        note = actions.Note("note", title, "At the weir.", happened, handling=handling)
        actions.record_by_hand(
            viewing=idris, build=town.warehouse.current(), area=town.area, person_id="ANA", note=note
        )

    assert told(town, mara) == {("ANA", "event", "note", "police", "2026-04-07")}
    see(town, mara, shown(town, mara)[0])
    assert told(town, mara) == set()


def test_nothing_is_taken_as_seen_that_was_not_told(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    before = shown(town, mara)[0]
    arrived(town)

    with pytest.raises(WatchRefused, match="Something else has come"):
        see(town, mara, before)
    assert told(town, mara) == THEFT | CONTACT | ABSENCE


def test_an_expired_watch_tells_nothing_and_says_so(town: World, viewing: Maker) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA", until=TODAY)
    arrived(town)
    tomorrow = replace(mara, at=mara.at + timedelta(days=1))

    assert told(town, mara) != set()
    (watch,) = shown(town, tomorrow)
    assert (watch.is_expired, watch.news) == (True, ())

    renewed = actions.renew_watch(viewing=tomorrow, number=watch.number, why="Still", until=date(2026, 4, 9))
    assert told(town, tomorrow) == THEFT | CONTACT | ABSENCE
    assert Watch.objects.get(pk=renewed).renews == watch.number
    assert Watch.objects.get(pk=watch.number).ended_at == tomorrow.at


@pytest.mark.parametrize(
    ("why", "until", "sentence"),
    [
        (" ", TODAY, "Say why"),
        ("Worried", TODAY - timedelta(days=1), "from today on"),
        ("Worried", last_end(TODAY) + timedelta(days=1), "90 days from now at most"),
    ],
)
def test_a_watch_has_a_reason_and_an_end_that_is_near(
    town: World, viewing: Maker, why: str, until: date, sentence: str
) -> None:
    mara, build = viewing(as_of=FIRST), town.warehouse.current()
    ana = Watched("person", "ANA")

    with pytest.raises(WatchRefused) as refused:
        actions.watch(viewing=mara, build=build, area=town.area, watched=ana, why=why, until=until)
    assert sentence in str(refused.value)
    number = actions.watch(
        viewing=mara, build=build, area=town.area, watched=ana, why="Worried", until=last_end(TODAY)
    )
    with pytest.raises(WatchRefused):
        actions.renew_watch(viewing=mara, number=number, why=why, until=until)


def test_a_watch_is_its_owners_and_is_written_in_the_log(town: World, viewing: Maker) -> None:
    mara, other = viewing(as_of=FIRST), viewing(as_of=FIRST, user_id="other")
    number, plate = begin(town, mara, "person", "ANA"), begin(town, mara, "vehicle", "ab12cde")

    assert shown(town, other) == []
    for act in (
        lambda: actions.end_watch(viewing=other, number=number),
        lambda: actions.renew_watch(viewing=other, number=number, why="x", until=TODAY),
        lambda: see(town, other, shown(town, mara)[0]),
    ):
        with pytest.raises(WatchRefused, match="no watch of that number"):
            act()
    actions.end_watch(viewing=mara, number=number)
    assert [watch.number for watch in shown(town, mara)] == [plate]
    made = AuditEvent.objects.filter(action="watch.made").order_by("pk")
    assert [(row.subject, row.why) for row in made] == [("ANA", "Worried"), (f"watch {plate}", "Worried")]
    assert AuditEvent.objects.filter(action="watch.ended", subject="ANA", actor=mara.viewer.user_id).exists()


@pytest.mark.parametrize(("role", "agency"), [("business_support", "childrens_services"), ("information_governance", "police")])  # fmt: skip
def test_a_role_that_watches_nothing_is_refused(town: World, viewing: Maker, role: str, agency: str) -> None:
    nobody = viewing(role, agency, as_of=FIRST)

    with pytest.raises(MayNotDo):
        begin(town, nobody, "person", "ANA")
    with pytest.raises(MayNotDo):
        shown(town, nobody)


def test_information_governance_sees_who_watches_why_and_until_when_and_no_content(
    town: World, viewing: Maker
) -> None:
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    begin(town, mara, "name", "Sol Quandle")
    lead = viewing("information_governance", "childrens_services", purpose="audit")

    listed = queries.watches_of_all(viewing=lead)

    assert [(w.kind, w.person_id, w.owner, w.why) for w in listed] == [("name", "", mara.viewer.user_id, "Worried"), ("person", "ANA", mara.viewer.user_id, "Worried")]  # fmt: skip
    assert "andle" not in str(listed)
    assert AuditEvent.objects.filter(action="watches.read", actor=lead.viewer.user_id).exists()
    for other in (
        replace(lead, purpose="safeguarding_child"),
        viewing("team_manager", "police", purpose="audit"),
    ):
        with pytest.raises(MayNotSee):
            queries.watches_of_all(viewing=other)


NAMING = """
    id | agency | who              | kind         | title   | when       | received   | handling | plate   | text
    ---+--------+------------------+--------------+---------+------------+------------+----------+---------+-----
    t1 | police | police/5 subject | intelligence | Named   | 2026-03-09 | 2026-03-10 |          |         | Ben Reed was in AB12CDE with Ana Petal, who rang from 07000 123456.
    t2 | police | police/5 subject | intelligence | Guarded | 2026-03-11 | 2026-03-12 | C        |         | Ben Reed was in AB12CDE with Ana Petal, who rang from 07000 123456.
    t3 | police | police/8 subject | intelligence | Unseen  | 2026-03-13 | 2026-03-14 | C        |         | Zoe Hidden was in AB12CDE.
    t4 | police |                  | intelligence | Nobody  | 2026-03-15 | 2026-03-16 |          |         | Somebody drove AB12CDE away.
    t5 | police |                  | stop         | Parked  | 2026-03-17 | 2026-03-18 |          | AB12CDE |
    t6 | police |                  | stop         | Hidden  | 2026-03-19 | 2026-03-20 | C        | AB12CDE |
"""


def named(town: World, who: Viewing) -> dict[str, set[tuple[str, ...]]]:
    """By kind of watch: person, table, what and day of all that the viewer is told."""
    return {
        watch.watched.kind: {(one.person_id, one.table, one.what, one.day) for one in watch.news}
        for watch in shown(town, who)
    }


def test_texts_and_events_without_people_tell_of_what_they_name_as_far_as_they_may_be_seen(
    town: World, viewing: Maker
) -> None:
    town.ties("""
        agency | from     | kind         | to
        -------+----------+--------------+---------
        police | police/5 | associate of | police/2
    """)
    town.read().served(FIRST, build_id="b0")
    mara, idris = viewing(as_of=FIRST), viewing("detective", "police", as_of=FIRST)
    for who in (mara, idris):
        for kind, key in (
            ("person", "ANA"),
            ("vehicle", "AB12CDE"),
            ("phone", "07000123456"),
            ("name", "Ana Petal"),
        ):
            begin(town, who, kind, key)
    town.events(NAMING).served(THEN, build_id="b2")

    open_text, guarded = (
        ("BEN", "text", "intelligence", "2026-03-10"),
        ("BEN", "text", "intelligence", "2026-03-12"),
    )
    nobody = {("", "text", "intelligence", "2026-03-16"), ("", "event", "stop", "2026-03-18")}
    assert named(town, mara) == {
        "person": {open_text}, "name": {open_text}, "phone": {open_text}, "vehicle": {open_text} | nobody,
    }  # fmt: skip
    seen_by_police = named(town, idris)
    assert [seen_by_police[kind] for kind in ("person", "name", "phone")] == [{open_text, guarded}] * 3
    assert seen_by_police["vehicle"] == {open_text, guarded, ("ZOE", "text", "intelligence", "2026-03-14"), ("", "event", "stop", "2026-03-20")} | nobody  # fmt: skip
    (vehicle,) = (watch for watch in shown(town, mara) if watch.watched.kind == "vehicle")
    assert {one.record_id for one in vehicle.news} == {"", "zz:police:events:t4", "zz:police:events:t5"}
    looked = AuditEvent.objects.filter(action="watches.view").order_by("-pk")[0]
    assert {"BEN", "zz:police:events:t4", "zz:police:events:t5"} <= set(looked.subject.split(","))
    see(town, mara, vehicle)
    assert named(town, mara)["vehicle"] == set()


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        ("vehicle", " ab12 cde ", "AB12CDE"),
        ("phone", "ana.p", "ana.p"),
        ("name", "  Zoë  O'Neill ", "zoe oneill"),
        ("place", " weir hotel ", "weir hotel"),
    ],
)
def test_what_is_typed_becomes_the_key_that_records_have(kind: str, typed: str, key: str) -> None:
    assert normal(kind, typed) == key


@pytest.mark.parametrize(
    "typed",
    [
        "07700900123",
        "+44 (0)7700 900123",
        "0044 7700 900123",
        "07700.900123",
        "+44-7700-900-123",
        "07700/900123",
    ],
)
def test_a_phone_tells_however_its_number_was_typed(town: World, viewing: Maker, typed: str) -> None:
    idris = viewing("detective", "police", as_of=FIRST)
    assert may_be(typed) == ("phone",)
    begin(town, idris, "phone", typed)
    town.people("""
        id | agency | person | name     | phone       | received
        ---+--------+--------+----------+-------------+-----------
        30 | police | NEW    | New Here | 07700900123 | 2026-03-20
    """).served(THEN, build_id="b2")

    assert told(town, idris) == {("NEW", "tie", "phone", "police", "2026-03-20")}
    with pytest.raises(WatchRefused, match="already"):
        begin(town, replace(idris, as_of=THEN), "phone", "07700 900123")


def test_what_is_no_number_is_watched_only_where_a_record_that_may_be_seen_has_it(
    town: World, viewing: Maker
) -> None:
    idris = viewing("detective", "police", as_of=FIRST)
    for typed in ("0770", "077009001234567890", "ana.p"):
        with pytest.raises(WatchRefused, match="no telephone number") as refused:
            begin(town, idris, "phone", typed)
        assert "07700 900123" in str(refused.value.remedy)
    town.people("""
        id | agency | person | name     | phone | handling
        ---+--------+--------+----------+-------+---------
        31 | police | NEW    | New Here | ana.p |
        32 | police | HID    | Hid Den  | 0770  | C
    """).served(THEN, build_id="b2")

    begin(town, replace(idris, as_of=THEN), "phone", "ana.p")
    with pytest.raises(WatchRefused, match="no telephone number"):
        begin(town, viewing(as_of=THEN), "phone", "0770")


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("Ana Petal", ("name",)),
        ("AB12 CDE", ("vehicle",)),
        ("07000 123456", ("phone",)),
        ("1 Reed Close QX1", ()),
        ("123", ()),
        ("", ()),
    ],
)
def test_words_that_were_searched_for_are_offered_as_what_they_may_be(
    typed: str, kinds: tuple[str, ...]
) -> None:
    assert may_be(typed) == kinds


def test_what_is_new_is_read_by_indexes_alone(town: World) -> None:
    pages = town.warehouse.current().pages()
    keys = ["[]", 1, "2026-02-01"]
    for sql, bound in (
        (things._TIES, [*keys, "2026-02-01"]),
        (things._ADDRESSES, keys),
        (things._NUMBERS, keys),
        (names._NEW, keys),
        (people._NEW.format(table="said", after=people._AFTER), keys),
        (people._NEW.format(table="chronology", after=people._AFTER_EVENT), ["[]", 1, 1, "2026-02-01"]),
        (names._NAMED, ["[]", "2026-02-01"]),
        (texts._TOLD, ["[]", 1, 1, "2026-02-01", "2026-02-01"]),
        (texts._OF_NOBODY, ["[]", 1, 1, "2026-02-01", "2026-02-01"]),
        (unpeopled._PARTS, [*keys, "2026-02-01"]),
    ):
        plan = [row["detail"] for row in pages.execute(f"explain query plan {sql}", bound)]
        read = [
            line
            for line in plan
            if line.split()[1]
            in ("tie", "said", "find", "chronology", "c", "mentioned_as", "unpeopled_thing")
        ]
        assert read
        assert all(
            line.startswith("SEARCH") and re.search("USING (COVERING )?INDEX", line) for line in read
        ), plan


def test_a_build_reads_no_later_than_the_moment_of_looking(town: World, viewing: Maker) -> None:
    """As of an earlier day nothing that came later is told."""
    mara = viewing(as_of=FIRST)
    begin(town, mara, "person", "ANA")
    arrived(town)
    build = town.warehouse.current()

    then = queries.watches(viewing=replace(mara, as_of=date(2026, 3, 11)), build=build)

    assert {(a.table, a.day) for w in then for a in w.news} == {
        ("event", "2026-03-10"),
        ("tie", "2026-03-10"),
    }
