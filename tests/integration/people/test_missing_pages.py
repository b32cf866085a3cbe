"""The pages on missing children as a browser gets them, and the dated copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engage.casework.cases.models import CaseEntry
from engage.governance.queries import MayNotSee
from engage.picture.missing.stated import stated
from engage.picture.models import MissingCheck
from engage.store.area import open_area
from engage.vocabulary.access import Viewing
from engage.web.missing import copies
from tests.conftest import NOW
from tests.integration.casework.conftest import REFERRAL
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
PAGES = ("/missing/", "/missing/print/", "/missing/together/")
CHECK = "/missing/check/zz:police:events:m1/"


@pytest.fixture
def night(world: World) -> World:
    """Ana is missing and was missing with Ben, who is back; Fay's report is guarded."""
    world.people("""
        id | agency             | person | name       | born       | address      | postcode | phone       | handling
        ---+--------------------+--------+------------+------------+--------------+----------+-------------+---------
        1  | police             | ANA    | Ana Petal  | 2010-03-01 | 1 Reed Close | QX1 1AA  | 07000123456 |
        3  | police             | BEN    | Ben Reed   | 2011-05-02 |              |          |             |
        7  | police             | FAY    | Fay Hidden | 2010-01-01 |              |          |             | C
    """)
    world.events("""
        id | agency | who                     | kind    | category | when             | text        | place        | grid          | handling | received
        ---+--------+-------------------------+---------+----------+------------------+-------------+--------------+---------------+----------+-----------
        m0 | police | police/1 missing person | missing | Low      | 2026-03-10 21:00 |             |              |               |          | 2026-03-11
        f0 | police | police/1 missing person | found   | Located  | 2026-03-11 06:00 |             | Copper House | 500000 400000 |          | 2026-03-11
        m2 | police | police/3 missing person | missing | Low      | 2026-03-10 22:00 |             |              |               |          | 2026-03-11
        f2 | police | police/3 missing person | found   | Located  | 2026-03-11 05:30 |             | Copper House | 500000 400000 |          | 2026-03-11
        m3 | police | police/3 missing person | missing | Low      | 2026-04-03 21:00 |             |              |               |          | 2026-04-04
        f3 | police | police/3 missing person | found   | Returned | 2026-04-04 09:00 |             |              |               |          | 2026-04-05
        m1 | police | police/1 missing person | missing | Medium   | 2026-04-05 20:00 | <b>late</b> |              |               |          | 2026-04-06
        m7 | police | police/7 missing person | missing | High     | 2026-04-05 20:30 | guarded-m7  |              |               | C        | 2026-04-06
    """)
    world.served()
    return world


def text_of(answer: object) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def test_who_came_back_and_is_missing_again_stands_among_the_returns_also_on_paper(
    world: World, sign_in: SignIn
) -> None:
    world.people("""
        id | agency | person | name      | born
        1  | police | ANA    | Ana Petal | 2010-03-01
    """)
    world.events("""
        id | agency | who                     | kind             | outcome | when             | received
        m1 | police | police/1 missing person | missing          |         | 2026-04-03 20:00 | 2026-04-04
        f1 | police | police/1 missing person | found            |         | 2026-04-04 06:00 | 2026-04-04
        i1 | police | police/1 missing person | return_interview | No      | 2026-04-05       | 2026-04-05
        m2 | police | police/1 missing person | missing          |         | 2026-04-05 20:00 | 2026-04-06
    """)
    world.served()
    browser = sign_in()

    for page in ("/missing/", "/missing/print/"):
        sent = " ".join(text_of(browser.get(page)).split())
        assert "Sat 4 April 2026, 07:00; reported missing again since" in sent
        assert "Recorded, outcome not known" in sent
        assert "Tue 7 April 2026, 07:00" in sent

    # What the referral brings with it is the report of the time from which she came back, though she is away again.
    refer = re.search(
        r'href="([^"]+)">Refer<span class="govuk-visually-hidden"> Ana Petal to the team',
        browser.get("/missing/").content.decode(),
    )
    sent = browser.post(unescape(refer[1]), REFERRAL, follow=True).content.decode()  # type: ignore[index]
    assert "Kept, with your name" in sent
    assert CaseEntry.objects.get().evidence == ["zz:police:events:m1"]


