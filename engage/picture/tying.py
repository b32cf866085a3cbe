"""Who and what records tie to a person, whose silence it is when nothing is shown, and which records may be the person's."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from operator import attrgetter
from typing import Any

from engage.identities.holding import told_apart, weighed
from engage.identities.judging.standing import settled
from engage.identities.seeing import seen
from engage.picture import following
from engage.picture.reading import Rows, may_hear, moment
from engage.picture.rules import Proposed, Silence, Tied
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


_ROWS_OF_ADDRESSES = 500


def ties(
    rows: Iterable[Any], sight: Sight, reasons: frozenset[str], unjudged: AbstractSet[str]
) -> list[Tied]:
    """People, places, vehicles and phones tied to the person, each with all that ties them; `unjudged` are the person's records that
    stand with the others by the software alone."""
    groups: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        if may_see(row, sight, reasons) and not is_barred(row, sight):
            groups[(row["thing"], row["thing_key"])].append(row)
    made = []
    for (thing, key), group in groups.items():
        days = [london_day(at) for at in (moment(r["happened_from_at"]) for r in group) if at]
        label = next((r["label"] for r in group if r["label"]), "")
        ways, agencies, records = (
            tuple(sorted({r[c] for r in group if r[c]})) for c in ("how", "agency", "record_id")
        )
        is_unjudged = all(r["person_record_id"] in unjudged for r in group)
        made.append(Tied(thing, key, label, ways, agencies, records, max(days, default=None), is_unjudged))
    return made


_OF_SAID = {
    "address": ("place", N_("lives at")),
    "phone": ("phone", N_("uses")),
    "account": ("phone", N_("uses")),
}


def today(rows: Rows, sight: Sight, mine: AbstractSet[str]) -> list[Any]:
    """The ties with the persons that their other ends are today; one that leads to the person's own records (`mine`) is none."""
    made: list[Any] = []
    for row in rows:
        other = row["other_record_id"]
        if other is None:
            made.append(row)
        elif other not in mine:
            made.append({**row, "thing_key": sight.today.person(other, row["thing_key"])})
    return made


def said_ties(heard: Rows, as_of: date, unjudged: AbstractSet[str]) -> list[Tied]:
    """The places and phones that records say are the person's own, as ties; those no longer said are told as such."""
    groups: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in heard:
        if row["field"] in _OF_SAID:
            groups[(row["field"], row["value_key"] or row["value"])].append(row)
    day, made = as_of.isoformat(), []
    for (field, key), rows in groups.items():
        thing, way = _OF_SAID[field]
        is_now = any(r["known_until_on"] is None or r["known_until_on"] > day for r in rows)
        agencies, records = (tuple(sorted({r[c] for r in rows})) for c in ("agency", "record_id"))
        ways = (way if is_now else N_("no longer recorded as this person's"),)
        is_unjudged = set(records) <= unjudged
        made.append(Tied(thing, key, rows[0]["value"] or "", ways, agencies, records, None, is_unjudged))
    return made


def merged(ties: list[Tied]) -> list[Tied]:
    """One line for each thing, by sort and then by label."""
    groups: dict[tuple[str, str], list[Tied]] = defaultdict(list)
    for tie in ties:
        groups[(tie.thing, tie.key)].append(tie)
    made = [_merged(thing, key, own) for (thing, key), own in groups.items()]
    return sorted(made, key=lambda t: (t.thing, t.label.lower(), t.key))


def _merged(thing: str, key: str, own: list[Tied]) -> Tied:
    ways, agencies, records = ({x for t in own for x in part(t)} for part in (_WAYS, _AGENCIES, _RECORDS))
    last = max((t.last_on for t in own if t.last_on), default=None)
    is_unjudged = all(t.is_unjudged for t in own)
    return Tied(
        thing, key, own[0].label, tuple(sorted(ways)), tuple(sorted(agencies)), tuple(sorted(records)), last, is_unjudged
    )  # fmt: skip


