"""The writing door: a delivery is received, something is recorded by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.records.files import deliveries
from engage.records.mapping.agreed import agreement_faults
from engage.records.mapping.declared import Mapping, load_mappings
from engage.records.mapping.recognising import DeliveryRefused, Part, recognise, unread
from engage.records.models import Delivery, DeliveryFile, HandEntry
from engage.records.tables import EXCHANGE_VERSION
from engage.store.area import Area
from engage.store.warehouse import connect
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


@dataclass(frozen=True)
class Receipt:
    """What was acknowledged. `is_new` is False when exactly these files had been received before; `notes` say what a person
    should know of it."""

    delivery_id: str
    is_new: bool
    row_count: int
    broken_count: int
    files: tuple[str, ...]
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Declared:
    """What whoever receives a delivery says of it beyond its mapping.

    `extent` (full or partial) holds instead of the mapping's; `mapping` names one of the agency's when several would do.
    """

    extent: str | None = None
    mapping: str | None = None


def receive(
    *,
    area: Area,
    viewing: Viewing,
    agency: str,
    files: Sequence[Path],
    declared: Declared | None = None,
    progress: Callable[[str], None] | None = None,
) -> Receipt:
    """Take a delivery from an agency and keep it as it came. When this returns, it is on the disk for good.

    Raises MayNotDo, DeliveryRefused, FileNotReadable, MappingWrong.
    """
    access.check_can(viewer=viewing.viewer, what="receive")
    area.agency(agency)
    declared = declared or Declared()
    mapping, parts = recognise(
        load_mappings(area.mappings_folder), agency=agency, files=files, only=declared.mapping
    )
    _check_agreement(area, mapping, on=london_day(viewing.at))
    deliveries.clear_left_over(area.deliveries_folder)
    connection = connect(None)
    try:
        kept = []
        for part in parts:
            if progress:
                progress(f"{part.path.name}, {part.sheet}" if part.sheet else part.path.name)
            kept.append((part, _keep(connection, area, part)))
    finally:
        connection.close()
    return _acknowledge(viewing=viewing, mapping=mapping, extent=declared.extent or mapping.extent, kept=kept)


def _keep(connection: Any, area: Area, part: Part) -> deliveries.KeptFile:
    return deliveries.keep(
        connection, deliveries=area.deliveries_folder, file=part.path, sheet=part.sheet, layout=part.layout
    )


def _check_agreement(area: Area, mapping: Mapping, *, on: date) -> None:
    for fault in agreement_faults(area, mapping, on=on):
        raise DeliveryRefused(fault.sentence, remedy=fault.remedy)


@transaction.atomic
def _acknowledge(
    *, viewing: Viewing, mapping: Mapping, extent: str, kept: Iterable[tuple[Part, deliveries.KeptFile]]
) -> Receipt:
    """Write the delivery and its audit row in one transaction: before it nothing was promised, after it all is kept."""
    kept = list(kept)
    digest = _digest(mapping, extent, kept)
    names = tuple(dict.fromkeys(part.path.name for part, _ in kept))
    notes = tuple(unread(part for part, _ in kept))
    rows, broken = sum(k.row_count for _, k in kept), sum(k.broken_count for _, k in kept)
    said = {
        "agency": mapping.agency, "mapping": mapping.name, "mapping_version": mapping.version, "mapping_digest": mapping.digest,
        "extent": extent, "cohort": mapping.cohort, "purpose": mapping.purpose, "agreement": mapping.agreement,
        "received_by": viewing.viewer.user_id, "received_at": viewing.at, "row_count": rows, "recorded_at": viewing.at,
    }  # fmt: skip
    delivery, is_new = Delivery.objects.get_or_create(digest=digest, defaults=said)
    if not is_new:
        return Receipt(
            deliveries.delivery_id(delivery.pk, digest), False, delivery.row_count, broken, names, notes
        )
    DeliveryFile.objects.bulk_create(_file_row(delivery, part, k) for part, k in kept)
    fields = [part.layout.name for part, _ in kept]
    governance.record_decision(
        viewing=viewing,
        action="delivery.received",
        subject=deliveries.delivery_id(delivery.pk, digest),
        fields=fields,
        decision="received",
    )
    return Receipt(deliveries.delivery_id(delivery.pk, digest), True, rows, broken, names, notes)


def _file_row(delivery: Delivery, part: Part, kept: deliveries.KeptFile) -> DeliveryFile:
    return DeliveryFile(
        delivery=delivery, file=part.layout.name, sent_name=part.path.name, sheet=part.sheet or "", sha256=kept.sha256, root=kept.root,
        folder=kept.folder, row_count=kept.row_count, broken_count=kept.broken_count,
    )  # fmt: skip


def _digest(mapping: Mapping, extent: str, kept: Sequence[tuple[Part, deliveries.KeptFile]]) -> str:
    parts = sorted(f"{part.layout.name}:{k.sha256}:{k.folder}" for part, k in kept)
    return hashlib.sha256("\n".join([mapping.agency, mapping.name, extent, *parts]).encode()).hexdigest()


@dataclass(frozen=True)
class HandRecord:
    """What a worker records by hand about one person: a kind of event, when it happened and how exactly, the words, and the
    handling and grade they gave it. Moments are UTC; None when not known. `details` are further values by name; `made_by` names the entry of casework that it
    was made with, by which it is withdrawn when that is corrected."""

    person_id: str
    person_record_id: str
    kind: str
    title: str
    text: str
    happened_from_at: datetime | None
    happened_until_at: datetime | None
    happened_precision: str
    happened_text: str
    handling: str = ""
    grade: str = ""
    details: dict[str, str] = field(default_factory=dict)
    made_by: str = ""


class RecordingRefused(EngageError):
    """What was recorded by hand cannot stand as it is."""


@transaction.atomic
def record_by_hand(*, area: Area, viewing: Viewing, record: HandRecord) -> int:
    """Keep what a worker recorded as a delivery of the worker's own agency, in exchange shape; return the entry's number.

    It stands in the chronology at once and is part of the next build. Raises MayNotDo, RecordingRefused.
    """
    access.check_can(viewer=viewing.viewer, what="record")
    if not record.text.strip():
        raise RecordingRefused(
            N_("Nothing was written."), remedy=N_("Write what was seen or said, and by whom.")
        )
    if record.happened_from_at is not None and record.happened_from_at > viewing.at:
        raise RecordingRefused(N_("This is in the future."), remedy=N_("Check the date."))
    area.agency(viewing.viewer.agency)
    entry = HandEntry.objects.create(
        agency=viewing.viewer.agency, person_id=record.person_id, exchange_version=EXCHANGE_VERSION,
        recorded_by=viewing.viewer.user_id, recorded_at=viewing.at, payload=_payload(area, viewing, record),
    )  # fmt: skip
    fields = ["kind", "happened", "text", "handling", "grade"]
    governance.record_decision(
        viewing=viewing, action="hand.recorded", subject=record.person_id, fields=fields, decision="recorded"
    )
    return int(entry.pk)


def _payload(area: Area, viewing: Viewing, record: HandRecord) -> dict[str, Any]:
    moments = {"happened_from_at": record.happened_from_at, "happened_until_at": record.happened_until_at}
    written = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return {**asdict(record), **written, "area": area.code, "author": viewing.viewer.name}


def withdraw_made_by(*, viewing: Viewing, made_by: str, reason: str) -> None:
    """Withdraw what was recorded with an entry of casework that is corrected now. Nothing, where it was withdrawn already. Raises MayNotDo, RecordingRefused."""
    withdrawn = HandEntry.objects.exclude(withdraws=None).values("withdraws")
    for entry in HandEntry.objects.filter(payload__made_by=made_by, withdraws=None).exclude(pk__in=withdrawn):
        withdraw_by_hand(viewing=viewing, entry=int(entry.pk), reason=reason)


@transaction.atomic
def withdraw_by_hand(*, viewing: Viewing, entry: int, reason: str) -> None:
    """Withdraw what somebody of one's own agency recorded; both rows stay. Raises MayNotDo, RecordingRefused."""
    access.check_can(viewer=viewing.viewer, what="record")
    found = HandEntry.objects.filter(pk=entry, agency=viewing.viewer.agency, withdraws=None).first()
    if found is None or HandEntry.objects.filter(withdraws=entry).exists():
        raise RecordingRefused(
            N_("There is no such entry of your agency's to withdraw."),
            remedy=N_("Look at the chronology again."),
        )
    HandEntry.objects.create(
        agency=found.agency, person_id=found.person_id, exchange_version=EXCHANGE_VERSION, withdraws=entry, reason=reason,
        recorded_by=viewing.viewer.user_id, recorded_at=viewing.at,
    )  # fmt: skip
    governance.record_decision(
        viewing=viewing,
        action="hand.withdrawn",
        subject=found.person_id,
        fields=["entry"],
        decision="withdrawn",
        why=reason,
    )