def test_the_screen_says_who_is_missing_and_whose_interview_is_due(night: World, sign_in: SignIn) -> None:
    page = " ".join(text_of(sign_in().get("/missing/")).split())

    assert "Sun 5 April 2026, 21:00" in page
    assert "1 day 11 hours" in page
    assert "Copper House (11 Mar 2026)" in page
    assert "Due Tue 7 April 2026, 10:00" in page
    assert "<b>late</b>" in page


def test_who_is_missing_and_who_is_back_are_referred_from_the_screen(night: World, sign_in: SignIn) -> None:
    missing, back = (
        f"/cases/refer/child/?about={person}&from={came}&report=zz%3Apolice%3Aevents%3A{record}&child={person}"
        for person, record, came in (("ANA", "m1", "missing"), ("BEN", "m3", "returned"))
    )
    browser = sign_in()
    page = unescape(browser.get("/missing/").content.decode())
    assert f'href="{missing}"' in page
    assert f'href="{back}">Refer<span class="govuk-visually-hidden"> Ben Reed to the team</span></a>' in page
    assert browser.get(back).status_code == 200

    # On a past day no way leads there.
    past = browser.get("/missing/?as_of=2026-04-06").content.decode()
    assert "Ben Reed" in past
    assert "/cases/refer/" not in past
    assert "Referral" not in past


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_what_is_guarded_is_in_no_page(night: World, sign_in: SignIn, page: str) -> None:
    sent = sign_in().get(page).content.decode()
    assert [word for word in ("Fay", "FAY", "guarded-m7", "events:m7") if word in sent] == []
    assert "Ana Petal" in sent


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_whose_role_sees_no_report_is_told_that_the_empty_list_says_nothing(
    night: World, sign_in: SignIn, page: str
) -> None:
    sent = text_of(sign_in("information_governance", "childrens_services").get(page))
    assert "Ana Petal" not in sent
    assert "Reed" not in sent
    if page != "/missing/together/":
        assert "says nothing" in sent


@pytest.mark.parametrize("page", [*PAGES, CHECK])
def test_nobody_sees_anything_without_signing_in(night: World, page: str) -> None:
    answer = Client().get(page)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in/")


def test_missing_stands_next_to_ones_day_in_the_navigation_and_first_on_the_home_page(
    night: World, sign_in: SignIn
) -> None:
    page = sign_in().get("/").content.decode()

    links = re.findall(r'govuk-service-navigation__link" href="([^"]+)"', page)
    assert links[:2] == ["/today/", "/missing/"]
    main = page[page.index("<main") :]
    assert main.index("Who is missing") < main.index("What is new")


def test_the_pictures_have_the_same_as_a_table(night: World, sign_in: SignIn) -> None:
    page = sign_in().get("/missing/together/").content.decode()

    assert page.count("<svg") == 2
    bars = page.count("engage-missing-picture__bar")
    times = page[page.index("The same times as a table") : page.index("Where")]
    assert bars - page.count("engage-missing-picture__bar--open") == times.count('<th scope="row"') == 4
    places = page[page.index("The same places as a table") :]
    assert page.count("<circle") == 1
    assert "500000 400000" in places
    assert "Ana Petal (11 Mar 2026); Ben Reed (11 Mar 2026)" in places


def test_a_day_before_is_shown_as_it_was_known(night: World, sign_in: SignIn) -> None:
    page = text_of(sign_in().get("/missing/?as_of=2026-04-04"))

    assert "As known on 4 April 2026" in page
    assert "Ben Reed" in page
    assert "Ana Petal" not in page.split("Missing now")[1].split("Back, and")[0]


