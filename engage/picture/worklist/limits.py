"""How many new children a week does the area say it can look at?"""

from __future__ import annotations

from engage.store.area import Area, AreaSettingsWrong
from engage.vocabulary.words import N_, Sentence


def weekly_limit(area: Area) -> int | None:
    """How many new children a week the area says it can look at: `worklist: {weekly_limit: 20}` in area.yaml. Raises AreaSettingsWrong."""
    limit = (area.settings.get("worklist") or {}).get("weekly_limit")
    if limit is not None and (not isinstance(limit, int) or limit < 1):
        raise AreaSettingsWrong(
            Sentence(
                N_("area.yaml: worklist, weekly_limit: “%(value)s” is no number of children."),
                {"value": str(limit)},
            ),
            remedy=N_("Write a whole number from 1, or take it out."),
        )
    return limit
