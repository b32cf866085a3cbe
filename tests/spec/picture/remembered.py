"""What the tests of things that are worked out once have in common: how often they were, and what makes them be worked out anew."""

from __future__ import annotations

from typing import Any

import pytest

from engage.picture.models import ReadingJudgement
from tests.conftest import NOW


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[str]:
    """The role of whoever looked, for each time that `module` calls what it knows by this name."""
    done: list[str] = []
    plainly = getattr(module, name)

    def counting(see: Any, *others: Any) -> Any:
        done.append(see.viewing.viewer.role)
        return plainly(see, *others)

    monkeypatch.setattr(module, name, counting)
    return done


def judge_a_reading() -> None:
    """Somebody says that a reading of some text is wrong."""
    ReadingJudgement.objects.create(
        text_key="t", what="x", polarity="present", from_sign=0, until_sign=1, says="wrong", said_by="mara", agency="police", said_at=NOW,
        request_id="r",
    )  # fmt: skip


def judged_meanwhile(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """A reading is judged while `module` does what it knows by this name."""
    plainly = getattr(module, name)

    def judging(*others: Any) -> Any:
        judge_a_reading()
        return plainly(*others)

    monkeypatch.setattr(module, name, judging)
