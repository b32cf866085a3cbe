"""The reading door of identities: whose record is this, which records are this person, and why?

Every read of a person goes through here: it starts from the ids that the served build took in, and lays what people
judged since on top at once. Rows that a later, unserved build left are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engage.governance.actions import check_may, record_view
from engage.governance.queries import check_can
from engage.identities import assignments, counting, explaining, history, received
from engage.identities.assignments import IdChange, Person, RecordUnknown
from engage.identities.chances import curve as chances_today
from engage.identities.chances import how_often
from engage.identities.checking import answering as checking
from engage.identities.checking.asking import Asked
from engage.identities.checking.rules import Checked
from engage.identities.counting import Joined
from engage.identities.evaluating import Key
from engage.identities.explaining import PersonExplained
from engage.identities.judging import answering, queueing, relying, standing, telling
from engage.identities.judging.agreeing import agreement_of
from engage.identities.judging.answering import Answered
from engage.identities.judging.knowing import no_judgement
from engage.identities.judging.rules import (
    Agreement,
    JudgementTold,
    PairToJudge,
    Queue,
    Relied,
    Said,
)
from engage.identities.linking.calibrating import Curve
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.measuring import keeping
from engage.identities.measuring.answer import Answer
from engage.identities.measuring.figures import Figures
from engage.identities.measuring.keeping import HowRight
from engage.identities.received import Received
from engage.identities.rules import JoinExplained
from engage.identities.seeing import seen
from engage.identities.trained import keeping as trained
from engage.identities.trained.rules import ModelUnknown, Version
from engage.store.steps import Progress, silent
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def person(*, viewing: Viewing, build: Build, person_id: str) -> Person:
    """The person with that id, or the one it became, with those records that the viewer may see. Audited.

    Raises PersonUnknown, also when the viewer may see none of the records: the same words.
    """
    try:
        found = assignments.person(build, person_id)
        may = seen(viewing, build, {*found.record_ids, *found.moved}).open
        shown = tuple(record for record in found.record_ids if record in may)
        if not shown:
            raise assignments.person_unknown(person_id)
    except assignments.PersonUnknown:
        _audit(viewing, "identities.person", person_id, ["record_ids"], is_allowed=False)
        raise
    _audit(viewing, "identities.person", found.person_id, ["record_ids"])
    return replace(found, record_ids=shown, is_judged=standing.is_tied(shown), moved=found.moved & may)


def records_of(*, viewing: Viewing, build: Build, person_id: str) -> tuple[str, ...]:
    """The ids of the records of a person, as of today, that the viewer may see, in order. Raises PersonUnknown. Audited."""
    return person(viewing=viewing, build=build, person_id=person_id).record_ids


def person_of_record(*, viewing: Viewing, build: Build, record_id: str) -> str:
    """The id of the person whose record it is. Raises RecordUnknown, also when the viewer may not see it. Audited."""
    found = seen(viewing, build, [record_id])
    is_allowed = record_id in found.open and record_id in found.persons
    _audit(viewing, "identities.person_of_record", record_id, ["person_id"], is_allowed=is_allowed)
    if not is_allowed:
        raise assignments.record_unknown(record_id)
    return found.persons[record_id]


def history_of_id(*, viewing: Viewing, build: Build, person_id: str) -> list[IdChange]:
    """What happened to an id since it was first given, oldest first, to records that the viewer may see. Audited.

    Raises PersonUnknown, also when that is none.
    """
    try:
        changes = history.told(viewing, build, person_id)
    except assignments.PersonUnknown:
        _audit(viewing, "identities.history", person_id, ["history"], is_allowed=False)
        raise
    _audit(viewing, "identities.history", person_id, ["history"])
    return changes


def explain_join(*, viewing: Viewing, build: Build, left: str, right: str) -> JoinExplained:
    """Why two records are, or are not, one person; the comparison only where the viewer may see all of it. Audited.

    Raises RecordUnknown when the build has no such record, or the viewer may not see it: the same words.
    """
    first, second = sorted((left, right))
    subject = f"{first} {second}"
    try:
        explained = explaining.join_of(viewing, build, first, second)
    except RecordUnknown:
        _audit(viewing, "identities.explain", subject, _COMPARED, is_allowed=False)
        raise
    _audit(viewing, "identities.explain", subject, _COMPARED, is_allowed=_is_shown(explained))
    return explained


def explain_person(*, viewing: Viewing, build: Build, person_id: str) -> PersonExplained:
    """Why a person's records that the viewer may see are one person, pair by pair. Audited. Raises PersonUnknown."""
    try:
        found = explaining.joins_of_person(viewing, build, person_id)
    except assignments.PersonUnknown:
        _audit(viewing, "identities.explain", person_id, _COMPARED, is_allowed=False)
        raise
    is_allowed = not found.joins or any(map(_is_shown, found.joins))
    told = ",".join((found.person_id, *(one.person_id for one in found.alike)))
    _audit(viewing, "identities.explain", told, _COMPARED, is_allowed=is_allowed)
    return found


