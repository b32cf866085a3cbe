"""Which person is a record's, as far as a served build and the judgements made since go? Reads the decided store only.

Below the doors: nothing here decides on access or writes an audit row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Q, QuerySet

from engage.identities.models import JudgementWithdrawal, PersonAssignment, PersonIdEvent
from engage.store.warehouse import Build
from engage.vocabulary.words import N_, EngageError, Sentence


WATERMARK = "person_assignment"
# The causes of what people changed: by judging, and by taking a judgement back.
JUDGED, TAKEN_BACK = "judgement", "taken back"
BY_PEOPLE = (JUDGED, TAKEN_BACK)


# Asked for every view: in the store's own words, since to put them together takes longer than to be answered.
_TABLE = PersonAssignment._meta.db_table  # noqa: SLF001
_EVER = f"record_id in (select record_id from {_TABLE} where {{counts}} and person_id in ({{marks}}))"
_LATEST = (
    f"select record_id, person_id from {_TABLE} "
    f"where seq in (select max(seq) from {_TABLE} where {{counts}} and {{which}} group by record_id)"
)
_JUDGED_SINCE = f"select max(seq), count(*) from {_TABLE} where cause in (%s, %s) and seq > %s"
_COUNTS, _COUNTS_ALL = "(seq <= %s or cause in (%s, %s))", "(1 = 1)"


class PersonUnknown(EngageError):
    """No person was ever given that id."""


class RecordUnknown(EngageError):
    """No record of that id was given a person."""


@dataclass(frozen=True)
class Person:
    """A person as identities know it: today's id (`asked_id` is the one that was asked for, perhaps an older one), the
    records, and whether a person has judged any of the joins, by a judgement that stands. `moved` are the records that were gained or
    lost since the build: tables that it made are out of date for this person."""

    person_id: str
    asked_id: str
    record_ids: tuple[str, ...]
    is_judged: bool
    moved: frozenset[str] = frozenset()

    @property
    def changed_since_build(self) -> bool:
        """The build laid this person out of other records."""
        return bool(self.moved)


@dataclass(frozen=True)
class IdChange:
    """One line of the history of an id: on which day which record came to it, or what became of it; `why` as far as it may be told."""

    at: datetime
    cause: str
    record_id: str
    other_id: str
    why: str


def _watermark(build: Build | None) -> int | None:
    return None if build is None else build.info.watermarks.get(WATERMARK)


def taken_in(build: Build | None) -> Q:
    """The assignments that count for readers of a build: its own and earlier ones, and judgements made since. All, while one is being made (None)."""
    watermark = _watermark(build)
    return Q() if watermark is None else Q(seq__lte=watermark) | Q(cause__in=BY_PEOPLE)


def current_id(build: Build, person_id: str) -> str:
    """Today's id of the person that was ever given that id. Raises PersonUnknown."""
    seen: set[str] = set()
    while person_id not in seen:
        seen.add(person_id)
        if _records(build, person_id):
            return person_id
        merged = events(build, Q(person_id=person_id, kind="merged")).order_by("-seq").first()
        if merged is None:
            break
        person_id = merged.other_id
    raise person_unknown(person_id)


def today(build: Build | None, person_ids: Iterable[str]) -> dict[str, str]:
    """Which id each of these ids leads to today, or in a build that is being made (None): itself, or that of the person it was merged into."""
    leads = {person_id: person_id for person_id in person_ids}
    seen: set[str] = set()
    going = set(leads)
    while going:
        seen |= going
        merges = events(build, Q(person_id__in=going, kind="merged")).order_by("seq")
        merged = {event.person_id: event.other_id for event in merges}
        merged = {old: new for old, new in merged.items() if not _records(build, old)}
        leads = {asked: merged.get(now, now) for asked, now in leads.items()}
        going = set(merged.values()) - seen
    return leads


