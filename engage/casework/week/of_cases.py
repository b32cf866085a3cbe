"""The lists of the day that hold cases, and that of drafts."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from engage.casework.cases import concern
from engage.casework.cases import drafts as kept
from engage.casework.cases.conditions import Condition
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, CaseEntry, ReferralWaits, Told
from engage.casework.cases.rules import GROWN_UP, QUESTION, RECEIVED
from engage.casework.lifecycles.states import CHILD, KINDS, PERSON_OF_CONCERN, lifecycles
from engage.casework.week.reading import OPEN_TO_ALL
from engage.casework.week.reviews import reviewing, reviews
from engage.casework.week.rows import Asking, Filled, Need, Row, Steps, first_of


SOON = timedelta(days=14)
WAITS, TAKEN_ON = ("referred", "acknowledged", "proposed"), ("accepted", "reopened", "discussion")


def my_new(asking: Asking) -> Steps:
    """Open cases of which the viewer is the worker and that moved, or were referred again, since they were here last."""
    return _cases(asking, _moved(asking, Case.objects.filter(worker=asking.user)))


def agency_new(asking: Asking) -> Steps:
    """Cases that the viewer's agency leads and that moved, or were referred again, since they were here last."""
    return _cases(asking, _moved(asking, Case.objects.filter(agency=asking.agency)))


def concern_new(asking: Asking) -> Steps:
    """Cases of people of concern, places and groups that moved since the viewer was here last. Nobody who was under 18 is among them."""
    rows = concern.settled(Case.objects.exclude(kind=CHILD), GROWN_UP)
    return _cases(asking, _moved(asking, rows))


def to_agree(asking: Asking) -> Steps:
    """Questions whether somebody who was, or may have been, under 18 may be looked at as a person of concern, as far as the viewer decides them."""
    rows = concern.standing(Case.objects.filter(of_open_states(PERSON_OF_CONCERN)), QUESTION)
    return _cases(asking, rows, oldest_first=True, is_question=True)


def to_decide(asking: Asking) -> Steps:
    """Cases that the viewer's agency leads and that nobody has accepted or declined, or of which another referral waits for its own answer, the oldest first; no questions, which have a list of their
    own."""
    waits = ReferralWaits.objects.filter(OPEN_TO_ALL | Q(agency=asking.agency))
    # Of every kind, by which the index of states of an agency begins.
    rows = Case.objects.filter(
        Q(kind__in=KINDS, state__in=WAITS) | Q(seq__in=waits.values("case")), agency=asking.agency
    )
    found = known(asking.desk, concern.settled(rows), are_settled=True)
    earliest = waits.filter(case=OuterRef("seq")).order_by("told_at").values("told_at")[:1]
    asked_at = Coalesce(Subquery(earliest), F("moved_at"))
    first = first_of(asking, found.annotate(asked_at=asked_at).order_by("asked_at", "seq"), "asked_at")
    read = yield Need(cases=first.numbers)
    lines = tuple(Row(head=head, on=first.told[head.number][0]) for head in read.heads_of(first.numbers))
    return Filled(lines, first.count, is_more=first.is_more)


def to_allocate(asking: Asking) -> Steps:
    """Cases that the viewer's agency leads, that were taken on, and that nobody has."""
    # Of every kind, by which the index of states of an agency begins.
    rows = Case.objects.filter(agency=asking.agency, kind__in=KINDS, state__in=TAKEN_ON, worker="")
    return _cases(asking, rows, oldest_first=True)


def discussion(asking: Asking) -> Steps:
    """Cases on the list of the daily discussion in which the viewer's agency takes part."""
    return _cases(asking, _taking_part(asking, "discussion"), oldest_first=True)


def strategy(asking: Asking) -> Steps:
    """Cases of which a strategy discussion was called, in which the viewer's agency takes part."""
    return _cases(asking, _taking_part(asking, "strategy"), oldest_first=True)


def handing_over(asking: Asking) -> Steps:
    """Cases that the viewer's agency leads and that another area was asked to take over."""
    rows = Case.objects.filter(agency=asking.agency, kind__in=KINDS, state="transferring")
    return _cases(asking, rows, oldest_first=True)


