"""Pages that list cases and show one. Each calls one door once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.casework.cases import queries
from engage.casework.cases.queries import CaseShown, Filter
from engage.casework.clocks.rules import Run
from engage.casework.forms.reading import of_area
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import KINDS, forms_of_moves, lifecycles
from engage.governance import queries as governance
from engage.vocabulary.time import london_day
from engage.web.access.viewing import build_of, viewing_of
from engage.web.apps import web
from engage.web.cases import history, members, named, plan, presenters, said_last, words
from engage.web.cases.clocks import clocks_table, ended_table
from engage.web.cases.people import people_of
from engage.web.cases.plan import Writing
from engage.web.paging import address_of, page_number, pages
from engage.web.people.presenters import Reader
from engage.web.people.views import reader_of


# So many lines of a case's history stand on one page, and on one print.
LINES, LINES_PRINTED = 30, 60
LATENESS = "lateness"


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of which the worker may know, by kind, state and worker."""
    viewing, asked = viewing_of(request), _asked(request)
    found = queries.cases(viewing=viewing, build=build_of(request), asked=asked)
    reader = reader_of(request, viewing)
    context = {
        "table": presenters.list_table(found, reader),
        "count": found.count,
        "pages": pages(min(max(asked.page, 1), found.page_count), found.page_count, address_of(request)),
        "kinds": [
            ("", _("All kinds")),
            *((code, words.kind(code)) for code in KINDS),
            *((code, _(title)) for code, title in words.STANDS.items()),
        ],
        "states": [
            ("open", _("Open")),
            ("ended", _("Ended")),
            ("", _("Open and ended")),
            *_states(asked.kind),
        ],
        "asked": asked,
        "is_mine": asked.worker == viewing.viewer.user_id,
        "may_refer": governance.can(viewer=viewing.viewer, what="refer"),
        "refer": [(words.kind(code), reader.link("cases_refer", code)) for code in KINDS],
    }
    return render(request, "cases/list.html", context)


def _asked(request: HttpRequest) -> Filter:
    given = request.GET
    return Filter(
        kind=given.get("kind", ""),
        state=given.get("state", "open"),
        worker=viewing_of(request).viewer.user_id if given.get("mine") else "",
        subject=given.get("about", ""),
        page=page_number(request),
    )


def _states(kind: str) -> list[tuple[str, str]]:
    if kind not in KINDS:
        return []
    return [(state.code, words.state(state)) for state in lifecycles()[kind].states]


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One case: where it stands, what can follow, and everything that was done and written. Raises CaseNotShown."""
    return render(request, "cases/case.html", context_of(request, _shown(request, number)))


@require_safe
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """The same on paper, with nothing to press; a long one in parts. Raises CaseNotShown."""
    return render(request, "cases/print.html", context_of(request, _shown(request, number), is_printed=True))


def _shown(request: HttpRequest, number: int) -> CaseShown:
    return queries.case(viewing=viewing_of(request), build=build_of(request), area=web().area, number=number)


def context_of(request: HttpRequest, shown: CaseShown, *, is_printed: bool = False) -> dict[str, Any]:
    """What the page of a case shows, on a screen or on paper."""
    viewing = viewing_of(request)
    reader, forms, people = reader_of(request, viewing), of_area(web().area), people_of(shown)
    offered = _offered(shown, viewing.viewer.role)
    codes = frozenset(form.code for form in offered)
    explain = None if is_printed else _explain(shown, viewing.viewer.role, reader)
    at = Writing(shown.head.number, forms, codes, people, london_day(viewing.at), reader, is_printed)
    rows = LINES_PRINTED if is_printed else LINES
    told = history.history(shown, forms, people, reader, part=page_number(request), rows=rows)
    return _parts(shown, at) | {
        "number": shown.head.number,
        "title": presenters.title(shown),
        "rows": [*presenters.head_rows(shown, reader), *said_last.next_rows(shown, at)],
        "takes_part": shown.takes_part,
        "stands": shown.head.stands,
        "history": told,
        "pages": pages(told.part, told.part_count, address_of(request)),
        "choices": presenters.choices(shown, reader),
        **(_clocks(shown, explain) if shown.takes_part else {}),
        "others": presenters.others_table(shown, reader),
        "last_closure": history.last_closure(shown, forms, people) if shown.head.is_open else [],
        "to_write": [
            (_(form.title), reader.link("case_write", str(shown.head.number), form.code)) for form in offered
        ],
        "is_known": bool(shown.head.subject) or shown.head.kind == "peer_group",
        "address": reader.link("case", str(shown.head.number)),
        "known_on": build_of(request).info.as_of,
        "whose_data": [reader.agency(code) for code in sorted({part.agency for part in shown.parts})],
    }


def _clocks(shown: CaseShown, explain: Callable[[Run], str] | None) -> dict[str, Any]:
    """The clocks of a case that run and those that have ended, and by which calendars their days were counted."""
    return {
        "clocks": clocks_table(shown.runs, explain),
        "clocks_ended": ended_table(shown.runs),
        "calendars": sorted({run.calendar for run in shown.runs}),
    }


def _explain(shown: CaseShown, role: str, reader: Reader) -> Callable[[Run], str] | None:
    """Where whoever may says why a time limit was missed."""
    form = of_area(web().area).get(LATENESS)
    if form is None or reader.asked or role not in form.who:
        return None
    return lambda run: reader.link(
        "case_write", str(shown.head.number), LATENESS, query=f"clock={quote(run.key)}"
    )


def _parts(shown: CaseShown, at: Writing) -> dict[str, Any]:
    """The parts of the page that stand above the history: what whoever only referred is told, where it is taken back whom it is about, what to know first, who is in a group, who else was named, the plan, the clocks that have ended."""
    return {
        "only_referred": shown.only_referred,
        "not_about": presenters.not_about(shown, at.reader),
        "plan": plan.plan(shown, at),
        "members": members.table(shown, at.reader, is_printed=at.is_printed),
        "first": said_last.rows(shown, at) if shown.takes_part else [],
        "named": named.table(shown, at) if shown.takes_part else None,
        "visits": said_last.visits(shown, at),
        "visit_href": at.link("visit"),
    }


def _offered(shown: CaseShown, role: str) -> list[Form]:
    """The forms that this role may fill in here at any time, by title: those of no move, and not another referral."""
    kind = shown.head.kind
    of_moves = forms_of_moves() | set(words.REFERRALS.values())
    found = [
        form
        for code, form in of_area(web().area).items()
        if code not in of_moves
        and not form.by
        and (not form.of or kind in form.of)
        and (not form.who or role in form.who)
    ]
    return sorted(found, key=lambda form: _(form.title))
