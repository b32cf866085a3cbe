"""Who is called a suspect by a list? Drawn by birth and day; and what of a source's words accuses somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engage.picture.accused.rules import NAMED_IN_IT, accuses, in_lists
from tests.spec.identities.towns import drawn


DAY = date(2026, 2, 1)
WHO = """
    who                                | births                | day        | called
    -----------------------------------+-----------------------+------------+-------
    a child of 15                      | 2010-03-01            | 2026-02-01 | no
    an adult                           | 1998-01-01            | 2026-02-01 | yes
    18 on that day                     | 2008-02-01            | 2026-02-01 | yes
    18 on the day after                | 2008-02-02            | 2026-02-01 | no
    a child then and 18 today          | 2007-06-01            | 2025-05-31 | no
    of whom no birth is known          |                       | 2026-02-01 | no
    a child by one of two births       | 1998-01-01 2010-03-01 | 2026-02-01 | no
    18 by both of two births           | 1998-01-01 1999-01-01 | 2026-02-01 | yes
    18 by the first day of a year only | 2007-06-01/2008-06-01 | 2026-02-01 | no
    an adult, on a day that nobody says | 1998-01-01           |            | no
"""


def _births(written: str) -> tuple[tuple[date, date], ...]:
    spans = (one.split("/") for one in written.split())
    days = ((date.fromisoformat(ends[0]), ends[1:]) for ends in spans)
    return tuple((first, date.fromisoformat(last[0]) if last else first + timedelta(days=1)) for first, last in days)  # fmt: skip


@pytest.mark.parametrize("row", drawn(WHO), ids=lambda row: row["who"])
def test_only_who_is_known_to_have_been_18_then_is_called_a_suspect(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["day"]) if row["day"] else None
    listed = in_lists("suspect", _births(row["births"]), on)
    assert listed == ("suspect" if row["called"] == "yes" else NAMED_IN_IT)


@pytest.mark.parametrize(
    ("part", "listed"),
    [
        ("Suspect", NAMED_IN_IT),
        ("co-accused", NAMED_IN_IT),
        ("suspect (charged)", NAMED_IN_IT),
        ("suspect, driver", f"{NAMED_IN_IT}, driver"),
        ("victim/suspect", f"victim/{NAMED_IN_IT}"),
        ("victim and offender", f"victim and {NAMED_IN_IT}"),
        # Who was wronged, or was at work, is accused of nothing.
        ("suspected victim", "suspected victim"),
        ("offender manager", "offender manager"),
        ("subject", "subject"),
        ("", ""),
    ],
)
def test_what_accuses_gives_way_and_all_else_stays(part: str, listed: str) -> None:
    assert in_lists(part, (), DAY) == listed
    assert accuses(part) == (part != listed)
    assert in_lists(listed, (), DAY) == listed


def test_the_title_of_what_happened_is_no_part_of_anybodys() -> None:
    told = in_lists("Suspected exploitation, suspect, stopped", (), DAY, is_titled=True)
    assert told == f"Suspected exploitation, {NAMED_IN_IT}, stopped"
    # Without a title the part stands first.
    untitled = in_lists("suspect, driver, used", (), DAY, is_titled=True)
    assert untitled == f"{NAMED_IN_IT}, driver, used"
