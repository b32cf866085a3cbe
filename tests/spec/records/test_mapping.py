"""What does each thing that a mapping can say make of rows?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.records.mapping.faults import faults_of
from tests.spec.records.conftest import HEAD, Desk


JAN, FEB = "2024-01-01", "2024-02-01"


@pytest.mark.parametrize(
    ("recipe", "made"),
    [
        ("a", "Ash"),
        ("{column: a}", "Ash"),
        ("{constant: always}", "always"),
        ("{join: [a, b]}", "Ash Grove"),
        ("{join: [a, empty, b], with: /}", "Ash/Grove"),
        ("{first: [empty, b, a]}", "Grove"),
        ("{take: '^(.)', from: a}", "A"),
        ("{take: '\\d+', from: d}", "12"),
        ("{take: 'none here', from: a}", None),
        ("{column: a, remove: sh}", "A"),
        ("{column: d, remove: ['no\\.? ', '\\d+']}", None),
        ("{column: c, codes: kinds}", "crime"),
        ("{column: c, codes: {x: cross}, otherwise: keep}", "CR"),
        ("{column: c, codes: {x: cross}, otherwise: other}", "other"),
        ("{column: age, suffix: ish}", "15ish"),
        ("{column: empty, suffix: ish}", None),
        ("not_there", None),
        ("empty", None),
    ],
)
def test_recipes(desk: Desk, recipe: str, made: str | None):
    desk.map(f"""
code_lists: {{kinds: {{cr: crime}}}}
files:
  notes:
    id: id
    makes:
      - event: {{title: {recipe}, date: day}}
""")
    desk.send(JAN, {"notes.csv": "id,a,b,c,d,age,empty,day\n1, Ash ,Grove,CR,No. 12,15,,2023-12-01\n"})
    assert desk.rows("select title from event") == ["Ash" if made == "Ash" else made]


def test_a_file_with_several_kinds_of_event_and_one_that_nothing_takes(desk: Desk):
    desk.map("""
files:
  log:
    id: id
    makes:
      - when: {type: [Missing, absent]}
        event: {kind: {constant: missing}, date: day}
      - when: {type: CRIME, day: '*'}
        event: {kind: {constant: crime}, date: day}
      - when: {type: ''}
        event: {kind: {constant: note}, date: day}
""")
    rows = "id,type,day\n1,missing,2023-01-01\n2,Absent,2023-01-02\n3,crime,2023-01-03\n4,,2023-01-04\n5,Other,2023-01-05\n6,Crime,\n"
    desk.send(JAN, {"log.csv": rows})
    assert desk.rows("select source_id, kind from event order by 1") == [
        ("1", "missing"),
        ("2", "missing"),
        ("3", "crime"),
        ("4", "note"),
    ]
    rejected = desk.rows(
        "select file, row_number, column_name, severity, reason <> '', remedy <> '' from reject order by 2"
    )
    assert rejected == [
        ("log", 6, "(row)", "rejected", True, True),
        ("log", 7, "(row)", "rejected", True, True),
    ]


def test_wide_rows(desk: Desk):
    desk.map("""
files:
  visits:
    id: id
    makes:
      - for_each: [1, 2, 3]
        when: {'visit_{n}_date': '*'}
        event: {kind: {constant: contact}, date: 'visit_{n}_date', title: {column: 'visit_{n}_who', suffix: ' (visit {n})'}}
""")
    desk.send(
        JAN,
        {
            "visits.csv": "id,visit_1_date,visit_1_who,visit_2_date,visit_2_who,visit_3_date\n7,2023-01-01,Ann,2023-02-01,Bob,\n"
        },
    )
    assert desk.rows("select source_id, title from event order by 1") == [
        ("7/event11", "Ann (visit 1)"),
        ("7/event12", "Bob (visit 2)"),
    ]
    assert desk.rows("select * from reject") == []


def test_people_described_on_the_rows_of_events(desk: Desk):
    desk.map("""
files:
  contacts:
    id: ref
    makes:
      - person: {id: child, surname: surname, born: dob}
      - event:
          kind: {constant: contact}
          date: day
          people: [{person: {contacts: child}, role: {constant: child}}]
