"""Draw what was told as a table, and say how a clock stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from engage.casework.clocks.catalogue import load
from engage.casework.clocks.reckoning import reckon
from engage.casework.clocks.rules import Catalogue, Run, Told
from engage.vocabulary.time import Happened, Precision, whole_day
from tests.spec.identities.towns import drawn


WALL = ZoneInfo("Europe/London")


def at(written: str) -> datetime:
    """A moment of the clock on the wall in London; with Z at its end, of UTC."""
    if written.endswith("Z"):
        return datetime.fromisoformat(written[:-1]).replace(tzinfo=UTC)
    return datetime.fromisoformat(written).replace(tzinfo=WALL).astimezone(UTC)


def happened(written: str) -> Happened:
    """A minute (2026-04-07 09:00), a day (2026-04-07), a month (2026-04), or nothing that anybody said."""
    if not written:
        return Happened(None, None, Precision.UNKNOWN)
    if len(written) == 7:
        first = date.fromisoformat(f"{written}-01")
        after = (first + timedelta(days=31)).replace(day=1)
        return Happened(at(f"{first} 00:00"), at(f"{after} 00:00"), Precision.MONTH)
    if len(written) == 10:
        return whole_day(date.fromisoformat(written))
    return Happened(at(written), at(written) + timedelta(minutes=1), Precision.MINUTE)


def told(table: str) -> list[Told]:
    """event | when, and any of id, by, reason, regards, replaces, end (that an order states), written (when it was told), clock."""
    return [
        Told(
            row.get("id") or f"t{number}", row["event"], happened(row["when"]), at(row["written"]) if row.get("written") else None,
            row.get("by", ""), row.get("reason", ""), tuple(row.get("regards", "").split()), row.get("replaces", ""),
            happened(row["end"]) if row.get("end") else None, row.get("clock", ""),
        )
        for number, row in enumerate(drawn(table))
    ]  # fmt: skip


def runs(code: str, table: str, now: str, catalogue: Catalogue | None = None) -> list[Run]:
    """The runs of one clock."""
    found = reckon(told(table), catalogue=catalogue or load(), now=at(now))
    return [one for one in found if one.clock.code == code]


def stands(code: str, table: str, now: str, catalogue: Catalogue | None = None) -> list[str]:
    """Of each run of a clock: its state, and the last day or moment (by the clock on the wall) where it is known."""
    return [said(one) for one in runs(code, table, now, catalogue)]


def said(run: Run) -> str:
    """“overdue 2026-04-16”."""
    return " ".join(filter(None, (run.state.value, due(run))))


def due(run: Run) -> str:
    """The last day, or for hours the last moment; from-to where it is not known exactly."""
    if run.due is None:
        return ""
    if run.counted_in is not None and run.counted_in.value == "clock_hour":
        ends = [
            moment.astimezone(WALL).strftime("%Y-%m-%d %H:%M")
            for moment in (run.due.earliest_at, run.due.latest_at)
        ]
    else:
        ends = [run.due.earliest_on.isoformat(), run.due.latest_on.isoformat()]
    return "..".join(dict.fromkeys(ends))
