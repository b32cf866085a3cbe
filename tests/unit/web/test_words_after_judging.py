"""Is what came of a judgement told by what this judge said, whatever others said of the pair?"""

from __future__ import annotations

import pytest

from engage.identities.judging.rules import Judged
from engage.web.judging.presenters import outcome


@pytest.mark.parametrize("effect", ["waiting", "disputed", "same", "none"])
def test_who_cannot_tell_is_told_that_nothing_changes(effect: str) -> None:
    assert "cannot tell" in outcome([Judged(1, "unsure", effect, 0, ())])


def test_others_are_told_what_came_of_it() -> None:
    assert "second person" in outcome([Judged(1, "same", "waiting", 0, ())])
    assert "opposite" in outcome([Judged(1, "same", "disputed", 0, ())])
    assert "2 records" in outcome([Judged(1, "same", "same", 2, ("P1", "P2"))])
