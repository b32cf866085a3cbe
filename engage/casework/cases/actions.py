"""The writing door of cases: refer, move, write down, take part."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from django.db import transaction

from engage.casework.cases import (
    began,
    deciding,
    elsewhere,
    explaining,
    giving,
    identifying,
    linked,
    listing,
    measures,
    membership,
    referred,
    timing,
    writing,
)
from engage.casework.cases.deciding import case_seen, check_move, check_takes_part, check_written
from engage.casework.cases.models import Case
from engage.casework.cases.rules import (
    REFERRER,
    AnswersWrong,
    CaseNotShown,
    Head,
    Leaving,
    MovedOn,
    MoveRefused,
    Part,
    Written,
    log_name,
)
from engage.casework.cases.seeing import head_of
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import PEER_GROUP, lifecycle
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.picture.seeing import Sight, sight
from engage.store.alone import BuildRefused, alone
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = [
    "About",
    "AnswersWrong",
    "CaseNotShown",
    "Leaving",
    "MoveRefused",
    "MovedOn",
    "Moving",
    "Written",
    "add_member",
    "catch_up_clocks",
    "identify",
    "leave",
    "move",
    "reckon_clocks",
    "refer",
    "remove_member",
    "say_not_about",
    "take_part",
    "write",
    "write_about",
]
RECKONED_AT_ONCE = 200
_RECKONED = "cases.reckoned"
REFER, WRITE = "refer", "write_case"
# Hears of how many cases something was done, and of how many it will be.
Done = Callable[[int, int], None]


def untold(_done: int, _of: int) -> None:
    """Nobody hears of it."""


@dataclass(frozen=True)
class About:
    """Whom or what a case is about: its kind, the person's id or the thing's key ("" while it is not known), and how it is called."""

    kind: str
    subject: str = ""
    called: str = ""


@dataclass(frozen=True)
class Moving:
    """A move to be made: of which case, by its code, while the case stood at `version` when the page was shown, with what was filled in."""

    number: int
    code: str
    version: int
    written: Written | None = None


def refer(*, viewing: Viewing, build: Build, area: Area, about: About, written: Written) -> int:
    """Open a case with a referral; return its number. The team of the area's settings, the agency that leads its kind and the referrer's take part from the start. Of whom there
    is an open case, the referral is written in it; one that has ended is opened again. Audited.
    Raises MayNotDo, CaseNotShown, AnswersWrong, FormUnknown."""
    governance.check_may(viewing=viewing, what=REFER, subject=about.subject or about.kind)
    form, written = check_written(viewing, area, about.kind, written, expected=lifecycle(about.kind).referral)
    see = sight(viewing, build)
    if about.kind == PEER_GROUP and about.subject:
        membership.check_group(see, area, about.subject)
    before = deciding.case_about(see, about.kind, about.subject)
    if before:
        return _refer_again(viewing, see, area, before, (form, written))
    opening = deciding.opening(see, area, about.kind, about.subject, about.called)
    with transaction.atomic():
        number = writing.open_case(viewing, opening, form, written)
        timing.lay_down(see, area, [number])
    return number


def _refer_again(viewing: Viewing, see: Sight, area: Area, row: Case, filled: tuple[Form, Written]) -> int:
    head, mine = head_of(row), viewing.viewer.agency
    with transaction.atomic():
        if head.is_open:
            writing.write_entry(viewing, row, "", *filled)
        else:
            writing.move_case(viewing, row, deciding.referred_again(viewing, area, head), filled)
        if mine:
            writing.join(viewing, row.seq, mine, REFERRER)
        timing.lay_down(see, area, [row.seq])
    return int(row.seq)


def move(*, viewing: Viewing, build: Build, area: Area, moving: Moving, door: str = "") -> int:
    """Make one move of a case; return its number. `door`: the door that makes it, where the table of moves names one. Audited. Raises CaseNotShown, MoveRefused,
    AnswersWrong, MovedOn."""
    desk, row, head = case_seen(viewing, build, moving.number)
    check_takes_part(desk, head)
    if head.version != moving.version:
        raise writing.moved_on(row)
    made = check_move(desk, area, head, moving.code, door=door)
    filled = None
    if made.form:
        written = moving.written or Written(made.form)
        filled = check_written(viewing, area, head.kind, written, expected=made.form)
        filled = elsewhere.with_record(desk, area, head, filled)
        giving.check_worker(desk, head, filled[1])
        began.check(head, *filled, viewing.at)
    row.version = moving.version
    with deciding.refusals_logged(desk, head, made.code), transaction.atomic():
        done = writing.move_case(viewing, row, made, filled)
        deciding.check_actions_ended(head, made)
        giving.follow(viewing, area, row, filled[1] if filled else None)
        timing.lay_down(desk.see, area, [moving.number])
    return done


def write(*, viewing: Viewing, build: Build, area: Area, number: int, written: Written) -> int:
    """Keep a filled form in a case; return the entry's number. Audited. Raises MayNotDo, CaseNotShown, AnswersWrong, MovedOn."""
    governance.check_may(viewing=viewing, what=WRITE, subject=log_name(number))
    desk, row, head = case_seen(viewing, build, number)
    deciding.check_takes_part(desk, head)
    form, written = check_written(viewing, area, head.kind, written)
    deciding.check_needs(desk, area, head, form, written)
    deciding.check_corrects(desk, area, head, written)
    deciding.check_goals(desk, head, form, written)
    measures.check(desk, head, form, written)
    linked.check(desk, form, written)
    began.check(head, form, written, viewing.at)
    written = timing.dated(desk, area, head, form, written)
    explaining.check(lambda: timing.runs(desk, area, head), form, written, head=head)
    with transaction.atomic():
        entry = writing.write_entry(viewing, row, "", form, written)
        timing.lay_down(desk.see, area, [number])
    return entry