_WAYS, _AGENCIES, _RECORDS = attrgetter("ways"), attrgetter("agencies"), attrgetter("records")


def may_see(row: Any, sight: Sight, reasons: frozenset[str]) -> bool:
    """A row of `tie` is open: what ties them, the thing, and the part that each had in it."""
    bases = (
        (row["access_base"], row["through"]),
        (row["other_base"], row["kind"]),
        (row["role_base"], "role"),
        (row["thing_base"], "role"),
    )
    return all(base is None or sight.may(base, kind, reasons) for base, kind in bases)


def is_barred(row: Any, sight: Sight) -> bool:
    """A row of `tie` rests on a record of whom the viewer declared a relationship to, or leads to them or to such a place."""
    other = row["other_record_id"]
    return sight.bars.hides(row["record_id"], other) or sight.bars.hides_thing(
        row["thing"], row["thing_key"], row["label"] or ""
    )


def neighbours(pages: sqlite3.Connection, said: Rows, sight: Sight, own: str) -> dict[str, list[sqlite3.Row]]:
    """The rows by which others are recorded today at an address of these rows, by person. Nothing is decided on yet."""
    day = sight.viewing.as_of.isoformat()
    addresses = sorted(living(said, day))
    if not addresses:
        return {}
    rows = pages.execute(
        f"select person_id, record_id, kind, value_key, access_base, other_base from said where field = 'address' and value_key in ({', '.join('?' * len(addresses))}) "
        "and known_from_on <= ? and (known_until_on is null or known_until_on > ?) limit ?",
        [*addresses, day, day, _ROWS_OF_ADDRESSES],
    ).fetchall()
    found: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        found[sight.today.person(row["record_id"], row["person_id"])].append(row)
    found.pop(own, None)
    return found


