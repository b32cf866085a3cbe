"""Is what is proposed for files usable, and is a mapping told what files hold that it does not know?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from engage.records.mapping.drafting import draft
from engage.records.mapping.holding import held_against
from tests.spec.records.conftest import Desk


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """People, what happened, and who was in it."""
    texts = {
        "people.csv": "person_ref,surname,forename,dob,postcode\np1,Ash,Demi,24/12/2009,QX1 1AA\np2,Cole,Sam,01/01/2010,\n",
        "incidents.csv": "inc_ref,incident_date,notes\ni1,01/02/2024,Seen\ni2,02/02/2024,Seen\n",
        "involved.csv": "inc_ref,person_ref,role\ni1,p1,victim\ni1,p2,witness\ni2,p1,victim\n",
        "cars.csv": "car_ref,vrm,colour,keeper_person_ref\nc1,QQ12 ABC,red,p2\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in texts]


def test_files_that_belong_together_are_tied(desk: Desk, files: list[Path]):
    text = draft(files, agency="police", agreement="ISA-1")
    drafted = yaml.safe_load(text)["files"]
    assert drafted["people"]["makes"][0]["person"]["born"] == "dob"
    assert drafted["cars"]["makes"][0]["vehicle"]["keeper"] == {"people": "keeper_person_ref"}
    assert drafted["involved"]["makes"][0]["role"] == {
        "event": {"incidents": "inc_ref"},
        "person": {"people": "person_ref"},
        "role": "role",
    }
    desk.map("files:" + text.split("files:", 1)[1])
    desk.send("2024-03-01", {file.name: file.read_text(encoding="utf-8") for file in files})
    assert desk.rows("select thing_record_id, role from role order by 1, 2") == [
        ("qx:police:people:p1", "victim"),
        ("qx:police:people:p1", "victim"),
        ("qx:police:people:p2", "witness"),
    ]
    assert desk.rows("select * from reject") == []


def test_what_a_mapping_does_not_know_of_files_is_told(desk: Desk, tmp_path: Path):
    desk.map("""
code_lists: {sexes: {1: male, 2: female}}
files:
  people: {id: ref, makes: [person: {surname: surname, forename: forename, sex: {column: sex, codes: sexes}}]}
