"""Which kinds of case are there, in which states can each be, and which moves lead from one to another?

One table of moves for each kind, read from its file. Who may (roles, kinds of agency, whose case it is) and when (a state, and what must be so first) stand in the same row,
and the sentence that refuses is made from it, so that rule and explanation cannot drift apart. A child's case, that of a person of concern, of a place and of a peer
group each have a life of their own: no row of one names another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from engage.vocabulary.written import read_yaml


FOLDER = Path(__file__).parent
CHILD, PERSON_OF_CONCERN, PLACE, PEER_GROUP = "child", "person_of_concern", "place", "peer_group"
KINDS = (CHILD, PERSON_OF_CONCERN, PLACE, PEER_GROUP)


@dataclass(frozen=True)
class State:
    """Where a case stands. `is_open`: somebody still has to do something; `waits_for`: who, in words."""

    code: str
    title: str
    means: str
    is_open: bool
    waits_for: str = ""


@dataclass(frozen=True)
class Move:
    """How a case gets from one of some states to another (`to_state` "": it stays where it is). `who`: roles that may make it; `agencies`: kinds of agency whose workers may
    (any, where empty); `is_leads`: workers of the agency that leads the case may, and besides them those of `agencies`;
    `form`: what is filled in with it; `needs`: what must be so first (see policies.py); `tells`: the events that it tells of; `about`: the event that these and
    what its form tells belong to (the referral with which the case was opened); `by`: the door that alone makes it ("" for the page of the case)."""

    code: str
    title: str
    from_states: tuple[str, ...]
    to_state: str
    who: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    form: str = ""
    needs: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    means: str = ""
    by: str = ""
    is_leads: bool = False
    about: str = ""


@dataclass(frozen=True)
class Lifecycle:
    """The states and moves of one kind of case, in the order in which they are usually gone through; the first state is that of a new one."""

    kind: str
    title: str
    means: str
    subject: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    by_code: Mapping[str, State] = field(default_factory=dict)

    def state(self, code: str) -> State:
        """The state of that code."""
        return self.by_code[code]

    def move(self, code: str) -> Move | None:
        """The move of that code."""
        return next((one for one in self.moves if one.code == code), None)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """What can follow on a state."""
        return tuple(one for one in self.moves if state in one.from_states)

    @property
    def referral(self) -> str:
        """The form with which such a case is referred."""
        return next(one.form for one in self.moves if one.by == "referral")

    @property
    def first(self) -> State:
        """The state of a new case."""
        return self.states[0]


@cache
def lifecycles() -> Mapping[str, Lifecycle]:
    """The lifecycle of each kind of case."""
    return {
        kind: read_lifecycle(read_yaml((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8")))
        for kind in KINDS
    }


@cache
def forms_of_moves() -> frozenset[str]:
    """The forms that are filled in with a move of any kind of case: written without one, such a form would say that something was done which was not."""
    return frozenset(move.form for life in lifecycles().values() for move in life.moves if move.form)


def lifecycle(kind: str) -> Lifecycle:
    """The lifecycle of one kind of case."""
    return lifecycles()[kind]


class LifecycleWrong(ValueError):
    """A file of states and moves that holds a key nobody reads: a text that was cut off at a comma, say."""


_OF_STATES = frozenset({"code", "title", "means", "open", "waits_for"})
_OF_MOVES = frozenset({"code", "title", "means", "from", "to", "who", "agencies", "of", "form", "needs", "tells", "about", "by"})  # fmt: skip


def read_lifecycle(raw: Mapping[str, Any]) -> Lifecycle:
    """One kind of case as its file says. Raises LifecycleWrong."""
    for name, known in (("states", _OF_STATES), ("moves", _OF_MOVES)):
        for one in raw[name]:
            if unknown := sorted(one.keys() - known):
                raise LifecycleWrong(
                    f"{raw['kind']}: {one['code']}: “{unknown[0]}” is no key here. Put a text with a comma between quotes."
                )
    states = tuple(
        State(one["code"], one["title"], one["means"], bool(one["open"]), one.get("waits_for", ""))
        for one in raw["states"]
    )
    moves = tuple(_move(one, states) for one in raw["moves"])
    by_code = {state.code: state for state in states}
    return Lifecycle(raw["kind"], raw["title"], raw["means"], raw["subject"], states, moves, by_code)


def _move(raw: Mapping[str, Any], states: Iterable[State]) -> Move:
    """`from: open` stands for every open state; `to: same` for the state that it was in; `of: lead` for the agency that leads the case."""
    of = raw["from"]
    from_states = [s.code for s in states if s.is_open] if of == "open" else list(of)
    return Move(
        raw["code"], raw["title"], tuple(from_states), "" if raw["to"] == "same" else raw["to"], tuple(raw["who"]), tuple(raw.get("agencies") or ()),
        raw.get("form", ""), tuple(raw.get("needs") or ()), tuple(raw.get("tells") or ()), raw.get("means", ""), raw.get("by", ""),
        is_leads=raw.get("of") == "lead", about=raw.get("about", ""),
    )  # fmt: skip
