"""Which agencies that have not answered are chased, and whose manager is told, as the kind of their meeting says? Each once: whoever runs it again finds nothing left to do.

Nobody is chased for a case that is on the agenda no more, nor where the invitation was taken back, nor once the meeting has begun. A body without an account (a school,
say) is chased by a person: nobody reads here in its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from engage.casework.meetings import writing
from engage.casework.meetings.book import Book, books
from engage.casework.meetings.kinds.reading import of_area
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.models import Meeting
from engage.casework.meetings.rules import PLANNED
from engage.casework.rounds.lateness import is_to_be_chased, is_to_be_escalated
from engage.casework.rounds.models import Chase, InformationRequest, Return
from engage.casework.rounds.seeing import is_still_asked, seats_of
from engage.governance import queries as access
from engage.store.area import Area
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


OVERSEE, MANAGER = "oversee", "team_manager"
CHASED, ESCALATED = "chased", "escalated"


@dataclass(frozen=True)
class ChasedRounds:
    """How many requests have no answer, and of how many the agency was chased, or its manager told, just now."""

    waiting: int
    chased: int
    escalated: int


def due(answer_by: date, kind: Kind, chases: Collection[Chase], today: date, area: Area) -> str:
    """What is due by the kind of meeting of a request without an answer, which was to come by that day: "chased", "escalated", or ""."""
    if is_to_be_escalated(area, kind, answer_by, today):
        return "" if any(one.is_escalated for one in chases) else ESCALATED
    return CHASED if is_to_be_chased(area, kind, answer_by, today) and not chases else ""


def chase_by_rule(viewing: Viewing, area: Area) -> ChasedRounds:
    """Chase what is due in every round of a meeting that is still to come."""
    kinds = of_area(area)
    waiting = chased = escalated = 0
    for book in books(list(Meeting.objects.filter(state=PLANNED, starts_at__gt=viewing.at).order_by("seq"))):
        rows = _unanswered(book)
        waiting += len(rows)
        # A kind that the area has no more says nothing of when to chase.
        if rows and (kind := kinds.get(book.head.kind)):
            said = _chase(viewing, area, book, kind, rows)
            chased += said.count(CHASED)
            escalated += said.count(ESCALATED)
    return ChasedRounds(waiting, chased, escalated)


def _unanswered(book: Book) -> list[InformationRequest]:
    """What agencies were asked, are still invited for, and have not answered."""
    rows = InformationRequest.objects.filter(meeting=book.head.number).exclude(to_agency="").order_by("seq")
    answered = set(Return.objects.filter(meeting=book.head.number).values_list("request", flat=True))
    on = {item.case for item in book.items} | {None}
    seats = seats_of(book)
    return [
        row
        for row in rows
        if row.seq not in answered and row.case in on and is_still_asked(seats[row.invitee], row.case)
    ]


def _chase(
    viewing: Viewing, area: Area, book: Book, kind: Kind, rows: Iterable[InformationRequest]
) -> list[str]:
    before: dict[int, list[Chase]] = defaultdict(list)
    for one in Chase.objects.filter(meeting=book.head.number):
        before[one.request].append(one)
    today = london_day(viewing.at)
    found = [(row, due(row.due_on, kind, before[row.seq], today, area)) for row in rows]
    wanted = [(row, what) for row, what in found if what]
    try:
        with transaction.atomic():
            for row, what in wanted:
                is_up = what == ESCALATED
                Chase.objects.create(
                    request=row.seq, meeting=book.head.number, number=len(before[row.seq]) + 1, is_escalated=is_up,
                    to=manager_of(row.to_agency, book.kept_out_of(row.case)) if is_up else "", **writing.said(viewing),
                )  # fmt: skip
            if wanted:
                writing.record(
                    viewing,
                    "round.chased",
                    book.head.number,
                    ["agencies"],
                    "chased by rule",
                    [row.case for row, _what in wanted],
                )
    except IntegrityError:
        # Somebody chases this round at the same moment: what is left is looked at the next time.
        return []
    return [what for _row, what in wanted]


def manager_of(agency: str, out: Collection[str] = ()) -> str:
    """Who manages the agency's team, by name, but for those who are left out by name (`out`) and so are not told; "" where nobody else of it signs in as one."""
    some = access.workers_who_may(what=OVERSEE, agency=agency)
    return ", ".join(one.name for one in some if one.role == MANAGER and one.user_id not in out)[:150]
