"""The reading door of cases: the list, one with all that was written in it, and what was written about a person. One call, one line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from engage.casework.cases import (
    evidence,
    identifying,
    listing,
    membership,
    plan,
    referred,
    referrer,
    said_last,
    subjects,
    timing,
)
from engage.casework.cases.belonging import MEETING
from engage.casework.cases.deciding import case_seen, kind_of_agency, person_seen
from engage.casework.cases.evidence import Record
from engage.casework.cases.listing import CaseList, Filter, name_among
from engage.casework.cases.membership import MemberSaid
from engage.casework.cases.models import CaseEntry, CaseMove
from engage.casework.cases.moved import moves_of
from engage.casework.cases.parts import parts_of
from engage.casework.cases.plan import Plan
from engage.casework.cases.policies import Facts, refusal
from engage.casework.cases.rules import (
    OF_PEOPLE,
    TEAM,
    CaseNotShown,
    Choice,
    EntryShown,
    Head,
    MoveMade,
    Part,
)
from engage.casework.cases.said_last import SaidLast
from engage.casework.cases.seeing import Desk
from engage.casework.clocks.rules import Run
from engage.casework.tasks.kept_out import keeps_from
from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Fact, Subject, Viewing
from engage.vocabulary.words import Sentence


__all__ = ["CaseList", "CaseNotShown", "CaseShown", "Filter", "case", "cases", "written_about"]


_LOOKED_FOR = frozenset({*plan.FORMS, *said_last.FORMS})


@dataclass(frozen=True)
class CaseShown:
    """One case as far as the viewer may see it. `name`: how its subject is called; `takes_part`: the viewer's agency does, and so reads what is written (else `why_not`);
    `moves` and `entries` in the order in which they were made; `choices`: what could follow now, and what refuses it to this viewer; `others`: further cases of the same
    subject, each with a life of its own; `runs`: every clock that something started; `plan` and `said_last`: of what is written, what one looks for first; `records`: by id,
    those that came with what is written and that the viewer may see; `members`: who is in a peer group, as named people said; `not_about`: the move that takes back
    whom it is about, where somebody said it; `only_referred`: the viewer's agency takes part as nothing else, and reads its own referrals and what answers them."""

    head: Head
    name: str
    parts: tuple[Part, ...]
    takes_part: bool
    why_not: Sentence | None
    moves: tuple[MoveMade, ...]
    entries: tuple[EntryShown, ...]
    choices: tuple[Choice, ...]
    others: tuple[Head, ...]
    runs: tuple[Run, ...]
    plan: Plan
    said_last: SaidLast
    waiting: frozenset[int] = frozenset()
    records: Mapping[str, Record] = field(default_factory=dict)
    members: tuple[MemberSaid, ...] = ()
    not_about: Choice | None = None
    only_referred: bool = False


def cases(*, viewing: Viewing, build: Build, asked: Filter) -> CaseList:
    """A part of the cases of which the viewer may know, as asked for, those moved last first, with the names of whom they are about. Audited."""
    desk = Desk(sight(viewing, build))
    found = listing.listed(desk, asked)
    _looked(viewing, "cases.list", _subjects(found.heads), ["state", "worker"])
    return found


def case(*, viewing: Viewing, build: Build, area: Area, number: int) -> CaseShown:
    """One case. Audited. Raises CaseNotShown, in the same words whether there is none or it is not the viewer's to know of."""
    desk, _row, head = case_seen(viewing, build, number)
    parts = parts_of([number], viewing.at).get(number, ())
    subject = desk.subject_of(head, parts)
    reads = desk.decide(subject, Fact(viewing.viewer.agency, "case_entry"))
    kept_back = desk.kept_back(area, parts)
    written = list(CaseEntry.objects.filter(case=number).order_by("seq"))
    is_referrer = referrer.only_referred(parts, viewing.viewer.agency)
    entries = referrer.shown(desk, area, subject, written, kept_back) if is_referrer else desk.entries(subject, written, kept_back)  # fmt: skip
    first = desk.entries(subject, (row for row in written if row.form in _LOOKED_FOR), kept_back)
    facts = subjects.facts(desk, area, head) if reads.is_allowed else None
    names = desk.names([head])
    shown = CaseShown(
        head, name_among(head, names), _told_of(viewing, number, parts), reads.is_allowed, None if reads.is_allowed else reads.sentence,
        tuple(moves_of(head, CaseMove.objects.filter(case=number).order_by("number"))), tuple(entries),
        _choices(desk, area, head, facts) if facts else (),
        tuple(listing.others(desk, head)), timing.runs(desk, area, head) if reads.is_allowed else (),
        plan.plan_of(first), said_last.said_last(first),
        referred.unanswered(number) if reads.is_allowed else frozenset(),
        evidence.shown(desk.see, head, entries), membership.members(desk, head) if reads.is_allowed else (),
        identifying.taken_back_by(desk, area, head, facts) if facts else None, is_referrer,
    )  # fmt: skip
    fields = sorted({"state", "worker", *(one.form for one in entries if one.answers is not None)})
    about = (_subjects([head], shown.records), *(one.person_id for one in shown.members))
    _looked(viewing, "case.view", ",".join(about), fields)
    return shown


def _told_of(viewing: Viewing, number: int, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """These parts as a viewer is told of them: that somebody was invited to, or asked for, a meeting of which they are to learn nothing is told as a part in the team, once."""
    kept = keeps_from(viewing.viewer, number)
    told = (replace(one, part=TEAM, reason=None) if one.reason and one.reason[0] == MEETING and one.reason[1] in kept else one for one in parts) if kept else parts  # fmt: skip
    return tuple({(one.agency, one.part, one.reason): one for one in told}.values()) if kept else parts


def written_about(*, viewing: Viewing, build: Build, person_id: str) -> tuple[EntryShown, ...]:
    """What was written about a person outside any case (return home interviews, say), oldest first, also under an earlier id of theirs. Audited. Raises CaseNotShown."""
    see = sight(viewing, build)
    subject = person_seen(see, person_id)
    desk, ids = Desk(see), assignments.ids_ever(build, subject)
    kept = list(CaseEntry.objects.filter(case=None, subject__in=ids).order_by("seq"))
    now = desk.now({row.subject for row in kept})
    found = desk.entries(Subject(subject), [row for row in kept if now[row.subject] == subject])
    _looked(viewing, "case.written_about", subject, sorted({one.form for one in found}))
    return tuple(found)


def _choices(desk: Desk, area: Area, head: Head, facts: Facts) -> tuple[Choice, ...]:
    viewer = desk.see.viewing.viewer
    kind = kind_of_agency(area, viewer.agency)
    return tuple(
        Choice(move, refusal(viewer, kind, head.lifecycle, move, facts))
        for move in head.lifecycle.moves_from(head.state.code)
        if move.by != identifying.DOOR
    )


def _subjects(
    heads: list[Head] | tuple[Head, ...], records: Mapping[str, Record] = MappingProxyType({})
) -> str:
    people = [one.subject for one in heads if one.kind in OF_PEOPLE and one.subject]
    people += sorted({one.person_id for one in records.values() if one.person_id})
    return ",".join(dict.fromkeys((*(one.log_name for one in heads), *people))) or "none"


def _looked(viewing: Viewing, action: str, subject: str, fields: list[str]) -> None:
    governance.record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision="allow")
