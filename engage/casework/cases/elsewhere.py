"""May a case go on from a strategy discussion that was held elsewhere? A person confirms it, and what social care's own system says is the evidence.

No record says who was there. So it is asked, and where social worker, police and health were not all there, as far as anybody knows, a named manager says why it counts: as with a
meeting that is held here.
"""

from __future__ import annotations

from dataclasses import replace

from engage.casework.cases import explaining, heard, timing
from engage.casework.cases.rules import AnswersWrong, Head, Written
from engage.casework.cases.seeing import Desk
from engage.casework.clocks.bounds import bounds_of
from engage.casework.clocks.rules import Told
from engage.casework.forms.rules import Form
from engage.store.area import Area


FORM, WAITS = "strategy_elsewhere", "strategy"
# What such a record tells: that it was held, or what nothing but such a discussion begins.
_TELLS, _DECIDED = ("strategy.held", "section47.started"), "strategy.decided"
_BY = "let_by"


def record(desk: Desk, area: Area, head: Head) -> Told | None:
    """The last record, of those that the viewer may see, by which it was held since somebody decided on it here; None where there is none, or nothing waits for one."""
    if head.state.code != WAITS:
        return None
    some = timing.recorded_since(timing.told_of(desk, area, head), _TELLS, _DECIDED)
    # Of both the discussion itself says more.
    return max(some, key=lambda one: (one.event == _TELLS[0], bounds_of(one).latest), default=None)


def with_record(desk: Desk, area: Area, head: Head, filled: tuple[Form, Written]) -> tuple[Form, Written]:
    """What confirms it, with the record as its evidence; any other form as it is. Raises AnswersWrong where who let it count answers for no work, or has the case."""
    form, written = filled
    if form.code != FORM:
        return filled
    if fault := explaining.not_theirs(str(written.answers.get(_BY, "")), form, head):
        raise AnswersWrong({_BY: fault})
    found = record(desk, area, head)
    known = (found.told_id.removeprefix(heard.RECORD).removesuffix(f":{found.event}"),) if found else ()
    return form, replace(written, evidence=known)
