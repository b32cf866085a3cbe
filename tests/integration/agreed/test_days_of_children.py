"""A day also holds whom to see, whose eighteenth birthday is near, and of whom nobody has written whether they are referred to the National Referral Mechanism."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engage.casework.cases import actions as cases
from engage.casework.cases.actions import Written
from engage.casework.week import queries as week
from engage.casework.week.lists import lists as week_lists
from engage.governance.queries import roles
from tests.integration.agreed.conftest import TODAY
from tests.integration.agreed.test_pages import text


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VISIT = {"by": "mara", "where": "home", "saw": "She is well."}
CONSIDERED = {"considered_on": "2026-04-07", "considered_by": "mara", "moved": "no", "kinds": ["sexual"]}
NOT_REFERRED = {"refer": "no", "refer_not_why": "Nobody moved her."}


def lists(office, who, days=0):
    at = office.at(who).at + timedelta(days=days)
    found = week.today(viewing=office.at(who, at=at), build=office.build, area=office.area)
    return {one.kind.code: [(row.head.number, row.called or "", row.is_over) for row in one.filled.rows if row.head] for one in found.lists}  # fmt: skip


def test_a_child_is_to_be_seen_and_to_be_seen_alone(office, desk):
    case = office.allocated("mara")
    assert lists(office, "mara")["visits"] == []
    both = [(case, "Child seen", False), (case, "Child seen alone", False)]
    assert lists(office, "mara", 21)["visits"] == both
    assert lists(office, "bo", 21)["visits"] == both
    # Not of whoever has not got it, and in no other list.
    assert lists(office, "idris", 21).get("visits") is None
    assert not {called for _case, called, _over in lists(office, "mara", 21)["clocks"]} & {"Child seen", "Child seen alone"}  # fmt: skip
    # Seen in front of her mother: alone stays due, and is late after four weeks. A visit at which nobody opened is none.
    at = office.at("mara", at=office.at("mara").at + timedelta(days=23))
    seen = {
        **VISIT,
        "at": "2026-04-29T15:30",
        "seen": "yes",
        "alone": "no",
        "alone_why": "Her mother stayed.",
    }
    missed = {**VISIT, "at": "2026-04-29T16:30", "seen": "no", "not_seen_why": "Nobody opened."}
    for answers in (seen, missed):
        cases.write(viewing=at, build=office.build, area=office.area, number=case, written=Written("visit", answers))  # fmt: skip
    assert lists(office, "mara", 30)["visits"] == [(case, "Child seen alone", True)]
    assert "Visits due" in text(desk("mara").get("/today/"))
    office.declare("bo")
    assert lists(office, "bo", 30)["visits"] == []


def test_who_is_eighteen_within_a_hundred_days_stands_on_the_day(office):
    case = office.allocated("mara")
    # Ana is eighteen on 1 March 2028.
    before = (date(2028, 3, 1) - TODAY).days
    assert lists(office, "mara", before - 101)["eighteen"] == []
    assert lists(office, "mara", before - 100)["eighteen"] == [(case, "Last day as a child", False)]
    assert lists(office, "mara", before)["eighteen"] == [(case, "Last day as a child", True)]
    office.declare("mara")
    assert lists(office, "mara", before)["eighteen"] == []


def test_a_child_stands_there_until_it_is_written_whether_they_are_referred(office, desk):
    waiting = office.case(subject="BEN")
    case = office.allocated("mara")
    assert lists(office, "mara")["nrm"] == [(case, "", False)]
    # The front door has not decided on the other.
    assert [number for number, *_ in lists(office, "bo")["nrm"]] == [case] != [waiting]
    assert f"/cases/{case}/write/nrm_referral/" in text(desk("mara").get("/today/"))
    # What the police guard takes her off the list of those alone who may read it: a shorter list would tell the others that it is there.
    guarded = Written("nrm_referral", {**CONSIDERED, **NOT_REFERRED}, handling="C")
    other = office.allocated("idris")
    cases.write(viewing=office.at("idris"), build=office.build, area=office.area, number=other, written=guarded)  # fmt: skip
    assert lists(office, "idris")["nrm"] == []
    assert [number for number, *_ in lists(office, "bo")["nrm"]] == [case, other]
    office.write(case, "mara", "nrm_referral", **CONSIDERED, **NOT_REFERRED)
    assert lists(office, "mara")["nrm"] == []
    assert [number for number, *_ in lists(office, "bo")["nrm"]] == [other]


def test_nothing_of_it_is_on_the_day_of_who_declared_a_relationship(office):
    office.allocated("mara")
    office.declare("bo")
    assert lists(office, "bo")["nrm"] == []


def test_a_list_that_is_longer_than_what_is_shown_leads_to_all_of_it(office, desk):
    cases_ = [office.allocated("mara") for _ in range(11)]
    page = text(desk("mara").get("/today/"))
    assert 'href="/today/?all=nrm"' in page
    last = f"/cases/{cases_[-1]}/write/nrm_referral/"
    assert last not in page
    whole = text(desk("mara").get("/today/?all=nrm"))
    assert last in whole
    assert 'href="/today/?all=nrm"' not in whole


@pytest.mark.parametrize("who", ["mara", "idris", "nia", "cass", "edie", "mo", "ann", "dana"])
def test_every_limit_of_a_case_stands_once_on_the_day_of_whoever_has_it(office, who):
    case = office.allocated(who)
    late = [called for some in lists(office, who, 43).values() for number, called, over in some if number == case and over]  # fmt: skip
    assert late.count("Child seen") == late.count("Child seen alone") == 1
    days = lists(office, who, (date(2028, 3, 1) - TODAY).days - 100)
    born = [called for some in days.values() for _case, called, _over in some if called == "Last day as a child"]  # fmt: skip
    assert len(born) == 1
    assert "my_reviews" in days or who == "dana"


def test_who_has_no_case_reads_no_visits_of_their_agencys_cases(office):
    office.allocated("idris")
    assert not [called for some in lists(office, "mo", 43).values() for _case, called, _over in some if called.startswith("Child seen")]  # fmt: skip


def test_whoever_may_chair_a_meeting_has_on_their_day_what_waits_for_its_chair():
    for role, day in week_lists().roles.items():
        if "write_case" in roles()[role]["may"]:
            assert {"omissions", "to_sign"} <= {one.code for one in day.lists}, role
