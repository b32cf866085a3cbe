"""What the software read in a text is said to be wrong on the page; that is kept, undone, counted, and outlasts every build."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import typer
from django.test import Client

from engage.cli import texts
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.picture import actions, queries
from engage.picture.measures import queries as measures
from engage.picture.models import ReadingJudgement
from engage.picture.readings.rules import RIGHT, WRONG, Counted, Pointed
from engage.picture.readings.standing import wrong_readings
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
Maker = Callable[..., Viewing]
TEXT = "She was reported missing. Her uncle said that she has a second phone."
NAMES = "Ben Reed rang: Ana Petal is with him."
SAME = "Ben was reported missing."


@pytest.fixture
def told(world: World) -> World:
    world.people("""
        id | agency             | person | name      | born       | cohort
        ---+--------------------+--------+-----------+------------+-------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 |
        2  | police             | ANA    | Ana Petal | 2010-03-01 |
        5  | police             | BEN    | Ben Reed  | 2011-01-01 |
    """)
    world.events(f"""
        id | agency             | who                        | kind    | title      | when       | text    | handling
        ---+--------------------+----------------------------+---------+------------+------------+---------+---------
        e1 | childrens_services | childrens_services/1 child | contact | Front door | 2026-01-02 | {TEXT}  |
        e2 | police             | police/2 subject           | missing | Not home   | 2026-02-01 | {TEXT}  | C
        e3 | police             | police/5 subject           | missing | Not home   | 2026-02-01 | {SAME}  |
    """)
    world.reads = True
    world.served()
    return world


def page_of(browser: Client, person: str = "ANA", path: str = "chronology/") -> str:
    return browser.get(f"/people/{person}/{path}").content.decode()


def buttons(page: str) -> list[dict[str, str]]:
    """What each button beside a reading sends, in the order of the page; with the address it goes to."""
    found = []
    for address, form in re.findall(
        r'<form method="post" action="([^"]*)" class="engage-read-form.*?(<input.*?)</form>', page, re.DOTALL
    ):
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        fields.pop("csrfmiddlewaretoken", None)
        found.append({name: unescape(value) for name, value in {**fields, "address": address}.items()})
    return found


def words_of(page: str) -> str:
    """The text of the oldest line as it is read, without what is said of it."""
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)[-1]
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<span.*?</span>", "", quoted)))


def press(browser: Client, button: dict[str, str], **changed: str) -> Any:
    sent = {**button, **changed}
    return browser.post(unescape(sent.pop("address")), sent, follow=True)


def missing(page: str) -> dict[str, str]:
    return next(b for b in buttons(page) if b["what"] == "missing")


def test_one_button_says_that_it_is_wrong_and_the_page_says_who_said_so(told: World, sign_in: SignIn) -> None:
    browser = sign_in()
    before = page_of(browser)
    answer = press(browser, missing(before))
    page = answer.content.decode()

    assert "That is wrong" in before
    assert "Said to be wrong by" not in before
    assert answer.redirect_chain[0][0].startswith("/people/ANA/chronology/?page=1#entry-")
    assert answer.redirect_chain[0][0].partition("#")[2] in re.findall(r'id="(entry-\w+)"', page)
    assert "Said to be wrong by Mara Quill, Nowhere Children&#x27;s Services on 7 April 2026." in page
    assert "<s>Missing or away without leave, said to be so: “reported missing”" in page
    assert 'engage-read--wrong">reported missing<' in page
    assert "; said to be wrong)" in page
    assert words_of(page) == words_of(before) == TEXT
    (kept,) = ReadingJudgement.objects.all()
    assert (kept.what, kept.polarity, kept.says, kept.said_by, kept.agency) == ("missing", "present", WRONG, "mara", "childrens_services")  # fmt: skip
    written = AuditEvent.objects.get(action="reading.judged")
    assert (written.actor, written.subject, written.decision) == ("mara", "ANA", WRONG)


def test_it_is_right_after_all_and_both_words_are_kept(told: World, sign_in: SignIn) -> None:
    browser, other = sign_in(), sign_in("detective", "police", "idris")
    button = missing(page_of(browser))
    press(browser, button)
    assert len(wrong_readings()) == 1

    page = press(other, missing(page_of(other))).content.decode()

    assert "said to be wrong" not in page.lower()
    assert wrong_readings() == frozenset()
    assert list(ReadingJudgement.objects.order_by("seq").values_list("says", "said_by")) == [(WRONG, "mara"), (RIGHT, "idris")]  # fmt: skip


def test_the_next_build_does_not_overwrite_it_and_it_holds_for_the_same_words_elsewhere(
    told: World, sign_in: SignIn
) -> None:
    browser, detective = sign_in(), sign_in("detective", "police", "idris")
    assert page_of(detective).count("Said to be wrong by") == 0
    press(browser, missing(page_of(browser)))

    told.events("""
        id | agency | who              | kind    | title | when       | text
        ---+--------+------------------+---------+-------+------------+--------------------------
        e4 | police | police/2 subject | missing | Again | 2026-03-01 | She was reported missing.
    """)
    told.served(build_id="b2")

    # The same text of the police, which they alone see, was read in the same way: what is said of one is said of both.
    assert page_of(browser).count("Said to be wrong by") == 1
    assert page_of(detective).count("Said to be wrong by") == 2
    assert page_of(detective).count("That is wrong") >= 2


def test_what_is_said_of_a_text_says_nothing_of_other_words(told: World, sign_in: SignIn) -> None:
    browser = sign_in()
    press(browser, missing(page_of(browser)))

    assert "Said to be wrong by" not in page_of(browser, "BEN")


def test_on_an_earlier_day_nothing_is_asked_and_what_was_said_since_is_not_shown(
    told: World, sign_in: SignIn
) -> None:
    browser = sign_in()
    press(browser, missing(page_of(browser)))

    page = page_of(browser, path="chronology/?as_of=2026-03-01")

    assert "What the software read in this text" in page
    assert "Said to be wrong by" not in page
    assert buttons(page) == []
    assert wrong_readings(until=date(2026, 3, 1)) == frozenset()
    assert len(wrong_readings(until=date(2026, 4, 7))) == 1


def test_the_overview_leads_back_to_itself_and_paper_has_no_button(told: World, sign_in: SignIn) -> None:
    browser = sign_in()

    answer = press(browser, missing(page_of(browser, path="")))

    assert answer.redirect_chain[0][0].startswith("/people/ANA/#entry-")
    printed = page_of(browser, path="chronology/print/")
    assert buttons(printed) == []
    assert "Said to be wrong by" in printed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"what": "drugs"}, "does not read these words so any more"),
        ({"start": "3"}, "does not read these words so any more"),
        ({"record": "zz:police:events:e2"}, "does not read these words so any more"),
        ({"says": RIGHT}, "was said of these words already"),
        ({"says": "maybe"}, "Nothing was kept"),
        ({"start": "x"}, "Nothing was kept"),
    ],
)
def test_what_does_not_stand_so_on_the_page_is_refused_in_words(
    told: World, sign_in: SignIn, changed: dict[str, str], sentence: str
) -> None:
    browser = sign_in()

    page = press(browser, missing(page_of(browser)), **changed).content.decode()

    assert sentence in page
    assert not ReadingJudgement.objects.exists()


def test_a_role_that_records_nothing_and_one_that_may_not_read_the_text_say_nothing(
    told: World, sign_in: SignIn
) -> None:
    button = missing(page_of(sign_in()))
    analyst, clerk = (
        sign_in("analyst", "police", "an"),
        sign_in("business_support", "childrens_services", "bea"),
    )

    assert buttons(page_of(analyst)) == []
    assert press(analyst, button).status_code == 403
    # Business support records, and reads no texts.
    assert buttons(page_of(clerk)) == []
    assert "does not read these words so any more" in press(clerk, button).content.decode()
    assert not ReadingJudgement.objects.exists()
    assert AuditEvent.objects.filter(action="act.refused", actor="an").exists()


def test_it_is_counted_by_theme_and_entry_out_of_how_many(told: World, viewing: Maker) -> None:
    build = told.warehouse.current()
    worker, operator = viewing(), viewing("operator", "", purpose="linkage_review")
    page = queries.person_page(viewing=worker, build=build, area=told.area, person_id="ANA")
    (entry,) = [e for e in page.entries if e.event_record_id == "zz:childrens_services:events:e1"]
    one = next(r for r in entry.told if r.theme == "missing")
    before = {(c.theme, c.entry): c for c in measures.readings_judged(viewing=operator, build=build)}

    actions.judge_reading(
        viewing=worker, build=build, area=told.area, person_id="ANA", says=WRONG,
        pointed=Pointed(entry.event_record_id, one.theme, one.polarity, one.start, one.end),
    )  # fmt: skip
    counted = measures.readings_judged(viewing=operator, build=build)

    # Two different texts speak of it by that entry; the third is the first once more.
    assert before["missing", one.entry] == Counted("missing", one.entry, one.source, 2, 0)
    assert counted[0] == Counted("missing", one.entry, one.source, 2, 1)
    assert sum(c.wrong for c in counted) == 1


def test_the_command_line_counts_them_without_a_known_answer(
    told: World,
    sign_in: SignIn,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("ENGAGE_AREA", "")
    browser = sign_in()
    texts.evaluate_narrative(told.area.folder, None, None, "kim")
    before = capsys.readouterr().out
    press(browser, missing(page_of(browser)))
    texts.evaluate_narrative(told.area.folder, None, None, "kim")
    after = capsys.readouterr().out

    assert re.search(r"People said of 0 of \d+ readings", before)
    assert re.search(r"People said of 1 of \d+ readings that it is wrong", after)
    assert re.search(r"missing .* 1 .* 2 ", after)
    with pytest.raises(typer.BadParameter, match="--truth"):
        texts.evaluate_narrative(told.area.folder, None, tmp_path, "kim")
    with pytest.raises(MayNotDo):
        texts.evaluate_narrative(told.area.folder, None, None, "mara")


@pytest.fixture
def named(told: World) -> World:
    told.events(f"""
        id | agency             | who                        | kind    | title | when       | text
        ---+--------------------+----------------------------+---------+-------+------------+--------
        e5 | childrens_services | childrens_services/1 child | contact | Call  | 2026-03-02 | {NAMES}
    """)
    told.served(build_id="b2")
    return told


def mention(page: str, start: int) -> dict[str, str]:
    return next(b for b in buttons(page) if b["what"] == "person" and b["start"] == str(start))


def test_that_words_name_somebody_else_is_said_kept_and_undone(named: World, sign_in: SignIn) -> None:
    browser = sign_in()
    before = page_of(browser)

    page = press(browser, mention(before, 0)).content.decode()

    assert before.count('href="/people/BEN/"') == 2
    # In the text the words lead nowhere any more; the line below is struck, and still says who was meant to be meant.
    assert page.count('href="/people/BEN/"') == 1
    assert re.search(r"<s>“Ben Reed”: .*?Ben Reed</a>.*?</s> <strong>Said to be wrong by Mara Quill", page)
    assert "fits Ben Reed alone; said to be wrong" in page
    (kept,) = ReadingJudgement.objects.all()
    assert (kept.what, kept.polarity, kept.from_sign, kept.until_sign, kept.says) == (
        "person",
        "",
        0,
        8,
        WRONG,
    )
    named.served(build_id="b3")
    assert page_of(browser).count("Said to be wrong by") == 1

    back = press(browser, mention(page_of(browser), 0)).content.decode()

    assert "said to be wrong" not in back.lower()
    assert back.count('href="/people/BEN/"') == 2
    assert list(ReadingJudgement.objects.order_by("seq").values_list("says", flat=True)) == [WRONG, RIGHT]


def test_words_that_name_nobody_on_the_page_cannot_be_judged(named: World, sign_in: SignIn) -> None:
    browser = sign_in()
    button = mention(page_of(browser), 0)

    page = press(browser, button, end="3").content.decode()

    assert "does not read these words so any more" in page
    assert not ReadingJudgement.objects.exists()


def test_wrong_mentions_are_counted_beside_the_themes(
    named: World, sign_in: SignIn, viewing: Maker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("ENGAGE_AREA", "")
    browser = sign_in()
    press(browser, mention(page_of(browser), 0))

    operator = viewing("operator", "", purpose="linkage_review")
    counted = measures.readings_judged(viewing=operator, build=named.warehouse.current())
    texts.evaluate_narrative(named.area.folder, None, None, "kim")

    assert counted[0] == Counted("person", "", "", 3, 1)
    assert re.search(r"person .* a mention .* 1 .* 3 ", capsys.readouterr().out)
