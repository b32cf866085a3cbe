"""How do the clocks of a case stand, by everything that was told of it and that its records tell?

They are worked out anew whenever somebody looks, by what they may read. So that a day's list need not reckon every case of an area, what is due is also laid down by case each time something
is told (`lay_down`): of records by what nobody guarded, of what is written for each way in which it can be heard (guarded.py); these rows are made from what is kept and may be thrown away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from engage.casework.cases import began, guarded, heard, linked, referred, settling
from engage.casework.cases.belonging import MEETING, name_of
from engage.casework.cases.hearing import before_case
from engage.casework.cases.models import Case, CaseEntry, ClockDue, Told
from engage.casework.cases.rules import OF_PEOPLE, Head, MoveRefused, Written
from engage.casework.cases.seeing import Desk
from engage.casework.clocks import rules as clocks
from engage.casework.clocks.bounds import EVER, NEVER, bounds_of
from engage.casework.clocks.catalogue import of_area
from engage.casework.clocks.pairing import standing
from engage.casework.clocks.reckoning import reckon
from engage.casework.clocks.rules import Run, State
from engage.casework.clocks.showing import with_first
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import CHILD
from engage.governance.policies import OPEN_HANDLING
from engage.identities import assignments
from engage.picture.missing.stated import stated
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.vocabulary.access import Subject
from engage.vocabulary.time import Happened, Precision, london_day
from engage.vocabulary.words import N_, Sentence


def runs(desk: Desk, area: Area, head: Head) -> tuple[Run, ...]:
    """Every run of every clock of a case that something started, by what the viewer may see."""
    return _reckoned(told_of(desk, area, head), area, (head.kind, head.opened_at), desk.see.viewing.at)


def told_of(desk: Desk, area: Area, head: Head) -> list[clocks.Told]:
    """Everything that was told of a case, and of the interviews of a child that stand in none, and that records tell which the viewer may see."""
    return _of_case(desk, area, (head.number, head.kind, head.subject)).heard(guarded.ears(desk))


@dataclass(frozen=True)
class _Sayings:
    """All that is told of a case, before it is known who listens. `rows`: what was told of it here, each with its guards; `alone`: of interviews of the child that stand in no case, and `records`,
    what is for the viewer (or open to all) already; `suspects`: of whom key decisions count here."""

    rows: Sequence[Told]
    guards: Mapping[int, guarded.Guards]
    alone: Sequence[clocks.Told] = ()
    records: Sequence[clocks.Told] = ()
    suspects: Sequence[linked.Suspect] = ()

    def heard(self, may: guarded.May) -> list[clocks.Told]:
        """What somebody hears who hears what is guarded so."""
        told = [*guarded.tellings(self.rows, self.guards, may), *self.alone]
        here = {(one.event, one.happened) for one in standing(told)}
        # What was typed here of the same moment is the same decision.
        of_others = (one for each in self.suspects for one in each.heard(may) if (one.event, one.happened) not in here)  # fmt: skip
        return _and_heard([*told, *of_others], self.records)

    @property
    def ways(self) -> Iterator[tuple[str | None, guarded.Guards]]:
        """In which ways it can be heard, each with the mark under which what is due is laid down."""
        some = [self.guards, *(one.guards_of for one in self.suspects)]
        of_links = (guard for one in self.suspects for guard in one.guards)
        return guarded.ways([*of_links, *(guard for one in some for each in one.values() for guard in each)])


def _of_case(desk: Desk, area: Area, case: tuple[int, str, str], *, is_open_only: bool = False) -> _Sayings:
    """`case`: its number, kind, and whom or what it is about, a person by today's id."""
    number, kind, subject = case
    rows = list(Told.objects.filter(case=number).order_by("seq"))
    guards = guarded.guards_of(rows)
    suspects = linked.suspects(desk, area, number, subject, is_open_only=is_open_only) if kind == CHILD else []  # fmt: skip
    if kind not in OF_PEOPLE or not subject:
        return _Sayings(rows, guards, suspects=suspects)
    records = heard.of_person(desk.see, area, subject, is_open_only=is_open_only, kind=kind)
    alone = _with_child_alone(desk, subject, is_open_only=is_open_only) if kind == CHILD else []
    return _Sayings(rows, guards, alone, records, suspects)


def _with_child_alone(desk: Desk, subject: str, *, is_open_only: bool = False) -> list[clocks.Told]:
    """What interviews tell that an agency without a part in the case held or offered: each belongs to a return, which it names. `is_open_only`: of these none that anybody kept from
    somebody, for what is laid down for others to look up."""
    ids = assignments.ids_ever(desk.see.build, subject)
    rows = {
        row.seq: row for row in Told.objects.filter(case=None, subject__in=ids, by="entry").order_by("seq")
    }
    if not rows:
        return []
    written = list(CaseEntry.objects.filter(pk__in={row.number for row in rows.values()}))
    known = {one.seq for one in written if one.handling in OPEN_HANDLING}
    if not is_open_only:
        known |= {one.number for one in desk.entries(Subject(subject), written) if one.answers is not None}
    entry_of = {name_of(row): row.number for row in rows.values()}
    told = standing(guarded.tellings(rows.values(), {}, bool))
    return [one for one in told if entry_of[one.told_id] in known and _is_of_return(one)]


def _is_of_return(told: clocks.Told) -> bool:
    return any(name.startswith(heard.RETURN) for name in (told.told_id, *told.regards))


def _and_heard(told: list[clocks.Told], records: Iterable[clocks.Told]) -> list[clocks.Told]:
    """What was told here, and what records tell besides: that what was held here was held on that day is no second one."""
    here = {(one.event, _day(one)) for one in told if one.told_id.startswith(f"{MEETING}:")}
    return [*told, *(one for one in records if (one.event, _day(one)) not in here)]