""")
    file = tmp_path / "people.csv"
    file.write_text("ref,surname,sex,shoe\n1,Ash,2,5\n2,Cole,9,6\n", encoding="utf-8")
    assert desk.mapping is not None
    told = held_against(desk.mapping, [file])
    assert [one.split(": ", 1)[1] for one in told] == [
        "read by nothing, kept as they come: shoe",
        "named in the mapping but not in the file: forename",
        "values of “sex” that no code list has: “9” (1)",
    ]


def test_the_day_of_sending_is_not_the_day_on_which_something_was_received(tmp_path: Path):
    file = tmp_path / "Missing_Interviews.csv"
    file.write_text(
        "RHI_ID,DateReceived,Interviewer,Notes,ReportRun\n1,01/02/2024,Bev,Seen,05/02/2024\n",
        encoding="utf-8",
    )
    drafted = yaml.safe_load(draft([file], agency="police", agreement="ISA-1"))["files"]["missing_interviews"]
    assert drafted["received"] == "ReportRun"
    event = drafted["makes"][0]["event"]
    assert event["kind"] == {"constant": "return_interview"}
    assert (event["date"], event["recorded_by"]) == ("DateReceived", "Interviewer")


def test_the_fewest_columns_that_tell_rows_apart_are_the_id(tmp_path: Path):
    file = tmp_path / "terms.csv"
    file.write_text("PUPIL_KEY,TERM,POSSIBLE\n1,Autumn,140\n1,Spring,140\n2,Autumn,140\n", encoding="utf-8")
    drafted = yaml.safe_load(draft([file], agency="education", agreement="ISA-1"))["files"]["terms"]
    assert drafted["id"] == {"join": ["PUPIL_KEY", "TERM"], "with": "/"}


def drafted(tmp_path: Path, **texts: str) -> dict[str, Any]:
    """The files of a draft for these CSV files, by name."""
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    files = [tmp_path / f"{name}.csv" for name in texts]
    return dict(yaml.safe_load(draft(files, agency="police", agreement="ISA-1"))["files"])


def test_two_people_on_one_row_are_not_made_one(tmp_path: Path):
    text = "entry,child_first_name,parent_surname,parent_forename,date\n1,Demi,Ash,Jo,2024-01-02\n2,Sam,Cole,Al,2024-01-03\n"
    (person,) = drafted(tmp_path, log=text)["log"]["makes"]
    assert person == {"person": {"forename": "child_first_name"}}
    said = draft([tmp_path / "log.csv"], agency="charity", agreement="ISA-1")
    assert "not sure: these seem to be of another person" in said
    assert "parent_surname, parent_forename" in said


def test_a_columns_values_say_what_its_name_only_suggests(tmp_path: Path):
    files = drafted(
        tmp_path,
        telephones="telephone_no,number\nTEL01,07000 900001\nTEL02,07000 900002\n",
        reports="report_no,occurred_on,occurred_at,source_grade,information_grade,handling_code\nR1,2024-01-02,21:40,2,B,P\nR2,2024-01-03,09:15,1,A,C\n",
        youngsters="no,name,age or dob\n1,Demi Ash,about 15\n2,Sam Cole,03/02/2010\n",
    )
    assert files["telephones"]["makes"] == [{"phone": {"number": "number"}}]
    event = files["reports"]["makes"][0]["event"]
    assert (event["date"], event["time"]) == ("occurred_on", "occurred_at")
    assert event["grade"] == {"join": ["source_grade", "information_grade", "handling_code"], "with": ""}
    assert event["handling"] == "handling_code"
    assert files["youngsters"]["makes"][0]["person"]["age_or_born"] == "age or dob"


def test_sheets_of_one_name_in_two_books_are_two_files(tmp_path: Path):
    books = [tmp_path / "north.xlsx", tmp_path / "south.xlsx"]
    for file in books:
        book = Workbook()
        book.active.title = "people"
        for row in (("ref", "surname"), ("1", "Ash"), ("2", "Cole")):
            book.active.append(row)
        book.save(file)
    text = draft(books, agency="police", agreement="ISA-1")
    assert set(yaml.safe_load(text)["files"]) == {"north_people", "south_people"}


def test_a_plain_name_is_not_given_a_mothers_forename_or_telephone(tmp_path: Path):
    text = "no,name,dob,mother_forename,mother_phone\n1,Demi Ash,24/12/2009,Jo,07000 900001\n2,Sam Cole,01/02/2010,Al,07000 900002\n"
    (made,) = drafted(tmp_path, people=text)["people"]["makes"]
    assert made == {"person": {"name": "name", "born": "dob"}}


def test_an_id_is_no_telephone_and_a_telephone_no_id(tmp_path: Path):
    text = "msisdn,handset\n07000 900001,TEL0100301234\n+44 7000 900002,TEL0100301235\n"
    made = drafted(tmp_path, handsets=text)["handsets"]
    assert (made["id"], made["makes"]) == ("handset", [{"phone": {"number": "msisdn"}}])


def test_a_day_that_no_name_tells_is_found_by_its_values_and_doubted(tmp_path: Path):
    text = "ref,gone_from,back_at,score\n1,2024-07-04 17:11,2024-07-04 21:04,B22\n2,2024-07-08 19:40,2024-07-09 08:00,2AC\n"
    (made,) = drafted(tmp_path, runs=text)["runs"]["makes"]
    assert (made["event"]["date"], made["event"]["grade"]) == ("gone_from", "score")
    assert "time" not in made["event"]
    said = draft([tmp_path / "runs.csv"], agency="police", agreement="ISA-1")
    assert "date: gone_from      # not sure" in said


def test_a_guess_that_rests_on_a_columns_name_alone_says_so(tmp_path: Path):
    (tmp_path / "people.csv").write_text(
        "ref,surname,dob,nhs,outcome_date,outcome\n1,Ash,24/12/2009,none,2024-01-02,Closed\n2,Cole,01/02/2010,,2024-01-02,Closed\n",
        encoding="utf-8",
    )
    said = draft([tmp_path / "people.csv"], agency="police", agreement="ISA-1")
    assert "nhs_number: nhs      # not sure" in said
    assert "surname: surname\n" in said
    assert "born: dob\n" in said


def test_files_of_one_name_from_two_folders_are_two_files(tmp_path: Path):
    files = [tmp_path / folder / "people.csv" for folder in ("north", "south")]
    for file in files:
        file.parent.mkdir()
        file.write_text("ref,surname\n1,Ash\n2,Cole\n", encoding="utf-8")
    assert len(yaml.safe_load(draft(files, agency="police", agreement="ISA-1"))["files"]) == 2
