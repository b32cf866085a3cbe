"""How is one answer about several pairs taken? All of it, or, where one of them is refused, none of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from engage.governance.actions import check_may
from engage.identities.judging import deciding
from engage.identities.judging.rules import Judged, Pair
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def judge(
    *, viewing: Viewing, build: Build, pairs: Sequence[Pair], says: str, reason: str
) -> tuple[Judged, ...]:
    """Say the same of each of these pairs, in one transaction. The refusals are those of `actions.judge`."""
    subject = ",".join(" ".join(sorted(pair)) for pair in pairs)
    check_may(viewing=viewing, what="judge", subject=subject)
    with transaction.atomic():
        return tuple(
            deciding.judge(viewing=viewing, build=build, left=left, right=right, says=says, reason=reason)
            for left, right in pairs
        )
