"""How is one person's page put together from indexed rows, cut to a day and to what the viewer may see?"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from engage.picture.rules import (
    Entry,
    Filters,
    Involved,
    Proposed,
    SaidField,
    SaidValue,
    Saying,
    Silence,
    Tied,
)
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.vocabulary.access import Outcome
from engage.vocabulary.time import london_day, london_midnight
from engage.vocabulary.words import N_, Sentence


Rows = Sequence[sqlite3.Row]
FIELDS = ("name", "alias", "nickname", "former", "preferred", "birth", "sex", "nhs_number", "upn", "pnc_id", "address", "phone", "email",
          "organisation", "ethnicity", "nationality", "religion")  # fmt: skip
# The clinic is never named: its guarded records are health's specialist nurse's, everywhere.
SPECIALIST = N_("Health, specialist nurse")


def known_rows(
    pages: sqlite3.Connection, table: str, person_ids: Sequence[str], as_of: date, *, current: bool = True
) -> Rows:
    """The rows of these persons that were known on a day: as they stood then, or (`current` False) ever until then."""
    marks = ", ".join("?" * len(person_ids))
    day = as_of.isoformat()
    stands = " and (known_until_on is null or known_until_on > ?)" if current else ""
    sql = f"select * from {table} where person_id in ({marks}) and known_from_on <= ?{stands}"
    return pages.execute(sql, [*person_ids, day, *([day] if current else [])]).fetchall()


def moment(text: str | None) -> datetime | None:
    """A stored UTC moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def said_fields(rows: Rows, sight: Sight, reasons: frozenset[str], as_of: date) -> tuple[SaidField, ...]:
    """Each thing that is said of the person, each value with all who say so; conflicts are of today's values."""
    values: dict[str, dict[str, list[sqlite3.Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if sight.may(row["access_base"], row["kind"], reasons):
            values[row["field"]][row["value_key"] or row["value"]].append(row)
    named = [*(f for f in FIELDS if f in values), *sorted(set(values) - set(FIELDS))]
    return tuple(_said_field(name, values[name], as_of.isoformat()) for name in named)


def _said_field(name: str, values: dict[str, list[sqlite3.Row]], day: str) -> SaidField:
    made = []
    for rows in values.values():
        says = tuple(
            Saying(r["agency"], r["record_id"], r["known_from_on"], r["known_until_on"]) for r in rows
        )
        is_current = any(r["known_until_on"] is None or r["known_until_on"] > day for r in rows)
        made.append(
            SaidValue(
                rows[0]["value"] or "",
                tuple(dict.fromkeys(says)),
                all(r["is_valid"] != 0 for r in rows),
                is_current,
            )
        )
    made.sort(key=lambda v: (not v.is_current, not v.is_used, -len(v.said_by), v.value))
    several = name in {"alias", "nickname", "former", "preferred", "address", "phone", "email"}
    return SaidField(name, tuple(made), not several and sum(v.is_current for v in made) > 1)


def entries(rows: Rows, sight: Sight, reasons: frozenset[str]) -> list[Entry]:
    """The chronology, newest first; what happened at no known time comes last. One line an event, with all roles in it."""
    events: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        kind = "narrative" if row["role"] == "note" and row["kind"] == "note" else "event"
        if sight.may(row["access_base"], kind, reasons) and sight.may(row["role_base"], "role", reasons):
            events[(row["agency"], row["event_record_id"])].append(row)
    made = [_entry(group, sight, reasons) for group in events.values()]
    return sorted(made, key=newest_first)


def newest_first(entry: Entry) -> tuple[bool, float, str]:
    """The order of a chronology: newest first, what happened at no known time last."""
    at = entry.happened_from_at
    return at is None, -at.timestamp() if at else 0.0, entry.event_record_id


def _entry(rows: Rows, sight: Sight, reasons: frozenset[str]) -> Entry:
    row = rows[0]
    has_text = row["narrative"] is not None
    text = sight.of(row["narrative_base"], "narrative", reasons).outcome if has_text else Outcome.NOTHING
    may_place = row["place"] is not None and sight.may(row["place_base"], "location", reasons)
    plain = {k: row[k] for k in ("event_record_id", "kind", "category", "title", "outcome", "recorded_by", "happened_precision", "happened_text", "grade",
                                 "handling", "agency", "file", "source_id", "delivery_id", "row_number")}  # fmt: skip
    return Entry(
        **plain,
        roles=tuple(sorted({r["role"] for r in rows if r["role"]})),
        details=json.loads(row["details"]) if row["details"] else {},
        happened_from_at=moment(row["happened_from_at"]),
        happened_until_at=moment(row["happened_until_at"]),
        place=row["place"] if may_place else None,
        narrative=row["narrative"] if text is Outcome.ALLOW else None,
        narrative_withheld=text is Outcome.SIGNPOST,
        received_on=date.fromisoformat(row["received_on"]),
        is_by_hand=row["file"] == "by-hand",
    )


def cut(made: Iterable[Entry], filters: Filters) -> list[Entry]:
    """The entries that the filters let through. An interval is let through when any part of it falls within the days."""
    first = london_midnight(filters.from_on) if filters.from_on else None
    last = filters.until_on

    def within(entry: Entry) -> bool:
        if filters.agencies and entry.agency not in filters.agencies:
            return False
        if filters.kinds and entry.kind not in filters.kinds:
            return False
        if first and (entry.happened_until_at is None or entry.happened_until_at <= first):
            return False
        return not (last and (entry.happened_from_at is None or london_day(entry.happened_from_at) > last))

    return [entry for entry in made if within(entry)]


def involved(
    area: Area, said: Rows, chronology: Rows, sight: Sight, reasons: frozenset[str]
) -> tuple[Involved, ...]:
    """Which agencies know the person, last contact first; those only signposted say no more than that, and whom to phone."""
    groups: dict[tuple[str, bool, str], dict[str, Any]] = {}
    for row, kind in [*((r, r["kind"]) for r in said), *((r, "event") for r in chronology)]:
        decision = sight.of(row["access_base"], kind, reasons)
        if decision.outcome is Outcome.NOTHING:
            continue
        is_signpost = decision.outcome is Outcome.SIGNPOST
        special = "specialist" if sight.sensitivity(row["access_base"]) == "health-specialist" else ""
        group = groups.setdefault(
            (row["agency"], is_signpost, special),
            {"services": set(), "last": None, "sentence": decision.sentence},
        )
        day = _day_of(row)
        group["last"] = max(filter(None, (group["last"], day)), default=None)
        if not is_signpost and not special:
            group["services"].add(row["file"])
    made = [_involved(area, key, group) for key, group in groups.items()]
    return tuple(
        sorted(
            made,
            key=lambda i: (i.last_contact_on is None, -(i.last_contact_on or date.min).toordinal(), i.title),
        )
    )


def _day_of(row: sqlite3.Row) -> date | None:
    """The day of a contact: when it happened, else the day it was received; a record of a person alone is no contact."""
    if "happened_from_at" not in row.keys():  # noqa: SIM118  sqlite3.Row iterates over values
        return None
    at = moment(row["happened_from_at"])
    return london_day(at) if at else date.fromisoformat(row["received_on"])


def _involved(area: Area, key: tuple[str, bool, str], group: dict[str, Any]) -> Involved:
    code, is_signpost, special = key
    agency = area.agencies.get(code)
    title = SPECIALIST if special else (agency.title if agency else code)
    return Involved(
        agency=code, title=title, services=tuple(sorted(group["services"])), last_contact_on=group["last"],
        contact=agency.contact if agency else "", phone=agency.phone if agency else "", is_signpost=is_signpost,
        sentence=group["sentence"] if is_signpost else None,
    )  # fmt: skip


def ties(rows: Rows, sight: Sight, reasons: frozenset[str]) -> list[Tied]:
    """People, places, vehicles and phones tied to the person, by name of the kind and then of the thing."""
    groups: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        other = "location" if row["kind"] == "location" else row["kind"]
        if sight.may(row["access_base"], other, reasons) and sight.may(row["other_base"], other, reasons):
            groups[(row["thing"], row["thing_key"])].append(row)
    made = []
    for (thing, key), group in groups.items():
        days = [london_day(at) for at in (moment(r["happened_from_at"]) for r in group) if at]
        label = next((r["label"] for r in group if r["label"]), "")
        ways, agencies = sorted({r["how"] for r in group if r["how"]}), sorted({r["agency"] for r in group})
        made.append(
            Tied(
                thing,
                key,
                label,
                tuple(ways),
                tuple(agencies),
                tuple(sorted({r["record_id"] for r in group})),
                max(days, default=None),
            )
        )
    return sorted(made, key=lambda t: (t.thing, t.label.lower(), t.key))


def silences(
    pages: sqlite3.Connection, area: Area, shown: set[tuple[str, str]], as_of: date
) -> Iterator[Silence]:
    """For every agency: what its extract covers and nothing is shown of, and whether it sends anything at all.

    What is withheld is not told apart from what is not held: both are "none is shown", which is always true.
    """
    covered = pages.execute(
        "select distinct agency, kind, from_on, until_on, whom from coverage order by agency, kind"
    ).fetchall()
    for row in covered:
        if (row["agency"], row["kind"]) not in shown:
            agency = area.agencies.get(row["agency"])
            values = {
                "agency": agency.title if agency else row["agency"],
                "kind": row["kind"].replace("_", " "),
                "whom": row["whom"],
                "from": row["from_on"] or "",
            }
            text = (
                N_("%(agency)s sends “%(kind)s” for %(whom)s, from %(from)s on: none is shown here.")
                if row["from_on"]
                else N_("%(agency)s sends “%(kind)s” for %(whom)s: none is shown here.")
            )
            yield Silence(row["agency"], Sentence(text, values))
    for code in sorted(set(area.agencies) - {row["agency"] for row in covered}):
        text = N_(
            "%(agency)s has sent nothing that covers anybody by %(day)s: what it knows is not known here."
        )
        yield Silence(code, Sentence(text, {"agency": area.agencies[code].title, "day": as_of.isoformat()}))


def proposed(
    pages: sqlite3.Connection, person_ids: Sequence[str], sight: Sight, reasons: frozenset[str]
) -> tuple[Proposed, ...]:
    """Records that may be this person's, of which the viewer may see both sides."""
    marks = ", ".join("?" * len(person_ids))
    rows = pages.execute(f"select * from proposal where person_id in ({marks})", list(person_ids)).fetchall()
    return tuple(
        Proposed(r["other_person_id"], r["left_record_id"], r["right_record_id"], r["reason"])
        for r in rows
        if sight.may(r["access_base"], "person_record", reasons)
        and sight.may(r["other_base"], "person_record", reasons)
    )
