"""Are the files of clocks whole, and is it said what is wrong in an area's?"""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from engage.casework.clocks.calendars import NATIONS
from engage.casework.clocks.catalogue import HERE, ClockWrong, faults, load, of_area
from engage.casework.clocks.rules import Kind, Which
from engage.store.area import open_area


CATALOGUES = {nation: load(nation=nation) for nation in NATIONS}
ALL = [version for catalogue in CATALOGUES.values() for some in catalogue.clocks.values() for version in some]
SHIPPED = [
    yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted((HERE / "catalogue").glob("*.yaml"))
]


def test_every_clock_of_the_practice_list_is_there():
    codes = {one["code"] for one in SHIPPED}
    assert {f"C{number}" for number in range(1, 29)} | {"C5a"} <= codes
    assert {one.code for one in ALL} == codes


def test_every_start_and_end_is_a_known_event_and_every_event_is_used_or_says_why_it_stands():
    events = CATALOGUES["england"].events
    used = {event for one in ALL for event in one.events}
    assert used <= events.keys()
    assert {code for code, one in events.items() if not one.why} == used
    assert all(one.title and one.means for one in events.values())


def test_forms_and_moves_tell_only_events_that_clocks_know():
    told = set()
    for file in [*(HERE.parent / "forms").rglob("*.yaml"), *(HERE.parent / "lifecycles").rglob("*.yaml")]:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        forms = raw if isinstance(raw, list) else [raw]
        told |= {one["event"] for form in forms for one in form.get("tells") or ()}
        told |= {
            event for form in forms for move in form.get("moves") or () for event in move.get("tells") or ()
        }
    assert {"referral.decided", "interview.refused"} <= told <= CATALOGUES["england"].events.keys()


def test_a_local_rule_says_that_it_is_local_and_whose():
    local = [one for one in SHIPPED if one["certainty"] == "L"]
    assert {one["code"] for one in local} >= {
        "C3",
        "C4",
        "C5a",
        "C6",
        "C10",
        "C10a",
        "C11",
        "C18",
        "C19",
        "C19a",
    }
    assert all(one["is_local"] and one["whose"] for one in local)
    assert all(one["certainty"] == "L" for one in SHIPPED if one.get("is_local"))


def test_every_kind_of_clock_and_every_way_of_starting_is_in_use():
    assert {one.kind for one in ALL} == set(Kind)
    assert {one.which for one in ALL} == set(Which)


def test_one_of_those_that_count_the_same_is_shown_first():
    for catalogue in CATALOGUES.values():
        versions = [some[-1] for some in catalogue.clocks.values()]
        groups = [
            {one.code for one in versions if base in (one.code, one.variant_of)}
            for base in {one.variant_of for one in versions} - {""}
        ]
        assert all(
            len({code for code in group if catalogue.clocks[code][-1].is_shown_first}) == 1
            for group in groups
        )


GOOD = {
    "code": "L1", "title": "Visit", "means": "A visit.", "kind": "deadline", "length": "5 working_day", "starts": ["allocation"], "ends": ["child.seen"],
    "about": ["child"], "source": "Weirshire procedures", "certainty": "L", "is_local": True, "whose": "Weirshire", "effective": date(2026, 1, 1),
}  # fmt: skip


def write(folder, name="l1.yaml", **changed):
    folder.mkdir(exist_ok=True)
    raw = {key: value for key, value in {**GOOD, **changed}.items() if value is not None}
    (folder / name).write_text(yaml.safe_dump(raw), encoding="utf-8")


def test_an_area_adds_a_clock(tmp_path):
    write(tmp_path)
    assert load(tmp_path).clocks["L1"][0].whose == "Weirshire"


