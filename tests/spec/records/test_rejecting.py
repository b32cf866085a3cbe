"""Is what could not be used told in the words of the file, so that the sender can find it?"""

from __future__ import annotations


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
