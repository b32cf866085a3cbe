"""What may a viewer be told of judgements: of one pair, and of all that were made?"""

from __future__ import annotations

from engage.governance import queries as governance
from engage.identities import assignments
from engage.identities.judging import kinding, naming, standing
from engage.identities.judging.knowing import is_told, knows
from engage.identities.judging.rules import JudgementTold, PairToJudge, Said, effects, judges_needed
from engage.identities.rules import JoinExplained, apart
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


JUDGEMENTS_A_PAGE = 50


def pair_to_judge(viewing: Viewing, build: Build, explained: JoinExplained) -> PairToJudge:
    """An explained pair with what the viewer may know of what others said of it, and whose the two records are today."""
    pair = explained.left.record_id, explained.right.record_id
    persons = assignments.persons_of(build, pair)
    may = seen(viewing, build, assignments.records_of_people(build, set(persons.values()))).whole
    kind = kinding.kinds_of(build, [pair], shown=may)[pair]
    everything = standing.said(pairs={pair})
    said, is_blind = standing.told(viewing, everything)
    effect = effects(everything).get(pair)
    own = [one for one in said if one.by == viewing.viewer.user_id and one.withdrawn_at is None]
    return PairToJudge(
        explained,
        kind.told,
        max((judges_needed(kind.code, london_day(viewing.at)), *(one.needs for one in said))),
        said,
        is_blind,
        effect.what if effect and not is_blind else "none",
        persons[pair[0]],
        persons[pair[1]],
        own=own[-1] if own else None,
        breaks=None if kind.breaks is None else apart(kind.breaks),
        names=naming.named(viewing, build, pair),
    )


def judgements(viewing: Viewing, build: Build, *, mine: bool, page: int) -> tuple[list[Said], int]:
    """A page of judgements of records that the viewer may see whole, newest first, and how many pages there are. What they may not
    know of yet, because they have still to judge the pair blind, is left out."""
    said = [one for one in reversed(standing.said()) if not mine or one.by == viewing.viewer.user_id]
    whole = seen(viewing, build, {record for one in said for record in one.pair}).whole
    by_pair: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        by_pair.setdefault(one.pair, []).append(one)
    known = {one.seq for of_pair in by_pair.values() for one in standing.told(viewing, of_pair)[0]}
    shown = [
        one for one in said if one.seq in known and (set(one.pair) <= whole or knows(viewing, build, one))
    ]
    part = shown[(page - 1) * JUDGEMENTS_A_PAGE : page * JUDGEMENTS_A_PAGE]
    return part, max(1, -(-len(shown) // JUDGEMENTS_A_PAGE))


def judgement(viewing: Viewing, build: Build, seq: int) -> JudgementTold | None:
    """One judgement, and whether the viewer may take it back; None when they may not see both records whole, or are
    still to judge the pair blind."""
    found = standing.one(seq)
    if found is None or not is_told(viewing, build, found):
        return None
    own = found.by == viewing.viewer.user_id
    may = own or governance.can(viewer=viewing.viewer, what="withdraw_any")
    return JudgementTold(found, may and found.withdrawn_at is None, naming.named(viewing, build, found.pair))
