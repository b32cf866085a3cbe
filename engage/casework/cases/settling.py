"""How do cases of people of concern stand, by what is known and written now? Laid down whenever something is told, for lists to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from engage.casework.cases import concern, heard, suspected, writing
from engage.casework.cases.models import Case, CaseEntry, OfConcern
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import AGREES, GROWN_UP, QUESTION, YOUNG, readers
from engage.casework.cases.seeing import Desk, head_of
from engage.casework.lifecycles.states import PERSON_OF_CONCERN
from engage.identities import assignments
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.vocabulary.time import london_day


def lay_down(see: Sight, area: Area, numbers: Collection[int]) -> None:
    """Lay down how these cases stand, so far as they are of people of concern; social care takes part from the moment at which one is a question. Within the transaction of what was told."""
    rows = list(Case.objects.filter(seq__in=list(numbers), kind=PERSON_OF_CONCERN))
    if not rows:
        return
    desk, entries = Desk(see), concern.standing_entries([row.seq for row in rows], concern.FORMS)
    now = desk.now({row.subject for row in rows if row.subject})
    made = [
        OfConcern(case=row.seq, stands=_stands(see, area, row, now.get(row.subject, ""), entries[row.seq]))
        for row in rows
    ]
    with transaction.atomic():
        OfConcern.objects.filter(case__in=[row.seq for row in rows]).delete()
        OfConcern.objects.bulk_create(made)
        _ask_social_care(see, area, [one.case for one in made if one.stands == QUESTION])


def was_grown_up(see: Sight, subject: str, opened_on: date, referrals: Iterable[CaseEntry]) -> bool | None:
    """The subject (today's id, "" while nobody said who it is) was 18 on the first day that anybody told of: whoever referred, or a record. None: that is not known."""
    births, since = (heard.births_said(see, subject), suspected.first_suspected(see, subject)) if subject else ((), None)  # fmt: skip
    return concern.was_grown_up(births, opened_on, since, referrals)


def _stands(see: Sight, area: Area, row: Case, subject: str, entries: list[CaseEntry]) -> str:
    referrals = [one for one in entries if one.form == concern.REFERRAL]
    if was_grown_up(see, subject, london_day(row.opened_at), referrals):
        return GROWN_UP
    return YOUNG if concern.is_agreed(area, entries) else QUESTION


def _ask_social_care(see: Sight, area: Area, numbers: Collection[int]) -> None:
    agency = next((code for code, one in area.agencies.items() if one.kind == concern.SOCIAL_CARE), None)
    parts = parts_of(numbers, see.viewing.at) if agency else {}
    for case in numbers if agency else ():
        if agency not in readers(parts.get(case, ())):
            writing.join(see.viewing, case, str(agency), AGREES)


def is_open_about(see: Sight, person_id: str) -> bool:
    """A case looks at this person (today's id) as a person of concern, or asks whether it may, who is not known to have been 18."""
    ids = assignments.ids_ever(see.build, person_id)
    rows = list(Case.objects.filter(kind=PERSON_OF_CONCERN, subject__in=ids))
    now = Desk(see).now({row.subject for row in rows})
    mine = [row.seq for row in rows if now[row.subject] == person_id and head_of(row).is_open]
    return any(stands != GROWN_UP for stands in concern.stands_of(mine).values())
