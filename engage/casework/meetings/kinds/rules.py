"""What is a kind of meeting: what its agenda has in which order, who has a seat, who must have come, and by when what goes out?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from engage.vocabulary.words import EngageError


ACTIONS, DECISIONS = "actions", "decisions"
# In which role somebody came who holds none of those of Engage: a doctor, a duty officer.
OTHER = "other"


class KindsWrong(EngageError):
    """A file cannot be used as a kind of meeting: names the file, the entry and the remedy."""


class KindUnknown(EngageError):
    """There is no kind of meeting of that code."""

    exit_code = 5


@dataclass(frozen=True)
class Member:
    """A kind of member: a seat at a meeting. `agencies`: kinds of agency whose workers hold it; `roles`: the roles that do (any, where empty); `has_holders`: named bodies
    such as a school hold it as well; `reads_as`: the role for which a pack is made for them;
    `speaks_for`: the seat that is not empty where they came."""

    code: str
    title: str
    agencies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    has_holders: bool = False
    reads_as: str = "business_support"
    speaks_for: str = ""


@dataclass(frozen=True)
class Section:
    """A part of an agenda. `takes`: kinds of case that are worked down in it, or actions; `states`: only of cases in these states (any, where empty)."""

    code: str
    title: str
    takes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """Who must have come: somebody of a kind of member, in one of these roles (any, where empty), and in none of those that cannot speak for their agency."""

    member: str
    title: str
    roles: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Came:
    """Somebody who came: for which agency, on which seat, in which role."""

    agency: str
    member: str
    role: str = ""


@dataclass(frozen=True)
class Timings:
    """In working days: before the meeting, when referrals close, answers are due and the pack goes out; after it, actions and minutes. None: nothing is said."""

    referrals: int | None = None
    answers: int | None = None
    pack: int | None = None
    actions: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of meeting. `standing`: seats that always are; `statute`: those that law asks for; `named`: further ones whose absence is to be seen; `warn`: seats without
    which it can be held, and whose absence is said before it is, and kept; `chase_after` and `escalate_after`: working days after the day by which they were to answer;
    `chair`: where the quorum asks that the chair was there; `tells`: what the clocks of the children on its agenda are told when it is called (`called`, at once, or
    `planned`, of the day for which it is planned) when somebody is invited (`invited`), and when its minutes are issued (`issued`);
    `event`: when it was held; `carries_on`: one sitting goes on from the one before, whatever cases each has."""

    code: str
    title: str
    means: str
    source: str
    basis: str
    effective_on: date
    subjects: tuple[str, ...]
    names_children: bool
    period_months: int
    sections: tuple[Section, ...]
    standing: tuple[str, ...]
    statute: tuple[str, ...]
    named: tuple[str, ...]
    quorum: tuple[Need, ...]
    at_least: int
    warn: tuple[str, ...]
    timings: Timings
    chase_after: int
    escalate_after: int
    chair: Need | None = None
    move: str = ""
    event: str = ""
    tells: Mapping[str, str] = field(default_factory=dict)
    is_local: bool = False
    carries_on: bool = False

    def section(self, code: str) -> Section | None:
        """The section of that code."""
        return next((one for one in self.sections if one.code == code), None)

    def section_for(self, kind: str, state: str) -> str:
        """Where a case of that kind and state belongs: the section that names its state, else the first that takes its kind, else the last."""
        taking = [one for one in self.sections if kind in one.takes]
        exact = next((one for one in taking if state in one.states), None)
        plain = next((one for one in taking if not one.states), None)
        return (exact or plain or (taking[0] if taking else self.sections[-1])).code

    @property
    def seats(self) -> tuple[str, ...]:
        """Every kind of member that it names, those that law asks for first."""
        return tuple(dict.fromkeys((*self.statute, *self.standing, *self.named)))


@dataclass(frozen=True)
class Seats:
    """All kinds of member, in their order."""

    by_code: Mapping[str, Member]

    def place(self, code: str) -> int:
        """Where a kind stands in lists; one that is not known stands last."""
        return list(self.by_code).index(code) if code in self.by_code else len(self.by_code)

    def of_agency(self, kind: str) -> str:
        """The kind of member that an agency of that kind is."""
        return next(
            (one.code for one in self.by_code.values() if kind in one.agencies and not one.roles), "other"
        )

    def speak_for(self, seat: str) -> frozenset[str]:
        """The seats of which any one speaks for that one."""
        return frozenset({seat, *(one.code for one in self.by_code.values() if one.speaks_for == seat)})

    def title(self, code: str) -> str:
        """How it is called."""
        return self.by_code[code].title if code in self.by_code else code.replace("_", " ")


def missing(kind: Kind, came: Collection[Came]) -> list[Need]:
    """Who must have come and did not: each seat that the quorum names, and, where it asks for a number of agencies, one more that says so."""
    lacking = [need for need in kind.quorum if not any(_fills(need, one) for one in came)]
    too_few = len({one.agency for one in came if one.agency}) < kind.at_least
    return [*lacking, *([Need("", str(kind.at_least))] if too_few else [])]


def _fills(need: Need, one: Came) -> bool:
    is_theirs = not need.roles or one.role in need.roles
    return one.member == need.member and is_theirs and one.role not in need.but