def test_what_has_no_time_and_what_names_no_missing_child_is_on_both_pages_and_on_paper(
    night: World, sign_in: SignIn
) -> None:
    night.events("""
        id | agency | who               | kind    | when             | received
        u1 | police | police/3 subject  | missing |                  | 2026-04-06
        u2 | police | police/3 involved | missing | 2026-04-05 21:00 | 2026-04-06
        u3 | police | police/3 involved | missing | 2025-04-05 21:00 | 2026-04-06
    """).served(build_id="b2")
    browser = sign_in()

    page, home, paper = (
        " ".join(text_of(browser.get(to)).split()) for to in ("/missing/", "/", "/missing/print/")
    )

    assert "Ben Reed Reported missing time not known Nowhere Police 6 April 2026" in page
    assert "Ben Reed involved Sun 5 April 2026, 22:00 Nowhere Police" in page
    assert "1 more such report is older." in page
    assert "2 to ask about: when, or who, is not known" in home
    assert "Ben Reed (reported missing, Nowhere Police, received 6 Apr 2026)" in paper
    assert "Nowhere Police, Sun 5 April 2026, 22:00: Ben Reed (involved)" in paper


def test_a_check_is_recorded_shown_and_struck(night: World, sign_in: SignIn) -> None:
    browser = sign_in()
    given = {
        "what": "hospital",
        "subject": "Nowhere General",
        "result": "not_found",
        "when": "6/4/2026 23:15",
        "note": "",
    }

    assert browser.post(CHECK, given)["Location"] == "/missing/"
    page = text_of(browser.get("/missing/"))
    assert (
        "Hospital Nowhere General: not there (Mara Quill, Nowhere Children's Services, Mon 6 April 2026, 23:15)"
        in page
    )

    number = MissingCheck.objects.get().pk
    strike = f"/missing/strike/{number}/zz:police:events:m1/"
    assert browser.post(strike, {"reason": "Another child"})["Location"] == "/missing/"
    assert "Struck: Another child" in text_of(browser.get("/missing/"))
    assert browser.get(strike).status_code == 404


def test_what_was_checked_at_an_earlier_time_stands_on_the_card_with_its_day(
    night: World, sign_in: SignIn
) -> None:
    at = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    MissingCheck.objects.create(
        report="zz:police:events:m0", person_record_id="zz:police:persons:1", what="address", subject="5 Lock Street", result="not_found",
        note="The aunt.", agency="childrens_services", checked_by="mara", checked_by_name="Mara Quill", checked_at=at, recorded_at=at,
    )  # fmt: skip

    page = " ".join(text_of(sign_in().get("/missing/")).split())

    assert (
        "Address 5 Lock Street: not there (Mara Quill, Nowhere Children's Services, Tue 10 March 2026, 22:30). The aunt."
        in page
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"subject": ""}, "Fill this in: it cannot be left empty."),
        ({"when": "yesterday"}, "yesterday"),
        ({"when": "6/4/2026"}, "Write the day and the time"),
        ({"when": "8/4/2026 10:00"}, "That moment is yet to come."),
    ],
)
def test_a_check_that_says_too_little_comes_back_with_what_is_wrong(
    night: World, sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    given = {"what": "phone", "subject": "07000123456", "result": "no_answer", "when": "", **wrong}

    answer = sign_in().post(CHECK, given)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not MissingCheck.objects.exists()


def test_a_check_on_what_may_not_be_seen_is_one_on_nothing(night: World, sign_in: SignIn) -> None:
    browser = sign_in()
    guarded, none = (browser.get(f"/missing/check/zz:police:events:{name}/") for name in ("m7", "none"))
    assert guarded.status_code == none.status_code == 404


def test_the_screen_asks_the_decided_store_about_as_often_as_a_persons_page(
    night: World, sign_in: SignIn
) -> None:
    browser = sign_in()
    browser.get("/missing/")
    with CaptureQueriesContext(
        connection,
    ) as screen:
        browser.get("/missing/")
    with CaptureQueriesContext(connection) as person:
        browser.get("/people/ANA/")
    assert len(screen) <= len(person) + 4


# What the drawn records, the area's settings and the stated clock's source say, in their own words.
WRITTEN = (
    "Nowhere", "Nowhere Police", "Nowhere Children's Services", "Ana Petal", "Ben Reed", "1 Reed Close, QX1 1AA", "Copper House", "Medium", "Low",
    "b>late</b", "uses", "07000123456", "Nowhere Schools", "Nowhere Health", "The Lantern Project", stated().interview.source.rstrip("."),
)  # fmt: skip


def test_every_text_of_these_pages_goes_through_the_catalogue(
    night: World,
    sign_in: SignIn,
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN))
    browser = sign_in()
    browser.post(
        CHECK, {"what": "phone", "subject": "07000123456", "result": "no_answer", "when": "", "note": ""}
    )

    left = {page: pages._english_left(browser.get(page).content.decode()) for page in ("/", *PAGES, CHECK)}

    assert {page: words for page, words in left.items() if words} == {}


