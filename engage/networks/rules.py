"""What is a line, what is a link between a child and somebody or something, and what is of concern? Plain values, no store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from engage.vocabulary.words import N_


# What a line can lead to, in the order in which concern is worked out after children and adults.
THINGS = ("event", "place", "vehicle", "phone", "account")
STRENGTHS = {
    "confirmed": N_("recorded"),
    "tentative": N_("read in a text, or graded low"),
    "inferred": N_("worked out from two records"),
}
# Why a line does not count as a link. What is set aside stays in view, in a list of its own.
ASIDE = {
    "bystander": N_("told of it, saw it or was wronged, and had no part in it with the child"),
    "household": N_("happened in a family's home"),
    "family": N_("is the child's family or lives with the child"),
    "work": N_("did what is the work of somebody who reports concerns about children of several families"),
    "common": N_("a place, vehicle or phone that many people have to do with"),
    "home": N_("is the child's own home"),
    "false": N_("graded as suspected to be false"),
}


def code_of(kind: str, key: str) -> str:
    """How somebody or something is named in addresses of pages and in the log: a person by the id, anything else by a digest, because street
    addresses, plates and numbers do not belong there."""
    return key if kind == "person" else hashlib.sha256(f"{kind} {key}".encode()).hexdigest()[:16]


def named_in_log(kind: str, key: str) -> str:
    """The same for the log, where nothing else says what kind of thing a code is of."""
    return key if kind == "person" else f"{kind}:{code_of(kind, key)}"


@dataclass(frozen=True)
class Line:
    """One record that ties one person (today's id) to one thing, as one viewer may see it. `strength` is one of STRENGTHS; `aside` one of ASIDE,
    "" where it counts; `on` the London day on which it happened, None when that is not known; `age` the youngest age in whole years then."""

    person_id: str
    thing: str
    key: str
    how: str
    strength: str
    aside: str
    record_id: str
    agency: str
    on: date | None
    is_child: bool
    person_record_id: str = ""
    label: str = ""
    of_kind: str = ""
    grade: str = ""
    age: int | None = None
    # How lists write it, where that is not as its source does: who is not known to have been 18 is called a suspect by none (picture/accused).
    listed: str = field(default="", compare=False)

    @property
    def part(self) -> str:
        """What somebody has to do with it, as lists write it."""
        return self.listed or self.how

    @property
    def counts(self) -> bool:
        """It is not set aside."""
        return not self.aside


@dataclass(frozen=True)
class Link:
    """What ties somebody or something to one child: by an event in which both had a part (`through` is the event's kind and record), or by a
    thing that both have to do with. `theirs` and `childs` are the lines on both sides, of one record or of two."""

    child: str
    theirs: Line
    childs: Line

    @property
    def strength(self) -> str:
        """Inferred where it is worked out from two records; tentative where either side is."""
        if self.theirs.thing != "event":
            return "inferred"
        return "tentative" if "tentative" in (self.theirs.strength, self.childs.strength) else "confirmed"

    @property
    def agency(self) -> str:
        """Whose record it is."""
        return self.theirs.agency

    @property
    def on(self) -> date | None:
        """When it happened; of two records the later day."""
        return max((day for day in (self.theirs.on, self.childs.on) if day), default=None)


@dataclass(frozen=True)
class OfConcern:
    """Somebody or something that separate records link to children with signs of harm or exposure. All but the links are facts that the list
    is ordered by: distinct children, then agencies that hold a link, then the day of the newest. `adults` are those of concern at a place, in a vehicle, on
    a phone. `aside` are links that were set aside, with why. It is no finding."""

    kind: str
    key: str
    links: tuple[Link, ...]
    aside: tuple[tuple[str, Link], ...] = ()
    things: tuple[tuple[str, str], ...] = ()
    adults: tuple[str, ...] = ()
    label: str = ""
    of_kind: str = ""
    is_dwelling: bool = False

    @property
    def children(self) -> tuple[str, ...]:
        """The children that are linked, each once."""
        return tuple(sorted({link.child for link in self.links}))

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that hold a link."""
        return tuple(
            sorted({link.agency for link in self.links} | {link.childs.agency for link in self.links})
        )

    @property
    def newest_on(self) -> date | None:
        """When the newest link happened."""
        return max((link.on for link in self.links if link.on), default=None)


def speaks_of_concern(said: Iterable[tuple[str, str]]) -> bool:
    """What records say of a child (the class of an indicator, and the agency) makes them one between whom links are looked for: a sign of harm, or
    signs of exposure by two agencies."""
    known = list(said)
    return any(kind == "harm" for kind, _agency in known) or len({agency for _kind, agency in known}) > 1
