"""The digest in numbers, caseload in facts, and cases drawn for audit: what each tells, and what it never does."""

from __future__ import annotations

import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection

from engage.casework.cases import actions as cases
from engage.casework.cases.actions import About, MoveRefused, Written, write
from engage.casework.week import actions, caseload, mailing, queries, sampling
from engage.casework.week.caseload import NOBODY, ORDERS
from engage.casework.week.models import DigestChoice, DigestSent, Draw, DrawnCase
from engage.casework.week.sampling import Rule
from engage.governance import actions as governance
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from tests.integration.agreed.conftest import TODAY
from tests.integration.agreed.test_pages import day, late, text


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def send(office):
    viewing = office.viewing(role="operator", agency="", purpose="data_quality", user_id="op")
    return actions.send_digests(viewing=viewing, build=office.build, area=office.area)


def wants(office, who, address="someone@police.example"):
    actions.choose_digest(viewing=office.at(who), is_wanted=bool(address), address=address)


def test_a_digest_holds_numbers_and_nothing_of_anybody(office, settings):
    settings.ENGAGE_ADDRESS = "https://engage.example/"
    case = office.allocated("mara")
    late(office.agree("mara", "Ask about the boyfriend", case=case, to="mara"))
    office.agree("mara", "Look for the car", case=case, to="idris")
    wants(office, "mara", "mara@council.example")
    done = send(office)
    assert (done.sent, done.empty, done.failed) == (1, 0, 0)
    (sent,) = mail.outbox
    assert sent.to == ["mara@council.example"]
    lines = sent.body.splitlines()
    # The overdue action, and a time limit of her case that is near.
    assert lines[2:6] == [
        "2 things are due.",
        "1 thing is new since your last visit.",
        "1 thing waits for you.",
        "You wait for 1 thing from others.",
    ]
    assert "https://engage.example/" in sent.body
    whole = str(sent.message()) + sent.subject
    for word in ("Ana", "Petal", "ANA", "boyfriend", "car", "Mara", "Quill", f"case {case}", "child"):
        assert word not in whole.replace("mara@council.example", "").replace("Content-T", "")
    told = AuditEvent.objects.filter(action="digest.counted")
    assert [(one.actor, one.subject) for one in told] == [("mara", "mara")]


def test_only_who_asked_gets_one_and_the_last_word_counts(office):
    for who in ("mara", "idris"):
        office.agree("mara", "x", to=who)
        wants(office, who)
    wants(office, "mara", "")
    # Nothing waits for the nurse: no mail.
    wants(office, "nia")
    done = send(office)
    assert (done.sent, done.empty) == (1, 1)
    assert DigestChoice.objects.count() == 4
    assert queries.digest_address(viewing=office.at("mara")) == ""


def test_new_in_a_digest_is_what_moved_since_the_last_visit(office, django_user_model):
    office.allocated("mara")
    wants(office, "mara")
    began = office.at("mara").at
    for last, words in (
        (began - timedelta(days=1), "1 thing is new"),
        (began + timedelta(hours=1), "0 things are new"),
    ):
        django_user_model.objects.filter(username="mara").update(this_visit_at=last)
        DigestSent.objects.all().delete()
        send(office)
        assert words in mail.outbox[-1].body


def test_who_may_no_longer_sign_in_gets_none(office, django_user_model):
    office.agree("mara", "x", to="mara")
    wants(office, "mara")
    django_user_model.objects.filter(username="mara").update(is_active=False)
    assert send(office).sent == 0


def test_an_address_that_is_none_is_refused_and_only_an_operator_sends(office):
    with pytest.raises(actions.AddressWrong):
        wants(office, "mara", "mara at home")
    with pytest.raises(MayNotDo):
        actions.send_digests(viewing=office.at("gov"), build=office.build, area=office.area)


