"""Which pairs wait for a person, in the order of a fact that is named and shown?

Nothing is counted that the viewer may not see: a question is left out unless they may see everything that was compared of
both records, and what it would join or bridge counts the records that are open to them. Nobody is asked again what they have
said: not the same two records, nor others of the same two people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import Any

from engage.identities import assignments
from engage.identities.judging import kinding, naming, standing
from engage.identities.judging.contradicting import open_to_judges
from engage.identities.judging.proposed import UNDER_18, Question, of_pairs, proposed
from engage.identities.judging.rules import ORDERS, Pair, PairWaiting, Queue, Waiting, effects, judges_needed
from engage.identities.seeing import Seen, seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day


PER_PAGE = 20
# Questions that are enough: nobody works through more before the next build, and a count beyond says "more than".
ENOUGH = 1_000
# Parts that are looked at for one who may see few of them, some seconds' worth.
MOST_PARTS = 25
CANDIDATES = 5


def queue(viewing: Viewing, build: Build, *, order: str, page: int) -> Queue:
    """One page of questions for this viewer, in the order of a fact (a code of ORDERS)."""
    order = order if order in ORDERS else "would_join"
    answers = _Answers(viewing, build)
    rows, has_more = _open(viewing, build, order, answers)
    questions = {key: of_one[:CANDIDATES] for key, of_one in _gathered(rows).items()}
    facts = _Facts(viewing, build, answers, [row for of_one in questions.values() for row in of_one])
    waiting = sorted(
        (facts.waiting(key, of_one) for key, of_one in questions.items()), key=lambda one: _by(order, one)
    )
    pages = max(1, ceil(len(waiting) / PER_PAGE))
    page = min(max(page, 1), pages)
    shown = tuple(waiting[(page - 1) * PER_PAGE : page * PER_PAGE])
    names = naming.named(viewing, build, {record for one in shown for record in one.record_ids})
    judged = {pair for pair, effect in answers.found.items() if effect.what != "none"}
    may = seen(viewing, build, {record for pair in judged for record in pair}).whole
    return Queue(
        order, shown, len(waiting), has_more, sum(set(pair) <= may for pair in judged), page, pages, names
    )


def all_questions(build: Build, *, order: str, at: datetime) -> list[list[Question]]:
    """The questions of the whole area in the order of a fact, whoever may see them: to measure with a known answer only."""
    return list(_gathered([row for part in proposed(build, order, london_day(at)) for row in part]).values())


class _Answers:
    """What was said, and what of it this viewer said: what need not be asked, and what need not be asked of them."""

    def __init__(self, viewing: Viewing, build: Build) -> None:
        stand = [one for one in standing.said() if one.withdrawn_at is None]
        own = {one.pair: one.says for one in stand if one.by == viewing.viewer.user_id}
        self.found = open_to_judges(effects(stand))
        self.judges: dict[Pair, set[str]] = defaultdict(set)
        self.needs: dict[Pair, int] = defaultdict(int)
        for one in stand:
            self.judges[one.pair].add(one.by)
            self.needs[one.pair] = max(self.needs[one.pair], one.needs)
        different = {pair for pair, effect in self.found.items() if effect.what == "different"}
        same = {pair for pair, effect in self.found.items() if effect.what == "same"}
        self.settled = different | same | set(own)
        # Partial records of whom somebody, or this viewer, said who it is: nobody asks for other candidates.
        self.named = known(build, same | {pair for pair, says in own.items() if says == "same"})
        self.apart = _people(build, different | set(own))
        self.going_on = [
            pair
            for pair, effect in self.found.items()
            if effect.what in ("disputed", "waiting") and pair not in own
        ]

    def what(self, pair: Pair) -> str:
        """What is followed of a pair, none when nobody judged it."""
        return self.found[pair].what if pair in self.found else "none"

    def may_ask(self, row: Question, asked: Seen) -> bool:
        """Both may be seen whole; and they are two people whom nobody has told apart and of whom the viewer has said nothing, unless
        judges disagree of this pair, or a second is to judge two that are one today."""
        if not set(row.pair) <= asked.whole or not set(row.pair) <= set(asked.persons):
            return False
        people, what = frozenset(asked.persons[record] for record in row.pair), self.what(row.pair)
        return what == "disputed" or (people not in self.apart and (len(people) == 2 or what == "waiting"))


def known(build: Build, pairs: Collection[Pair]) -> set[str]:
    """The records of these pairs, judged to be one person, of whom it is known who that is: one of the two stands, or is, with a
    record that holds a whole name. Two half names that are one person are still nobody's."""
    latest = assignments.persons_of(build, {record for pair in pairs for record in pair})
    together = assignments.records_of_people(build, latest.values())
    cursor = build.analysis()
    try:
        rows = cursor.execute(_WHOLE_NAMES, {"ids": sorted(together)}).fetchall()
    finally:
        cursor.close()
    people = {together[record] for (record,) in rows}
    has_name = {record for record, person in latest.items() if person in people}
    return {record for pair in pairs if not has_name.isdisjoint(pair) for record in pair}


