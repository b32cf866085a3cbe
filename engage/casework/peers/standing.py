"""What was said of who is in a group, read for many cases at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from engage.casework.peers.models import MemberWord


def words_of(cases: Iterable[int]) -> dict[int, list[MemberWord]]:
    """All that was said of who is in the groups of these cases, in its order."""
    found: dict[int, list[MemberWord]] = defaultdict(list)
    for row in MemberWord.objects.filter(case__in=list(cases)).order_by("seq"):
        found[row.case].append(row)
    return found
