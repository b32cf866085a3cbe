"""Which records are one person? From the exchange tables to pairs, groups and proposals, in the build's own store.

Records are cleaned, keys say which are worth comparing, a model weighs each pair, and a guarded merge makes groups. What
is too thin or forbidden is proposed to people. Nothing here knows Django or gives out ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from engage.identities.checking import laying
from engage.identities.linking import candidates, choosing, cleaning, pairing, proposing, sole
from engage.identities.linking.merging import JOIN_AT, Held, Pair, Words, connect, merge, unite
from engage.identities.linking.model import Model, prior_model
from engage.identities.linking.numbering import keep
from engage.identities.linking.pairing import Judgement
from engage.identities.linking.scoring import score
from engage.identities.linking.training import train
from engage.identities.tables import CLUSTER, LINK_LEFT_OUT, LINK_LEVEL, LINK_PAIR, LINK_PROPOSAL
from engage.store.steps import Progress, Step, run, silent


@dataclass(frozen=True)
class LinkResult:
    """What linking made: rows of each table, the model it used, and how many groups hold more than one record."""

    counts: dict[str, int]
    model: Model
    joined_groups: int
    notes: dict[str, int] = field(default_factory=dict)


def shipped_model(connection: Any) -> Model:
    """The values that are shipped, for an area whose own records do not settle ("linkage: prior" in area.yaml)."""
    return prior_model(_one(connection, "select count(distinct record_id) from person_record"))


def build(
    connection: Any,
    *,
    as_of: date,
    seed: int,
    model: Model | None = None,
    judgements: Iterable[Judgement] = (),
    progress: Progress = silent,
) -> LinkResult:
    """Make `link_record`, `link_pair`, `cluster`, `link_proposal` and `link_level` from the exchange tables.

    `as_of` is the last received day that counts. `judgements` are those that are followed, earliest first: what was judged
    different shares no group, what was judged the same is one group whatever the evidence says. `seed` chooses the pairs that training looks at; `model` is a saved
    one to use instead of training. The result depends on nothing else: not on the order of rows, nor on threads.
    Raises ModelWrong or LinkerComplained when the weights could not be relied on, StepFailed with the step's name.
    """
    result = link(connection, as_of=as_of, seed=seed, model=model, judgements=judgements, progress=progress)
    clear(connection)
    return result


def link(
    connection: Any,
    *,
    as_of: date,
    seed: int,
    model: Model | None = None,
    judgements: Iterable[Judgement] = (),
    progress: Progress = silent,
) -> LinkResult:
    """As `build`, but what it made on the way stays until `clear`: a build lays down from it what one person is checked against."""
    _make_room(connection)
    # A saved model says by which kinds of key its area compares; the shipped values know no area.
    is_new = model is None or not model.passes
    run(connection, [*cleaning.steps(as_of), *candidates.steps(model.unused if model else ())], progress)
    model = model or train(connection, seed=seed)
    if is_new:
        model = replace(model, left_out=choosing.left_out(connection, model))
        candidates.leave_out(connection, model.unused)
    _score(connection, model)
    steps = [
        *pairing.steps(model, judgements=list(judgements)),
        *sole.steps(join_at=JOIN_AT),
        Step(LINK_LEVEL.name, call=lambda con: _keep_model(con, model)),
        Step(LINK_LEFT_OUT.name, call=lambda con: _keep_left_out(con, model)),
    ]
    run(connection, steps, progress)
    refused = _cluster(connection)
    run(connection, proposing.steps(model), progress)
    tables = ("link_record", LINK_PAIR.name, CLUSTER.name, LINK_PROPOSAL.name, LINK_LEVEL.name)
    counts = {table: _one(connection, f"select count(*) from {table}") for table in tables}
    joined = _one(
        connection, "select count(*) from (select cluster from cluster group by cluster having count(*) > 1)"
    )
    return LinkResult(counts=counts, model=model, joined_groups=joined, notes={"refused": refused})


# Of DuckDB's memory for each million records, where that is more than a connection has: what many records have in common is looked up
# in memory, and with too little of that the store gives up instead of spilling.
_MB_A_MILLION, _MB_AT_LEAST = 800, 2_000


def _make_room(connection: Any) -> None:
    megabytes = _MB_A_MILLION * _one(connection, "select count(*) from person_record") // 1_000_000
    if megabytes > _MB_AT_LEAST:
        connection.execute(f"set memory_limit = '{megabytes}MB'")


def _score(connection: Any, model: Model) -> None:
    records = "select r.*, k.keys from main.link_record r join main.link_key k using (record_number) where not r.is_partial"
    score(connection, model, records=records, keys="keys", into="link_scored")


def _keep_model(connection: Any, model: Model) -> None:
    connection.execute(f"drop table if exists {LINK_LEVEL.name}")
    connection.execute(LINK_LEVEL.create_sql())
    rows = [
        (c, v, value.m, value.u, value.h, value.weight, value.source)
        for (c, v), value in sorted(model.values.items())
    ]
    connection.executemany(f"insert into {LINK_LEVEL.name} values (?, ?, ?, ?, ?, ?, ?)", rows)


def _keep_left_out(connection: Any, model: Model) -> None:
    connection.execute(f"drop table if exists {LINK_LEFT_OUT.name}")
    connection.execute(LINK_LEFT_OUT.create_sql())
    for one in model.left_out:
        connection.execute(
            f"insert into {LINK_LEFT_OUT.name} values (?, ?, ?)", [one.code, one.per_record, one.share]
        )


def _cluster(connection: Any) -> int:
    """Make `cluster` and `link_refused`; return how many pairs strong enough to join were refused."""
    component = connect(connection.execute(pairing.STRONG, {"join_at": JOIN_AT}).fetchall())
    keep(
        connection,
        "link_component",
        {"record_number": list(component), "component": list(component.values())},
    )
    run(connection, [Step("link_within", pairing.WITHIN), Step("link_doubtful", pairing.DOUBTFUL)])
    words = _words(connection)
    refused = _merge(connection)
    if _unite(connection, words):
        # Some word cannot be followed beside what the software joined: the weakest of these joins give way.
        connection.execute(pairing.JUDGED_ARE_DOUBTFUL)
        refused = _merge(connection, words)
        _unite(connection, words)
    run(connection, [Step(CLUSTER.name, pairing.CLUSTER_SQL)])
    return refused


def _merge(connection: Any, words: Words | None = None) -> int:
    """Make `link_group` and `link_refused`; return how many pairs strong enough to join were refused."""
    merged, refused = merge(
        [Pair(*row) for row in connection.execute(pairing.DOUBTFUL_PAIRS).fetchall()],
        _held(connection),
        join_at=JOIN_AT,
        words=words or Words(),
    )
    keep(connection, "link_merged", {"record_number": list(merged), "first_number": list(merged.values())})
    numbers = {"left_number": [p.left for p in refused], "right_number": [p.right for p in refused]}
    keep(connection, "link_refused", numbers)
    run(connection, [Step("link_group", pairing.GROUP_SQL)])
    return len(refused)


def _words(connection: Any) -> Words:
    """What people judged of records that are here."""
    judged: dict[str, list[tuple[int, int]]] = {"same": [], "different": []}
    for left, right, says in connection.execute(pairing.JUDGED_SQL).fetchall():
        judged[says].append((left, right))
    return Words(tuple(judged["same"]), tuple(judged["different"]))


def _unite(connection: Any, words: Words) -> bool:
    """Have `link_group` follow what people judged to be the same; return whether something stood against one of these."""
    if not words.same:
        return False
    group_of = dict(connection.execute(pairing.GROUPS_OF_JUDGED).fetchall())
    into, refused = unite(group_of, words)
    keep(connection, "link_united", {"first_number": list(into), "into_number": list(into.values())})
    run(connection, [Step("link_group", pairing.UNITED_SQL)])
    return bool(refused)


def _held(connection: Any) -> dict[int, Held]:
    return {
        number: Held(
            {kind: value for kind, value in zip(pairing.IDENTIFIER_KINDS, values, strict=True) if value}, frozenset(forms or ()), born
        )
        for number, *values, forms, born in connection.execute(pairing.IDENTIFIERS).fetchall()
    }  # fmt: skip


def lay_down(connection: Any, model: Model, folder: Path) -> None:
    """After `link`: write what one person is checked against into the build's folder, and drop what linking made on its way."""
    laying.lay(connection, model, folder)
    clear(connection)


def clear(connection: Any) -> None:
    """Drop the tables that linking made on its way."""
    aside = (
        *cleaning.ASIDE,
        *candidates.ASIDE,
        *sole.ASIDE,
        "link_related",
        "link_scored",
        "link_weighed",
        "link_by_source",
        "link_judged",
        "link_united",
        "link_group",
        "link_component",
        "link_within",
        "link_doubtful",
        "link_merged",
        "link_refused",
        "link_partial_key",
        "link_weighed_partial",
    )
    for table in aside:
        connection.execute(f"drop table if exists {table}")


def _one(connection: Any, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])
