"""What of agreed actions may a viewer see?

Of a case: that somebody has to do something by a day, those of the agencies that take part who may know of its meetings; what it is, those who may read what is
written in the case. (Business support chases without reading.) Of no case: the agency that does it and the one that agreed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from engage.casework.cases.models import Case
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.tasks.kept_out import OutOf, kept_from, out_of, without_kept_from
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import Action, Owner, Ties
from engage.picture.search.called import Called
from engage.vocabulary.access import Decision, Fact, Outcome, Subject
from engage.vocabulary.words import N_, Sentence


HEAD, WORDS = "meeting", "case_entry"
_NOT_READ = N_("What it is can be read by those who read what is written in this case.")


@dataclass(frozen=True)
class Seen:
    """Actions as far as the viewer may see them, and of their cases the heads by number and the names of whom they are about."""

    actions: tuple[Action, ...]
    heads: Mapping[int, Head]
    names: Mapping[str, Called]


def seen(desk: Desk, rows: Sequence[AgreedAction], *, is_named: bool = True) -> Seen:
    """Those of these rows of which the viewer may know, in their order, and (`is_named`) how the subjects of their cases are called. The number of queries does not grow
    with the rows."""
    numbers = {row.case for row in rows if row.case is not None}
    heads = desk.heads(list(Case.objects.filter(pk__in=numbers))) if numbers else []
    found = seen_of(desk, rows, heads)
    by_number = {head.number: head for head in heads}
    used = {one.case: by_number[one.case] for one in found if one.case is not None}
    return Seen(tuple(found), used, desk.names(used.values()) if is_named else {})


def seen_of(desk: Desk, rows: Sequence[AgreedAction], heads: Sequence[Head]) -> list[Action]:
    """Those of these rows of which the viewer may know, in their order, where the heads of their cases are read already (a case that is not among them they may not know of)."""
    subjects = desk.subjects_of(heads, parts_of([head.number for head in heads], desk.see.viewing.at) if heads else {})  # fmt: skip
    hidden = kept_from(_out(desk), rows) if rows else frozenset()
    return [one for row in rows if row.seq not in hidden and (one := _shown(desk, row, subjects))]


def _out(desk: Desk) -> OutOf:
    """What the viewer is left out of, looked up once for all lists of a page."""
    return desk.once("out_of", lambda: out_of(desk.see.viewing.viewer))


def subject_of(row: AgreedAction, of_cases: Mapping[int, Subject]) -> Subject | None:
    """What access needs to know of an action; None of a case of which the viewer may not know."""
    if row.case is not None:
        return of_cases.get(row.case)
    return Subject("", parts=frozenset({row.agency, row.made_by_agency} - {""}))


def _shown(desk: Desk, row: AgreedAction, of_cases: Mapping[int, Subject]) -> Action | None:
    subject = subject_of(row, of_cases)
    if subject is None or not desk.decide(subject, Fact(row.agency, HEAD)).is_allowed:
        return None
    return action_of(row, words_of(desk, row, subject))


def words_of(desk: Desk, row: AgreedAction, subject: Subject) -> Decision | None:
    """Whether the viewer may read what an action says; None where whoever knows of it may."""
    return desk.decide(subject, Fact(row.made_by_agency, WORDS)) if row.case is not None else None


def action_of(row: AgreedAction, words: Decision | None = None) -> Action:
    """A row as rules speak of it."""
    is_read = words is None or words.outcome is Outcome.ALLOW
    return Action(
        row.seq, row.case, row.meeting, row.decision, row.what if is_read else None, Owner(row.agency, row.owner_name, row.owner), row.due_on, row.state,
        row.version, row.made_by, row.made_by_name, row.made_by_agency, row.made_at, None if is_read else Sentence(_NOT_READ),
    )  # fmt: skip


def ties_of(action: Action, head: Head | None) -> Ties:
    """Who has a say in an action of that case."""
    return Ties(action.owner.user, action.owner.agency, action.by, head.worker if head else "")


def known(desk: Desk, rows: QuerySet[AgreedAction]) -> QuerySet[AgreedAction]:
    """Those of which the viewer may know: what may not be known is in no list, and in no count."""
    mine = desk.see.viewing.viewer.agency
    if not mine:
        return rows.none()
    of_my_cases = desk.in_part_of(mine, "case")
    of_no_case = Q(case=None) & (Q(agency=mine) | Q(made_by_agency=mine))
    rows = without_kept_from(_out(desk), rows.filter(of_my_cases | of_no_case))
    if not all(desk.owned_by.values()):
        # Not asked for where it leaves all in: a list in the order of its days would be looked for by agency, and put in order anew.
        rows = rows.filter(agency__in=[code for code, may in desk.owned_by.items() if may])
    rows = desk.without_hidden(_whose_case_is_known(desk, rows), "case")
    return rows.exclude(case__in=desk.hidden_cases) if desk.hidden_cases else rows


def _whose_case_is_known(desk: Desk, rows: QuerySet[AgreedAction]) -> QuerySet[AgreedAction]:
    """Of those of a case, those of a case of which the viewer may know."""
    unknown = [code for code, may in desk.led_by.items() if not may]
    return rows.exclude(case__in=Case.objects.filter(agency__in=unknown).values("seq")) if unknown else rows
