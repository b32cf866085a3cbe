"""How are the lists of a day filled together? Each says what it needs to read; what all need is read at once, so that the number of queries does not grow with the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engage.casework.agreed.seeing import seen_of
from engage.casework.cases.models import Case
from engage.casework.cases.seeing import Desk
from engage.casework.meetings.models import Meeting
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.tasks.models import AgreedAction
from engage.casework.week.rows import Filled, Need, Read, Steps


def together(desk: Desk, lists: Mapping[str, Steps]) -> dict[str, Filled]:
    """Every one of these lists, by its code, filled."""
    reading, found = _Reading(desk), {}
    asked: dict[str, Need] = {code: next(steps) for code, steps in lists.items()}
    while asked:
        reading.read(asked.values())
        further = {}
        for code in asked:
            try:
                further[code] = lists[code].send(reading.read_so_far)
            except StopIteration as done:
                found[code] = done.value
        asked = further
    return found


@dataclass
class _Reading:
    desk: Desk
    read_so_far: Read = field(default_factory=Read)
    _asked: set[tuple[str, int]] = field(default_factory=set)

    def read(self, needs: Iterable[Need]) -> None:
        """Read what is needed and was not asked for before; of that what may be known."""
        some = list(needs)
        actions = self._new("action", (one.actions for one in some))
        rows = list(AgreedAction.objects.filter(pk__in=actions)) if actions else []
        of_actions = [row.case for row in rows if row.case is not None]
        cases = self._new("case", (*(one.cases for one in some), of_actions))
        so_far = self.read_so_far
        if cases:
            heads = self.desk.heads(list(Case.objects.filter(pk__in=cases)))
            so_far.heads.update((head.number, head) for head in heads)
        heads_of = [so_far.heads[one] for one in set(of_actions) if one in so_far.heads]
        so_far.actions.update((one.number, one) for one in seen_of(self.desk, rows, heads_of))
        meetings = self._new("meeting", (one.meetings for one in some))
        if meetings:
            books = MeetingDesk(self.desk).shown(list(Meeting.objects.filter(pk__in=meetings)))
            so_far.books.update((book.head.number, book) for book in books)

    def _new(self, kind: str, wanted: Iterable[Iterable[int]]) -> list[int]:
        new = {(kind, number) for some in wanted for number in some} - self._asked
        self._asked |= new
        return sorted(number for _kind, number in new)