def _day(told: clocks.Told) -> date | None:
    at = told.happened.from_at
    return london_day(at) if at else None


def dated(desk: Desk, area: Area, head: Head, form: Form, written: Written) -> Written:
    """A filled form with when that was last told on which it rests (a record: the discussion; a correction: the one on which the first entry rested). Raises MoveRefused
    where it was not held."""
    wanted = dict.fromkeys(one.as_of for one in form.tells if one.as_of)
    if not wanted:
        return written
    by = began.first_written(written.replaces) if written.replaces else NEVER
    told = [one for one in standing(told_of(desk, area, head)) if bounds_of(one).earliest <= by]
    found: dict[str, Happened] = {}
    for event in wanted:
        some = _held(told, event)
        if not some and written.replaces:
            continue
        if not some:
            raise MoveRefused(
                Sentence(N_("Nothing says yet: “%(event)s”."), {"event": of_area(area).events[event].title}),
                remedy=N_("Mark the meeting as held first: with it stands who came, and who let it go ahead with somebody missing."),
            )  # fmt: skip
        found[event] = max(some, key=lambda one: bounds_of(one).latest).happened
    return replace(written, as_of=found)


# What somebody here decided on before it is held.
_DECIDED = {"strategy.held": "strategy.decided"}


def _held(told: Iterable[clocks.Told], event: str) -> list[clocks.Told]:
    """What says that it was held: the meeting that was marked as held here. Without one, in an area that holds its meetings elsewhere, what social care's own system says;
    but where somebody decided here on a further one, nothing from before that."""
    known = list(told)
    some = [one for one in known if one.event == event]
    here = [one for one in some if one.told_id.startswith(f"{MEETING}:")]
    return here or recorded_since(known, (event,), _DECIDED.get(event))


def recorded_since(told: Collection[clocks.Told], events: Collection[str], decided: str | None) -> list[clocks.Told]:  # fmt: skip
    """What records tell of these events since somebody last decided on it here, as far as that is known."""
    since = max((bounds_of(one).earliest for one in told if one.event == decided), default=EVER)
    return [one for one in told if one.event in events and one.told_id.startswith(heard.RECORD) and bounds_of(one).latest >= since]  # fmt: skip


def _reckoned(
    told: Iterable[clocks.Told], area: Area, case: tuple[str, datetime], now: datetime
) -> tuple[Run, ...]:
    """`case`: its kind, and when it was opened."""
    once: dict[tuple[str, str], clocks.Told] = {}
    for one in told:
        # What two tellings name alike is one: the last, and rather an agency's record than what was typed; but not one of which nobody knows when it was.
        if one.happened.precision is not Precision.UNKNOWN or (one.told_id, one.event) not in once:
            once[one.told_id, one.event] = one
    found = reckon(once.values(), catalogue=of_area(area), now=now, about=case[0])
    return with_first(run for run in found if (run.state is not State.NOT_STARTED or run.due) and not _is_before(run, case[1]))  # fmt: skip


def _is_before(run: Run, opened_at: datetime) -> bool:
    """None of the case's time limits: an interview about a return from before it, longer ago than the list of missing children goes, and what a record began and was
    over long before."""
    if run.started_by is None:
        return False
    if run.started_by.told_id.startswith(heard.RETURN):
        return bounds_of(run.started_by).latest < opened_at - timedelta(days=stated().days["back"])
    is_of_record = run.started_by.told_id.startswith(heard.RECORD)
    return is_of_record and run.due is not None and run.due.latest_at < opened_at - before_case()


def lay_down(see: Sight, area: Area, numbers: Collection[int]) -> int:
    """Lay down anew what is due in these cases, which referrals wait, and how those of people of concern stand; return how many rows of what is due stand. Within the transaction of what was told, or of its own."""
    with transaction.atomic():
        # What is told of somebody of concern counts in the cases of the children who are linked.
        numbers = {*numbers, *linked.children_of(Desk(see), numbers)}
        # Of two who tell something of one case the second waits here, and reads what the first told.
        rows = list(Case.objects.select_for_update().filter(seq__in=list(numbers)).order_by("seq"))
        desk = Desk(see)
        made = [due for row in rows for due in _due_in(desk, area, row)]
        settling.lay_down(see, area, numbers)
        referred.lay_down(numbers)
        ClockDue.objects.filter(case__in=list(numbers)).delete()
        ClockDue.objects.bulk_create(made)
    return len(made)


def _due_in(desk: Desk, area: Area, row: Case) -> list[ClockDue]:
    subject = desk.now([row.subject])[row.subject] if row.kind in OF_PEOPLE and row.subject else ""
    said, made = _of_case(desk, area, (row.seq, row.kind, subject), is_open_only=True), []
    for mark, hears in said.ways:
        told = said.heard(lambda guard, hears=hears: guarded.is_open(guard) or guard in hears)  # type: ignore[misc]
        runs = _reckoned(told, area, (row.kind, row.opened_at), desk.see.viewing.at)
        made += [_due(row.seq, mark, run) for run in runs]
    return made


def _due(case: int, mark: str | None, run: Run) -> ClockDue:
    return ClockDue(
        guard=mark, case=case, clock=run.clock.code, is_shown_first=run.is_first, state=run.state.value, is_open=run.is_open and not run.is_stopped,
        is_paused=run.state is State.PAUSED, warn_from_at=run.warn_from_at, due_at=run.due.earliest_at if run.due else None,
        latest_at=run.due.latest_at if run.due else None,
    )  # fmt: skip
