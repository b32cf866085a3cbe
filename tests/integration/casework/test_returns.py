"""Return home interviews over a bank-holiday weekend: due by clock hours, written once, known everywhere at once, corrected in both places."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from engage.casework.cases.models import CaseEntry, Told
from engage.casework.cases.rules import AnswersWrong, CaseNotShown, MoveRefused, Written
from engage.casework.returns import actions, queries
from engage.casework.week import queries as week
from engage.casework.week.rows import Row
from engage.governance import audit
from engage.governance.audit import AuditNotWritten
from engage.governance.models import AuditEvent, DeclaredRelationship
from engage.picture import queries as picture
from engage.picture.missing import queries as missing
from engage.picture.missing.queries import EpisodeNotShown
from engage.records.models import HandEntry
from engage.vocabulary.access import Viewing
from engage.web.missing import words
from tests.integration.casework.conftest import Office
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REPORT = "zz:police:events:m9"
# Good Friday, 20:00 in London, which is British Summer Time; due on Easter Monday at 20:00.
SATURDAY = datetime(2026, 4, 4, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)
TOLD = {"told": "yes", "told_who": "Her social worker", "told_at": "2026-04-06T13:00"}
REFUSED = {
    "by_hand": "yes", "offered": "yes", "offered_at": "2026-04-04T10:00", "offered_by": "Lena, by phone", "answer": "refused", "answered_at": "2026-04-04T10:05",
    "refused_by": "child", "offer_learned": "A man answered her phone.", "offered_again": "On Monday, at school", **TOLD,
}  # fmt: skip
HELD = {
    "by_hand": "yes", "offered": "yes", "offered_at": "2026-04-06T10:00", "offered_by": "Lena, at home", "answer": "accepted", "answered_at": "2026-04-06T10:05",
    "held": "yes", "held_at": "2026-04-06T11:00", "held_by": "Lena of the charity", "carer": "no", "alone": "yes", "learned": "She was driven to a flat.", "harm": "no",
    **TOLD,
}  # fmt: skip


@pytest.fixture
def back(world: World) -> World:
    """Ana went on Thursday and was found on Good Friday, 3 April 2026, at 20:00."""
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | ANA    | Ana Petal | 2010-03-01
        3  | police             | BEA    | Bea Reed  | 2011-05-05
    """).events("""
        id | agency | who                     | kind    | when
        m9 | police | police/2 missing person | missing | 2026-04-02 18:00
        f9 | police | police/2 missing person | found   | 2026-04-03 19:00
    """)  # fmt: skip
    world.served()
    return world


@pytest.fixture
def desk(back: World, viewing: Callable[..., Viewing]) -> Office:
    """The workers of that area."""
    return Office(back, viewing)


def record(desk: Office, who: Viewing | None = None, /, replaces: int | None = None, **answers: Any) -> int:
    written = Written("return_interview", answers, replaces=replaces)
    return actions.record(viewing=who or desk.as_(), **desk.where, report=REPORT, written=written)


def on_screen(desk: Office, at: datetime = TUESDAY) -> Any:
    shown = missing.screen(viewing=desk.as_(at=at), build=desk.where["build"])
    (one,) = shown.back
    return one


def chronology(desk: Office) -> list[str]:
    page = picture.person_page(viewing=desk.as_(), **desk.where, person_id="ANA")
    return [str(one.title) for one in page.entries if one.kind == "return_interview"]


def test_it_is_due_after_72_clock_hours_over_easter(desk: Office) -> None:
    found = queries.one_return(viewing=desk.as_(at=SATURDAY), build=desk.where["build"], report=REPORT)
    assert found.due is not None
    assert found.due.due_at == datetime(2026, 4, 6, 19, 0, tzinfo=UTC)
    assert (found.due.is_open, found.due.is_exact, found.due.is_late) == (True, True, False)
    assert on_screen(desk).interview.is_late


def test_refused_then_offered_again_and_held_is_known_everywhere_at_once(desk: Office) -> None:
    record(desk, **REFUSED)
    assert on_screen(desk).interview.how == "refused"
    assert chronology(desk) == ["Return home interview refused"]
    record(desk, **HELD)
    assert on_screen(desk).interview.how == "held"
    assert chronology(desk) == ["Return home interview held", "Return home interview refused"]
    shown = queries.interviews(viewing=desk.as_(), build=desk.where["build"], person_id="ANA")
    assert [(one.answers or {}).get("offer_learned") or (one.answers or {})["learned"] for one in shown] == ["A man answered her phone.", "She was driven to a flat."]  # fmt: skip
    events = list(Told.objects.order_by("seq").values_list("event", flat=True))
    assert {"interview.offered", "interview.refused", "interview.held", "interview.shared"} <= set(events)


