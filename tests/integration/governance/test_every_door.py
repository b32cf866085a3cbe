"""Does every door take who looks, write that they looked, and show nothing when that cannot be written?"""

import contextlib
import importlib
import inspect
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from engage.casework.agreed import queries as agreed
from engage.casework.agreed.queries import ActionNotShown
from engage.casework.cases.listing import Filter
from engage.casework.cases.rules import CaseNotShown
from engage.casework.files.queries import FileNotShown
from engage.casework.meetings import queries as meetings
from engage.casework.meetings.queries import MeetingNotShown
from engage.casework.minutes import queries as minutes
from engage.casework.week.queries import DrawNotShown
from engage.governance import audit
from engage.governance.audit import AuditNotWritten
from engage.governance.models import AuditEvent
from engage.identities.checking.asking import Asked
from engage.identities.evaluating import Truth
from engage.identities.judging.rules import JudgementRefused
from engage.identities.measuring.answer import Answer
from engage.identities.trained.rules import ModelUnknown
from engage.networks.charts.rules import Question
from engage.networks.charts.saved import ChartUnknown
from engage.networks.maps import rules as maps
from engage.networks.maps.queries import HotspotNotShown
from engage.networks.queries import NothingToShow
from engage.networks.showing import Part
from engage.picture.missing.queries import EpisodeNotShown
from engage.picture.rules import Filters, Sought
from engage.records.queries import DeliveryUnknown
from engage.vocabulary.words import EngageError
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STAGES = (
    "governance",
    "governance.declared",
    "records",
    "identities",
    "picture",
    "picture.indicators",
    "picture.measures",
    "picture.missing",
    "picture.worklist",
    "networks",
    "networks.charts",
    "networks.maps",
    "networks.screening",
    "casework.cases",
    "casework.agreed",
    "casework.files",
    "casework.week",
    "casework.meetings",
    "casework.rounds",
    "casework.minutes",
    "casework.returns",
    "casework.referrals",
)
# What a door of these gives is about no person, or is given to no person: each with why.
NO_DOORS = {
    "casework.files.not_shown": "an error, and the line in the log that somebody asked",
    "casework.week.has_a_day": "about a role",
    "governance.policy": "the access table itself",
    "governance.can": "about a role",
    "governance.check_can": "about a role",
    "governance.check_may_audit": "shows nothing; audits whether the role may audit",
    "governance.roles": "the list of roles",
    "governance.purposes": "the list of purposes",
    "governance.operator": "who the operator is",
    "governance.acting": "who acts on the command line",
    "governance.check_purpose": "about a purpose",
    "governance.viewer_named": "who signed in",
    "governance.reasons_for": "what access is decided on, shown by doors that audit",
    "governance.looks_at": "what a door of identities lists, which audits",
    "governance.number_decided": "a number, by which a door of identities bounds what it lists",
    "governance.count_decided_since": "a number of lines, and no person",
    "governance.decided_by_agency": "numbers by agency, and no person",
    "governance.was_decided": "whether something was done",
    "networks.charts.check_complete": "about a question",
    "picture.not_shown": "an error, and the line in the log that somebody asked",
    "picture.missing.with_anyone": "picks from what a door gave",
    "records.delivery_inputs": "what a build reads, and no person",
    "records.hand_rows": "what a build reads, and no person",
    "records.hand_since": "part of a person's page, whose door audits",
    "records.faults_of_deliveries": "whether files are as they were received",
    "records.last_known_on": "a day",
    "records.waiting": "a number of deliveries",
}
MARCH = maps.Asked(maps.CONCERNS, date(2026, 3, 1), date(2026, 3, 1))
LEFT, RIGHT = "zz:childrens_services:children:1", "zz:police:persons:2"
ASKED = {
    "governance.own_access_log": {},
    "governance.audit_events": {},
    "governance.declared.mine": {},
    "governance.declared.of_agency": {},
    "governance.declared.of_all": {},
    "records.deliveries": {},
    "records.delivery": {"name": "none"},
    "records.rejects": {"build": None},
    "records.quality": {"build": None},
    "identities.person": {"build": None, "person_id": "ANA"},
    "identities.records_of": {"build": None, "person_id": "ANA"},
    "identities.person_of_record": {"build": None, "record_id": LEFT},
    "identities.history_of_id": {"build": None, "person_id": "ANA"},
    "identities.explain_join": {"build": None, "left": LEFT, "right": RIGHT},
    "identities.explain_person": {"build": None, "person_id": "ANA"},
    "identities.everyone": {"build": None},
    "identities.figures": {"build": None, "answer": Answer("none", "", Truth({}, {}, []), {})},
    "identities.how_right": {"build": None},
    "identities.models": {"build": None},
    "identities.model": {"build": None, "version": 1},
    "identities.joined": {"build": None},
    "identities.fingerprint": {"build": None},
    "identities.if_answered": {"build": None, "person_of": {}, "most": 1},
    "identities.check": {"build": None, "asked": Asked(forename="Maud", surname="Tarrant")},
    "identities.check_received": {"build": None, "waiting": None},
    "identities.queue": {"build": None},
    "identities.pair_to_judge": {"build": None, "left": LEFT, "right": RIGHT},
    "identities.judgements": {"build": None},
    "identities.agreement": {},
    "identities.chances": {"build": None},
    "identities.judgement": {"build": None, "seq": 1},
    "identities.relied_on": {"build": None, "seq": 1},
    "picture.person_page": {"build": None, "area": None, "person_id": "ANA"},
    "picture.chronology": {"build": None, "area": None, "person_id": "ANA", "filters": Filters()},
    "picture.how_called": {"build": None, "person_ids": ["ANA"]},
    "picture.measures.told_in": {"build": None, "texts": set()},
    "picture.indicators.child": {"build": None, "area": None, "person_id": "ANA"},
    "picture.indicators.uses": {"build": None, "area": None},
    "picture.worklist.worklist": {"build": None, "area": None},
    "picture.worklist.worklist_to_take_away": {"build": None, "area": None},
    "picture.worklist.came_by_week": {"build": None, "area": None, "exploited": set(), "weeks_back": 4},
    "picture.missing.screen": {"build": None},
    "picture.missing.together": {"build": None},
    "picture.missing.episode": {"build": None, "report": "zz:police:events:m1"},
    "picture.measures.readings_judged": {"build": None},
    "picture.watches": {"build": None},
    "picture.watches_of_all": {},
    "picture.measures.how_worded": {
        "build": None,
        "area": None,
        "from_on": date(2025, 4, 1),
        "until_on": date(2026, 5, 1),
    },
    "picture.measures.mentioned_in": {"build": None, "files": set()},
    "networks.concern_list": {
        "build": None,
        "area": None,
        "family": "people",
        "part": Part(),
        "apart": Part(),
    },
    "networks.subject": {"build": None, "area": None, "family": "people", "code": "ANA"},
    "networks.linked_to": {"build": None, "area": None, "person_id": "ANA"},
    "networks.place_without_names": {"build": None, "area": None, "code": "none"},
    "networks.group": {"build": None, "area": None, "number": 1},
    "networks.of_concern": {"build": None, "area": None},
    "networks.of_concern_to_take_away": {"build": None, "area": None},
    "networks.groups": {"build": None, "area": None},
    "networks.groups_to_take_away": {"build": None, "area": None},
    "networks.measured": {"build": None, "area": None},
    "networks.charts.chart": {"build": None, "question": Question(about=(("person", "ANA"),))},
    "networks.charts.chart_to_print": {"build": None, "question": Question(about=(("person", "ANA"),))},
    "networks.charts.chart_to_take_away": {"build": None, "question": Question(about=(("person", "ANA"),))},
    "networks.charts.saved_charts": {"build": None},
    "networks.charts.saved_chart": {"build": None, "number": 1},
    "networks.maps.hotspots": {"build": None, "area": None, "asked": MARCH},
    "networks.maps.hotspots_without_names": {"build": None, "area": None, "asked": MARCH},
    "networks.maps.hotspots_to_take_away": {"build": None, "area": None, "asked": MARCH},
    "networks.maps.hotspots_to_keep": {"build": None, "area": None, "asked": MARCH},
    "networks.maps.hotspot": {"build": None, "area": None, "asked": MARCH, "code": "none"},
    "networks.screening.to_ask": {},
    "networks.screening.screenings": {"area": None},
    "networks.screening.screening": {"build": None, "area": None, "number": 1},
    "networks.screening.screenings_of_all": {"area": None},
    "casework.cases.case": {"build": None, "area": None, "number": 1},
    "casework.cases.cases": {"build": None, "asked": Filter()},
    "casework.cases.written_about": {"build": None, "person_id": "ANA"},
    "casework.files.files": {"build": None, "case": 1},
    "casework.files.standing": {"build": None, "person_id": "ANA"},
    "casework.files.take": {"build": None, "area": None, "number": 1},
    "casework.agreed.actions": {"build": None, "asked": agreed.Asked()},
    "casework.agreed.mine": {"build": None, "asked": agreed.Asked()},
    "casework.agreed.action": {"build": None, "number": 1},
    "casework.agreed.often_agreed": {"build": None, "area": None, "case": 1},
    "casework.week.caseload": {"build": None, "area": None},
    "casework.week.limits": {"build": None, "area": None},
    "casework.week.draws": {},
    "casework.week.draw": {"build": None, "area": None, "number": 1},
    "casework.week.digest_address": {},
    "casework.week.today": {"build": None, "area": None},
    "casework.meetings.meetings": {"build": None, "area": None, "asked": meetings.Asked()},
    "casework.meetings.meeting": {"build": None, "area": None, "number": 1},
    "casework.meetings.proposed": {"build": None, "area": None, "number": 1},
    "casework.meetings.agencies_proposed": {"build": None, "area": None, "person_ids": ["ANA"]},
    "casework.rounds.information_round": {"build": None, "area": None, "number": 1},
    "casework.rounds.to_answer": {"build": None, "area": None, "number": 1},
    "casework.returns.one_return": {"build": None, "report": "zz:police:events:m1"},
    "casework.returns.interviews": {"build": None, "person_id": "ANA"},
    "casework.referrals.mine": {"build": None, "area": None},
    "casework.referrals.links": {},
    "casework.minutes.record": {"build": None, "area": None, "number": 1},
    "casework.minutes.pack": {"build": None, "area": None, "number": 1},
    "casework.minutes.worded": {"build": None, "area": None, "number": 1, "versions": {}},
    "casework.minutes.register": {"build": None, "area": None, "asked": minutes.Asked()},
    "picture.search": {"build": None, "sought": Sought("Ana Petal")},
}
ABOUT_SOMEBODY = sorted(
    name
    for name, asked in ASKED.items()
    if {"person_id", "sought", "left", "record_id", "question"} & set(asked)
)
ROLES = {
    "governance.declared.of_agency": {"role": "team_manager"},
    "governance.declared.of_all": {"role": "information_governance", "purpose": "audit"},
    "governance.audit_events": {"role": "information_governance", "purpose": "audit"},
    "identities.everyone": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "identities.figures": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "identities.check_received": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "identities.if_answered": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "picture.worklist.worklist_to_take_away": {"role": "operator", "agency": "", "purpose": "data_quality"},
    "networks.of_concern_to_take_away": {"role": "operator", "agency": "", "purpose": "data_quality"},
    "networks.groups_to_take_away": {"role": "operator", "agency": "", "purpose": "data_quality"},
    "networks.charts.chart_to_take_away": {"role": "analyst", "agency": "police"},
    "networks.maps.hotspots_to_take_away": {"role": "operator", "agency": "", "purpose": "data_quality"},
    "networks.measured": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "picture.worklist.came_by_week": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "picture.watches_of_all": {"role": "information_governance", "purpose": "audit"},
    "networks.screening.screenings_of_all": {"role": "information_governance", "purpose": "audit"},
    "picture.measures.readings_judged": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "casework.week.caseload": {"role": "team_manager"},
    "casework.week.limits": {"role": "team_manager"},
    "casework.week.draws": {"role": "team_manager"},
    "casework.week.draw": {"role": "team_manager"},
    "picture.measures.how_worded": {"role": "team_manager"},
    "casework.meetings.agencies_proposed": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "picture.measures.told_in": {"role": "operator", "agency": "", "purpose": "linkage_review"},
    "picture.measures.mentioned_in": {"role": "operator", "agency": "", "purpose": "linkage_review"},
}


