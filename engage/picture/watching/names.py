"""Of whom did a record become known under this name, or one near it, of what one viewer may see? By the names that searching finds."""

from __future__ import annotations

import json
from weakref import WeakKeyDictionary

from engage.picture.reading import may_hear
from engage.picture.search import names, spacing
from engage.picture.search.called import names_of
from engage.picture.seeing import Sight, reasons_about
from engage.picture.watching.rules import NAME, Arrived, Came, mark
from engage.store.warehouse import Build


# A search shows whatever comes near, for a person to look at. Who is told without having asked is told of names that are nearer: a letter or two
# off, a short form, the words in another order.
NEAR_ENOUGH = 85.0
_NEW = (
    "select person_id, record_id, find.kind as kind, access_base, other_base, known_from_on, came from json_each(?) as wanted "
    "cross join find indexed by find_by_key on find.key = wanted.value where came > ? and known_from_on <= ?"
)


def of_name(see: Sight, words: str, since: Came) -> list[Arrived]:
    """The records that give somebody such a name, came since, and are known by the viewing's day."""
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    rows = pages.execute(_NEW, [_keys(see.build, words), since.delivery, day]).fetchall()
    person_of = {row["record_id"]: see.today.person(row["record_id"], row["person_id"]) for row in rows}
    why = reasons_about(pages, person_of.values(), see=see)
    names_shown = names_of(pages, person_of.values(), see, why)
    found = []
    for row in rows:
        person = person_of[row["record_id"]]
        if person in names_shown and may_hear(row, see, why[person]):
            agency, known = (
                see.bases[row["access_base"]][0],
                mark(NAME, row["record_id"], row["came"]),
            )
            found.append(Arrived(person, names_shown[person], "said", "name", agency, row["known_from_on"], Came(row["came"]), known))  # fmt: skip
    return found


# By build, so that nothing is kept of one that is served no more: which names are near is the same for everybody.
_near: WeakKeyDictionary[Build, dict[str, str]] = WeakKeyDictionary()


_NAMED = (
    "select person_id, record_id, find.kind as kind, access_base, other_base from json_each(?) as wanted cross join find indexed by find_by_key "
    "on find.key = wanted.value where known_from_on <= ? and exists (select 1 from mentioned_as where thing_key = find.person_id)"
)


def called_so(see: Sight, words: str) -> set[str]:
    """Who has such a name by a record that the viewer may see, of those whom any text names (today's ids)."""
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    rows = pages.execute(_NAMED, [_keys(see.build, words), day]).fetchall()
    person_of = {row["record_id"]: see.today.person(row["record_id"], row["person_id"]) for row in rows}
    why = reasons_about(pages, person_of.values(), see=see)
    return {
        person_of[row["record_id"]] for row in rows if may_hear(row, see, why[person_of[row["record_id"]]])
    }


def _keys(build: Build, words: str) -> str:
    kept = _near.setdefault(build, {})
    if words not in kept:
        pages = build.pages()
        near, _is_cut = spacing.near_names(pages, names.asked(pages, words))
        kept[words] = json.dumps([f"name:{name.words}" for name in near if name.closeness >= NEAR_ENOUGH])
    return kept[words]
