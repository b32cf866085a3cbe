"""The reading door for those who measure what was read in texts, or oversee how agencies write. One call, one audit row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.mentions.measuring import Named as NamedInText
from engage.picture.readings import counting
from engage.picture.readings.rules import Counted
from engage.picture.readings.standing import last_day
from engage.picture.seeing import sight
from engage.picture.texts import ROW_OF_TEXT, all_mentioned
from engage.picture.wording.summing import Worded, worded
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def told_in(
    *, viewing: Viewing, build: Build, texts: Collection[tuple[str, str, str]]
) -> list[tuple[str, str, str, str, str]]:
    """What was read in these texts (agency, file, the source's id), as they are known on the day: each with theme and polarity. For those
    who may evaluate, of texts of which they have a known answer. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="evaluate")
    cursor = build.analysis()
    try:
        rows = cursor.execute(_EVERYTHING_TOLD, [str(viewing.as_of)] * 2).fetchall()
    finally:
        cursor.close()
    governance.record_view(
        viewing=viewing, action="texts.told", subject="all", fields=["theme", "polarity"], decision="allow"
    )
    return [row for row in rows if row[:3] in texts]


_EVERYTHING_TOLD = f"""
    select distinct s.agency, s.file, s.source_id, theme, polarity from told join ({ROW_OF_TEXT}) s using (record_id)
    where known_from_on <= ? and (known_until_on is null or known_until_on > ?) order by all
"""


def mentioned_in(*, viewing: Viewing, build: Build, files: Collection[tuple[str, str]]) -> list[NamedInText]:
    """Whom and what the texts of these files (agency, file) name as they are known on the day, and whom each person was taken to be today.
    For those who may evaluate, of files of which they have a known answer. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="evaluate")
    found = all_mentioned(sight(viewing, build))
    governance.record_view(
        viewing=viewing,
        action="texts.mentioned",
        subject="all",
        fields=["kind", "person_id"],
        decision="allow",
    )
    return [one for one in found if one.key[:2] in files]


def how_worded(*, viewing: Viewing, build: Build, area: Area, from_on: date, until_on: date) -> Worded:
    """How many texts hold wordings that blame a child, by theme and agency, over the quarters of the days given (the last not included) that are over,
    each rounded to five; as known today, of texts that the viewer may read, for those who may oversee. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="oversee")
    found = worded(
        sight(viewing, build), from_on=from_on, until_on=until_on, wordings=area.folder / "wording"
    )
    governance.record_view(
        viewing=viewing, action="texts.worded", subject="all", fields=["theme", "agency"], decision="allow"
    )
    return found


def readings_judged(*, viewing: Viewing, build: Build) -> tuple[Counted, ...]:
    """How often people said that what an entry of the vocabulary finds in texts is wrong, of how many readings of the build: for those
    who may evaluate. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="evaluate")
    cursor = build.analysis()
    try:
        found = counting.counted(cursor, viewing.as_of, said_until=last_day(viewing, build))
    finally:
        cursor.close()
    governance.record_view(
        viewing=viewing, action="texts.judged", subject="all", fields=["theme", "entry"], decision="allow"
    )
    return found
