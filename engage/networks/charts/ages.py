"""Was somebody a child at the time that a chart shows? Whoever may have been under 18 was; of whom no birth is known, whoever a record calls a child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engage.networks.charts.rules import CHILD, GROWN, NOT_KNOWN, Record
from engage.picture.indicators.views import words
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.search.called import Called


def age_of(one: Called, records: Iterable[Record], today: date) -> str:
    """Child, grown or not known, at the first day of these records; today where none has a day."""
    records = list(records)
    first = min((record.on for record in records if record.on), default=today)
    told = may_be_child(births_of(one), first)
    if told is None:
        is_called_so = any(record.part.lower() in words()["children"] for record in records)
        return CHILD if is_called_so else NOT_KNOWN
    return CHILD if told else GROWN
