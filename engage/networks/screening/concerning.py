"""Is somebody or something that a list led to of concern, and why, as far as one viewer may see? By the lists of concern, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engage.networks.concern import PERSON, Concern, Key
from engage.networks.decided import Decided, Decision, decided
from engage.networks.remembering import seen
from engage.networks.rules import OfConcern
from engage.networks.showing import pages_of
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.picture.worklist.rules import age
from engage.store.area import Area


@dataclass(frozen=True)
class Known:
    """How somebody is called and how old they are, "" and None where the viewer may not know; `is_child`: some birth says that they are under 18."""

    name: str
    age: int | None
    is_child: bool


@dataclass(frozen=True)
class Concerned:
    """What the lists of concern say of one, to this viewer. `opened`: by whom it stands open; `children`, `agencies`, `newest_on`: what separate records link
    it to; `is_listed` whether that alone puts it on the list; `is_not_counted`: it is on the list of who is not counted; `has_page`: its page of concern opens. Of a child all is
    empty: children are no people of concern."""

    opened: Decision | None = None
    children: int = 0
    agencies: tuple[str, ...] = ()
    newest_on: date | None = None
    is_listed: bool = False
    is_not_counted: bool = False
    has_page: bool = False


@dataclass(frozen=True)
class Lists:
    """The lists of concern for one viewer, made once for a screening."""

    concern: Concern
    decided: Decided
    has_page: Callable[[Key], bool]
    labels: Mapping[Key, str]

    def of(self, kind: str, key: str, *, is_child: bool = False) -> Concerned:
        """What they say of one."""
        if is_child:
            return Concerned()
        listed = next((one for one in self.concern.found.get(kind, ()) if one.key == key), None)
        tied = listed or (self.concern.tied.get(key) if kind == PERSON else None) or OfConcern(kind, key, ())
        is_apart = kind == PERSON and any(one.key == key for one in self.concern.not_counted)
        return Concerned(
            self.decided.opened(kind, key), len(tied.children), tied.agencies, tied.newest_on, listed is not None, is_apart, self.has_page((kind, key))
        )  # fmt: skip


def lists(see: Sight, area: Area) -> Lists:
    """Work the lists out by what the viewer may see."""
    known = seen(see, area)
    said = decided(see, known.shown)
    return Lists(known.concern, said, pages_of(see, known, said), known.labels)


def known_people(see: Sight, person_ids: Iterable[str]) -> dict[str, Known]:
    """How each of these is called and how old they are, as far as the viewer may know."""
    pages, wanted, on = see.build.pages(), sorted(set(person_ids)), see.viewing.as_of
    how = called(pages, wanted, see, reasons_about(pages, wanted, see=see))
    return {
        person: Known(one.name, age(one.birth, on), may_be_child(births_of(one), on) is True)
        for person, one in how.items()
    }
