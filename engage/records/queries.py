"""The reading door: what was received, what a build is made of, what staff recorded since it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.policies import SPECIALIST
from engage.records import byhand
from engage.records import quality as measuring
from engage.records.files import deliveries as kept
from engage.records.mapping.faults import SPECIALIST_NAME
from engage.records.models import Delivery, DeliveryFile, HandEntry
from engage.records.tables import EXCHANGE_VERSION
from engage.store.area import Area
from engage.store.warehouse import Build, BuildInfo, connect
from engage.vocabulary.access import Cohort, Fact, Outcome, Subject, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


class DeliveryUnknown(EngageError):
    """There is no delivery of that name."""


@dataclass(frozen=True)
class DeliverySummary:
    """One delivery as lists show it: nothing about any person."""

    delivery_id: str
    agency: str
    mapping: str
    mapping_version: str
    extent: str
    cohort: str
    agreement: str
    purpose: str
    received_by: str
    received_at: datetime
    row_count: int
    broken_count: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class RejectShown:
    """One value flagged or one row rejected. `value` is None where the viewer may not see it; `why_hidden` then says why."""

    delivery_id: str
    agency: str
    file: str
    row_number: int
    column_name: str
    value: str | None
    reason: str
    remedy: str
    severity: str
    why_hidden: Sentence | None


@dataclass(frozen=True)
class HandShown:
    """One thing recorded by hand after the build being served: its exchange rows, and what access is decided on."""

    entry: int
    agency: str
    recorded_at: datetime
    rows: dict[str, list[dict[str, Any]]]


def deliveries(
    *, viewing: Viewing, since: datetime | None = None, build_day: date | None = None
) -> list[DeliverySummary]:
    """What was received by the viewing's day, newest first; only what came after `since` when that is given. Audited.

    Who looks at `build_day`, the day of the build being served, looks at now: what came since it is told as well.
    """
    governance.record_view(
        viewing=viewing, action="deliveries.list", subject="deliveries", fields=["delivery"], decision="allow"
    )
    rows = Delivery.objects.order_by("-pk").prefetch_related("files")
    rows = rows.filter(received_at__gt=since) if since else rows
    last = _last_day(viewing, build_day)
    return [_summary(d) for d in rows if london_day(d.received_at) <= last]


def _last_day(viewing: Viewing, build_day: date | None) -> date:
    """The last day that is shown: the viewing's, and today when the viewing is of the newest build's own day."""
    return max(viewing.as_of, london_day(viewing.at)) if viewing.as_of == build_day else viewing.as_of


def delivery(*, viewing: Viewing, name: str) -> DeliverySummary:
    """One delivery. Raises DeliveryUnknown. Audited."""
    found = next(
        (d for d in Delivery.objects.prefetch_related("files") if kept.delivery_id(d.pk, d.digest) == name),
        None,
    )
    governance.record_view(
        viewing=viewing,
        action="delivery.view",
        subject=name,
        fields=["delivery"],
        decision="allow" if found else "nothing",
    )
    if found is None:
        raise DeliveryUnknown(
            Sentence(N_("There is no delivery “%(name)s”."), {"name": name}),
            remedy=N_("Look at the list of deliveries."),
        )
    return _summary(found)


def _summary(d: Delivery) -> DeliverySummary:
    files = list(d.files.all())
    return DeliverySummary(
        kept.delivery_id(d.pk, d.digest), d.agency, d.mapping, d.mapping_version, d.extent, d.cohort, d.agreement, d.purpose,
        d.received_by, d.received_at, d.row_count, sum(f.broken_count for f in files), tuple(sorted(map(_file_name, files))),
    )  # fmt: skip


def _file_name(f: DeliveryFile) -> str:
    """As it was sent, but for a specialist nurse's: the name that it was sent by may name the clinic."""
    return gettext(SPECIALIST) if f.file.startswith(SPECIALIST_NAME) else f.sent_name


