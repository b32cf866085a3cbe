"""What is known of whom a case is about, as far as the rules of moves need it?"""

from __future__ import annotations

from engage.casework.cases import concern, elsewhere, heard, settling
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.policies import Facts
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.cases.seeing import Desk, head_of
from engage.casework.forms import agreement
from engage.casework.lifecycles.states import CHILD, PERSON_OF_CONCERN
from engage.casework.tasks.standing import open_counts
from engage.identities import assignments
from engage.picture.missing.ages import may_be_child
from engage.store.area import Area
from engage.vocabulary.time import london_day


GOAL = "goal"


def facts(desk: Desk, area: Area, head: Head) -> Facts:
    """The facts of a case that the rules of moves rest on."""
    forms = (agreement.FORM, concern.REFERRAL, GOAL)
    standing = concern.standing_entries([head.number], forms)[head.number]
    is_person = head.kind == PERSON_OF_CONCERN and bool(head.subject)
    is_child = head.kind == CHILD and bool(head.subject)
    return Facts(
        head.state, bool(head.subject) or head.kind not in OF_PEOPLE, bool(head.worker), sum(row.form == GOAL for row in standing),
        open_counts([head.number])[head.number],
        is_adult=_is_adult(desk, head, [row for row in standing if row.form == concern.REFERRAL]) if is_person else None,
        is_agreed=concern.is_agreed(area, standing),
        keeps_a_worker_as_a_child=_has_a_worker_as_a_child(desk, head) if is_person else False,
        is_grown_up_today=_is_grown_up_today(desk, head) if is_person else False,
        is_looked_at_elsewhere=settling.is_open_about(desk.see, head.subject) if is_child else False,
        is_held_elsewhere=elsewhere.record(desk, area, head) is not None if is_child else False,
        is_led_here=bool(head.agency) and head.agency == desk.see.viewing.viewer.agency,
    )  # fmt: skip


def _is_adult(desk: Desk, head: Head, referrals: list[CaseEntry]) -> bool | None:
    return settling.was_grown_up(desk.see, head.subject, london_day(head.opened_at), referrals)


def _is_grown_up_today(desk: Desk, head: Head) -> bool:
    return may_be_child(heard.births_said(desk.see, head.subject), london_day(desk.see.viewing.at)) is False


def _has_a_worker_as_a_child(desk: Desk, head: Head) -> bool:
    ids = assignments.ids_ever(desk.see.build, head.subject)
    rows = Case.objects.filter(kind=CHILD, subject__in=ids).exclude(worker="")
    return any(head_of(row).is_open for row in rows)
