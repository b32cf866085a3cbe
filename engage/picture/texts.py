"""What was read in the texts of one page and whom they name, from the build's rows; on which the page has decided already that the text may
be shown."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engage.picture.mentions.measuring import Named
from engage.picture.mentions.rules import (
    BORNE,
    PERSON,
    Candidate,
    MayBe,
    Words,
    fits_alone,
    is_own,
    marked,
    nearest,
)
from engage.picture.readings.rules import MentionRead, Reading, ReadingKey, SaidWrong
from engage.picture.readings.standing import said_wrong
from engage.picture.rules import Entry
from engage.picture.search.called import names_of
from engage.picture.seeing import Base, Sight, reasons_about


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
    return with_mentions(pages, told, see, reasons, said_until=said_until)


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
_NAMED = f"select record_id, kind, from_sign, until_sign, is_certain, text_key from mentioned where {_STANDS} order by record_id, from_sign"
_MAY_BE = (
    "select record_id, kind, from_sign, until_sign, by_sign, thing_key, thing_record_id, via_record_id, why, distance, access_set "
    f"from mentioned_as where {_STANDS}"
)


def with_mentions(
    pages: sqlite3.Connection, entries: Iterable[Entry], see: Sight, reasons: frozenset[str], *, said_until: date | None = None
) -> tuple[Entry, ...]:  # fmt: skip
    """The entries, each whose text is shown with whom and what it names, as text and records were known on the day, and who says that this is
    wrong. All of it is as if there were none of the records that the viewer may not see. `reasons` are those about whom the page is of, on
    which things are decided."""
    shown, day = tuple(entries), str(see.viewing.as_of)
    bound = [_texts_of(shown), day, day]
    rows, names = _open(pages, _today(pages.execute(_MAY_BE, bound), see), see, reasons)
    candidates = _candidates(rows)
    named = {_words(row): row for row in pages.execute(_NAMED, bound)}
    found: dict[str, list[MentionRead]] = defaultdict(list)
    for words in _marked(named, candidates):
        near = nearest(candidates.get(words, ()))
        may_be = tuple(MayBe(one.key, names.get(one.key, ""), one.why) for one in near)
        key = named[words]["text_key"]
        found[words.record_id].append(MentionRead(*words[1:], may_be, fits_alone(near), key))
    wrong = said_wrong(texts={one.text_key for some in found.values() for one in some}, until=said_until)
    return tuple(replace(one, mentions=_judged(found.get(one.event_record_id, ()), wrong)) for one in shown)


def _judged(
    mentions: Iterable[MentionRead], wrong: Mapping[ReadingKey, SaidWrong]
) -> tuple[MentionRead, ...]:
    return tuple(replace(one, wrong=wrong.get(one.key)) for one in mentions)


def _candidates(rows: Iterable[Any]) -> dict[Words, list[Candidate]]:
    """Of all words that these rows make a mention, whom or what they may name."""
    found: dict[Words, list[Candidate]] = defaultdict(list)
    for row in rows:
        one = Candidate(row["thing_key"], row["distance"], row["why"], row["by_sign"])
        found[_words(row)] += [one] if one.why != BORNE else []
    return found


def _marked(named: Mapping[Words, Any], known: Iterable[Words]) -> list[Words]:
    return marked(
        (words for words, row in named.items() if row["is_certain"]),
        (words for words in known if words in named),
    )


def _words(row: Any) -> Words:
    return Words(row["record_id"], row["kind"], row["from_sign"], row["until_sign"])


def _today(rows: Iterable[Any], see: Sight) -> list[dict[str, Any]]:
    """The rows, with the persons that their records are today; without those of which one record ties somebody to the text, and the other, that
    bears the name, is no more that person's."""
    made = []
    for row in map(dict, rows):
        if row["kind"] == PERSON and row["thing_key"] is not None:
            built, via = row["thing_key"], row["via_record_id"]
            row["thing_key"] = see.today.person(row["thing_record_id"], built)
            if via is not None and see.today.person(via, built) != row["thing_key"]:
                continue
        made.append(row)
    return made


_ACCESS = "select access_set, access_base, kind from mentioned_access where access_set in (select value from json_each(?))"


def _open(
    pages: sqlite3.Connection, rows: list[dict[str, Any]], see: Sight, reasons: frozenset[str]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows of which the viewer may see all that they rest on, and of a person a name; and the names. Reasons to look at somebody open what
    tells of them alone, not what ties others to them."""
    persons = {row["thing_key"] for row in rows if row["kind"] == PERSON and row["thing_key"]}
    about = reasons_about(pages, persons, see=see)
    names = names_of(pages, persons, see, about)
    rests: dict[int, list[tuple[Base, str]]] = defaultdict(list)
    for number, base, kind in pages.execute(
        _ACCESS, [json.dumps(sorted({row["access_set"] for row in rows}))]
    ):
        rests[number].append((base, kind))
    made = []
    for row in rows:
        is_person, key = row["kind"] == PERSON, row["thing_key"]
        why = (
            reasons
            if not is_person
            else about.get(key, frozenset())
            if is_own(row["why"], row["distance"])
            else frozenset()
        )
        is_named = not is_person or key is None or key in names
        if is_named and all(see.may(base, kind, why) for base, kind in rests[row["access_set"]]):
            made.append(row)
    return made, names


# The agency, the file and the source's own id of the row that each text came in: of a row that tells of an event and holds a text, the event's.
ROW_OF_TEXT = """
    select n.record_id, n.agency, n.file, coalesce(e.source_id, n.source_id) as source_id from narrative n
    left join event e on e.record_id = n.event_record_id and e.delivery_id = n.delivery_id and e.row_number = n.row_number
    qualify row_number() over (partition by n.record_id order by n.version desc) = 1
"""
_ALL_NAMED = f"""
    select s.agency, s.file, s.source_id, m.record_id, m.kind, m.from_sign, m.until_sign, a.by_sign, a.thing_key, a.thing_record_id, a.via_record_id, a.why, a.distance,
        a.record_id is not null as is_known, m.is_certain
    from mentioned m join ({ROW_OF_TEXT}) s using (record_id) left join mentioned_as a
    on a.record_id = m.record_id and a.from_sign = m.from_sign and a.until_sign = m.until_sign and a.kind = m.kind and a.known_from_on <= $day
    and (a.known_until_on is null or a.known_until_on > $day) where m.known_from_on <= $day and (m.known_until_on is null or m.known_until_on > $day) order by all
"""


def all_mentioned(see: Sight) -> list[Named]:
    """All that texts name as they are known on the day, and who each person was taken to be, as of today. It asks nothing of access."""
    cursor = see.build.analysis()
    try:
        found = cursor.execute(_ALL_NAMED, {"day": str(see.viewing.as_of)})
        names = [column[0] for column in found.description]
        rows = _today((dict(zip(names, row, strict=True)) for row in found.fetchall()), see)
    finally:
        cursor.close()
    return [
        Named(
            row["agency"],
            row["file"],
            row["source_id"],
            row["from_sign"],
            row["until_sign"],
            row["kind"],
            who,
        )
        for row, who in _who_is_named(rows)
    ]


def _who_is_named(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each of the words that are marked where nothing is withheld, with the person that they are taken to name ("" where that is not told)."""
    named = {_words(row): row for row in rows}
    candidates = _candidates(row for row in rows if row["is_known"])
    for words in _marked(named, candidates):
        near = nearest(candidates.get(words, ()))
        yield named[words], near[0].key if words.kind == PERSON and fits_alone(near) else ""