def test_correcting_it_corrects_both(desk: Office) -> None:
    entry = record(desk, **REFUSED)
    record(desk, replaces=entry, **HELD)
    assert on_screen(desk).interview.how == "held"
    assert chronology(desk) == ["Return home interview held"]
    assert CaseEntry.objects.count() == 2
    assert HandEntry.objects.filter(withdraws__isnull=False).count() == 1


def test_another_agency_corrects_nothing_and_writes_its_own(desk: Office) -> None:
    entry = record(desk, **REFUSED)
    police = desk.as_("detective", "police")
    with pytest.raises(MoveRefused, match="Only the agency that wrote it"):
        record(desk, police, replaces=entry, **HELD)
    assert chronology(desk) == ["Return home interview refused"]
    record(desk, police, **HELD)
    assert len(chronology(desk)) == 2


@pytest.mark.parametrize(
    ("changed", "fault"),
    [({"carer": "yes"}, "carer"), ({"held_at": "2026-04-08T11:00"}, "held_at"), ({"learned": ""}, "learned")],
)
def test_what_cannot_be_is_said_at_its_question_and_nothing_is_kept(
    desk: Office, changed: dict[str, str], fault: str
) -> None:
    with pytest.raises(AnswersWrong) as wrong:
        record(desk, **{**HELD, **changed})
    assert set(wrong.value.faults) == {fault}
    assert not CaseEntry.objects.exists()
    assert not HandEntry.objects.exists()


def test_it_stands_in_the_open_case_where_the_agency_takes_part(desk: Office) -> None:
    number = desk.refers()
    record(desk, **REFUSED)
    record(desk, desk.as_("nurse", "health"), **HELD)
    assert list(CaseEntry.objects.filter(form="return_interview").order_by("seq").values_list("case", flat=True)) == [number, None]  # fmt: skip


def test_what_stands_in_a_case_is_read_by_who_takes_part_and_its_event_by_all(desk: Office) -> None:
    desk.refers()
    record(desk, **REFUSED)
    nurse = desk.as_("nurse", "health")
    (one,) = queries.interviews(viewing=nurse, build=desk.where["build"], person_id="ANA")
    assert one.answers is None
    assert on_screen(desk).interview.how == "refused"


def test_what_is_restricted_is_not_told_by_its_event(desk: Office) -> None:
    written = Written("return_interview", HELD, sensitivity="restricted")
    actions.record(viewing=desk.as_(), **desk.where, report=REPORT, written=written)
    payload = HandEntry.objects.get().payload
    assert "flat" not in str(payload)
    assert payload["title"] == "Return home interview held"


def test_nobody_else_is_told_of_it(desk: Office) -> None:
    record(desk, **REFUSED)
    for role, agency in (("information_governance", "police"), ("nobody", "police")):
        with pytest.raises(EpisodeNotShown):
            queries.one_return(viewing=desk.as_(role, agency), build=desk.where["build"], report=REPORT)
        with pytest.raises(CaseNotShown):
            queries.interviews(viewing=desk.as_(role, agency), build=desk.where["build"], person_id="ANA")
    with pytest.raises(EpisodeNotShown):
        queries.one_return(viewing=desk.as_(), build=desk.where["build"], report="zz:police:events:none")