def living(said: Rows, day: str) -> dict[str, set[str]]:
    """The addresses at which these rows say that the person lives on a day, each with the records that say so."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in said:
        is_now = row["known_until_on"] is None or row["known_until_on"] > day
        if row["field"] == "address" and is_now and not (row["value_key"] or "|").startswith("|"):
            found[row["value_key"]].add(row["record_id"])
    return found


def resting_on(said: Rows, day: str, unjudged: AbstractSet[str]) -> set[str]:
    """The addresses at which the person lives on a day by no other records than these."""
    return {address for address, by in living(said, day).items() if by <= unjudged}


def household(
    found: Mapping[str, list[sqlite3.Row]],
    sight: Sight,
    why: Mapping[str, frozenset[str]],
    names: Mapping[str, str],
    unsure: AbstractSet[str],
) -> tuple[Tied, ...]:
    """Who else a record that the viewer may see puts at the same address today, by name; `unsure` are addresses of the person only by
    joins that nobody has judged."""
    made = []
    for person, rows in found.items():
        visible = [r for r in rows if may_hear(r, sight, why[person])]
        if visible and person in names:
            agencies = tuple(sorted({sight.bases[r["access_base"]][0] for r in visible}))
            records = tuple(sorted({r["record_id"] for r in visible}))
            made.append(
                Tied(
                    "person",
                    person,
                    names[person],
                    (N_("recorded at the same address"),),
                    agencies,
                    records,
                    None,
                    {r["value_key"] for r in visible} <= unsure,
                )
            )
    return tuple(sorted(made, key=lambda t: (t.label.lower(), t.key)))


def silences(
    pages: sqlite3.Connection, area: Area, shown: set[tuple[str, str]], as_of: date
) -> Iterator[Silence]:
    """For every agency: what its extracts cover and nothing is shown of, and whether it sends anything at all.

    What is withheld is not told apart from what is not held: both are "none is shown", which is always true.
    """
    covered = pages.execute(
        "select agency, kind, from_on, until_on, whom from covers where received_on <= ?", [as_of.isoformat()]
    ).fetchall()
    for row in covered:
        if (row["agency"], row["kind"]) not in shown:
            days = (date.fromisoformat(row[c]) if row[c] else None for c in ("from_on", "until_on"))
            yield Silence(row["agency"], row["kind"], row["whom"], *days)
    for code in sorted(set(area.agencies) - {row["agency"] for row in covered}):
        yield Silence(code)


def proposals(
    pages: sqlite3.Connection, person_ids: Sequence[str], sight: Sight, mine: AbstractSet[str]
) -> list[dict[str, Any]]:
    """The records that may be those of one person (`mine`, laid under these persons), both known by the day, before anything is
    decided on. What people have answered since the build is no question any more."""
    if sight.today.changed.isdisjoint(person_ids):
        rows = _built(pages, person_ids, sight)
    else:
        rows = following.proposals(sight.build, sight.today.moved, mine, sight.viewing.as_of)
    open_still = [r for r in rows if r["left_record_id"] in mine and r["right_record_id"] not in mine]
    answered = settled({r["left_record_id"] for r in open_still}) if open_still else set()
    apart = told_apart(sight.build, mine) if open_still else set()
    asked = [
        {**r, "other_person_id": sight.today.person(r["right_record_id"], r["other_person_id"])}
        for r in open_still
        if tuple(sorted((r["left_record_id"], r["right_record_id"]))) not in answered
    ]
    return [r for r in asked if r["other_person_id"] not in apart]


def _built(pages: sqlite3.Connection, person_ids: Sequence[str], sight: Sight) -> list[Any]:
    """Those that the build left."""
    marks, day = ", ".join("?" * len(person_ids)), sight.viewing.as_of.isoformat()
    known = "exists (select 1 from said s where s.person_id = p.{person} and s.record_id = p.{record} and s.known_from_on <= ?)"
    sql = (
        f"select * from proposal p where person_id in ({marks}) and {known.format(person='person_id', record='left_record_id')} "
        f"and {known.format(person='other_person_id', record='right_record_id')} order by right_record_id, left_record_id"
    )
    return pages.execute(sql, [*person_ids, day, day]).fetchall()


def proposed(
    rows: Iterable[Any], sight: Sight, reasons: frozenset[str], why: Mapping[str, frozenset[str]]
) -> tuple[Proposed, ...]:
    """Those of which the viewer may see both sides, as guarded as all that was compared, and so may compare them field by field; one
    for each other record."""
    found: list[Any] = []
    for row in rows:
        other = why.get(row["other_person_id"], frozenset())
        mine_open = _may_compare(row["access_base"], row["handling"], sight, reasons)
        if mine_open and _may_compare(row["other_base"], row["other_handling"], sight, other):
            found.append(row)
    if not found:
        return ()
    whole = seen(sight.viewing, sight.build, {row[side] for row in found for side in _SIDES}).whole
    found = [row for row in found if {row[side] for side in _SIDES} <= whole]
    evidence = weighed(sight.build, {_pair(row) for row in found})
    made: dict[str, Proposed] = {}
    for row in found:
        weight, refusal = evidence.get(_pair(row), (None, ""))
        one = Proposed(
            row["other_person_id"],
            row["left_record_id"],
            row["right_record_id"],
            row["reason"],
            refusal,
            weight,
        )
        made.setdefault(one.right_record_id, one)
    return tuple(made.values())


_SIDES = ("left_record_id", "right_record_id")


def _pair(row: Any) -> tuple[str, str]:
    first, second = sorted(row[side] for side in _SIDES)
    return first, second


def _may_compare(base: int, handling: str, sight: Sight, reasons: frozenset[str]) -> bool:
    agency, _own, sensitivity, cohort = sight.bases[base]
    guarded = (agency, handling, sensitivity, cohort)
    return sight.may(base, "person_record", reasons) and sight.may(guarded, "person_record", reasons)
