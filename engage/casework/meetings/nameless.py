"""How is no child named where none is to be? What people write is looked through before it is kept, and what they wrote elsewhere is struck out.

Whole names are found of anybody in the area. A given name or a nickname alone is many people's, and often a word of its own (Will, Rose): it is found of those alone whom a
record ties to a place on the agenda, and only where it is written as a name, with a capital.

Only for names that whoever writes or reads may know: else whoever is refused a name, or sees it struck out, would learn that somebody of that name is known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from engage.casework.meetings.rules import MeetingRefused
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.vocabulary.letters import plain_words
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


_LONGEST = 4
_FIND = (
    "select distinct key, person_id, record_id, kind, access_base, other_base from find where key in (select value from json_each(?)) "
    "and known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
)


_TIED = (
    "select person_id, person_record_id, through, kind, access_base, other_base, role_base, thing_base from tie where thing <> 'person' and thing = 'place' "
    "and thing_key in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
)
_NAMED = (
    "select person_id, record_id, value, kind, access_base, other_base from said where person_id in (select value from json_each(?)) "
    "and field in ('name', 'alias', 'nickname', 'former', 'preferred') and known_from_on <= ?"
)
# A word as it is written, and what of it may be a name: without the “'s” of what is somebody's.
_WORD = re.compile(r"([^\W\d_]+(?:['\u2019](?!s\b)[^\W\d_]+)*)")


def check_nameless(see: Sight, texts: Iterable[str], given: Collection[str]) -> None:
    """Raise MeetingRefused for a text in which a whole name stands of somebody who is or may be a child, as far as the viewer may know the name, or one of these given names."""
    for text in texts:
        found = names_in(see, text) or _given_in(text, given)
        if found:
            raise MeetingRefused(
                Sentence(N_("No child is named in this meeting. Take out “%(name)s”."), {"name": found[0]}),
                remedy=N_("Say what happened without saying to whom: “a child of 14”, “two children”."),
            )


def without_names(see: Sight, text: str, given: Collection[str] = ()) -> str:
    """A text with each of these whole names struck out, and each of these given names."""
    for name in names_in(see, text):
        words = r"\W+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", "…", text, flags=re.IGNORECASE)
    return _WORD.sub(lambda word: "…" if _is_given(word[1], given) else word[0], text)


def given_names(see: Sight, places: Iterable[str]) -> frozenset[str]:
    """In plain small letters, the given names and nicknames of those who are or may be children and whom a record ties to one of these places."""
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    ties = pages.execute(_TIED, [json.dumps(sorted(set(places))), day, day]).fetchall()
    whose = [(row, see.today.person(row["person_record_id"], row["person_id"])) for row in ties]
    reasons = reasons_about(pages, {person for _row, person in whose}, see=see)
    tied = {person for row, person in whose if see.strictest(_parts(row), reasons[person]).is_allowed}
    children = _may_be_children(see, tied)
    rows = pages.execute(_NAMED, [json.dumps(sorted(see.today.laid_ids(children))), day]).fetchall()
    return frozenset(
        word
        for row in rows
        if (person := see.today.person(row["record_id"], row["person_id"])) in children
        and see.hears(row["access_base"], row["other_base"], row["kind"], reasons[person])
        for word in _given(row["value"])
    )


def _parts(row: Any) -> tuple[tuple[Any, str], ...]:
    """What access to a tie is decided on."""
    return (
        (row["access_base"], row["through"]), (row["other_base"], row["kind"]), (row["role_base"], "role"), (row["thing_base"], "role"),
    )  # fmt: skip


def _given(name: str) -> list[str]:
    """Of a name as it was written, the words but the surname, which stands last or before a comma; of a single word that word. A letter alone is no name."""
    _surname, comma, rest = name.partition(",")
    words = plain_words(rest) if comma else plain_words(name)
    return [word for word in (words if comma else words[:-1] or words) if len(word) > 1]


def _given_in(text: str, given: Collection[str]) -> list[str]:
    return [word for word in _WORD.findall(text) if _is_given(word, given)]


def _is_given(word: str, given: Collection[str]) -> bool:
    return word[0].isupper() and "".join(plain_words(word)) in given


def names_in(see: Sight, text: str) -> list[str]:
    """The whole names in a text of people who are or may be children, in either order of two words: the longest first."""
    keys = {f"name:{' '.join(sorted_as)}": written for written, sorted_as in _runs(list(plain_words(text)))}
    if not keys:
        return []
    day = see.viewing.as_of.isoformat()
    rows = see.build.pages().execute(_FIND, [json.dumps(sorted(keys)), day, day]).fetchall()
    whose = [(row, see.today.person(row["record_id"], row["person_id"])) for row in rows]
    people = {person for _row, person in whose}
    reasons = reasons_about(see.build.pages(), people, see=see)
    known = {
        person: row["key"]
        for row, person in whose
        if see.hears(row["access_base"], row["other_base"], row["kind"], reasons[person])
    }
    children = _may_be_children(see, known)
    named = {keys[row["key"]] for row, person in whose if person in children and person in known}
    return sorted(named, key=lambda name: (-len(name), name))


def _runs(words: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every run of two to four words as it is written, and as a name may be kept; of two words also with the surname first."""
    for size in range(2, _LONGEST + 1):
        for at in range(len(words) - size + 1):
            run = tuple(words[at : at + size])
            yield " ".join(run), run
            if len(run) == 2:
                yield " ".join(run), run[::-1]


def _may_be_children(see: Sight, people: Iterable[str]) -> set[str]:
    """Those of whom no birth that the viewer may know says that they are grown up."""
    pages, ids = see.build.pages(), sorted(set(people))
    found = called(pages, ids, see, reasons_about(pages, ids, see=see))
    day = london_day(see.viewing.at)
    return {person for person in ids if may_be_child(births_of(found.get(person)), day) is not False}
