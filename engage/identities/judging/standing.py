"""What did people say of which records? Reads the decided store; below the doors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from engage.identities import assignments
from engage.identities.judging.rules import UNSURE, Pair, Said, effects, followed
from engage.identities.linking.pairing import Judgement as Followed
from engage.identities.models import Judgement, JudgementWithdrawal
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def said(
    *,
    pairs: Collection[Pair] | None = None,
    records: Collection[str] | None = None,
    at: datetime | None = None,
) -> list[Said]:
    """Every judgement, oldest first, with when it was taken back: of these pairs, or of any of these records, or all; with `at`
    as it stood at that moment."""
    rows = Judgement.objects.order_by("seq")
    if pairs is not None:
        records = {left for left, _right in pairs}
        rows = rows.filter(left_record_id__in=records)
    elif records is not None:
        rows = rows.filter(Q(left_record_id__in=records) | Q(right_record_id__in=records))
    if at is not None:
        rows = rows.filter(judged_at__lte=at)
    taken = JudgementWithdrawal.objects.filter(judgement__in=rows.values("seq"))
    back = {w.judgement: w for w in (taken.filter(withdrawn_at__lte=at) if at is not None else taken)}
    found = [_said(row, back.get(row.seq)) for row in rows]
    return [one for one in found if pairs is None or one.pair in pairs]


def _said(row: Judgement, back: JudgementWithdrawal | None) -> Said:
    return Said(
        row.seq, row.left_record_id, row.right_record_id, row.says, row.reason, row.kind, row.judged_by, row.agency, row.judged_at, row.needs,
        back.withdrawn_at if back else None, back.withdrawn_by if back else "", back.why if back else "",
    )  # fmt: skip


def one(seq: int) -> Said | None:
    """The judgement of that number."""
    row = Judgement.objects.filter(seq=seq).first()
    return _said(row, JudgementWithdrawal.objects.filter(judgement=seq).first()) if row else None


@dataclass(frozen=True)
class Judgements:
    """What a build follows, earliest first, and the last judgement and withdrawal that were taken into account."""

    followed: list[Followed]
    judgement: int
    withdrawal: int


def for_build() -> Judgements:
    """All that is followed now."""
    judgement, withdrawal = last()
    found = followed(effects(said()))
    return Judgements([Followed(left, right, what) for (left, right), what in found], judgement, withdrawal)


def last() -> tuple[int, int]:
    """The last judgement and the last withdrawal."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        judgement, withdrawal = cursor.fetchone()
    return int(judgement or 0), int(withdrawal or 0)


# Asked for every check: in the store's own words, since to put them together takes longer than to be answered.
_LAST = "select " + ", ".join(
    f"(select max(seq) from {model._meta.db_table})"  # noqa: SLF001
    for model in (Judgement, JudgementWithdrawal)
)


@dataclass(frozen=True)
class Changed:
    """Something was judged or taken back of two records: by which judgement, why, when."""

    judgement: int
    pair: Pair
    is_taken_back: bool
    why: str
    at: datetime


def since(judgement: int, withdrawal: int) -> list[Changed]:
    """What was judged and then what was taken back after these two, in order."""
    new = Judgement.objects.filter(seq__gt=judgement).order_by("seq")
    back = list(JudgementWithdrawal.objects.filter(seq__gt=withdrawal).order_by("seq"))
    of = {row.seq: row for row in Judgement.objects.filter(seq__in=[row.judgement for row in back])}
    said = [Changed(row.seq, _pair(row), False, row.reason, row.judged_at) for row in new]
    return said + [
        Changed(row.judgement, _pair(of[row.judgement]), True, row.why, row.withdrawn_at) for row in back
    ]


def _pair(row: Judgement) -> Pair:
    return row.left_record_id, row.right_record_id


def words_on(record_ids: Collection[str]) -> list[tuple[Pair, str]]:
    """What is followed, earliest first, of the pairs with one of these records."""
    return followed(effects(said(records=record_ids)))


def partners(record_ids: set[str]) -> set[str]:
    """The records that people judged to be one person with any of these."""
    return {record for pair, what in words_on(record_ids) if what == "same" for record in pair}


