"""Which readings of texts did people say are wrong? The last word on each counts. Reads and writes the decided store only.

Below the doors: nothing here decides on access or writes an audit row.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from engage.picture.models import ReadingJudgement
from engage.picture.readings.rules import WRONG, ReadingKey, SaidWrong
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


def wrong_readings(*, until: date | None = None) -> frozenset[ReadingKey]:
    """The readings that people say are wrong, so that whatever is worked out from `told` or from mentions can leave them out; with `until`,
    as was said by the end of that London day. One query."""
    return frozenset(said_wrong(until=until))


def said_wrong(
    *, texts: Collection[str] | None = None, until: date | None = None
) -> dict[ReadingKey, SaidWrong]:
    """The same, each with who says so; of these texts (their digests), or of all."""
    rows = ReadingJudgement.objects.order_by("seq")
    if texts is not None:
        rows = rows.filter(text_key__in=texts)
    last: dict[ReadingKey, tuple[str, SaidWrong]] = {}
    for *key, says, by, at in rows.values_list(*_KEY, "says", "said_by", "said_at"):
        if until is None or london_day(at) <= until:
            last[ReadingKey(*key)] = (says, SaidWrong(by, at))
    return {key: said for key, (says, said) in last.items() if says == WRONG}


def last_day(viewing: Viewing, build: Build) -> date | None:
    """The last day of which what people said counts for that viewing: its own, and none (all counts) where it looks at now."""
    return None if viewing.as_of >= build.info.as_of else viewing.as_of


_KEY = ("text_key", "what", "polarity", "from_sign", "until_sign")


def keep(viewing: Viewing, key: ReadingKey, says: str) -> None:
    """Write down what the viewer says of a reading."""
    ReadingJudgement.objects.create(
        **dict(zip(_KEY, key, strict=True)), says=says, said_by=viewing.viewer.user_id, agency=viewing.viewer.agency,
        said_at=viewing.at, request_id=viewing.request_id,
    )  # fmt: skip
