"""What agencies sent is shown as it came; what could not be used is shown with where, why and what to do."""

from __future__ import annotations

import re
import sqlite3
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from engage.picture import tables as picture_tables
from engage.records import actions, queries
from engage.records.tables import EXCHANGE_TABLES
from engage.store.area import Area, open_area
from engage.store.warehouse import BuildInfo, Warehouse
from engage.vocabulary.access import Viewing
from tests.integration.web.conftest import PASSWORD


MAPPING = """
    mapping: quay-police
    version: 1
    agency: police
    agreement: ISA-1
    purpose: safeguarding_child
    cohort: case
    extent: full
    files:
      persons:
        match: persons.csv
        id: ID
        makes:
          - person: {forename: FORENAME, surname: SURNAME, born: DOB}
"""
AGREEMENT = """
agreements:
  ISA-1:
    title: Quay partnership agreement
    agencies: [police, cs]
    cohorts: [case, register]
    purposes: [safeguarding_child]
    from: 2020-01-01
"""
REJECT = "('{delivery}', 'police', 'persons.csv', 3, 'DOB', '31/02/2010', 'Not a date.', 'Ask the sender.', 'flagged', '', 'case')"


@pytest.fixture
def received(served: Path, db: None, viewing: Callable[..., Viewing]) -> str:
    """One delivery of the police's, two rows; returns its id."""
    (served / "mappings").mkdir()
    (served / "mappings" / "police.yaml").write_text(textwrap.dedent(MAPPING), encoding="utf-8")
    with (served / "area.yaml").open("a", encoding="utf-8") as settings:
        settings.write(AGREEMENT)
    file = served / "persons.csv"
    file.write_text(
        "ID,FORENAME,SURNAME,DOB\n1,Ana,Petal,01/02/2010\n2,Ben,Reed,31/02/2010\n", encoding="utf-8"
    )
    receipt = actions.receive(
        area=open_area(served),
        viewing=viewing(role="operator", agency="", user_id="olu"),
        agency="police",
        files=[file],
    )
    _build(open_area(served), receipt.delivery_id)
    return receipt.delivery_id


def _build(area: Area, delivery_id: str) -> None:
    warehouse = Warehouse(area)
    with warehouse.building("b1") as aside:
        columns = "delivery_id, agency, file, row_number, column_name, value, reason, remedy, severity, record_id, cohort"
        aside.connection.execute(
            f"create table reject as select *, '' as handling, 'standard' as sensitivity from (values {REJECT.format(delivery=delivery_id)}) t({columns})"
        )
        for table in EXCHANGE_TABLES:
            body = ", ".join(f"{c.name} {c.type}" for c in table.columns)
            aside.connection.execute(f"create table {table.name} ({body})")
        aside.connection.execute(
            f"create table delivery as select '{delivery_id}' as delivery_id, timestamp '2026-04-07 07:40:00' as received_at; "
            "create table person_of_record (record_id varchar, person_id varchar);"
            "create table link_dropped_key as select 'day' as code, 3 as keys, 61 as records;"
            "create table link_left_out as select 'letters-year' as code, 0.31 as per_record, 0.0004 as share"
        )
        pages = sqlite3.connect(aside.pages_file)
        for table in picture_tables.DERIVED_TABLES:
            pages.execute(table.create_sql())
        pages.close()
    warehouse.swap(
        BuildInfo(
            "b1",
            watermarks={"delivery": int(delivery_id.split("-")[0])},
            as_of=date(2026, 4, 7),
            made_at="2026-04-07T07:40:00Z",
            inputs={delivery_id: "x"},
            counts={"reject": 1},
        )
    )


def test_home_counts_what_is_new(received: str, sign_in: Callable[..., Client]) -> None:
    page = " ".join(sign_in().get(reverse("home")).content.decode().split())

    assert "This is your first visit." in page
    assert '<span class="engage-figure__number">2</span> <span class="govuk-body">new rows</span>' in page
    assert '<span class="engage-figure__number">1</span>' in page
    assert "nothing received yet" in page


