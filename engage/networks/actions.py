"""The writing door of the networks: what a build found of groups, and what people decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engage.governance import actions as governance
from engage.networks import deciding, queries
from engage.networks.deciding import GRADE, DecisionRefused, Word
from engage.networks.groups import adopting, standing
from engage.networks.groups.adopting import AdoptionRefused
from engage.networks.groups.naming import Found
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = [
    "GRADE",
    "AdoptionRefused",
    "DecisionRefused",
    "Word",
    "adopt_group",
    "close_concern",
    "drop_group",
    "name_groups",
    "open_concern",
    "set_not_counted",
]


def name_groups(found: Sequence[Found], *, viewing: Viewing, build_id: str, at: datetime) -> list[int]:
    """The number of each group that a build found, going on from those of the last; what changed is written down. Audited."""
    return standing.name_groups(found, viewing=viewing, build_id=build_id, at=at)


def open_concern(*, viewing: Viewing, build: Build, area: Area, family: str, word: Word) -> int:
    """Keep that a named person opens somebody or something as of concern; return the number. It changes nothing of what is worked out. Audited.
    Raises MayNotDo, NothingToShow, DecisionRefused."""
    return _decide(viewing, build, area, (family, "opened"), word)


def close_concern(*, viewing: Viewing, build: Build, area: Area, family: str, word: Word) -> int:
    """Keep that a named person closes what stands open; both rows stay. Audited. Raises MayNotDo, NothingToShow, DecisionRefused."""
    return _decide(viewing, build, area, (family, "closed"), word)


def set_not_counted(*, viewing: Viewing, build: Build, area: Area, word: Word) -> int:
    """Keep that a named person looked at why somebody is not counted, and when that is looked at again. Audited. Raises MayNotDo, NothingToShow,
    DecisionRefused."""
    return _decide(viewing, build, area, ("people", "not_counted"), word)


def _decide(viewing: Viewing, build: Build, area: Area, what: tuple[str, str], word: Word) -> int:
    family, says = what
    governance.check_may(viewing=viewing, what="open_concern", subject=word.code)
    found = queries.subject(viewing=viewing, build=build, area=area, family=family, code=word.code)
    see = sight(viewing, build)
    deciding.check(see, found, word, says)
    return deciding.keep(see, found, word, says)


def adopt_group(*, viewing: Viewing, build: Build, area: Area, number: int, name: str, reason: str) -> int:
    """Keep that a named lead adopts a group as it stands, under a name and with reasons: from then on others see it, each as far as they may. Audited.
    Raises MayNotDo, NothingToShow, AdoptionRefused."""
    governance.check_may(viewing=viewing, what="adopt_group", subject=f"group:{number}")
    if not name.strip():
        raise AdoptionRefused(adopting.NAMELESS)
    found = queries.group(viewing=viewing, build=build, area=area, number=number)
    return adopting.keep(sight(viewing, build), found.group, name=name, reason=reason)


def drop_group(*, viewing: Viewing, build: Build, area: Area, number: int, reason: str) -> int:
    """Keep that a named lead drops an adopted group; all rows stay. Audited. Raises MayNotDo, NothingToShow, AdoptionRefused."""
    governance.check_may(viewing=viewing, what="adopt_group", subject=f"group:{number}")
    found = queries.group(viewing=viewing, build=build, area=area, number=number)
    return adopting.keep(sight(viewing, build), found.group, name="", reason=reason)