def sent_by_me(asking: Asking) -> Steps:
    """Cases that the viewer opened and that nobody has decided, and those in which a referral of theirs has no answer of its own."""
    mine = CaseEntry.objects.filter(written_by=asking.user)
    waits = ReferralWaits.objects.filter(entry__in=mine.values("seq"))
    rows = Case.objects.filter(Q(opened_by=asking.user, state__in=WAITS) | Q(seq__in=waits.values("case")))
    return _cases(asking, rows, oldest_first=True, is_question=True)


def my_reviews(asking: Asking) -> Steps:
    """What the viewer is to look at again in open cases, each with its own day, where that is over or within fourteen days."""
    forms = reviewing(asking.area)
    named = Q(pk__in=[])
    for form in forms.values():
        if form.reviewer:
            named |= Q(form=form.code, **{f"answers__{form.reviewer}": asking.user})
    # Asked for apart: of one or the other the store would go along all open cases.
    of_others = CaseEntry.objects.filter(named).exclude(case=None).values_list("case", flat=True).distinct()
    mine = [Q(worker=asking.user), *([Q(seq__in=some)] if (some := list(of_others)) else [])]
    found = (
        known(asking.desk, Case.objects.filter(of_open_states(), one)).values_list("seq", flat=True)
        for one in mine
    )
    numbers = sorted({number for rows in found for number in rows})
    read = yield Need(cases=numbers)
    by_number = {head.number: head for head in read.heads_of(numbers)}
    near = sorted(
        (one.on, number, one.form.title)
        for number, some in reviews(asking.desk, asking.area, list(by_number.values())).items()
        for one in some
        if one.by == asking.user and one.on <= asking.today + SOON
    )
    lines = [
        Row(head=by_number[number], on=day, called=title, is_over=day < asking.today)
        for day, number, title in near
    ]
    return Filled(tuple(lines[: asking.most]), len(lines))


def drafts(asking: Asking) -> Steps:
    """What the viewer began to write."""
    found = kept.drafts(viewing=asking.desk.see.viewing)
    yield Need()
    return Filled(tuple(Row(place=place, on=at) for place, at in found[: asking.most]), len(found))


def of_open_states(*kinds: str) -> Q:
    """Cases that are open, by the states of each kind, or of these kinds alone."""
    return Q(Condition(_open_states(kinds), kind=F("kind"), state=F("state")))


@cache
def _open_states(kinds: tuple[str, ...]) -> str:
    """In words of SQL: the codes are those of the files that ship."""
    of_each = (
        (kind, ", ".join(f"'{one.code}'" for one in life.states if one.is_open))
        for kind, life in lifecycles().items()
        if not kinds or kind in kinds
    )
    return (
        "(" + " or ".join(f"{{kind}} = '{kind}' and {{state}} in ({codes})" for kind, codes in of_each) + ")"
    )


def _moved(asking: Asking, rows: QuerySet[Case]) -> QuerySet[Case]:
    if asking.since:
        # Looked up first, for all lists' cases: few are referred again.
        again = Told.objects.filter(event=RECEIVED, told_at__gt=asking.since, case__isnull=False).values(
            "case"
        )
        rows = rows.filter(Q(moved_at__gt=asking.since) | Q(seq__in=again))
    return rows.filter(of_open_states())


def _taking_part(asking: Asking, state: str) -> QuerySet[Case]:
    # Of the kinds that have such a state, by which the index of states begins.
    kinds = [kind for kind, life in lifecycles().items() if any(one.code == state for one in life.states)]
    return Case.objects.filter(asking.desk.in_part_of(asking.agency, "seq"), kind__in=kinds, state=state)


def _cases(
    asking: Asking, rows: QuerySet[Case], *, oldest_first: bool = False, is_question: bool = False
) -> Steps:
    """Questions stand on the list of questions and on that of whoever asked (`is_question`), and on no other."""
    rows = known(asking.desk, rows if is_question else concern.settled(rows), are_settled=not is_question)
    order = ("moved_at", "seq") if oldest_first else ("-moved_at", "-seq")
    first = first_of(asking, rows.order_by(*order))
    read = yield Need(cases=first.numbers)
    lines = tuple(Row(head=head, on=head.moved_at) for head in read.heads_of(first.numbers))
    return Filled(lines, first.count, is_more=first.is_more)
