"""Whom can a form of a case name? The workers of the agencies that take part, who may write in cases, the area's agencies, the goals of the plan, time limits, and measures."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engage.casework.cases.measures import MEASURE, Measure, measures
from engage.casework.cases.plan import Goal, said
from engage.casework.cases.queries import CaseShown
from engage.casework.forms.reading import form_of
from engage.casework.forms.rules import day_of
from engage.governance import queries as governance
from engage.web.apps import web
from engage.web.cases.clocks import run_title
from engage.web.filling.fields import People


LONGEST = 90


def people_of(shown: CaseShown | None) -> People:
    """Workers of the agencies that take part in a case (of all, where there is none yet), each with the agency, all agencies of the area, the goals and the measures."""
    titles = web().agency_titles()
    part = {one.agency for one in shown.parts} if shown else set(titles)
    workers = [
        (one.user_id, f"{one.name}, {titles.get(one.agency, one.agency)}")
        for one in governance.workers_of_any(what="write_case", agencies=part & titles.keys())
    ]
    goals = shown.plan.goals if shown else ()
    known = measures(shown.entries) if shown else ()
    earlier = [(str(number), goal_name(goal)) for goal in goals for number in goal.numbers]
    earlier += [(str(number), measure_name(one)) for one in known for number in one.numbers]
    return People(
        tuple(workers),
        tuple(titles.items()),
        tuple((str(goal.entry.number), goal_name(goal)) for goal in goals),
        tuple((run.key, run_title(run)) for run in shown.runs if run.key) if shown else (),
        tuple(earlier),
        tuple((str(one.entry.number), measure_name(one)) for one in known),
    )


def measure_name(measure: Measure) -> str:
    """How a measure is called in a list: which, against whom or what, and from which day."""
    form, entry = form_of(web().area, MEASURE), measure.entry
    choices = {choice.code: _(choice.title) for question in form.questions for choice in question.choices}
    began = day_of(said(entry, "from_on"))
    values = {
        "which": choices.get(said(entry, "tactic"), said(entry, "tactic")),
        "target": said(entry, "target"),
    }
    name = _("%(which)s, %(target)s") % values
    if began is None:
        return Truncator(name).chars(LONGEST)
    return _("%(name)s, from %(day)s") % {
        "name": Truncator(name).chars(LONGEST),
        "day": date_format(began, "j F Y"),
    }


def goal_name(goal: Goal) -> str:
    """How a goal is called in a list: its place in the plan, and how it begins."""
    said = Truncator(goal.said("different")).chars(LONGEST)
    return _("%(place)s. %(what)s") % {"place": goal.place, "what": said}
