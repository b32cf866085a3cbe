"""The pages of hotspots: the picture and the tables say the same, counts open to their records, and nothing tells of what may not be seen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from engage.networks.maps.boundaries.keeping import keep_boundaries
from engage.networks.maps.boundaries.rules import Boundaries, Boundary
from engage.networks.maps.showing import area_code
from engage.networks.rules import code_of
from engage.web.people.chronology import anchor
from tests.integration.people.test_people_in_pseudo_language import WRITTEN
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
POLICE = ("detective", "police", "idris")
MARCH = "/hotspots/?kind=concerns&month=2026-03"


def ward(name: str, south: int) -> Boundary:
    ring = (
        (500_000, south),
        (501_000, south),
        (501_000, south + 1_000),
        (500_000, south + 1_000),
        (500_000, south),
    )
    return Boundary(name, "", ((ring,),))


@pytest.fixture
def town(world: World) -> World:
    """Ana and Bea, stopped in two wards, at a park and at a place that no record puts on the grid."""
    keep_boundaries(
        world.area.folder, Boundaries((ward("North <ward>", 101_000), ward("South", 100_000)), "drawn")
    )
    world.people("""
        id | agency | person | name      | born
        2  | police | ANA    | Ana Petal | 2010-03-01
        3  | police | BEA    | Bea Reed  | 2011-05-05
    """).events("""
        id | agency | who                                | kind         | when       | place     | premises | grid          | handling
        e1 | police | police/2 subject, police/3 subject | intelligence | 2026-03-03 | Park      | park     | 500500 100500 |
        e2 | police | police/2 subject                   | stop         | 2026-03-04 | Park      | park     | 500500 100500 |
        e3 | police | police/3 subject                   | stop         | 2026-03-05 | Park      | park     | 500500 100500 |
        e4 | police | police/3 subject                   | stop         | 2026-03-06 | Ring Road |          |               |
        e5 | police | police/2 subject                   | stop         | 2026-03-07 | Mill Loft | dwelling | 500500 100100 |
        e6 | police | police/2 subject                   | stop         | 2026-02-07 | Arcade    | shop     | 500500 101100 |
    """)  # fmt: skip
    return world


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().partition("<main")[2].partition("</main")[0]


def rows(shown: str, caption: str) -> dict[str, list[str]]:
    """The cells of a table's rows by the text of their first."""
    (table,) = [t for t in re.findall(r"<table.*?</table>", shown, re.S) if caption in t]
    found = {}
    for line in re.findall(r"<tr.*?</tr>", table.partition("<tbody")[2], re.S):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)
        first, *rest = [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in cells]
        found[first] = rest
    return found


def test_the_picture_and_the_tables_say_the_same(town: World, sign_in: SignIn) -> None:
    town.served()
    shown = page(sign_in(*POLICE), MARCH)
    areas = rows(shown, "By area: Concerns, March 2026")
    assert areas == {
        "North <ward>": ["0", "0"], "South": ["4", "1"], "Outside every area": ["0", "0"], "Not known where": ["1", "not known"], "All": ["5", "1"]
    }  # fmt: skip
    assert rows(shown, "By place") == {
        "1": ["Park", "South", "3"],
        "2": ["Ring Road", "Not known where", "1"],
    }
    drawn = re.findall(r'<text class="engage-hot__(?:name|count)"[^>]*>(.*?)</text>', shown)
    assert [unescape(text) for text in drawn] == ["North <ward>", "0", "South", "4"]
    assert re.findall(r'<text class="engage-hot__number"[^>]*>(\d+)</text>', shown) == ["1"]
    assert "Mill Loft" not in shown
    assert rows(shown, "Every month")["February 2026"] == ["1"]


def test_months_are_stepped_through_and_several_stand_side_by_side(town: World, sign_in: SignIn) -> None:
    town.served()
    browser = sign_in(*POLICE)
    shown = page(browser, MARCH)
    before, after = re.findall(r'href="([^"]*)" rel="(?:prev|next)"', shown)
    assert unescape(before) == "/hotspots/?kind=concerns&month=2026-02"
    assert unescape(after) == "/hotspots/?kind=concerns&month=2026-04"
    assert rows(page(browser, unescape(before)), "By area")["North <ward>"] == ["1", "0"]
    both = page(browser, "/hotspots/?kind=concerns&month=2026-02&until=2026-03")
    assert rows(both, "By area")["South"] == ["0", "4", "4", "1"]
    assert rows(both, "By area")["All"] == ["1", "5", "6", "1"]
    last = page(browser, "/hotspots/?kind=concerns&month=2026-04")
    assert 'rel="next"' not in last


