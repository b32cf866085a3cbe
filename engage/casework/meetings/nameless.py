"""How is no child named where none is to be? What people write is looked through before it is kept, and what they wrote elsewhere is struck out.

Only for names that whoever writes or reads may know: else whoever is refused a name, or sees it struck out, would learn that somebody of that name is known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from engage.casework.meetings.kinds.rules import Kind
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


def check_nameless(see: Sight, kind: Kind, texts: Iterable[str]) -> None:
    """Where no child is named, raise MeetingRefused for a text in which a whole name stands of somebody who is or may be a child, as far as the viewer may know the name."""
    if kind.names_children:
        return
    for text in texts:
        found = names_in(see, text)
        if found:
            raise MeetingRefused(
                Sentence(N_("No child is named in this meeting. Take out “%(name)s”."), {"name": found[0]}),
                remedy=N_("Say what happened without saying to whom: “a child of 14”, “two children”."),
            )


def without_names(see: Sight, text: str) -> str:
    """A text with each of these names struck out."""
    for name in names_in(see, text):
        words = r"\W+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


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
