"""Which pairs wait for a person, in the order of a fact that is named and shown?

Nothing is counted that the viewer may not see: a question is left out unless they may see everything that was compared of
both records, and what it would join or bridge counts the records that are open to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from typing import Any

from engage.identities import assignments
from engage.identities.judging import standing
from engage.identities.judging.rules import (
    ORDERS,
    Effect,
    Pair,
    PairWaiting,
    Queue,
    Said,
    Waiting,
    effects,
    judges_needed,
)
from engage.identities.seeing import Seen, seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


PER_PAGE = 20
# Questions looked at: nobody works through more before the next build, and a count beyond says "more than".
LOOKED_AT = 1_000
_PROPOSED = """
    select p.left_record_id, p.right_record_id, p.weight, p.reason, k.refusal, p.place,
        case when l.is_partial and not r.is_partial then l.record_id when r.is_partial and not l.is_partial then r.record_id
            when l.is_partial then l.record_id end as asks,
        l.birth_until as left_until, r.birth_until as right_until, l.birth_from as left_from, r.birth_from as right_from,
        a.person_id as left_person, b.person_id as right_person
    from link_proposal p join link_pair k using (left_record_id, right_record_id)
    join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
    join person_of_record a on a.record_id = p.left_record_id join person_of_record b on b.record_id = p.right_record_id
"""
_SIZES = """
    select person_id, count(*) as records, list_sort(list(distinct agency)) as agencies from person_of_record join link_record using (record_id) group by person_id
