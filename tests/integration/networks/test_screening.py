"""A list is held against what is held: asked for by one, given leave by another, run once, cleared; and nothing of what misses is left anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.test import Client

from engage.governance import audit
from engage.governance.audit import AuditNotWritten
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo, MayNotSee
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.networks import actions as concern
from engage.networks.models import Screening, ScreeningStep
from engage.networks.queries import NothingToShow
from engage.networks.queries import subject as concern_subject
from engage.networks.rules import code_of
from engage.networks.screening import actions, keeping, queries
from engage.networks.screening.actions import Asking, ScreeningRefused
from engage.networks.screening.reading import read
from engage.networks.screening.showing import Hits
from engage.store.area import Area
from engage.web import tasks
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
ASKER = {"role": "detective", "agency": "police", "user_id": "idris"}
LEAD = {"role": "team_manager", "agency": "police", "user_id": "bo"}
TODAY = date(2026, 4, 7)
MISSED = ("Mia Nowhere", "Otto Nichts", "07700900999", "ZZ99ZZZ")
LIST = f"""
Len Pool, 7/7/1990
Max Tarn
{MISSED[0]}, 4/5/1977
{MISSED[1]}
QQ11 ABC
{MISSED[2]}
{MISSED[3]}
"""


@pytest.fixture
def town(two: World) -> World:
    """The world of `two`, with those who may ask and give leave."""
    make = get_user_model().objects.create_user
    make("bo", first_name="Bo", last_name="Lead", agency="police", role="team_manager")
    make("idris", first_name="Idris", last_name="Vane", agency="police", role="detective")
    return two


def asking(text: str = LIST, **more: Any) -> Asking:
    entries = read(text, file="list", today=TODAY, most=500).entries
    given = {
        "whose_list": "New drivers, licensing team", "why": "A report of a driver.", "purpose": "disruption", "authoriser": "bo",
        "last_day": TODAY + timedelta(days=28), "entries": entries, **more,
    }  # fmt: skip
    return Asking(**given)


class Case:
    """One area, and the doors of screening as its people go through them."""

    def __init__(self, world: World, viewing: Callable[..., Any]) -> None:
        self.world, self.viewing, self.area = world, viewing, world.area

    def ask(self, text: str = LIST, **more: Any) -> int:
        return actions.ask_to_screen(
            viewing=self.viewing(**ASKER), area=self.area, asking=asking(text, **more)
        )

    def give(self, number: int, **who: Any) -> None:
        actions.authorise_screening(viewing=self.viewing(**(who or LEAD)), area=self.area, number=number)

    def run(self, number: int, **who: Any) -> int:
        build = self.world.warehouse.current()
        return actions.run_screening(
            viewing=self.viewing(**(who or ASKER)), build=build, area=self.area, number=number
        )

    def look(self, number: int, **who: Any) -> queries.ScreeningShown:
        build = self.world.warehouse.current()
        return queries.screening(
            viewing=self.viewing(**{**ASKER, **who}), build=build, area=self.area, number=number
        )

    def screened(self, text: str = LIST, **more: Any) -> Hits:
        number = self.ask(text, **more)
        self.give(number)
        self.run(number)
        hits = self.look(number).hits
        assert hits is not None
        return hits


@pytest.fixture
def case(town: World, viewing: Callable[..., Any]) -> Case:
    return Case(town, viewing)


def told(hits: Hits) -> list[tuple[int, str, str, str]]:
    return [(one.entry.row, one.kind, one.key, one.how) for one in hits.shown]


def test_what_is_sure_and_what_may_be_is_told_with_how_it_fits(case: Case) -> None:
    hits = case.screened()
    assert told(hits) == [
        (2, "person", "LEN", "name_and_birth"),
        (3, "person", "MAX", "name_alone"),
        (6, "vehicle", "QQ11ABC", "number"),
    ]
    assert [one.is_sure for one in hits.shown] == [True, False, True]
    vehicle = hits.shown[2]
    assert [tied.person_id for tied in vehicle.tied] == ["ANA", "BEA", "LEN", "MAX"]


def test_a_hit_says_whether_and_why_it_is_of_concern_and_a_child_never_is(case: Case) -> None:
    case.world.people("""
        id | agency | person | name     | born       | phone
        9  | police | NAN    | Nan Dell | 1979-09-09 | 07700900456
    """).served(build_id="b2")
    hits = case.screened("Len Pool, 7/7/1990\nAna Petal, 1/3/2010\nNan Dell, 9/9/1979\n07700 900456")
    by_key = {one.key: one for one in hits.shown}
    assert (by_key["LEN"].concerned.is_listed, by_key["LEN"].concerned.children) == (True, 2)
    assert by_key["LEN"].concerned.agencies == ("police",)
    assert not by_key["NAN"].concerned.is_listed
    ana = by_key["ANA"]
    assert ana.known is not None
    assert (ana.known.is_child, ana.concerned.is_listed, ana.concerned.children) == (True, False, 0)
    phone = by_key["07700900456"]
    assert [tied.known.name for tied in phone.tied] == ["Nan Dell"]


def test_that_somebody_was_opened_as_of_concern_is_told_only_to_who_may_know_it(case: Case) -> None:
    where = {"build": case.world.warehouse.current(), "area": case.area}
    own = case.viewing(**ASKER)
    seen = concern_subject(viewing=own, **where, family="people", code="MAX").record_ids
    word = concern.Word("MAX", "Two girls in one car.", "2BP", seen=seen)
    concern.open_concern(viewing=own, **where, family="people", word=word)
    (found,) = case.screened("Max Tarn").shown
    assert found.concerned.opened is not None
    assert found.concerned.opened.said_by_name == "Detective"

    make = get_user_model().objects.create_user
    make("pam", first_name="Pam", last_name="Lead", agency="childrens_services", role="team_manager")
    theirs = {"role": "social_worker", "agency": "childrens_services", "user_id": "mara"}
    number = actions.ask_to_screen(
        viewing=case.viewing(**theirs), area=case.area, asking=asking("Max Tarn", authoriser="pam")
    )
    case.give(number, role="team_manager", agency="childrens_services", user_id="pam")
    case.run(number, **theirs)
    shown = case.look(number, **theirs).hits
    assert shown is not None
    (other,) = shown.shown
    assert other.concerned.opened is None
    assert other.concerned.children == 2


def test_what_the_asker_may_not_see_is_in_no_hit_and_no_count(case: Case) -> None:
    case.world.people("""
        id | agency             | person | name      | born       | phone       | cohort   | handling
        20 | childrens_services | SEC    | Sec Reed  | 1970-02-02 | 07700900777 | case     | C
        21 | education          | DEE    | Dee Ashby | 1971-05-02 | 07700900778 | register |
    """).people("""
        id | agency | person | name       | born       | phone       | sensitivity
        22 | health | ZOE    | Zoe Hidden | 1972-09-09 | 07700900779 | health-specialist
    """).events("""
        id | agency             | who                   | kind | when       | plate   | handling
        g1 | childrens_services | childrens_services/20 | stop | 2026-02-01 | QQ44ZZZ | C
    """).served(build_id="b2")  # fmt: skip
    number = case.ask(
        "Sec Reed, 2/2/1970\n07700900777\nQQ44 ZZZ\nDee Ashby, 2/5/1971\n07700900778\nLen Pool, 7/7/1990\nZoe Hidden, 9/9/1972\n07700900779"
    )
    case.give(number)
    assert case.run(number) == 1
    hits = case.look(number).hits
    assert hits is not None
    assert told(hits) == [(6, "person", "LEN", "name_and_birth")]
    assert ScreeningStep.objects.get(says="run").hit_count == 1


def test_a_hit_that_may_not_be_seen_any_more_is_not_shown(case: Case) -> None:
    number = case.ask()
    case.give(number)
    case.run(number)
    build = case.world.warehouse.current()
    other = case.viewing(**{**ASKER, "role": "business_support"})
    with pytest.raises(MayNotDo):
        queries.screening(viewing=other, build=build, area=case.area, number=number)
    moved = {**ASKER, "agency": "charity"}
    with pytest.raises(NothingToShow):
        case.look(number, **moved)


def test_who_comes_to_fit_a_row_later_is_no_hit(case: Case) -> None:
    number = case.ask("Max Tarn\nLen Pool, 7/7/1990")
    case.give(number)
    case.run(number)
    case.world.people("""
        id | agency | person | name     | born
        30 | police | MAY    | Max Tarn | 1980-01-02
    """).served(build_id="b2")
    hits = case.look(number).hits
    assert hits is not None
    assert [one.key for one in hits.shown] == ["MAX", "LEN"]


def test_a_common_name_names_so_many_and_says_that_there_are_more(case: Case) -> None:
    people = "id | agency | person | name | born\n"
    people += "\n".join(
        f"4{n} | police | K{n} | Jo Kell | 19{70 + n}-0{n % 9 + 1}-{n + 10}" for n in range(12)
    )
    case.world.people(people).served(build_id="b2")
    hits = case.screened("Jo Kell\nJo Kell, 13/4/1973")
    assert [(one.entry.row, one.how) for one in hits.shown].count((1, "name_alone")) == 10
    assert hits.more == (1,)
    assert [one.key for one in hits.shown if one.entry.row == 2 and one.is_sure] == ["K3"]


def test_by_an_old_name_somebody_is_found_and_the_name_is_told(case: Case) -> None:
    case.world.people("""
        id | agency | person | name     | born       | alias
        60 | police | PIP    | Pip Hale | 1980-05-06 | Pip Rowe
    """).served(build_id="b2")
    hits = case.screened("Pip Rowe, 6/5/1980")
    assert [(one.label, one.by, one.how) for one in hits.shown] == [
        ("Pip Hale", "Pip Rowe", "name_and_birth")
    ]
    browser = browser_of("idris")
    shown = browser.get(f"/screenings/{Screening.objects.get().pk}/").content.decode()
    assert "The same name and the same day of birth. Recorded as Pip Rowe" in shown


def test_who_was_named_is_not_crowded_out_by_who_comes_to_fit_later(case: Case) -> None:
    number = case.ask("Max Tarn")
    case.give(number)
    case.run(number)
    people = "id | agency | person | name | born\n"
    people += "\n".join(f"5{n} | police | A{n} | Max Tarn | " for n in range(12))
    case.world.people(people).served(build_id="b2")
    hits = case.look(number).hits
    assert hits is not None
    assert [one.key for one in hits.shown] == ["MAX"]
    assert hits.more == ()


def test_a_plate_is_found_in_a_text_and_in_an_event_of_nobody(case: Case) -> None:
    case.world.told("t1", "police/8 subject", "He was seen in a black Corsa, QQ55XYZ, by the park.")
    case.world.events("""
        id | agency | who | kind         | when       | plate
        u1 | police |     | intelligence | 2026-02-01 | QQ66ABC
    """).read().served(build_id="b2")
    hits = case.screened("QQ55 XYZ\nQQ66 ABC")
    by_text, of_nobody = hits.shown
    assert [(one.person_id, one.is_text_only) for one in by_text.tied] == [("LEN", True)]
    assert (of_nobody.tied, of_nobody.records) == ((), ("zz:police:events:u1",))


def test_nothing_is_matched_before_leave_and_leave_is_another_persons(case: Case) -> None:
    number = case.ask()
    with pytest.raises(ScreeningRefused, match="no leave yet"):
        case.run(number)
    assert case.look(number).hits is None
    with pytest.raises(MayNotDo):
        case.give(number, **ASKER)
    other = {**LEAD, "user_id": "cy"}
    with pytest.raises(NothingToShow):
        case.give(number, **other)
    case.give(number)
    with pytest.raises(ScreeningRefused, match="does not wait"):
        case.give(number)
    case.run(number)
    with pytest.raises(ScreeningRefused, match="was run already"):
        case.run(number)


def test_a_manager_who_asks_does_not_give_themselves_leave(case: Case) -> None:
    with pytest.raises(ScreeningRefused, match="Somebody else of your agency"):
        actions.ask_to_screen(viewing=case.viewing(**LEAD), area=case.area, asking=asking())
    assert not Screening.objects.exists()
    assert keeping.kept(case.area) == []


@pytest.mark.parametrize("role", ["nurse", "parent_liaison", "missing_coordinator", "business_support", "information_governance"])  # fmt: skip
def test_who_may_not_ask_is_refused_and_that_is_written(case: Case, role: str) -> None:
    with pytest.raises(MayNotDo):
        actions.ask_to_screen(
            viewing=case.viewing(**{**ASKER, "role": role}), area=case.area, asking=asking()
        )
    assert AuditEvent.objects.filter(action="act.refused").exists()
    assert keeping.kept(case.area) == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"whose_list": " "}, "Say whose list"),
        ({"why": ""}, "Say whose list"),
        ({"purpose": "data_quality"}, "for this purpose"),
        ({"authoriser": "idris"}, "Somebody else of your agency"),
        ({"authoriser": "nobody"}, "Somebody else of your agency"),
        ({"last_day": TODAY + timedelta(days=29)}, "28 days at most"),
        ({"last_day": TODAY - timedelta(days=1)}, "28 days at most"),
        ({"entries": ()}, "1 to 500 rows"),
        ({"entries": asking("Len Pool").entries * 501}, "1 to 500 rows"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(
    case: Case, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ScreeningRefused, match=sentence):
        case.ask(**more)
    assert not Screening.objects.exists()
    assert keeping.kept(case.area) == []


def test_to_everybody_else_a_screening_is_not_there(case: Case) -> None:
    number = case.ask()
    said = set()
    for looked in (number, number + 1):
        with pytest.raises(NothingToShow) as refused:
            case.look(looked, user_id="ivo")
        said.add(str(refused.value))
    assert len(said) == 1
    assert queries.screenings(viewing=case.viewing(**{**ASKER, "user_id": "ivo"}), area=case.area) == []
    assert case.look(number, **LEAD).standing.number == number


def test_whoever_gave_leave_is_not_shown_what_it_led_to(case: Case) -> None:
    number = case.ask()
    case.give(number)
    case.run(number)
    assert case.look(number).hits is not None
    shown = case.look(number, **LEAD)
    assert (shown.standing.state, shown.hits) == ("run", None)


def test_refusing_needs_a_reason_and_removes_the_list(case: Case) -> None:
    number, lead = case.ask(), case.viewing(**LEAD)
    with pytest.raises(ScreeningRefused, match="Say why"):
        actions.refuse_screening(viewing=lead, area=case.area, number=number, reason=" ")
    assert keeping.waiting_list(case.area, number) is not None
    actions.refuse_screening(viewing=lead, area=case.area, number=number, reason="Too wide.")
    assert keeping.kept(case.area) == []
    with pytest.raises(ScreeningRefused):
        case.give(number)
    steps = [(step.says, step.reason) for step in case.look(number).standing.steps]
    assert steps == [("refused", "Too wide."), ("cleared", "")]


@pytest.mark.parametrize("who", [ASKER, LEAD], ids=["asker", "lead"])
def test_either_withdraws_it_with_a_reason_and_all_is_removed(case: Case, who: dict[str, str]) -> None:
    number = case.ask()
    case.give(number)
    case.run(number)
    actions.withdraw_screening(
        viewing=case.viewing(**who), area=case.area, number=number, reason="Wrong list."
    )
    shown = case.look(number)
    assert (shown.standing.state, shown.hits) == ("withdrawn", None)
    assert keeping.kept(case.area) == []
    with pytest.raises(ScreeningRefused):
        actions.withdraw_screening(viewing=case.viewing(**who), area=case.area, number=number, reason="x")


@pytest.mark.parametrize(
    ("is_run", "days", "state"), [(True, 29, "expired"), (False, 14, "lapsed")], ids=["run", "not run"]
)
def test_after_its_day_nothing_is_shown_and_the_next_look_of_anybody_clears_it(
    case: Case, is_run: bool, days: int, state: str
) -> None:
    number = case.ask()
    case.give(number)
    if is_run:
        case.run(number)
    at = case.viewing().at + timedelta(days=days)
    before = case.look(number, at=at - timedelta(days=1))
    assert before.standing.is_kept
    queries.screenings(viewing=case.viewing(**{**LEAD, "at": at}), area=case.area)
    assert keeping.kept(case.area) == []
    shown = case.look(number, at=at)
    assert (shown.standing.state, shown.hits) == (state, None)
    written = AuditEvent.objects.get(action="screening.cleared")
    assert (written.actor, written.subject) == ("bo", f"screening {number}")
    if not is_run:
        with pytest.raises(ScreeningRefused):
            case.run(number, **{**ASKER, "at": at})


def test_each_step_is_in_the_log_with_its_purpose_and_what_was_found(case: Case) -> None:
    number = case.ask()
    case.give(number)
    case.run(number)
    case.look(number)
    rows = {row.action: row for row in AuditEvent.objects.all()}
    assert {"screening.asked", "screening.authorised", "screening.run", "screening.view"} <= set(rows)
    assert {row.purpose for action, row in rows.items() if action.startswith("screening.")} == {"disruption"}
    found = [f"screening {number}", f"vehicle:{code_of('vehicle', 'QQ11ABC')}", "LEN", "MAX"]
    assert sorted(rows["screening.run"].subject.split(",")) == sorted(found)
    assert {"ANA", "BEA"} < set(rows["screening.view"].subject.split(","))


def test_only_who_audits_sees_everybodys_and_nothing_of_a_list(case: Case) -> None:
    case.ask()
    officer = case.viewing(role="information_governance", purpose="audit")
    (one,) = queries.screenings_of_all(viewing=officer, area=case.area)
    assert (one.asked_by, one.authoriser, one.row_count, one.counts) == ("idris", "bo", 7, (4, 1, 2))
    with pytest.raises(MayNotSee):
        queries.screenings_of_all(viewing=case.viewing(**LEAD), area=case.area)


def everything_kept(folder: Path) -> str:
    """All that the decided store says, as its server gives it, and every byte of every file: of the area, and of the database where it is one."""
    with connection.cursor() as cursor:
        parts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            parts.append(str(cursor.fetchall()))
    files = [file for file in folder.rglob("*") if file.is_file()]
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        files += list(database.parent.glob(database.name + "*"))
    return "\n".join([*parts, *(file.read_bytes().decode("latin-1") for file in files)])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_of_what_missed_nothing_is_left_anywhere(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    number = case.ask()
    assert [one for one in MISSED if one in everything_kept(case.area.folder)] == list(MISSED)
    case.give(number)
    case.run(number)
    case.look(number)
    kept = everything_kept(case.area.folder) + caplog.text
    assert [one for one in (*MISSED, "1977-05-04", "Nichts", "Nowhere, ") if one in kept] == []
    # Of what hit something is left: so the search would have found the others.
    assert "1990-07-07" in (case.area.folder / "screenings" / f"{number}.json").read_text(encoding="utf-8")

    actions.withdraw_screening(viewing=case.viewing(**ASKER), area=case.area, number=number, reason="Done.")
    assert not list((case.area.folder / "screenings").iterdir())


def test_the_list_is_for_the_owner_of_the_files_alone(case: Case) -> None:
    number = case.ask()
    file = case.area.folder / "screenings" / f"{number}.json"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_when_the_log_cannot_be_written_it_is_not_run_and_the_list_waits(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = case.ask()
    case.give(number)

    def full(**_: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "_append", full)
        with pytest.raises(AuditNotWritten):
            case.run(number)
    assert not ScreeningStep.objects.filter(says="run").exists()
    assert case.run(number) == 3


def test_somebody_who_was_judged_to_be_another_since_is_shown_as_who_they_are_today(case: Case) -> None:
    number = case.ask("Len Pool, 7/7/1990")
    case.give(number)
    case.run(number)
    at = case.viewing().at
    record = case.world.named("police/8")
    PersonAssignment.objects.create(record_id=record, person_id="MAX", assigned_at=at, cause="judgement")
    PersonIdEvent.objects.create(
        person_id="LEN", kind="merged", other_id="MAX", at=at, cause="judgement", after_seq=PersonAssignment.objects.latest("seq").seq
    )  # fmt: skip
    hits = case.look(number).hits
    assert hits is not None
    assert told(hits) == [(1, "person", "MAX", "name_and_birth")]


def test_the_worker_clears_what_nobody_looks_at(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.ask()
    assert tasks.clear_screenings() == 0
    assert len(keeping.kept(case.area)) == 1
    later = case.viewing().at + timedelta(days=14)
    monkeypatch.setattr(Area, "clock", property(lambda _area: lambda: later))
    assert tasks.clear_screenings() == 1
    assert keeping.kept(case.area) == []
    assert ScreeningStep.objects.get().says == "cleared"
    assert tasks.clear_screenings() == 0


def test_a_file_of_no_screening_is_removed(case: Case) -> None:
    keeping.keep_list(case.area, 99, asking().entries)
    assert actions.clear_screenings(viewing=case.viewing(**LEAD), area=case.area) == 1
    assert keeping.kept(case.area) == []
    assert not ScreeningStep.objects.exists()


def test_the_manager_is_told_on_the_home_page_and_whoever_asked_finds_the_hits(
    case: Case, town: World
) -> None:
    idris, bo = (browser_of(name) for name in ("idris", "bo"))
    given = {"whose_list": "Drivers", "why": "A report.", "purpose": "disruption", "authoriser": "bo", "last_day": "2026-05-01"}  # fmt: skip
    wrong = idris.post("/screenings/new/", {**given, "pasted": "Len Pool, 31/2/1990"}).content.decode()
    assert "row 1, column born: “31/2/1990” cannot be read." in wrong
    answer = idris.post("/screenings/new/", {**given, "pasted": LIST}, follow=True)
    assert "Nothing is looked for until leave is given." in answer.content.decode()
    number = Screening.objects.get().pk
    assert "1 screening waits for your leave" in bo.get("/").content.decode()
    for path in (f"/screenings/{number}/", f"/screenings/{number}/leave/"):
        assert not [one for one in (*MISSED, "Len Pool") if one in bo.get(path).content.decode()]
    refused = idris.post(f"/screenings/{number}/leave/", {"give": "yes"})
    assert refused.status_code == 403
    assert "It cannot be run" in idris.post(f"/screenings/{number}/run/", follow=True).content.decode()

    bo.post(f"/screenings/{number}/leave/", {"give": "yes"})
    assert "waits for your leave" not in bo.get("/").content.decode()
    shown = idris.post(f"/screenings/{number}/run/", follow=True).content.decode()
    for words in (
        "3 rows led to something that whoever asked may see.",
        "4 rows led to nothing; nothing else of them is kept.",
        "is no clearance and no “not known”",
        "records received up to 6 April 2026 that you may see for this purpose",
        "On the list of concern: separate records link them to 2 children",
        "The name alone: the list, or every record you may see, gives no day of birth",
        "Under 18: a child, and never listed as of concern",
        'href="/people/LEN/"',
        'href="/concern/people/LEN/"',
        f'href="/concern/vehicles/{code_of("vehicle", "QQ11ABC")}/"',
    ):
        assert words in shown, words
    assert not [one for one in MISSED if one in shown]
    assert "score" not in shown.partition("<main")[2].partition("<footer")[0].lower()
    hidden = bo.get(f"/screenings/{number}/").content.decode()
    assert "Len Pool" not in hidden
    assert browser_of("nia", "nurse", "health").get("/screenings/").status_code == 403
    assert browser_of("ivo", "detective", "police").get(f"/screenings/{number}/").status_code == 404


def browser_of(username: str, role: str = "", agency: str = "") -> Client:
    """A browser in which somebody has signed in; whoever is not there yet is made."""
    model = get_user_model()
    user = model.objects.filter(username=username).first()
    user = user or model.objects.create_user(username, agency=agency, role=role)
    client = Client()
    client.force_login(user)
    return client
