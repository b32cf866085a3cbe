"""Sixteen ask for pages of partners in the same instant: each counts. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.cache import cache
from django.test import Client

from engage.casework.referrals.actions import stated
from tests.integration.casework.crowd import Crowd, crowd


__all__ = ["crowd"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgresql]
TRIES = 6


def test_of_sixteen_who_try_addresses_out_at_once_no_try_is_lost(crowd: Crowd) -> None:
    cache.clear()
    answers: Counter[int] = Counter()

    def work(mine: int) -> None:
        for turn in range(TRIES):
            crowd.all_looked.wait(timeout=60)
            answered = Client().get(f"/partner/referral/guess{mine}-{turn}/").status_code
            with crowd.guard:
                answers[answered] += 1

    crowd.at_once(work)
    assert sum(answers.values()) == TRIES * 16
    assert set(answers) == {404, 429}
    assert answers[404] <= stated()["opens_an_hour"]