"""
_FACTS = {
    "would_join": "coalesce(one.records, 0) + coalesce(other.records, 0) desc",
    "agencies": "len(list_filter(list_concat(one.agencies, other.agencies), lambda a: list_contains(one.agencies, a) <> list_contains(other.agencies, a))) desc",
    "under_18": "greatest(coalesce(q.left_until, date '1900-01-01'), coalesce(q.right_until, date '1900-01-01')) > $adult desc",
    "kind": "case when q.reason = 'refused' and q.refusal <> '' then q.refusal else q.reason end",
}


@dataclass(frozen=True)
class Question:
    """One proposed pair as the build left it."""

    pair: Pair
    weight: float
    kind: str
    place: int
    asks: str | None
    born: tuple[tuple[date | None, date | None], ...]
    people: tuple[str, str]


def queue(viewing: Viewing, build: Build, *, order: str, page: int) -> Queue:
    """One page of questions for this viewer, in the order of a fact (a code of ORDERS)."""
    order = order if order in ORDERS else "would_join"
    said = standing.said()
    found = effects(said)
    rows = [
        row
        for row in _rows(build, order, viewing.as_of)
        if _is_open(row, found, said, viewing.viewer.user_id)
    ]
    rows += _disputed(build, found, {row.pair for row in rows})
    people = _People(viewing, build, {record for row in rows for record in row.pair})
    apart = people.apart(found)
    rows = [replace(row, people=people.of(row.pair)) for row in rows if people.may_ask(row, found, apart)]
    waiting = [
        _waiting(rows_of_one, people, found, said, viewing) for rows_of_one in _gathered(rows, found).values()
    ]
    waiting.sort(key=lambda one: _by(order, one))
    pages = max(1, ceil(len(waiting) / PER_PAGE))
    page = min(max(page, 1), pages)
    shown = tuple(waiting[(page - 1) * PER_PAGE : page * PER_PAGE])
    judged = sum(effect.what != "none" for effect in found.values())
    return Queue(order, shown, len(waiting), len(rows) >= LOOKED_AT, judged, page, pages)


def all_questions(build: Build, *, order: str, at: datetime) -> list[list[Question]]:
    """The questions of the whole area in the order of a fact, whoever may see them: to measure with a known answer only."""
    rows = _rows(build, order, london_day(at))
    return list(_gathered(rows, {}).values())


def _rows(build: Build, order: str, on: date) -> list[Question]:
    sql = (
        f"with q as ({_PROPOSED}), sizes as ({_SIZES}) select q.* from q join person_of_record a on a.record_id = q.left_record_id "
        "join person_of_record b on b.record_id = q.right_record_id left join sizes one on one.person_id = a.person_id "
        f"left join sizes other on other.person_id = b.person_id order by {_FACTS[order]}, q.asks, q.left_record_id, q.right_record_id limit {2 * LOOKED_AT}"
    )
    cursor = build.analysis()
    try:
        bound = {"adult": _years_before(on, 18)} if order == "under_18" else None
        return [
            Question(
                (left, right),
                weight,
                refusal if reason == "refused" and refusal else reason,
                place,
                asks,
                ((left_from, left_until), (right_from, right_until)),
                (one, other),
            )
            for left, right, weight, reason, refusal, place, asks, left_until, right_until, left_from, right_from, one, other
            in cursor.execute(sql, bound).fetchall()
        ]  # fmt: skip
    finally:
        cursor.close()


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February, 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _is_open(row: Question, found: Mapping[Pair, Effect], said: Iterable[Said], user: str) -> bool:
    """The pair waits still, and not for what this viewer has said already."""
    effect = found.get(row.pair)
    if effect is not None and effect.what in ("same", "different"):
        return False
    return not any(one.pair == row.pair and one.by == user and one.withdrawn_at is None for one in said)


def _disputed(build: Build, found: Mapping[Pair, Effect], listed: set[Pair]) -> list[Question]:
    """Pairs of which judges disagree, or that wait for a second, and that the build did not propose."""
    asked = [
        pair
        for pair, effect in found.items()
        if effect.what in ("disputed", "waiting") and pair not in listed
    ]
    if not asked:
        return []
    cursor = build.analysis()
    try:
        born = cursor.execute(
            "select record_id, birth_from, birth_until from link_record where record_id in (select unnest($ids))",
            {"ids": sorted({record for pair in asked for record in pair})},
        ).fetchall()
    finally:
        cursor.close()
    of = {record: (first, last) for record, first, last in born}
    return [
        Question(pair, 0.0, found[pair].what, 1, None, (of[pair[0]], of[pair[1]]), pair)
        for pair in asked
        if pair[0] in of and pair[1] in of
    ]


class _People:
    """Whose the records of the questions are today, as far as the viewer may see: their records and agencies."""

    def __init__(self, viewing: Viewing, build: Build, record_ids: set[str]) -> None:
        self.build = build
        self.asked: Seen = seen(viewing, build, record_ids)
        together = assignments.records_of_people(build, set(self.asked.persons.values()))
        whole: Seen = seen(viewing, build, together)
        self.records: dict[str, set[str]] = defaultdict(set)
        self.agencies: dict[str, set[str]] = defaultdict(set)
        for record in whole.open:
            self.records[together[record]].add(record)
            self.agencies[together[record]].add(whole.facts[record]["agency"])

    def apart(self, found: Mapping[Pair, Effect]) -> set[frozenset[str]]:
        """The people of whom some two records were judged different: what is asked of their other records is answered too."""
        different = [pair for pair, effect in found.items() if effect.what == "different"]
        latest = assignments.latest_of(self.build, {record for pair in different for record in pair})
        return {
            frozenset(latest[r].person_id for r in pair) for pair in different if set(pair) <= set(latest)
        }

    def may_ask(self, row: Question, found: Mapping[Pair, Effect], apart: set[frozenset[str]]) -> bool:
        """Both may be seen whole; and they are two people whom nobody has told apart, unless judges disagree of this pair."""
        if not set(row.pair) <= self.asked.whole:
            return False
        one, other = (self.asked.persons.get(record) for record in row.pair)
        if one is None or other is None:
            return False
        return found.get(row.pair) is not None or (one != other and frozenset((one, other)) not in apart)

    def of(self, pair: Pair) -> tuple[str, str]:
        """The two people."""
        return self.asked.persons[pair[0]], self.asked.persons[pair[1]]


def _gathered(rows: Iterable[Question], found: Mapping[Pair, Effect]) -> dict[str, list[Question]]:
    """The rows by question: all candidates of a partial record are one, unless a candidate was judged to be it; and so are all
    pairs of the same two people. Of each candidate person the likeliest record is asked about."""
    answered = {record for pair, effect in found.items() if effect.what == "same" for record in pair}
    questions: dict[str, list[Question]] = defaultdict(list)
    for row in rows:
        if row.asks is None or row.asks not in answered:
            questions[row.asks or " ".join(sorted(row.people))].append(row)
    return {key: _likeliest(of_one) for key, of_one in questions.items()}


def _likeliest(rows: Iterable[Question]) -> list[Question]:
    by_person: dict[frozenset[str], Question] = {}
    for row in sorted(rows, key=lambda row: (row.place, -row.weight, row.pair)):
        by_person.setdefault(frozenset(row.people), row)
    return list(by_person.values())


def _waiting(
    rows: list[Question],
    people: _People,
    found: Mapping[Pair, Effect],
    said: Iterable[Said],
    viewing: Viewing,
) -> Waiting:
    first = rows[0]
    one, other = people.of(first.pair)
    bridged = people.agencies[one] ^ people.agencies[other]
    kind = (
        found[first.pair].what if first.pair in found and found[first.pair].what == "disputed" else first.kind
    )
    standing_judges = {s.by for s in said if s.pair == first.pair and s.withdrawn_at is None}
    return Waiting(
        key=first.asks or " ".join(sorted(first.people)),
        asks_record_id=first.asks,
        kind=kind,
        pairs=tuple(PairWaiting(*row.pair, row.weight) for row in rows[:5]),
        would_join=len(people.records[one] | people.records[other]),
        agencies=tuple(sorted(bridged)),
        under_18=_under_18(first.born, viewing.as_of),
        needs=_needs(kind, london_day(viewing.at)),
        said_by=len(standing_judges),
    )


def _needs(kind: str, on: date) -> int:
    """Disputes and what waits for a second judge need two by their nature."""
    return 2 if kind in ("disputed", "waiting") else judges_needed(kind, on)


def _under_18(born: Iterable[tuple[date | None, date | None]], on: date) -> bool | None:
    """Either of the two is under 18 on the day by all that is recorded of their birth; None when neither birth is known."""
    adult = _years_before(on, 18)
    known = [(first, last) for first, last in born if first is not None and last is not None]
    if not known:
        return None
    return any(first > adult for first, _last in known)


def _by(order: str, one: Waiting) -> tuple[Any, ...]:
    facts: dict[str, Any] = {
        "would_join": -one.would_join,
        "agencies": -len(one.agencies),
        "under_18": {True: 0, None: 1, False: 2}[one.under_18],
        "kind": one.kind,
    }
    return facts[order], one.key
