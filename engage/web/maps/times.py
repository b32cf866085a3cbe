"""On which weekdays and in which hours: a table of the counts whose record says them, and apart from these those of which none does."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from engage.networks.maps.rules import PLACES
from engage.networks.maps.showing import Hotspots
from engage.networks.maps.stated import stated
from engage.web.components import Cell, Table
from engage.web.maps import words


def time_table(found: Hotspots) -> Table | None:
    """Hours down, weekdays across; None of places of concern, with which only days are kept. In the version without names parts of the day instead of hours."""
    if found.asked.kind == PLACES:
        return None
    counts = found.counted.by_time()
    by = stated().hours_of_a_part if found.below else 1
    days: list[int | None] = [*range(7)]
    days += [None] if any(weekday is None for weekday, _hour in counts) else []
    all_of = _("All that are shown") if found.below else _("All")

    def told(over: Callable[[int | None, int | None], bool]) -> str:
        return words.count(sum(n for when, n in counts.items() if over(*when)), found.below)

    rows: list[tuple[Cell | str, ...]] = [
        (
            words.hours(hour, by) if hour is not None else Cell(words.hours(None, by), is_known=False),
            *(words.count(counts[day, hour], found.below) for day in days),
            told(lambda _day, then, of=hour: then == of),  # type: ignore[misc]
        )
        for hour in (*range(0, 24, by), None)
    ]
    sums = (told(lambda then, _hour, of=day: then == of) for day in days)  # type: ignore[misc]
    rows.append((all_of, *sums, told(lambda _day, _hour: True)))
    head = (
        _("Hour from") if by == 1 else _("Part of the day"),
        *(words.weekday(day) for day in days),
        all_of,
    )
    return Table(
        _("By hour and weekday"),
        head,
        rows,
        numbers=frozenset(range(1, len(head))),
        is_wide=True,
    )
