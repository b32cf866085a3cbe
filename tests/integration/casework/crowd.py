"""Sixteen at their desks who write at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from engage.casework.cases.actions import reckon_clocks
from engage.casework.cases.models import ClockDue, ReferralWaits
from engage.casework.cases.rules import MovedOn
from tests.integration.casework.conftest import Office


WRITERS = 16


class Crowd:
    """Sixteen at their desks, who all look before anybody writes."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.all_looked = threading.Barrier(WRITERS)
        self.kept: Counter[Any] = Counter()
        self.late: Counter[Any] = Counter()
        self.faults: list[BaseException] = []
        self.guard = threading.Lock()

    def at_once(self, work: Callable[[int], None]) -> None:
        """All do the same work, each with a number of their own."""
        threads = [threading.Thread(target=self._one, args=(work, number)) for number in range(WRITERS)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert self.faults == []

    def _one(self, work: Callable[[int], None], number: int) -> None:
        try:
            work(number)
        except BaseException as fault:
            self.faults.append(fault)
            self.all_looked.abort()
        finally:
            connections.close_all()

    def tries(self, what: Any, act: Callable[[], object]) -> None:
        """Note whether it was kept, or somebody was first. Anything else is a fault."""
        try:
            act()
            outcome = self.kept
        except MovedOn:
            outcome = self.late
        with self.guard:
            outcome[what] += 1


def _laid() -> list[tuple[Any, ...]]:
    due = ClockDue.objects.values_list("case", "clock", "state", "is_open", "due_at")
    return sorted([*due, *ReferralWaits.objects.values_list("case", "told", "entry")], key=repr)


@pytest.fixture
def crowd(office: Office) -> Iterator[Crowd]:
    """Sixteen workers. What is laid down for lists is in the end what it would be if it were laid down now."""
    yield Crowd(office)
    laid = _laid()
    reckon_clocks(viewing=office.as_("operator", ""), **office.where)
    assert laid == _laid()
    assert len({one[:3] for one in laid}) == len(laid), "laid down twice"
