"""Pages of meetings that are read. Each calls one door once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engage.casework.meetings import queries
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.queries import Where
from engage.casework.minutes import queries as minutes
from engage.casework.rounds import queries as rounds
from engage.governance import queries as governance
from engage.vocabulary.time import london_day, london_midnight
from engage.web.access.viewing import viewing_of
from engage.web.apps import web
from engage.web.meetings import agreeing, answered, calendar, changed, presenters, showing, words
from engage.web.meetings.opening import agencies, head_of, shown, where
from engage.web.meetings.returns import RegisterForm
from engage.web.paging import AFTER, BEFORE, asked_from, beside
from engage.web.people.views import reader_of


MOST_OF_A_WEEK = 500


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of which the worker may know, a page at a time."""
    sent = request.GET.get("case", "")
    case = int(sent) if sent.isdecimal() and len(sent) < 10 else None
    asked = queries.Asked(
        case=case,
        from_at=None if case or "all" in request.GET else _year_ago(request),
        where=_stretch(request),
    )
    found = queries.meetings(**where(request), asked=asked)
    context = {
        "table": presenters.list_table(found),
        "pages": beside(request, found.before, found.after),
        "may_convene": governance.can(viewer=viewing_of(request).viewer, what="convene"),
        "case": case,
        "is_cut": asked.from_at is not None,
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def _stretch(request: HttpRequest) -> Where:
    return Where(asked_from(request, AFTER), asked_from(request, BEFORE))


def _year_ago(request: HttpRequest) -> datetime:
    return viewing_of(request).at - timedelta(days=365)


_MOST_YEARS = 100


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The meetings of one week, day by day."""
    first = _monday(request)
    asked = queries.Asked(
        from_at=london_midnight(first), until_at=london_midnight(first + timedelta(days=7)), where=Where(rows=MOST_OF_A_WEEK)
    )  # fmt: skip
    found = queries.meetings(**where(request), asked=asked)
    days = [first + timedelta(days=n) for n in range(7)]
    beside = {"previous": first - timedelta(days=7), "next": first + timedelta(days=7)}
    table = presenters.week_table(found, first, days)
    return render(request, "meetings/week.html", {"table": table, **beside})


def _monday(request: HttpRequest) -> date:
    today = london_day(viewing_of(request).at)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    # The weeks before the first and after the last that there is have no days.
    day = day if abs(day.year - today.year) <= _MOST_YEARS else today
    return day - timedelta(days=day.weekday())


@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: its agenda, overdue actions first, and what can be done. Raises MeetingNotShown."""
    one = shown(request, number)
    context = head_of(request, one)
    context |= {
        "facts": presenters.facts(one, context["reader"]),
        "agenda": showing.agenda_table(one.agenda, links=True),
        "overdue": presenters.overdue_table(one.overdue, context["reader"]),
        "moves": changed.moves_table(one),
        "changes": changed.changes(one),
    }
    return render(request, "meetings/meeting.html", context)


@require_safe
def who(request: HttpRequest, number: int) -> HttpResponse:
    """Who was invited, replied, came, and was left out. Raises MeetingNotShown."""
    one = shown(request, number)
    waiting = [showing.waiting(guest, one.agenda.titles) for guest in one.invitees if one.chairs]
    own = [
        guest
        for guest in one.invitees
        if guest.agency == viewing_of(request).viewer.agency and guest.is_invited
    ]
    context = {
        **head_of(request, one),
        "table": presenters.who_table(one),
        "to_tell": changed.to_tell(one) if one.arranges and changed.changes(one) else [],
        "waiting": [line for line in waiting if line.of],
        "own": own,
    }
    return render(request, "meetings/who.html", context)


@require_safe
def proposed(request: HttpRequest, number: int) -> HttpResponse:
    """Who holds records and so is proposed, for whoever arranges it. Raises MayNotDo, MeetingNotShown, MeetingRefused."""
    found = queries.proposed(**where(request, number))
    context = {
        **head_of(request, found.shown),
        "rows": [
            showing.proposal(one, found.shown.agenda.titles, is_for_chair=one.number in found.for_chair)
            for one in found.invitees
        ],
        "absent": [words.seat(code) for code in found.absent],
    }
    return render(request, "meetings/proposed.html", context)


@require_safe
def information_round(request: HttpRequest, number: int) -> HttpResponse:
    """Who was asked what, and what came. Raises MeetingNotShown."""
    found = rounds.information_round(**where(request, number))
    context = {
        "number": number,
        "title": presenters.title(found.head, found.kind),
        "tag": presenters.tag(found.head),
        "table": answered.summary_table(found.requests),
        "cases": answered.by_case(found.requests, found.titles, found.records),
        "afterwards": presenters.afterwards_table(
            found.invitees, found.requests, found.titles, found.records
        ),
        "is_all": "all" in request.GET,
        "arranges": found.arranges,
        "goes_on": found.goes_on,
        "may_propose": found.arranges and governance.can(viewer=viewing_of(request).viewer, what="convene"),
        "has_own": found.goes_on and any(one.is_own for one in found.requests),
    }
    return render(request, "meetings/round.html", context)


@require_safe
def record(request: HttpRequest, number: int) -> HttpResponse:
    """What was decided, by whom, who did not agree, and who does what. Raises MeetingNotShown."""
    found = minutes.record(**where(request, number))
    return render(request, "meetings/record.html", _record(request, found))


@require_safe
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes on paper: as far as whoever prints them may see them. Raises MeetingNotShown."""
    found = minutes.record(**where(request, number))
    return render(request, "meetings/minutes.html", _record(request, found))


def _record(request: HttpRequest, found: minutes.Record) -> dict[str, Any]:
    context = head_of(request, found.shown)
    reader, agenda = context["reader"], found.shown.agenda
    return context | {
        "facts": presenters.facts(found.shown, reader),
        "decisions": presenters.decisions_table(found.decisions, agenda.titles, reader),
        "actions": agreeing.actions_table(found.actions, found.decisions, reader),
        "texts": showing.texts(found.texts, found.shown),
        "who": presenters.who_table(found.shown),
        "moves": changed.moves_table(found.shown),
        "to_correct": presenters.to_correct(found),
    }


@require_safe
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """The pack, for an agency that is invited, to print. Raises MeetingNotShown, MeetingRefused."""
    audience = request.GET.get("for", "")
    found = minutes.pack(**where(request, number), audience=audience)
    context = head_of(request, found.shown)
    reader = context["reader"]
    context |= {
        "facts": presenters.facts(found.shown, reader),
        "agenda": showing.agenda_table(found.shown.agenda, links=False),
        "overdue": presenters.overdue_table(found.shown.overdue, reader),
        "sheets": [presenters.sheet_table(one, reader) for one in found.sheets],
        "audience": reader.agency(audience) if audience else "",
        "audiences": showing.audiences(found.shown, agencies()),
    }
    return render(request, "meetings/pack.html", context)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of decisions: by words, person, day and kind of meeting."""
    kinds = [(code, _(kind.title)) for code, kind in of_area(web().area).items()]
    form = RegisterForm(request.GET or None, kinds=kinds)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = minutes.Asked(
        given.get("words", ""), given.get("person", "").strip(), given.get("from_on"), given.get("until_on"), given.get("kind", ""), _stretch(request)
    )  # fmt: skip
    found = minutes.register(**where(request), asked=asked)
    table = presenters.register_table(found, reader_of(request, viewing_of(request)))
    context = {"form": form, "table": table, "pages": beside(request, found.before, found.after), "off": changed.off_table(found)}  # fmt: skip
    return render(request, "meetings/register.html", context)


@require_safe
def invitation(request: HttpRequest, number: int) -> HttpResponse:
    """The invitation as a calendar file, with no name in it. Raises MeetingNotShown."""
    link = request.build_absolute_uri(reverse("meeting", args=[number]))
    file = calendar.invitation(shown(request, number), link, viewing_of(request).at)
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="meeting-{number}.ics"'
    return answer
