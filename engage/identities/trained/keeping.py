"""Which models are kept, which one is in use, and what was seen before it was adopted? Reads and writes the decided store."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.db import transaction

from engage.governance.actions import record_decision
from engage.identities.linking.model import Model, ModelWrong, model_from_json
from engage.identities.models import ModelAdoption, ModelComparison, TrainedModel
from engage.identities.seeing import seen
from engage.identities.trained.rules import (
    LEAST_RECORDS,
    Adopted,
    AdoptionRefused,
    Change,
    Changes,
    Chosen,
    LearntFrom,
    ModelUnknown,
    Version,
    pairs_to_raw,
    to_raw,
)
from engage.identities.trained.training import learnt_from
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


def for_build() -> Chosen:
    """What the next build links with. One is trained where none was adopted yet, where a build of few records adopted it, and
    where the adopted one was made by a version of Engage that compared otherwise."""
    adopted = _in_use()
    if adopted is None:
        return Chosen(0, None, "the area's first model")
    row = TrainedModel.objects.get(seq=adopted.model)
    if adopted.comparison is None and row.records < LEAST_RECORDS:
        return Chosen(0, None, f"the one before was learnt from {row.records} records")
    try:
        return Chosen(row.seq, model_from_json(row.content))
    except ModelWrong:
        return Chosen(0, None, "the one before was made by a version of Engage that compared otherwise")


def keep(viewing: Viewing, model: Model, learnt: LearntFrom) -> int:
    """Keep a trained model; return its version. One that is kept already stays the version it is."""
    content = model.to_json()
    digest = hashlib.sha256(content.encode()).hexdigest()
    same = TrainedModel.objects.filter(digest=digest).order_by("-seq").first()
    if same is not None:
        return int(same.seq)
    row = TrainedModel.objects.create(
        trained_at=viewing.at, trained_by=viewing.viewer.user_id, build_id=learnt.build_id, as_of=learnt.as_of,
        records=learnt.records, agencies=learnt.agencies, content=content, digest=digest,
    )  # fmt: skip
    _decided(viewing, "identities.keep_model", row.seq, "kept", f"learnt from {learnt.records} records")
    return int(row.seq)


@transaction.atomic
def keep_first(viewing: Viewing, model: Model, learnt: LearntFrom, *, why: str) -> int:
    """Keep the model that a build had to train, and adopt it; return its version."""
    version = keep(viewing, model, learnt)
    last = _in_use()
    if last is None or last.model != version:
        _adopt(viewing, version, None, why)
    return version


@transaction.atomic
def keep_tried(viewing: Viewing, version: int, changes: Changes) -> None:
    """Keep what a model would change."""
    ModelComparison.objects.create(
        model=version, build_id=changes.build_id, compared_at=viewing.at, compared_by=viewing.viewer.user_id,
        figures=to_raw(changes), pairs=pairs_to_raw(changes.pairs),
    )  # fmt: skip
    _decided(viewing, "identities.compare_model", version, "kept", changes.build_id)


def adopt(viewing: Viewing, build: Build, version: int, why: str) -> None:
    """From the next build on, records are linked with this model. Raises ModelUnknown, AdoptionRefused."""
    row = _row(version)
    if not why.strip():
        raise AdoptionRefused(N_("Say why this model is to be used."))
    last = _in_use()
    if last is not None and last.model == row.seq:
        raise AdoptionRefused(Sentence(N_("Model %(version)s is in use."), {"version": str(version)}))
    try:
        model_from_json(row.content)
    except ModelWrong as error:
        raise AdoptionRefused(
            error.sentence, remedy=N_("Train a new one: engage model train AREA")
        ) from error
    compared = ModelComparison.objects.filter(model=version).order_by("-seq").first()
    if compared is None or compared.build_id != build.info.build_id:
        raise AdoptionRefused(
            Sentence(N_("What model %(version)s would change of what is served today has not been seen."), {"version": str(version)}),
            remedy=Sentence(N_("Look at it first: engage model compare AREA %(version)s"), {"version": str(version)}),
        )  # fmt: skip
    with transaction.atomic():
        _adopt(viewing, version, compared.seq, why.strip())


def model_of(version: int) -> Model:
    """The model of a version. Raises ModelUnknown, ModelWrong."""
    return model_from_json(_row(version).content)


def _now(build: Build) -> LearntFrom:
    cursor = build.analysis()
    try:
        return learnt_from(cursor, build_id=build.info.build_id, as_of=build.info.as_of)
    finally:
        cursor.close()


def versions(build: Build) -> list[Version]:
    """All that are kept, the newest first, without the pairs that a comparison tells of."""
    compared, now = {c.model: c for c in ModelComparison.objects.order_by("seq")}, _now(build)
    return [
        _version(row, build, now, _changes(compared.get(row.seq), ()))
        for row in TrainedModel.objects.order_by("-seq")
    ]


def version(viewing: Viewing, build: Build, number: int) -> Version:
    """One of them, with those of its changes of which the viewer may see both records. Raises ModelUnknown."""
    row = _row(number)
    compared = ModelComparison.objects.filter(model=number).order_by("-seq").first()
    told = [Change(*raw) for raw in compared.pairs] if compared else []
    may = seen(viewing, build, {r for c in told for r in (c.left_record_id, c.right_record_id)}).whole
    shown = tuple(c for c in told if {c.left_record_id, c.right_record_id} <= may)
    return _version(row, build, _now(build), _changes(compared, shown))


def _version(row: TrainedModel, build: Build, now: LearntFrom, changes: Changes | None) -> Version:
    last = _in_use()
    try:
        model = model_from_json(row.content)
    except ModelWrong:
        model = None
    adoptions = tuple(
        Adopted(a.adopted_by, a.adopted_at, a.why, a.comparison is not None)
        for a in ModelAdoption.objects.filter(model=row.seq).order_by("seq")
    )
    return Version(
        version=row.seq, trained_at=row.trained_at, trained_by=row.trained_by,
        learnt_from=LearntFrom(row.build_id, row.as_of, row.records, row.agencies), model=model,
        is_in_use=last is not None and last.model == row.seq, is_served=build.info.watermarks.get("model") == row.seq,
        adoptions=adoptions, changes=changes, now=now,
    )  # fmt: skip


def _changes(row: ModelComparison | None, pairs: tuple[Change, ...]) -> Changes | None:
    if row is None:
        return None
    return replace(Changes(build_id=row.build_id, **row.figures), pairs=pairs, seq=row.seq)


def _row(version: int) -> TrainedModel:
    found = TrainedModel.objects.filter(seq=version).first()
    if found is None:
        raise ModelUnknown(
            Sentence(N_("There is no model %(version)s."), {"version": str(version)}),
            remedy=N_("List them with: engage model list AREA"),
        )
    return found


def _in_use() -> ModelAdoption | None:
    return ModelAdoption.objects.order_by("-seq").first()


def _adopt(viewing: Viewing, version: int, comparison: int | None, why: str) -> None:
    ModelAdoption.objects.create(
        model=version, comparison=comparison, adopted_at=viewing.at, adopted_by=viewing.viewer.user_id,
        agency=viewing.viewer.agency, why=why,
    )  # fmt: skip
    _decided(viewing, "identities.adopt_model", version, "adopted", why)


def _decided(viewing: Viewing, action: str, version: int, decision: str, why: str) -> None:
    record_decision(
        viewing=viewing, action=action, subject=f"model {version}", fields=["model"], decision=decision, why=why
    )  # fmt: skip
