"""How was it written down? Names and births of records as their sources wrote them, where the viewer may see all of a record."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from engage.identities.judging.rules import Named
from engage.identities.rules import shown
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


_RECORDS = """
    select distinct on (record_id) record_id, coalesce(nullif(trim(full_name), ''), trim(concat_ws(' ', forename, surname))) as name,
        birth_from_on, birth_until_on, [forename, surname, full_name] as written
    from person_record where record_id in (select unnest($ids)) and known_from_on <= $as_of order by record_id, version desc
"""
# How else each of what is compared was written: other names, and addresses.
_WRITTEN = """
    select person_record_id, full_name from person_name where person_record_id in (select unnest($ids)) and known_from_on <= $as_of
    union all
    select r.from_record_id, l.address from relationship r join location l on l.record_id = r.to_record_id
    where r.from_record_id in (select unnest($ids)) and r.known_from_on <= $as_of and l.known_from_on <= $as_of
    order by 1, 2
"""


def named(viewing: Viewing, build: Build, record_ids: Iterable[str]) -> dict[str, Named]:
    """Each of these records of which the viewer may see all that is compared."""
    bound = {"ids": sorted(seen(viewing, build, record_ids).whole), "as_of": viewing.as_of}
    cursor = build.analysis()
    try:
        rows: list[Any] = cursor.execute(_RECORDS, bound).fetchall()
        texts: dict[str, list[str | None]] = defaultdict(list)
        for record, text in cursor.execute(_WRITTEN, bound).fetchall():
            texts[record].append(text)
    finally:
        cursor.close()
    return {
        record: Named(name or "", _birth(born_from, born_until), _by_plain([*written, *texts[record]]))
        for record, name, born_from, born_until, written in rows
    }


def plain(text: str) -> str:
    """The text without case, marks and anything but letters and digits: what is written differently and is the same."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if sign.isalnum())


def _birth(born_from: date | None, born_until: date | None) -> str:
    return shown("birth", {"birth_from": born_from, "birth_until": born_until}) or ""


def _by_plain(texts: Iterable[str | None]) -> dict[str, str]:
    """Each text and each word of it, by its plain form; the first counts."""
    found: dict[str, str] = {}
    for text in texts:
        for part in (text or "", *(text or "").split()):
            found.setdefault(plain(part), part.strip(" ,;"))
    return {key: part for key, part in found.items() if key}
