"""A row that its source no longer sends is told as withdrawn; the person, the events and what staff recorded stay, whatever day a build is of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engage import pipeline
from engage.identities import queries as identities
from engage.picture import actions as picture
from engage.picture import queries
from engage.picture.rules import PersonPage
from engage.records import actions
from engage.records import queries as records
from engage.store.alone import BuildRefused
from engage.store.area import Area
from engage.store.warehouse import Warehouse
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened, Precision, whole_day


pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MAPPING = """
mapping: police
version: 1
agency: police
agreement: ISA-1
purpose: safeguarding_child
cohort: case
extent: full
files:
  people: {id: ref, makes: [person: {surname: surname, forename: forename, born: born}]}
  events: {id: ref, makes: [event: {title: what, date: day, people: [{person: {people: person}, role: {constant: subject}}]}]}
"""
EVENTS = "ref,what,day,person\ne1,Seen at the quay,2026-03-01,1\n"
HEAD, DEMI, JO = "ref,surname,forename,born\n", "1,Ash,Demi,24/12/2009\n", "2,Cole,Jo,03/02/2010\n"


class Office:
    """Where the police's extracts come in, day by day, and a detective works."""

    def __init__(self, area: Area, folder: Path, viewing: Callable[..., Viewing]) -> None:
        (area.mappings_folder / "police.yaml").write_text(MAPPING, encoding="utf-8")
        self.area, self.folder, self.viewing, self.warehouse = area, folder, viewing, Warehouse(area)

    def receive(self, day: int, people: str) -> None:
        """All of the police's people and events, on that day of April; then a build."""
        files = [self.folder / "people.csv", self.folder / "events.csv"]
        for file, text in zip(files, (people, EVENTS), strict=True):
            file.write_text(text, encoding="utf-8")
        seen = self.viewing("operator", "", at=datetime(2026, 4, day, 9, 0, tzinfo=UTC))
        actions.receive(area=self.area, viewing=seen, agency="police", files=files)
        self.build(day)

    def build(self, day: int, *, as_of: int | None = None) -> date:
        """A build on that day of April, as of an earlier one where that is asked for; the day it is of."""
        seen = self.viewing("operator", "", at=datetime(2026, 4, day, 21, 0, tzinfo=UTC))
        asked = date(2026, 4, as_of) if as_of else None
        return pipeline.build_area(area=self.area, warehouse=self.warehouse, viewing=seen, as_of=asked).as_of

    def recorded(self, person_id: str, day: int) -> int:
        """The detective records by hand on that day of April that the person was seen; the entry's number."""
        at = datetime(2026, 4, day, 12, 0, tzinfo=UTC)
        seen = self.viewing("detective", "police", as_of=self.warehouse.current().info.as_of, at=at)
        note = picture.Note("note", f"Seen on the {day}th", "At the quay.", whole_day(date(2026, 4, day)))
        return picture.record_by_hand(
            viewing=seen, build=self.warehouse.current(), area=self.area, person_id=person_id, note=note
        )

    def now(self, person_id: str) -> dict[str, bool]:
        """The titles on the person's page of the newest build, each with whether it was recorded since."""
        page = self.page(person_id, day=self.warehouse.current().info.as_of.day)
        return {entry.title: entry.is_fresh for entry in page.entries}

    def detective(self, day: int) -> Viewing:
        """The detective, looking as of that day of April."""
        return self.viewing("detective", "police", as_of=date(2026, 4, day), at=datetime(2026, 4, 7, 9, 0, tzinfo=UTC))  # fmt: skip

    def page(self, person_id: str, day: int = 7) -> PersonPage:
        """The person's page as of that day of April."""
        return queries.person_page(
            viewing=self.detective(day),
            build=self.warehouse.current(),
            area=self.area,
            person_id=person_id,
        )

    def person_of(self, source_id: str) -> str:
        """Whose record it is."""
        return identities.person_of_record(
            viewing=self.detective(7),
            build=self.warehouse.current(),
            record_id=f"zz:police:people:{source_id}",
        )


@pytest.fixture
def office(area: Area, tmp_path: Path, viewing: Callable[..., Viewing]) -> Office:
    folder = tmp_path / "sent"
    folder.mkdir()
    return Office(area, folder, viewing)