def tied(record_ids: Iterable[str]) -> dict[Pair, datetime]:
    """The pairs judged to be one person among those with one of these records, and since when that is followed."""
    found = effects(said(records=set(record_ids)))
    return {pair: effect.at for pair, effect in found.items() if effect.what == "same"}


def is_tied(record_ids: Iterable[str]) -> bool:
    """Some two of these records were judged to be one person, and that is followed."""
    among = set(record_ids)
    return any(set(pair) <= among for pair in tied(among))


def settled(record_ids: Iterable[str]) -> set[Pair]:
    """The pairs with one of these records that people have answered, one way or the other."""
    found = effects(said(records=set(record_ids)))
    return {pair for pair, effect in found.items() if effect.what in ("same", "different")}


def judged_records(record_ids: Collection[str]) -> frozenset[str]:
    """Of these records of one person, those that people's words hold together: the most that are connected by pairs of them judged to
    be one person (of equally many, those with the first record). The others stand with these by the software alone."""
    among = set(record_ids)
    return _most_connected(pair for pair in tied(among) if set(pair) <= among)


def with_unjudged(records_of: Mapping[str, Collection[str]]) -> set[str]:
    """Of these persons, each with records, those of whom some record stands with the others by the software alone."""
    several = {person: set(own) for person, own in records_of.items() if len(set(own)) > 1}
    records = [record for own in several.values() for record in own]
    if not _has_said_same(records):
        return set(several)
    pairs = tied(records)
    return {
        person
        for person, own in several.items()
        if own - _most_connected(pair for pair in pairs if set(pair) <= own)
    }


def _has_said_same(record_ids: list[str]) -> bool:
    """Anybody ever judged one of these records to be of one person with another that comes after it in the alphabet. Asked for every
    search: in the store's own words, as `last`."""
    if not record_ids:
        return False
    marks = ", ".join(["%s"] * len(record_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"{_SAID_SAME} and left_record_id in ({marks}) limit 1", record_ids)
        return cursor.fetchone() is not None


_SAID_SAME = f"select 1 from {Judgement._meta.db_table} where says = 'same'"  # noqa: SLF001


def all_judged(build: Build) -> set[str]:
    """The same of every person today."""
    same = tied_pairs()
    latest = assignments.persons_of(build, {record for pair in same for record in pair})
    return held_together(
        (latest[one], one, other) for one, other in same if latest.get(one) == latest.get(other, "")
    )


def tied_pairs() -> list[Pair]:
    """All pairs judged to be one person, as far as that is followed."""
    return [pair for pair, what in followed(effects(said())) if what == "same"]


def held_together(held: Iterable[tuple[str, str, str]]) -> set[str]:
    """Of the pairs of records that people's words hold together, each after the person they are of: of each person the most that are
    connected."""
    of: dict[str, list[Pair]] = defaultdict(list)
    for person, one, other in held:
        of[person].append((one, other))
    return {record for pairs in of.values() for record in _most_connected(pairs)}


def _most_connected(pairs: Iterable[Pair]) -> frozenset[str]:
    group: dict[str, set[str]] = {}
    for left, right in pairs:
        both = group.get(left, {left}) | group.get(right, {right})
        group |= dict.fromkeys(both, both)
    return frozenset(min(group.values(), key=lambda one: (-len(one), min(one)), default=()))


def told(viewing: Viewing, said: list[Said]) -> tuple[tuple[Said, ...], bool]:
    """What one who judges may know of what others said of the pair, and whether something is kept from them until they judge: where two
    are needed, whoever has not judged is told nothing of it, not what was taken back and not that judges disagree in what, until
    something is followed. To say that one cannot tell is not to judge."""
    me = viewing.viewer.user_id
    has_judged = any(one.by == me and one.withdrawn_at is None and one.says != UNSURE for one in said)
    hidden = [one for one in said if one.by != me and one.needs > 1 and not has_judged]
    is_followed = any(effect.what in ("same", "different") for effect in effects(said).values())
    if not hidden or is_followed:
        return tuple(said), False
    return tuple(one for one in said if one not in hidden), True
