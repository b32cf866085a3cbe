"""How right were the joins found to be, last, and what do people's judgements say? Reads and writes the decided store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from engage.governance import queries as governance
from engage.governance.actions import record_decision
from engage.identities import chances
from engage.identities.checking.laying import usual_days
from engage.identities.evaluating import Key
from engage.identities.judging import standing
from engage.identities.judging.agreeing import agreement_of
from engage.identities.judging.rules import Agreement, Said, effects
from engage.identities.linking.model import LeftOut
from engage.identities.measuring.answer import Answer
from engage.identities.measuring.figures import Figures, figures, from_raw, to_raw
from engage.identities.models import Measurement
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


KEPT = "identities.keep_figures"


@dataclass(frozen=True)
class Measured:
    """What was found when, by whom, of which build, against which answer."""

    at: datetime
    by: str
    build_id: str
    answer: str
    figures: Figures


@dataclass(frozen=True)
class JudgedKind:
    """Of the pairs of one kind that people judged, how many are followed as one person and as two, and how many are not settled:
    judges disagree or are unsure, or another must judge."""

    kind: str
    same: int
    different: int
    unsettled: int = 0

    @property
    def judged(self) -> int:
        """All of them."""
        return self.same + self.different + self.unsettled


@dataclass(frozen=True)
class DroppedKeys:
    """Of one kind of key (a code of `linking.candidates.KEYS`) how many values too many records share to be compared by them, and
    how many times records hold these values."""

    code: str
    values: int
    held: int


@dataclass(frozen=True)
class HowRight:
    """What is known of how right the joins are: the last measurement, if there was one; what people judged, by kind of pair; and how
    far they agree. `curve_source` and `curve_judged`: whence the chances shown are, and how many judgements refined them. `dropped` are the
    keys by which nothing was compared in this build, `left_out` whole kinds of key that were not used, `usual_days` the days of birth that stand for "not known". `was_judged`: somebody judged some pair, also when all
    was taken back; `judged_since`: so many judgements were made or taken back since the last measurement, which does not know of them."""

    measured: Measured | None
    is_of_this_build: bool
    judged: tuple[JudgedKind, ...]
    agreement: Agreement
    curve_source: str
    curve_judged: int
    dropped: tuple[DroppedKeys, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    usual_days: tuple[date, ...] = ()
    was_judged: bool = False
    judged_since: int = 0


def now(build: Build, cluster_of: Mapping[Key, str], answer: Answer) -> Figures:
    """Measure the build as it stands today."""
    cursor = build.analysis()
    try:
        return figures(cursor, cluster_of, answer, chances.curve(build), judged=_judged_keys(cursor, build))
    finally:
        cursor.close()


_KEYS = "select distinct agency, file, source_id from person_record where record_id in (select unnest($ids::varchar[]))"


def _judged_keys(cursor: Any, build: Build) -> set[Key]:
    """What pages do not mark."""
    judged = sorted(standing.all_judged(build))
    return {
        (agency, file, source) for agency, file, source in cursor.execute(_KEYS, {"ids": judged}).fetchall()
    }


def keep(viewing: Viewing, build: Build, found: Figures, answer: Answer) -> None:
    """Keep what was found, with its row in the log."""
    with transaction.atomic():
        Measurement.objects.create(
            measured_at=viewing.at, measured_by=viewing.viewer.user_id, build_id=build.info.build_id,
            answer=answer.name[:200], answer_digest=answer.digest, figures=to_raw(found),
        )  # fmt: skip
        record_decision(
            viewing=viewing, action=KEPT, subject=build.info.build_id, fields=["figures"], decision="kept", why=answer.name
        )  # fmt: skip


def how_right(build: Build) -> HowRight:
    """What is known today."""
    row = Measurement.objects.order_by("-seq").first()
    said = standing.said()
    curve = chances.curve(build)
    return HowRight(
        measured=Measured(row.measured_at, row.measured_by, row.build_id, row.answer, from_raw(row.figures)) if row else None,
        is_of_this_build=row is not None and row.build_id == build.info.build_id,
        judged=by_kind(said), was_judged=bool(said),
        judged_since=governance.count_decided_since(after=KEPT, actions=("identities.judge", "identities.withdraw_judgement")),
        agreement=agreement_of(said), curve_source=curve.source, curve_judged=curve.judged,
        dropped=_dropped(build), left_out=_left_out(build), usual_days=tuple(sorted(usual_days(build.folder))),
    )  # fmt: skip


def _dropped(build: Build) -> tuple[DroppedKeys, ...]:
    cursor = build.analysis()
    try:
        rows = cursor.execute("select code, keys, records from link_dropped_key order by records desc, code")
        return tuple(DroppedKeys(code, int(values), int(held)) for code, values, held in rows.fetchall())
    finally:
        cursor.close()


def _left_out(build: Build) -> tuple[LeftOut, ...]:
    cursor = build.analysis()
    try:
        rows = cursor.execute("select code, per_record, share from link_left_out order by share desc, code")
        return tuple(LeftOut(*row) for row in rows.fetchall())
    finally:
        cursor.close()


def by_kind(said: Sequence[Said]) -> tuple[JudgedKind, ...]:
    """How many pairs of each kind were judged, and how."""
    kind_of = {one.seq: one.kind for one in said}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for effect in effects(said).values():
        what = effect.what if effect.what in ("same", "different") else "unsettled"
        counts[kind_of[effect.seq]][what] += 1
    return tuple(
        JudgedKind(kind, counted["same"], counted["different"], counted["unsettled"])
        for kind, counted in sorted(counts.items())
    )