_COMPARED = [comparison.name for comparison in COMPARISONS]


def _is_shown(join: JoinExplained) -> bool:
    return join.left.is_visible and join.right.is_visible


def _audit(
    viewing: Viewing, action: str, subject: str, fields: list[str], *, is_allowed: bool = True
) -> None:
    decision = "allow" if is_allowed else "nothing"
    record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision=decision)


def everyone(*, viewing: Viewing, build: Build) -> list[tuple[str, str, str, str]]:
    """Each record's agency, file, source id and person id as of today, in order: keys and ids only, to measure the joins. Audited.

    It tells of every agency which records it holds, so it is for those who may evaluate. Raises MayNotDo.
    """
    check_can(viewer=viewing.viewer, what="evaluate")
    _audit(viewing, "identities.everyone", "all", ["record_id", "person_id"])
    return counting.everyone(build)


def if_answered(
    *, viewing: Viewing, build: Build, person_of: Mapping[Key, str], most: int, order: str = "agencies"
) -> Answered:
    """Whose every record would be if the queue's first pairs were answered from a known answer: nothing of it stays. For those who
    may evaluate. Audited. Raises MayNotDo."""
    check_can(viewer=viewing.viewer, what="evaluate")
    _audit(viewing, "identities.if_answered", "all", ["record_id", "person_id"])
    return answering.answer(build, person_of=person_of, most=most, order=order, at=viewing.at)


def chances(*, viewing: Viewing, build: Build) -> Curve:
    """How often a pair of a kind and a weight is one person in this area: the one source of a chance that a page shows. It tells of
    nobody. Audited. Raises MayNotDo."""
    check_may(viewing=viewing, what="judge", subject="all")
    _audit(viewing, "identities.chances", "all", ["counts"])
    return chances_today(build)


def figures(*, viewing: Viewing, build: Build, answer: Answer) -> Figures:
    """How right the joins are today against a known answer: counts and rates, of nobody. For those who may evaluate. Audited."""
    groups = everyone(viewing=viewing, build=build)
    of = {(agency, file, source): person for agency, file, source, person in groups}
    return keeping.now(build, of, answer)


def how_right(*, viewing: Viewing, build: Build) -> HowRight:
    """What is known of how right the joins are: the last measurement against a known answer, and what people judged. It tells of
    nobody. Audited."""
    found = keeping.how_right(build)
    _audit(viewing, "identities.how_right", "all", ["figures"])
    return found


def models(*, viewing: Viewing, build: Build) -> list[Version]:
    """The linkage models that are kept, newest first: whence each comes, whether it is in use, and what it would change in numbers.
    They tell of nobody. Audited."""
    _audit(viewing, "identities.models", "all", ["model"])
    return trained.versions(build)


def model(*, viewing: Viewing, build: Build, version: int) -> Version:
    """One linkage model, with those of its changes of which the viewer may see both records whole. Audited. Raises ModelUnknown."""
    try:
        found = trained.version(viewing, build, version)
    except ModelUnknown:
        _audit(viewing, "identities.model", f"model {version}", ["model"], is_allowed=False)
        raise
    pairs = found.changes.pairs if found.changes else ()
    told = sorted({record for pair in pairs for record in (pair.left_record_id, pair.right_record_id)})
    _audit(viewing, "identities.model", ",".join(told) or f"model {version}", ["model", "changes"])
    return found


def joined(*, viewing: Viewing, build: Build) -> Joined:
    """How many people the records make that the viewer may see. Audited."""
    found = counting.joined(viewing, build)
    _audit(viewing, "identities.joined", "all", ["counts"], is_allowed=bool(found.records))
    return found


