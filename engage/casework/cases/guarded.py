"""Of what was told by something that is guarded, what may a viewer hear? As much as they may read: of what they may not, no time limit tells either.

How something is guarded is said by its guard: whose it is, how it may be used and how sensitive it is; or, of what a meeting told, who is left out of that case there with a seal. What is due is laid down for others to look up,
once for each set of guards of a case that somebody may hear, and read by whoever hears just these.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from django.db.models import Q

from engage.casework.cases import heard
from engage.casework.cases.belonging import MEETING, name_of
from engage.casework.cases.models import CaseEntry, ClockDue, Told
from engage.casework.cases.seeing import Desk
from engage.casework.clocks import rules as clocks
from engage.casework.clocks.pairing import TAKEN_BACK
from engage.casework.tasks.kept_out import Out, left_out_with_seal
from engage.governance.policies import OPEN_HANDLING, OPEN_SENSITIVITY
from engage.vocabulary.access import Fact, Subject
from engage.vocabulary.time import Happened, Precision, whole_day


Guards = frozenset[str]
OPEN: Guards = frozenset()
May = Callable[[str], bool]
# Of so many guards of one case every set is laid down; of more none, each alone, and all of them: whoever hears others gets the largest set that they hear all of.
_EVERY_SET = 4


def guards_of(rows: Iterable[Told]) -> dict[int, Guards]:
    """By number of a telling the guard of the entry or the meeting that told it; nothing of what neither told, of an entry that is gone, and of a meeting that everybody may know of."""
    rows = list(rows)
    told = [row for row in rows if row.by == "entry"]
    entries = CaseEntry.objects.defer("answers").in_bulk({row.number for row in told}) if told else {}
    found = {row.seq: frozenset({_guard(row, entries[row.number])}) for row in told if row.number in entries}
    return found | _of_meetings(rows)


def _of_meetings(rows: Sequence[Told]) -> dict[int, Guards]:
    """The same of what meetings told of a case from which somebody is left out there with a seal, and of the move that was made with one: that tells that it was held just so."""
    told = [row for row in rows if row.by == MEETING]
    out = left_out_with_seal({(row.number, row.case) for row in told})
    found = {row.seq: frozenset({_but(out[of])}) for row in told if (of := (row.number, row.case)) in out}
    of_move = {row.seq for row in rows if row.by == "move"} if found else set()
    moved = {row.replaces: found[row.seq] for row in told if row.seq in found and row.replaces in of_move}
    return found | {seq: guard for seq, guard in moved.items() if seq is not None}


def _guard(row: Told, entry: CaseEntry) -> str:
    # What came of a return interview stands among the records too, where no more than its handling guards it.
    is_of_return = (row.regards or row.name or "").startswith(heard.RETURN)
    return f"{entry.agency}/{entry.handling}/{'standard' if is_of_return else entry.sensitivity}"


# Begins the guard of what is for everybody but those whom it names.
_BUT = "but:"


def _but(out: Out) -> str:
    return _BUT + json.dumps([sorted(one) for one in out])


def _is_for_all_but(guard: str) -> Out:
    agencies, users, stays = map(frozenset, json.loads(guard.removeprefix(_BUT)))
    return Out(agencies, users, stays)


def is_open(guard: str) -> bool:
    """Everybody who takes part hears it."""
    if guard.startswith(_BUT):
        return False
    _agency, handling, sensitivity = guard.split("/")
    return handling in OPEN_HANDLING and sensitivity in OPEN_SENSITIVITY


def ears(desk: Desk) -> May:
    """What this viewer hears, whose agency takes part in the case, by its guard."""
    known: dict[str, bool] = {}

    def may(guard: str) -> bool:
        if guard not in known:
            known[guard] = _may_hear(desk, guard)
        return known[guard]

    return may


def _may_hear(desk: Desk, guard: str) -> bool:
    if guard.startswith(_BUT):
        return not _is_for_all_but(guard).is_for(desk.see.viewing.viewer)
    agency, handling, sensitivity = guard.split("/")
    subject = Subject("", parts=frozenset({desk.see.viewing.viewer.agency}))
    return desk.decide(subject, Fact(agency, "case_entry", handling, sensitivity)).is_allowed


def tellings(rows: Iterable[Told], guards: Mapping[int, Guards], may: May) -> list[clocks.Told]:
    """What was told, as whoever hears so much hears it. What corrects a telling under its own name takes its place; of one that was taken back nothing is left that could take back
    what is told later under its name. A correction that is not heard changes nothing for them."""
    every = {row.seq: row for row in rows}
    known = {seq: row for seq, row in every.items() if all(map(may, guards.get(seq, OPEN)))}
    corrects = {seq: _heard_before(row, every, known) for seq, row in known.items()}
    names = {seq: name_of(row) for seq, row in every.items()}
    gone = {
        before
        for seq, before in corrects.items()
        if before and (known[seq].event == TAKEN_BACK or names.get(before) == names[seq])
    }
    found = []
    for seq, row in known.items():
        before = corrects[seq]
        replaces = names.get(before, f"told:{before}") if before and before not in gone else ""
        if seq not in gone:
            found.append(_telling(row, names[seq], replaces))
    return found


def _heard_before(row: Told, every: Mapping[int, Told], known: Mapping[int, Told]) -> int | None:
    """The last telling before it, of those that it corrects, that is heard too; one of another case stands for itself."""
    before = row.replaces
    while before is not None and before in every and before not in known:
        before = every[before].replaces
    return before


def _telling(row: Told, name: str, replaces: str) -> clocks.Told:
    return clocks.Told(
        told_id=name, event=row.event, happened=Happened(row.from_at, row.until_at, Precision(row.precision)), told_at=row.told_at,
        authorised_by=row.authorised_by, reason=row.why, regards=(row.regards,) if row.regards else (), replaces=replaces,
        stated_end=whole_day(row.until_on) if row.until_on else None, clock=row.clock or "",
    )  # fmt: skip


def ways(guards: Iterable[str]) -> Iterator[tuple[str | None, Guards]]:
    """In which ways a case can be heard of which this is guarded, each with the mark under which it is laid down; one way without a mark where nothing is."""
    closed = sorted({one for one in guards if not is_open(one)})
    if not closed:
        yield None, OPEN
        return
    counts = range(len(closed) + 1) if len(closed) <= _EVERY_SET else (0, 1, len(closed))
    for count in counts:
        for some in combinations(closed, count):
            yield json.dumps([closed, list(some)]), frozenset(some)


def readable(desk: Desk) -> Q:
    """The condition of rows of what is due: as this viewer hears the case of each, and no other way."""
    return desk.once("limits", lambda: _readable(desk))


def _readable(desk: Desk) -> Q:
    by_case: dict[tuple[str, ...], list[tuple[Guards, str]]] = defaultdict(list)
    for mark in ClockDue.objects.filter(guard__isnull=False).values_list("guard", flat=True).distinct():
        closed, some = json.loads(mark or "[[], []]")
        by_case[tuple(closed)].append((frozenset(some), str(mark)))
    if not by_case:
        return Q()
    may = ears(desk)
    marks = [
        max((len(some), mark) for some, mark in laid if all(map(may, some)))[1] for laid in by_case.values()
    ]
    return Q(guard__isnull=True) | Q(guard__in=marks)
