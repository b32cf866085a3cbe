"""What was read in the texts of one page and whom they name, from the build's rows; on which the page has decided already that the text may
be shown."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from engage.picture.mentions.measuring import Named
from engage.picture.mentions.rules import PERSON, MayBe, Mentioned
from engage.picture.readings.rules import Reading
from engage.picture.readings.standing import said_wrong
from engage.picture.rules import Entry
from engage.picture.search.called import names_of
from engage.picture.seeing import Sight, reasons_about


_OF_TEXTS = """
    select record_id, theme, polarity, is_hearsay, from_sign, until_sign, entry, source, text_key from told
    where record_id in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
    order by record_id, from_sign, theme, polarity
"""


def with_what_was_read(
    see: Sight, reasons: frozenset[str], entries: Iterable[Entry], *, said_until: date | None
) -> tuple[Entry, ...]:
    """The entries, each whose text is shown with what was read in it, who says that it is wrong, and whom and what it names."""
    pages = see.build.pages()
    told = with_told(pages, entries, see.viewing.as_of, said_until=said_until)
    return with_mentions(pages, told, see, reasons)


def with_told(
    pages: sqlite3.Connection, entries: Iterable[Entry], day: date, *, said_until: date | None = None
) -> tuple[Entry, ...]:
    """The entries, each whose text is shown with what was read in it as that text was known on the day, and with who says that it is
    wrong; `said_until` is the last day of which what people said of it counts (None: all that they said)."""
    shown = tuple(entries)
    texts = _texts_of(shown)
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


def _texts_of(shown: Iterable[Entry]) -> str:
    """The records of the texts that are shown, as a JSON list."""
    return json.dumps(
        sorted({entry.event_record_id for entry in shown if entry.narrative and not entry.is_fresh})
    )


_STANDS = "record_id in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
_NAMED = f"select record_id, kind, from_sign, until_sign from mentioned where {_STANDS} order by record_id, from_sign"
_MAY_BE = (
    "select record_id, kind, from_sign, is_taken, count(*) over (partition by record_id, kind, from_sign) > 1 as is_one_of_several, thing_key, thing_record_id, why, thing_kind, thing_base, by_kind, by_base "
    f"from mentioned_as where {_STANDS} order by record_id, from_sign, thing_key"
)


def with_mentions(
    pages: sqlite3.Connection, entries: Iterable[Entry], see: Sight, reasons: frozenset[str]
) -> tuple[Entry, ...]:
    """The entries, each whose text is shown with whom and what it names, as the text was known on the day. Whom the viewer may not know is
    nobody that the words may be; `reasons` are those about whom the page is of, on which things are decided."""
    shown, day = tuple(entries), str(see.viewing.as_of)
    bound = [_texts_of(shown), day, day]
    rows = [_today(row, see) for row in pages.execute(_MAY_BE, bound)]
    everybody: dict[_Words, set[str]] = defaultdict(set)
    for row in rows:
        everybody[_words(row)].add(row["thing_key"])
    # Those between whom it was unsure may have been judged to be one since.
    taken = {_words(row) for row in rows if row["is_taken"]} | {
        _words(row) for row in rows if len(everybody[_words(row)]) == 1 and row["is_one_of_several"]
    }
    may_be: dict[_Words, list[MayBe]] = defaultdict(list)
    for row, thing in _open(pages, rows, see, reasons):
        may_be[_words(row)].append(thing)
    found: dict[str, list[Mentioned]] = defaultdict(list)
    for record, kind, start, end in pages.execute(_NAMED, bound):
        words = (record, kind, start)
        some = tuple(dict.fromkeys(may_be[words]))
        found[record].append(Mentioned(kind, start, end, some, words in taken))
    return tuple(replace(one, mentions=tuple(found.get(one.event_record_id, ()))) for one in shown)


# The text, the kind, and where the words begin.
_Words = tuple[str, str, int]


def _words(row: Any) -> _Words:
    return row["record_id"], row["kind"], row["from_sign"]


def _today(row: Any, see: Sight) -> dict[str, Any]:
    """The row, with the person that the record is today."""
    if row["kind"] != PERSON:
        return dict(row)
    return {**dict(row), "thing_key": see.today.person(row["thing_record_id"], row["thing_key"])}


def _open(
    pages: sqlite3.Connection, rows: list[Any], see: Sight, reasons: frozenset[str]
) -> Iterator[tuple[Any, MayBe]]:
    """Whom and what the viewer may know that words name: the record of it, what ties it to the text, and of a person a name."""
    persons = {row["thing_key"] for row in rows if row["kind"] == PERSON}
    about = reasons_about(pages, persons, see=see)
    names = names_of(pages, persons, see, about)
    for row in rows:
        is_person, key = row["kind"] == PERSON, row["thing_key"]
        why = about[key] if is_person else reasons
        parts = ((row["thing_base"], row["thing_kind"]), (row["by_base"], row["by_kind"]))
        is_open = all(base is None or see.may(base, kind, why) for base, kind in parts)
        if is_open and (not is_person or key in names):
            yield row, MayBe(key, names[key] if is_person else "", row["why"])


# The agency, the file and the source's own id of the row that each text came in: of a row that tells of an event and holds a text, the event's.
ROW_OF_TEXT = """
    select n.record_id, n.agency, n.file, coalesce(e.source_id, n.source_id) as source_id from narrative n
    left join event e on e.record_id = n.event_record_id and e.delivery_id = n.delivery_id and e.row_number = n.row_number
    qualify row_number() over (partition by n.record_id order by n.version desc) = 1
"""
_ALL_NAMED = f"""
    select distinct s.agency, s.file, s.source_id, m.from_sign, m.until_sign, m.kind, a.thing_record_id, a.thing_key
    from mentioned m join ({ROW_OF_TEXT}) s using (record_id) left join mentioned_as a
    on a.record_id = m.record_id and a.from_sign = m.from_sign and a.kind = m.kind and a.is_taken = 1 and m.kind = 'person' and a.known_from_on <= ?
    and (a.known_until_on is null or a.known_until_on > ?) where m.known_from_on <= ? and (m.known_until_on is null or m.known_until_on > ?) order by all
"""


def all_mentioned(see: Sight) -> list[Named]:
    """All that texts name as they are known on the day, and who each person was taken to be, as of today. It asks nothing of access."""
    cursor = see.build.analysis()
    try:
        rows = cursor.execute(_ALL_NAMED, [str(see.viewing.as_of)] * 4).fetchall()
    finally:
        cursor.close()
    return [
        Named(agency, file, source, start, end, kind, see.today.person(record, person) if person else "")
        for agency, file, source, start, end, kind, record, person in rows
    ]