def fingerprint(*, viewing: Viewing, build: Build) -> str:
    """A digest over every record with its person, to compare builds by: it tells of nobody. Audited."""
    found = counting.fingerprint(build)
    _audit(viewing, "identities.fingerprint", "all", ["digest"])
    return found


def check(*, viewing: Viewing, build: Build, asked: Asked) -> Checked:
    """Is this person known? Who may be the one by what is given of them, as linking would weigh it. Audited. Raises NothingAsked, Malformed."""
    found = checking.answer(viewing, build, asked, how_often=how_often(build))
    # Whoever holds a number is told of too, and so is a record that came since.
    told = [one.person_id for one in found.candidates] + [one.person_id for one in found.holders]
    told += [one.record_id for one in found.waiting]
    _audit(viewing, "identities.check", ",".join(told) or "none", _COMPARED)
    return found


def check_received(
    *, viewing: Viewing, build: Build, waiting: Build, progress: Progress = silent, tells: bool = False
) -> Received:
    """How many of the records that were laid out since the build are of people who are known, as far as the viewer may see; `tells` also
    of whom. Audited. Raises MayNotDo."""
    check_may(viewing=viewing, what="receive", subject=waiting.info.build_id)
    found = received.held_against(viewing, build, waiting, progress, tells=tells)
    people = sorted({one.person_id for one in found.near} | {one.record_id for one in found.near})
    told = ["counts", *(_COMPARED if tells else ())]
    _audit(viewing, "identities.check_received", ",".join((waiting.info.build_id, *people)), told)
    return found


def queue(*, viewing: Viewing, build: Build, order: str = "agencies", page: int = 1) -> Queue:
    """Pairs that wait for a person, in the order of a named fact (a code of ORDERS), that the viewer may see whole. Audited."""
    check_may(viewing=viewing, what="judge", subject="queue")
    found = queueing.queue(viewing, build, order=order, page=page)
    shown = sorted({record for one in found.waiting for record in one.record_ids})
    told = ["would_join", "agencies", "under_18", "name", "birth"]
    _audit(viewing, "identities.queue", ",".join(shown) or "none", told)
    return found


def pair_to_judge(*, viewing: Viewing, build: Build, left: str, right: str) -> PairToJudge:
    """Two records side by side, to be judged, with what the viewer may know of what others said. Audited. Raises RecordUnknown,
    MayNotDo."""
    check_may(viewing=viewing, what="judge", subject=f"{left} {right}")
    explained = explain_join(viewing=viewing, build=build, left=left, right=right)
    return telling.pair_to_judge(viewing, build, explained)


def judgements(
    *, viewing: Viewing, build: Build, mine: bool = False, page: int = 1
) -> tuple[list[Said], int]:
    """A page of fifty judgements, newest first, of records that the viewer may see whole; and how many pages there are. What they
    may not know of yet, because they have still to judge the pair blind, is left out. Audited."""
    part, pages = telling.judgements(viewing, build, mine=mine, page=page)
    _audit(viewing, "identities.judgements", ",".join(str(one.seq) for one in part) or "none", ["judgement"])
    return part, pages


def agreement(*, viewing: Viewing) -> Agreement:
    """How often two judges of one pair said the same, over all of the area: it tells of nobody. Audited. Raises MayNotDo."""
    check_may(viewing=viewing, what="judge", subject="all")
    found = agreement_of(standing.said())
    _audit(viewing, "identities.agreement", "all", ["counts"])
    return found


def judgement(*, viewing: Viewing, build: Build, seq: int) -> JudgementTold:
    """One judgement: of which records, who said what, when and why, and who took it back. Audited. Raises JudgementRefused when there is
    none, and when the viewer may not see both records whole or is still to judge them blind: the same words."""
    found = telling.judgement(viewing, build, seq)
    _audit(viewing, "identities.judgement", f"judgement {seq}", ["judgement"], is_allowed=found is not None)
    if found is None:
        raise no_judgement(seq)
    return found


def relied_on(*, viewing: Viewing, build: Build, seq: int) -> Relied:
    """Every view and export of the people whose records a judgement moved, while it stood, as far as the viewer may see these records.
    Audited. Raises JudgementRefused, also when the viewer may not know of the judgement, as `judgement`."""
    found = telling.judgement(viewing, build, seq)
    _audit(viewing, "identities.relied_on", f"judgement {seq}", ["views"], is_allowed=found is not None)
    if found is None:
        raise no_judgement(seq)
    return relying.on(viewing, build, found.said)