_WHOLE_NAMES = (
    "select record_id from link_record where not is_partial and record_id in (select unnest($ids::varchar[]))"
)


def _people(build: Build, pairs: set[Pair]) -> set[frozenset[str]]:
    """The two people of each pair today, where they are two: what is asked of their other records is answered too."""
    latest = assignments.persons_of(build, {record for pair in pairs for record in pair})
    found = {frozenset(latest[r] for r in pair) for pair in pairs if set(pair) <= set(latest)}
    return {people for people in found if len(people) == 2}


def _open(viewing: Viewing, build: Build, order: str, answers: _Answers) -> tuple[list[Question], bool]:
    """What waits for this viewer, enough of it, in the order of the fact; and whether the build proposed more than was looked at."""
    rows: dict[Pair, Question] = {}
    with closing(_parts(viewing, build, order, answers)) as parts:
        for looked_at, part in enumerate(parts, start=1):
            asked = seen(viewing, build, {record for row in part for record in row.pair})
            for row in part:
                if answers.may_ask(row, asked):
                    one, other = (asked.persons[record] for record in row.pair)
                    rows.setdefault(row.pair, replace(row, people=(one, other)))
            if len(rows) >= ENOUGH or looked_at > MOST_PARTS:
                return list(rows.values()), next(parts, None) is not None
    return list(rows.values()), False


def _parts(viewing: Viewing, build: Build, order: str, answers: _Answers) -> Generator[list[Question]]:
    """What the build proposed, and first what people brought up: pairs of which judges disagree or that wait for a second."""
    on = viewing.as_of
    if answers.going_on:
        yield of_pairs(build, answers.going_on, on)
    yield from proposed(build, order, on, without=answers.settled, asked=answers.named)


def _gathered(rows: Iterable[Question]) -> dict[str, list[Question]]:
    """The rows by question: all candidates of a partial record are one, and so are all pairs of the same two people. Of each
    candidate person the likeliest record is asked about."""
    questions: dict[str, list[Question]] = defaultdict(list)
    for row in rows:
        questions[row.asks or " ".join(sorted(row.people))].append(row)
    return {key: _likeliest(of_one) for key, of_one in questions.items()}


def _likeliest(rows: Iterable[Question]) -> list[Question]:
    by_person: dict[frozenset[str], Question] = {}
    for row in sorted(rows, key=lambda row: (row.place, -row.weight, row.pair)):
        by_person.setdefault(frozenset(row.people), row)
    return list(by_person.values())


class _Facts:
    """What the questions are about, as far as the viewer may know: the two people's records and agencies, and the kind of each pair."""

    def __init__(self, viewing: Viewing, build: Build, answers: _Answers, rows: list[Question]) -> None:
        self.answers, self.on = answers, london_day(viewing.at)
        together = assignments.records_of_people(build, {person for row in rows for person in row.people})
        may: Seen = seen(viewing, build, together)
        self.records: dict[str, set[str]] = defaultdict(set)
        self.agencies: dict[str, set[str]] = defaultdict(set)
        for record in may.open:
            self.records[together[record]].add(record)
            self.agencies[together[record]].add(may.facts[record]["agency"])
        self.kinds = kinding.kinds_of(build, [row.pair for row in rows], shown=may.whole)

    def waiting(self, key: str, rows: list[Question]) -> Waiting:
        """One question: of several candidates the most that a yes would bring together, and all that it might bridge."""
        pairs = [row.pair for row in rows]
        going_on = [what for what in map(self.answers.what, pairs) if what in ("disputed", "waiting")]
        return Waiting(
            key=key,
            asks_record_id=rows[0].asks,
            kind=min(going_on, default=self._kind(pairs)),
            pairs=tuple(PairWaiting(*row.pair, row.weight) for row in rows),
            would_join=max(len(self.records[one] | self.records[other]) for one, other in (row.people for row in rows)),
            agencies=tuple(sorted({a for one, other in (row.people for row in rows) for a in self.agencies[one] ^ self.agencies[other]})),
            under_18=UNDER_18[min(row.under_18 for row in rows)],
            needs=max(self._needs(pair) for pair in pairs),
            said_by=max(len(self.answers.judges.get(pair, ())) for pair in pairs),
        )  # fmt: skip

    def _kind(self, pairs: list[Pair]) -> str:
        """The kind that asks for most judges, of the candidates in their order."""
        return self.kinds[max(pairs, key=self._needs)].told

    def _needs(self, pair: Pair) -> int:
        """As many as the kind asks for today, or asked for when the pair was judged; a dispute is of two by its nature."""
        asked = judges_needed(self.kinds[pair].code, self.on)
        of_its_own = 2 if self.answers.what(pair) in ("disputed", "waiting") else 1
        return max(asked, of_its_own, self.answers.needs.get(pair, 1))


def _by(order: str, one: Waiting) -> tuple[Any, ...]:
    facts: dict[str, Any] = {
        "would_join": -one.would_join,
        "agencies": -len(one.agencies),
        "under_18": UNDER_18.index(one.under_18),
        "kind": one.kind,
    }
    return facts[order], one.key
