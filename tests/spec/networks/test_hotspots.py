"""What does the map count of drawn records, by kind, area, month and viewer; and does what stays hidden change anything of it?"""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.networks.maps import queries
from engage.networks.maps.asking import AskedWrong, asked_of
from engage.networks.maps.boundaries.keeping import keep_boundaries
from engage.networks.maps.boundaries.rules import Boundaries, Boundary
from engage.networks.maps.rules import CONCERNS, FOUND, MISSING, NOT_KNOWN, OUTSIDE, PLACES, Asked
from engage.networks.maps.showing import UNDATED, area_code
from engage.networks.rules import code_of
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency             | person | name      | born       | address     | handling
    1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | 3 Weir Lane |
    2  | police             | ANA    | Ana Petal | 2010-03-01 |             |
    3  | police             | BEA    | Bea Reed  | 2011-05-05 |             |
    4  | police             | MAX    | Max Tarn  | 1998-01-01 |             |
    5  | police             | CAT    | Cat Moss  |            |             |
"""
# North is from 101,000; the station lies in the north, the park in the south, the quay in neither.
AREAS = {"North": 101_000, "South": 100_000}
EVENTS = """
    id | agency | who                                 | kind         | when             | place        | premises | grid          | handling
    m1 | police | police/2 missing person             | missing      | 2026-03-01 20:00 | Station      | station  | 500500 101500 |
    f1 | police | police/2 missing person             | found        | 2026-03-02 06:00 | Park         | park     | 500500 100500 |
    m2 | police | police/3 missing person             | missing      | 2026-03-08 20:00 | Station      | station  | 500500 101500 |
    f2 | police | police/3 missing person             | found        | 2026-03-09 06:00 | 3 weir lane\\| | dwelling | 500600 100600 |
    m3 | police | police/3 missing person             | missing      | 2026-02-08 20:00 |              |          |               |
    f3 | police | police/3 missing person             | found        | 2026-02-09 06:00 | Quay         | quay     | 510000 110000 |
    i1 | police | police/2 subject, police/3 subject  | intelligence | 2026-03-03       | Park         | park     | 500500 100500 |
    i2 | police | police/5 subject                    | intelligence | 2026-03-04       | Park         | park     | 500500 100500 |
    i3 | police | police/4 subject                    | intelligence | 2026-03-05       | Park         | park     | 500500 100500 |
    i4 | police |                                     | intelligence | 2026-03-06       | Park         | park     | 500500 100500 |
    s1 | police | police/2 passenger, police/4 driver | stop         | 2026-03-07       | Ring Road    |          |               |
    s2 | police | police/2 passenger                  | stop         |                  | Park         | park     | 500500 100500 |
    c1 | police | police/2 victim                     | crime        | 2026-03-09       | Park         | park     | 500500 100500 |