def test_an_area_switches_a_clock_off_from_a_day_and_keeps_it_before(tmp_path):
    (tmp_path / "c3.yaml").write_text(
        "{code: C3, is_local: true, whose: Weirshire, effective: 2026-06-01, is_on: false}", encoding="utf-8"
    )
    catalogue = load(tmp_path)
    assert [(one.is_on, one.whose) for one in catalogue.clocks["C3"]] == [
        (True, "Tees"),
        (False, "Weirshire"),
    ]
    assert catalogue.in_force("C3", date(2026, 5, 31)).is_on
    assert not catalogue.in_force("C3", date(2026, 6, 1)).is_on
    assert catalogue.in_force("C3", date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("changed", "what", "remedy"),
    [
        ({"kind": "limit"}, "kind: limit", "Write one of: deadline"),
        ({"length": "5 days"}, "length: 5 days", "Write a number and a unit"),
        ({"length": "0 working_day"}, "length: 0", "whole number"),
        ({"length": "99999 month"}, "length: 99999", "whole number"),
        ({"length": None}, "length", "Say its length"),
        ({"starts": ["allocated"]}, "starts: allocated", "Name an event"),
        ({"ends": []}, "ends", "Every clock must say it"),
        ({"stops": "case.closed"}, "stops: case.closed", "Write a list"),
        ({"pauses": [{"event": "clock.paused"}]}, "pauses", "Say of each: event, until"),
        ({"pauses": [{"event": "clock.paused", "until": "clock.on"}]}, "clock.on", "Name an event"),
        (
            {"extensions": [{"event": "access.extended", "by": "2 month"}]},
            "by: 2 month",
            "in the unit of its length",
        ),
        ({"which": "second"}, "which: second", "Write one of: first"),
        ({"about": ["adult"]}, "about: adult", "Write one of: child"),
        ({"nations": ["cornwall"]}, "nations: cornwall", "Write one of: england"),
        ({"calendar": "france"}, "calendar: france", "Write one of: england"),
        ({"certainty": "X"}, "certainty: X", "Write one of: V"),
        ({"effective": "soon"}, "effective", "Say the day from which it counts"),
        ({"until": "later"}, "until: later", "Write a day"),
        ({"is_local": None}, "is_local", "whose rule it is"),
        ({"whose": None}, "whose", "whose rule it is"),
        ({"needs_all": "perhaps"}, "needs_all: perhaps", "true or false"),
        ({"score": 3}, "score", "Take it out"),
        ({"from_number": True}, "from_number: True", "whole number"),
    ],
)
def test_what_is_wrong_is_said_with_its_file_its_value_and_the_remedy(tmp_path, changed, what, remedy):
    write(tmp_path, **changed)
    with pytest.raises(ClockWrong) as error:
        load(tmp_path)
    assert "l1.yaml" in str(error.value.sentence)
    assert what in str(error.value.sentence)
    assert remedy in str(error.value.remedy)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ("shown_first: {C5: C8}", "shown_first: C5: C8"),
        ("shown_first: {C5: C99}", "shown_first: C5: C99"),
        ("closed: [2026-12-29]", "closed: 2026-12-29"),
        ("open: []", "open"),
        ("- a", "['a']"),
        ("a: [", "while parsing"),
    ],
)
def test_what_is_wrong_in_the_settings(tmp_path, settings, what):
    (tmp_path / "settings.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(ClockWrong, match=r"settings\.yaml") as error:
        load(tmp_path)
    assert what in str(error.value.sentence)
    assert str(error.value.remedy)


def test_an_areas_nation_says_whose_bank_holidays_count(area):
    for written, expected in (("", "england"), ("nation: scotland\n", "scotland")):
        file = area.folder / "area.yaml"
        file.write_text(file.read_text(encoding="utf-8") + written, encoding="utf-8")
        assert of_area(open_area(area.folder)).nation == expected
    file.write_text(file.read_text(encoding="utf-8").replace("scotland", "cornwall"), encoding="utf-8")
    with pytest.raises(ClockWrong, match="nation: cornwall"):
        of_area(open_area(area.folder))


def test_every_wrong_file_is_named_at_once(area):
    folder = area.folder / "clocks"
    write(folder, "l1.yaml", kind="limit")
    write(folder, "l2.yaml", code="L2", length="5 days")
    write(folder, "l3.yaml", code="L3")
    assert [one.file.name for one in faults(area)] == ["l1.yaml", "l2.yaml"]


def test_a_changed_file_counts_without_a_new_start(tmp_path):
    import os

    write(tmp_path)
    assert load(tmp_path).clocks["L1"][0].title == "Visit"
    write(tmp_path, title="First visit")
    os.utime(tmp_path / "l1.yaml", ns=(1, 1))
    assert load(tmp_path).clocks["L1"][0].title == "First visit"
