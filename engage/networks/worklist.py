"""What the network adds to the worklist of children: who and what of concern each is linked to, as facts beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from engage.networks.concern import PERSON
from engage.networks.remembering import seen
from engage.networks.rules import OfConcern
from engage.picture.seeing import Sight
from engage.picture.worklist import queries
from engage.picture.worklist.rules import FACTS, Joined, Worklist
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_


LINKED = {
    "linked_people": N_("linked people of concern, most first"),
    "linked_places": N_("linked places of concern, most first"),
}
COLUMNS = {"linked_people": N_("Linked people of concern"), "linked_places": N_("Linked places of concern")}
ALL_FACTS: Mapping[str, str] = {**LINKED, **FACTS}
# Why this order (docs/explanation/why-no-scores.md): somebody whom separate records tie to several children is what no agency can see in the record of one
# child; then what several agencies saw apart from each other; of those alike the newest, where something can still be done.
DEFAULT_ORDER = ("linked_people", "harm_agencies", "newest_harm")


def worklist(
    *, viewing: Viewing, build: Build, area: Area, facts: tuple[str, ...] = DEFAULT_ORDER
) -> Worklist:
    """The worklist of the picture with linked people and places of concern, by what the viewer may see of these. Audited."""
    return queries.worklist(viewing=viewing, build=build, area=area, facts=facts, joined=_joined(area))


def worklist_to_take_away(
    *, viewing: Viewing, build: Build, area: Area, facts: tuple[str, ...] = DEFAULT_ORDER
) -> Worklist:
    """The same to take away as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown."""
    return queries.worklist_to_take_away(
        viewing=viewing, build=build, area=area, facts=facts, joined=_joined(area)
    )


def _joined(area: Area) -> Joined:
    return Joined(LINKED, COLUMNS, lambda see: linked(see, area))


def linked(see: Sight, area: Area) -> dict[str, dict[str, tuple[str, ...]]]:
    """By fact, of each child who and what of concern is linked to them. A place is one where an adult of concern was as well."""
    found = seen(see, area).concern
    return {
        "linked_people": _by_child(found.found[PERSON]),
        "linked_places": _by_child(one for one in found.found["place"] if one.adults),
    }


def _by_child(some: Iterable[OfConcern]) -> dict[str, tuple[str, ...]]:
    made: dict[str, list[str]] = defaultdict(list)
    for one in some:
        for child in one.children:
            made[child].append(one.key)
    return {child: tuple(keys) for child, keys in made.items()}
