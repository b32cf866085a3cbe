"""What was read in the texts of one page, from the build's rows; on which the page has decided already that the text may be shown."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from engage.picture.readings.rules import Reading
from engage.picture.readings.standing import said_wrong
from engage.picture.rules import Entry


_OF_TEXTS = """
    select record_id, theme, polarity, is_hearsay, from_sign, until_sign, entry, source, text_key from told
    where record_id in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
    order by record_id, from_sign, theme, polarity
"""


def with_told(
    pages: sqlite3.Connection, entries: Iterable[Entry], day: date, *, said_until: date | None = None
) -> tuple[Entry, ...]:
    """The entries, each whose text is shown with what was read in it as that text was known on the day, and with who says that it is
    wrong; `said_until` is the last day of which what people said of it counts (None: all that they said)."""
    shown = tuple(entries)
    texts = json.dumps(
        sorted({entry.event_record_id for entry in shown if entry.narrative and not entry.is_fresh})
    )
    found: dict[str, list[Reading]] = defaultdict(list)
    for record, theme, polarity, is_hearsay, start, end, entry, source, text in pages.execute(
        _OF_TEXTS, [texts, str(day), str(day)]
    ):
        found[record].append(Reading(theme, polarity, bool(is_hearsay), start, end, entry, source, text))
    keys = {one.text_key for some in found.values() for one in some}
    wrong = said_wrong(texts=keys, until=said_until) if keys else {}
    return tuple(
        replace(
            one,
            told=tuple(
                replace(read, wrong=wrong.get(read.key)) for read in found.get(one.event_record_id, ())
            ),
        )
        for one in shown
    )
