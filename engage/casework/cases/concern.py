"""May a case be called that of a person of concern? Only where its subject is known to have been 18 at the time; of anybody else it is a question, until social care has answered it.

Somebody under 18, or of whom no birth is known or not since when it is, is a child first. Until children's social care agrees in writing, after the National Referral Mechanism and the defence of section 45 of the
Modern Slavery Act 2015 were considered, no list, agenda or export holds the case, and only those who decide it see it: the roles that take such a case on or agree to it, of the agencies that take
part in it, and whoever referred. After that it stands in lists under words that call nobody a suspect. How each case stands is laid down whenever something is told, and may be thrown away: what
is not laid down is a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.db.models import F, Q, QuerySet

from engage.casework.cases.conditions import Condition
from engage.casework.cases.models import Case, CaseEntry, OfConcern
from engage.casework.cases.rules import GROWN_UP, QUESTION, YOUNG
from engage.casework.forms import agreement
from engage.casework.forms.reading import load
from engage.casework.forms.rules import NO, day_of
from engage.casework.lifecycles.states import PERSON_OF_CONCERN, lifecycle
from engage.picture.missing.ages import Births, may_be_child
from engage.store.area import Area


SOCIAL_CARE, REFERRAL = "childrens_services", "referral_of_concern"
# In the form that proposes somebody: is this person under 18, or were they when it happened, and since when is it?
UNDER_18, SINCE = "under_18", "since"
FORMS = (REFERRAL, agreement.FORM)


def was_grown_up(
    births: Births, opened_on: date, held_since: date | None, referrals: Iterable[CaseEntry]
) -> bool | None:
    """The subject was 18 on the first day that anybody told of, by every birth that any record says, guarded or not, and whoever referred said so. `held_since`: the first day of
    which a record accuses them. None: no birth is known, or no day is told. That a case is opened today says nothing of when what it is about began."""
    some = [row.answers for row in referrals]
    said = [day for answers in some if (day := day_of(str(answers.get(SINCE, ""))))]
    told = [*said, *([held_since] if held_since else [])]
    may_be = may_be_child(births, min([opened_on, *told])) if told else None
    said_so = all(str(answers.get(UNDER_18, NO)) == NO for answers in some)
    return None if may_be is None else not may_be and said_so


def is_agreed(area: Area, entries: Iterable[CaseEntry]) -> bool:
    """Social care agrees, as its own worker wrote, after what has to be considered was considered."""
    of_care = {agency.code for agency in area.agencies.values() if agency.kind == SOCIAL_CARE}
    return any(
        row.form == agreement.FORM and row.agency in of_care and agreement.lets_go_on(row.answers)
        for row in entries
    )


def standing_entries(cases: Collection[int], forms: Sequence[str]) -> dict[int, list[CaseEntry]]:
    """What stands in these cases on these forms, a correction instead of what it corrects, in order. What a row of another form replaces stands no more."""
    rows = list(CaseEntry.objects.filter(case__in=cases, form__in=forms).order_by("seq"))
    replaced = set(CaseEntry.objects.filter(case__in=cases).exclude(replaces=None).values_list("replaces", flat=True))  # fmt: skip
    found: dict[int, list[CaseEntry]] = defaultdict(list)
    for row in rows:
        if row.seq not in replaced and row.case is not None:
            found[row.case].append(row)
    return found


def stands_of(cases: Collection[int]) -> Mapping[int, str]:
    """How these cases of people of concern stand. What is not laid down is a question."""
    laid = dict(OfConcern.objects.filter(case__in=list(cases)).values_list("case", "stands"))
    return {case: laid.get(case, QUESTION) for case in cases}


def standing(rows: QuerySet[Case], stands: str) -> QuerySet[Case]:
    """Those of these cases of people of concern that stand so."""
    rows = rows.filter(kind=PERSON_OF_CONCERN)
    return rows.exclude(_laid(GROWN_UP, YOUNG)) if stands == QUESTION else rows.filter(_laid(stands))


def settled(rows: QuerySet[Case], *stands: str) -> QuerySet[Case]:
    """These cases without those of people of concern that do not stand so (any that is no question, where nothing is named)."""
    return rows.filter(~Q(kind=PERSON_OF_CONCERN) | _laid(*(stands or (GROWN_UP, YOUNG))))


def _laid(*stands: str) -> Q:
    """The condition that it is laid down of a case that it stands so."""
    places = {f"stands_{number}": one for number, one in enumerate(stands)}
    one_of = ", ".join(f"{{{place}}}" for place in places)
    return Q(
        Condition(
            f'exists (select 1 from cases_ofconcern laid where laid."case" = {{case}} and laid.stands in ({one_of}))',
            case=F("seq"),
            **places,
        )
    )


@cache
def deciders() -> frozenset[str]:
    """The roles that decide such a question: those that take a person of concern on, and those that write that social care agrees."""
    move = lifecycle(PERSON_OF_CONCERN).move("take_on")
    return frozenset(move.who if move else ()) | frozenset(load()[agreement.FORM].who)