""".replace("\\|", "¦")  # fmt: skip
MARCH = (date(2026, 3, 1), date(2026, 3, 1))
DETECTIVE = {"role": "detective", "agency": "police"}
WORKER = {"role": "social_worker", "agency": "childrens_services"}


def box(name, south):
    ring = (
        (500_000, south),
        (501_000, south),
        (501_000, south + 1_000),
        (500_000, south + 1_000),
        (500_000, south),
    )
    return Boundary(name, "", ((ring,),))


@pytest.fixture
def world(area, db):
    keep_boundaries(area.folder, Boundaries(tuple(box(*one) for one in AREAS.items()), "drawn"))
    drawn = World(area).people(PEOPLE).events(EVENTS)
    for place in drawn.rows["location"]:
        # The key of an address: in a drawn table a stroke ends the cell.
        place["name"] = (place.get("name") or "").replace("¦", "|") or None
    return drawn


@pytest.fixture
def ask(world, viewing):
    def asked(kind, months=MARCH, door=queries.hotspots, **who):
        more = {"code": who.pop("code")} if "code" in who else {}
        build = world.warehouse.current()
        return door(
            viewing=viewing(**{**DETECTIVE, **who}),
            build=build,
            area=world.area,
            asked=Asked(kind, *months),
            **more,
        )

    return asked


def by_area(found):
    """Counts over what is asked for by the name of each area, without those of none."""
    names = {number: part.name for number, part in enumerate(found.boundaries.parts)}
    wheres = {where for where, _month in found.counted.areas}
    counts = {names.get(where, where): found.counted.of(where) for where in wheres}
    return {name: count for name, count in counts.items() if count}


def places(found):
    return [(place.site.spot.label, place.count) for place in found.counted.places]


def records(opened):
    return [record.rpartition(":")[2] for item in opened.items for record in item.records]


def test_a_time_of_being_missing_counts_once_where_the_report_says(world, ask):
    world.events("""
        id | agency             | who                        | kind    | when             | place
        x1 | childrens_services | childrens_services/1 child | missing | 2026-03-01 21:00 | Station
    """).served()
    found = ask(MISSING)
    assert by_area(found) == {"North": 2}
    assert places(found) == [("Station", 2)]
    assert by_area(ask(MISSING, (date(2026, 2, 1), date(2026, 3, 1)))) == {"North": 2, NOT_KNOWN: 1}
    assert found.counted.strip == {date(2026, 3, 1): 2, date(2026, 2, 1): 1}


def test_where_children_were_found_a_childs_home_counts_in_its_area_and_is_no_place(world, ask):
    world.served()
    found = ask(FOUND, (date(2026, 2, 1), date(2026, 3, 1)))
    assert by_area(found) == {"South": 2, OUTSIDE: 1}
    assert places(found) == [("Park", 1), ("Quay", 1)]
    assert sum(found.counted.private.values()) == 1
    with pytest.raises(queries.HotspotNotShown):
        ask(FOUND, door=queries.hotspot, code=code_of("place", "3 weir lane|"))


def test_concerns_are_of_whoever_was_or_may_have_been_a_child_and_crimes_are_none(world, ask):
    world.served()
    found = ask(CONCERNS)
    # i3 is about a grown-up alone; c1 is a crime; of i2 no age is known; i4 names nobody.
    assert by_area(found) == {"South": 3, NOT_KNOWN: 1}
    assert places(found) == [("Park", 3), ("Ring Road", 1)]
    assert found.counted.not_dated == 1
    opened = ask(CONCERNS, door=queries.hotspot, code=area_code("South"))
    assert records(opened) == ["i4", "i2", "i1"]
    assert set(opened.people) == {"ANA", "BEA", "CAT"}
    assert records(ask(CONCERNS, door=queries.hotspot, code=NOT_KNOWN)) == ["s1"]
    assert records(ask(CONCERNS, door=queries.hotspot, code=UNDATED)) == ["s2"]


def test_a_place_of_concern_counts_the_records_that_tie_children_to_it(world, ask):
    world.events("""
        id | agency | who                                | kind          | when       | place     | premises | grid
        h1 | police | police/2 victim                    | investigation | 2026-01-10 |           |          |
        h2 | police | police/3 victim                    | investigation | 2026-01-11 |           |          |
        p1 | police | police/2 subject, police/4 subject | intelligence  | 2026-03-02 | Weir Flat | flat     | 500700 101700
        p2 | police | police/3 subject, police/4 subject | intelligence  | 2026-03-20 | Weir Flat | flat     | 500700 101700
    """).served()  # fmt: skip
    found = ask(PLACES)
    assert ("weir flat", 2) in [(label.lower(), count) for label, count in places(found)]
    assert by_area(found)["North"] >= 2
    # To others no private address is shown, whatever happened there.
    assert "weir flat" not in str(ask(PLACES, door=queries.hotspots_without_names)).lower()


def test_a_record_of_which_only_the_year_is_known_has_no_month(world, ask):
    world.events("""
        id | agency | who             | kind | when       | how  | place
        y1 | police | police/2 driver | stop | 2026-01-01 | year | Park
    """).served()
    found = ask(CONCERNS, (date(2026, 1, 1), date(2026, 1, 1)))
    assert (by_area(found), found.counted.not_dated) == ({}, 2)


def test_who_lives_where_is_counted_by_what_the_viewer_may_know(world, ask):
    """Whoever may not see that a child lives there sees it as an address, which is no place either."""
    world.events("""
        id | agency | who              | kind | when       | place     | premises | grid
        d1 | police | police/2 subject | stop | 2026-03-01 | Mill Loft | dwelling | 500500 101900
        d2 | police | police/2 subject | stop | 2026-03-02 | Low House | Children's home | 500500 101900
    """).served()  # fmt: skip
    found = ask(CONCERNS)
    assert {"Mill Loft", "Low House"} & {label for label, _count in places(found)} == set()
    assert by_area(found)["North"] == 2


HIDDEN = """
    id | agency | who                                | kind         | when             | place    | premises | grid          | handling
    z1 | police | police/2 missing person            | missing      | 2026-03-20 20:00 | Station  | station  | 500500 101500 | C
    z2 | police | police/2 missing person            | found        | 2026-03-21 06:00 | Park     | park     | 500500 100500 | C
    z3 | police | police/3 subject, police/2 subject | intelligence | 2026-03-21       | Park     | park     | 500500 100500 | C
    z4 | police | police/3 subject                   | stop         | 2026-03-22       | Arcade   | shop     | 500100 100900 | C
    z5 | police |                                    | intelligence | 2026-03-23       | Arcade   | shop     | 500100 100900 | C
    z6 | police | police/2 subject                   | stop         |                  | Ring Road | road    | 500200 101100 | C