def test_a_count_opens_to_its_records_and_these_to_the_chronology(town: World, sign_in: SignIn) -> None:
    town.served()
    browser = sign_in(*POLICE)
    shown = page(browser, MARCH)
    address = f"/hotspots/opened/{area_code('South')}/?kind=concerns&amp;month=2026-03"
    assert shown.count(f'href="{address}"') == 2
    opened = page(browser, unescape(address))
    assert "4 counted that you may see." in opened
    assert opened.count("Mill Loft") == 1
    record = "/people/BEA/chronology/?from_on=2026-03-05&amp;until_on=2026-03-05#" + anchor(
        "zz:police:events:e3"
    )
    assert f'href="{record}"' in opened
    park = page(browser, f"/hotspots/opened/{code_of('place', 'park')}/?kind=concerns&month=2026-03")
    assert len(re.findall(r"<tr", park)) == 1 + 4
    assert "3 counted that you may see." in park


def test_a_place_or_area_that_is_not_there_and_one_that_may_not_be_seen_get_the_same_words(
    town: World, sign_in: SignIn
) -> None:
    town.served()
    browser = sign_in(*POLICE)
    answers = [
        browser.get(f"/hotspots/opened/{code}/?kind=concerns&month=2026-03")
        for code in (code_of("place", "mill loft"), code_of("place", "nowhere"), "x")
    ]
    assert {answer.status_code for answer in answers} == {404}
    texts = [re.sub(r"opened/[0-9a-fx]+/|nonce=.*?>", "", answer.content.decode()) for answer in answers]
    assert texts[0].partition("<main")[2] == texts[1].partition("<main")[2] == texts[2].partition("<main")[2]


def test_what_may_not_be_seen_changes_no_byte_of_any_page(town: World, sign_in: SignIn) -> None:
    town.served()
    browser = sign_in()
    places = [code_of("place", "park"), area_code("South"), "not known", "outside", "undated"]
    paths = [
        f"/hotspots/?kind={kind}&month=2026-02&until=2026-03{names}"
        for kind in ("found", "missing", "concerns", "places")
        for names in ("", "&names=no")
    ] + [f"/hotspots/opened/{code}/?kind=concerns&month=2026-03" for code in places]
    files = [path.replace("/hotspots/?", "/hotspots/file/?") for path in paths if "opened" not in path]
    before = [page(browser, path) for path in paths]
    kept = [browser.get(path).content for path in files]
    town.events("""
        id | agency | who                     | kind         | when             | place  | premises | grid          | handling
        z1 | police | police/2 missing person | missing      | 2026-03-20 20:00 | Park   | park     | 500500 100500 | C
        z2 | police | police/2 missing person | found        | 2026-03-21 06:00 | Arcade | shop     | 500500 101100 | C
        z3 | police | police/3 subject        | intelligence | 2026-03-21       | Park   | park     | 500500 100500 | C
        z4 | police |                         | intelligence | 2026-03-22       | Arcade | shop     | 500500 101100 | C
        z5 | police | police/3 subject        | stop         |                  | Quay   | quay     | 500200 101900 | C
    """).served(build_id="b2")  # fmt: skip
    assert [page(browser, path) for path in paths] == before
    assert [browser.get(path).content for path in files] == kept


def test_weekdays_and_hours_stand_in_a_table_with_what_has_no_time_apart(
    town: World, sign_in: SignIn
) -> None:
    town.events("""
        id | agency | who              | kind | when             | place
        t1 | police | police/2 subject | stop | 2026-03-06 21:15 | Park
    """).served()
    browser = sign_in(*POLICE)
    times = rows(page(browser, MARCH), "By hour and weekday")
    assert list(times) == [*(f"{n:02}:00" for n in range(24)), "Time not known", "All"]
    assert times["21:00"] == ["0", "0", "0", "0", "1", "0", "0", "1"]
    assert times["Time not known"] == ["0", "1", "1", "1", "1", "1", "0", "5"]
    assert times["All"] == ["0", "1", "1", "1", "2", "1", "0", "6"]
    nameless = rows(page(browser, MARCH + "&names=no"), "By hour and weekday")
    assert list(nameless)[:2] == ["00:00 to 06:00", "06:00 to 12:00"]
    assert {cell for cells in nameless.values() for cell in cells} == {"fewer than 3"}
    assert "no table of hours" in page(browser, "/hotspots/?kind=places&month=2026-03")


