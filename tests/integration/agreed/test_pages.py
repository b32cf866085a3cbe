"""Pages of actions, of one's day, and of drafts: what is written is never lost, and nobody sees what is not theirs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from engage.casework.cases import drafts
from engage.casework.cases.models import Draft
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.week import queries as week
from engage.casework.week.lists import lists
from engage.casework.week.today import PROVIDERS
from engage.governance.models import AuditEvent
from engage.governance.queries import roles
from tests.integration.agreed.conftest import TODAY


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def late(number, days=10):
    with connection.cursor() as cursor:
        cursor.execute(
            "update tasks_agreedaction set due_on = %s, version = version + 1 where seq = %s",
            [TODAY - timedelta(days=days), number],
        )
    return number


def test_an_action_is_agreed_on_its_page_from_what_is_often_agreed(office, desk):
    case, mara = office.allocated(), desk("mara")
    page = text(mara.get(f"/actions/new/?case={case}"))
    assert "Offer a health assessment by the specialist nurse." in page
    page = text(mara.get(f"/actions/new/?case={case}&often=child_health"))
    # Ten working days after Tuesday 7 April 2026.
    assert 'value="2026-04-21"' in page
    sent = {"what": "Offer a health assessment", "user": "nia", "due_on": "2026-04-21"}
    page = text(mara.post(f"/actions/new/?case={case}", sent, follow=True))
    assert "Nia Quill, Nowhere Health" in page
    assert AgreedAction.objects.get().case == case
    assert "Offer a health assessment" in text(desk("nia").get(f"/actions/?case={case}"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"user": "nia", "due_on": "2026-04-21"}, "Say what is to be done."),
        ({"what": "x", "due_on": "2026-04-21"}, "Name who does it: a worker, or an agency and a name."),
        ({"what": "x", "user": "nia"}, "Say by which day."),
        ({"what": "x", "user": "nia", "due_on": "2026-04-01"}, "Give a day that is still to come."),
    ],
)
def test_what_is_missing_is_said(desk, sent, said):
    assert said in text(desk("mara").post("/actions/new/", sent))
    assert not AgreedAction.objects.exists()


def test_two_who_write_at_once_see_both_and_the_second_can_still_send(office, desk):
    number, mara = office.agree("mara", "Ring the school", to="mara"), desk("mara")
    address = f"/actions/{number}/"
    assert 'name="version" value="0"' in text(mara.get(address))
    office.say("bo", number, "extended", reason="The school is closed.", due_on=TODAY + timedelta(days=9))
    mine = {"says": "not_needed", "reason": "She rang us herself.", "version": "0"}
    page = text(mara.post(address, mine))
    assert "said something of this action while you were writing" in page
    both = page.split('id="two-title"')[1].split("</section>")[0]
    assert "The school is closed." in both
    assert "She rang us herself." in both
    assert AgreedAction.objects.get().state == "open"
    # Neither is lost where the page is: hers is a draft besides.
    assert Draft.objects.get().content["reason"] == ["She rang us herself."]
    assert 'name="version" value="1"' in page
    text(mara.post(address, {**mine, "version": "1"}, follow=True))
    assert [one.says for one in ActionWord.objects.order_by("number")] == ["extended", "not_needed"]
    assert not Draft.objects.exists()


def test_many_are_chased_at_once(office, desk):
    first, second = (office.agree("mara", f"action {n}", to="mara") for n in range(2))
    office.say("mara", second, "done")
    page = text(
        desk("bea").post("/actions/chase/", {"chosen": [first, second, 77], "here": "/actions/"}, follow=True)
    )
    assert "1 action was chased. 2 were not" in page
    assert ActionWord.objects.filter(says="chased").count() == 1
    away = desk("bea").post("/actions/chase/", {"chosen": [first], "here": "https://elsewhere.example/"})
    assert away.url == "/actions/"


def test_an_action_of_others_is_no_page_and_in_no_list(office, desk):
    case = office.case()
    number = office.agree("mara", "Ask about the boyfriend", case=case, to="idris")
    there, nowhere = (desk("cass").get(f"/actions/{one}/") for one in (number, 999))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    page = text(desk("cass").get("/actions/?state=any"))
    assert "boyfriend" not in page
    assert "0 actions that you may know of" in page
    # Business support of an agency that takes part sees who and when, and not what.
    page = text(desk("bea").get("/actions/"))
    assert "boyfriend" not in page
    assert "Idris Quill" in page


def test_what_was_begun_is_kept_offered_restored_and_gone_once_sent(office, desk):
    case, mara = office.case(), desk("mara")
    address = f"/cases/{case}/write/note/"
    begun = {"title": "Aunt rang", "text": "She is at her aunt's.", "save_draft": "yes"}
    page = text(mara.post(address, begun, follow=True))
    assert "Kept as your draft" in page
    assert f"Something written in case {case}" in page
    # Signed in again, on the page itself:
    page = text(desk("mara").get(address))
    assert "You began this on" in page
    assert "She is at her aunt" not in page
    page = text(desk("mara").get(f"{address}?draft=yes"))
    assert "She is at her aunt" in page
    assert 'value="Aunt rang"' in page
    # Theirs alone.
    assert "You began this" not in text(desk("bo").get(address))
    text(desk("mara").post(f"{address}?draft=yes", {"title": "Aunt rang", "text": "She is at her aunt's."}, follow=True))  # fmt: skip
    assert not Draft.objects.exists()


def test_a_day_in_three_boxes_and_choices_come_back_as_they_were(office, desk):
    case, mara = office.case(), desk("mara")
    address = f"/cases/{case}/write/visit/"
    mara.post(address, {"at_0": "3", "at_1": "4", "at_2": "2026", "at_3": "15:30", "seen": "yes", "where": "home", "save_draft": "yes"})  # fmt: skip
    page = text(mara.get(f"{address}?draft=yes"))
    boxes = dict(re.findall(r'name="(at_\d)"[^>]*? value="([^"]*)"', page))
    assert boxes == {"at_0": "3", "at_1": "4", "at_2": "2026", "at_3": "15:30"}
    chosen = {tag for tag in re.findall(r"<input[^>]*>", page) if "checked" in tag and "radio" in tag}
    assert {re.search(r'name="(\w+)" value="(\w+)"', tag).groups() for tag in chosen} >= {("seen", "yes"), ("where", "home")}  # fmt: skip


def test_a_draft_is_thrown_away_by_its_writer_and_after_thirty_days(office, desk):
    mara = office.at("mara")
    drafts.save_draft(viewing=mara, place="/cases/1/write/note/", content={"text": ["x"]})
    desk("bo").post("/drafts/throw-away/", {"draft_place": "/cases/1/write/note/"})
    assert Draft.objects.count() == 1
    later = office.at("mara", at=mara.at + timedelta(days=30))
    assert drafts.clear_drafts(viewing=later) == 0
    assert drafts.has_draft(viewing=later, place="/cases/1/write/note/")
    after = office.at("mara", at=mara.at + timedelta(days=30, seconds=1))
    assert drafts.has_draft(viewing=after, place="/cases/1/write/note/") is None
    assert drafts.clear_drafts(viewing=after) == 1
    drafts.save_draft(viewing=mara, place="/cases/1/write/note/", content={"text": ["x"]})
    away = desk("mara").post("/drafts/throw-away/", {"draft_place": "//elsewhere.example/"})
    assert away.url == "/"
    desk("mara").post("/drafts/throw-away/", {"draft_place": "/cases/1/write/note/"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("place", "letters"), [("cases/", 1), ("/" + "x" * 200, 1), ("", 1), ("/cases/", 2_500_001)]
)
def test_what_is_no_draft_is_refused_in_words(desk, place, letters):
    answer = desk("mara").post("/drafts/save/", {"draft_place": place, "text": "x" * letters})
    assert answer.status_code == 400
    assert answer.json()["said"]
    assert not Draft.objects.exists()


def test_what_a_page_of_a_large_panel_holds_is_kept_as_a_draft(desk):
    sent = {"draft_place": "/meetings/1/answer/", **{f"text_{number}": "x" * 1_000 for number in range(400)}}
    assert desk("mara").post("/drafts/save/", sent).status_code == 200
    assert len(Draft.objects.get().content) == 400


def day(office, who, **more):
    found = week.today(viewing=office.at(who), build=office.build, area=office.area, **more)
    return {one.kind.code: one.filled for one in found.lists}


def test_every_role_that_signs_in_has_a_day_and_every_list_somebody():
    known = lists()
    assert set(known.roles) == set(roles()) - {"operator"}
    used = {one.code for role in known.roles.values() for one in role.lists}
    used |= {one.code for some in known.leads.values() for one in some}
    assert used == set(known.kinds) == set(PROVIDERS)


def test_a_day_holds_what_is_due_new_and_waits(office):
    case = office.allocated("mara")
    waiting = office.case(by="idris", subject="BEN")
    late(office.agree("mara", "late", case=case, to="mara"))
    office.agree("mara", "soon", to="mara", due=TODAY + timedelta(days=7))
    office.agree("mara", "far", to="mara", due=TODAY + timedelta(days=8))
    others = office.agree("mara", "theirs", case=case, to="idris")
    found = day(office, "mara")
    assert [row.action.what for row in found["my_actions"].rows] == ["late", "soon"]
    assert [row.action.what for row in found["by_me"].rows] == ["theirs"]
    assert [row.head.number for row in found["my_new"].rows] == [case]
    assert [row.head.number for row in found["to_decide"].rows] == [waiting]
    assert day(office, "mara", since=office.at("mara").at)["my_new"].rows == ()
    assert [row.head.number for row in day(office, "idris")["sent_by_me"].rows] == [waiting]
    # A manager of the police: what the agency owes, and what was escalated.
    late(others)
    office.say("mara", others, "escalated", reason="No answer.")
    boss = day(office, "dana")
    assert [row.action.what for row in boss["agency_overdue"].rows] == ["theirs"]
    assert [row.action.what for row in boss["escalated"].rows] == ["theirs"]
    assert day(office, "bo")["agency_overdue"].count == 1


def test_a_case_without_a_worker_and_a_review_that_is_near_are_listed(office):
    case = office.case()
    office.move(case, "bo", "accept", 0, why="She is harmed.", safe_tonight="yes")
    assert [row.head.number for row in day(office, "bo")["to_allocate"].rows] == [case]
    office.move(case, "bo", "allocate", 1, worker="mara", lead="childrens_services", first="Meet her.")
    assert day(office, "bo")["to_allocate"].rows == ()
    assert day(office, "mara")["my_reviews"].rows == ()
    write = {"held_on": "2026-04-01", "worker": "mara", "changed": "x", "sure": "x", "decided": "x"}
    for next_on in ("2026-04-30", "2026-04-21"):
        office.write(case, "bo", "supervision", **write, next_on=next_on)
        rows = day(office, "mara")["my_reviews"].rows
        assert [str(row.on) for row in rows] == ([next_on] if next_on == "2026-04-21" else [])


def test_the_first_thing_of_a_day_is_how_much_stands_in_each_of_its_parts(office, desk):
    office.case()
    page = text(desk("bo").get("/today/"))

    figures = {code: int(number) for number, code in re.findall(r'__number">(\d+)</span> <span[^>]*><a [^>]*href="#(\w+)"', page)}  # fmt: skip
    for code, number in figures.items():
        part = page.split(f'id="{code}"')[1].split("</section>")[0]
        assert number == sum(int(one) for one in re.findall(r"<h3[^>]*>[^<(]*\((\d+)\)</h3>", part))
    assert figures["waits_for_me"] > 0
    assert page.index("__number") < page.index("<h2")


def test_what_may_not_be_known_is_on_no_day_and_in_no_number(office, desk):
    case = office.allocated("mara")
    office.agree("mara", "Ask about the boyfriend", case=case, to="idris")
    assert all(one.count == 0 for one in day(office, "cass").values())
    office.declare("mara")
    assert all(one.count == 0 for one in day(office, "mara").values())
    assert "Ana Petal" not in text(desk("mara").get("/today/"))
    assert all(one.count == 0 for one in day(office, "gov").values())


def test_a_day_asks_no_more_for_more_rows(office):
    case = office.allocated("mara")
    office.agree("mara", "one", case=case, to="mara")

    def count(who):
        asked = []
        with connection.execute_wrapper(lambda run, *a: (asked.append(1), run(*a))[1]):
            day(office, who)
        return len(asked)

    few = {who: count(who) for who in ("mara", "bo")}
    for number in range(8):
        office.agree("mara", f"more {number}", case=office.allocated("mara"), to="mara")
    assert {who: count(who) for who in few} == few


def test_one_lands_on_ones_day_which_is_first_in_the_navigation(office, desk, client, settings):
    for name, lands in (("mara", "/today/"), ("gov", "/today/")):
        user = get_user_model().objects.get(username=name)
        user.set_password("a-long-pass-phrase")
        user.save()
        answer = client.post("/account/sign-in/", {"login": name, "password": "a-long-pass-phrase"})
        assert answer.url == lands
        client.logout()
    page = text(desk("mara").get("/today/"))
    names = page.split('id="navigation"')[1]
    assert names.index('href="/today/"') < names.index('href="/missing/"')
    assert "Waiting for me" in page
    said = AuditEvent.objects.filter(action="today.view").latest("id")
    assert "my_actions" in said.fields
