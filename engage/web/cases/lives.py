"""The page that says how each kind of case goes: its states, its moves, who may make each and when, as a picture and as tables. It shows no case."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.casework.cases.policies import NEEDS
from engage.casework.clocks.catalogue import load
from engage.casework.forms.reading import of_area
from engage.casework.lifecycles.states import Lifecycle, Move, lifecycles
from engage.governance import table
from engage.vocabulary.words import in_words
from engage.web.apps import web
from engage.web.cases import words
from engage.web.cases.drawing import Column, Line, Picture, picture
from engage.web.components import Table


@dataclass(frozen=True)
class Life:
    """One kind of case as the page shows it."""

    kind: str
    title: str
    means: str
    label: str
    picture: Picture
    states: Table
    moves: Table


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """How each kind of case goes."""
    return render(request, "cases/states.html", {"lives": [life_shown(one) for one in lifecycles().values()]})


def life_shown(life: Lifecycle) -> Life:
    """The picture and the tables of one kind, in the reader's language."""
    label = _("States and moves of a case of the kind “%(kind)s”; the table below says the same") % {
        "kind": words.kind(life.kind)
    }
    return Life(
        life.kind, words.kind(life.kind), _(life.means), label, drawn(life), states_table(life), moves_table(life)
    )  # fmt: skip


def drawn(life: Lifecycle) -> Picture:
    """The picture with its words in the reader's language."""
    made = picture(life)
    columns = tuple(Column(_(one.title), one.x, one.has_ended) for one in made.columns)
    lines = tuple(Line(_(one.title), one.y, one.rings, one.left, one.right, one.point) for one in made.lines)
    return Picture(columns, lines, made.width, made.height, made.top, made.bottom)


def states_table(life: Lifecycle) -> Table:
    """A row for each state."""
    rows = [
        (
            words.state(one),
            _(one.means),
            _("Waits for: %(who)s") % {"who": _(one.waits_for)} if one.is_open else _("Has ended"),
        )
        for one in life.states
    ]
    return Table(_("States"), (_("State"), _("What it means"), _("Then")), rows)


def moves_table(life: Lifecycle) -> Table:
    """A row for each move: from where to where, who may, what is filled in, what must be so first and what it tells."""
    forms, events = of_area(web().area), load().events
    rows = [
        (
            _(move.title),
            ", ".join(words.state(life.state(code)) for code in move.from_states),
            words.state(life.state(move.to_state)) if move.to_state else _("Stays where it is"),
            who_may(move),
            _(forms[move.form].title) if move.form else _(move.means),
            " ".join(_(NEEDS[need][1]) for need in move.needs),
            ", ".join(_(events[event].title) for event in move.tells),
        )
        for move in life.moves
    ]
    head = (
        _("Move"),
        _("From"),
        _("To"),
        _("Who may"),
        _("What is filled in"),
        _("What must be so first, or it is refused"),
        _("What the clocks are told"),
    )
    return Table(_("Moves"), head, rows, is_wide=True)


def who_may(move: Move) -> str:
    """The roles in words, and the agencies where not all."""
    roles = ", ".join(_(table.codes("roles")[role]["title"]) for role in move.who)
    some = [_("the agency that leads")] if move.is_leads else []
    agencies = ", ".join([*some, *map(in_words, move.agencies)])
    return _("%(roles)s, of: %(agencies)s") % {"roles": roles, "agencies": agencies} if agencies else roles