def test_a_delivery_after_a_visit_is_new_at_the_next_though_the_clock_stands_still(
    received: str, served: Path, viewing: Callable[..., Viewing], sign_in: Callable[..., Client]
) -> None:
    sign_in()

    def visit() -> str:
        browser = Client()
        browser.post(reverse("account_login"), {"login": "mara", "password": PASSWORD})
        return " ".join(browser.get(reverse("home")).content.decode().split())

    def new(page: str) -> list[str]:
        return re.findall(r'<span class="engage-figure__number">(\d+)</span>', page)[:2]

    first, nothing_since = visit(), visit()
    file = served / "persons.csv"
    file.write_text(
        "ID,FORENAME,SURNAME,DOB\n1,Ana,Petal,01/02/2010\n2,B,Reed,\n3,C,Rush,\n", encoding="utf-8"
    )
    actions.receive(
        area=open_area(served),
        viewing=viewing(role="operator", agency="", user_id="olu"),
        agency="police",
        files=[file],
    )
    after, afterwards = visit(), visit()

    assert "This is your first visit." in first
    assert new(first) == ["1", "2"]
    assert new(nothing_since) == ["0", "0"]
    assert "What is new since your last visit on 7 April 2026, 08:40." in after
    assert new(after) == ["1", "3"]
    assert new(afterwards) == ["0", "0"]


def test_home_says_what_came_after_the_picture_was_built(
    received: str, served: Path, viewing: Callable[..., Viewing], sign_in: Callable[..., Client]
) -> None:
    words, mara = "1 delivery came after the picture was built", sign_in()
    assert words not in mara.get(reverse("home")).content.decode()
    file = served / "persons.csv"
    file.write_text("ID,FORENAME,SURNAME,DOB\n3,Cal,Moss,03/03/2011\n", encoding="utf-8")

    actions.receive(
        area=open_area(served), viewing=viewing(role="operator", agency="", user_id="olu"), agency="police", files=[file]
    )  # fmt: skip

    assert words in mara.get(reverse("home")).content.decode()


def test_the_list_leads_to_the_delivery(received: str, sign_in: Callable[..., Client]) -> None:
    page = sign_in().get(reverse("deliveries")).content.decode()

    assert reverse("delivery", args=[received]) in page
    assert "persons.csv" in page


def test_a_reject_says_where_why_and_what_to_do(received: str, sign_in: Callable[..., Client]) -> None:
    page = (
        sign_in(role="detective", agency="police").get(reverse("delivery", args=[received])).content.decode()
    )

    for words in (
        "persons.csv, row 3",
        "DOB",
        "31/02/2010",
        "Not a date.",
        "Ask the sender.",
        "Value not used",
        "by olu",
    ):
        assert words in page


def test_a_value_stays_hidden_from_who_may_not_see_it_but_not_the_reject(
    received: str, sign_in: Callable[..., Client]
) -> None:
    page = (
        sign_in(role="information_governance", agency="cs")
        .get(reverse("delivery", args=[received]))
        .content.decode()
    )

    assert "31/02/2010" not in page
    assert "persons.csv, row 3" in page
    assert "Not a date." in page


def test_a_delivery_that_does_not_exist_is_not_found(received: str, sign_in: Callable[..., Client]) -> None:
    assert sign_in().get(reverse("delivery", args=["999-none"])).status_code == 404


def test_quality_counts_reasons_by_agency(received: str, sign_in: Callable[..., Client]) -> None:
    page = sign_in().get(reverse("data_quality")).content.decode()

    assert "Not a date." in page
    assert "Quay Police" in page


def test_another_day_is_named_and_says_what_it_rests_on(
    received: str, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in()

    assert "As known on" not in browser.get(reverse("home")).content.decode()
    earlier = browser.get(reverse("home"), {"as_of": "2026-03-01"}).content.decode()
    assert "As known on 1 March 2026" in earlier
    assert "today&#x27;s identities" in earlier or "today's identities" in earlier
    assert "persons.csv" not in browser.get(reverse("deliveries"), {"as_of": "2026-03-01"}).content.decode()
    assert browser.get(reverse("home"), {"as_of": "2026-04-08"}).status_code == 400


def test_a_specialist_nurses_file_is_listed_under_no_other_name(
    received: str, sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SPECIALIST_NAME", "persons")  # as this mapping's file is called
    nurse = sign_in(role="nurse", agency="police")
    for address in (reverse("deliveries"), reverse("delivery", args=[received])):
        page = nurse.get(address).content.decode()
        assert "Health, specialist nurse" in page
        assert "persons.csv" not in page.split("What could not be used")[0]


def test_what_was_received_later_was_not_rejected_on_an_earlier_day(
    received: str, served: Path, viewing: Callable[..., Viewing]
) -> None:
    build = Warehouse(open_area(served)).current()
    detective = viewing(role="detective", agency="police", as_of=date(2026, 3, 1))
    assert queries.rejects(viewing=detective, build=build) == []
    assert len(queries.rejects(viewing=viewing(as_of=build.info.as_of), build=build)) == 1
