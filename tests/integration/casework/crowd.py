"""Sixteen at their desks who write at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

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


@pytest.fixture
def crowd(office: Office) -> Crowd:
    """Sixteen workers."""
    return Crowd(office)
