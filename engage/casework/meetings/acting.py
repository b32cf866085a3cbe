"""Which actions stand on an agenda, as far as the viewer may see them? Those whose day has passed come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Exists, OuterRef

from engage.casework.agreed import seeing as agreed
from engage.casework.meetings import models
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.nameless import without_names
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import OPEN, Action
from engage.vocabulary.time import london_day


def overdue(found: Opened) -> tuple[Action, ...]:
    """The open actions of the cases on the agenda whose day has passed, and those of no case that an earlier meeting agreed which this one goes on from, as far as the viewer may see them: the earliest
    day first."""
    late = AgreedAction.objects.filter(state=OPEN, due_on__lt=london_day(found.viewing.at))
    cases = [item.case for item in found.book.items]
    rows = [*late.filter(case__in=cases), *late.filter(_earlier(found, cases), case=None)]
    # Put in order here: for the store's own order everything that is overdue in the area would be gone along.
    return shown_actions(found, sorted(rows, key=lambda row: (row.due_on, row.seq)))


def _earlier(found: Opened, cases: Sequence[int]) -> Exists:
    """Agreed in an earlier meeting of the same kind, that the same agency called: of a kind that goes on from sitting to sitting any, of another one that had one of these cases on its agenda."""
    head = found.book.head
    rows = models.Meeting.objects.filter(
        pk=OuterRef("meeting"), kind=head.kind, agency=head.agency, starts_at__lt=head.starts_at
    )
    if not found.kind.carries_on:
        rows = rows.filter(pk__in=models.MeetingItem.objects.filter(case__in=cases).values("meeting"))
    return Exists(rows)


def shown_actions(
    found: Opened, rows: Sequence[AgreedAction], *, is_theirs: bool = False
) -> tuple[Action, ...]:
    """These actions as far as the viewer may see them; where no child is named, without the names of those near the place. `is_theirs`: they are the viewer's to write, who so
    reads what each says, also of a case that they do not read."""
    actions = agreed.seen(found.desk.desk, rows).actions
    if is_theirs:
        what = {row.seq: row.what for row in rows}
        actions = tuple(replace(one, what=what[one.number], why_not=None) for one in actions)
    if found.kind.names_children:
        return actions
    see = found.desk.desk.see
    given = found.desk.given_near(found.desk.heads(found.book))
    told = without_names(see, [(one.what or "", given) for one in actions])
    return tuple(replace(one, what=one.what and text) for one, text in zip(actions, told, strict=True))