class Post(socketserver.StreamRequestHandler):
    """A mail server that takes one mail after the other, and refuses whoever is called so."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                kept = []
                while (one := self.rfile.readline()) not in (b".\r\n", b""):
                    kept.append(one)
                self.server.taken.append(b"".join(kept).decode())
            refused = word == b"RCPT" and b"refused@" in line
            self.wfile.write(b"550 no\r\n" if refused else b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")  # fmt: skip


@pytest.mark.enable_socket
def test_a_digest_leaves_through_a_mail_server_and_one_that_is_refused_holds_up_no_other(office, settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)
    server.daemon_threads, server.taken = True, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    for who, address in (("idris", "refused@police.example"), ("mara", "mara@council.example")):
        office.agree("mara", "x", to=who)
        wants(office, who, address)
    try:
        done = send(office)
    finally:
        server.shutdown()
        server.server_close()
    assert (done.sent, done.failed) == (1, 1)
    (taken,) = server.taken
    assert "To: mara@council.example" in taken
    assert "1 thing is due." in taken


class Killed(BaseException):
    """The command is stopped from outside."""


def test_a_digest_leaves_once_a_day_however_often_the_command_is_run(office, monkeypatch):
    for who in ("idris", "mara"):
        office.agree("mara", "x", to=who)
        wants(office, who, f"{who}@council.example")

    def stopped(*_args):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(mailing, "_mail", stopped)
        with pytest.raises(Killed):
            send(office)
    # Whose mail was being made when it was stopped may have got it.
    again = send(office)
    assert (again.sent, again.before) == (1, 1)
    assert [one.to for one in mail.outbox] == [["mara@council.example"]]
    third = send(office)
    assert (third.sent, third.before) == (0, 2)
    DigestSent.objects.update(on_day=TODAY - timedelta(days=1))
    assert send(office).sent == 2


def test_an_address_that_no_mail_can_be_written_for_holds_up_no_other_and_is_tried_again(office):
    long = "".join(("idris@", "ü" * 60, ".example"))
    for who, address in (("idris", long), ("mara", "mara@council.example")):
        office.agree("mara", "x", to=who)
        wants(office, who, address)
    done = send(office)
    assert (done.sent, done.failed) == (1, 1)
    wants(office, "idris", "idris@police.example")
    assert send(office).sent == 1
    assert mail.outbox[-1].to == ["idris@police.example"]


def test_a_server_that_does_not_answer_is_not_waited_for_once_for_everybody(office, monkeypatch):
    tried = []

    def open_(_self):
        tried.append(1)
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", open_)
    for who in ("bo", "idris", "mara", "nia"):
        office.agree("mara", "x", to=who)
        wants(office, who, f"{who}@council.example")
    done = send(office)
    assert (done.sent, done.failed) == (0, 4)
    assert len(tried) == mailing.DEAF
    assert not DigestSent.objects.exists()


def test_a_worker_chooses_on_a_page(office, desk):
    mara = desk("mara")
    assert "no e-mail address" in text(mara.post("/today/digest/", {"is_wanted": "on", "address": "x"}))
    mara.post("/today/digest/", {"is_wanted": "on", "address": "mara@council.example"})
    assert 'value="mara@council.example"' in text(mara.get("/today/digest/"))


def loads(office, who="bo", **asked):
    return queries.caseload(viewing=office.at(who), build=office.build, area=office.area, **asked)


SEEN = {"at": "2026-04-01T15:30", "by": "mara", "where": "home", "alone": "yes", "saw": "She is well."}
TALKED = {"worker": "mara", "changed": "x", "sure": "x", "decided": "x"}


def test_caseload_tells_facts_in_the_order_that_is_picked(office):
    first, second = office.allocated("mara"), office.allocated("mara")
    waiting = office.case(subject="BEN")
    office.write(first, "bo", "supervision", **TALKED, held_on="2026-03-01", next_on="2026-05-01")
    office.write(second, "bo", "supervision", **TALKED, held_on="2026-03-20", next_on="2026-04-10")
    office.write(second, "mara", "visit", **SEEN, seen="yes")
    late_try = {**SEEN, "at": "2026-04-03T15:30", "not_seen_why": "Nobody opened."}
    office.write(second, "mara", "visit", **late_try, seen="no")
    office.agree("mara", "x", case=second, to="mara")
    found = loads(office)
    assert [(one.user, one.count) for one in found.workers] == [
        ("bo", 0),
        ("mara", 2),
        ("", 1),
    ]
    facts = {one.head.number: (str(one.review_on), str(one.supervised_on), str(one.seen_on), one.open_action_count) for one in found.loads}  # fmt: skip
    assert facts == {
        first: ("2026-05-01", "2026-03-01", "None", 0),
        # They went again and did not see her: that is no day on which she was seen.
        second: ("2026-04-10", "2026-03-20", "2026-04-01", 1),
        waiting: ("None", "None", "None", 0),
    }
    orders = {order: [one.head.number for one in loads(office, order=order).loads] for order in ("review", "supervision", "seen")}  # fmt: skip
    assert orders == {
        "review": [waiting, second, first],
        "supervision": [waiting, first, second],
        "seen": [first, waiting, second],
    }
    assert [one.head.number for one in loads(office, worker="mara").loads] == [second, first]


def test_caseload_is_read_a_page_at_a_time_however_many_cases_there_are(office, desk, monkeypatch):
    some = [office.allocated("mara") for _ in range(5)]
    nobodys = office.case(subject="BEN")
    monkeypatch.setattr(caseload, "ROWS", 2)
    for order in ORDERS:
        shown = [one.head.number for page in (1, 2, 3) for one in loads(office, order=order, page=page).loads]
        assert sorted(shown) == sorted([*some, nobodys]), order
    first = loads(office, order="opened")
    assert ([one.head.number for one in first.loads], first.page_count) == (some[:2], 3)
    assert loads(office, order="opened", page=99).page == 3
    assert [one.head.number for one in loads(office, worker=NOBODY).loads] == [nobodys]
    # Of more than are put in order by a fact only one page is read, and all are counted.
    monkeypatch.setattr(caseload, "PUT_IN_ORDER", 4)
    read = []
    monkeypatch.setattr(caseload, "_loads", lambda desk, area, heads, of=caseload._loads: read.append(len(heads)) or of(desk, area, heads))  # fmt: skip
    many = loads(office, order="seen")
    assert (many.order, many.is_too_many, read) == ("opened", True, [2])
    assert [one.count for one in many.workers] == [0, 5, 1]
    assert not loads(office, order="seen", worker=NOBODY).is_too_many
    page = text(desk("bo").get("/caseload/?order=seen&page=2"))
    assert "they stand by the day on which they were opened" in page
    assert "Page 2 of 3" in page


def test_caseload_is_a_managers_of_that_agency_and_tells_nothing_that_is_barred(office, desk):
    case = office.allocated("mara")
    with pytest.raises(MayNotDo):
        loads(office, "mara")
    assert loads(office, "dana").loads == ()
    assert f"Case {case}" in text(desk("bo").get("/caseload/"))
    office.declare("bo")
    assert loads(office).loads == ()
    assert [one.count for one in loads(office).workers] == [0, 0]


def test_caseload_asks_no_more_for_more_cases(office):
    def count():
        asked = []
        with connection.execute_wrapper(lambda run, *a: (asked.append(1), run(*a))[1]):
            loads(office)
        return len(asked)

    office.allocated("mara")
    one = count()
    for _ in range(4):
        office.allocated("mara")
    assert count() == one


def test_a_draw_is_made_again_by_its_number_and_kept(office):
    cases = [office.case() for _ in range(8)]
    number = actions.draw_cases(viewing=office.at("bo"), build=office.build, rule=Rule(3, seed="7"))
    again = actions.draw_cases(viewing=office.at("bo"), build=office.build, rule=Rule(3, seed="7"))
    drawn = [list(DrawnCase.objects.filter(draw=one).order_by("seq").values_list("case", flat=True)) for one in (number, again)]  # fmt: skip
    assert drawn[0] == drawn[1] == sampling.shuffled(cases, "7")[:3]
    row = Draw.objects.get(pk=number)
    assert (row.pool, row.wanted, row.seed, row.drawn_by) == (8, 3, "7", "bo")
    for table in ("week_draw", "week_drawncase", "week_digestchoice"):
        wants(office, "mara")
        with pytest.raises(DatabaseError, match="is kept"), connection.cursor() as cursor:
            cursor.execute(f"delete from {table}")


def test_every_case_that_fits_can_be_drawn_and_none_that_does_not(office):
    open_, accepted = office.case(), office.case(subject="BEN")
    office.move(accepted, "bo", "accept", 0, why="x", safe_tonight="yes")
    draw = lambda **rule: actions.draw_cases(viewing=office.at("bo"), build=office.build, rule=Rule(50, seed="1", **rule))  # noqa: E731  # fmt: skip
    both = set(DrawnCase.objects.filter(draw=draw()).values_list("case", flat=True))
    assert both == {open_, accepted}
    one = set(DrawnCase.objects.filter(draw=draw(state="accepted")).values_list("case", flat=True))
    assert one == {accepted}
    assert DrawnCase.objects.filter(draw=draw(from_on=TODAY, until_on=TODAY)).count() == 2
    for nobody in ({"state": "ended"}, {"from_on": TODAY + timedelta(days=1)}, {"until_on": TODAY - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(actions.DrawRefused, match="No case fits"):
            draw(**nobody)
    with pytest.raises(actions.DrawRefused, match="between 1 and 50"):
        actions.draw_cases(viewing=office.at("bo"), build=office.build, rule=Rule(51))
    with pytest.raises(MayNotDo):
        actions.draw_cases(viewing=office.at("mara"), build=office.build, rule=Rule(1))


def test_what_was_found_is_by_question_small_numbers_are_left_out_and_nobody_is_named(office, desk):
    cases = [office.case() for _ in range(7)]
    bo = desk("bo")
    sent = {"wanted": "7", "state": "open", "seed": "3", "why": "How we hear children"}
    page = text(bo.post("/caseload/audits/", sent, follow=True))
    assert "7 at random, of 7 that fit" in page
    number = Draw.objects.get().seq
    for at, case in enumerate(cases):
        answers = {"read_on": "2026-04-07", "record": "Yes.", "good": "Much.", "urgent": "yes" if at == 0 else "no"}  # fmt: skip
        more = {"urgent_what": "Ring her now."} if at == 0 else {}
        office.write(case, "bo", "case_audit", **answers, **more)
    seen = queries.draw(viewing=office.at("bo"), build=office.build, area=office.area, number=number)
    assert len(seen.read) == 7
    found = {one.question: one for one in seen.results}
    assert found["good"].written == 7
    # Six said no and one said yes: the six would tell of the one.
    assert found["urgent"].answers == {"yes": None, "no": None, "not_known": 0, "not_asked": 0}
    assert found["urgent"].written is None
    page = text(bo.get(f"/caseload/audits/{number}/")).split("What was found, by question")[1]
    assert "Bo Quill" not in page
    assert "Ring her now." not in page
    there, nowhere = (desk("dana").get(f"/caseload/audits/{one}/") for one in (number, 999))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert desk("mara").get(f"/caseload/audits/{number}/").status_code == 403


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 9, "b": 6}, {"a": 9, "b": 6}),
        ({"a": 9, "b": 0}, {"a": 9, "b": 0}),
        ({"a": 9, "b": 6, "c": 1}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 2, "c": 1}, {"a": 9, "b": None, "c": None}),
        ({"a": 4}, {"a": None}),
    ],
)
def test_one_small_number_takes_another_with_it(counts, shown):
    assert sampling.guarded(counts) == shown


PLAN = {
    "from_on": "2026-04-01", "danger": "x", "adults": "x", "call": "x", "child_agrees": "yes", "copies": "x",
}  # fmt: skip
PARENT = {"who": "x", "evidence": "x", "kind": ["blame"], "not_fit": "x"}


def test_each_day_of_review_stands_until_a_later_entry_of_its_form(office):
    def days():
        shown = queries.today(viewing=office.at("mara"), build=office.build, area=office.area)
        (one,) = [one for one in shown.lists if one.kind.code == "my_reviews"]
        return [(str(row.on), row.called) for row in one.filled.rows]

    case = office.allocated("mara")
    office.write(case, "mara", "safety_plan", **PLAN, review_on="2026-04-09")
    office.write(case, "mara", "risk_from_parent", **PARENT, review_on="2026-04-08")
    office.write(case, "bo", "supervision", **TALKED, held_on="2026-04-01", next_on="2026-04-10")
    every = [
        ("2026-04-08", "Danger from a parent or carer"),
        ("2026-04-09", "Safety plan"),
        ("2026-04-10", "Supervision"),
    ]
    assert days() == every
    office.write(case, "mara", "safety_plan", **PLAN, review_on="2026-04-20")
    assert days() == [every[0], every[2], ("2026-04-20", "Safety plan")]
    office.write(case, "bo", "supervision", **TALKED, held_on="2026-04-02", next_on="2026-06-10")
    assert days() == [every[0], ("2026-04-20", "Safety plan")]


def test_what_was_drawn_for_audit_stands_on_the_managers_day_until_somebody_read_it(office):
    cases = [office.case() for _ in range(3)]
    office.write(cases[1], "bo", "case_audit", read_on="2026-04-06", record="Yes.", good="Much.", urgent="no")
    for _ in range(2):
        actions.draw_cases(viewing=office.at("bo", at=office.at("bo").at + timedelta(hours=1)), build=office.build, rule=Rule(3, seed="7"))  # fmt: skip
    listed = lambda who: sorted(row.head.number for row in day(office, who)["to_read"].rows)  # noqa: E731
    # That one was read before it was drawn says nothing of this draw.
    assert listed("bo") == cases
    assert listed("dana") == []
    later = office.at("bo", at=office.at("bo").at + timedelta(hours=2))
    written = Written("case_audit", {"read_on": "2026-04-07", "record": "Yes.", "good": "Much.", "urgent": "no"})  # fmt: skip
    write(viewing=later, build=office.build, area=office.area, number=cases[0], written=written)
    assert listed("bo") == cases[1:]


@pytest.mark.postgresql
def test_supervision_that_is_due_stands_on_the_managers_day_as_a_number(office, desk):
    def due(who):
        return day(office, who)["supervision"].count

    first, second, _not_talked_over = (office.allocated("mara") for _ in range(3))
    set_for_today = office.write(first, "bo", "supervision", **TALKED, held_on="2026-03-02", next_on=f"{TODAY}")  # fmt: skip
    office.write(second, "bo", "supervision", **TALKED, held_on="2026-03-02", next_on="2026-04-08")
    assert (due("bo"), due("dana")) == (1, 0)
    page = text(desk("bo").get("/today/"))
    assert "Supervision due" in page
    assert "order=supervision" in desk("bo").get("/today/").content.decode()
    # What corrects it, or was written since, counts instead of it.
    written = Written("supervision", {**TALKED, "held_on": "2026-03-02", "next_on": "2026-05-01"}, replaces=set_for_today)  # fmt: skip
    write(viewing=office.at("bo"), build=office.build, area=office.area, number=first, written=written)
    assert due("bo") == 0
    office.write(second, "bo", "supervision", **TALKED, held_on="2026-04-01", next_on="2026-04-05")
    assert due("bo") == 1


def test_a_case_that_is_no_childs_is_drawn_and_read_on_a_form_of_its_own(office, desk):
    office.case()
    about = About("peer_group", "", "Evenings at the park")
    asked = Written("referral_of_group", {"called": about.called, "children": "Two girls", "worry": "Together."})  # fmt: skip
    case = cases.refer(viewing=office.at("bo"), build=office.build, area=office.area, about=about, written=asked)  # fmt: skip
    bo = desk("bo")
    page = text(bo.post("/caseload/audits/", {"kind": "peer_group", "wanted": "5", "state": "open"}, follow=True))  # fmt: skip
    assert "1 at random, of 1 that fit" in page
    assert "Peer group" in page.split("Number to begin the draw with")[0]
    number = Draw.objects.get().seq
    assert f"/cases/{case}/write/case_audit_other/" in bo.get(f"/caseload/audits/{number}/").content.decode()
    assert [row.head.number for row in day(office, "bo")["to_read"].rows] == [case]
    found = {"read_on": "2026-04-07", "safer": "Not yet.", "looked_after": "yes", "grounds": "Two reports.", "young": "no", "measures": "None.", "record": "Yes.", "good": "Much.", "urgent": "no"}  # fmt: skip
    with pytest.raises(MoveRefused):
        office.write(case, "bo", "case_audit", **found)
    office.write(case, "bo", "case_audit_other", **found)
    assert day(office, "bo")["to_read"].rows == ()
    assert "Which children does it concern, and are they safer?" in text(bo.get(f"/caseload/audits/{number}/"))  # fmt: skip


def test_information_governance_reads_how_often_workers_looked_beyond_their_cases_and_of_nobody(office, desk):
    for person in ("ANA", "BEN"):
        governance.give_reason(viewing=office.at("idris"), person_id=person, reason="Named by a friend")
    (row,) = day(office, "gov")["overseen"].rows
    assert (row.kind, row.place, row.count) == ("reason.given", "police", 2)
    page = text(desk("gov").get("/today/"))
    assert "Gave a reason to look" in page
    assert "Idris" not in page
    assert "Named by a friend" not in page
