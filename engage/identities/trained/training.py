"""A model is trained on the records that are served, or one that is kept is tried on them; nothing that is served changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from engage.identities import assignments
from engage.identities.build import build as link_anew
from engage.identities.linking.model import Model
from engage.identities.linking.pairing import Judgement
from engage.identities.trained.comparing import compare, remember
from engage.identities.trained.rules import Changes, LearntFrom
from engage.store.steps import Progress
from engage.store.warehouse import Build


def tried(
    connection: Any,
    served: Build,
    model: Model | None,
    *,
    seed: int,
    judgements: Sequence[Judgement],
    progress: Progress,
) -> tuple[Model, Changes]:
    """Link `connection`, a copy of the served build, with the model (None: one trained on its records) and say what would change.
    Raises ModelWrong, LinkerComplained, StepFailed."""
    remember(connection, assignments.live_overrides(served))
    found = link_anew(
        connection,
        as_of=served.info.as_of,
        seed=seed,
        model=model,
        judgements=judgements,
        progress=progress,
    )
    return found.model, compare(connection, served.info.build_id)


def learnt_from(connection: Any, *, build_id: str, as_of: date) -> LearntFrom:
    """The records of this store that a model is learnt from."""
    records, agencies = connection.execute(
        "select count(distinct record_id), count(distinct agency) from person_record"
    ).fetchall()[0]
    return LearntFrom(build_id, as_of, int(records), int(agencies))
