"""The writing door: a worker records something about a person; a table is taken away as a file by somebody who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.policies import WORKER
from engage.identities import assignments
from engage.identities import tables as identities_tables
from engage.picture import exporting, following, queries, registers
from engage.picture import tables as picture_tables
from engage.picture.accused import taken
from engage.picture.readings import standing
from engage.picture.readings.rules import WRONG, MentionRead, Pointed, Reading
from engage.picture.registers import Known
from engage.picture.rules import Filters, PersonPage
from engage.picture.seeing import Sight, sight
from engage.picture.watching import deciding
from engage.picture.watching.rules import PERSON, Watched
from engage.records import actions as records
from engage.records import tables as records_tables
from engage.store.area import Area
from engage.store.tables import Table
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened
from engage.vocabulary.words import N_, EngageError, Sentence


class ExportRefused(EngageError):
    """There is no such table, or the file's ending says no kind of file."""


class NobodyExactly(EngageError):
    """Not one person, of whom records say exactly what the worker knows, could be opened by the worker's reason."""


class ReadingRefused(EngageError):
    """The words that were pointed at are not read so on the page any more, or that was said of them already."""


EXPORTED: dict[str, Table] = {
    table.name: table
    for module in (records_tables, identities_tables, picture_tables)
    for table in module.DERIVED_TABLES
}


@dataclass(frozen=True)
class Note:
    """What a worker records by hand: an exchange kind, one line, the words, when it happened (`written` as typed), and the
    handling and grade given to it ("" for none)."""

    kind: str
    title: str
    text: str
    happened: Happened
    written: str = ""
    handling: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Taken:
    """A table that was written to a file: its rows, how many records judgements moved since the build, and whether the table `follows`
    them, or `lags` until the next build. Neither, when it does not depend on whose a record is."""

    row_count: int
    moved_count: int
    follows: bool
    lags: bool


def record_by_hand(*, viewing: Viewing, build: Build, area: Area, person_id: str, note: Note) -> int:
    """Keep what a worker recorded about a person as their own agency's; return the entry's number. Audited.

    It stands in the chronology at once. Raises MayNotDo, PersonNotShown when the worker may see nothing of the person,
    RecordingRefused.
    """
    access.check_can(viewer=viewing.viewer, what="record")
    page = queries.person_page(
        viewing=viewing, build=build, area=area, person_id=person_id, filters=Filters(per_page=1)
    )
    record_ids = assignments.person(build, page.person_id).record_ids
    own = f"{area.code}:{viewing.viewer.agency}:"
    record = records.HandRecord(
        person_id=page.person_id, person_record_id=min(record_ids, key=lambda r: (not r.startswith(own), r)), kind=note.kind,
        title=note.title, text=note.text, happened_from_at=note.happened.from_at, happened_until_at=note.happened.until_at,
        happened_precision=note.happened.precision.value, happened_text=note.written, handling=note.handling, grade=note.grade,
    )  # fmt: skip
    return records.record_by_hand(area=area, viewing=viewing, record=record)


_WHOLE = Filters(per_page=100_000)


def judge_reading(
    *, viewing: Viewing, build: Build, area: Area, person_id: str, pointed: Pointed, says: str
) -> str:
    """Keep that a reading of words on a person's page, or whom they name, is wrong, or right after all (`says`); return the person's id. Audited.

    Raises MayNotDo, PersonNotShown, ReadingRefused: also when the viewer may not read the text.
    """
    governance.check_may(viewing=viewing, what="record", subject=person_id)
    page = queries.person_page(viewing=viewing, build=build, area=area, person_id=person_id, filters=_WHOLE)
    found = _pointed_at(page, pointed)
    if found is None:
        raise ReadingRefused(
            N_("The software does not read these words so any more."), remedy=N_("Look at the text again.")
        )
    if (found.wrong is not None) == (says == WRONG):
        raise ReadingRefused(
            N_("That was said of these words already."), remedy=N_("Look at the text again.")
        )
    with transaction.atomic():
        standing.keep(viewing, found.key, says)
        governance.record_decision(
            viewing=viewing,
            action="reading.judged",
            subject=page.person_id,
            fields=["reading"],
            decision=says,
        )
    return page.person_id


def _pointed_at(page: PersonPage, pointed: Pointed) -> Reading | MentionRead | None:
    """What was read so on the page, or whom or what words on it name."""
    where = (pointed.what, pointed.polarity, pointed.start, pointed.end)
    entries = [e for e in page.entries if e.event_record_id == pointed.record_id]
    readings: list[Reading | MentionRead] = [one for e in entries for one in e.told]
    readings += [one for e in entries for one in e.mentions]
    return next((one for one in readings if one.key[1:] == where), None)


def watch(*, viewing: Viewing, build: Build, area: Area, watched: Watched, why: str, until: date) -> int:
    """Watch a person, place, vehicle, phone or name up to and with a day; return the watch's number. Audited. Raises MayNotDo,
    PersonNotShown, WatchRefused."""
    governance.check_may(viewing=viewing, what="watch", subject="watch")
    if watched.kind == PERSON:
        page = queries.person_page(
            viewing=viewing, build=build, area=area, person_id=watched.key, filters=Filters(per_page=1)
        )
        watched = Watched(PERSON, page.person_id)
    return deciding.begin(viewing=viewing, build=build, watched=watched, why=why, until=until)


