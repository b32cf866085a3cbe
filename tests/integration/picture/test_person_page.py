"""One person's page: what each viewer sees on which day, and that what is withheld is nowhere in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from engage.governance import actions as governance
from engage.governance import audit
from engage.governance.audit import AuditNotWritten
from engage.governance.models import AuditEvent
from engage.identities.models import Judgement, PersonAssignment
from engage.picture import actions, queries
from engage.picture.rules import Filters, PersonPage
from engage.records import actions as records
from engage.records.models import HandEntry
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened, Precision, whole_day
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]

# The three standing viewers: one who holds the case, one of the same agency with less to do with it, one with no business here.
WORKER = {"role": "social_worker", "agency": "childrens_services"}
SUPPORT = {"role": "business_support", "agency": "childrens_services"}
STRANGER = {"role": "information_governance", "agency": "childrens_services"}


@pytest.fixture
def ana(world: World) -> World:
    """Ana, known to four agencies; the police hold one thing that only they may have, the specialist nurse another."""
    world.people("""
        id | agency             | person | name       | born       | address      | postcode | phone       | cohort   | sensitivity
        ---+--------------------+--------+------------+------------+--------------+----------+-------------+----------+------------------
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 1 Reed Close | QX1 1AA  |             | case     |
        2  | police             | ANA    | Anna Petal | 2010-03-01 |              |          | 07000123456 | case     |
        3  | education          | ANA    | Ana Petal  | 2010-01-03 |              |          |             | register |
        4  | health             | ANA    | Ana Petal  | 2010-03-01 |              |          |             | register | health-specialist
        5  | police             | BEN    | Ben Reed   |            | 1 Reed Close | QX1 1AA  |             | case     |
        6  | police             | CAZ    | Caz Reed   |            | 1 Reed Close | QX9 9ZZ  |             | case     |
        7  | education          | DEE    | Dee Petal  |            | 1 Reed Close | QX1 1AA  |             | register |
    """)
    world.events("""
        id | agency             | who                        | kind         | title        | when       | text          | handling | received   | sensitivity       | cohort
        ---+--------------------+----------------------------+--------------+--------------+------------+---------------+----------+------------+-------------------+---------
        e1 | childrens_services | childrens_services/1 child | contact      | Front door   | 2026-01-02 | text-of-e1    |          | 2026-01-05 |                   |
        e2 | police             | police/2 victim            | crime        | Theft        | 2026-02-01 | text-of-e2    | P        | 2026-02-03 |                   |
        e3 | police             | police/2 subject           | intelligence | title-of-e3  | 2026-02-09 | text-of-e3    | C        | 2026-02-10 |                   |
        e4 | health             | health/4 patient           | attendance   | title-of-e4  | 2026-02-20 | text-of-e4    |          | 2026-02-21 | health-specialist | register
        e5 | education          | education/3 pupil          | absence      | Spring term  |            |               |          | 2026-03-01 |                   | register
    """)
    world.ties("""
        agency             | from                 | kind      | to
        -------------------+----------------------+-----------+---------
        childrens_services | childrens_services/1 | sister of | police/5
    """)
    return world


def page(world: World, viewing: Viewing, person_id: str = "ANA", **filters: Any) -> PersonPage:
    return queries.person_page(
        viewing=viewing,
        build=world.warehouse.current(),
        area=world.area,
        person_id=person_id,
        filters=Filters(**filters),
    )


def test_one_chronology_from_all_agencies_newest_first_and_what_has_no_date_last(
    ana: World, viewing: Maker
) -> None:
    ana.served()

    seen = page(ana, viewing(**WORKER))

    assert [(e.agency, e.title) for e in seen.entries] == [
        ("police", "Theft"),
        ("childrens_services", "Front door"),
        ("education", "Spring term"),
    ]
    first = seen.entries[0]
    assert (first.narrative, first.roles, first.received_on) == ("text-of-e2", ("victim",), date(2026, 2, 3))
    assert (first.file, first.source_id, first.handling, first.delivery_id) == (
        "events",
        "e2",
        "P",
        "d-police",
    )


def test_what_may_only_be_asked_about_is_signposted_and_nowhere_else_in_the_page(
    ana: World, viewing: Maker
) -> None:
    ana.served()

    seen = page(ana, viewing(**WORKER))

    asks = [i for i in seen.involved if i.is_signpost]
    assert [(i.title, i.phone, i.last_contact_on) for i in asks] == [
        ("Health, specialist nurse", "07000 100004", date(2026, 2, 20)),
    ]
    assert all(not i.services for i in asks)
    police = next(i for i in seen.involved if i.agency == "police")
    assert police.last_contact_on == date(2026, 2, 1), (
        "the guarded contact of 9 February must not show through"
    )
    for word in ("text-of-e3", "title-of-e3", "text-of-e4", "title-of-e4", "intelligence", "attendance"):
        assert word not in repr(seen)


def test_the_nurse_opens_her_own_and_the_detective_his(ana: World, viewing: Maker) -> None:
    ana.served()

    nurse = page(ana, viewing(role="nurse", agency="health"))
    detective = page(ana, viewing(role="detective", agency="police"))

    assert "text-of-e4" in repr(nurse)
    assert "text-of-e3" not in repr(nurse)
    assert "text-of-e3" in repr(detective)
    assert "text-of-e4" not in repr(detective)


def test_business_support_sees_that_something_happened_and_not_that_there_is_a_text(
    ana: World, viewing: Maker
) -> None:
    ana.served()

    seen = page(ana, viewing(**SUPPORT))

    assert [e.title for e in seen.entries if e.agency == "childrens_services"] == ["Front door"]
    assert "text-of" not in repr(seen)
    assert not any(e.narrative_withheld for e in seen.entries)


def test_ethnicity_nationality_and_religion_are_for_those_who_work_with_the_person(
    ana: World, viewing: Maker
) -> None:
    ana.people("""
        id | agency | person | name       | sex    | ethnicity   | nationality   | religion
        ---+--------+--------+------------+--------+-------------+---------------+------------
        8  | police | ANA    | Anna Petal | female | ethnic-word | national-word | faith-word
    """)
    ana.served()
    words = {"ethnic-word", "national-word", "faith-word"}

    support, worker = page(ana, viewing(**SUPPORT)), page(ana, viewing(**WORKER))

    assert {word for word in words if word in repr(support)} == set()
    assert {word for word in words if word in repr(worker)} == words
    assert {"name", "birth", "sex"} <= {field.field for field in support.said}
    assert "police" in {one.agency for one in support.involved}


def test_who_has_no_business_gets_the_same_words_as_for_nobody_and_is_written_down(
    ana: World, viewing: Maker
) -> None:
    ana.served()

    with pytest.raises(queries.PersonNotShown) as known:
        page(ana, viewing(**STRANGER))
    with pytest.raises(queries.PersonNotShown) as unknown:
        page(ana, viewing(**STRANGER), "NOBODY")

    assert str(known.value) == str(unknown.value)
    assert list(AuditEvent.objects.values_list("subject", "decision")) == [
        ("ANA", "nothing"),
        ("NOBODY", "nothing"),
    ]


def test_one_view_is_one_row_of_the_log(ana: World, viewing: Maker) -> None:
    ana.served()

    page(ana, viewing(**WORKER))

    row = AuditEvent.objects.get()
    assert (row.action, row.subject, row.decision, row.purpose) == (
        "person.view",
        "ANA",
        "allow",
        "safeguarding_child",
    )


def test_if_the_log_cannot_be_written_nothing_is_shown(
    ana: World, viewing: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.served()

    def refuse(**_values: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "_append", refuse)
    with pytest.raises(AuditNotWritten):
        page(ana, viewing(**WORKER))


def test_values_stand_side_by_side_with_who_says_so(ana: World, viewing: Maker) -> None:
    ana.served()

    said = {f.field: f for f in page(ana, viewing(**WORKER)).said}

    assert {v.value: [s.agency for s in v.said_by] for v in said["name"].values} == {
        "Ana Petal": ["childrens_services", "education"],
        "Anna Petal": ["police"],
    }
    assert said["name"].is_conflict
    assert said["birth"].is_conflict
    assert not said["phone"].is_conflict


def test_the_household_is_who_a_current_record_puts_at_the_same_address_in_the_same_postcode(
    ana: World, viewing: Maker
) -> None:
    ana.served()

    seen = page(ana, viewing(**WORKER))

    assert [(t.label, t.records) for t in seen.household] == [("Ben Reed", ("zz:police:persons:5",))]


def test_ties_are_named_both_ways_round(ana: World, viewing: Maker) -> None:
    ana.served()

    mine = {(t.thing, t.label, t.ways) for t in page(ana, viewing(**WORKER)).tied}
    his = [(t.label, t.ways) for t in page(ana, viewing(**WORKER), "BEN").tied if t.thing == "person"]

    assert ("person", "Ben Reed", ("sister of",)) in mine
    assert ("phone", "07000123456", ("uses",)) in mine
    assert ("place", "1 Reed Close, QX1 1AA", ("lives at",)) in mine
    assert his == [("Ana Petal", ("has as sister of",))]


def test_a_vehicle_of_a_guarded_event_is_not_shown_by_the_back_door(world: World, viewing: Maker) -> None:
    world.people("""
        id | agency | person | name
        ---+--------+--------+----------
        1  | police | ANA    | Ana Petal
    """).events("""
        id | agency | who             | plate   | title | handling | when
        ---+--------+-----------------+---------+-------+----------+-----------
        e1 | police | police/1 driver | QQ11AAA | Stop  | P        | 2026-01-01
        e2 | police | police/1 driver | QQ22BBB | Seen  | C        | 2026-01-02
    """).served()

    partner = page(world, viewing(**WORKER))

    assert [t.key for t in partner.tied] == ["QQ11AAA"]
    assert "QQ22BBB" not in repr(partner)
    assert [t.key for t in page(world, viewing(role="detective", agency="police")).tied] == [
        "QQ11AAA",
        "QQ22BBB",
    ]


def test_a_register_shows_nothing_until_somebody_else_has_a_reason(ana: World, viewing: Maker) -> None:
    ana.served()
    own_lead = viewing(role="education_lead", agency="education")

    with pytest.raises(queries.PersonNotShown):
        page(ana, viewing(**WORKER), "DEE")
    with pytest.raises(queries.PersonNotShown):
        page(ana, own_lead, "DEE")

    governance.give_reason(viewing=viewing(**WORKER), person_id="DEE", reason="A teacher rang, worried.")

    assert page(ana, viewing(**WORKER), "DEE").name == "Dee Petal"


def test_silence_says_whose_it_is(ana: World, viewing: Maker) -> None:
    ana.served()

    silences = {(s.agency, s.kind) for s in page(ana, viewing(**WORKER)).silences}

    assert silences == {
        ("police", "missing"),
        ("education", "missing"),
        ("childrens_services", ""),
        ("health", ""),
        ("charity", ""),
    }


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2026, 1, 4), None),
        (date(2026, 1, 5), ["Front door"]),
        (date(2026, 2, 3), ["Theft", "Front door"]),
        (date(2026, 3, 1), ["Theft", "Front door", "Spring term"]),
    ],
)
def test_on_an_earlier_day_only_what_was_received_by_then(
    ana: World, viewing: Maker, day: date, titles: list[str] | None
) -> None:
    ana.served()

    if titles is None:
        with pytest.raises(queries.PersonNotShown):
            page(ana, viewing(**WORKER, as_of=day))
    else:
        assert [e.title for e in page(ana, viewing(**WORKER, as_of=day)).entries] == titles


def test_a_version_that_was_superseded_stands_on_the_days_before_and_its_end_is_not_told_early(
    world: World, viewing: Maker
) -> None:
    world.people("""
        id | agency             | person | version | name      | received   | until
        ---+--------------------+--------+---------+-----------+------------+-----------
        1  | childrens_services | ANA    | 1       | Ana Reed  | 2026-01-05 | 2026-02-01
        1  | childrens_services | ANA    | 2       | Ana Petal | 2026-02-01 |
    """).served()

    before = page(world, viewing(**WORKER, as_of=date(2026, 1, 31)))
    after = page(world, viewing(**WORKER))

    assert (before.name, before.said[0].values[0].said_by[0].known_until_on) == ("Ana Reed", None)
    assert "Petal" not in repr(before)
    assert after.name == "Ana Petal"
    assert [(v.value, v.is_current) for v in after.said[0].values] == [
        ("Ana Petal", True),
        ("Ana Reed", False),
    ]
    assert [r.known_until_on for r in after.records] == [None]


def test_filters_keep_what_may_have_happened_within_the_days(world: World, viewing: Maker) -> None:
    world.people("""
        id | agency | person | name
        ---+--------+--------+----------
        1  | police | ANA    | Ana Petal
    """).events("""
        id | agency | who      | kind    | title  | when       | how
        ---+--------+----------+---------+--------+------------+------
        e1 | police | police/1 | crime   | sharp  | 2025-03-10 | day
        e2 | police | police/1 | crime   | month  | 2025-03-01 | month
        e3 | police | police/1 | missing | about  | 2024-06-01 | about
        e4 | police | police/1 | crime   | before | 2025-03-04 | day
        e5 | police | police/1 | crime   | never  |            |
    """).served()
    seen = viewing(role="detective", agency="police")

    within = page(world, seen, from_on=date(2025, 3, 5), until_on=date(2025, 3, 31))
    kind = page(world, seen, kinds=frozenset({"missing"}))
    second = page(world, seen, page=2, per_page=2)

    assert {e.title for e in within.entries} == {"sharp", "month", "about"}
    assert [e.title for e in kind.entries] == ["about"]
    assert kind.kinds == ("crime", "missing")
    assert (second.entry_count, [e.title for e in second.entries]) == (5, ["month", "about"])


def note(**more: Any) -> actions.Note:
    given = {
        "kind": "note",
        "title": "A call",
        "text": "Her aunt rang.",
        "happened": whole_day(date(2026, 4, 5)),
        **more,
    }
    return actions.Note(**given)


def record(world: World, seen: Viewing, **more: Any) -> int:
    return actions.record_by_hand(
        viewing=seen, build=world.warehouse.current(), area=world.area, person_id="ANA", note=note(**more)
    )


def test_what_is_recorded_by_hand_stands_at_once_for_those_who_may_see_it(ana: World, viewing: Maker) -> None:
    ana.served()

    record(ana, viewing(**WORKER))
    record(ana, viewing(**WORKER), title="A guarded call", text="Guarded words.", handling="C")

    manager = page(ana, viewing(role="team_manager", agency="childrens_services"))
    assert {(e.title, e.narrative, e.is_fresh) for e in manager.entries[:2]} == {
        ("A guarded call", "Guarded words.", True),
        ("A call", "Her aunt rang.", True),
    }
    theirs = page(ana, viewing(role="detective", agency="police"))
    assert theirs.entries[0].narrative == "Her aunt rang."
    assert "uarded" not in repr(theirs)
    support = page(ana, viewing(**SUPPORT))
    assert "A call" in [e.title for e in support.entries]
    assert "Her aunt rang." not in repr(support)


def test_by_hand_is_not_known_on_an_earlier_day_and_is_gone_when_withdrawn(
    ana: World, viewing: Maker
) -> None:
    ana.served()
    entry = record(ana, viewing(**WORKER))

    assert "A call" not in repr(page(ana, viewing(**WORKER, as_of=date(2026, 4, 5))))

    records.withdraw_by_hand(viewing=viewing(**WORKER), entry=entry, reason="About somebody else.")

    assert "A call" not in repr(page(ana, viewing(**WORKER)))
    assert HandEntry.objects.count() == 2


def test_recording_is_for_those_whose_role_it_is_and_who_may_see_the_person(
    ana: World, viewing: Maker
) -> None:
    ana.served()

    with pytest.raises(Exception, match="Your role does not include this"):
        record(ana, viewing(role="analyst", agency="police"))
    with pytest.raises(queries.PersonNotShown):
        actions.record_by_hand(
            viewing=viewing(**WORKER),
            build=ana.warehouse.current(),
            area=ana.area,
            person_id="DEE",
            note=note(),
        )
    with pytest.raises(records.RecordingRefused, match="in the future"):
        record(ana, viewing(**WORKER), happened=whole_day(date(2026, 4, 8)))
    assert HandEntry.objects.count() == 0


def test_an_uncertain_day_is_kept_as_uncertain_as_it_was_given(ana: World, viewing: Maker) -> None:
    ana.served()
    start = datetime(2009, 1, 1, tzinfo=UTC)

    record(
        ana,
        viewing(**WORKER),
        happened=Happened(start, start + timedelta(days=365), Precision.YEAR),
        written="2009",
    )

    last = page(ana, viewing(**WORKER)).entries[-2]
    assert (last.happened_precision, last.happened_text) == ("year", "2009")


def test_a_judgement_made_since_the_build_is_honoured_at_once(ana: World, viewing: Maker) -> None:
    ana.served()
    PersonAssignment.objects.create(
        record_id="zz:police:persons:5",
        person_id="ANA",
        assigned_at=datetime(2026, 4, 7, tzinfo=UTC),
        cause="judgement",
    )

    seen = page(ana, viewing(**WORKER))

    assert seen.changed_since_build
    assert "zz:police:persons:5" in [r.record_id for r in seen.records]
    assert "Ben Reed" in [v.value for f in seen.said if f.field == "name" for v in f.values]


def involved_by_a_join(seen: PersonPage) -> set[str]:
    return {one.agency for one in seen.involved if one.is_unjudged}


def test_what_rests_on_a_join_that_nobody_has_judged_says_so(ana: World, viewing: Maker) -> None:
    ana.served()
    seen = page(ana, viewing(**WORKER))
    records = [ana.named(name) for name in ("childrens_services/1", "police/2")]
    assert set(records) <= set(seen.unjudged)
    assert {e.event_record_id: e.is_unjudged for e in seen.entries}["zz:childrens_services:events:e1"]
    assert involved_by_a_join(seen) == {"childrens_services", "police", "education"}
    assert [one.is_unjudged for one in seen.household] == [True]

    judgement = {
        "says": "same",
        "reason": "one girl",
        "kind": "joined",
        "needs": 1,
        "judged_by": "mara",
        "agency": "childrens_services",
    }
    Judgement.objects.create(
        left_record_id=min(records), right_record_id=max(records), judged_at=viewing().at, **judgement
    )
    seen = page(ana, viewing(**WORKER))
    assert set(seen.unjudged).isdisjoint(records)
    assert not {e.event_record_id: e.is_unjudged for e in seen.entries}["zz:childrens_services:events:e1"]
    assert involved_by_a_join(seen) == {"education"}
    assert [one.is_unjudged for one in seen.household] == [False]
    assert page(ana, viewing(**WORKER), "BEN").unjudged == ()


def test_records_that_may_be_the_person_are_listed_where_both_sides_may_be_seen(
    ana: World, viewing: Maker
) -> None:
    ana.proposed("childrens_services/1", "police/6").proposed("childrens_services/1", "education/7").served()

    seen = page(ana, viewing(**WORKER))

    assert [(p.left_record_id, p.right_record_id) for p in seen.proposals] == [
        ("zz:childrens_services:children:1", "zz:police:persons:6")
    ]


def test_the_chronology_taken_away_is_an_export_in_the_log(ana: World, viewing: Maker) -> None:
    ana.served()

    _page, entries = queries.chronology(
        viewing=viewing(**WORKER),
        build=ana.warehouse.current(),
        area=ana.area,
        person_id="ANA",
        filters=Filters(per_page=1),
    )

    assert len(entries) == 3
    assert "chronology.export" in AuditEvent.objects.values_list("action", flat=True)