"""
DOORS = (queries.hotspots, queries.hotspots_without_names)


@pytest.mark.parametrize("kind", [MISSING, FOUND, CONCERNS, PLACES])
def test_a_hidden_record_changes_neither_counts_nor_order_nor_places(world, ask, kind):
    months = (date(2025, 5, 1), date(2026, 4, 1))
    world.served()
    before = [ask(kind, months, door, **WORKER) for door in DOORS]
    open_before = ask(kind, months)
    behind = [ask(kind, months, queries.hotspot, code=area_code(name), **WORKER) for name in AREAS]
    world.events(HIDDEN).people("""
        id | agency | person | name     | born       | address   | handling
        9  | police | CAT    | Cat Moss | 1980-01-01 | Park      | C
    """)
    for role in world.rows["role"]:
        if role["event_record_id"].rpartition(":")[2].startswith("z"):
            role["handling"] = "C"
    world.served(build_id="b2")
    assert [ask(kind, months, door, **WORKER) for door in DOORS] == before
    assert [ask(kind, months, queries.hotspot, code=area_code(name), **WORKER) for name in AREAS] == behind
    assert ask(kind, months) != open_before or kind == PLACES
    for code in (code_of("place", "arcade"), code_of("place", "nowhere at all")):
        with pytest.raises(queries.HotspotNotShown) as caught:
            ask(kind, months, queries.hotspot, code=code, **WORKER)
        assert str(caught.value.sentence).startswith("There is nothing under this address")


def test_a_place_that_may_not_be_seen_is_not_known_where(world, ask):
    for place in world.rows["location"]:
        if place["record_id"].endswith("i1/place"):
            place["handling"] = "C"
    world.served()
    assert by_area(ask(CONCERNS)) == {"South": 3, NOT_KNOWN: 1}
    assert by_area(ask(CONCERNS, **WORKER)) == {"South": 2, NOT_KNOWN: 2}


def test_two_viewers_count_what_each_may_see(world, ask):
    world.events(HIDDEN).served()
    assert by_area(ask(CONCERNS))["South"] > by_area(ask(CONCERNS, **WORKER))["South"]
    assert by_area(ask(CONCERNS, role="information_governance", agency="police")) == {}


def test_a_day_before_counts_what_was_known_then(world, ask):
    world.events("""
        id | agency | who              | kind | when       | place | received
        l1 | police | police/2 subject | stop | 2026-03-08 | Park  | 2026-03-20
    """).served()
    assert by_area(ask(CONCERNS))["South"] == 4
    assert by_area(ask(CONCERNS, as_of=date(2026, 3, 15)))["South"] == 3


def test_without_boundaries_only_places_are_counted(world, ask):
    (world.area.folder / "boundaries.geojson").unlink()
    world.served()
    found = ask(CONCERNS)
    assert found.boundaries is None
    assert (found.counted.of(OUTSIDE), found.counted.of(NOT_KNOWN)) == (3, 1)
    assert places(found) == [("Park", 3), ("Ring Road", 1)]


def test_the_version_without_names_shows_no_small_count_and_no_name_of_a_child(world, ask):
    world.events("""
        id | agency | who                                | kind | when       | place                   | premises | grid
        n1 | police | police/2 subject                   | stop | 2026-03-11 | Where Ana Petal goes    | shop     | 500500 101500
        n2 | police | police/2 subject                   | stop | 2026-03-12 | Where Ana Petal goes    | shop     | 500500 101500
        n3 | police | police/2 subject                   | stop | 2026-03-13 | Where Ana Petal goes    | shop     | 500500 101500
        n4 | police | police/3 subject                   | stop | 2026-03-14 | Other                   | shop     | 500500 101500
        n5 | police | police/3 subject                   | stop | 2026-03-15 | Other                   | shop     | 500500 101500
        n6 | police | police/3 subject                   | stop | 2026-03-16 | Third                   | shop     | 500500 101500
    """).served()  # fmt: skip
    found = ask(CONCERNS, door=queries.hotspots_without_names)
    assert by_area(found) == {"North": 6, "South": 3}
    assert places(found) == [("Where … goes", 3)]
    assert (found.below, found.agencies, found.counted.private) == (3, (), {})
    assert found.counted.total() == 9


def test_each_look_is_written_down_and_only_an_operator_takes_it_away(world, ask):
    world.served()
    ask(CONCERNS)
    ask(CONCERNS, door=queries.hotspots_without_names)
    ask(CONCERNS, door=queries.hotspot, code=area_code("South"))
    with pytest.raises(MayNotDo):
        ask(CONCERNS, door=queries.hotspots_to_take_away)
    ask(CONCERNS, door=queries.hotspots_to_take_away, role="operator", agency="", purpose="data_quality")
    with pytest.raises(queries.HotspotNotShown):
        ask(CONCERNS, door=queries.hotspot, code="none")
    rows = AuditEvent.objects.order_by("id").values_list("action", "subject", "decision")
    assert list(rows) == [
        ("hotspots.view", "hotspots", "allow"),
        ("hotspots.without_names", "hotspots", "allow"),
        ("hotspots.opened", "ANA,BEA,CAT", "allow"),
        ("act.refused", "hotspots", "nothing"),
        ("hotspots.export", "hotspots", "allow"),
        ("hotspots.opened", "none", "nothing"),
    ]


AS_OF = date(2026, 4, 6)


def test_months_are_asked_for_in_words():
    assert asked_of("", "", "", AS_OF) == Asked(FOUND, date(2026, 4, 1), date(2026, 4, 1))
    assert asked_of(CONCERNS, "2026-01", "2026-03", AS_OF) == Asked(
        CONCERNS, date(2026, 1, 1), date(2026, 3, 1)
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("theft", "", ""), "“theft” is no kind"),
        (("", "2026-05", ""), "“2026-05” is none of the months"),
        (("", "March", ""), "“March” is none of the months"),
        (("", "2026-03", "2026-02"), "no months in a row"),
        (("", "2025-02", "2026-02"), "more than 12"),
        (("", "2024-04", ""), "“2024-04” is none of the months"),
    ],
)
def test_what_cannot_be_answered_is_said_with_a_remedy(asked, said):
    with pytest.raises(AskedWrong) as caught:
        asked_of(*asked, AS_OF)
    assert said in str(caught.value.sentence)
    assert caught.value.remedy.text


def test_weekdays_and_hours_are_counted_where_a_record_says_them(world, ask):
    world.events("""
        id | agency | who                     | kind  | when             | place
        r1 | police | police/2 missing person | found | 2026-03-30       | Park
        o1 | police | police/2 subject        | stop  | 2026-04-02 22:30 | Park
        o2 | police | police/2 subject        | stop  | 2026-04-02 23:30 | Park
    """).served()
    assert ask(MISSING).counted.by_time() == {(6, 20): 2}
    assert ask(FOUND).counted.by_time() == {(0, 6): 2}
    # i1 to s1 have a day and no hour; in summer London is an hour ahead.
    assert ask(CONCERNS).counted.by_time() == {(1, None): 1, (2, None): 1, (4, None): 1, (5, None): 1}
    assert ask(CONCERNS, (date(2026, 4, 1), date(2026, 4, 1))).counted.by_time() == {(3, 23): 1, (4, 0): 1}


def test_who_may_see_the_page_may_keep_it_as_a_file_and_it_is_an_export(world, ask):
    world.served()
    for is_nameless, door in enumerate(DOORS):
        kept = ask(CONCERNS, door=partial(queries.hotspots_to_keep, is_nameless=bool(is_nameless)), **WORKER)
        assert kept == ask(CONCERNS, door=door, **WORKER)
    actions = AuditEvent.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["hotspots.export", "hotspots.view", "hotspots.export", "hotspots.without_names"]
