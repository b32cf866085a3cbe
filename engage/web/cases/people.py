"""Whom can a form of a case name? The workers of the agencies that take part, who may write in cases, the area's agencies, the goals of the plan, and time limits."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engage.casework.cases.plan import Goal
from engage.casework.cases.queries import CaseShown
from engage.governance import queries as governance
from engage.web.apps import web
from engage.web.cases.clocks import run_title
from engage.web.filling.fields import People


LONGEST = 90


def people_of(shown: CaseShown | None) -> People:
    """Workers of the agencies that take part in a case (of all, where there is none yet), each with the agency, all agencies of the area, and the goals."""
    titles = web().agency_titles()
    part = {one.agency for one in shown.parts} if shown else set(titles)
    workers = [
        (one.user_id, f"{one.name}, {titles.get(one.agency, one.agency)}")
        for one in governance.workers_of_any(what="write_case", agencies=part & titles.keys())
    ]
    goals = shown.plan.goals if shown else ()
    return People(
        tuple(workers),
        tuple(titles.items()),
        tuple((str(goal.entry.number), goal_name(goal)) for goal in goals),
        tuple((run.key, run_title(run)) for run in shown.runs if run.key) if shown else (),
        tuple((str(number), goal_name(goal)) for goal in goals for number in goal.numbers),
    )


def goal_name(goal: Goal) -> str:
    """How a goal is called in a list: its place in the plan, and how it begins."""
    said = Truncator(goal.said("different")).chars(LONGEST)
    return _("%(place)s. %(what)s") % {"place": goal.place, "what": said}
