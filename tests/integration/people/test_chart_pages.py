"""Charts as a browser gets them: started, opened further, cut to days, saved, annotated, printed, taken away; and never of what is withheld."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.test import Client

from engage.governance.models import AuditEvent
from engage.networks.charts import gathering
from engage.networks.models import SavedChart
from engage.picture.byhand import ByHand
from tests.integration.people.test_people_in_pseudo_language import WRITTEN
from tests.integration.people.test_recording import record
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
ABOUT = "about=person%3AANA"


@pytest.fixture
def charted(ana: World) -> World:
    """Ana with Ben in a car, and with Ben in something that the police guard."""
    return ana.events("""
        id | agency | who                                  | kind         | title        | when       | plate   | handling | grade
        c1 | police | police/2 passenger, police/5 driver  | stop         | title-of-c1  | 2026-03-01 | AB12CDE |          | 2DP
        c2 | police | police/2 subject, police/5 subject   | intelligence | title-of-c2  | 2026-03-02 | ZZ99ZZZ | C        |
    """).served(build_id="b2") and ana  # fmt: skip


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return unescape(answer.content.decode())


def test_a_chart_says_in_tables_what_it_draws_and_opens_further(charted: World, sign_in: SignIn) -> None:
    mara = sign_in()
    page = shown(mara, f"/charts/?{ABOUT}")
    assert "What is around Ana Petal?" in page
    for text in (
        "Ben Reed",
        "AB12CDE",
        "title-of-c1",
        "passenger",
        "driver",
        "2DP",
        "sister of",
        "1 Reed Close",
    ):
        assert text in page
    assert page.count('class="engage-net__link"') == page.count("engage-net__label")
    assert "engage-net__line--tentative" in page
    assert " style=" not in page.split("<main")[1]
    vehicle = re.findall(r'href="(/charts/\?[^"]*expand=vehicle[^"]*)"', page)[0]
    assert "Open already" in shown(mara, vehicle)
    connections = shown(mara, "/people/ANA/connections/")
    assert connections.count(f'"/charts/?{ABOUT}"') == 1
    assert '<a class="govuk-link" href="/charts/?about=vehicle%3AAB12CDE">' in connections


def test_each_line_opens_the_record_behind_it(charted: World, sign_in: SignIn) -> None:
    mara = sign_in()
    lines = shown(mara, f"/charts/?{ABOUT}").partition('id="lines"')[2]
    opened = set(re.findall(r'href="(/people/\w+/chronology/[^"#]*)#(entry-\w+)"', lines))
    whose = {address.split("/")[2] for address, _entry in opened}
    assert {"ANA", "BEN"} <= whose
    for address, entry in opened:
        page = shown(mara, address)
        assert f'id="{entry}"' in page, address
    assert any("title-of-c1" in shown(mara, address) for address, _entry in opened)


def test_what_is_withheld_is_on_no_page_and_in_no_file(charted: World, sign_in: SignIn) -> None:
    mara, idris = sign_in(), sign_in("detective", "police", "idris")
    for address in (f"/charts/?{ABOUT}", f"/charts/print/?{ABOUT}"):
        assert not {"title-of-c2", "ZZ99ZZZ"} & set(re.findall(r"[\w-]+", shown(mara, address)))
        assert "title-of-c2" in shown(idris, address)
    hidden, absent = (mara.get(f"/charts/?about={one}") for one in ("vehicle:ZZ99ZZZ", "vehicle:XX00XXX"))
    assert hidden.status_code == absent.status_code >= 400
    assert "There is nobody and nothing of that id" in hidden.content.decode()


def test_paper_has_nothing_to_press(charted: World, sign_in: SignIn) -> None:
    paper = (
        shown(sign_in(), f"/charts/print/?{ABOUT}")
        .partition('id="nodes"')[2]
        .partition("What this page rests on")[0]
    )
    assert "Ben Reed" in paper
    assert not {"Open", "New chart", "Start from here"} & set(re.findall(r">([^<>]+)<", paper))
    assert "<a " not in paper


def test_days_are_cut_by_month_and_what_cannot_be_read_is_said(charted: World, sign_in: SignIn) -> None:
    mara = sign_in()
    assert "title-of-c1" in shown(mara, f"/charts/?{ABOUT}&from=2026-03&until=2026-03")
    assert "title-of-c1" not in shown(mara, f"/charts/?{ABOUT}&from=2026-02&until=2026-02")
    wrong = mara.get(f"/charts/?{ABOUT}&from=March")
    assert "neither a day nor a month" in wrong.content.decode()


def test_a_chart_is_started_from_the_form(charted: World, sign_in: SignIn) -> None:
    mara = sign_in()
    asked = {"asks": "around", "kind": "vehicle", "key": "ab12 cde"}
    assert mara.get("/charts/", asked).headers["Location"] == "/charts/?about=vehicle%3AAB12CDE"
    between = {"asks": "between", "kind": "person", "key": "ANA", "other_kind": "person", "other": "BEN"}
    page = unescape(mara.get("/charts/", between, follow=True).content.decode())
    assert "What lies between Ana Petal and Ben Reed?" in page
    assert "Show longer ways as well" in page
    empty = mara.get("/charts/", {"asks": "nights", "kind": "person", "key": ""}).content.decode()
    assert "Say which nights" in empty
    nights = {"asks": "nights", "kind": "person", "key": "", "first": "2026-03-01", "last": "2026-03-02"}
    assert "Who was with whom on these nights?" in mara.get("/charts/", nights, follow=True).content.decode()


def test_a_chart_is_saved_annotated_and_opened_by_the_same_agency_alone(
    charted: World, sign_in: SignIn
) -> None:
    mara, sam = sign_in(), sign_in("social_worker", "childrens_services", "sam")
    idris = sign_in("detective", "police", "idris")
    untitled = mara.post("/charts/save/", {"question": ABOUT, "title": "", "note": ""}).content.decode()
    assert "Give the chart a title." in untitled
    saved = mara.post(
        "/charts/save/", {"question": ABOUT, "title": "Car", "note": "Ask about the car"}, follow=True
    )
    number = SavedChart.objects.get().pk
    assert "Ask about the car" in saved.content.decode()
    kept = sam.post(
        f"/charts/saved/{number}/", {"title": "The car", "note": "Seen twice"}, follow=True
    ).content.decode()
    assert "Seen twice" in kept
    assert "title-of-c1" in kept
    listed = shown(mara, "/charts/saved/")
    assert "The car" in listed
    assert "Ask about the car" not in listed
    assert "Your agency has saved no charts." in shown(idris, "/charts/saved/")
    other = idris.get(f"/charts/saved/{number}/")
    none = idris.get("/charts/saved/999/")
    assert other.status_code == none.status_code >= 400
    assert "The car" not in other.content.decode()
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"chart.saved", "chart.annotated", "chart.opened", "charts.list", "chart.view"} <= actions


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_is_never_changed(charted: World, sign_in: SignIn) -> None:
    sign_in().post("/charts/save/", {"question": ABOUT, "title": "Car", "note": ""})
    for change in (lambda rows: rows.update(title="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="kept"):
            change(SavedChart.objects.all())


def test_who_may_takes_a_chart_away_and_others_are_offered_nothing(charted: World, sign_in: SignIn) -> None:
    mara, ann = sign_in(), sign_in("analyst", "police", "ann")
    assert "Take it away" not in shown(mara, f"/charts/?{ABOUT}")
    assert mara.get(f"/charts/take/i2/?{ABOUT}").status_code >= 400
    page = shown(ann, f"/charts/?{ABOUT}")
    assert page.count("Take it away as") == 4
    file = ann.get(f"/charts/take/i2/?{ABOUT}")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert {"person:ANA", "vehicle:AB12CDE"} <= {row[end] for row in rows for end in ("end_a_id", "end_b_id")}
    assert json.loads(ann.get(f"/charts/take/i2/?{ABOUT}&beside=1").content)["columns"]
    for form in ("ftm", "graphml", "xlsx"):
        assert ann.get(f"/charts/take/{form}/?{ABOUT}").status_code == 200
    assert ann.get(f"/charts/take/pdf/?{ABOUT}").status_code == 404
    assert AuditEvent.objects.filter(action="chart.export", subject="ANA,BEN").count() == 5


def test_what_was_recorded_by_hand_since_the_build_is_said_to_whoever_may_see_it(
    charted: World, sign_in: SignIn
) -> None:
    mara, idris = sign_in(), sign_in("detective", "police", "idris")
    said = "recorded by hand since the last build"
    assert said not in shown(mara, f"/charts/?{ABOUT}")
    record(idris, title="Guarded", grade="1AC", text="text-guarded")
    assert said not in shown(mara, f"/charts/?{ABOUT}")
    assert f"1 thing was {said}, and is not on the chart yet: it is in the chronology of Ana Petal." in shown(
        idris, f"/charts/?{ABOUT}"
    )
    record(mara)
    assert f"1 thing was {said}" in shown(mara, f"/charts/?{ABOUT}")
    assert f"2 things were {said}" in shown(idris, f"/charts/?{ABOUT}")


@pytest.mark.parametrize(
    ("record_id", "is_gone"),
    [
        ("zz:police:by-hand:7", True),
        ("zz:police:by-hand:7/person1", True),
        ("zz:police:by-hand:77", False),
        ("zz:police:events:7", False),
        ("zz:police:events:by-hand:7", False),
    ],
)
def test_what_was_recorded_by_hand_and_withdrawn_since_the_build_ties_nobody(
    record_id: str, is_gone: bool
) -> None:
    made = SimpleNamespace(hand=ByHand((), frozenset({"7"})))
    assert gathering._is_withdrawn(made, record_id) is is_gone  # type: ignore[arg-type]


PAGES = (
    "/charts/",
    "/charts/?kind=person",
    f"/charts/?{ABOUT}",
    f"/charts/?{ABOUT}&from=2026-03&until=2026-03",
    f"/charts/print/?{ABOUT}",
    "/charts/?asks=between&about=person:ANA&also=person:BEN",
    "/charts/?asks=nights&from=2026-03-01&until=2026-03-02",
    "/charts/saved/",
)


def test_charts_go_through_the_catalogue_whole(
    charted: World,
    sign_in: SignIn,
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = (
        "title-of-c1",
        "passenger",
        "driver",
        "stopped",
        "title",
        "of",
        "c",
        "e",
        "BP",
        "DP",
        "ZZZ",
        "Car",
    )
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *written))
    browser = sign_in()
    left = {page: pages._english_left(browser.get(page).content.decode()) for page in PAGES}
    assert {page: words for page, words in left.items() if words} == {}


def test_what_colleagues_saved_is_read_by_none_who_may_not_read_notes(
    charted: World, sign_in: SignIn
) -> None:
    mara, bea = sign_in(), sign_in("business_support", "childrens_services", "bea")
    mara.post("/charts/save/", {"question": ABOUT, "title": "Car", "note": "Ask about the car"})
    number = SavedChart.objects.get().pk
    assert "Car" not in shown(bea, "/charts/saved/").partition("<main")[2]
    assert bea.get(f"/charts/saved/{number}/").status_code == bea.get("/charts/saved/999/").status_code >= 400


def test_a_saved_chart_of_somebody_hidden_is_not_there(charted: World, sign_in: SignIn) -> None:
    idris, cora = sign_in("detective", "police", "idris"), sign_in("missing_coordinator", "police", "cora")
    idris.post("/charts/save/", {"question": "about=vehicle%3AZZ99ZZZ", "title": "The grey car", "note": ""})
    number = SavedChart.objects.get().pk
    assert "The grey car" in shown(idris, "/charts/saved/")
    assert "The grey car" not in shown(cora, "/charts/saved/")
    hidden, none = (cora.get(f"/charts/saved/{one}/") for one in (number, 999))
    assert hidden.status_code == none.status_code >= 400
    assert "The grey car" not in hidden.content.decode()
