"""Does a page, a list or an error tell of what its viewer may not see, by anything besides showing it?"""

import pytest
from django.db import DatabaseError

from engage.governance import audit
from engage.governance.audit import AuditNotWritten
from engage.governance.models import AuditEvent
from engage.picture import queries
from engage.picture.rules import Sought
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def world(area, db):
    return World(area)


@pytest.fixture
def page(world):
    def open_page(viewing, person):
        build = world.warehouse.current()
        return queries.person_page(viewing=viewing, build=build, area=world.area, person_id=person)

    return open_page


def test_an_address_that_may_not_be_seen_has_no_household(world, page, viewing):
    world.people("""
        id | agency             | person | name       | born       | address     | handling
        ---+--------------------+--------+------------+------------+-------------+---------
        1  | police             | ANA    | Ana Petal  | 2010-03-01 | 4 Weir Lane | C
        2  | childrens_services | ANA    | Ana Petal  | 2010-03-01 |             |
        3  | childrens_services | BEN    | Ben Reed   | 1980-05-05 | 4 Weir Lane |
    """).served()
    worker, detective = viewing(), viewing(role="detective", agency="police")
    assert [t.label for t in page(worker, "ANA").household] == []
    assert [t.label for t in page(worker, "BEN").household] == []
    assert [t.label for t in page(detective, "ANA").household] == ["Ben Reed"]


def test_a_part_that_may_not_be_seen_in_an_open_event_is_no_contact(world, page, viewing):
    world.people("""
        id | agency             | person | name      | born
        ---+--------------------+--------+-----------+-----------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
    """)
    world.events("""
        id | agency | who                  | when       | handling
        ---+--------+----------------------+------------+---------
        e1 | police | childrens_services/1 | 2026-03-01 |
    """)
    for role in world.rows["role"]:
        role["handling"] = "C"
    world.served()
    assert [i.agency for i in page(viewing(), "ANA").involved] == ["childrens_services"]
    assert page(viewing(), "ANA").entries == ()


def test_a_hidden_case_opens_no_register(world, page, viewing):
    """What a sealed investigation opened to everybody would tell everybody that there is one."""
    world.people("""
        id | agency    | person | name      | born       | cohort   | sensitivity | handling
        ---+-----------+--------+-----------+------------+----------+-------------+---------
        1  | education | ANA    | Ana Petal | 2010-03-01 | register |             |
        2  | police    | ANA    | Ana Petal | 2010-03-01 | case     | restricted  |
        3  | education | BEN    | Ben Reed  | 2010-04-01 | register |             |
        4  | police    | BEN    | Ben Reed  | 2010-04-01 | case     |             | C
    """).served()
    build = world.warehouse.current()
    for person, name in (("ANA", "Ana Petal"), ("BEN", "Ben Reed")):
        assert queries.search(viewing=viewing(), build=build, sought=Sought(name)).found == ()
        with pytest.raises(queries.PersonNotShown):
            page(viewing(), person)
        detective = viewing(role="detective", agency="police")
        assert {i.agency for i in page(detective, person).involved} == {"education", "police"}
        found = queries.search(viewing=detective, build=build, sought=Sought(name)).found
        assert [f.agencies for f in found] == [("education", "police")]


def test_a_reason_that_its_source_withdrew_opens_no_register(world, page, viewing):
    world.people("""
        id | agency             | person | name      | born       | cohort   | received   | until
        ---+--------------------+--------+-----------+------------+----------+------------+-----------
        1  | education          | ANA    | Ana Petal | 2010-03-01 | register | 2026-01-05 |
        2  | childrens_services | ANA    | Ana Petal | 2010-03-01 | case     | 2026-01-05 | 2026-02-01
    """).served()
    assert [i.agency for i in page(viewing(role="detective", agency="police"), "ANA").involved] == [
        "childrens_services"
    ]


def test_a_proposal_is_told_when_both_records_were_there_and_all_that_was_compared_is_open(
    world, page, viewing
):
    world.people("""
        id | agency             | person | name      | born       | received   | handling
        ---+--------------------+--------+-----------+------------+------------+---------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 | 2026-01-05 |
        2  | police             | ANN    | Ann Petal | 2010-03-01 | 2026-03-01 |
        3  | charity            | ANY    | Any Petal | 2010-03-01 | 2026-01-05 |
        4  | police             | AMY    | Amy Petal | 2010-03-01 | 2026-01-05 | C
    """)
    for other in ("police/2", "charity/3", "police/4"):
        world.proposed("childrens_services/1", other)
    linked = (
        "zz:charity:casework:3",
        "zz:police:persons:2",
        "zz:police:persons:4",
        "zz:childrens_services:children:1",
    )
    world.rows["link_record"] = [
        {"record_number": n, "record_id": record, "agency": record.split(":")[1], "file": "x", "is_partial": False,
         "handling": "C" if "charity" in record else ""}
        for n, record in enumerate(linked)
    ]  # fmt: skip
    world.served()
    assert [p.other_person_id for p in page(viewing(), "ANA").proposals] == ["ANN"]
    assert page(viewing(as_of=viewing().as_of.replace(month=2)), "ANA").proposals == ()


def test_nobody_is_told_apart_from_somebody_who_may_not_be_seen(world, page, viewing):
    world.people("""
        id | agency | person | name      | born       | handling
        ---+--------+--------+-----------+------------+---------
        1  | police | ANA    | Ana Petal | 2010-03-01 | C
    """).served()
    said = []
    for person in ("ANA", "NOBODY"):
        with pytest.raises(queries.PersonNotShown) as error:
            page(viewing(), person)
        said.append((str(error.value.sentence), str(error.value.remedy)))
        row = AuditEvent.objects.latest("id")
        assert (row.action, row.subject, row.decision, row.fields) == ("person.view", person, "nothing", [])
    assert said[0] == said[1]
    assert "ANA" not in "".join(said[0])


def test_no_page_is_shown_when_the_log_cannot_be_written(world, page, viewing, monkeypatch):
    world.people("""
        id | agency             | person | name      | born
        ---+--------------------+--------+-----------+-----------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
    """).served()

    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "_append", full)
    build = world.warehouse.current()
    with pytest.raises(AuditNotWritten):
        page(viewing(), "ANA")
    with pytest.raises(AuditNotWritten):
        queries.search(viewing=viewing(), build=build, sought=Sought("Ana Petal"))
