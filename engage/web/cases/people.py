"""Whom can a form of a case name? The workers of the agencies that take part, who may write in cases, and the area's agencies."""

from __future__ import annotations

from engage.casework.cases.queries import CaseShown
from engage.governance import queries as governance
from engage.web.apps import web
from engage.web.cases.clocks import run_title
from engage.web.filling.fields import People


def people_of(shown: CaseShown | None) -> People:
    """Workers of the agencies that take part in a case (of all, where there is none yet), each with the agency, and all agencies of the area."""
    titles = web().agency_titles()
    part = {one.agency for one in shown.parts} if shown else set(titles)
    workers = [
        (one.user_id, f"{one.name}, {titles.get(one.agency, one.agency)}")
        for one in governance.workers_of_any(what="write_case", agencies=part & titles.keys())
    ]
    clocks = [(run.key, run_title(run)) for run in shown.runs if run.key] if shown else []
    return People(workers=tuple(workers), agencies=tuple(titles.items()), clocks=tuple(clocks))
