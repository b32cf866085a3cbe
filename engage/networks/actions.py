"""The writing door of the networks: what a build found of groups, and what people decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engage.networks.groups import standing
from engage.networks.groups.naming import Found
from engage.vocabulary.access import Viewing


def name_groups(found: Sequence[Found], *, viewing: Viewing, build_id: str, at: datetime) -> list[int]:
    """The number of each group that a build found, going on from those of the last; what changed is written down. Audited."""
    return standing.name_groups(found, viewing=viewing, build_id=build_id, at=at)