""")
    desk.send(
        JAN,
        {
            "contacts.csv": "ref,child,surname,dob,day\nr1,c1,Ash,2009-01-01,2023-01-01\nr2,c1,Ash,2009-01-01,2023-02-01\nr3,c1,Birch,2009-01-01,2023-03-01\n"
        },
    )
    assert desk.rows("select surname, version from person_record order by version") == [
        ("Ash", 1),
        ("Birch", 2),
    ]
    assert desk.rows("select count(distinct record_id) from event") == [3]
    assert desk.rows("select event_record_id, thing_record_id, role from role order by 1") == [
        (f"qx:police:contacts:r{n}", "qx:police:contacts:c1", "child") for n in (1, 2, 3)
    ]
    assert desk.rows("select * from reject") == []


def test_joined_files(desk: Desk):
    desk.map("""
files:
  people:
    id: ref
    join: {addresses: {here: home, there: address_id}}
    makes:
      - person: {surname: surname, address: addresses.line, postcode: addresses.code}
  addresses:
    makes: []
""")
    files = {
        "people.csv": "ref,surname,home\n1,Ash,a1\n2,Birch,a9\n",
        "addresses.csv": "address_id,line,code\na1,1 Old Lane,QX1 1AA\na1,2 New Lane,qx12bb\n",
    }
    desk.send(JAN, files)
    assert desk.rows("select surname from person_record order by 1") == ["Ash", "Birch"]
    assert desk.rows("select record_id, address, postcode from location") == [
        ("qx:police:people:1/address", "2 New Lane", "QX1 2BB")
    ]


def test_whole_names_and_columns_nobody_named(desk: Desk):
    desk.map("files: {people: {id: ref, makes: [person: {name: who}]}}")
    desk.send(JAN, {"people.csv": 'ref,who,shoe size,empty\n1,"ASH, Demi Rose",5,\n'})
    assert desk.rows("select surname, forename, middle_names, extra from person_record") == [
        ("ASH", "Demi", "Rose", '{"shoe size":"5"}')
    ]


def test_a_source_that_merged_its_own_records(desk: Desk):
    desk.map("""
files:
  people: {id: ref, makes: [person: {surname: surname}]}
  merges: {id: old, makes: [merge: {old: {people: old}, new: {people: new}}]}
  events: {id: ref, makes: [event: {title: ref}]}
  roles:
    makes:
      - role: {id: {join: [event, person], with: /}, event: {events: event}, person: {people: person}, role: {constant: seen}}
""")
    files = {
        "people.csv": "ref,surname\n1,Ash\n2,Ash\n3,Ash\n",
        "merges.csv": "old,new\n1,2\n2,3\n",
        "events.csv": "ref\ne1\ne2\ne3\n",
        "roles.csv": "event,person\ne1,1\ne2,2\ne3,3\n",
    }
    desk.send(JAN, files)
    assert desk.rows("select old_record_id, new_record_id from source_merge order by 1") == [
        ("qx:police:people:1", "qx:police:people:3"),
        ("qx:police:people:2", "qx:police:people:3"),
    ]
    assert desk.rows("select distinct thing_record_id from role") == ["qx:police:people:3"]
    assert desk.rows("select count(*) from person_record") == [3]


def test_a_circle_of_merges_ends(desk: Desk):
    desk.map("""
files:
  people: {id: ref, makes: [person: {surname: surname}]}
  merges: {id: old, makes: [merge: {old: {people: old}, new: {people: new}}]}
""")
    desk.send(JAN, {"people.csv": "ref,surname\n1,Ash\n2,Ash\n", "merges.csv": "old,new\n1,2\n2,1\n"})
    assert desk.rows("select count(*) from person_record") == [2]


def test_a_place_is_known_from_the_first_row_that_uses_it(desk: Desk):
    desk.map("""
files:
  places: {id: ref, makes: [place: {name: name}]}
  events: {id: ref, received: got, makes: [event: {date: day, at: {places: place}}]}