def test_a_withdrawn_record_stays_its_persons_with_its_events_and_what_was_recorded_by_hand(
    office: Office,
) -> None:
    office.receive(3, HEAD + DEMI + JO)
    demi = office.person_of("1")
    note = picture.Note("note", "Rang home", "She is well.", Happened(None, None, Precision.UNKNOWN))
    picture.record_by_hand(
        viewing=office.detective(7), build=office.warehouse.current(), area=office.area, person_id=demi, note=note
    )  # fmt: skip

    office.receive(7, HEAD + JO)

    assert office.person_of("1") == demi
    page = office.page(demi)
    assert [(r.record_id, r.known_until_on) for r in page.records] == [("zz:police:people:1", "2026-04-07")]
    assert {entry.title for entry in page.entries} == {"Seen at the quay", "Rang home"}
    assert [one.agency for one in page.involved] == ["police"]
    before = office.page(demi, day=6)
    assert [r.known_until_on for r in before.records] == [None]
    assert "Seen at the quay" in {entry.title for entry in before.entries}


def test_a_record_that_comes_back_is_current_again(office: Office) -> None:
    for day, people in ((1, HEAD + DEMI + JO), (3, HEAD + JO), (7, HEAD + JO + DEMI)):
        office.receive(day, people)

    page = office.page(office.person_of("1"))

    assert [r.known_until_on for r in page.records] == [None]


def test_who_was_heard_of_last_is_no_longer_told_by_a_note_that_was_taken_back_after_the_build(
    office: Office,
) -> None:
    office.receive(1, HEAD + DEMI)
    demi = office.person_of("1")
    note = picture.Note("note", "Rang home", "She is well.", whole_day(date(2026, 4, 2)))
    entry = picture.record_by_hand(
        viewing=office.detective(7), build=office.warehouse.current(), area=office.area, person_id=demi, note=note
    )  # fmt: skip
    office.receive(7, HEAD + DEMI + JO)
    assert [one.last_contact_on for one in office.page(demi).involved] == [date(2026, 4, 2)]

    actions.withdraw_by_hand(viewing=office.detective(7), entry=entry, reason="Another child.")

    assert [one.last_contact_on for one in office.page(demi).involved] == [date(2026, 3, 1)]


QUAY = {"Seen at the quay": False}


def test_a_build_is_of_the_day_of_what_staff_recorded_last_and_keeps_it(office: Office) -> None:
    office.receive(5, HEAD + DEMI)
    demi = office.person_of("1")
    office.recorded(demi, 6)
    assert office.now(demi) == QUAY | {"Seen on the 6th": True}

    assert office.build(7) == date(2026, 4, 6)

    assert office.now(demi) == QUAY | {"Seen on the 6th": False}
    assert office.build(7, as_of=7) == date(2026, 4, 7)
    assert office.now(demi) == QUAY | {"Seen on the 6th": False}


def test_what_was_recorded_and_taken_back_after_the_day_of_a_build_is_told_as_come_since(
    office: Office,
) -> None:
    office.receive(3, HEAD + DEMI)
    demi = office.person_of("1")
    first = office.recorded(demi, 4)
    office.recorded(demi, 6)

    office.build(7, as_of=5)
    assert office.now(demi) == QUAY | {"Seen on the 4th": False, "Seen on the 6th": True}

    actions.withdraw_by_hand(viewing=office.detective(7), entry=first, reason="Another child.")
    office.build(7, as_of=5)
    assert office.now(demi) == QUAY | {"Seen on the 6th": True}
    assert "Seen on the 4th" in {entry.title for entry in office.page(demi, day=4).entries}
    assert office.build(7) == date(2026, 4, 7)
    assert office.now(demi) == QUAY | {"Seen on the 6th": False}


def test_a_delivery_that_came_after_the_day_of_a_build_waits_beside_it(office: Office) -> None:
    office.receive(3, HEAD + DEMI)
    office.receive(6, HEAD + DEMI + JO)
    assert records.waiting(office.warehouse.current().info) == 0

    office.build(7, as_of=4)

    served = office.warehouse.current()
    assert records.waiting(served.info) == 1
    assert pipeline.is_behind(area=office.area, warehouse=office.warehouse)
    found = pipeline.lay_out_waiting(
        area=office.area, warehouse=office.warehouse, viewing=office.viewing("operator", "")
    )
    assert (found.held, found.new) == (1, 1)
    assert not pipeline.is_behind(area=office.area, warehouse=office.warehouse)
    with pytest.raises(BuildRefused, match="holds no person"):
        office.build(7, as_of=2)
