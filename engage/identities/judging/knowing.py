"""May a viewer know of a judgement that was made? Reads the decided store; below the doors."""

from __future__ import annotations

from engage.governance import queries as governance
from engage.identities.judging import standing
from engage.identities.judging.rules import JudgementRefused, Pair, Said
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


def knows(viewing: Viewing, build: Build, said: Said) -> bool:
    """They may see both records whole. Or both were told apart, and they said so themselves, or may take back what others said and
    see one of the two: then it counts what they would see if the two stood together still, as when it was said. What one record gave
    reason to see of the other would else be beyond everybody's reach, with the judgement that shut it."""
    whole = seen(viewing, build, said.pair).whole
    if set(said.pair) <= whole:
        return True
    is_theirs = said.by == viewing.viewer.user_id or (
        bool(whole & set(said.pair)) and governance.can(viewer=viewing.viewer, what="withdraw_any")
    )
    together = stood_together(said.pair, said.says)
    return is_theirs and set(said.pair) <= seen(viewing, build, said.pair, as_one=together).whole


def is_told(viewing: Viewing, build: Build, said: Said) -> bool:
    """They may know of it, and are not still to judge the pair without knowing what others said."""
    of_pair = standing.said(pairs={said.pair})
    return knows(viewing, build, said) and said.seq in {one.seq for one in standing.told(viewing, of_pair)[0]}


def stood_together(pair: Pair, says: str) -> Pair | tuple[()]:
    """The two records that stood together, if it was said that they are two people."""
    return pair if says == "different" else ()


def no_judgement(seq: int) -> JudgementRefused:
    """The error for a judgement that was never made, and for one that a viewer may not know of: the same words for both."""
    words = N_("There is no judgement %(seq)s, or none that you may see.")
    return JudgementRefused(Sentence(words, {"seq": str(seq)}))