""")
    files = {
        "places.csv": "ref,name\np1,Kebab shop\np2,Never used\n",
        "events.csv": "ref,day,place,got\n1,2023-05-01,p1,03/05/2023\n2,2023-06-01,p1,03/06/2023\n",
    }
    desk.send(JAN, files)
    assert desk.rows("select source_id, known_from_on::varchar from location order by 1") == [
        ("p1", "2023-05-03"),
        ("p2", JAN),
    ]


@pytest.mark.parametrize(
    ("column", "value", "table"),
    [
        ("nhs_number", "999 123 4567", "identifier"),
        ("upn", "B999000000001", "identifier"),
        ("pnc_id", "not one", "identifier"),
    ],
)
def test_wrong_numbers_are_kept_and_flagged_and_not_used(
    persons: Callable[..., Desk], column: str, value: str, table: str
):
    desk = persons(f"{column}: number")
    desk.send(JAN, {"persons.csv": f"id,surname,forename,number\n1,Ash,Demi,{value}\n"})
    assert desk.rows(f"select value_text, is_valid from {table}") == [(value, False)]
    assert desk.rows("select is_partial from person_record") == [True]
    assert desk.rows("select column_name, value, severity, record_id from reject") == [
        ("number", value, "flagged", "qx:police:persons:1")
    ]


@pytest.mark.parametrize(
    ("field", "value", "flagged"),
    [
        ("born", "soon", True),
        ("born", "01/01/2031", True),
        ("born", "about 2009", False),
        ("age", "15ish", False),
        ("age", "grown up", True),
        ("age_or_born", "unknown person", True),
        ("postcode", "nowhere", True),
        ("phone", "none", True),
        ("received", "last week", True),
    ],
)
def test_values_that_cannot_be_read_are_told_with_their_place(
    persons: Callable[..., Desk], field: str, value: str, flagged: bool
):
    desk = persons(f"{field}: told")
    desk.send(JAN, {"persons.csv": f"id,surname,forename,told\n1,Ash,Demi,{value}\n"})
    expected = [("1-test", "police", "persons", 2, value, "flagged")] if flagged else []
    assert desk.rows("select delivery_id, agency, file, row_number, value, severity from reject") == expected
    assert desk.rows("select count(*) from person_record") == [1]


def test_no_row_is_lost(persons: Callable[..., Desk]):
    desk = persons()
    desk.send(
        JAN,
        {
            "persons.csv": 'id,surname,forename\n1,Ash,Demi\n,Birch,Sam\n3,Cole\n4,Dale,Jo,spilt\n5,Elm,"line\nbreak"\n'
        },
    )
    made = desk.rows("select row_number from person_record")
    rejected = desk.rows("select row_number from reject where severity = 'rejected'")
    assert sorted([*made, *rejected]) == [2, 3, 4, 5, 6]
    told = "select count(*) from reject where file = '' or row_number is null or column_name is null or reason = '' or remedy = ''"
    assert desk.rows(told) == [0]


CLINIC = """
files:
  {name}:
    id: no
    sensitivity: {sensitivity}
    makes: [{{person: {{surname: surname}}}}]
"""


@pytest.mark.parametrize(
    ("name", "sensitivity", "is_fault"),
    [
        ("gum_clients", "{constant: health-specialist}", True),
        ("specialist_clients", "{constant: health-specialist}", False),
        ("gum_clients", "{constant: restricted}", False),
        ("patients", "{column: service, codes: {GUM: health-specialist}, otherwise: standard}", False),
    ],
)
def test_a_specialist_nurses_file_is_not_called_by_the_clinics_name(
    name: str, sensitivity: str, is_fault: bool
):
    faults, _raw = faults_of(HEAD + CLINIC.format(name=name, sensitivity=sensitivity))
    assert any("specialist nurse" in fault for fault in faults) is is_fault


def test_nor_where_the_whole_mapping_is_of_the_service():
    guarded = "sensitivity: {constant: health-specialist}"
    whole = HEAD + guarded + CLINIC.format(name="gum", sensitivity="").replace("    sensitivity: \n", "")
    faults, _raw = faults_of(whole)
    assert any("specialist nurse" in fault for fault in faults)


def test_conditions_of_a_handling_code_are_kept_verbatim(desk: Desk):
    desk.map("""
files:
  logs:
    id: ref
    handling: code
    makes: [event: {kind: {constant: intelligence}, date: day}]
""")
    desk.send(
        JAN, {"logs.csv": "ref,day,code,by\n1,2024-01-01,C A1 S2,Ash\n2,2024-01-01,C,Ash\n3,2024-01-01,,\n"}
    )
    assert desk.rows("select handling, extra from event order by source_id") == [
        ("C", '{"by":"Ash","code":"C A1 S2"}'),
        ("C", '{"by":"Ash"}'),
        ("", None),
    ]


def test_a_word_that_stands_in_the_wrong_place_is_told_where_it_belongs():
    wrong = (
        HEAD
        + "files:\n  people:\n    match: p.csv\n    id: ref\n    when: {a: b}\n    makes: [person: {surname: name, for_each: [a]}]\n"
    )

    faults, _raw = faults_of(wrong)

    assert [fault.split(":")[0] for fault in faults] == [
        "At files → people",
        "At files → people → makes → entry 1 → person",
    ]
    assert "makes: [{person: …, when: …}]" in faults[0]
    assert "makes: [{person: …, for_each: …}]" in faults[1]
