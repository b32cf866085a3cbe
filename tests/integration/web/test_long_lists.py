"""A long list goes on over pages: nothing is left out without a way to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from engage.records.queries import DeliverySummary, RejectShown
from engage.web.deliveries import views


SUMMARY = DeliverySummary(
    "1-abc", "police", "quay-police", "1", "full", "case", "ISA-1", "safeguarding_child", "mara",
    datetime(2026, 4, 7, tzinfo=UTC), 300, 0, ("persons.csv",),
)  # fmt: skip


def _reject(row: int) -> RejectShown:
    return RejectShown(
        "1-abc", "police", "persons.csv", row, "DOB", f"wrong-{row}-", "Not a date.", "Ask.", "flagged", None
    )


@pytest.mark.parametrize(
    ("query", "first", "last", "ways"),
    [
        ("", 1, 100, ["?page=2"]),
        ("?page=2", 101, 200, ["?page=1", "?page=3"]),
        ("?page=3", 201, 250, ["?page=2"]),
        ("?page=nonsense", 1, 100, ["?page=2"]),
    ],
)
def test_what_could_not_be_used(
    sign_in: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    first: int,
    last: int,
    ways: list[str],
) -> None:
    def rejects(*, limit: int, **_: Any) -> list[RejectShown]:
        return [_reject(n) for n in range(1, 251)][:limit]

    monkeypatch.setattr(views, "build_of", lambda _request: None)
    monkeypatch.setattr(views.queries, "delivery", lambda **_: SUMMARY)
    monkeypatch.setattr(views.queries, "rejects", rejects)

    page = sign_in().get(f"/deliveries/1-abc/{query}").content.decode()

    assert [f"wrong-{n}-" in page for n in (first - 1, first, last, last + 1)] == [False, True, True, False]
    assert [f'href="{way}"' in page for way in ("?page=1", "?page=2", "?page=3")] == [
        way in ways for way in ("?page=1", "?page=2", "?page=3")
    ]