def test_what_the_page_shows_is_kept_as_a_file_with_the_same_counts_and_no_formula(
    town: World, sign_in: SignIn
) -> None:
    town.events("""
        id | agency | who              | kind | when       | place | premises | grid
        f1 | police | police/2 subject | stop | 2026-03-09 | =Quay | quay     | 500500 100900
    """).served()
    browser = sign_in(*POLICE)
    shown = page(browser, MARCH)
    (address,) = re.findall(r'href="(/hotspots/file/[^"]*)"', shown)
    answer = browser.get(unescape(address))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/csv; charset=utf-8", "no-store")
    assert 'filename="hotspots-concerns-2026-03.csv"' in answer["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    of = {(one["level"], one["name"]): one["count"] for one in lines if one["level"] in ("area", "place")}
    assert of == {("area", "North <ward>"): "0", ("area", "South"): "5", ("place", "Park"): "3", ("place", "'=Quay"): "1", ("place", "Ring Road"): "1"}  # fmt: skip
    assert "Mill Loft" not in answer.content.decode()
    (nameless,) = re.findall(r'href="(/hotspots/file/[^"]*)"', page(browser, MARCH + "&names=no"))
    assert "names=no" in nameless
    others = list(csv.DictReader(io.StringIO(browser.get(unescape(nameless)).content.decode("utf-8-sig"))))
    assert {(one["level"], one["count"]) for one in others} == {("area", "fewer than 3"), ("area", "5"), ("outside", "fewer than 3"), ("not known", "fewer than 3"), ("month not known", "fewer than 3")}  # fmt: skip
    assert browser.get("/hotspots/file/?kind=theft").status_code == 400
    assert Client().get(unescape(address)).status_code == 302


def test_the_version_to_give_to_others_names_nobody_and_opens_nothing(town: World, sign_in: SignIn) -> None:
    town.served()
    shown = page(sign_in(*POLICE), MARCH + "&names=no")
    areas = rows(shown, "By area")
    few = "fewer than 3"
    assert areas == {
        "North <ward>": [few], "South": ["4"], "Outside every area": [few], "Not known where": [few], "All that are shown": ["4"]
    }  # fmt: skip
    # The park's 3 of the south's 4 would tell of one elsewhere in it.
    assert "No place with a count that is shown." in shown
    for told in ("Park", "Petal", "Reed", "Police", "opened/"):
        assert told not in shown, told
    assert re.findall(r'class="engage-hot__count"[^>]*>(.*?)<', shown) == ["&lt;3", "4"]
    assert "names=no" in shown.partition('rel="prev"')[0]


def test_what_cannot_be_answered_is_said_at_the_field(town: World, sign_in: SignIn) -> None:
    town.served()
    browser = sign_in(*POLICE)
    shown = page(browser, "/hotspots/?kind=found&month=2026-03&until=2026-01")
    assert "Choose the first month and the last, the first not after the last." in shown
    assert 'href="#id_until"' in shown
    assert "engage-hot" not in page(browser, "/hotspots/?kind=theft")
    assert browser.get("/hotspots/opened/outside/?month=2020-01").status_code == 400


def test_an_area_without_boundaries_says_how_to_import_them(town: World, sign_in: SignIn) -> None:
    (town.area.folder / "boundaries.geojson").unlink()
    town.served()
    browser = sign_in(*POLICE)
    shown = page(browser, MARCH)
    assert "engage boundaries AREA FILE" in shown
    assert "<circle" in shown
    (town.area.folder / "boundaries.geojson").write_text("{")
    assert "engage boundaries AREA FILE" in browser.get(MARCH).content.decode()


DRAWN = (
    "Idris Quill",
    "North",
    "ward",
    "South",
    "Ring Road",
    "Mill Loft",
    "Park",
    "Petal",
    "Bea Reed",
    "engage boundaries AREA FILE",
    "km",
)
PAGES = (
    MARCH, MARCH + "&until=2026-04&names=no", "/hotspots/?kind=places&month=2026-02", "/hotspots/?kind=missing", "/hotspots/?month=2026-03&until=2026-01",
    f"/hotspots/opened/{area_code('South')}/?kind=concerns&month=2026-03", "/hotspots/opened/undated/?kind=found", "/hotspots/opened/x/?month=2026-03",
)  # fmt: skip


def test_every_text_of_the_pages_goes_through_the_catalogue(
    town: World,
    sign_in: SignIn,
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town.served()
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *DRAWN))
    browser = sign_in(*POLICE)
    left = {path: pages._english_left(browser.get(path).content.decode()) for path in PAGES}
    assert {path: words for path, words in left.items() if words} == {}