def doors():
    for stage in STAGES:
        module = importlib.import_module(f"engage.{stage}.queries")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{stage}.{name}", function


DOORS = {name: function for name, function in doors() if name not in NO_DOORS}


def test_every_function_of_a_reading_door_is_tried_here_or_is_said_to_be_none():
    assert set(DOORS) == set(ASKED)
    assert {name for name, _ in doors()} >= set(NO_DOORS)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_door_takes_who_looks_by_name_and_never_by_default(name):
    viewing = inspect.signature(DOORS[name]).parameters["viewing"]
    assert viewing.kind is inspect.Parameter.KEYWORD_ONLY
    assert viewing.default is inspect.Parameter.empty


@pytest.fixture
def world(area, db):
    world = World(area)
    world.people("""
        id | agency             | person | name      | born       | handling
        ---+--------------------+--------+-----------+------------+---------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 |
        2  | police             | ANA    | Ana Petal | 2010-03-01 |
        3  | police             | SEC    | Sec Reed  | 2010-03-01 | C
    """).served()
    return world


@pytest.fixture
def opened(world, viewing):
    build = world.warehouse.current()

    def call(name, **instead):
        known = {"build": build, "waiting": build, "area": world.area}
        asked = {key: known.get(key, value) for key, value in ASKED[name].items()}
        who = {"as_of": date(2026, 4, 6), **ROLES.get(name, {}), **instead}
        return DOORS[name](viewing=viewing(**who), **asked)

    return call


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_door_writes_who_looked_for_what_purpose(opened, name):
    # Of deliveries, judgements, models, reports of the missing, cases, actions, things of concern, groups and charts there is none in a drawn town.
    with contextlib.suppress(
        ActionNotShown,
        CaseNotShown,
        DeliveryUnknown,
        DrawNotShown,
        FileNotShown,
        EpisodeNotShown,
        JudgementRefused,
        MeetingNotShown,
        ModelUnknown,
        NothingToShow,
        ChartUnknown,
        HotspotNotShown,
        CaseNotShown,
    ):
        opened(name)
    rows = list(AuditEvent.objects.all())
    assert rows
    assert {(row.request_id, bool(row.actor), bool(row.purpose)) for row in rows} == {("test", True, True)}
    assert all(row.action and row.subject and row.decision for row in rows)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_door_shows_nothing_when_the_log_cannot_be_written(opened, name, monkeypatch):
    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "_append", full)
    with pytest.raises(AuditNotWritten):
        opened(name)


@pytest.mark.parametrize("name", ABOUT_SOMEBODY)
@pytest.mark.parametrize("role", ["information_governance", "nobody", ""])
def test_a_role_without_a_row_is_shown_nobody_and_that_is_written(opened, name, role):
    try:
        shown = opened(name, role=role)
    except EngageError as error:
        shown = error
    assert isinstance(shown, EngageError) or shown.found == ()
    assert "Petal" not in str(shown).replace("words='Ana Petal'", "")
    last = AuditEvent.objects.latest("id")
    assert last.decision == "nothing" or last.subject == "none"


@pytest.mark.django_db(transaction=True)
def test_a_view_that_is_rolled_back_leaves_neither_row_nor_page(opened):
    shown = []

    def look():
        with transaction.atomic():
            shown.append(opened("picture.person_page").name)
            raise RuntimeError("the server fell over before the page was sent")

    with pytest.raises(RuntimeError):
        look()
    assert shown == ["Ana Petal"]
    assert not AuditEvent.objects.exists()
