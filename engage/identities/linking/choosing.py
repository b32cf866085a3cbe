"""Which wide kinds of key are worth their pairs in this area?

What brings misspelt records together in one area brings only strangers together in another: at a hundred thousand records two
people in three share their day of birth with somebody, where names, dates and towns are all that a file holds a day may be the one
thing that two records share. So the wide kinds are tried on the area's own records when its model is trained: of a sample of
the pairs that only a kind finds, how many does the model hold for one person, and how many pairs would it add? What is left out
stands in the model, so that every build with it compares by the same kinds, and on the page “How right the joins are”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engage.identities.linking.candidates import KEYS, LARGEST
from engage.identities.linking.model import LeftOut, Model
from engage.identities.linking.pairing import weighed_sql
from engage.identities.linking.scoring import score
from engage.store.steps import Step, run


# Among so few records no kind costs much.
_FEW = 2_000
# Pairs of each kind that are looked at.
_SAMPLE = 4_000
# A kind that adds fewer pairs than this for each record costs little; one of whose pairs more than this share are one person finds
# much; and what finds a little, but no less than that, is used while all pairs stay within so many for each record.
CHEAP, RICH, SOME = 0.2, 0.01, 0.001
PAIRS_FOR_A_RECORD = 3.0
# Bits from which the model holds a pair for one person.
_ONE_PERSON = 3.0

_LOOKED_AT = f"""
    with usable as (select key, code, records from link_counted_key where records <= {LARGEST}),
    sized as (select code, greatest(1, ceil(sum(records * (records - 1) // 2) / {_SAMPLE})::ubigint) as one_in from usable group by code)
    select key, code, one_in from usable join sized using (code) where key % one_in = 0
"""
_PAIR = """
    with held as (select distinct record_number, k.key, k.code, k.one_in from link_every_key join link_tried_key k using (key, code)
        semi join (select record_number from link_record where not is_partial) using (record_number))
    select distinct a.code, a.one_in, a.record_number as left_number, b.record_number as right_number
    from held a join held b on a.key = b.key and a.code = b.code and a.record_number < b.record_number
"""
# By which kinds each of these pairs would be found (a bit for each, by its place among them): all keys of the two records that both
# hold.
_FOUND_BY = f"""
    with records as (select left_number as record_number from link_tried_pair union select right_number from link_tried_pair),
    held as (select distinct record_number, key, code from link_every_key semi join records using (record_number)
        semi join (select key from link_counted_key where records <= {LARGEST}) using (key)),
    pairs as (select distinct left_number, right_number from link_tried_pair)
    select p.left_number, p.right_number, bit_or(1::ubigint << enum_code(a.code)) as codes
    from pairs p join held a on a.record_number = p.left_number join held b on b.record_number = p.right_number and b.key = a.key group by all
"""
Column = np.ndarray[Any, np.dtype[Any]]
_ASIDE = (
    "link_tried_key",
    "link_tried_pair",
    "link_tried_found",
    "link_tried_scored",
    "link_tried_weighed",
)


@dataclass(frozen=True)
class _Tried:
    """Sampled pairs: the kinds that find each (a bit for each), of how many such pairs it is one, and whether the model holds it for one
    person."""

    codes: Column
    one_in: Column
    is_one: Column

    def of(self, which: Column) -> _Tried:
        """Those of them."""
        return _Tried(self.codes[which], self.one_in[which], self.is_one[which])


def left_out(connection: Any, model: Model) -> tuple[LeftOut, ...]:
    """The wide kinds that are not worth their pairs, in order of their codes. Reads what `candidates.steps` left; the order of rows
    changes nothing."""
    count = int(connection.execute("select count(*) from link_record where not is_partial").fetchall()[0][0])
    if count < _FEW:
        return ()
    run(
        connection,
        [
            Step("link_tried_key", _LOOKED_AT),
            Step("link_tried_pair", _PAIR),
            Step("link_tried_found", _FOUND_BY),
        ],
    )
    try:
        tried = _weighed(connection, model)
    finally:
        for table in _ASIDE:
            connection.execute(f"drop table if exists {table}")
    return tuple(sorted(_choose(tried, count), key=lambda one: one.code))


def _weighed(connection: Any, model: Model) -> dict[str, _Tried]:
    records = (
        "select r.*, k.keys from main.link_record r join (select record_number, list(distinct key order by key) as keys from main.link_every_key "
        "semi join main.link_tried_key using (key, code) group by record_number) k using (record_number) where not r.is_partial"
    )
    score(connection, model, records=records, keys="keys", into="link_tried_scored")
    run(connection, [Step("link_tried_weighed", weighed_sql(model, "link_tried_scored"))])
    rows = connection.execute(
        f"select enum_code(p.code) as place, p.one_in, f.codes, coalesce(w.weight >= {_ONE_PERSON} and w.refusal in ('', 'thin'), false) as is_one "
        "from link_tried_pair p join link_tried_found f using (left_number, right_number) "
        "left join link_tried_weighed w using (left_number, right_number)"
    ).fetchnumpy()
    tried = _Tried(rows["codes"].astype(np.uint64), rows["one_in"].astype(np.int64), rows["is_one"])
    return {kind.code: tried.of(rows["place"] == place) for place, kind in enumerate(KEYS)}


def _choose(tried: dict[str, _Tried], count: int) -> Iterator[LeftOut]:
    used: set[str] = set()
    total = 0.0
    waiting: list[str] = []
    for kind in KEYS:
        worth = _worth(kind.code, tried[kind.code], used, count)
        if not kind.is_wide or worth.per_record <= CHEAP or worth.share >= RICH:
            used.add(kind.code)
            total += worth.per_record
        else:
            waiting.append(kind.code)
    while waiting:
        worths = [_worth(code, tried[code], used, count) for code in waiting]
        best = max(worths, key=lambda one: (one.share, one.code))
        if best.share < SOME:
            break
        waiting.remove(best.code)
        if total + best.per_record <= PAIRS_FOR_A_RECORD:
            used.add(best.code)
            total += best.per_record
        else:
            yield best
    yield from (_worth(code, tried[code], used, count) for code in waiting)


def _worth(code: str, tried: _Tried, used: set[str], count: int) -> LeftOut:
    """What a kind would add beside those that are used: pairs for each record, and the share of them that is one person."""
    known = sum(1 << place for place, kind in enumerate(KEYS) if kind.code in used)
    new = tried.of((tried.codes & np.uint64(known)) == 0)
    share = float(new.is_one.mean()) if len(new.is_one) else 0.0
    return LeftOut(code, round(int(new.one_in.sum()) / count, 3), round(share, 5))