def write_about(*, viewing: Viewing, build: Build, area: Area, person_id: str, written: Written) -> int:
    """Keep a filled form about a person, who may have no case: a return home interview, say; return the entry's number. Audited. Raises MayNotDo, CaseNotShown,
    AnswersWrong, MovedOn."""
    governance.check_may(viewing=viewing, what=WRITE, subject=person_id)
    form, written = check_written(viewing, area, "child", written)
    explaining.check(tuple, form, written)
    subject = deciding.person_seen(sight(viewing, build), person_id)
    deciding.check_corrects_about(sight(viewing, build), subject, written)
    return writing.write_entry(viewing, None, subject, form, written)


def identify(*, viewing: Viewing, build: Build, area: Area, number: int, version: int, subject: str) -> int:
    """Say whom or what a case is about, of which it was not known. Where there is a case of the same it goes into that one; return the number of the case in which everything
    stands now. Audited. Raises MayNotDo, CaseNotShown, MoveRefused, MovedOn."""
    governance.check_may(viewing=viewing, what=WRITE, subject=log_name(number))
    desk, row, head = case_seen(viewing, build, number)
    deciding.check_takes_part(desk, head)
    row.version = version
    with transaction.atomic():
        kept = identifying.identify(desk, area, row, head, subject)
        timing.lay_down(desk.see, area, {number, kept})
    return kept


def say_not_about(
    *, viewing: Viewing, build: Build, area: Area, number: int, version: int, written: Written
) -> frozenset[int]:
    """Take back whom or what a case is about, with the reason, which everybody who takes part reads; one that went into another case is another again, and begins where cases
    begin. Return the numbers of the cases that changed. Audited. Raises MayNotDo, CaseNotShown, MoveRefused, AnswersWrong, MovedOn."""
    governance.check_may(viewing=viewing, what=WRITE, subject=log_name(number))
    desk, row, head = case_seen(viewing, build, number)
    deciding.check_takes_part(desk, head)
    if head.version != version:
        raise writing.moved_on(row)
    made = identifying.check_taken_back(desk, area, head)
    open_to_all = replace(written, sensitivity="standard", handling="", replaces=None)
    filled = check_written(viewing, area, head.kind, open_to_all, expected=made.form)
    row.version = version
    with deciding.refusals_logged(desk, head, made.code), transaction.atomic():
        changed = identifying.take_back(desk, area, row, made, filled)
        timing.lay_down(desk.see, area, changed)
    return changed


