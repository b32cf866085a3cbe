"""What stood around a child before: places, people, vehicles, phones, checks and the words of the report, each if it may be seen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.identities import assignments
from engage.picture import tying
from engage.picture.accused import listing
from engage.picture.missing.gathering import ChildRecords, Company, Gathered
from engage.picture.missing.screen import Check, With
from engage.picture.missing.together import Place
from engage.picture.models import MissingCheck
from engage.picture.reading import known_rows, may_hear
from engage.picture.rules import Tied
from engage.vocabulary.access import Fact, Outcome, Subject
from engage.vocabulary.time import london_day


_PLACES = """
    select * from missing_place where record_id in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
    order by record_id, how, place_key
"""
_TEXTS = """
    select distinct event_record_id, agency, narrative, narrative_base from chronology
    where person_id in (select value from json_each(?)) and event_record_id in (select value from json_each(?)) and narrative is not null
    and known_from_on <= ? and (known_until_on is null or known_until_on > ?) order by event_record_id
"""


@dataclass(frozen=True)
class Around:
    """What was found of several children, by their ids."""

    places: Mapping[str, tuple[Place, ...]]
    ties: Mapping[str, tuple[Tied, ...]]
    homes: Mapping[str, tuple[tuple[str, str], ...]]
    checks: Mapping[str, tuple[Check, ...]]
    earlier_checks: Mapping[str, tuple[Check, ...]]
    told: Mapping[str, tuple[tuple[str, str], ...]]
    withheld: frozenset[str]


def around(gathered: Gathered, person_ids: Iterable[str]) -> Around:
    """Everything around these children of the gathered ones."""
    wanted = [gathered.children[person] for person in person_ids]
    told, withheld = _told(gathered, wanted)
    checks, earlier = checks_on(gathered, wanted)
    said = _said(gathered, wanted)
    return Around(
        places=places_of(gathered, wanted),
        ties=_ties(gathered, wanted, said),
        homes=homes_of(wanted, said),
        checks=checks,
        earlier_checks=earlier,
        told=told,
        withheld=withheld,
    )


def places_of(gathered: Gathered, children: Iterable[ChildRecords]) -> dict[str, tuple[Place, ...]]:
    """Where each child was found or a report places the child, newest first."""
    see, wanted = gathered.see, list(children)
    day = see.viewing.as_of.isoformat()
    ids = json.dumps(sorted({one.record_id for child in wanted for one in child.recorded}))
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in see.build.pages().execute(_PLACES, [ids, day, day]):
        rows[row["record_id"]].append(row)
    return {child.person_id: _places(child, rows, gathered) for child in wanted}


def _places(child: ChildRecords, rows: Mapping[str, list[Any]], gathered: Gathered) -> tuple[Place, ...]:
    see, why = gathered.see, gathered.why[child.person_id]
    found = [
        Place(
            row["place_key"] or row["place"], row["place"], "found" if one.kind == "found" else "report", london_day(one.from_at), one.agency,
            one.record_id, row["easting"], row["northing"],
        )
        for one in child.recorded if one.kind != "return_interview"
        for row in rows.get(one.record_id, ())
        if not see.bars.hides_place(row["place_key"] or "", row["place"] or "")
        and see.may(row["place_base"], "location", why) and (row["thing_base"] is None or see.may(row["thing_base"], "role", why))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda p: (-p.on.toordinal(), p.label, p.record_id)))


def company_of(gathered: Gathered, child: ChildRecords, before: frozenset[str]) -> tuple[With, ...]:
    """Who had a part in these records of the child, of whom the viewer may see a name; newest first."""
    groups: dict[str, list[Company]] = defaultdict(list)
    for one in child.company:
        if one.record_id in before and gathered.name(one.person_id):
            groups[one.person_id].append(one)
    made = [
        With(
            person,
            gathered.name(person),
            tuple(sorted({one.role for one in own})),
            tuple(sorted({one.on for one in own}, reverse=True)),
        )
        for person, own in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.on[0].toordinal(), one.name, one.person_id)))


def _said(
    gathered: Gathered, children: Iterable[ChildRecords], *, current: bool = True
) -> dict[str, list[Any]]:
    """What records say of each child's addresses and phones that the viewer may hear; or (`current` False) ever said until then."""
    see, wanted = gathered.see, {child.person_id for child in children}
    rows = known_rows(
        see.build.pages(), "said", sorted(see.today.laid_ids(wanted)), see.viewing.as_of, current=current
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        person = see.today.person(row["record_id"], row["person_id"])
        if (
            person in wanted
            and row["field"] in ("address", "phone", "account")
            and may_hear(row, see, gathered.why[person])
        ):
            found[person].append(row)
    return found


def homes_of(
    children: Iterable[ChildRecords], said: Mapping[str, list[Any]]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """The addresses at which these records say that each child lives, that which was said last first: normal form, and as it is written."""
    return {child.person_id: _homes(said.get(child.person_id, ())) for child in children}


def _homes(rows: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    said = [
        (r["known_from_on"], r["value_key"] or r["value"], r["value"])
        for r in rows
        if r["field"] == "address"
    ]
    newest = {key: (on, text) for on, key, text in sorted(said)}
    in_order = sorted(newest, key=lambda key: (newest[key][0], key), reverse=True)
    return tuple((key, newest[key][1]) for key in in_order)


def home_keys(gathered: Gathered, children: Iterable[ChildRecords]) -> dict[str, frozenset[str]]:
    """The normal forms of every address at which each child was ever said to live: who was found at last month's placement was at home."""
    wanted = list(children)
    found = homes_of(wanted, _said(gathered, wanted, current=False))
    return {person: frozenset(key for key, _text in homes) for person, homes in found.items()}


def _ties(
    gathered: Gathered, children: Iterable[ChildRecords], said: Mapping[str, list[Any]]
) -> dict[str, tuple[Tied, ...]]:
    """The vehicles and phones that records tie to each child, newest first."""
    see, wanted = gathered.see, {child.person_id for child in children}
    rows: dict[str, list[Any]] = defaultdict(list)
    tied = known_rows(see.build.pages(), "tie", sorted(see.today.laid_ids(wanted)), see.viewing.as_of)
    for row in listing.ties(see, [row for row in tied if row["thing"] in ("vehicle", "phone")]):
        person = see.today.person(row["person_record_id"], row["person_id"])
        if person in wanted:
            rows[person].append(row)
    nobody = frozenset[str]()
    found = {}
    for person in sorted(wanted):
        phones = [r for r in said.get(person, ()) if r["field"] in ("phone", "account")]
        made = tying.merged(
            [
                *tying.ties(rows[person], see, gathered.why[person], nobody),
                *tying.said_ties(phones, see.viewing.as_of, nobody),
            ]
        )
        found[person] = tuple(
            sorted(made, key=lambda t: (t.last_on is not None, -(t.last_on or date.min).toordinal(), t.label))
        )
    return found


def checks_on(
    gathered: Gathered, children: Iterable[ChildRecords]
) -> tuple[dict[str, tuple[Check, ...]], dict[str, tuple[Check, ...]]]:
    """What was checked during the last time of each child, oldest first, and during the times before it, newest first: of the viewer's
    agency, and of others as the table says."""
    wanted = list(children)
    of_report: dict[str, list[str]] = defaultdict(list)
    for child in wanted:
        for report in {one.record_id for episode in child.episodes for one in episode.reports}:
            of_report[report].append(child.person_id)
    rows = MissingCheck.objects.filter(report__in=sorted(of_report)).order_by("checked_at", "pk")
    last = {child.person_id: {r.record_id for r in child.episodes[-1].reports} for child in wanted}
    of_last: dict[str, list[Check]] = defaultdict(list)
    earlier: dict[str, list[Check]] = defaultdict(list)
    whose = assignments.persons_of(gathered.see.build, {row.person_record_id for row in rows})
    for row in rows:
        person = whose.get(row.person_record_id, "")
        is_known = row.recorded_at <= gathered.now or _is_of_today(gathered)
        if is_known and person in of_report[row.report] and may_see_check(gathered, row, person):
            (of_last if row.report in last[person] else earlier)[person].append(_check(row, gathered))
    return (
        {person: tuple(checks) for person, checks in of_last.items()},
        {person: tuple(reversed(checks)) for person, checks in earlier.items()},
    )


def _is_of_today(gathered: Gathered) -> bool:
    return gathered.see.viewing.as_of >= gathered.see.build.info.as_of


def may_see_check(gathered: Gathered, row: MissingCheck, person_id: str) -> bool:
    """A check is an event of the agency of whoever recorded it, without a handling of its own."""
    see = gathered.see
    return see.policy.decide(
        viewer=see.viewing.viewer,
        subject=Subject("", gathered.why.get(person_id, frozenset())),
        fact=Fact(row.agency, "event"),
        purpose=see.viewing.purpose,
    ).is_allowed


def _check(row: MissingCheck, gathered: Gathered) -> Check:
    is_struck = row.struck_at is not None and row.struck_at <= gathered.now
    return Check(
        row.pk, row.what, row.subject, row.result, row.note, row.agency, row.checked_by_name, row.checked_at,
        row.struck_by if is_struck else "", row.struck_reason if is_struck else "",
    )  # fmt: skip


def _told(
    gathered: Gathered, children: Iterable[ChildRecords]
) -> tuple[dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
    """The words of the reports of each child's last time, and of whom there are words that may not be read."""
    see, wanted = gathered.see, list(children)
    of_report: dict[str, list[str]] = defaultdict(list)
    for child in wanted:
        for report in child.episodes[-1].reports:
            of_report[report.record_id].append(child.person_id)
    day, laid = see.viewing.as_of.isoformat(), sorted(see.today.laid_ids({c.person_id for c in wanted}))
    rows = see.build.pages().execute(_TEXTS, [json.dumps(laid), json.dumps(sorted(of_report)), day, day])
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    withheld = set()
    fresh = [
        (record, *gathered.by_hand[record]) for record in sorted(of_report) if record in gathered.by_hand
    ]
    for record, agency, narrative, base in [*rows, *fresh]:
        for person in of_report[record]:
            decided = see.of(base, "narrative", gathered.why[person]).outcome
            if decided is Outcome.ALLOW:
                told[person].append((agency, narrative))
            elif decided is Outcome.SIGNPOST:
                withheld.add(person)
    return {person: tuple(texts) for person, texts in told.items()}, frozenset(withheld)
