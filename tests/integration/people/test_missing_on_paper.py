"""The sheet and the kept copy leave no child out: who has no row is named with the time, and of what is cut it is said how much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from engage.picture.missing import queries
from engage.vocabulary.access import Viewing
from engage.web.missing import copies, sheets
from engage.web.missing.reading import Reader
from engage.web.missing.sheets import NAMED, ROWS, Sheet
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
MANY = ROWS + 3


@pytest.fixture
def full(world: World) -> World:
    """As many children missing as have no room, and as many reported by an agency that sends no ends."""
    ages = "\n".join(
        f"{n} | {agency} | {agency}{n} | {agency.title()} Child{n:02} | 2011-01-01 |"
        for agency in ("police", "charity")
        for n in range(1, MANY + 1)
    )
    world.people(f"id | agency | person | name | born | address\n---+---+---+---+---+---\n{ages}\n70 | police | police15 | Police Child15 | 2011-01-01 | 1 Reed Close\n71 | police | police15 | Police Child15 | 2011-01-01 | 2 Mill Lane")  # fmt: skip
    first = datetime(2026, 3, 20, 20)  # noqa: DTZ001  as drawn
    reports = "\n".join(
        f"m{n} | {agency} | {agency}/{n} {role} | missing | {first + timedelta(days=n):%Y-%m-%d %H:%M}"
        for agency, role in (("police", "missing person"), ("charity", "young person"))
        for n in range(1, MANY + 1)
    )
    world.events(f"id | agency | who | kind | when\n---+---+---+---+---\n{reports}\nf1 | police | police/1 missing person | found | 2026-03-01 20:00")  # fmt: skip
    world.served()
    return world


def drawn(world: World, viewing: Callable[..., Viewing]) -> Sheet:
    shown = queries.screen(viewing=viewing(), build=world.warehouse.current())
    return sheets.sheet(shown, Reader({"police": "Police", "charity": "Charity"}))


def test_every_child_who_is_missing_is_named_with_the_time_and_who_went_last_has_a_row(
    full: World, viewing: Callable[..., Viewing]
) -> None:
    sheet = drawn(full, viewing)

    assert sheet.count == MANY
    assert [row.name for row in sheet.rows] == [
        f"Police Child{n:02}" for n in range(MANY - ROWS + 1, MANY + 1)
    ]
    assert sheet.longer == tuple(
        f"Police Child{n:02}, 15 ({day} March 2026, 20:00)"
        for n, day in ((1, "Sat 21"), (2, "Sun 22"), (3, "Mon 23"))
    )


def test_of_what_is_cut_it_is_said_how_much(full: World, viewing: Callable[..., Viewing]) -> None:
    sheet = drawn(full, viewing)

    (unended,) = sheet.named
    assert (len(unended.lines), unended.more) == (NAMED, f"and {MANY - NAMED} more")
    assert unended.lines[0].startswith("Charity Child15")
    assert sheet.rows[-1].home == "2 Mill Lane; and 1 more"


def test_on_the_kept_copy_stands_every_child_who_is_missing(
    full: World, viewing: Callable[..., Viewing]
) -> None:
    kept = copies.keep(area=full.area, viewing=viewing(), build=full.warehouse.current())

    sent = unescape(kept.file.read_text(encoding="utf-8"))
    assert [n for n in range(1, MANY + 1) if f"Police Child{n:02}" not in sent] == []
    assert "see the screen" not in sent


def test_the_sheet_is_printed_so_too(full: World, sign_in: Callable[..., Client]) -> None:
    sent = unescape(sign_in().get("/missing/print/").content.decode())
    assert f"Missing now, longest first ({MANY})" in " ".join(sent.split()).replace("&nbsp;", " ")
    assert "and 3 more" in sent