def rejects(*, viewing: Viewing, build: Build, delivery: str = "", limit: int = 500) -> list[RejectShown]:
    """What could not be used, with reason and remedy, in the order of agency, file and row. Audited.

    That something was rejected everybody may know; the value itself only who may see that agency's records.
    """
    cursor = build.analysis()
    try:
        names = "delivery_id, reject.agency, file, row_number, column_name, value, reason, remedy, severity, reject.cohort, handling, sensitivity"
        one = "and delivery_id = $delivery" if delivery else ""
        last = _last_day(viewing, build.info.as_of).isoformat()
        parameters = {"delivery": delivery, "day": last} if delivery else {"day": last}
        rows = cursor.execute(
            f"select {names} from reject left join delivery using (delivery_id) where (received_at is null or received_at < $day::date + interval 1 day) "
            f"{one} order by reject.agency, file, row_number, column_name limit {int(limit)}",
            parameters,
        ).fetchall()
    finally:
        cursor.close()
    governance.record_view(
        viewing=viewing, action="rejects.list", subject=delivery or "all", fields=["reject"], decision="allow"
    )
    return list(_shown(viewing, rows))


def _shown(viewing: Viewing, rows: Iterable[tuple[Any, ...]]) -> Iterator[RejectShown]:
    policy = access.policy(on=london_day(viewing.at))
    for *row, cohort, handling, sensitivity in rows:
        fact = Fact(
            agency=row[1], kind="narrative", handling=handling, sensitivity=sensitivity, cohort=Cohort(cohort)
        )
        decided = policy.decide(
            viewer=viewing.viewer, subject=Subject(""), fact=fact, purpose=viewing.purpose
        )
        value, why = (row[5], None) if decided.outcome is Outcome.ALLOW else (None, decided.sentence)
        yield RejectShown(row[0], row[1], row[2], row[3], row[4], value, row[6], row[7], row[8], why)


def quality(*, viewing: Viewing, build: Build) -> measuring.Quality:
    """Completeness, what could not be used, duplicates and lateness by agency: counts over what the viewer may see. Audited.

    A register counts for whoever may see its people once somebody has a reason: how complete a list of everybody is says
    nothing about anybody on it.
    """
    policy = access.policy(on=london_day(viewing.at))
    cursor = build.analysis()
    try:
        allowed = [
            c
            for c in measuring.classes(cursor)
            if policy.decide(
                viewer=viewing.viewer,
                subject=Subject("", frozenset({"*"})),
                fact=Fact(c.agency, c.kind, c.handling, c.sensitivity, Cohort(c.cohort)),
                purpose=viewing.purpose,
            ).is_allowed
        ]
        measured = measuring.measure(cursor, allowed=allowed, as_of=viewing.as_of)
    finally:
        cursor.close()
    governance.record_view(
        viewing=viewing,
        action="quality.view",
        subject="quality",
        fields=["completeness", "not used", "duplicates", "lateness"],
        decision="allow" if allowed else "nothing",
    )
    return measured


def delivery_inputs(area: Area) -> list[kept.DeliveryInput]:
    """Every delivery kept, for a build: no viewer, because nothing of it is shown."""
    return [
        kept.DeliveryInput(
            delivery_id=kept.delivery_id(d.pk, d.digest), seq=d.pk, digest=d.digest, agency=d.agency, mapping=d.mapping, extent=d.extent, cohort=d.cohort,
            agreement=d.agreement, purpose=d.purpose, received_at=d.received_at, received_on=london_day(d.received_at),
            row_count=d.row_count, files=tuple(_file_input(area, f) for f in d.files.order_by("pk")),
        )
        for d in Delivery.objects.order_by("pk").prefetch_related("files")
    ]  # fmt: skip


