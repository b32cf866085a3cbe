"""What is known of whom a case is about, as far as the rules of moves need it?"""

from __future__ import annotations

from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.policies import Facts
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.cases.seeing import Desk, head_of
from engage.casework.forms import agreement
from engage.casework.forms.rules import NO
from engage.casework.lifecycles.states import CHILD, PERSON_OF_CONCERN
from engage.casework.tasks.standing import open_counts
from engage.identities import assignments
from engage.picture.missing.ages import births_of, may_be_child
from engage.store.area import Area
from engage.vocabulary.time import london_day


AGREEMENT, GOAL = agreement.FORM, "goal"
SOCIAL_CARE = "childrens_services"
# In the form that proposes a person of concern: is this person under 18, or were they when it happened?
UNDER_18 = "under_18"


def facts(desk: Desk, area: Area, head: Head) -> Facts:
    """The facts of a case that the rules of moves rest on."""
    entries = list(CaseEntry.objects.filter(case=head.number, form__in=(AGREEMENT, GOAL)).order_by("seq"))
    replaced = {row.replaces for row in entries if row.replaces}
    standing = [row for row in entries if row.seq not in replaced]
    is_person = head.kind == PERSON_OF_CONCERN and bool(head.subject)
    return Facts(
        head.state, bool(head.subject) or head.kind not in OF_PEOPLE, bool(head.worker), sum(row.form == GOAL for row in standing),
        open_counts([head.number])[head.number],
        _is_adult(desk, head) if is_person else None, any(_is_agreed(row, area) for row in standing),
        _has_a_worker_as_a_child(desk, head) if is_person else False, bool(head.agency) and head.agency == desk.see.viewing.viewer.agency,
    )  # fmt: skip


def _is_agreed(row: CaseEntry, area: Area) -> bool:
    """Social care agrees, as its own worker wrote, after what has to be considered was considered."""
    agency = area.agencies.get(row.agency)
    is_theirs = agency is not None and agency.kind == SOCIAL_CARE
    return row.form == AGREEMENT and is_theirs and agreement.lets_go_on(row.answers)


def _is_adult(desk: Desk, head: Head) -> bool | None:
    """The subject was 18: by every birth that the viewer may know, on the day on which the case was opened, and whoever proposed it knew of nothing from before. None: no
    birth is known."""
    may_be = may_be_child(births_of(desk.names([head]).get(head.subject)), london_day(head.opened_at))
    first = CaseEntry.objects.filter(case=head.number).order_by("seq").first()
    was_asked = str(first.answers.get(UNDER_18, NO)) if first else NO
    return None if may_be is None else not may_be and was_asked == NO


def _has_a_worker_as_a_child(desk: Desk, head: Head) -> bool:
    ids = assignments.ids_ever(desk.see.build, head.subject)
    rows = Case.objects.filter(kind=CHILD, subject__in=ids).exclude(worker="")
    return any(head_of(row).is_open for row in rows)
