"""What are the clocks of the children on an agenda told by calling a meeting, planning it for a day, inviting, holding it, and issuing its minutes?

So that nobody types on a form what was done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engage.casework.cases import timing
from engage.casework.cases.belonging import MEETING, Telling, moment, taken_back, tell
from engage.casework.cases.models import Case, Told
from engage.casework.lifecycles.states import CHILD
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.rules import Head
from engage.picture.seeing import Sight
from engage.store.area import Area


def called(see: Sight, area: Area, kind: Kind, head: Head, cases: Iterable[int]) -> None:
    """These cases are on its agenda: it was asked for, or is planned for its day. Told again once it is put off."""
    for act, at in (("called", see.viewing.at), ("planned", head.starts_at)):
        for case in _children(cases) if act in kind.tells else ():
            earlier = _told(head, case, kind.tells[act])
            if act == "called" and earlier:
                continue
            replaces = earlier.seq if earlier else None
            tell(see.viewing, case, Telling(kind.tells[act], moment(at), (MEETING, head.number), replaces, _name(head)))  # fmt: skip
    _lay_down(see, area, kind, cases)


def invited(see: Sight, area: Area, kind: Kind, head: Head, cases: Iterable[int]) -> None:
    """Somebody was invited to it. The first invitation counts."""
    event = kind.tells.get("invited", "")
    for case in _children(cases) if event else ():
        if not _told(head, case, event):
            tell(see.viewing, case, Telling(event, moment(see.viewing.at), (MEETING, head.number), regards=_name(head)))  # fmt: skip
    _lay_down(see, area, kind, cases)


def held(see: Sight, area: Area, kind: Kind, head: Head, cases: Mapping[int, int | None]) -> None:
    """It was held, by case with the telling of the move that was made with it: that tells when it was kept, and the meeting was when it was held."""
    for case in _children(cases) if kind.event else ():
        told = Telling(
            kind.event, moment(head.starts_at), (MEETING, head.number), cases[case.seq], _name(head)
        )
        tell(see.viewing, case, told)
    timing.lay_down(see, area, list(cases))


def issued(see: Sight, area: Area, kind: Kind, head: Head, cases: Iterable[int]) -> None:
    """Its minutes were sent to those who take part. Of several issues the first counts."""
    event = kind.tells.get("issued", "")
    for case in _children(cases) if event else ():
        if not _told(head, case, event):
            tell(see.viewing, case, Telling(event, moment(see.viewing.at), (MEETING, head.number), regards=_name(head)))  # fmt: skip
    _lay_down(see, area, kind, cases)


def taken_off(see: Sight, area: Area, kind: Kind, head: Head, cases: Iterable[int]) -> None:
    """It is not held for these cases: it is planned for no day any more. That it was asked for stays."""
    event = kind.tells.get("planned", "")
    for case in _children(cases) if event else ():
        if earlier := _told(head, case, event):
            tell(see.viewing, case, taken_back(earlier, (MEETING, head.number)))
    _lay_down(see, area, kind, cases)


def heard_anew(see: Sight, area: Area, cases: Iterable[int]) -> None:
    """Who hears what meetings told of these cases is not as it was: somebody was left out with a seal, or is so no more."""
    told = Told.objects.filter(case__in=list(cases), by=MEETING).values_list("case", flat=True)
    some = {case for case in told if case is not None}
    if some:
        timing.lay_down(see, area, some)


def _name(head: Head) -> str:
    return f"{MEETING}:{head.number}"


def _children(cases: Iterable[int]) -> Iterable[Case]:
    return Case.objects.filter(pk__in=list(cases), kind=CHILD).order_by("seq")


def _told(head: Head, case: Case, event: str) -> Told | None:
    """The telling of this meeting that stands."""
    rows = Told.objects.filter(case=case.seq, by=MEETING, number=head.number).order_by("seq")
    replaced = {row.replaces for row in rows}
    return next((row for row in rows if row.event == event and row.seq not in replaced), None)


def _lay_down(see: Sight, area: Area, kind: Kind, cases: Iterable[int]) -> None:
    if kind.tells:
        timing.lay_down(see, area, list(cases))
