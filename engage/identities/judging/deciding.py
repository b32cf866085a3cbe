"""How is a judgement taken, and taken back? Each in one transaction with what it changes and with its audit row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from engage.governance import queries as governance
from engage.governance.actions import check_may, record_decision
from engage.identities import assignments
from engage.identities.judging import forming, kinding, relying, settling, standing
from engage.identities.judging.forming import Because, Moves
from engage.identities.judging.knowing import is_told, no_judgement, stood_together
from engage.identities.judging.locking import one_at_a_time
from engage.identities.judging.reforming import Grouped
from engage.identities.judging.rules import (
    SAYS,
    Judged,
    JudgementRefused,
    Pair,
    Said,
    Withdrawn,
    effects,
    judges_needed,
)
from engage.identities.models import Judgement, JudgementWithdrawal
from engage.identities.seeing import seen
from engage.store.warehouse import Build, served_beside
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


def judge(*, viewing: Viewing, build: Build, left: str, right: str, says: str, reason: str) -> Judged:
    """Take a judgement of two records and follow it at once. The refusals are those of `actions.judge`."""
    left, right = sorted((left, right))
    check_may(viewing=viewing, what="judge", subject=f"{left} {right}")
    with transaction.atomic():
        build = _served(build, viewing)
        _check(viewing, build, left, right, says, reason)
        before = forming.grouped(build, [left, right])
        kind = kind_of_pair(build, left, right)
        row = Judgement.objects.create(
            left_record_id=left, right_record_id=right, says=says, reason=reason.strip(), kind=kind,
            needs=judges_needed(kind, london_day(viewing.at)), judged_by=viewing.viewer.user_id, agency=viewing.viewer.agency,
            judged_at=viewing.at, request_id=viewing.request_id,
        )  # fmt: skip
        now = forming.grouped(build, [left, right])
        _check_followed(viewing, build, now, before)
        because = Because(row.seq, row.reason, viewing.at)
        moves = forming.follow(build, now, because)
        _record(viewing, "identities.judge", (left, right), moves, says, because)
        effect = effects(standing.said(pairs={(left, right)}))[left, right].what
        shown = _shown(viewing, build, moves, stood_together((left, right), says))
        return Judged(row.seq, says, effect, *shown)


def withdraw(*, viewing: Viewing, build: Build, seq: int, why: str) -> Withdrawn:
    """Take a judgement back and restore what was there before it. The refusals are those of `actions.withdraw_judgement`."""
    check_may(viewing=viewing, what="judge", subject=f"judgement {seq}")
    with transaction.atomic():
        build = _served(build, viewing)
        found = _check_withdrawal(viewing, build, seq, why)
        relied = relying.on(viewing, build, found)
        JudgementWithdrawal.objects.create(
            judgement=seq, withdrawn_by=viewing.viewer.user_id, agency=viewing.viewer.agency, withdrawn_at=viewing.at, why=why.strip()
        )  # fmt: skip
        because = Because(seq, why.strip(), viewing.at, assignments.TAKEN_BACK)
        moves = forming.follow(build, forming.grouped(build, found.pair), because)
        _record(viewing, "identities.withdraw_judgement", found.pair, moves, "withdrawn", because)
        return Withdrawn(seq, *_shown(viewing, build, moves, ()), relied)


def _served(build: Build, viewing: Viewing) -> Build:
    """Wait for others who change whose records are whose; then the build that is served, which may be another by now, as it follows
    everything that was judged before."""
    one_at_a_time()
    build = served_beside(build)
    settling.catch_up(build, at=viewing.at)
    return build


def _record(viewing: Viewing, action: str, pair: Pair, moves: Moves, decision: str, because: Because) -> None:
    """The audit row, of everybody whom it changed: also of those of whom the viewer is told nothing."""
    subject = ",".join((f"judgement {because.judgement}", " ".join(pair), *_persons(moves, moves)))
    record_decision(
        viewing=viewing, action=action, subject=subject, fields=["person_id"], decision=decision, why=because.why
    )  # fmt: skip


def _shown(
    viewing: Viewing, build: Build, moves: Moves, together: Iterable[str]
) -> tuple[int, tuple[str, ...]]:
    """How many of the records that moved the viewer may see, and the persons these came from and went to: of two that they told
    apart, what they saw while the two stood `together`."""
    pair = tuple(together)
    shown = seen(viewing, build, {*moves, *pair}, as_one=pair).open & moves.keys()
    return len(shown), _persons(moves, shown)


def _persons(moves: Moves, record_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({person for record in record_ids for person in moves[record]}))


def _check_followed(viewing: Viewing, build: Build, now: Grouped, before: Grouped) -> None:
    """Raise JudgementRefused when this judgement and what was judged before cannot all hold together, or only if something the software
    joined gave way: whoever judges is asked to look. What stood so `before` (later records brought it about) is not theirs."""
    against = [
        *sorted(set(now.contradicting) - set(before.contradicting)),
        *sorted(set(now.gave_way) - set(before.gave_way)),
    ]
    if against:
        raise JudgementRefused(
            _against(viewing, build, against[0]),
            remedy=N_(
                "Look at the judgements of these people. Whoever made the wrong one, or a team manager, can take it back first."
            ),
        )


def _against(viewing: Viewing, build: Build, pair: Pair) -> Sentence:
    """Which judgement it contradicts, if the viewer may see both of its records whole."""
    if not set(pair) <= seen(viewing, build, pair).whole:
        return Sentence(
            N_(
                "This contradicts what was judged before of the records of these people; not all of it may be shown to you."
            )
        )
    titles = governance.policy(on=london_day(viewing.at)).titles
    left, right = (_named(record, titles) for record in pair)
    return Sentence(
        N_(
            "This contradicts what was judged before: %(left)s and %(right)s were judged to be one person, and others of their records to be different people."
        ),
        {"left": left, "right": right},
    )


def _named(record_id: str, titles: Mapping[str, str]) -> str:
    """A record as pages name it: whose, in which file, under which id."""
    _area, agency, file, source = record_id.split(":", 3)
    return f"{titles.get(agency, agency)}, {file.replace('_', ' ')} {source}"


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
    if found is None or not is_told(viewing, build, found):
        raise no_judgement(seq)
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