def test_the_copy_is_one_dated_file_that_needs_no_network(
    night: World, viewing: Callable[..., Viewing]
) -> None:
    kept = copies.keep(area=night.area, viewing=viewing(), build=night.warehouse.current())

    sent = kept.file.read_text(encoding="utf-8")
    assert (
        kept.file
        == night.area.folder
        / "copies"
        / "missing-20260407T084000+0100-social_worker.childrens_services-safeguarding_child.html"
    )
    assert kept.missing_count == 1
    assert "Ana Petal, 16" in sent
    assert "Fay" not in sent
    assert "Destroy it after 8 May 2026" in unescape(sent)
    assert not re.search(r"(src|href|url)\s*[=(]|<script|@import|https?:", sent)
    assert kept.file.stat().st_mode & 0o077 == 0
    assert [file.name for file in kept.file.parent.iterdir()] == [kept.file.name]


def test_older_copies_are_kept_for_the_stated_days_and_then_cleared_away(
    night: World, viewing: Callable[..., Viewing]
) -> None:
    days, folder = stated().days["copies"], night.area.folder / "copies"
    folder.mkdir()
    for age in (1, days - 1, days + 1, 400):
        (
            folder / f"missing-{NOW - timedelta(days=age):%Y%m%dT%H%M%S%z}-mara-missing_response.html"
        ).write_text("old")
    (folder / "notes.html").write_text("not ours")

    kept = copies.keep(area=night.area, viewing=viewing(), build=night.warehouse.current())

    assert kept.cleared_count == 2
    assert len(list(folder.glob("missing-*.html"))) == 3
    assert (folder / "notes.html").exists()


def test_copies_for_two_workers_or_purposes_or_of_an_hour_that_comes_twice_are_as_many_files(
    night: World, viewing: Callable[..., Viewing]
) -> None:
    first = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    made = [
        copies.keep(area=night.area, viewing=viewing(**more), build=night.warehouse.current()).file
        for more in (
            {"at": first, "user_id": "ana"},
            {"at": first, "user_id": "ben"},
            {"at": first, "user_id": "../ben"},
            {"at": first, "user_id": "ana", "purpose": "missing_response"},
            {"at": first + timedelta(hours=1), "user_id": "ana"},
            {"at": first + timedelta(seconds=1), "user_id": "ana"},
        )
    ]

    assert sorted((night.area.folder / "copies").iterdir()) == sorted(set(made))
    assert len(set(made)) == 6


def test_an_area_may_keep_copies_for_less_long(night: World) -> None:
    file = night.area.folder / "area.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "missing: {copies_kept_days: 3}\n", encoding="utf-8")
    assert copies.kept_days(open_area(night.area.folder)) == 3


def test_no_copy_is_written_for_a_role_that_sees_no_report(
    night: World, viewing: Callable[..., Viewing]
) -> None:
    with pytest.raises(MayNotSee):
        copies.keep(
            area=night.area,
            viewing=viewing("operator", "", purpose="missing_response"),
            build=night.warehouse.current(),
        )
    assert not (night.area.folder / "copies").exists()


def test_a_copy_that_fails_leaves_the_one_before_whole(
    night: World, viewing: Callable[..., Viewing], monkeypatch: pytest.MonkeyPatch
) -> None:
    build = night.warehouse.current()
    before = copies.keep(area=night.area, viewing=viewing(), build=build).file.read_bytes()

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(Exception, match="cannot be written"):
        copies.keep(area=night.area, viewing=viewing(), build=build)

    (kept,) = (night.area.folder / "copies").iterdir()
    assert kept.read_bytes() == before
