"""How is a judgement taken, and taken back? Each in one transaction with what it changes and with its audit row."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from engage.governance import queries as governance
from engage.governance.actions import check_may, record_decision
from engage.governance.queries import AuditRow
from engage.identities import assignments
from engage.identities.judging import forming, kinding, standing
from engage.identities.judging.rules import (
    SAYS,
    Judged,
    JudgementRefused,
    ReliedOn,
    Said,
    Withdrawn,
    effects,
    judges_needed,
)
from engage.identities.models import Judgement, JudgementWithdrawal, PersonAssignment
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


def judge(*, viewing: Viewing, build: Build, left: str, right: str, says: str, reason: str) -> Judged:
    """Take a judgement of two records and follow it at once. The refusals are those of `actions.judge`."""
    left, right = sorted((left, right))
    check_may(viewing=viewing, what="judge", subject=f"{left} {right}")
    _check(viewing, build, left, right, says, reason)
    kind = kind_of_pair(build, left, right)
    with transaction.atomic():
        before = forming.stood_against(build, [left, right])
        row = Judgement.objects.create(
            left_record_id=left, right_record_id=right, says=says, reason=reason.strip(), kind=kind,
            needs=judges_needed(kind, london_day(viewing.at)), judged_by=viewing.viewer.user_id, agency=viewing.viewer.agency,
            judged_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        formed = forming.form(build, [left, right], judgement=row.seq, at=viewing.at, why=reason.strip())
        forming.check_followed(formed, before=before)
        effect = effects(standing.said(pairs={(left, right)}))[left, right].what
        record_decision(
            viewing=viewing,
            action="identities.judge",
            subject=",".join((f"{left} {right}", *formed.persons)),
            fields=["person_id"],
            decision=says,
            why=reason.strip(),
        )
    return Judged(row.seq, effect, len(formed.moves), formed.persons)


def withdraw(*, viewing: Viewing, build: Build, seq: int, why: str) -> Withdrawn:
    """Take a judgement back and restore what was there before it. The refusals are those of `actions.withdraw_judgement`."""
    check_may(viewing=viewing, what="judge", subject=f"judgement {seq}")
    found = _check_withdrawal(viewing, build, seq, why)
    with transaction.atomic():
        relied = relied_on(found, until=viewing.at)
        JudgementWithdrawal.objects.create(
            judgement=seq, withdrawn_by=viewing.viewer.user_id, agency=viewing.viewer.agency, withdrawn_at=viewing.at, why=why.strip()
        )  # fmt: skip
        formed = forming.form(build, found.pair, judgement=seq, at=viewing.at, why=why.strip())
        record_decision(
            viewing=viewing,
            action="identities.withdraw_judgement",
            subject=",".join((" ".join(found.pair), *formed.persons)),
            fields=["person_id"],
            decision="withdrawn",
            why=why.strip(),
        )
    return Withdrawn(seq, len(formed.moves), formed.persons, relied)


def settle(*, build: Build, judgement: int, withdrawal: int, at: datetime) -> int:
    """Have a build that has just been served follow what was judged or taken back while it was being made; return how many
    records moved. `judgement` and `withdrawal` are the last ones that it took in."""
    records = standing.since(judgement, withdrawal)
    if not records:
        return 0
    with transaction.atomic():
        formed = forming.form(
            build, records, judgement=None, at=at, why="judged while the build was being made"
        )
    return len(formed.moves)


def relied_on(found: Said, *, until: datetime) -> tuple[ReliedOn, ...]:
    """Every view and export of the people whose records a judgement moved, from the judgement until it was taken back, or
    until now."""
    people = set()
    for row in PersonAssignment.objects.filter(
        judgement=found.seq, assigned_at__lt=found.withdrawn_at or until
    ):
        before = (
            PersonAssignment.objects.filter(record_id=row.record_id, seq__lt=row.seq).order_by("-seq").first()
        )
        people |= {row.person_id, *([before.person_id] if before else [])}
    looked = governance.looks_at(people, since=found.at, until=found.withdrawn_at or until)
    return tuple(ReliedOn(row.action, row.subject, row.actor, row.agency, row.at) for row in _shows(looked))


def _shows(looked: list[AuditRow]) -> list[AuditRow]:
    """Those that showed something: no decisions, nothing refused."""
    return [row for row in looked if row.decision in ("allow", "signpost")]


def kind_of_pair(build: Build, left: str, right: str) -> str:
    """The kind of the pair (a code of kinds.yaml), by what the build found and by whose they are today."""
    return kinding.kinds_of(build, [(left, right)])[left, right].code


def _check(viewing: Viewing, build: Build, left: str, right: str, says: str, reason: str) -> None:
    found = seen(viewing, build, [left, right])
    for record in (left, right):
        if record not in found.whole or record not in found.persons:
            raise assignments.record_unknown(record)
    if left == right:
        raise JudgementRefused(N_("Both are the same record."), remedy=N_("Name two records."))
    if says not in SAYS:
        raise JudgementRefused(
            Sentence(N_("“%(says)s” is no judgement."), {"says": says}),
            remedy=Sentence(N_("Say one of %(known)s."), {"known": ", ".join(SAYS)}),
        )
    if not reason.strip():
        raise JudgementRefused(
            N_("A judgement needs a reason."),
            remedy=N_("Write in a few words what tells you so: others will rely on it."),
        )


def _check_withdrawal(viewing: Viewing, build: Build, seq: int, why: str) -> Said:
    found = standing.one(seq)
    if found is None or not set(found.pair) <= seen(viewing, build, found.pair).whole:
        raise JudgementRefused(
            Sentence(N_("There is no judgement %(seq)s, or none that you may see."), {"seq": str(seq)})
        )
    if found.withdrawn_at is not None:
        raise JudgementRefused(N_("This judgement was taken back already."))
    own = found.by == viewing.viewer.user_id
    if not own and not governance.can(viewer=viewing.viewer, what="withdraw_any"):
        raise JudgementRefused(
            N_("Only whoever made a judgement, or a team manager, takes it back."),
            remedy=N_("Judge the pair yourself: when two people disagree neither is followed."),
        )
    if not why.strip():
        raise JudgementRefused(
            N_("Taking a judgement back needs a reason."), remedy=N_("Write in a few words what has changed.")
        )
    return found
