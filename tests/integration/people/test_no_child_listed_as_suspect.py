"""Does any list, page or file call somebody a suspect who was, or may have been, under 18 then? Through every way out of Engage."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.test import Client

from engage.networks.charts.exports.files import FORMS
from engage.networks.rules import code_of
from engage.picture import actions
from engage.picture.accused.rules import NAMED_IN_IT
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
POLICE = ("analyst", "police", "idris")
CAR = f"/concern/vehicles/{code_of('vehicle', 'QQ11ABC')}/"
# Ben is 15, Dot of no known age, Una 15 by one record and 20 by another; each has the part of a suspect. So has Max, who is 28.
OF_SOMEBODY = ("", "chronology/print/", "chronology.csv", "chronology.docx", "connections/")
PAGES = (
    *(f"/people/{who}/{page}" for who in ("BEN", "DOT", "UNA") for page in OF_SOMEBODY),
    "/missing/", "/missing/print/", CAR, "/concern/of/BEN/", "/concern/of/ANA/", "/concern/", "/groups/",
)  # fmt: skip
CHARTS = tuple(
    f"/charts/{way}?about=person:{who}"
    for who in ("BEN", "DOT", "UNA")
    for way in ("", "print/", *(f"take/{form}/" for form in FORMS))
)
ACCUSES = re.compile(r"\b(?:suspect|offender|co-accused)\b", re.IGNORECASE)


@pytest.fixture
def accused(world: World) -> World:
    world.people("""
        id | agency             | person | name       | born       | phone
        1  | police             | ANA    | Ana Petal  | 2010-03-01 |
        2  | police             | BEN    | Ben Reed   | 2010-05-05 | 07700900123
        3  | police             | DOT    | Dot Nobirth|            |
        4  | police             | UNA    | Una Twice  | 2010-07-07 |
        5  | childrens_services | UNA    | Una Twice  | 2005-07-07 |
        6  | police             | MAX    | Max Tarn   | 1998-01-01 |
    """).events("""
        id | agency | who                                                                       | kind          | title | when             | plate   | place
        h1 | police | police/1 victim                                                           | investigation |       | 2026-01-10       |         |
        h2 | police | police/2 victim                                                           | investigation |       | 2026-01-11       |         |
        e1 | police | police/1 passenger, police/2 suspect, police/3 offender, police/4 suspect | crime         | Theft | 2026-02-01       | QQ11ABC | Weir Flat
        e2 | police | police/2 suspect, police/3 suspect, police/4 suspect                      | crime         |       |                  | QQ11ABC |
        e3 | police | police/6 suspect                                                          | crime         | Theft | 2026-02-03       | QQ22ABC |
        m0 | police | police/1 missing person, police/2 suspect                                 | missing       |       | 2026-03-01 20:00 |         |
        f0 | police | police/1 missing person                                                   | found         |       | 2026-03-02 09:00 |         |
        m1 | police | police/1 missing person, police/2 suspect                                 | missing       |       | 2026-04-05 20:00 |         |
    """).ties("""
        agency | from     | kind       | to
        police | police/2 | co-accused | police/4
    """)  # fmt: skip
    world.served()
    return world


def _all_of(content: bytes) -> str:
    """Everything that stands in a file, in any part of one that is packed."""
    if not content.startswith(b"PK"):
        return unescape(content.decode("utf-8"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(unescape(parts.read(name).decode("utf-8", "replace")) for name in parts.namelist())


def _got(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return _all_of(answer.content)


def test_no_page_and_no_file_calls_a_child_a_suspect(accused: World, sign_in: SignIn) -> None:
    idris = sign_in(*POLICE)
    shown = {path: _got(idris, path) for path in (*PAGES, *CHARTS)}
    assert {path: ACCUSES.findall(text) for path, text in shown.items() if ACCUSES.search(text)} == {}
    told = [path for path, text in shown.items() if NAMED_IN_IT in text]
    for path in ("/people/BEN/chronology.csv", "/people/BEN/chronology.docx", "/people/DOT/chronology/print/",
                 "/missing/", "/missing/print/", CAR, *(f"/charts/take/{form}/?about=person:BEN" for form in FORMS)):  # fmt: skip
        assert path in told, path


def test_of_two_in_one_crime_the_adult_alone_is_called_so(world: World, sign_in: SignIn) -> None:
    world.people("""
        id | agency | person | name     | born
        2  | police | BEN    | Ben Reed | 2010-05-05
        6  | police | MAX    | Max Tarn | 1998-01-01
    """).events("""
        id | agency | who                                | kind  | title | when       | plate
        e1 | police | police/2 suspect, police/6 suspect | crime | Theft | 2026-02-01 | QQ11ABC
    """)
    world.served()
    idris = sign_in(*POLICE)
    sheet = csv.DictReader(
        io.StringIO(_got(idris, "/charts/take/i2/?about=person:BEN").removeprefix("\ufeff"))
    )
    ties = {(row["end_a_id"], row["end_b_id"].partition(":")[0]): row["link_type"] for row in sheet}
    assert ties["person:BEN", "event"] == NAMED_IN_IT
    assert ties["person:MAX", "event"] == "suspect"
    assert ties["person:BEN", "vehicle"] == f"Theft, {NAMED_IN_IT}, stopped"
    assert ties["person:MAX", "vehicle"] == "Theft, suspect, stopped"
    sign = _got(idris, "/people/BEN/indicators/B3/")
    assert f"here as: {NAMED_IN_IT}" in sign
    for path in ("/people/BEN/indicators/B3/", "/people/BEN/indicators/", "/worklist/"):
        assert not re.search(r"\bsuspect", _got(idris, path), re.IGNORECASE), path


def test_an_adult_is_called_what_the_record_calls_them(accused: World, sign_in: SignIn) -> None:
    idris = sign_in(*POLICE)
    for path in ("/people/MAX/chronology.csv", "/people/MAX/chronology.docx", *(f"/charts/take/{form}/?about=person:MAX" for form in FORMS)):  # fmt: skip
        text = _got(idris, path)
        assert "suspect" in text, path
        assert NAMED_IN_IT not in text, path


def test_the_records_own_words_are_quoted_where_a_childs_chronology_is_opened(
    accused: World, sign_in: SignIn
) -> None:
    shown = _got(sign_in(*POLICE), "/people/BEN/chronology/")
    quoted = re.findall(
        r"<details class=\"govuk-details engage-no-print\"><summary[^>]*><span[^>]*>How the record.*?</details>",
        shown,
        re.DOTALL,
    )
    assert len(quoted) == 4
    assert all("“suspect”" in one for one in quoted)
    rest = shown
    for one in quoted:
        rest = rest.replace(one, "")
    assert re.findall(r"\bsuspect\b", rest) == []


@pytest.mark.parametrize(("table", "column"), [("chronology", "role"), ("role", "role"), ("tie", "how"), ("relationship", "kind")])  # fmt: skip
def test_tables_that_are_taken_away_say_it_of_the_adult_alone(
    table: str, column: str, accused: World, viewing: Callable[..., Viewing], tmp_path: Path
) -> None:
    out, operator = tmp_path / "rows.parquet", viewing(role="operator", agency="", purpose="data_quality")
    actions.export_table(viewing=operator, build=accused.warehouse.current(), table=table, out=out)
    rows = pq.read_table(out).to_pylist()
    said = [str(row) for row in rows if ACCUSES.search(row[column] or "")]
    assert all("MAX" in one or "persons:6" in one for one in said)
    assert bool(said) == (table != "relationship")
    assert any(NAMED_IN_IT in (row[column] or "") for row in rows)
