"""A watch tells what each delivery brings that no earlier one did, whatever day it bears, and nothing that was only sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engage import pipeline
from engage.identities import queries as identities
from engage.picture import actions as picture
from engage.picture import queries
from engage.picture.watching.rules import Watched
from engage.records import actions
from engage.store.area import Area
from engage.store.warehouse import Warehouse
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import whole_day


pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MAPPING = """
mapping: police
version: 1
agency: police
agreement: ISA-1
purpose: safeguarding_child
cohort: case
extent: partial
received: sent
files:
  people: {id: ref, makes: [person: {surname: surname, forename: forename, born: born}]}
  events: {id: ref, makes: [event: {title: what, date: day, people: [{person: {people: person}, role: {constant: subject}}]}]}
"""
WHO = "ref,surname,forename,born,sent\n"
WHAT = "ref,what,day,person,sent\n"
DEMI = "1,Ash,Demi,24/12/2009,{sent}\n"
QUAY, PIER = "e1,Seen at the quay,2026-03-01,1,{sent}\n", "e2,Seen at the pier,2026-03-20,1,{sent}\n"


class Desk:
    """Where the police's extracts come in, and a detective watches."""

    def __init__(self, area: Area, folder: Path, viewing: Callable[..., Viewing]) -> None:
        (area.mappings_folder / "police.yaml").write_text(MAPPING, encoding="utf-8")
        self.area, self.folder, self.viewing, self.warehouse = area, folder, viewing, Warehouse(area)

    def receive(self, day: int, events: str, *, sent: int, as_of: int | None = None) -> None:
        """Demi and these events come on that day of April, as sent on another; then a build."""
        written = {"people.csv": WHO + DEMI, "events.csv": WHAT + events}
        for name, text in written.items():
            (self.folder / name).write_text(text.format(sent=f"2026-04-{sent:02}"), encoding="utf-8")
        seen = self.viewing("operator", "", at=datetime(2026, 4, day, 9, tzinfo=UTC))
        files = [self.folder / name for name in written]
        actions.receive(area=self.area, viewing=seen, agency="police", files=files)
        self.build(day, as_of=as_of)

    def build(self, day: int, *, as_of: int | None = None) -> None:
        """A build on that day of April, as of an earlier one where that is asked for."""
        seen = self.viewing("operator", "", at=datetime(2026, 4, day, 21, tzinfo=UTC))
        asked = date(2026, 4, as_of) if as_of else None
        pipeline.build_area(area=self.area, warehouse=self.warehouse, viewing=seen, as_of=asked)

    def detective(self) -> Viewing:
        """The detective, looking at the newest build."""
        as_of = self.warehouse.current().info.as_of
        return self.viewing("detective", "police", as_of=as_of, at=datetime(2026, 4, 30, 9, tzinfo=UTC))

    def demi(self) -> str:
        """Her id."""
        build = self.warehouse.current()
        return identities.person_of_record(
            viewing=self.detective(), build=build, record_id="zz:police:people:1"
        )

    def watch(self) -> None:
        """The detective begins to watch Demi."""
        picture.watch(
            viewing=self.detective(), build=self.warehouse.current(), area=self.area, watched=Watched("person", self.demi()), why="Worried",
            until=date(2026, 5, 30),
        )  # fmt: skip

    def told(self) -> list[tuple[str, str]]:
        """Table and day of all that is new."""
        (watch,) = queries.watches(viewing=self.detective(), build=self.warehouse.current())
        return sorted((one.table, one.day) for one in watch.news)

    def take_as_seen(self) -> None:
        """The detective marks it as seen."""
        build = self.warehouse.current()
        (watch,) = queries.watches(viewing=self.detective(), build=build)
        picture.take_as_seen(viewing=self.detective(), build=build, number=watch.number, state=watch.state)


@pytest.fixture
def desk(area: Area, tmp_path: Path, viewing: Callable[..., Viewing]) -> Desk:
    folder = tmp_path / "sent"
    folder.mkdir()
    return Desk(area, folder, viewing)


def test_an_extract_that_comes_late_is_told_when_it_comes_and_once(desk: Desk) -> None:
    desk.receive(9, QUAY, sent=9)
    desk.watch()

    desk.receive(12, PIER, sent=5)

    # Demi herself had been sent as she is: of her an older extract tells nothing new.
    assert desk.told() == [("event", "2026-04-05")]
    desk.take_as_seen()
    assert desk.told() == []


@pytest.mark.parametrize("sent", [3, 9, 14])
def test_what_is_sent_again_unchanged_is_not_told_whatever_day_it_bears(desk: Desk, sent: int) -> None:
    desk.receive(9, QUAY + PIER, sent=9)
    desk.watch()

    desk.receive(14, PIER + QUAY, sent=sent)

    assert desk.told() == []


def test_what_was_seen_in_a_build_of_an_earlier_day_is_not_told_again_and_the_rest_is(desk: Desk) -> None:
    desk.receive(9, QUAY, sent=9)
    desk.receive(12, PIER, sent=5, as_of=9)
    # The picture as of the 9th holds what the later delivery says it sent on the 5th.
    desk.watch()
    desk.receive(14, PIER.replace("pier", "lock"), sent=13)

    assert desk.told() == [("event", "2026-04-13")]
    desk.take_as_seen()
    desk.build(20, as_of=10)
    desk.build(20)
    assert desk.told() == []


def test_what_staff_recorded_and_the_watcher_saw_is_not_told_again_by_the_build_that_takes_it_in(
    desk: Desk,
) -> None:
    desk.receive(9, QUAY, sent=9)
    desk.watch()
    for title in ("Rang", "Rang again"):
        note = picture.Note("note", title, "She is well.", whole_day(date(2026, 4, 9)))
        picture.record_by_hand(
            viewing=desk.detective(), build=desk.warehouse.current(), area=desk.area, person_id=desk.demi(), note=note
        )  # fmt: skip
        assert desk.told() == [("event", "2026-04-30")]
        if title == "Rang":
            desk.take_as_seen()

    desk.build(30)

    assert desk.told() == [("event", "2026-04-30")]
    desk.take_as_seen()
    desk.build(30)
    assert desk.told() == []
