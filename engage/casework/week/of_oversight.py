"""The lists of the day of those who look after how others work: reasons that are sealed to a guardian, cases that were drawn for audit, supervision that is due, what workers looked at for reasons of their own."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.rules import Head
from engage.casework.meetings.models import InviteeWord, Meeting
from engage.casework.meetings.rules import PLANNED
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.week import sampling
from engage.casework.week.caseload import SUPERVISION
from engage.casework.week.models import Draw, DrawnCase
from engage.casework.week.of_cases import of_open_states
from engage.casework.week.of_meetings import row_of
from engage.casework.week.reading import OPEN_TO_ALL, readable
from engage.casework.week.rows import Asking, Filled, Need, Row, Steps
from engage.governance import queries as access


# A draw that nobody read in so long is not read any more.
READ_WITHIN = timedelta(days=90)
# Whoever was never here before is told of so much of the log.
LOOKS_BACK = timedelta(days=28)
# What opens more than somebody's own cases does, each with a reason or leave that is in the log.
OVERSEEN = ("reason.given", "screening.authorised", "screening.run", "watch.made", "watch.renewed")


def sealed(asking: Asking) -> Steps:
    """Meetings still to come in which somebody is left out with a reason that is sealed to the viewer, among others; the next first."""
    words = InviteeWord.objects.filter(is_sealed=True).values("meeting")
    rows = Meeting.objects.filter(pk__in=words, state=PLANNED).order_by("starts_at", "seq")
    numbers = list(rows.values_list("seq", flat=True))
    read = yield Need(meetings=numbers)
    desk = MeetingDesk(asking.desk)
    some = [one for one in read.books_of(numbers) if one.has_sealed and desk.may_unseal(one)]
    lines = [row_of(asking, one, one.head.starts_at) for one in some]
    return Filled(tuple(lines[: asking.most]), len(lines))


def to_read(asking: Asking) -> Steps:
    """Cases that the viewer's agency drew for audit in the last ninety days and that nobody has read since; those drawn first on top."""
    since = asking.desk.see.viewing.at - READ_WITHIN
    draws = Draw.objects.filter(agency=asking.agency, drawn_at__gte=since)
    drawn = dict(draws.values_list("seq", "drawn_at"))
    cases = DrawnCase.objects.filter(draw__in=drawn).order_by("seq").values_list("case", "draw")
    first = {case: drawn[draw] for case, draw in reversed(cases)}
    read = yield Need(cases=first)
    heads = read.heads_of(first)
    audits = readable(asking.desk, heads, sampling.FORMS) if heads else []
    done = {row.case for row in audits if row.written_at >= first[row.case or 0]}
    waiting: list[Head] = [head for head in heads if head.number not in done]
    waiting.sort(key=lambda head: (first[head.number], head.number))
    lines = [Row(head=head, on=first[head.number]) for head in waiting[: asking.most]]
    return Filled(tuple(lines), len(waiting))


def supervision(asking: Asking) -> Steps:
    """In how many open cases of the workers of the viewer's agency the day on which the next supervision was to be is here or over. A number alone: which they are stands on the page of the caseload."""
    users = {one.user_id for one in access.workers_of(agency=asking.agency)}
    written = CaseEntry.objects.filter(OPEN_TO_ALL | Q(agency=asking.agency), form=SUPERVISION, case=OuterRef("seq"))  # fmt: skip
    standing = written.exclude(Exists(CaseEntry.objects.filter(replaces=OuterRef("seq")))).order_by("-seq")
    rows = known(asking.desk, Case.objects.filter(of_open_states(), worker__in=users))
    due = rows.annotate(next_on=Subquery(standing.values(day=KT("answers__next_on"))[:1]))
    count = due.filter(next_on__gt="", next_on__lte=asking.today.isoformat()).order_by().count()
    yield Need()
    return Filled((Row(kind=SUPERVISION, count=count),) if count else (), count)


def overseen(asking: Asking) -> Steps:
    """How often workers of each agency looked beyond their own cases since the viewer was here, by what they did. Who it was, about whom and why is in the log, for the purpose of audit alone."""
    viewing = asking.desk.see.viewing
    since = asking.since or viewing.at - LOOKS_BACK
    found = access.decided_by_agency(viewing=viewing, actions=OVERSEEN, since=since)
    yield Need()
    lines = [Row(kind=one.action, place=one.agency, count=one.count, on=one.last_at) for one in found]
    return Filled(tuple(lines[: asking.most]), sum(one.count for one in found))
