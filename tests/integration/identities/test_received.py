"""What an agency has just sent: is it held against what is known, and found at once by whoever asks, before any build?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engage import pipeline
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities import build as identities_build
from engage.identities import queries, received
from engage.identities.checking.asking import Asked
from engage.identities.checking.looking import checks
from engage.identities.received import Received
from engage.picture import queries as picture
from engage.picture.rules import Sought
from engage.records import actions
from engage.store.area import Area
from engage.store.warehouse import Build, Warehouse, waiting_beside
from engage.vocabulary.access import Viewing


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Maker = Callable[..., Viewing]
MAPPING = """
mapping: police
version: 1
agency: police
agreement: ISA-1
purpose: safeguarding_child
cohort: case
extent: full
files:
  people: {id: ref, handling: marked, makes: [person: {surname: surname, forename: forename, born: born, address: street}]}
"""
FIRST = ["1,Tarrant,Maud,17/05/2010,3 Weir Lane,", "2,Oakhanger,Edith,03/02/2009,9 Mill Lane,"]
MAUD = Asked(forename="Maud", surname="Tarrant", born_from=date(2010, 5, 17), born_until=date(2010, 5, 18))
NELL = Asked(forename="Nell", surname="Underhill", born_from=date(2011, 3, 4), born_until=date(2011, 3, 5))


class Desk:
    """Whoever receives and builds."""

    def __init__(self, area: Area, viewing: Maker, folder: Path) -> None:
        self.area, self.warehouse, self.viewing, self.folder = area, Warehouse(area), viewing, folder
        (area.mappings_folder / "police.yaml").write_text(MAPPING, encoding="utf-8")
        register = MAPPING.replace("police", "education").replace("cohort: case", "cohort: register")
        (area.mappings_folder / "education.yaml").write_text(register, encoding="utf-8")

    def operator(self, day: int) -> Viewing:
        return self.viewing("operator", "", purpose="data_quality", at=datetime(2026, 4, day, 9, tzinfo=UTC), as_of=date(2026, 4, day))  # fmt: skip

    def receives(self, rows: list[str], day: int, agency: str = "police") -> Received | None:
        self.keeps(rows, day, agency)
        return pipeline.lay_out_waiting(area=self.area, warehouse=self.warehouse, viewing=self.operator(day))

    def keeps(self, rows: list[str], day: int, agency: str = "police") -> None:
        file = self.folder / "people.csv"
        file.write_text("\n".join(["ref,surname,forename,born,street,marked", *rows, ""]), encoding="utf-8")
        actions.receive(area=self.area, viewing=self.operator(day), agency=agency, files=[file])

    def builds(self) -> None:
        pipeline.build_area(area=self.area, warehouse=self.warehouse, viewing=self.operator(7))

    def asks(self, asked: Asked, who: Viewing):
        return queries.check(viewing=who, build=self.warehouse.current(), asked=asked)


@pytest.fixture
def desk(area: Area, viewing: Maker, tmp_path: Path) -> Desk:
    desk = Desk(area, viewing, tmp_path)
    assert desk.receives(FIRST, 3) is None
    desk.builds()
    return desk


@pytest.fixture
def detective(viewing: Maker) -> Viewing:
    return viewing("detective", "police", as_of=date(2026, 4, 7))


def test_what_came_is_held_against_what_is_known(desk: Desk) -> None:
    came = desk.receives(
        [*FIRST, "8,Tarrant,Maud,17/05/2010,3 Weir Lane,", "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5
    )
    assert came == Received(held=2, known=1, new=1)


def _town() -> list[str]:
    """Tarrant is usual here, Quandle is not; Hostel House is a home for many, and 1 July stands for "not known"."""
    families = ["Tarrant"] * 12 + ["Quandle", "Abney", "Birtwhistle", "Cadwallader", "Dalrymple", "Entwistle", "Fothergill",
                "Gathercole", "Hollingbery", "Inchbald", "Jellicoe", "Killigrew", "Lightbody", "Micklethwait", "Nettlefold"]  # fmt: skip
    rows = [f"a{n},{name},Maud,{1 + n:02}/05/2010,{n} Weir Lane," for n, name in enumerate(families)]
    rows += [f"b{n},{name},Maude,{1 + n:02}/05/2010,{n} Weir Lane," for n, name in enumerate(families)]
    rows += [f"h{n},{name},Ida,01/07/1980,Hostel House," for n, name in enumerate(families * 2)]
    return [*rows, "q1,Quandle,Zorka,03/09/2004,2 Kiln Row,", "q2,Quandel,Zorka,03/09/2004,2 Kiln Row,"]


def test_a_pair_weighs_when_it_is_received_what_it_weighs_in_the_build(desk: Desk) -> None:
    rows = _town()
    desk.receives(rows, 4)
    desk.builds()
    served = desk.warehouse.current()
    pairs = _weights(served, "select left_record_id, right_record_id, weight from link_pair")
    desk.receives([rows[0], rows[12], rows[67], rows[68], rows[-2], rows[-1]], 7)
    later = waiting_beside(served)
    assert later is not None
    known, waiting = checks(served.folder), checks(later.folder)
    laid = {one["record_id"]: one for one in known.records(list(range(1, 200)))}
    compared = 0
    for record in list(waiting.records(list(range(1, 7)))):
        # As cleaned as the build has it: how usual the names are, what stands for no day, how many live at the address.
        came = record["record_id"]
        assert {**record, "record_number": 0} == {**laid[came], "record_number": 0}
        for near in known.near(record, least=-100):
            pair = tuple(sorted((near.record_id, came)))
            if pair in pairs:
                assert near.weighed.weight == pytest.approx(pairs[pair], abs=0.01)
                compared += 1
            # Who is asked about is told the same of the record that waits.
            asked = {**near.record, "forename_share": None, "surname_share": None}
            back = {one.record_id: one for one in waiting.near(asked, least=-100)}[came]
            assert back.weighed.weight == pytest.approx(near.weighed.weight, abs=0.01)
    assert compared > 3


def _weights(build: Build, sql: str) -> dict[tuple[str, ...], float]:
    cursor = build.analysis()
    try:
        return {(left, right): weight for left, right, weight in cursor.execute(sql).fetchall()}
    finally:
        cursor.close()


def test_it_is_found_at_once_and_joined_by_the_next_build(desk: Desk, detective: Viewing) -> None:
    assert not desk.asks(NELL, detective).candidates
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    found = desk.asks(NELL, detective)
    assert not found.candidates
    ((record, received_on),) = [(one.record_id, one.received_on) for one in found.waiting]
    assert (record, received_on) == ("zz:police:people:9", date(2026, 4, 5))
    assert {field.field for field in found.waiting[0].fields} >= {"forename", "surname", "birth"}

    desk.builds()
    found = desk.asks(NELL, detective)
    assert [one.record_ids for one in found.candidates] == [("zz:police:people:9",)]
    assert found.waiting == ()
    assert not desk.warehouse.waiting().builds_folder.exists()


def test_what_the_build_holds_already_is_not_told_twice(desk: Desk, detective: Viewing) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    found = desk.asks(MAUD, detective)
    assert [one.record_ids for one in found.candidates] == [("zz:police:people:1",)]
    assert found.waiting == ()


def test_a_known_record_that_came_with_another_name_or_home_is_found_by_it(
    desk: Desk, detective: Viewing
) -> None:
    """Nothing is lost of what was known, and what the version says anew is found before the build."""
    before = {one.record_ids[0]: one.weight for one in desk.asks(MAUD, detective).candidates}
    desk.receives(["1,Quandle,Maud,17/05/2010,8 Kiln Row,", FIRST[1]], 5)
    asked = Asked(forename="Maud", surname="Quandle", address="8 Kiln Row", born_from=MAUD.born_from, born_until=MAUD.born_until)  # fmt: skip
    found = desk.asks(asked, detective)
    assert [one.record_id for one in found.waiting] == ["zz:police:people:1"]
    assert {f.field: f.right_value for f in found.waiting[0].fields}["surname"] == "quandle"
    assert {one.record_ids[0]: one.weight for one in desk.asks(MAUD, detective).candidates} == before


def _found(desk: Desk, words: str, who: Viewing) -> list[tuple[str, str]]:
    result = picture.search(viewing=who, build=desk.warehouse.current(), sought=Sought(words))
    audited = AuditEvent.objects.order_by("-pk").values_list("subject", flat=True).first()
    assert audited == (",".join(f.person_id for f in (*result.found, *result.waiting)) or "none")
    return [(one.person_id, one.name) for one in result.waiting]


def test_a_name_that_was_just_received_is_found_by_search(
    desk: Desk, detective: Viewing, viewing: Maker
) -> None:
    assert _found(desk, "Nell Underhill", detective) == []
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,", "10,Veale,Silvia,05/04/1990,7 Kiln Row,C"], 5)  # fmt: skip
    assert _found(desk, "Nel Underhil", detective) == [("zz:police:people:9", "Nell Underhill")]
    assert _found(desk, "4 far row", detective) == [("zz:police:people:9", "Nell Underhill")]
    assert _found(desk, "Maud Tarrant", detective) == []
    assert _found(desk, "Silvia Veale", detective) == [("zz:police:people:10", "Silvia Veale")]
    assert _found(desk, "Silvia Veale", viewing("nurse", "health", as_of=date(2026, 4, 7))) == []
    assert _found(desk, "Nell Underhill", viewing("detective", "police", as_of=date(2026, 4, 2))) == []


def test_a_known_person_is_found_by_the_name_that_just_came(desk: Desk, detective: Viewing) -> None:
    desk.receives(["1,Quandle,Maud,17/05/2010,3 Weir Lane,", FIRST[1]], 5)
    (maud,) = desk.asks(MAUD, detective).candidates
    assert _found(desk, "Quandle", detective) == [(maud.person_id, "Maud Quandle")]
    assert _found(desk, "Maud Tarrant", detective) == []


def test_a_pupils_new_name_is_found_by_those_who_may_see_the_pupil_and_by_no_others(
    desk: Desk, detective: Viewing
) -> None:
    pupils = ["p1,Tarrant,Maud,17/05/2010,3 Weir Lane,", "p2,Underhill,Nell,04/03/2011,4 Far Row,"]
    desk.receives(pupils, 4, "education")
    desk.builds()
    (maud,) = desk.asks(MAUD, detective).candidates
    assert len(maud.record_ids) == 2
    desk.receives([row.replace("Tarrant", "Quandle").replace("Underhill", "Quandle") for row in pupils], 5, "education")  # fmt: skip
    assert _found(desk, "Quandle", detective) == [(maud.person_id, "Maud Quandle")]
    quandle = Asked(forename="Maud", surname="Quandle", born_from=MAUD.born_from, born_until=MAUD.born_until)
    assert [one.record_id for one in desk.asks(quandle, detective).waiting] == ["zz:education:people:p1"]
    nell = Asked(forename="Nell", surname="Quandle", born_from=NELL.born_from, born_until=NELL.born_until)
    assert desk.asks(nell, detective).waiting == ()


def test_nobody_is_told_of_what_they_may_not_see(desk: Desk, viewing: Maker) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,C"], 5)
    other = viewing("parent_liaison", "charity", as_of=date(2026, 4, 7))
    assert desk.asks(NELL, other).waiting == ()


def test_on_an_earlier_day_it_had_not_come(desk: Desk, viewing: Maker) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    earlier = viewing("detective", "police", as_of=date(2026, 4, 2))
    assert desk.asks(NELL, earlier).waiting == ()


def test_delivery_after_delivery_waits_together(desk: Desk, detective: Viewing) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    came = desk.receives(
        [*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,", "10,Veale,Silvia,05/04/1990,7 Kiln Row,"], 6
    )
    assert came is not None
    assert came.held + came.new == 4
    assert [one.record_id for one in desk.asks(NELL, detective).waiting] == ["zz:police:people:9"]


def test_what_a_kill_left_behind_is_cleared_and_what_was_laid_out_stays(
    desk: Desk, detective: Viewing
) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    left = desk.warehouse.waiting().builds_folder / "half.part"
    left.mkdir()
    assert len(desk.asks(NELL, detective).waiting) == 1
    desk.receives([*FIRST, "9,Underhill,Nelly,04/03/2011,4 Far Row,"], 6)
    assert not left.exists()
    assert waiting_beside(desk.warehouse.current()) is not None


def test_a_build_that_ends_while_a_delivery_is_laid_out_leaves_it_alone(
    desk: Desk, detective: Viewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    plain = received.lay_out

    def slowly(connection: Any, folder: Path, **given: Any) -> None:
        plain(connection, folder, **given)
        desk.builds()

    monkeypatch.setattr(received, "lay_out", slowly)
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,", "10,Veale,Silvia,05/04/1990,7 Kiln Row,"], 6)  # fmt: skip

    assert [one.record_ids for one in desk.asks(NELL, detective).candidates] == [("zz:police:people:9",)]
    assert desk.asks(NELL, detective).waiting == ()


def test_whom_a_new_record_comes_near_is_told_with_what_the_pair_weighs(desk: Desk) -> None:
    rows = [*FIRST, "8,Tarrant,Maud,17/05/2010,3 Weir Lane,", "9,Underhill,Nell,04/03/2011,4 Far Row,"]
    desk.keeps(rows, 5)
    came = pipeline.lay_out_waiting(
        area=desk.area, warehouse=desk.warehouse, viewing=desk.operator(5), tells=True
    )
    assert came is not None
    (one,) = came.near
    assert (one.record_id, one.near_record_id, one.refusal) == (
        "zz:police:people:8",
        "zz:police:people:1",
        "",
    )
    logged = AuditEvent.objects.filter(action="identities.check_received").order_by("pk").last()
    assert logged is not None
    assert one.person_id in logged.subject
    # That it weighs what it will in a build is the same test as for whoever is asked about: below.
    assert one.weight > 10


def test_what_is_received_while_a_build_is_made_waits_and_what_the_build_took_in_does_not(
    desk: Desk, detective: Viewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"], 5)
    plain = identities_build.lay_down

    def meanwhile(*given: Any) -> None:
        plain(*given)
        desk.receives([*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,", "10,Veale,Silvia,05/04/1990,7 Kiln Row,"], 6)  # fmt: skip

    monkeypatch.setattr(identities_build, "lay_down", meanwhile)
    desk.builds()

    assert [one.record_ids for one in desk.asks(NELL, detective).candidates] == [("zz:police:people:9",)]
    assert desk.asks(NELL, detective).waiting == ()
    silvia = desk.asks(Asked(forename="Silvia", surname="Veale"), detective)
    assert [one.record_id for one in silvia.waiting] == ["zz:police:people:10"]


def test_a_delivery_that_was_kept_and_not_laid_out_is_laid_out_when_it_is_sent_again(
    desk: Desk, detective: Viewing
) -> None:
    rows = [*FIRST, "9,Underhill,Nell,04/03/2011,4 Far Row,"]
    desk.keeps(rows, 5)
    assert desk.asks(NELL, detective).waiting == ()
    assert pipeline.is_behind(area=desk.area, warehouse=desk.warehouse)

    desk.receives(rows, 5)
    assert [one.record_id for one in desk.asks(NELL, detective).waiting] == ["zz:police:people:9"]
    assert not pipeline.is_behind(area=desk.area, warehouse=desk.warehouse)


def test_whoever_may_not_receive_is_refused(desk: Desk, detective: Viewing) -> None:
    with pytest.raises(MayNotDo):
        pipeline.lay_out_waiting(area=desk.area, warehouse=desk.warehouse, viewing=detective)
