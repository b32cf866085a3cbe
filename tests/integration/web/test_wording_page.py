"""Who oversees sees how texts are worded, by theme and agency, from what they may read; never by who wrote it, and nothing small."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from typer.testing import CliRunner

from engage.cli import main
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.picture.measures import queries
from engage.picture.wording import counting
from engage.picture.wording.period import period, rounded
from engage.records.tables import EXCHANGE_TABLES
from engage.store.area import Area
from engage.store.warehouse import BuildAside
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.slow, pytest.mark.django_db]
YEAR = {"from_on": date(2025, 5, 1), "until_on": date(2026, 5, 1)}


def events(lines: list[tuple[str, str, str, str, str]], *, start: int = 0) -> str:
    """agency, day, text, handling, received: an event each, numbered from `start`."""
    who = {"police": "police/2 victim", "childrens_services": "childrens_services/1 child", "education": "education/3 pupil"}  # fmt: skip
    head = "id | agency | who | kind | when | text | handling | received | cohort\n---+---+---+---+---+---+---+---+---\n"
    rows = (
        f"e{n} | {agency} | {who[agency]} | contact | {day} | {text} | {handling} | {received} | {'register' if agency == 'education' else 'case'}"
        for n, (agency, day, text, handling, received) in enumerate(lines, start=start)
    )
    return head + "\n".join(rows)


BLAMING = "She is putting herself at risk."
TEXTS = [
    *[("police", "2026-01-02", BLAMING, "P", "2026-01-05")] * 6,
    *[("police", "2026-01-02", "She absconded and is promiscuous.", "P", "2026-01-05")] * 2,
    *[("police", "2026-01-02", BLAMING, "C", "2026-01-05")] * 9,
    *[("police", "2024-01-02", BLAMING, "P", "2026-01-05")] * 7,
    *[("childrens_services", "2026-03-02", "All is well at home.", "", "2026-03-05")] * 5,
    *[("childrens_services", "2026-03-02", BLAMING, "", "2026-04-02")] * 5,
    *[("education", "2026-03-02", BLAMING, "", "2026-03-05")] * 8,
]


@pytest.fixture
def sent(area: Area, db: None, settings: Any) -> World:
    settings.ENGAGE_AREA = str(area.folder)
    world = World(area)
    world.people("""
        id | agency             | person | name      | born       | cohort
        ---+--------------------+--------+-----------+------------+---------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | case
        2  | police             | ANA    | Ana Petal | 2010-03-01 | case
        3  | education          | ANA    | Ana Petal | 2010-03-01 | register
    """)
    world.events(events(TEXTS)).served()
    return world


@pytest.fixture
def counted(sent: World, viewing: Callable[..., Viewing]) -> Callable[..., Any]:
    def count(
        role: str = "team_manager",
        agency: str = "childrens_services",
        as_of: date = date(2026, 4, 6),
        **days: date,
    ) -> Any:
        look = viewing(role=role, agency=agency, as_of=as_of)
        return queries.how_worded(
            viewing=look, build=sent.warehouse.current(), area=sent.area, **{**YEAR, **days}
        )

    return count


def test_texts_are_counted_by_theme_and_agency_of_what_the_viewer_may_read(counted: Any) -> None:
    found = counted()

    # The police's eight texts are ten, the six of them five, and the two none.
    assert found.texts == {"childrens_services": 10, "police": 10}
    assert found.found["risk"] == {"childrens_services": 5, "police": 5}
    assert found.found["missing"] == {"childrens_services": 0, "police": 0}
    assert found.found["choice"] == {"childrens_services": 0, "police": 0}
    assert found.found["sex"] == {"childrens_services": 0, "police": 0}


def test_whoever_may_read_the_guarded_counts_it(counted: Any) -> None:
    assert counted(agency="police").found["risk"]["police"] == rounded(6 + 9)


def test_of_a_register_which_a_reason_about_one_person_opens_nothing_is_counted(counted: Any) -> None:
    assert "education" not in counted(agency="education").texts


def test_other_quarters_are_other_counts_and_an_earlier_day_is_none(counted: Any) -> None:
    assert counted(from_on=date(2024, 1, 1), until_on=date(2025, 1, 1)).found["risk"] == {"police": 5}
    assert counted(as_of=date(2026, 3, 31)).found == counted().found
    assert counted(until_on=date(2026, 2, 1)).found == counted().found


def test_no_two_periods_or_days_that_are_subtracted_tell_a_number_that_was_held_back(
    sent: World, counted: Any
) -> None:
    """One text a month of 2025, and six in December: whatever is asked for, every count is a sum of rounded quarters."""
    texts = [("police", f"2025-{month:02}-09", BLAMING, "P", "2026-01-05") for month in range(1, 13)]
    sent.events(events(texts + texts[-1:] * 5, start=100)).served(build_id="b2")
    months = [date(2025, month, 1) for month in range(1, 13)] + [
        date(2026, month, 1) for month in (1, 2, 3, 4)
    ]

    by_quarter = [counted(from_on=first, until_on=after).found["risk"].get("police", 0) for first, after in zip(months[::3], months[3::3], strict=False)]  # fmt: skip

    assert by_quarter == [5, 5, 5, 10, 5]
    for first in months[:12]:
        for last in months[1:]:
            if last > first:
                whole = range(months.index(first) // 3, min((months.index(last) - 1) // 3, 4) + 1)
                asked = counted(from_on=first, until_on=last).found["risk"].get("police", 0)
                assert asked == sum(by_quarter[quarter] for quarter in whole)


@pytest.mark.parametrize("role", ["social_worker", "detective", "information_governance", "analyst"])
def test_who_does_not_oversee_is_refused(counted: Any, role: str) -> None:
    with pytest.raises(MayNotDo):
        counted(role=role)


def test_no_row_of_the_table_leads_to_a_text_a_person_or_a_writer(sent: World) -> None:
    rows = sent.warehouse.current().pages().execute("select * from worded").fetchall()
    columns = {"theme", "month_on", "texts", "known_from_on", "known_until_on", "access_base"}
    assert set(rows[0].keys()) == columns
    assert sum(row["texts"] for row in rows if row["theme"] == "") == len(TEXTS)


def test_an_area_may_have_wordings_of_its_own_counted(
    area: Area, viewing: Callable[..., Viewing], settings: Any, tmp_path: Any
) -> None:
    folder = tmp_path / "wording"
    folder.mkdir()
    own = '{code: well, title: "Told as well", wordings: [{says: ["all is well"], better: "Say what you saw.", why: "It says nothing.", source: "Nowhere 2026"}]}'
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    world = World(area)
    world.events(events(TEXTS))
    (tmp_path / "aside").mkdir()
    aside = BuildAside(tmp_path / "aside", threads=1)
    for name, rows in {"narrative": world.rows["narrative"], "event": world.rows["event"]}.items():
        aside.connection.execute(next(t for t in EXCHANGE_TABLES if t.name == name).create_sql())
        for row in rows:
            marks = ", ".join("?" * len(row))
            aside.connection.execute(
                f"insert into {name} ({', '.join(row)}) values ({marks})", list(row.values())
            )
    aside.connection.execute(
        "create table access_base as select row_number() over () as access_base, * from (select distinct agency, handling, sensitivity, cohort from narrative)"
    )

    for step in counting.steps(folder):
        step.call(aside.connection)

    found = aside.connection.execute("select sum(texts) from worded where theme = 'well'").fetchone()
    aside.close()
    assert found == (5,)


def page_of(sign_in: Callable[..., Client], query: str = "", role: str = "team_manager") -> Any:
    browser = sign_in(role=role, agency="childrens_services")
    return browser.get(f"/oversight/wording/{query}")


def rows_of(page: str) -> list[list[str]]:
    table = page[page.index("<table") : page.index("</table>")]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]  # fmt: skip


@pytest.fixture
def signed_in(sent: World, settings: Any) -> Callable[..., Client]:
    settings.ENGAGE_DEMO = False
    settings.ENGAGE_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

    def browser(role: str, agency: str) -> Client:
        user = get_user_model().objects.create_user(role, password="x", agency=agency, role=role)
        client = Client()
        client.force_login(user)
        return client

    return browser


def test_the_page_shows_the_counts_with_small_ones_kept_back(signed_in: Callable[..., Client]) -> None:
    answer = page_of(signed_in)

    page = answer.content.decode()
    rows = {row[0]: row[1:] for row in rows_of(page)}
    assert rows["What the wording does"] == ["Nowhere Children's Services", "Nowhere Police"]
    assert rows["Danger told as the child's doing"] == ["5", "5"]
    assert rows["A missing child told as a runaway"] == ["0", "0"]
    assert rows["All texts"] == ["10", "10"]
    assert "April 2025 to March 2026" in page
    assert "rounded to the nearest five" in page
    assert "Petal" not in page
    assert AuditEvent.objects.get().action == "texts.worded"


def test_the_page_counts_the_months_that_are_asked_for(signed_in: Callable[..., Client]) -> None:
    rows = {
        row[0]: row[1:] for row in rows_of(page_of(signed_in, "?first=2024-01&last=2024-02").content.decode())
    }
    assert rows["Danger told as the child's doing"] == ["5"]


def test_the_page_is_for_those_who_oversee_and_only_they_are_led_to_it(
    signed_in: Callable[..., Client],
) -> None:
    assert page_of(signed_in, role="social_worker").status_code == 403
    led = [
        "/oversight/wording/" in signed_in(role, "police").get("/data-quality/").content.decode()
        for role in ("team_manager", "detective")
    ]
    assert led == [True, False]


def test_the_command_prints_the_same_counts(sent: World) -> None:
    if not main.app.registered_groups:
        main.register()

    asked = ["evaluate", "wording", str(sent.area.folder), "--from", "2025-05", "--until", "2026-04"]
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(main.app, asked)

    assert shown.exit_code == 0, shown.output
    line = next(line for line in shown.output.splitlines() if "Danger told" in line)
    assert re.findall(r"\d+", line) == ["5", "5"]
    assert "2025-04 to before 2026-04" in shown.output
    assert (
        "never" not in shown.output.split("by who wrote it")[0]
        or "no count is by who wrote it" in shown.output
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, (date(2025, 4, 1), date(2026, 4, 1))),
        (date(2026, 2, 15), None, (date(2026, 1, 1), date(2026, 4, 1))),
        (None, date(2024, 12, 1), (date(2024, 1, 1), date(2025, 1, 1))),
        (date(2026, 3, 1), date(2025, 8, 1), (date(2025, 7, 1), date(2025, 10, 1))),
        (date(2026, 4, 1), date(2026, 4, 1), (date(2026, 1, 1), date(2026, 4, 1))),
        (date(1, 1, 1), date(9999, 12, 31), (date(1900, 1, 1), date(2026, 4, 1))),
    ],
)
def test_which_quarters_are_counted(
    first: date | None, last: date | None, expected: tuple[date, date]
) -> None:
    assert period(first, last, date(2026, 4, 6)) == expected
