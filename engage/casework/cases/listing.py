"""Which cases are there, as asked for, of which the viewer may know? Read a page at a time: what an area has in a year must not make a page slower."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from engage.casework.cases import concern
from engage.casework.cases.models import Case
from engage.casework.cases.rules import GROWN_UP, OF_PEOPLE, QUESTION, YOUNG, Head
from engage.casework.cases.seeing import Desk
from engage.casework.lifecycles.states import KINDS, PERSON_OF_CONCERN, lifecycle
from engage.identities import assignments
from engage.picture.search.called import Called
from engage.store.warehouse import Build


OPEN, ENDED = "open", "ended"
ROWS = 50


@dataclass(frozen=True)
class Filter:
    """Which cases: of a kind (or of how a case of a person of concern stands: a question, or young and agreed) and state (`state` one of a kind, "open" or "ended"; "" any), of a worker, of the agency that leads, about a subject; and the page."""

    kind: str = ""
    state: str = OPEN
    worker: str = ""
    agency: str = ""
    subject: str = ""
    page: int = 1


@dataclass(frozen=True)
class CaseList:
    """One page of cases, how their subjects are called by the id, how many there are in all, and how many pages."""

    heads: tuple[Head, ...]
    names: Mapping[str, Called]
    count: int
    page_count: int

    def name(self, head: Head) -> str:
        """How the subject of one of them is called; "" where the viewer may not know."""
        return name_among(head, self.names)


def name_among(head: Head, names: Mapping[str, Called]) -> str:
    """How the subject of a case is called: a person as these names say, and until somebody has said who it is as whoever opened the case wrote; a place or a group as it is called. "" where
    the viewer may not know."""
    if head.kind in OF_PEOPLE and head.subject:
        called = names.get(head.subject)
        return called.name if called else ""
    return head.called


def name_in_lists(head: Head, names: Mapping[str, Called]) -> str:
    """The same for a list of something else: what whoever opened a case about somebody wrote is shown with the case alone."""
    return "" if head.kind in OF_PEOPLE and not head.subject else name_among(head, names)


def listed(desk: Desk, asked: Filter) -> CaseList:
    """One page of the cases asked for, those moved last first."""
    rows = asked_for(known(desk, Case.objects.all()), asked, desk.see.build)
    count = rows.count()
    pages = max(1, -(-count // ROWS))
    first = (min(max(asked.page, 1), pages) - 1) * ROWS
    # The numbers first, which an index holds: the rows of the cases on other pages are not read to be put in order.
    order = ("-moved_at", "-seq")
    numbers = list(rows.order_by(*order).values_list("seq", flat=True)[first : first + ROWS])
    heads = desk.heads(list(Case.objects.filter(pk__in=numbers).order_by(*order)))
    return CaseList(tuple(heads), desk.names(heads), count, pages)


def open_numbers() -> list[int]:
    """The numbers of all open cases."""
    opens = Q()
    for kind in KINDS:
        opens |= Q(kind=kind, state__in=[s.code for s in lifecycle(kind).states if s.is_open])
    return list(Case.objects.filter(opens).order_by("seq").values_list("seq", flat=True))


def others(desk: Desk, head: Head) -> list[Head]:
    """Further cases of the same subject, newest first: each has a life of its own."""
    if not head.subject:
        return []
    is_person = head.kind in OF_PEOPLE
    of_kind, ids = (OF_PEOPLE, assignments.ids_ever(desk.see.build, head.subject)) if is_person else ({head.kind}, {head.subject})  # fmt: skip
    rows = Case.objects.filter(kind__in=of_kind, subject__in=ids).exclude(pk=head.number)
    return [one for one in desk.heads(list(rows.order_by("-seq"))) if one.subject == head.subject]


def known(desk: Desk, rows: QuerySet[Case], *, are_settled: bool = False) -> QuerySet[Case]:
    """Those of which the viewer may know: what may not be known is in no list, and in no count. `are_settled`: no question is among them, so that none need be left out."""
    if not all(desk.led_by.values()):
        # Not asked for where it leaves all in: of whatever else is asked, the rows would be looked for by agency.
        rows = rows.filter(agency__in=[code for code, may in desk.led_by.items() if may])
    rows = rows if are_settled else desk.without_hidden(rows, "seq")
    return rows.exclude(seq__in=desk.hidden_cases) if desk.hidden_cases else rows


def asked_for(rows: QuerySet[Case], asked: Filter, build: Build) -> QuerySet[Case]:
    """Those of these cases that are asked for. Under people of concern stands nobody but who was grown up; of others is asked by how their case stands."""
    if asked.kind in (QUESTION, YOUNG):
        rows = concern.standing(rows, asked.kind)
    elif asked.kind == PERSON_OF_CONCERN:
        rows = concern.settled(rows, GROWN_UP)
    kinds = [asked.kind] if asked.kind in KINDS else list(KINDS)
    if asked.state in (OPEN, ENDED):
        states = Q()
        for kind in kinds:
            wanted = [s.code for s in lifecycle(kind).states if s.is_open == (asked.state == OPEN)]
            states |= Q(kind=kind, state__in=wanted)
        rows = rows.filter(states)
    else:
        rows = rows.filter(kind__in=kinds, **({"state": asked.state} if asked.state else {}))
    if asked.subject:
        rows = rows.filter(subject__in=assignments.ids_ever(build, asked.subject))
    for column in ("worker", "agency"):
        if wanted_one := getattr(asked, column):
            rows = rows.filter(**{column: wanted_one})
    return rows