def latest_of(build: Build | None, record_ids: Iterable[str]) -> dict[str, PersonAssignment]:
    """The assignment in force of each record, for readers of that build."""
    wanted = list(record_ids)
    seqs = (
        PersonAssignment.objects.filter(taken_in(build), record_id__in=wanted)
        .order_by()
        .values("record_id")
        .annotate(last=Max("seq"))
        .values("last")
    )
    return {
        row.record_id: row
        for row in PersonAssignment.objects.filter(seq__in=list(seqs.values_list("last", flat=True)))
    }


def persons_of(build: Build, record_ids: Iterable[str]) -> dict[str, str]:
    """The person of each record, for readers of that build."""
    return _latest(build, "record_id in ({marks})", record_ids)


def records_of_people(build: Build, person_ids: Iterable[str]) -> dict[str, str]:
    """The records of these persons today, each with its person."""
    wanted = set(person_ids)
    latest = _latest(build, _EVER, wanted)
    return {record: person for record, person in latest.items() if person in wanted}


def _latest(build: Build, which: str, ids: Iterable[str]) -> dict[str, str]:
    """Each record of which that holds, with the person it was given last of what `taken_in` says."""
    asked, watermark = sorted(set(ids)), build.info.watermarks.get(WATERMARK)
    if not asked:
        return {}
    counts = _COUNTS_ALL if watermark is None else _COUNTS
    which = which.format(counts=counts, marks=", ".join(["%s"] * len(asked)))
    sql = _LATEST.format(counts=counts, which=which)
    bound: list[int | str] = [] if watermark is None else [watermark, *BY_PEOPLE]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*bound * (1 + which.count(counts)), *asked])
        return dict(cursor.fetchall())


def rows_of(build: Build, record_ids: Iterable[str]) -> list[PersonAssignment]:
    """Every assignment that these records ever had, for readers of that build, oldest first."""
    return list(_of_records(taken_in(build), record_ids).order_by("seq"))


def ever_with(build: Build, record_ids: Iterable[str]) -> set[str]:
    """The records that ever had a person id that one of these records ever had, whoever gave it."""
    ever = set(_of_records(taken_in(build), record_ids).values_list("person_id", flat=True))
    return set(
        PersonAssignment.objects.filter(taken_in(build), person_id__in=ever).values_list(
            "record_id", flat=True
        )
    )


def ids_ever(build: Build, *person_ids: str) -> set[str]:
    """Every id that records of this person, or of any of these (today's ids), ever had, itself with them, and every id that was merged into one of these, whosever its records are now: what was
    kept under an earlier one may be theirs."""
    counts = taken_in(build)
    mine = PersonAssignment.objects.filter(counts, person_id__in=person_ids).values_list(
        "record_id", flat=True
    )
    found = {*person_ids, *_of_records(counts, set(mine)).values_list("person_id", flat=True)}
    going = found
    while going:
        merges = events(build, Q(other_id__in=going, kind="merged"))
        going = set(merges.values_list("person_id", flat=True)) - found
        found = found | going
    return found


def _of_records(counts: Q, record_ids: Iterable[str]) -> QuerySet[PersonAssignment]:
    return PersonAssignment.objects.filter(counts, record_id__in=list(record_ids))


def live_overrides(build: Build) -> dict[str, str]:
    """Records that judgements made since the build moved, with their person today: lists and search lay these on top."""
    return dict(_moved_since(build).order_by("seq").values_list("record_id", "person_id"))


def judged_since(build: Build) -> tuple[int, int]:
    """The number of the last assignment that judgements made since the build, and how many they made: one that was begun earlier may
    be written later."""
    watermark = build.info.watermarks.get(WATERMARK)
    if watermark is None:
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(_JUDGED_SINCE, [*BY_PEOPLE, watermark])
        last, count = cursor.fetchone()
    return int(last or 0), int(count)


def _moved_since(build: Build) -> QuerySet[PersonAssignment]:
    """What people moved since the build was made, by judging and by taking a judgement back."""
    watermark = build.info.watermarks.get(WATERMARK)
    if watermark is None:
        return PersonAssignment.objects.none()
    return PersonAssignment.objects.filter(cause__in=BY_PEOPLE, seq__gt=watermark)


