"""A named person opens somebody or something as of concern, closes it, reviews who is not counted: kept with reason, grade and the records seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities.models import PersonAssignment
from engage.networks import actions, queries
from engage.networks.models import ConcernDecision
from engage.networks.showing import Part, Person
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
POLICE = ("detective", "police", "idris")
OWN = {"role": "detective", "agency": "police"}
PARTNER = {"role": "social_worker", "agency": "childrens_services"}


def where(world: World) -> dict[str, Any]:
    return {"build": world.warehouse.current(), "area": world.area}


def before(world: World, viewing: Any, family: str = "people", code: str = "MAX") -> frozenset[str]:
    return queries.subject(viewing=viewing(**OWN), **where(world), family=family, code=code).record_ids


def opens(world: World, viewing: Any, grade: str = "2BP", code: str = "MAX", **who: str) -> int:
    word = actions.Word(code, "Two girls in one car.", grade, seen=before(world, viewing))
    return actions.open_concern(viewing=viewing(**(who or OWN)), **where(world), family="people", word=word)


def lists(world: World, viewing: Any, **who: str) -> queries.ConcernList:
    return queries.concern_list(
        viewing=viewing(**who), **where(world), family="people", part=Part(), apart=Part()
    )


def form(browser: Client, path: str, **given: str) -> dict[str, str]:
    shown = browser.get(path).content.decode()
    found = re.search(r'name="seen" value="([^"]*)"', shown)
    return {**given, **({"seen": found[1].replace("&quot;", '"')} if found else {})}


def test_opening_and_closing_from_the_page_with_reason_and_grade(two: World, sign_in: SignIn) -> None:
    browser, path = sign_in(*POLICE), "/concern/people/MAX/decide/"
    shown = browser.post(path, form(browser, path, reason="", grade="9Z")).content.decode()
    assert "Say why: others will read it." in shown
    assert "Write the grade as a number 1 to 3" in shown
    assert not ConcernDecision.objects.exists()

    given = form(browser, path, reason="Two girls in one car.", grade="2BP")
    shown = browser.post(path, given, follow=True).content.decode()
    assert "Opened as of concern by Idris Quill, Nowhere Police" in shown
    row = ConcernDecision.objects.get()
    assert (row.kind, row.key, row.says, row.grade, row.said_by) == (
        "person",
        "MAX",
        "opened",
        "2BP",
        "idris",
    )
    assert "zz:police:events:e1" in row.seen
    written = AuditEvent.objects.get(action="concern.opened")
    assert (written.actor, written.subject, written.decision) == ("idris", "MAX", "opened")
    listed = browser.get("/concern/").content.decode()
    assert re.search(r'data-label="Opened by">Idris Quill<', listed)
    assert "Two girls in one car." in listed

    shown = browser.post(
        path, {"reason": "He is her uncle, and drives her to school."}, follow=True
    ).content.decode()
    assert "Closed by Idris Quill" in shown
    assert "Two girls in one car." in shown
    assert 'data-label="Opened by">Idris Quill<' not in browser.get("/concern/").content.decode()


def test_words_that_blame_a_child_are_shown_before_they_are_kept(two: World, sign_in: SignIn) -> None:
    browser, path = sign_in(*POLICE), "/concern/people/MAX/decide/"
    given = form(browser, path, reason="She is putting herself at risk.", grade="2BP")
    assert "A word before it is kept" in browser.post(path, given).content.decode()
    browser.post(path, {**given, "keep_words": "yes"})
    assert ConcernDecision.objects.count() == 1


@pytest.mark.parametrize("role", ["nurse", "business_support", "missing_coordinator"])
def test_who_may_not_is_refused_and_that_is_written(two: World, viewing: Any, role: str) -> None:
    with pytest.raises(MayNotDo):
        opens(two, viewing, role=role, agency="police")
    assert not ConcernDecision.objects.exists()
    assert AuditEvent.objects.filter(action="act.refused").exists()


def test_who_may_not_is_offered_no_form(two: World, sign_in: SignIn) -> None:
    browser = sign_in("nurse", "health", "nia")
    assert "Open it as of concern" not in browser.get("/concern/people/MAX/").content.decode()
    assert browser.get("/concern/people/MAX/decide/").status_code == 403


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"reason": " "}, "Say why"), ({"grade": "B2"}, "Write the grade"), ({"seen": frozenset()}, "No record")],
)  # fmt: skip
def test_without_reason_grade_or_records_nothing_is_kept(
    two: World, viewing: Any, changed: dict[str, Any], sentence: str
) -> None:
    given = {"code": "MAX", "reason": "x", "grade": "2BP", "seen": before(two, viewing), **changed}
    with pytest.raises(actions.DecisionRefused, match=sentence):
        actions.open_concern(
            viewing=viewing(**OWN), **where(two), family="people", word=actions.Word(**given)
        )
    assert not ConcernDecision.objects.exists()


def test_what_stands_open_is_not_opened_again_nor_closed_twice(two: World, viewing: Any) -> None:
    opens(two, viewing)
    with pytest.raises(actions.DecisionRefused, match="open already"):
        opens(two, viewing)
    word = actions.Word("MAX", "No more.")
    actions.close_concern(viewing=viewing(**OWN), **where(two), family="people", word=word)
    with pytest.raises(actions.DecisionRefused, match="not open"):
        actions.close_concern(viewing=viewing(**OWN), **where(two), family="people", word=word)


def test_what_was_opened_changes_nothing_that_is_worked_out_and_stays_through_another_build(
    two: World, viewing: Any
) -> None:
    worked_out = queries.of_concern(viewing=viewing(**OWN), **where(two))
    opens(two, viewing)
    opens(two, viewing, code="MUM")
    assert queries.of_concern(viewing=viewing(**OWN), **where(two)) == worked_out
    assert [one.key for one in lists(two, viewing, **OWN).opened] == ["MUM"]
    two.served(build_id="b2")
    again = lists(two, viewing, **OWN)
    assert again.decided.opened("person", "MAX")
    assert [one.key for one in again.opened] == ["MUM"]


def test_a_decision_is_told_to_nobody_who_may_not_see_all_that_it_rests_on(two: World, viewing: Any) -> None:
    opens(two, viewing)
    assert lists(two, viewing, **OWN).decided.opened("person", "MAX")
    assert lists(two, viewing, **PARTNER).decided.of("person", "MAX") == ()


def test_one_that_is_graded_c_is_told_to_nobody_who_may_not_see_the_agency_s_guarded_records(
    two: World, viewing: Any
) -> None:
    shared = queries.subject(viewing=viewing(**PARTNER), **where(two), family="people", code="MAX").record_ids
    for grade, known in (("2BC", False), ("2BP", True)):
        word = actions.Word("MAX", "Two girls.", grade, seen=shared)
        actions.open_concern(viewing=viewing(**OWN), **where(two), family="people", word=word)
        assert bool(lists(two, viewing, **PARTNER).decided.opened("person", "MAX")) is known
        actions.close_concern(
            viewing=viewing(**OWN), **where(two), family="people", word=actions.Word("MAX", "x")
        )


def test_who_is_not_counted_is_reviewed_with_a_day(two: World, sign_in: SignIn) -> None:
    browser, path = sign_in(*POLICE), "/concern/people/SUE/review/"
    shown = browser.post(path, {"reason": "Asked her manager.", "review_on": "2031-01-01"}).content.decode()
    assert "Name a day within 366 days" in shown
    browser.post(path, {"reason": "Asked her manager.", "review_on": "2026-06-01"})
    listed = browser.get("/concern/").content.decode()
    assert "Asked her manager." in listed
    assert re.search(r'data-label="To be looked at again">1 June 2026<', listed)
    assert browser.get("/concern/people/MAX/review/").status_code == 404


def closes(world: World, viewing: Any, reason: str, seen: frozenset[str] = frozenset()) -> None:
    word = actions.Word("MAX", reason, seen=seen)
    actions.close_concern(viewing=viewing(**OWN), **where(world), family="people", word=word)


def shared(world: World, viewing: Any) -> frozenset[str]:
    """The records on the page that a partner may see as well."""
    return queries.subject(viewing=viewing(**PARTNER), **where(world), family="people", code="MAX").record_ids


def test_that_it_was_closed_is_told_to_nobody_who_may_not_know_that_it_was_open(
    two: World, viewing: Any
) -> None:
    word = actions.Word("MAX", "Two girls.", "2BC", seen=shared(two, viewing))
    actions.open_concern(viewing=viewing(**OWN), **where(two), family="people", word=word)
    closes(two, viewing, "A source was wrong.", shared(two, viewing))
    assert [one.says for one in lists(two, viewing, **OWN).decided.of("person", "MAX")] == [
        "closed",
        "opened",
    ]
    assert lists(two, viewing, **PARTNER).decided.of("person", "MAX") == ()


def test_who_knows_that_it_was_open_learns_that_it_was_closed_and_not_by_what_they_may_not_see(
    two: World, viewing: Any
) -> None:
    word = actions.Word("MAX", "Two girls.", "2BP", seen=shared(two, viewing))
    actions.open_concern(viewing=viewing(**OWN), **where(two), family="people", word=word)
    closes(two, viewing, "By what a source says.", before(two, viewing))
    told = lists(two, viewing, **PARTNER).decided
    assert told.opened("person", "MAX") is None
    assert [(one.says, one.reason) for one in told.of("person", "MAX")] == [
        ("closed", ""),
        ("opened", "Two girls."),
    ]


def test_a_review_without_records_is_refused(two: World, viewing: Any) -> None:
    word = actions.Word("SUE", "Asked her manager.", review_on=date(2026, 6, 1))
    with pytest.raises(actions.DecisionRefused, match="No record"):
        actions.set_not_counted(viewing=viewing(**OWN), **where(two), word=word)


def test_what_was_decided_of_records_follows_them_when_they_are_judged_to_be_another_s(
    two: World, viewing: Any
) -> None:
    two.people("""
        id | agency | person | name     | born
        9  | police | MAX    | Max Tarn |
    """).events("""
        id | agency | who                                       | kind | when
        e9 | police | police/2 passenger, police/9 young person | stop | 2026-02-20
    """).served(build_id="b2")
    opens(two, viewing)
    at = datetime(2026, 4, 7, 9, tzinfo=UTC)
    PersonAssignment.objects.create(
        record_id="zz:police:persons:4", person_id="TOM", assigned_at=at, build_id="b2", cause="judgement"
    )
    found = lists(two, viewing, **OWN)
    assert found.decided.opened("person", "TOM")
    assert "MAX" not in {one.key for one in (*found.opened, *found.found)}


def test_a_baby_is_a_child(two: World, viewing: Any) -> None:
    assert [Person("", age).is_child for age in (0, 17, 18, None)] == [True, True, False, False]
