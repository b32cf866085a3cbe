"""A form with a question of every kind, for the gallery; whom it names is made up."""

from __future__ import annotations

from datetime import date

from engage.casework.forms.rules import Answer, Band, Choice, Condition, Form, Kind, Question
from engage.vocabulary.words import N_
from engage.web.components import SummaryRow
from engage.web.filling.fields import People
from engage.web.filling.forms import FilledForm, form_for
from engage.web.filling.presenters import answers_rows


_PEOPLE = People(
    workers=(("mara", "Mara Quill"), ("idris", "Idris Vane")), agencies=(("police", "Nowhere Police"),)
)
_SEEN = Condition("seen", frozenset({"yes"}))
_FORM = Form(
    "sample", N_("A question of every kind"), N_("Nothing is kept of it."), "", "1", date(2026, 1, 1),
    (
        Question("title", N_("In one line"), Kind.TEXT, needed=True),
        Question("seen", N_("Was the child seen?"), Kind.YES_NO, needed=True, heading=N_("Who was seen")),
        Question("alone", N_("Was the child seen alone?"), Kind.YES_NO, needed=True, shown_when=_SEEN),
        Question("alone_why", N_("Why not alone?"), Kind.LONG_TEXT, shown_when=Condition("alone", frozenset({"no"}))),
        Question("where", N_("Where?"), Kind.CHOICE, choices=(Choice("home", N_("At home")), Choice("school", N_("At school or college"), 2))),
        Question("present", N_("Who else was there?"), Kind.CHOICES, choices=(Choice("parent", N_("A parent")), Choice("friend", N_("A friend")))),
        Question("at", N_("When was it?"), Kind.MOMENT, hint=N_("As exactly as you know and no more."), heading=N_("When and who")),
        Question("review_on", N_("On which day is it looked at again?"), Kind.DAY, needed=True),
        Question("minutes", N_("For how many minutes?"), Kind.NUMBER),
        Question("worker", N_("Who is the worker?"), Kind.WORKER),
        Question("agency", N_("Which agency leads?"), Kind.AGENCY),
    ),
    bands=(Band(0, N_("Band A")), Band(2, N_("Band B"))),
)  # fmt: skip
_ANSWERS: dict[str, Answer] = {"title": "Telephone call", "seen": "yes", "alone": "not_known", "where": "school", "present": ["parent", "friend"], "at": "2026-04-07T21:30", "worker": "mara"}  # fmt: skip


def empty() -> FilledForm:
    """As it is before anybody writes."""
    return form_for(_FORM, people=_PEOPLE, heading_level=3)


def wrong() -> FilledForm:
    """As it comes back."""
    data = {
        "wrong-seen": "no",
        "wrong-review_on_0": "31",
        "wrong-review_on_1": "2",
        "wrong-review_on_2": "2026",
    }
    form = form_for(_FORM, data, people=_PEOPLE, prefix="wrong", heading_level=3)
    form.is_valid()
    return form


def rows() -> list[SummaryRow]:
    """As it is read afterwards."""
    return answers_rows(_FORM, _ANSWERS, _PEOPLE)
