"""The reference page on cases, and the picture of each kind, from the tables of states and moves."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string

from engage.casework.cases.policies import NEEDS
from engage.casework.clocks.catalogue import load
from engage.casework.forms.reading import load as forms
from engage.casework.lifecycles.states import Lifecycle, Move, lifecycles
from engage.governance import table
from engage.vocabulary.words import in_words
from engage.web.cases.drawing import picture


OPENING = (
    "Of each kind of case the states that it can be in, and the moves that lead from one to another: who may make each, what is filled in with it, and what must be so first. Pages, "
    "refusals and pictures are made from the same tables (`engage/casework/lifecycles`). Each kind has a life of its own: no move of one case changes another. "
    "In a picture a column is a state and a line a move: it can begin at any ring and leads to the point of the arrow; a line without a point is of a move after which it stays where it is; where the line of a state is broad a case has ended.\n"
)


def page() -> str:
    """The whole page."""
    return "\n".join(["# States and moves of cases\n", OPENING, *(part for life in lifecycles().values() for part in _life(life))]) + "\n"  # fmt: skip


def pictures() -> dict[str, str]:
    """The picture of each kind by the name of its file."""
    return {f"cases-{kind}.svg": _picture(life) for kind, life in lifecycles().items()}


def _picture(life: Lifecycle) -> str:
    return (
        render_to_string("cases/_life.svg", {"picture": picture(life), "label": _label(life)}).rstrip() + "\n"
    )


def _label(life: Lifecycle) -> str:
    return f"States and moves of a case of the kind “{life.title}”"


def _life(life: Lifecycle) -> Iterator[str]:
    yield f"## {life.title}\n\n{life.means}\n\n![{_label(life)}; the tables below say the same](cases-{life.kind}.svg)\n"
    yield "| state | means | then |\n| --- | --- | --- |"
    for state in life.states:
        yield f"| {state.title} (`{state.code}`) | {state.means} | {f'waits for {state.waits_for}' if state.is_open else 'has ended'} |"
    yield "\n| move | from | to | who may | filled in | must be so first, or it is refused with these words | tells |\n| --- | --- | --- | --- | --- | --- | --- |"
    yield from (_move(life, move) for move in life.moves)
    yield ""


def _move(life: Lifecycle, move: Move) -> str:
    events = load().events
    roles = ", ".join(table.codes("roles")[role]["title"].lower() for role in move.who)
    agencies = [
        *(["the agency that leads"] if move.is_leads else []),
        *map(in_words, move.agencies),
    ]
    of = f", of {' or '.join(agencies)}" if agencies else ""
    cells = (
        f"{move.title} (`{move.code}`)", ", ".join(life.state(code).title for code in move.from_states), life.state(move.to_state).title if move.to_state else "stays where it is", roles + of,
        f"[{forms()[move.form].title}](forms.md#{move.form})" if move.form else move.means, " ".join(NEEDS[need][1] for need in move.needs),
        ", ".join(events[event].title for event in move.tells),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"