def renew_watch(*, viewing: Viewing, number: int, why: str, until: date) -> int:
    """Renew a watch of the viewer's own; return its new number. Audited. Raises MayNotDo, WatchRefused."""
    governance.check_may(viewing=viewing, what="watch", subject=f"watch {number}")
    return deciding.renew(viewing=viewing, number=number, why=why, until=until)


def end_watch(*, viewing: Viewing, number: int) -> None:
    """End a watch of the viewer's own, whatever the viewer's role is today. Audited. Raises WatchRefused."""
    deciding.end(viewing=viewing, number=number)


def take_as_seen(*, viewing: Viewing, build: Build, number: int, state: str) -> None:
    """Take what a watch told (`WatchShown.state`) as seen. Audited. Raises MayNotDo, WatchRefused."""
    governance.check_may(viewing=viewing, what="watch", subject=f"watch {number}")
    deciding.take_as_seen(viewing=viewing, build=build, number=number, state=state)


def open_with_reason(*, viewing: Viewing, build: Build, known: Known, reason: str) -> str:
    """Record a worker's safeguarding reason about the one person of whom records say exactly what the worker knows; return the id.

    What registers hold about that person then shows as the access table says. Raises MayNotDo, ReasonMissing, NobodyExactly:
    in the same words whether there is nobody, more than one, or nothing the reason would open. Audited either way.
    """
    access.check_can(viewer=viewing.viewer, what="give_reason")
    found = (
        registers.exactly(viewing=viewing, build=build, known=known) if reason.strip() else frozenset({""})
    )
    if len(found) != 1:
        governance.record_view(
            viewing=viewing,
            action="reason.sought",
            subject="none",
            fields=["number"] if known.number else ["name", "birth"],
            decision="nothing",
            why=reason,
        )
        raise NobodyExactly(
            N_("No one person is found by exactly that."),
            remedy=N_(
                "Check the spelling, the day of birth or the number with whoever told you. If you are worried about a child, do not wait: speak to your team manager."
            ),
        )
    (person_id,) = found
    governance.give_reason(viewing=viewing, person_id=person_id, reason=reason)
    return person_id


def end_reason(*, viewing: Viewing, build: Build, person_id: str) -> None:
    """End the viewer's own open reasons about one person (today's id), under whichever of the person's ids each was given. The rows
    stay. Audited."""
    mine = WORKER + viewing.viewer.user_id
    given = access.reasons_for()
    own = [asked for asked, workers in given.items() if mine in workers]
    with transaction.atomic():
        for asked, now in sorted(assignments.today(build, own).items()):
            if now == person_id:
                governance.end_reason(viewing=viewing, person_id=asked)


def export_table(*, viewing: Viewing, build: Build, table: str, out: Path) -> Taken:
    """Write the rows of a derived table that the viewer may see to a .csv or .parquet file; return what became of it.

    Whose a record is, is as of today. What may be seen of a table, `picture.exporting` says. A file that is there already is replaced only by a whole one, and by
    nothing when the viewer may see none of the rows. Raises MayNotDo, MayNotSee, PurposeUnknown, ExportRefused, CannotWrite.
    Audited, refusals too.
    """
    governance.check_may(viewing=viewing, what="export", subject=table)
    access.check_purpose(viewing.purpose)
    kind, see = _kind_of_file(table, out), sight(viewing, build)
    with exporting.written_beside(out) as aside:
        rows = _rows_of(see, table)
        exporting.write(rows, aside, kind)
    moved = len(see.today.moved)
    return Taken(
        int(rows.num_rows),
        moved,
        bool(moved) and table in following.FOLLOW,
        bool(moved) and table in following.LAG,
    )


def _kind_of_file(table: str, out: Path) -> str:
    if table not in EXPORTED:
        known = {"table": table, "known": ", ".join(sorted(EXPORTED))}
        raise ExportRefused(
            Sentence(N_("There is no derived table “%(table)s”."), known),
            remedy=Sentence(N_("There are: %(known)s."), known),
        )
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise ExportRefused(
            Sentence(N_("%(file)s is neither .csv nor .parquet."), {"file": out.name}),
            remedy=N_("Name it with one of the two endings."),
        )
    return out.suffix.lower()


def _rows_of(see: Sight, table: str) -> Any:
    viewing, cursor = see.viewing, see.build.analysis()
    try:
        rows = taken.as_listed(cursor, see, table, exporting.visible(cursor, EXPORTED[table], see))
        is_refused = exporting.hides_all(cursor, EXPORTED[table], rows)
    finally:
        cursor.close()
    governance.record_view(
        viewing=viewing,
        action="table.export",
        subject=table,
        fields=[] if is_refused else EXPORTED[table].column_names(),
        decision="nothing" if is_refused else "allow",
    )
    if is_refused:
        values = {"table": table, "purpose": viewing.purpose}
        raise access.MayNotSee(
            Sentence(N_("For the purpose “%(purpose)s” you may see no row of “%(table)s”."), values),
            remedy=N_(
                "Name with --purpose why you need it. What each purpose opens is in “Who can see what”."
            ),
        )
    return rows
