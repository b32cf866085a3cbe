"""Is what a mapping says of its rows held against them as it is meant: only where it is meant?"""

from datetime import date

from engage.records.mapping.holding import held_against, taken_by_none


SIDE_BY_SIDE = """
received: SENT
files:
  terms:
    id: PUPIL
    makes:
      - for_each: [1, 2]
        event:
          id: {join: [PUPIL, "T{n}"], with: /}
          received: "T{n}_END"
          kind: {constant: absence}
          date: "T{n}_END"
"""


def test_repetitions_are_received_on_days_of_their_own(desk):
    desk.map(SIDE_BY_SIDE)
    desk.send(
        "2026-04-07",
        {"terms.csv": "PUPIL,SENT,T1,T1_END,T2,T2_END\n7,01/04/2024,Summer,20/07/2024,Autumn,18/12/2024\n"},
    )
    assert desk.rows("select received_on from event order by 1") == [date(2024, 7, 20), date(2024, 12, 18)]


def test_the_column_of_the_day_received_may_be_written_in_other_letters(desk):
    desk.map("received: sent\nfiles:\n  people: {id: REF, makes: [person: {surname: NAME}]}\n")
    desk.send("2026-04-07", {"people.csv": "REF,NAME,SENT\n1,Ashby,01/03/2024\n"})
    assert desk.rows("select received_on from person_record") == [date(2024, 3, 1)]


def test_codes_of_rows_that_another_entry_takes_are_not_missed(desk, tmp_path):
    desk.map("""
files:
  doings:
    id: REF
    makes:
      - when: {WHAT: [SUS, EXC]}
        event: {kind: {column: WHAT, codes: {SUS: suspension}}, date: DAY}
      - when: {WHAT: ATT}
        event: {kind: {constant: absence}, date: DAY}
""")
    file = tmp_path / "doings.csv"
    file.write_text("REF,WHAT,DAY\n1,SUS,01/03/2024\n2,EXC,01/03/2024\n3,ATT,01/03/2024\n", encoding="utf-8")
    assert held_against(desk.mapping, [file]) == [
        "doings.csv: values of “WHAT” that no code list has: “EXC” (1)"
    ]


def test_a_day_of_receipt_that_no_file_has_is_told(desk, tmp_path):
    desk.map("""
received: SENNT
files:
  people: {id: REF, makes: [person: {surname: NAME}]}
""")
    file = tmp_path / "people.csv"
    file.write_text("REF,NAME,SENT\n1,Ashby,01/03/2024\n", encoding="utf-8")
    assert held_against(desk.mapping, [file]) == [
        "people.csv: read by nothing, kept as they come: SENT",
        "“received” of the mapping: no file has SENNT",
    ]


def test_a_worry_on_a_row_of_a_register_is_a_case(desk):
    desk.map("""
cohort: register
files:
  visits:
    id: VISIT
    makes:
      - person: {id: PATIENT, surname: NAME}
      - event: {kind: {constant: attendance}, date: DAY, people: [{person: {visits: PATIENT}, role: {constant: patient}}]}
      - when: {WORRY: "*"}
        cohort: case
        narrative: {event: {visits: VISIT}, person: {visits: PATIENT}, text: WORRY}
""")
    desk.send(
        "2026-04-07",
        {
            "visits.csv": "VISIT,PATIENT,NAME,DAY,WORRY\n1,7,Ashby,01/03/2024,\n2,8,Cole,02/03/2024,Said little\n"
        },
    )
    assert desk.rows("select cohort from narrative") == ["case"]
    others = "select distinct cohort from (select cohort from event union all select cohort from role union all select cohort from person_record)"
    assert desk.rows(others) == ["register"]
    assert desk.mapping.files[0].cohorts == {"case", "register"}


def test_a_file_of_a_name_that_no_mapping_expects_is_told(desk, tmp_path):
    desk.map("files:\n  people: {match: 'nominal*.csv', id: REF, makes: [person: {surname: NAME}]}\n")
    files = [tmp_path / "nominals_2024.csv", tmp_path / "persons.csv"]
    assert taken_by_none([desk.mapping], files) == [
        "persons.csv: no mapping reads a file of this name (they read nominal*.csv)"
    ]
