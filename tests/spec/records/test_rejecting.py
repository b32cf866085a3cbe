"""Is what could not be used told in the words of the file, so that the sender can find it?"""

from __future__ import annotations

from datetime import date

import pytest


def test_a_row_that_points_to_what_was_never_sent_is_told_with_the_id_that_the_file_names(desk):
    desk.map("""
files:
  people: {id: ref, makes: [person: {surname: surname}]}
  events: {id: ref, makes: [event: {title: ref}]}
  notes: {id: ref, makes: [narrative: {event: {events: event}, text: said}]}
  roles:
    makes:
      - role: {id: {join: [event, person], with: /}, event: {events: event}, person: {people: person}, role: {constant: seen}}
""")
    files = {
        "people.csv": "ref,surname\n1,Ash\n",
        "events.csv": "ref\ne:1\n",
        "notes.csv": "ref,event,said\nn1,e:9,She was late.\n",
        "roles.csv": "event,person\ne:1,1\ne:9,1\ne:1,998/b\n",
    }
    desk.send("2023-01-02", files)

    told = desk.rows("select file, row_number, column_name, value, severity from reject order by 1, 2")

    assert told == [
        ("notes", 2, "event", "e:9", "flagged"),
        ("roles", 3, "event", "e:9", "flagged"),
        ("roles", 4, "person", "998/b", "flagged"),
    ]


FIELDS = """
files:
  people: {id: ref, makes: [person: {surname: surname, born: value}]}
"""


@pytest.mark.parametrize(
    ("value", "used"),
    [
        ("2031-05-05", False),
        ("1066-10-14", False),
        ("01/01/1900", False),
        ("31/12/1899", False),
        ("0", False),
        ("about 15", True),
        ("02/01/1915", True),
    ],
)
def test_a_birth_that_cannot_be_is_kept_as_it_was_said_told_and_not_used(desk, value: str, used: bool):
    desk.map(FIELDS)
    desk.send("2023-01-02", {"people.csv": f"ref,surname,value\n1,Ash,{value}\n"})

    assert desk.rows("select birth_text, birth_from_on is not null from person_record") == [(value, used)]
    told = [] if used else [("value", value, "flagged")]
    assert desk.rows("select column_name, value, severity from reject") == told


def test_a_row_received_after_its_delivery_is_received_with_it_and_told_once(desk):
    desk.map("""
files:
  people: {id: ref, received: sent, makes: [person: {surname: surname}, event: {title: surname}]}
""")
    desk.send("2023-01-02", {"people.csv": "ref,surname,sent\n1,Ash,2062-01-01\n2,Birch,2022-12-30\n"})

    assert desk.rows("select surname, received_on::varchar from person_record order by 1") == [
        ("Ash", "2023-01-02"),
        ("Birch", "2022-12-30"),
    ]
    assert desk.rows("select row_number, column_name, value from reject") == [(2, "sent", "2062-01-01")]
    desk.send("2023-03-01", {"people.csv": "ref,surname,sent\n3,Cole,2062-01-01\n"}, extent="partial")
    desk.build(as_of=date(2023, 2, 1))
    assert desk.rows("select surname from person_record order by 1") == ["Ash", "Birch"]


@pytest.mark.parametrize(
    ("day", "happened"),
    [("1850-01-01", None), ("0001-01-01", None), ("2025-06-01", None), ("2023-06-01", "day"), ("2022-06-01", "day")],
)  # fmt: skip
def test_an_event_of_no_lifetime_or_far_ahead_is_shown_as_not_known_when(
    desk, day: str, happened: str | None
):
    desk.map("files:\n  events: {id: ref, makes: [event: {title: ref, date: day}]}\n")
    desk.send("2023-01-02", {"events.csv": f"ref,day\n1,{day}\n"})

    assert desk.rows("select happened_precision, happened_text from event") == [(happened or "unknown", day)]
    is_told = happened is None or day > "2023-01-02"
    assert len(desk.rows("select * from reject where column_name = 'day'")) == is_told


