"""Is a delivery taken once, only under its agreement, kept as it came, and can one row of it be erased for good?"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from engage.governance.models import AuditEvent
from engage.records import actions, queries
from engage.records.files import deliveries
from engage.records.models import Delivery, DeliveryFile, HandEntry
from engage.store.area import Area
from engage.store.warehouse import BuildInfo, connect
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


pytestmark = pytest.mark.django_db
MakeViewing = Callable[..., Viewing]
NOW = datetime.fromisoformat("2026-04-07T07:40:00+00:00")


def _receive(area: Area, viewing: Viewing, *files: Path) -> actions.Receipt:
    return actions.receive(area=area, viewing=viewing, agency="police", files=files)


def _files(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_same_files_again_change_nothing(mapped: Callable[..., Area], people: Path, viewing: MakeViewing):
    area = mapped()
    first = _receive(area, viewing("operator", ""), people)
    kept, audited = _files(area.deliveries_folder), AuditEvent.objects.count()
    again = _receive(area, viewing("operator", ""), people)
    assert (first.is_new, first.row_count, first.broken_count) == (True, 3, 0)
    assert (again.is_new, again.delivery_id) == (False, first.delivery_id)
    assert _files(area.deliveries_folder) == kept
    assert (Delivery.objects.count(), AuditEvent.objects.count()) == (1, audited)


@pytest.mark.parametrize(
    ("other", "at"),
    [
        ({"agreement": "ISA-9"}, NOW),
        ({"purpose": "disruption"}, NOW),
        ({}, datetime.fromisoformat("2019-12-31T12:00:00+00:00")),
    ],
)
def test_outside_its_agreement_a_delivery_is_refused_and_nothing_is_kept(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing, other: dict[str, str], at: datetime
):
    area = mapped(**other)
    with pytest.raises(actions.DeliveryRefused) as told:
        _receive(area, viewing("operator", "", at=at), people)
    assert told.value.remedy
    assert Delivery.objects.count() == 0
    assert _files(area.deliveries_folder) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [("cohorts: [case, register]", "cohorts: [register]"), ("agencies: [police, ", "agencies: [")],
)
def test_an_agreement_that_does_not_cover_the_people_or_the_agency_refuses(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing, old: str, new: str
):
    from engage.store.area import open_area

    area = mapped()
    settings = area.folder / "area.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(actions.DeliveryRefused):
        _receive(open_area(area.folder), viewing("operator", ""), people)


def test_a_file_that_no_mapping_reads_is_refused_with_its_columns(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing
):
    people.write_text("number,surname\n1,Ash\n", encoding="utf-8")
    with pytest.raises(actions.DeliveryRefused) as told:
        _receive(mapped(), viewing("operator", ""), people)
    assert "number, surname" in str(told.value.sentence)


def test_a_row_is_erased_for_good_and_the_rest_still_verifies(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing
):
    area = mapped()
    receipt = _receive(area, viewing("operator", ""), people)
    kept = DeliveryFile.objects.get()
    connection = connect(None)
    place = {"deliveries": area.deliveries_folder, "folder": kept.folder, "sha256": kept.sha256}
    try:
        deliveries.erase_row(connection, **place, row_number=3, note="order of 1 April")
        assert deliveries.verify(connection, **place, root=kept.root) == []
        left = connection.execute(
            f"select ref from read_parquet('{area.deliveries_folder / kept.folder / deliveries.ROWS}') order by 1"
        ).fetchall()
    finally:
        connection.close()
    assert left == [("1",), ("3",)]
    assert not [file for file, content in _files(area.deliveries_folder).items() if b"Birchgrove" in content]
    again = _receive(area, viewing("operator", ""), people)
    assert again.delivery_id == receipt.delivery_id
    assert not [file for file, content in _files(area.deliveries_folder).items() if b"Birchgrove" in content]


def test_the_bytes_of_an_erased_row_do_not_come_back_by_being_read_otherwise(tmp_path: Path):
    book = openpyxl.Workbook()
    for name, surname in (("People", "Ash"), ("More", "Birchgrove"), ("Sheet", "Cole")):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["ref", "surname"])
        sheet.append(["1", surname])
    file, place = tmp_path / "people.xlsx", tmp_path / "deliveries"
    book.save(file)
    layout = SimpleNamespace(encoding=None)
    connection = connect(None)
    try:
        kept = {
            s: deliveries.keep(connection, deliveries=place, file=file, sheet=s, layout=layout)
            for s in ("People", "More")
        }
        more = kept["More"]
        deliveries.erase_row(
            connection, deliveries=place, folder=more.folder, sha256=more.sha256, row_number=2, note="order"
        )
        for one in kept.values():
            told = deliveries.verify(
                connection, deliveries=place, folder=one.folder, root=one.root, sha256=one.sha256
            )
            assert told == []
            again = {
                s: deliveries.keep(connection, deliveries=place, file=file, sheet=s, layout=layout)
                for s in kept
            }
            assert again == kept
        with pytest.raises(deliveries.ErasedBefore):
            deliveries.keep(connection, deliveries=place, file=file, sheet="Sheet", layout=layout)
    finally:
        connection.close()
    assert not [f for f, content in _files(place).items() if content == file.read_bytes()]


def test_two_receipts_at_one_time_keep_one_that_verifies(tmp_path: Path):
    file, place = tmp_path / "people.csv", tmp_path / "deliveries"
    file.write_text("ref,surname\n" + "".join(f"{n},Ash{n}\n" for n in range(20_000)), encoding="utf-8")
    layout = SimpleNamespace(encoding=None)

    def keep(_number: int) -> deliveries.KeptFile:
        connection = connect(None)
        try:
            return deliveries.keep(connection, deliveries=place, file=file, sheet=None, layout=layout)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        kept = list(workers.map(keep, range(4)))
    assert len(set(kept)) == 1
    assert not list(place.rglob("*.aside"))
    one, connection = kept[0], connect(None)
    try:
        assert (
            deliveries.verify(
                connection, deliveries=place, folder=one.folder, root=one.root, sha256=one.sha256
            )
            == []
        )
    finally:
        connection.close()


def test_what_a_kill_left_half_written_is_cleared_away_when_it_is_old(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing
):
    area = mapped()
    rows = area.deliveries_folder / "rows"
    for name, age in (("old", 2 * deliveries.LEFT_OVER_SECONDS), ("new", 0)):
        left = rows / f"{name}.aside"
        left.mkdir(parents=True)
        os.utime(left, (time.time() - age,) * 2)
    _receive(area, viewing("operator", ""), people)
    assert [f.name for f in rows.glob("*.aside")] == ["new.aside"]


def test_a_changed_row_or_changed_bytes_are_told(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing
):
    area = mapped()
    receipt = _receive(area, viewing("operator", ""), people)
    assert queries.faults_of_deliveries(area) == {receipt.delivery_id: []}
    kept = DeliveryFile.objects.get()
    rows = area.deliveries_folder / kept.folder / deliveries.ROWS
    connection = connect(None)
    try:
        connection.execute(
            f"copy (select * replace (case ref when '2' then 'Other' else surname end as surname) from read_parquet('{rows}')) to '{rows}.new' (format parquet)"
        )
    finally:
        connection.close()
    Path(f"{rows}.new").replace(rows)
    (area.deliveries_folder / "objects" / kept.sha256[:2] / kept.sha256).write_bytes(b"other")
    faults = queries.faults_of_deliveries(area)[receipt.delivery_id]
    assert len(faults) == 2
    assert "row 3 is not as it was received" in faults[0]


def _record(**other: Any) -> actions.HandRecord:
    plain = {
        "person_id": "P0000001", "person_record_id": "zz:police:people:1", "kind": "note", "title": "Note", "text": "Seen at the shop",
        "happened_from_at": NOW - timedelta(days=1), "happened_until_at": None, "happened_precision": "day", "happened_text": "yesterday",
    }  # fmt: skip
    return actions.HandRecord(**{**plain, **other})


def test_what_is_recorded_by_hand_and_withdrawn_stays_and_is_audited(area: Area, viewing: MakeViewing):
    number = actions.record_by_hand(area=area, viewing=viewing(), record=_record())
    tables, last = queries.hand_rows(london_day(NOW))
    assert last == number
    assert queries.hand_rows(london_day(NOW) - timedelta(days=1)) == ({}, 0)
    assert [row["record_id"] for row in tables["event"]] == [f"zz:childrens_services:by-hand:{number}"]
    assert [row["text"] for row in tables["narrative"]] == ["Seen at the shop"]
    with pytest.raises(actions.RecordingRefused):
        actions.withdraw_by_hand(viewing=viewing("detective", "police"), entry=number, reason="not mine")
    actions.withdraw_by_hand(viewing=viewing(), entry=number, reason="another child")
    assert queries.hand_rows(london_day(NOW))[0] == {}
    assert HandEntry.objects.count() == 2
    with pytest.raises(actions.RecordingRefused):
        actions.withdraw_by_hand(viewing=viewing(), entry=number, reason="again")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "hand.recorded",
        "hand.withdrawn",
    ]


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"happened_from_at": NOW + timedelta(days=1)}])
def test_nothing_and_the_future_are_not_recorded(area: Area, viewing: MakeViewing, wrong: dict[str, Any]):
    with pytest.raises(actions.RecordingRefused):
        actions.record_by_hand(area=area, viewing=viewing(), record=_record(**wrong))
    assert (HandEntry.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.postgresql
def test_what_was_received_or_recorded_is_never_changed_or_deleted(
    mapped: Callable[..., Area], people: Path, viewing: MakeViewing
):
    area = mapped()
    _receive(area, viewing("operator", ""), people)
    actions.record_by_hand(area=area, viewing=viewing(), record=_record())
    for model, change in (
        (Delivery, {"row_count": 1}),
        (DeliveryFile, {"root": "x"}),
        (HandEntry, {"reason": "x"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")
        assert model.objects.count() == 1


def test_a_past_day_hides_what_came_after_it(mapped: Callable[..., Area], people: Path, viewing: MakeViewing):
    _receive(mapped(), viewing("operator", ""), people)
    yesterday, today = date(2026, 4, 6), date(2026, 4, 7)
    assert queries.deliveries(viewing=viewing(as_of=yesterday)) == []
    assert len(queries.deliveries(viewing=viewing(as_of=today))) == 1
    # whoever looks at the newest build looks at now
    assert len(queries.deliveries(viewing=viewing(as_of=yesterday), build_day=yesterday)) == 1
    assert queries.deliveries(viewing=viewing(as_of=date(2026, 4, 5)), build_day=yesterday) == []


def test_by_hand_a_past_day_hides_what_was_recorded_and_withdrawn_after_it(area: Area, viewing: MakeViewing):
    build = SimpleNamespace(info=BuildInfo("b", date(2026, 4, 6), "", {"hand_entry": 0}))
    number = actions.record_by_hand(area=area, viewing=viewing(), record=_record())

    def since(day: date) -> tuple[list[int], frozenset[int]]:
        shown, withdrawn = queries.hand_since(
            viewing=viewing(as_of=day), build=build, record_ids=[_record().person_record_id]
        )
        return [one.entry for one in shown], withdrawn

    assert since(date(2026, 4, 6)) == ([number], frozenset())  # the build's own day is looked at as now
    assert since(date(2026, 4, 5)) == ([], frozenset())
    actions.withdraw_by_hand(viewing=viewing(), entry=number, reason="another child")
    assert since(date(2026, 4, 6)) == ([], frozenset({number}))
    assert since(date(2026, 4, 5)) == ([], frozenset())
