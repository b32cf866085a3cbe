"""Which actions stand on an agenda, as far as the viewer may see them? Those whose day has passed come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engage.casework.agreed import seeing as agreed
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.nameless import without_names
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import OPEN, Action
from engage.vocabulary.time import london_day


def overdue(found: Opened) -> tuple[Action, ...]:
    """The open actions of the cases on the agenda whose day has passed, as far as the viewer may see them: the earliest day first."""
    cases = [item.case for item in found.book.items]
    rows = AgreedAction.objects.filter(case__in=cases, state=OPEN, due_on__lt=london_day(found.viewing.at))
    # Put in order here: for the store's own order everything that is overdue in the area would be gone along.
    return shown_actions(found, sorted(rows, key=lambda row: (row.due_on, row.seq)))


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