def test_numbers_plates_handling_and_grades_that_are_none_are_told_and_kept(desk):
    desk.map("""
files:
  phones: {id: ref, makes: [phone: {number: number}]}
  cars: {id: ref, makes: [vehicle: {plate: plate}]}
  reports: {id: ref, handling: code, grade: grade, makes: [event: {title: ref}]}
""")
    files = {
        "phones.csv": "ref,number\n1,TEL01003\n2,07000 12\n3,07000 900012\n",
        "cars.csv": "ref,plate\n1,NOTAPLATE99\n2,Unknown\n3,QQ62 GSH\n4,1-ABC-234\n",
        "reports.csv": "ref,code,grade\n1,9x,zzz\n2,P,2BP\n3,C A1 S2,1 A C\n4,2,B22\n5,,\n",
    }
    desk.send("2023-01-02", files)

    assert desk.rows("select file, row_number, column_name, value from reject order by 1, 2, 3") == [
        ("cars", 2, "plate", "NOTAPLATE99"),
        ("cars", 5, "plate", "1-ABC-234"),
        ("phones", 2, "number", "TEL01003"),
        ("phones", 3, "number", "07000 12"),
        ("reports", 2, "code", "9x"),
        ("reports", 2, "grade", "zzz"),
    ]
    assert desk.rows("select plate, plate_text from vehicle order by plate_text") == [
        ("1ABC234", "1-ABC-234"),
        (None, "NOTAPLATE99"),
        ("QQ62GSH", "QQ62 GSH"),
        (None, "Unknown"),
    ]
    assert desk.rows("select handling, grade from event where title = '1'") == [("9x", "zzz")]


def test_a_row_that_makes_several_things_is_told_once_of_its_handling_in_the_files_word(desk):
    desk.map("""
files:
  reports: {id: ref, handling: code, makes: [event: {title: ref}, vehicle: {plate: plate}, role: {event: {reports: ref}, vehicle: {reports: ref}}]}
""")
    desk.send("2023-01-02", {"reports.csv": "ref,code,plate\n1,9,QQ62 GSH\n2,P,QQ62 GSJ\n"})

    assert desk.rows("select row_number, column_name, value from reject") == [(2, "code", "9")]


@pytest.mark.parametrize(
    ("kind", "happened"),
    [("crime", "unknown"), ("missing", "unknown"), ("contact", "day"), ("session", "day")],
)
def test_a_crime_to_come_is_not_known_when_and_a_meeting_to_come_stands(desk, kind: str, happened: str):
    desk.map(f"files:\n  events: {{id: ref, makes: [event: {{kind: {{constant: {kind}}}, date: day}}]}}\n")
    desk.send("2023-01-02", {"events.csv": "ref,day\n1,2023-02-01\n2,2023-01-02\n"})

    assert desk.rows("select happened_precision, happened_text from event order by record_id") == [
        (happened, "2023-02-01"),
        ("day", "2023-01-02"),
    ]
    assert desk.rows("select row_number, column_name, value from reject") == [(2, "day", "2023-02-01")]


def test_an_end_that_is_none_or_comes_first_is_told_and_not_used(desk):
    desk.map("files:\n  stays: {id: ref, makes: [event: {date: began, until_date: ended}]}\n")
    rows = "1,2022-03-01,2022-02-01\n2,2022-03-01,late\n3,2022-03-01,ongoing\n4,2022-03-01,2022-03-01\n"
    desk.send("2023-01-02", {"stays.csv": f"ref,began,ended\n{rows}"})

    # A stay without an end that can be read is told of its first day only, as one that has none.
    assert (
        desk.rows("select happened_until_at::date::varchar from event order by record_id")
        == ["2022-03-02"] * 4
    )
    assert desk.rows("select row_number, column_name, value from reject order by 1") == [
        (2, "ended", "2022-02-01"),
        (3, "ended", "late"),
    ]


def test_a_bad_birth_beside_a_good_age_is_told_and_the_age_is_used(desk):
    desk.map("files:\n  people: {id: ref, makes: [person: {surname: surname, born: dob, age: age}]}\n")
    desk.send(
        "2023-01-02",
        {"people.csv": "ref,surname,dob,age\n1,Ash,99/99/2007,15\n2,Cole,,old\n3,Dale,,unknown\n"},
    )

    assert desk.rows("select birth_precision from person_record order by record_id") == [
        "about",
        "unknown",
        "unknown",
    ]
    assert desk.rows("select row_number, column_name, value from reject order by 1") == [
        (2, "dob", "99/99/2007"),
        (3, "age", "old"),
    ]
