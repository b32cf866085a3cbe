"""Does whoever declared a relationship see nothing of that person, address or firm through any door, and is each declaring kept?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from engage.casework.cases import actions as casework
from engage.casework.cases import queries as cases
from engage.casework.cases.actions import About, Written
from engage.casework.meetings.actions import Guest
from engage.casework.meetings.rules import MeetingRefused
from engage.governance import queries as governance
from engage.governance.declared import actions, queries
from engage.governance.declared.rules import Declaring, RelationshipRefused
from engage.governance.models import AuditEvent, DeclaredRelationship, User
from engage.identities.checking.asking import Asked
from engage.identities.guards.barring import barred_from_people, barred_people
from engage.identities.models import PersonAssignment
from engage.networks.charts.rules import Question
from engage.networks.maps import rules as maps
from engage.picture import actions as picture
from engage.picture.queries import PersonNotShown, person_page, search, watches
from engage.picture.rules import Filters, Sought
from engage.picture.watching.rules import Watched
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import EngageError
from tests.integration.casework.conftest import REFERRAL
from tests.integration.casework.test_meetings import Meetings
from tests.integration.governance.test_every_door import ASKED, DOORS, ROLES
from tests.integration.people.conftest import sign_in, world
from tests.spec.picture.drawing import World


__all__ = ["sign_in", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# What tells of Ana: her id, her name, her records, and those of events that she has a part in.
OF_ANA = ("ANA", "Petal", "persons:2", "children:1", "police:events:h1", "police:events:e1", "events:e3", "events:r1", "Came-for-her")  # fmt: skip
MARCH = maps.Asked(maps.CONCERNS, date(2026, 1, 1), date(2026, 3, 1))
FOR_ANA: dict[str, dict[str, Any]] = {
    "identities.explain_join": {
        "build": None,
        "left": "zz:childrens_services:children:1",
        "right": "zz:police:persons:2",
    },
    "identities.person_of_record": {"build": None, "record_id": "zz:police:persons:2"},
    "identities.check": {"build": None, "asked": Asked(forename="Ana", surname="Petal")},
    "picture.missing.episode": {"build": None, "report": "zz:police:events:r1"},
    "networks.charts.chart": {"build": None, "question": Question(about=(("person", "BEA"),))},
    "networks.subject": {"build": None, "area": None, "family": "people", "code": "MAX"},
    "networks.group": {"build": None, "area": None, "number": 1},
    "networks.linked_to": {"build": None, "area": None, "person_id": "BEA"},
    "networks.maps.hotspots": {"build": None, "area": None, "asked": MARCH},
    "networks.maps.hotspots_to_take_away": {"build": None, "area": None, "asked": MARCH},
}
# Keys of all records, to measure the joins by: for the operator at the command line, of no content.
MEASURES = {
    "identities.everyone",
    "identities.figures",
    "identities.if_answered",
    "networks.measured",
    "casework.meetings.agencies_proposed",
}
ANALYST = {"role": "analyst", "agency": "police"}
AS_ANALYST = (
    "networks.groups",
    "networks.group",
    "networks.charts.chart_to_print",
    "picture.worklist.worklist",
)


@pytest.fixture
def two(world: World) -> World:
    """Ana and Bea with signs of harm, Max who drives both; Ana was also missing, with Bea; a text about Bea names her."""
    world.people("""
        id | agency             | person | name       | born       | address     | phone
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 3 Weir Lane | 07000123456
        2  | police             | ANA    | Ana Petal  | 2010-03-01 |             |
        3  | police             | BEA    | Bea Reed   | 2011-05-05 |             | 07000123456
        4  | police             | MAX    | Max Tarn   | 1998-01-01 |             |
        5  | police             | MUM    | May Stone  | 1980-01-01 | 3 Weir Lane |
        8  | police             | LEN    | Len Pool   | 1990-07-07 |             |
    """).events("""
        id | agency | who             | kind          | when
        h1 | police | police/2 victim | investigation | 2026-01-10
        h2 | police | police/3 victim | investigation | 2026-01-11
    """).events("""
        id | agency | who                                                     | kind         | when             | plate   | place      | grade | text
        e1 | police | police/2 passenger, police/4 driver, police/8 passenger | stop         | 2026-02-01       | QQ11ABC |            |       |
        e2 | police | police/3 passenger, police/4 driver, police/8 passenger | stop         | 2026-02-10       | QQ11ABC | Star Cabs  |       |
        e3 | police | police/2 subject, police/3 subject, police/4 subject    | intelligence | 2026-02-20       |         | Old Flat 2 | 2BP   | Came-for-her
        e4 | police | police/3 subject, police/4 subject                      | intelligence | 2026-03-01       |         | Old Flat 2 | 3DP   |
        r1 | police | police/2 missing person, police/3 missing person        | missing      | 2026-04-04 20:00 |         |            |       |
        r2 | police | police/3 missing person                                 | missing      | 2026-04-05 20:00 |         |            |       |
    """)  # fmt: skip
    world.ties("""
        agency             | from                 | kind      | to
        childrens_services | childrens_services/1 | sister of | police/3
    """).proposed("police/2", "police/8")
    world.served()
    return world


@pytest.fixture
def at_work(two: World, at_work_in: Callable[..., Viewing]) -> Callable[..., Viewing]:
    """The same, where these two are known."""
    return at_work_in


@pytest.fixture
def at_work_in(viewing: Callable[..., Viewing]) -> Callable[..., Viewing]:
    """Somebody at work for the missing, on the day of the build."""

    def make(role: str = "social_worker", agency: str = "childrens_services", **more: Any) -> Viewing:
        return viewing(role=role, agency=agency, **{"user_id": "mara", **more})

    return make


def declares(who: Viewing, kind: str = "person", key: str = "ANA") -> int:
    return actions.declare(viewing=who, declaring=Declaring(kind, key, key, "My sister's child", "2010"))


def opens(name: str, two: World, at_work: Callable[..., Viewing]) -> str:
    """All that a door answers, as text."""
    build = two.warehouse.current()
    known = {"build": build, "waiting": build, "area": two.area}
    asked = {key: known.get(key, value) for key, value in {**ASKED, **FOR_ANA}[name].items()}
    who = {**(ANALYST if name in AS_ANALYST else {}), **ROLES.get(name, {})}
    with contextlib.suppress(EngageError):
        return _text(DOORS[name](viewing=at_work(**who), **asked))
    return ""


def _text(found: Any) -> str:
    """What was asked is no answer: a page says which words or ids it was asked for."""
    asked = ("words='Ana Petal'", "{'ANA': Named(name='', born='')}")
    return reduce(lambda text, one: text.replace(one, ""), asked, repr(found))


def tells(answer: str) -> list[str]:
    return [word for word in OF_ANA if word in answer]


@pytest.mark.parametrize("of", [("person", "ANA"), ("address", "3 weir lane|")])
def test_no_door_tells_whoever_declared_a_relationship_anything_of_the_person(
    two: World, at_work: Callable[..., Viewing], of: tuple[str, str]
) -> None:
    names = sorted(set(DOORS) - MEASURES - {"governance.audit_events", "governance.own_access_log"})
    before = {name: tells(opens(name, two, at_work)) for name in names}
    # Of these doors it is known that they tell of her, so that what follows can fail.
    assert {name for name, told in before.items() if told} >= {
        "identities.person", "identities.records_of", "identities.person_of_record", "identities.history_of_id", "identities.explain_join", "identities.explain_person",
        "picture.person_page", "picture.chronology", "picture.how_called", "picture.search", "picture.indicators.child", "picture.worklist.worklist",
        "picture.worklist.worklist_to_take_away", "picture.missing.screen", "picture.missing.together", "picture.missing.episode", "networks.concern_list",
        "networks.of_concern", "networks.of_concern_to_take_away", "networks.subject", "networks.charts.chart", "networks.charts.chart_to_print",
    }  # fmt: skip
    declares(at_work(), *of)
    after = {name: tells(opens(name, two, at_work)) for name in names if name != "governance.declared.mine"}
    after = {name: told for name, told in after.items() if told and not name.startswith("governance.")}
    assert after == {}
    log = _text(governance.own_access_log(viewing=at_work(), limit=1000))
    assert "relationship.declared" in log
    if of[0] == "address":
        # The log goes by ids: of whoever lives there it lists who looked, and nothing that is held.
        return
    assert "person.view" not in log
    everybody = governance.audit_events(
        viewing=at_work("information_governance", purpose="audit"), limit=1000
    )
    assert not [row for row in everybody if row.action == "person.view" and "ANA" in row.subject]


def test_others_see_what_they_saw(two: World, at_work: Callable[..., Viewing]) -> None:
    build = two.warehouse.current()
    declares(at_work())
    other = at_work(user_id="lena")
    assert (
        person_page(viewing=other, build=build, area=two.area, person_id="ANA", filters=Filters()).name
        == "Ana Petal"
    )
    assert [one.person_id for one in search(viewing=other, build=build, sought=Sought("Ana Petal")).found] == ["ANA"]  # fmt: skip


def test_the_words_are_those_for_somebody_who_is_not_there(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    build, said = two.warehouse.current(), []
    declares(at_work())
    for person in ("ANA", "NOBODY"):
        with pytest.raises(PersonNotShown) as refused:
            person_page(viewing=at_work(), build=build, area=two.area, person_id=person)
        said.append((str(refused.value.sentence), str(refused.value.remedy)))
    assert said[0] == said[1]


def test_an_event_with_the_person_is_not_on_anothers_page_and_the_rest_is(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    build = two.warehouse.current()

    def beas() -> list[str]:
        page = person_page(viewing=at_work(), build=build, area=two.area, person_id="BEA")
        return sorted(entry.event_record_id.rpartition(":")[2] for entry in page.entries)

    assert beas() == ["e2", "e3", "e4", "h2", "r1", "r2"]
    declares(at_work())
    assert beas() == ["e2", "e4", "h2", "r2"]


def test_the_bar_follows_the_records_when_a_judgement_parts_or_joins_the_id(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    """Declared of an id whose records a judgement then gives another id, they do not come back under that."""
    build = two.warehouse.current()
    declares(at_work())
    PersonAssignment.objects.create(
        record_id="zz:police:persons:2", person_id="NEW", assigned_at=at_work().at + timedelta(minutes=1), build_id="b1", cause="judgement", judgement=None
    )  # fmt: skip
    for person in ("ANA", "NEW"):
        with pytest.raises(PersonNotShown):
            person_page(viewing=at_work(), build=build, area=two.area, person_id=person)


def test_a_watch_made_before_tells_nothing_any_more(two: World, at_work: Callable[..., Viewing]) -> None:
    build, who = two.warehouse.current(), at_work()
    picture.watch(viewing=who, build=build, area=two.area, watched=Watched("person", "ANA"), why="Worry", until=date(2026, 5, 1))  # fmt: skip
    assert "Petal" in repr(watches(viewing=who, build=build))
    declares(who)
    assert not tells(repr(watches(viewing=who, build=build)).replace("key='ANA'", "").replace("person_id='ANA'", ""))  # fmt: skip


def test_cases_of_the_person_and_of_the_firm_are_in_no_list_and_no_count(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    where = {"build": two.warehouse.current(), "area": two.area}
    who, other = at_work(), at_work(user_id="lena")
    casework.refer(viewing=other, **where, about=About("child", "ANA"), written=Written("referral", REFERRAL))
    place = {"place": "Star Cabs, Weir Lane", "worry": "Girls wait there at night."}
    cab = casework.refer(viewing=other, **where, about=About("place", called="Star Cabs, Weir Lane"), written=Written("referral_of_place", place))  # fmt: skip
    casework.refer(viewing=other, **where, about=About("place", called="Mill Park"), written=Written("referral_of_place", {**place, "place": "Mill Park"}))  # fmt: skip

    def listed() -> tuple[int, set[str]]:
        found = cases.cases(viewing=who, build=where["build"], asked=cases.Filter())
        return found.count, {one.called or one.subject for one in found.heads}

    assert listed()[0] == 3
    declares(who)
    declares(who, "firm", "star cabs")
    assert listed() == (1, {"Mill Park"})
    with pytest.raises(cases.CaseNotShown):
        cases.case(viewing=who, **where, number=cab)


def shown(two: World, who: Viewing) -> set[str]:
    """Whose pages somebody sees."""
    found = set()
    for person in ("ANA", "BEA", "MAX", "MUM", "LEN"):
        with contextlib.suppress(PersonNotShown):
            person_page(viewing=who, build=two.warehouse.current(), area=two.area, person_id=person)
            found.add(person)
    return found


def test_an_address_bars_whoever_lives_there_until_it_is_ended(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    everybody = {"ANA", "BEA", "MAX", "MUM", "LEN"}
    assert shown(two, at_work()) == everybody
    number = declares(at_work(), "address", "3 weir lane|")
    assert shown(two, at_work()) == {"BEA", "MAX", "LEN"}
    assert shown(two, at_work(user_id="lena")) == everybody
    actions.end(viewing=at_work(), number=number, reason="They moved away")
    assert shown(two, at_work()) == everybody
    declares(at_work(), "address", "3 weir lane|QX11AA")
    assert shown(two, at_work()) == {"BEA", "MAX", "LEN"}


def test_an_address_bars_by_the_records_as_judgements_join_them_and_not_where_somebody_lived_once(
    world: World, at_work_in: Callable[..., Viewing]
) -> None:
    world.people("""
        id | agency             | person | name      | born       | address     | until
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | 3 Weir Lane |
        2  | police             | ANA    | Ana Petal | 2010-03-01 |             |
        3  | police             | BEA    | Bea Reed  | 2011-05-05 | 3 Weir Lane | 2025-06-01
        4  | childrens_services | BEA    | Bea Reed  | 2011-05-05 | 9 Mill Road |
    """)
    world.served()
    build, who = world.warehouse.current(), at_work_in()
    declares(who, "address", "3 weir lane|")

    def barred() -> frozenset[str]:
        return barred_people(build, who.viewer.user_id)

    assert barred() == {"ANA"}
    PersonAssignment.objects.create(
        record_id="zz:childrens_services:children:1", person_id="NEW", assigned_at=who.at + timedelta(minutes=1), build_id="b1", cause="judgement", judgement=None
    )  # fmt: skip
    assert barred() == {"NEW"}
    assert barred_from_people(build) == {"NEW": {"mara"}}


def test_whoever_declared_an_address_is_not_invited_about_who_lives_there(
    two: World, viewing: Callable[..., Viewing]
) -> None:
    meet = Meetings(two, viewing)
    User.objects.create(username="dan", agency="police", role="detective")
    by_name = Guest("police", "police", user="dan", user_name="Dan")
    ana, bea = meet.case("ANA"), meet.case("BEA")
    number, other = (meet.calls("strategy_discussion", case) for case in (ana, bea))
    declares(viewing(role="detective", agency="police", user_id="dan"), "address", "3 weir lane|")
    with pytest.raises(MeetingRefused, match="Dan cannot be invited to this") as refused:
        meet.invites(number, by_name)
    assert not {"relationship", "address", "lives", "declared"} & set(str(refused.value).lower().split())
    meet.invites(other, by_name)
    found = cases.cases(viewing=meet.as_("detective", "police", user_id="dan"), build=meet.where["build"], asked=cases.Filter())  # fmt: skip
    assert [one.subject for one in found.heads] == ["BEA"]


def test_of_many_declared_addresses_is_asked_at_once(two: World, at_work: Callable[..., Viewing]) -> None:
    build = two.warehouse.current()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert barred_from_people(build)["MUM"] == {"mara"}
        return len(queries)

    declares(at_work(), "address", "3 weir lane|")
    before = asked()
    for number in range(10):
        declares(at_work(), "address", f"{number} reed close|")
    assert asked() == before


def test_a_place_is_gone_from_lines_and_pages_and_the_people_stay(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    build = two.warehouse.current()

    def page() -> str:
        return repr(person_page(viewing=at_work(), build=build, area=two.area, person_id="BEA"))

    assert "Old Flat 2" in page()
    declares(at_work(), "firm", "old flat 2")
    assert "Old Flat 2" not in page()
    assert "Star Cabs" in page()


def test_whoever_declared_it_ends_it_or_a_manager_of_the_agency_with_a_reason(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    number = declares(at_work())
    for stranger in (at_work(user_id="lena"), at_work("team_manager", "police", user_id="pete")):
        with pytest.raises(RelationshipRefused):
            actions.end(viewing=stranger, number=number, reason="I say so")
    manager = at_work("team_manager", user_id="boss")
    with pytest.raises(RelationshipRefused, match="Say why"):
        actions.end(viewing=manager, number=number, reason=" ")
    actions.end(viewing=manager, number=number, reason="It was another Ana")
    (one,) = queries.of_agency(viewing=manager)
    assert (one.user, one.ended_by, one.ended_reason) == ("mara", "boss", "It was another Ana")
    with pytest.raises(RelationshipRefused):
        actions.end(viewing=manager, number=number, reason="Twice")
    page = person_page(viewing=at_work(), build=two.warehouse.current(), area=two.area, person_id="ANA")
    assert page.name == "Ana Petal"
    assert list(
        AuditEvent.objects.filter(action__startswith="relationship.").values_list("action", "subject", "why")
    ) == [
        ("relationship.declared", "ANA", ""),
        ("relationship.ended", "ANA", "It was another Ana"),
    ]


def test_what_is_declared_says_to_whom_and_what_and_stands_once(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    for kind, key, nature, since in (("person", " ", "Aunt", "2010"), ("friend", "ANA", "Aunt", "2010"), ("person", "ANA", " ", "2010"), ("person", "ANA", "Aunt", " ")):  # fmt: skip
        with pytest.raises(RelationshipRefused):
            actions.declare(viewing=at_work(), declaring=Declaring(kind, key, "Ana", nature, since))
    assert not DeclaredRelationship.objects.exists()
    number = declares(at_work())
    with pytest.raises(RelationshipRefused, match="already, and it stands"):
        declares(at_work())
    # Another worker's is theirs, and what was ended can be declared again.
    declares(at_work(user_id="lena"))
    actions.end(viewing=at_work(), number=number, reason="It was another Ana")
    declares(at_work())


def test_the_database_keeps_what_was_declared(two: World, at_work: Callable[..., Viewing]) -> None:
    number = declares(at_work())
    for change in ("since = '2020'", "called = 'Bea'", "nature = 'x'", "ended_reason = 'x', ended_at = null, since = 'y'"):  # fmt: skip
        with pytest.raises(DatabaseError, match="is kept"), transaction.atomic(), connection.cursor() as cursor:  # fmt: skip
            cursor.execute(f"update governance_declaredrelationship set {change} where id = {number}")
    with pytest.raises(DatabaseError, match="is kept"), transaction.atomic():
        DeclaredRelationship.objects.filter(pk=number).delete()


def test_a_manager_is_not_told_of_others_of_whom_they_see_nothing_themselves(
    two: World, at_work: Callable[..., Viewing]
) -> None:
    declares(at_work())
    manager = at_work("team_manager", user_id="boss")
    assert len(queries.of_agency(viewing=manager)) == 1
    declares(manager)
    assert [one.user for one in queries.of_agency(viewing=manager)] == ["boss"]