def laid_under(build: Build, record_ids: Iterable[str]) -> dict[str, str]:
    """The person of each of these records when the build was made."""
    counts = Q(seq__lte=build.info.watermarks.get(WATERMARK, 0))
    seqs = _of_records(counts, record_ids).order_by().values("record_id").annotate(last=Max("seq"))
    rows = PersonAssignment.objects.filter(seq__in=list(seqs.values_list("last", flat=True)))
    return dict(rows.values_list("record_id", "person_id"))


def person(build: Build, asked: str) -> Person:
    """The person with that id, or the one it became. Raises PersonUnknown."""
    person_id = current_id(build, asked)
    rows = _records(build, person_id)
    ever = PersonAssignment.objects.filter(taken_in(build), person_id=person_id)
    laid = laid_under(build, set(ever.values_list("record_id", flat=True)))
    judged = {row.judgement for row in rows.values() if row.cause == JUDGED}
    return Person(
        person_id=person_id,
        asked_id=asked,
        record_ids=tuple(sorted(rows)),
        is_judged=bool(judged - _taken_back(judged)),
        moved=frozenset(rows.keys() ^ {record for record, under in laid.items() if under == person_id})
        if WATERMARK in build.info.watermarks
        else frozenset(),
    )


def _taken_back(judgements: Iterable[int | None]) -> set[int | None]:
    numbers = [number for number in judgements if number is not None]
    back = JudgementWithdrawal.objects.filter(judgement__in=numbers)
    return set(back.values_list("judgement", flat=True))


def _records(build: Build | None, person_id: str) -> dict[str, PersonAssignment]:
    ever = PersonAssignment.objects.filter(taken_in(build), person_id=person_id).values_list(
        "record_id", flat=True
    )
    return {record: row for record, row in latest_of(build, set(ever)).items() if row.person_id == person_id}


def records_then(person_id: str, at: datetime) -> frozenset[str]:
    """The records that were this person's at that time."""
    return owners_then([(person_id, at)])[person_id, at]


def owners_then(moments: Iterable[tuple[str, datetime]]) -> dict[tuple[str, datetime], frozenset[str]]:
    """The records that were each of these persons' at a moment, of all of them in two queries."""
    asked = list(moments)
    rows = PersonAssignment.objects.filter(person_id__in={person for person, _at in asked})
    ever = set(rows.values_list("record_id", flat=True))
    history: dict[str, list[PersonAssignment]] = {}
    for row in _of_all(ever):
        history.setdefault(row.record_id, []).append(row)
    found: dict[tuple[str, datetime], frozenset[str]] = {}
    for person, at in asked:
        then = {record: [row for row in some if row.assigned_at <= at] for record, some in history.items()}
        found[person, at] = frozenset(record for record, some in then.items() if some and some[-1].person_id == person)  # fmt: skip
    return found


def _of_all(record_ids: Iterable[str]) -> QuerySet[PersonAssignment]:
    return PersonAssignment.objects.filter(record_id__in=list(record_ids)).order_by("seq")


def events(build: Build | None, which: Q) -> QuerySet[PersonIdEvent]:
    """What became of person ids, of what counts for readers of that build."""
    watermark = _watermark(build)
    counts = Q() if watermark is None else Q(after_seq__lte=watermark) | Q(cause__in=BY_PEOPLE)
    return PersonIdEvent.objects.filter(which & counts)


def person_unknown(person_id: str) -> PersonUnknown:
    """The error for an id that was never given, and for one of whom a viewer may know nothing: the same words for both."""
    return PersonUnknown(
        Sentence(N_("No person has the id %(id)s, or none of whom you may see anything."), {"id": person_id}),
        remedy=N_("Search by name, or check the id for a misread sign."),
    )


def record_unknown(record_id: str) -> RecordUnknown:
    """The error for a record that is not there, and for one that a viewer may not know of: the same words for both."""
    return RecordUnknown(
        Sentence(
            N_("There is no record %(record)s of a person, or none that you may see."), {"record": record_id}
        ),
        remedy=N_("A record id is area:agency:file:source id. Build the area if it has come since."),
    )
