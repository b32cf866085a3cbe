"""What was kept of screenings that have ended is removed, and that it was is written: whenever anybody opens a page of screenings, and by the worker."""

from __future__ import annotations

from django.db import transaction

from engage.governance import actions as governance
from engage.networks.models import ScreeningStep
from engage.networks.screening import keeping, standing
from engage.store.area import Area
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


def clear(viewing: Viewing, area: Area) -> int:
    """Remove what is kept of every screening that is refused, withdrawn, lapsed or expired, and files of none; return of how many."""
    numbers = keeping.kept(area)
    if not numbers:
        return 0
    known = standing.numbered(numbers, london_day(viewing.at))
    ended = [number for number in numbers if number not in known or not known[number].is_kept]
    return sum(remove(viewing, area, number, is_known=number in known) for number in ended)


def remove(viewing: Viewing, area: Area, number: int, *, is_known: bool = True) -> bool:
    """Remove what is kept of one screening, and write that it was; False when nothing was kept. The file goes first: should the writing fail, it is gone."""
    is_removed = keeping.drop(area, number)
    if is_removed and is_known:
        with transaction.atomic():
            _written(viewing, number)
    return is_removed


def _written(viewing: Viewing, number: int) -> None:
    if ScreeningStep.objects.filter(screening=number, says="cleared").exists():
        return
    who = viewing.viewer
    ScreeningStep.objects.create(
        screening=number, says="cleared", said_by=who.user_id, said_by_name=who.name, agency=who.agency, said_at=viewing.at, request_id=viewing.request_id
    )  # fmt: skip
    governance.record_decision(
        viewing=viewing, action="screening.cleared", subject=f"screening {number}", fields=["list"], decision="cleared"
    )  # fmt: skip
