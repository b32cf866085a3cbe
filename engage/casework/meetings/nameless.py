"""How is no child named where none is to be? What people write is looked through before it is kept, and what they wrote elsewhere is struck out.

Whole names are found of anybody in the area. A given name or a nickname alone is many people's, and often a word of its own (Will, Rose): it is found of those alone whom a
record ties to a place on the agenda, and only where it is written as a name, with a capital.

Only for names that whoever writes or reads may know: else whoever is refused a name, or sees it struck out, would learn that somebody of that name is known here.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    "select thing_key, person_id, person_record_id, through, kind, access_base, other_base, role_base, thing_base from tie where thing <> 'person' and thing = 'place' "
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
    if name := name_in(see, texts, given):
        raise MeetingRefused(
            Sentence(N_("No child is named in this meeting. Take out “%(name)s”."), {"name": name}),
            remedy=N_("Say what happened without saying to whom: “a child of 14”, “two children”."),
        )


def check_heading(see: Sight, called: str, place: str, given: Collection[str]) -> None:
    """Raise MeetingRefused where a meeting of any kind is called after a child, or is held at a place called so: it stands in calendars and lists of whoever is invited, for whatever case. `given`: names
    that are not to stand alone in what it is called."""
    if name := name_in(see, (called,), given) or name_in(see, (place,), ()):
        raise MeetingRefused(
            Sentence(
                N_("No child is named in what a meeting is called, or where it is. Take out “%(name)s”."), {"name": name}
            ),
            remedy=N_("It stands in calendars: “April”, “Room 2” or “At home” is enough."),
        )  # fmt: skip


def name_in(see: Sight, texts: Iterable[str], given: Collection[str]) -> str:
    """The first name found in these texts of somebody who is or may be a child, as far as the viewer may know the name, or of these given names; "" where there is none."""
    some = list(texts)
    found = [names or _given_in(text, given) for text, names in zip(some, names_in(see, some), strict=True)]
    return next((one[0] for one in found if one), "")


def given_of(names: Iterable[str]) -> frozenset[str]:
    """The given names among these names, in plain small letters."""
    return frozenset(word for name in names for word in _given(name))


def without_names(see: Sight, texts: Iterable[tuple[str, Collection[str]]]) -> list[str]:
    """Each text with whole names struck out, and with each of the given names that go with it."""
    some = list(texts)
    found = names_in(see, [text for text, _given in some])
    return [_struck_out(text, names, given) for (text, given), names in zip(some, found, strict=True)]


def _struck_out(text: str, names: Iterable[str], given: Collection[str]) -> str:
    for name in names:
        words = r"\W+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", "…", text, flags=re.IGNORECASE)
    return _WORD.sub(lambda word: "…" if _is_given(word[1], given) else word[0], text)


def given_names(see: Sight, places: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each of these places, in plain small letters, the given names and nicknames of those who are or may be children and whom a record ties to it."""
    pages, day, asked = see.build.pages(), see.viewing.as_of.isoformat(), sorted(set(places))
    ties = pages.execute(_TIED, [json.dumps(asked), day, day]).fetchall()
    whose = [(row, see.today.person(row["person_record_id"], row["person_id"])) for row in ties]
    reasons = reasons_about(pages, {person for _row, person in whose}, see=see)
    tied: dict[str, set[str]] = {place: set() for place in asked}
    for row, person in whose:
        if see.strictest(_parts(row), reasons[person]).is_allowed:
            tied[row["thing_key"]].add(person)
    children = _may_be_children(see, set().union(*tied.values()))
    named: dict[str, set[str]] = defaultdict(set)
    for row in pages.execute(_NAMED, [json.dumps(sorted(see.today.laid_ids(children))), day]).fetchall():
        person = see.today.person(row["record_id"], row["person_id"])
        if person in children and see.hears(row["access_base"], row["other_base"], row["kind"], reasons[person]):  # fmt: skip
            named[person] |= set(_given(row["value"]))
    return {place: frozenset(word for person in some for word in named[person]) for place, some in tied.items()}  # fmt: skip


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


def names_in(see: Sight, texts: Sequence[str]) -> list[list[str]]:
    """In each of these texts the whole names of people who are or may be children, in either order of two words: the longest first. The number of queries does not grow with
    the texts."""
    keys = [
        {f"name:{' '.join(by)}": written for written, by in _runs(list(plain_words(one)))} for one in texts
    ]
    if not any(keys):
        return [[] for _one in texts]
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    rows = pages.execute(_FIND, [json.dumps(sorted(set().union(*keys))), day, day]).fetchall()
    whose = [(row, see.today.person(row["record_id"], row["person_id"])) for row in rows]
    reasons = reasons_about(pages, {person for _row, person in whose}, see=see)
    known = [(row["key"], person) for row, person in whose if see.hears(row["access_base"], row["other_base"], row["kind"], reasons[person])]  # fmt: skip
    children = _may_be_children(see, {person for _key, person in known})
    borne: dict[str, set[str]] = defaultdict(set)
    for row, person in whose:
        borne[row["key"]].add(person)
    return [_named(written, borne, {person for key, person in known if key in written} & children) for written in keys]  # fmt: skip


def _named(written: Mapping[str, str], borne: Mapping[str, set[str]], children: Collection[str]) -> list[str]:
    """Of the runs of words of one text, by what they may be kept under, those that one of these children bears."""
    named = {words for key, words in written.items() if key in borne and not borne[key].isdisjoint(children)}
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