def _file_input(area: Area, f: DeliveryFile) -> kept.DeliveryFileInput:
    folder = area.deliveries_folder / f.folder
    broken = folder / kept.BROKEN
    return kept.DeliveryFileInput(
        f.file, f.sent_name, f.sheet, folder / kept.ROWS, broken if broken.exists() else None, f.row_count
    )


def hand_rows(as_of: date) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """What was recorded by hand by the end of that London day and not withdrawn by then, as exchange rows by table, for a build; and the number
    of the last entry of which that is true: all after it is told as recorded since the build."""
    entries = list(HandEntry.objects.order_by("pk"))
    taken = list(takewhile(lambda entry: london_day(entry.recorded_at) <= as_of, entries))
    withdrawn = {entry.withdraws for entry in taken}
    standing = [e for e in taken if e.withdraws is None and e.pk not in withdrawn]
    tables: dict[str, list[dict[str, Any]]] = {}
    for e in standing:
        if e.exchange_version == EXCHANGE_VERSION:
            for table, rows in byhand.rows_of(e.pk, e.agency, e.recorded_at, e.payload).items():
                tables.setdefault(table, []).extend(rows)
    return tables, taken[-1].pk if taken else 0


def hand_since(
    *, viewing: Viewing, build: Build, record_ids: Iterable[str] | None
) -> tuple[list[HandShown], frozenset[int]]:
    """What was recorded by hand to one of these records of persons (None: to any) after the build, by the viewing's day, that the viewer may see; and the
    numbers of entries of the build that were withdrawn since. Part of a person's page, whose door audits."""
    watermark = build.info.watermarks.get("hand_entry", 0)
    last = _last_day(viewing, build.info.as_of)
    withdrawn = frozenset(
        int(entry.withdraws)
        for entry in HandEntry.objects.filter(pk__gt=watermark)
        if entry.withdraws is not None and london_day(entry.recorded_at) <= last
    )
    policy = access.policy(on=london_day(viewing.at))
    shown = []
    recorded = HandEntry.objects.filter(pk__gt=watermark, withdraws=None)
    if record_ids is not None:
        recorded = recorded.filter(payload__person_record_id__in=list(record_ids))
    for entry in recorded.order_by("pk"):
        fact = Fact(agency=entry.agency, kind="event", handling=entry.payload.get("handling", ""))
        decision = policy.decide(
            viewer=viewing.viewer, subject=Subject(entry.person_id), fact=fact, purpose=viewing.purpose
        )
        if decision.is_allowed and entry.pk not in withdrawn and london_day(entry.recorded_at) <= last:
            rows = byhand.rows_of(entry.pk, entry.agency, entry.recorded_at, entry.payload)
            shown.append(HandShown(entry.pk, entry.agency, entry.recorded_at, rows))
    return shown, withdrawn


def faults_of_deliveries(area: Area) -> dict[str, list[str]]:
    """For each delivery, what is wrong with what is kept of it (nothing, when all is as it was acknowledged)."""
    connection = connect(None)
    try:
        return {
            kept.delivery_id(d.pk, d.digest): [
                fault
                for f in d.files.all()
                for fault in kept.verify(
                    connection,
                    deliveries=area.deliveries_folder,
                    folder=f.folder,
                    root=f.root,
                    sha256=f.sha256,
                )
            ]
            for d in Delivery.objects.prefetch_related("files").order_by("pk")
        }
    finally:
        connection.close()


def waiting(build: BuildInfo) -> int:
    """How many deliveries came after a build and are not in its picture yet. A number, of nobody: nothing to audit."""
    return Delivery.objects.filter(pk__gt=build.watermarks.get("delivery", 0)).count()


def last_known_on() -> date | None:
    """The London day on which something last became known: of the last delivery or the last entry by hand; None when nothing did."""
    delivered = Delivery.objects.aggregate(last=Max("received_at"))["last"]
    recorded = HandEntry.objects.aggregate(last=Max("recorded_at"))["last"]
    return max((london_day(at) for at in (delivered, recorded) if at), default=None)
