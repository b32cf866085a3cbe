"""How does what texts say come into a build? Every version of every text, read once, as rows of the table `told`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.picture.laying.versions import with_base
from engage.picture.narrative.kept import COLUMNS, TEXT_KEY
from engage.store.steps import Progress, Step, silent


@dataclass(frozen=True)
class Texts:
    """Where what was read is kept between builds, and where the area adds to the vocabulary, to the wordings that are noticed and to the indicators."""

    kept: Path
    phrases: Path
    wordings: Path | None = None
    indicators: Path | None = None


# The year in which a text was written is that of what it tells of, or else of its receipt.
_WRITTEN = f"""
    select n.record_id, n.event_record_id, n.person_record_id, n.text, n.known_from_on, n.known_until_on, b.access_base,
        coalesce(year(e.happened_from_at), year(n.received_on))::integer as year, {TEXT_KEY} as text_key
    from narrative n {with_base("n")}
    left join event e on e.record_id = n.event_record_id and e.version = n.version
"""
_TOLD = """
    select n.record_id, n.text_key, t.theme, t.polarity, t.is_hearsay::integer as is_hearsay, t.start as from_sign, t."end" as until_sign, t.entry, t.source,
        n.known_from_on::varchar as known_from_on, n.known_until_on::varchar as known_until_on, n.access_base
    from narrative_written n join text_told t using (text_key)
    where t.theme is not null order by n.record_id, known_from_on, from_sign, t.theme, t.polarity
"""
WORKING = ("narrative_written", "text_told")


def steps(texts: Texts | None, progress: Progress = silent) -> Iterator[Step]:
    """The table `told`; without anywhere to keep what is read nothing is read, and it is empty."""
    yield Step("narrative_written", _WRITTEN)
    yield Step("text_told", call=lambda connection: _read(connection, texts, progress))
    yield Step("told", _TOLD)


def _read(connection: Any, texts: Texts | None, progress: Progress) -> None:
    connection.register("nothing_told", COLUMNS.empty_table())
    connection.execute("create or replace table text_told as select * from nothing_told")
    connection.unregister("nothing_told")
    has_texts = connection.execute("select 1 from narrative_written limit 1").fetchone()
    if texts is None or has_texts is None:
        return
    # The matcher takes a second to come in: only a build with texts needs it.
    from engage.picture.narrative.keeping import read_texts

    read_texts(connection, folder=texts.kept, phrases=texts.phrases, progress=progress)
