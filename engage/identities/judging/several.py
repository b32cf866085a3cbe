"""How is one answer about several pairs taken? All of it, or, where one of them is refused, none of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from engage.governance.actions import check_may
from engage.identities.judging import deciding
from engage.identities.judging.rules import Judged, JudgementRefused, Pair
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_


def judge(
    *, viewing: Viewing, build: Build, pairs: Sequence[Pair], says: str, reason: str
) -> tuple[Judged, ...]:
    """Say the same of each of these pairs, in one transaction. The refusals are those of `actions.judge`."""
    subject = ",".join(" ".join(sorted(pair)) for pair in pairs)
    check_may(viewing=viewing, what="judge", subject=subject)
    try:
        with transaction.atomic():
            return tuple(
                deciding.judge(viewing=viewing, build=build, left=left, right=right, says=says, reason=reason)
                for left, right in pairs
            )
    except JudgementRefused as error:
        raise _as_far_as_seen(viewing, build, error) from None


def _as_far_as_seen(viewing: Viewing, build: Build, error: JudgementRefused) -> JudgementRefused:
    """The refusal, without the ids of records that the viewer may not know of."""
    named = {error.sentence.values[key] for key in ("left", "right") if key in error.sentence.values}
    if named <= seen(viewing, build, named).open:
        return error
    return JudgementRefused(
        N_("This contradicts what was judged before of other records of these people."), remedy=error.remedy
    )