def test_both_are_kept_or_neither(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote = audit._append

    def full(**row: Any) -> Any:
        if row.get("action") == "hand.recorded":
            raise AuditNotWritten("disk full")
        return wrote(**row)

    monkeypatch.setattr(audit, "_append", full)
    with pytest.raises(AuditNotWritten):
        record(desk, **REFUSED)
    assert not CaseEntry.objects.exists()
    assert not HandEntry.objects.exists()


@pytest.mark.parametrize(
    ("now", "says"), [("2026-04-04T10:00", "58 hours left"), ("2026-04-06T23:00", "over by 3 hours")]
)
def test_the_page_says_how_many_clock_hours_are_left(
    back: World, sign_in: Callable[..., Any], now: str, says: str
) -> None:
    file = back.area.folder / "area.yaml"
    settings = file.read_text(encoding="utf-8")
    file.write_text(settings.replace("2026-04-07T08:40", now), encoding="utf-8")
    page = sign_in().get(f"/returns/{REPORT}/").content.decode()
    assert says in page
    assert "Mon 6 April 2026, 20:00" in page


def test_what_the_police_say_of_the_return_is_not_asked_again(
    desk: Office, sign_in: Callable[..., Any]
) -> None:
    page = sign_in().get(f"/returns/{REPORT}/").content.decode()
    (chosen,) = re.findall(r'<input[^>]*name="by_hand"[^>]*checked[^>]*>', page)
    assert 'value="yes"' in chosen
    assert not re.findall(r'<input[^>]*name="offered"[^>]*checked', page)


def in_boxes(answers: dict[str, str]) -> dict[str, str]:
    """Answers as a page sends them: a moment in its boxes."""
    sent = {}
    for code, answer in answers.items():
        if "T" in answer and answer[:2] == "20":
            at = datetime.fromisoformat(answer)
            sent |= {f"{code}_0": str(at.day), f"{code}_1": str(at.month), f"{code}_2": str(at.year), f"{code}_3": f"{at:%H:%M}"}  # fmt: skip
        else:
            sent[code] = answer
    return sent


def test_what_was_begun_is_kept_and_of_two_corrections_neither_is_lost(
    desk: Office, sign_in: Callable[..., Any]
) -> None:
    entry = record(desk, **REFUSED)
    browser, path = sign_in(), f"/returns/{REPORT}/?replaces={entry}"
    begun = {"offer_learned": "A man answered, twice.", "save_draft": "yes"}
    browser.post(path, begun)
    assert "A man answered, twice." not in browser.get(path).content.decode()
    assert "A man answered, twice." in browser.get(f"{path}&draft=yes").content.decode()
    theirs = record(desk, replaces=entry, **{**REFUSED, "offer_learned": "Nobody answered."})
    mine = in_boxes({**REFUSED, "offer_learned": "A man answered, twice."})
    shown = browser.post(path, {**mine, "replaces": str(entry)}).content.decode()
    assert "Two of you wrote at the same time" in shown
    assert f'name="replaces" value="{theirs}"' in shown
    browser.post(path, {**mine, "replaces": str(theirs)})
    learned = CaseEntry.objects.order_by("seq").values_list("answers__offer_learned", flat=True)
    assert list(learned) == ["A man answered her phone.", "Nobody answered.", "A man answered, twice."]


def today(desk: Office, role: str, agency: str = "police", at: datetime = SATURDAY, **who: Any) -> list[Row]:
    viewing = desk.as_(role, agency, at=at, **who)
    found = week.today(viewing=viewing, **desk.where)
    return [row for one in found.lists if one.kind.code == "interviews" for row in one.filled.rows]


def test_an_interview_due_for_a_child_without_a_case_stands_on_the_coordinators_day(
    desk: Office, sign_in: Callable[..., Client]
) -> None:
    (row,) = today(desk, "missing_coordinator")
    shown = missing.screen(
        viewing=desk.as_("missing_coordinator", "police", at=SATURDAY), build=desk.where["build"]
    )
    assert (row.returned,) == shown.back
    assert (row.on, row.is_over) == (datetime(2026, 4, 6, 19, 0, tzinfo=UTC), False)
    assert row.returned is not None
    assert row.at is not None
    assert (
        words.due_and_left(row.returned.interview, row.at) == "Mon 6 April 2026, 20:00: 2 days 10 hours left"
    )
    (late,) = today(desk, "missing_coordinator", at=TUESDAY)
    assert late.is_over
    page = sign_in("missing_coordinator", "police").get("/today/").content.decode()
    assert "Return interviews of children without a case" in page
    assert "Ana Petal" in page
    assert f"{REPORT}/?child=" in page
    # The log says of whom it told.
    assert any("ANA" in one.subject for one in AuditEvent.objects.filter(action="today.view"))
    assert today(desk, "detective") == []
    record(desk, **REFUSED)
    assert today(desk, "missing_coordinator", at=TUESDAY) == []


def test_of_two_who_are_back_the_one_with_time_left_stands_first(
    world: World, viewing: Callable[..., Viewing]
) -> None:
    world.people("""
        id | agency | person | name      | born
        2  | police | ANA    | Ana Petal | 2010-03-01
        3  | police | BEA    | Bea Reed  | 2011-05-05
    """).events("""
        id | agency | who                     | kind    | when
        m1 | police | police/2 missing person | missing | 2026-03-28 18:00
        f1 | police | police/2 missing person | found   | 2026-03-29 19:00
        m2 | police | police/3 missing person | missing | 2026-04-05 18:00
        f2 | police | police/3 missing person | found   | 2026-04-05 19:00
    """)
    world.served()
    rows = today(Office(world, viewing), "missing_coordinator", at=TUESDAY)
    assert [(row.returned and row.returned.person_id, row.is_over) for row in rows] == [("BEA", False), ("ANA", True)]  # fmt: skip


def test_a_child_of_whom_a_case_tells_stands_with_its_time_limit_alone(desk: Office) -> None:
    desk.refers()
    assert today(desk, "missing_coordinator", "childrens_services") == []
    # Of whoever takes no part in the case nothing else tells.
    assert len(today(desk, "missing_coordinator", "police")) == 1


def test_who_may_not_see_the_child_is_told_of_no_interview(desk: Office) -> None:
    get_user_model().objects.create_user("niece", agency="police", role="missing_coordinator")
    DeclaredRelationship.objects.create(
        user="niece", kind="person", key="ANA", nature="Aunt", agency="police", declared_by="niece", declared_at=SATURDAY
    )  # fmt: skip
    assert today(desk, "missing_coordinator", user_id="niece") == []
    for purpose in ("missing_response", "data_quality"):
        viewing = desk.as_("missing_coordinator", "police", at=SATURDAY, purpose=purpose)
        shown = missing.screen(viewing=viewing, build=desk.where["build"])
        rows = today(desk, "missing_coordinator", purpose=purpose)
        assert tuple(row.returned for row in rows) == tuple(
            one for one in shown.back if one.interview.is_open
        )


AUTHORITIES = {"looked_after": "yes", "responsible": "another", "responsible_name": "Harbour Council", "host": "ours"}  # fmt: skip


def begun(browser: Client) -> dict[str, str]:
    """What the form of the return begins with: what is chosen, and what is written in a line."""
    page = browser.get(f"/returns/{REPORT}/").content.decode()
    chosen = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)
    written = re.findall(r'name="(\w+_name)" value="([^"]*)"', page)
    return dict([*chosen, *written])