def reckon_clocks(*, viewing: Viewing, build: Build, area: Area, told: Done = untold) -> int:
    """Lay down anew what is due in every open case, and in every other in which a referral waits: after a build, which brings records that tell the clocks, or when an area's clocks were changed; return in how many cases.
    It shows nothing. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what="build", subject="cases")
    numbers, see = sorted({*listing.open_numbers(), *referred.waiting_cases()}), sight(viewing, build)
    for first in range(0, len(numbers), RECKONED_AT_ONCE):
        timing.lay_down(see, area, numbers[first : first + RECKONED_AT_ONCE])
        told(min(first + RECKONED_AT_ONCE, len(numbers)), len(numbers))
    with transaction.atomic():
        governance.record_decision(viewing=viewing, action=_RECKONED, subject=build.info.build_id, fields=["clocks"], decision="made")  # fmt: skip
    return len(numbers)


def catch_up_clocks(*, viewing: Viewing, build: Build, area: Area, told: Done = untold) -> int:
    """`reckon_clocks` for a build of which it was never done to the end: whoever made it was stopped just after it was served, or was of a version that wrote down none. Return in how many
    cases; 0 where it was done, or is being done by whoever makes a build now. Audited. Raises MayNotDo."""
    if access.was_decided(action=_RECKONED, subject=build.info.build_id):
        return 0
    with suppress(BuildRefused), alone(area):
        return reckon_clocks(viewing=viewing, build=build, area=area, told=told)
    return 0


def take_part(
    *, viewing: Viewing, build: Build, area: Area, number: int, agency: str, part: str = "team"
) -> int:
    """Bring an agency into a case; return the number of the row. Audited. Raises MayNotDo, CaseNotShown, MoveRefused, AreaSettingsWrong."""
    _to_change_parts(viewing, build, number)
    giving.check_brought_in(viewing, number, agency)
    return _part(viewing, number, Part(area.agency(agency).code, part, "", viewing.at), is_joined=True)


def leave(*, viewing: Viewing, build: Build, area: Area, number: int, which: Leaving) -> int:
    """End one part of an agency in a case; what it wrote stays, and so does a part by another reason. Return the number of the row. Audited. Raises MayNotDo, CaseNotShown,
    MoveRefused, AreaSettingsWrong."""
    head = _to_change_parts(viewing, build, number)
    area.agency(which.agency)
    return _part(viewing, number, giving.part_to_end(head, viewing.at, which), is_joined=False)


def _to_change_parts(viewing: Viewing, build: Build, number: int) -> Head:
    governance.check_may(viewing=viewing, what=WRITE, subject=log_name(number))
    desk, _row, head = case_seen(viewing, build, number)
    deciding.check_takes_part(desk, head)
    return head


def _part(viewing: Viewing, number: int, one: Part, *, is_joined: bool) -> int:
    with transaction.atomic():
        kept = writing.say_part(viewing, number, replace(one, until=None), is_joined=is_joined)
        governance.record_decision(
            viewing=viewing, action="case.part", subject=log_name(number), fields=["agency"], decision="joined" if is_joined else "left"
        )  # fmt: skip
    return kept


def add_member(*, viewing: Viewing, build: Build, number: int, person_id: str, reason: str) -> int:
    """Say that a child is in the peer group of a case, and why; return the number of the row. Audited. Raises MayNotDo, CaseNotShown, MoveRefused."""
    return _member(viewing, build, number, (person_id, reason), is_in=True)


def remove_member(*, viewing: Viewing, build: Build, number: int, person_id: str, reason: str) -> int:
    """Say that a child is no longer in the peer group of a case, and why; what was said before stays. Return the number of the row. Audited. Raises MayNotDo, CaseNotShown,
    MoveRefused."""
    return _member(viewing, build, number, (person_id, reason), is_in=False)


def _member(viewing: Viewing, build: Build, number: int, said: tuple[str, str], *, is_in: bool) -> int:
    governance.check_may(viewing=viewing, what=WRITE, subject=log_name(number))
    desk, _row, head = case_seen(viewing, build, number)
    deciding.check_takes_part(desk, head)
    return membership.say(desk, head, *said, is_in=is_in)