def test_the_form_asks_which_authorities_a_looked_after_child_has(desk: Office) -> None:
    record(desk, **{**HELD, "looked_after": "no"})
    with pytest.raises(AnswersWrong) as error:
        record(desk, **{**HELD, "looked_after": "yes", "responsible": "another"})
    assert set(error.value.faults) == {"responsible_name", "host"}


def test_what_is_written_of_a_placement_stands_on_the_form_already(
    desk: Office, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in()
    assert "looked_after" not in begun(browser)
    number = desk.refers()
    placed = {"kind": "foster", "began_on": "2026-01-10", "source": "No. 9", "responsible": "another", "responsible_name": "Harbour Council", "host": "ours"}  # fmt: skip
    desk.writes(number, "placement", **placed, ended="no")
    assert AUTHORITIES.items() <= begun(browser).items()


@pytest.mark.parametrize("has_ended", [False, True])
def test_a_record_that_has_not_ended_names_the_authorities_before_what_is_written_by_hand(
    world: World, viewing: Callable[..., Viewing], sign_in: Callable[..., Client], has_ended: bool
) -> None:
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | ANA    | Ana Petal | 2010-03-01
    """).events("""
        id | agency             | who                        | kind         | when             | details
        m9 | police             | police/2 missing person    | missing      | 2026-04-02 18:00 |
        f9 | police             | police/2 missing person    | found        | 2026-04-03 19:00 |
        c1 | childrens_services | childrens_services/1 child | care_episode | 2026-01-10       | {"placing_authority": "Harbour  Council", "host_authority": "Nowhere Children's Services"}
    """)  # fmt: skip
    if has_ended:
        row = next(one for one in world.rows["event"] if one["kind"] == "care_episode")
        row |= {"happened_until_at": "2026-03-02 23:00:00", "until_precision": "day"}
    world.served()
    desk = Office(world, viewing)
    number = desk.refers()
    placed = {"kind": "foster", "began_on": "2026-01-10", "source": "No. 9", "responsible": "ours", "host": "another", "host_name": "Elsewhere", "host_told": "no"}  # fmt: skip
    desk.writes(number, "placement", **placed, ended="no")
    found = begun(sign_in())
    by_hand = {"responsible": "ours", "host": "another", "host_name": "Elsewhere"}
    assert (by_hand if has_ended else AUTHORITIES).items() <= found.items()


def test_the_authorities_that_are_named_stand_among_the_records_unless_the_entry_is_guarded(
    desk: Office,
) -> None:
    record(desk, **{**HELD, **AUTHORITIES})
    assert HandEntry.objects.get().payload["details"]["responsible_authority"] == "Harbour Council"
    written = Written("return_interview", {**HELD, **AUTHORITIES}, sensitivity="restricted")
    actions.record(viewing=desk.as_(), **desk.where, report=REPORT, written=written)
    assert "responsible_authority" not in HandEntry.objects.latest("pk").payload["details"]
