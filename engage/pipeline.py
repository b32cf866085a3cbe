"""The order of the stages: what a build is, from the deliveries kept to the pages served.

Records are turned into exchange tables; identities are joined and their ids given out; the picture is laid out for the
pages; the whole is checked and swapped in by one pointer. A kill at any moment leaves the last good picture served.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date

from django.db import transaction

from engage.casework.cases import actions as casework
from engage.governance import actions as governance
from engage.identities import actions as identities
from engage.identities import build as identities_build
from engage.identities import queries as identities_queries
from engage.identities import received
from engage.identities.received import Received
from engage.identities.trained import training
from engage.identities.trained.rules import Changes, Chosen
from engage.networks import actions as networks
from engage.networks import build as networks_build
from engage.picture import build as picture_build
from engage.picture import waiting as picture_waiting
from engage.picture.narrative.telling import Texts
from engage.records import build as records_build
from engage.records import queries as records
from engage.records.files.deliveries import DeliveryInput, last_taken_in
from engage.records.mapping.declared import load_mappings
from engage.store.alone import BuildRefused, alone
from engage.store.area import Area
from engage.store.steps import Progress, silent
from engage.store.warehouse import (
    Build,
    BuildAside,
    BuildInfo,
    NoBuild,
    StoreError,
    Warehouse,
    waiting_beside,
)
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


STAGES = ("records", "identities", "picture", "casework")
# The sampling seed of linkage: fixed, so that the same records are always the same people.
SEED = 20080301


class DayToCome(EngageError):
    """A picture was asked for as of a day that has not come."""


@dataclass(frozen=True)
class Watcher:
    """Who is told of progress: `stage` when one begins, `step` when a table is made, `damaged` when a delivery is not kept as it
    was acknowledged (its id)."""

    stage: Callable[[str], None] = lambda _name: None
    step: Progress = silent
    damaged: Callable[[str], None] = lambda _delivery_id: None


def build_area(
    *,
    area: Area,
    warehouse: Warehouse,
    viewing: Viewing,
    as_of: date | None = None,
    watcher: Watcher | None = None,
) -> BuildInfo:
    """Build an area from the deliveries it keeps and serve the result. Raises MayNotDo, DayToCome, BuildRefused, StepFailed,
    MappingWrong.

    `as_of` is the last received day that goes in, at latest today by the area's clock; by default the day of the last delivery or of
    what staff recorded last, or today when there is neither. A delivery that is not kept as it was acknowledged is told of, and built from as it is.
    """
    governance.check_may(viewing=viewing, what="build", subject=area.code)
    watcher = watcher or Watcher()
    _check_has_come(as_of, today=london_day(viewing.at))
    with alone(area):
        day = as_of or records.last_known_on() or london_day(viewing.at)
        damaged = _tell_of_damage(area, watcher)
        build_id = f"{viewing.at.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        with warehouse.building(build_id) as aside:
            with _explained(damaged):
                info = _stages(area, aside, viewing, day, build_id, watcher)
            _check(warehouse, info)
        with transaction.atomic():
            governance.record_decision(
                viewing=viewing,
                action="build.served",
                subject=build_id,
                fields=sorted(info.counts),
                decision="served",
            )
            warehouse.swap(info)
            identities.settle(build=warehouse.current(), at=viewing.at, by=viewing.viewer.user_id)
        _after_build(area, warehouse, viewing, watcher)
    return info


def _after_build(area: Area, warehouse: Warehouse, viewing: Viewing, watcher: Watcher) -> None:
    """Clear away what waited, and lay out what was received while the build was being made; then the clocks of cases hear what the build brought. Where something is being
    laid out at this moment, whoever does it sees that another build is served, and does it again."""
    room = warehouse.waiting().folder
    if room.exists():
        with suppress(BuildRefused), alone(area, room):
            _lay_out(area, warehouse, viewing, silent)
    watcher.stage("casework")
    build = warehouse.current()
    casework.reckon_clocks(viewing=viewing, build=build, area=area, told=lambda n, _of: watcher.step("cases", n))  # fmt: skip


def _check_has_come(as_of: date | None, *, today: date) -> None:
    if as_of and as_of > today:
        raise DayToCome(
            Sentence(N_("%(day)s is yet to come."), {"day": as_of.isoformat()}),
            remedy=Sentence(
                N_("Today is %(today)s by the area's clock. Choose it or a day before it."),
                {"today": today.isoformat()},
            ),
        )


def _tell_of_damage(area: Area, watcher: Watcher) -> list[str]:
    """The deliveries that are not kept as they were acknowledged, each told of. Every row is held against its digest: a hundred
    megabytes of deliveries take three seconds, far less than building them."""
    damaged = [name for name, faults in records.faults_of_deliveries(area).items() if faults]
    for name in damaged:
        watcher.damaged(name)
    return damaged


@contextmanager
def _explained(damaged: list[str]) -> Iterator[None]:
    """What the store cannot read when a delivery is damaged is no bug but that damage."""
    try:
        yield
    except StoreError as error:
        if not damaged:
            raise
        raise BuildRefused(
            Sentence(
                N_("What is kept of %(deliveries)s cannot be read."), {"deliveries": ", ".join(damaged)}
            ),
            remedy=N_("Put it back from a copy of the area's folder: engage status AREA says what is wrong."),
        ) from error


def _stages(
    area: Area, aside: BuildAside, viewing: Viewing, day: date, build_id: str, watcher: Watcher
) -> BuildInfo:
    watcher.stage("records")
    hand_rows, last_hand = records.hand_rows(day)
    deliveries = records.delivery_inputs(area)
    last_delivery = last_taken_in(deliveries, as_of=day)
    inputs = records_build.Inputs(area.code, deliveries, load_mappings(area.mappings_folder), hand_rows)
    counts = records_build.build(aside.connection, inputs=inputs, as_of=day, progress=watcher.step)
    watcher.stage("identities")
    chosen = _model(area, aside)
    judged = identities.judged()
    linked = identities_build.link(
        aside.connection, as_of=day, seed=SEED, model=chosen.model, judgements=judged.followed, progress=watcher.step
    )  # fmt: skip
    identities_build.lay_down(aside.connection, linked.model, aside.folder)
    version = chosen.version
    if chosen.model is None:
        learnt = training.learnt_from(aside.connection, build_id=build_id, as_of=day)
        version = identities.keep_first_model(viewing=viewing, model=linked.model, learnt=learnt, why=chosen.why)  # fmt: skip
    given = identities.give_ids(
        aside.connection, build_id=build_id, at=viewing.at, by=viewing.viewer.user_id, progress=watcher.step
    )
    watcher.stage("picture")
    laid_out = _lay_out_picture(area, aside, viewing, day, build_id, watcher)
    return BuildInfo(
        build_id=build_id, as_of=day, made_at=viewing.at.astimezone(UTC).isoformat(),
        watermarks={"person_assignment": given.watermark, "hand_entry": last_hand, "delivery": last_delivery,
                    "judgement": judged.judgement, "withdrawal": judged.withdrawal, "model": version},
        inputs={d.delivery_id: d.digest for d in deliveries if d.seq <= last_delivery},
        counts={**counts, **linked.counts, **laid_out},
    )  # fmt: skip


def _lay_out_picture(
    area: Area, aside: BuildAside, viewing: Viewing, day: date, build_id: str, watcher: Watcher
) -> dict[str, int]:
    """The picture, and the network with it."""
    own = (area.folder / name for name in ("phrases", "wording", "indicators"))
    joined = networks_build.joined(
        area, lambda found: networks.name_groups(found, viewing=viewing, build_id=build_id, at=viewing.at), watcher.step
    )  # fmt: skip
    return picture_build.build(
        aside.connection, pages_file=aside.pages_file, as_of=day, texts=Texts(area.derived_folder / "texts", *own), joined=joined, progress=watcher.step
    )  # fmt: skip


def _model(area: Area, aside: BuildAside) -> Chosen:
    """The model that this build links with, or why it trains one; the shipped values where the area's settings say so."""
    if area.settings.get("linkage") == "prior":
        return Chosen(0, identities_build.shipped_model(aside.connection))
    return identities.model_for_build()


def try_model(
    *, area: Area, warehouse: Warehouse, viewing: Viewing, version: int = 0, watcher: Watcher | None = None
) -> tuple[int, Changes]:
    """Train a model on what is served (or try the one of that version) and keep what it would change; nothing served changes.

    Returns its version and the changes. Raises MayNotDo, NoBuild, BuildRefused (a build is being made), ModelUnknown,
    ModelWrong, StepFailed."""
    watcher = watcher or Watcher()
    with alone(area):
        served = warehouse.current()
        watcher.stage("identities")
        with warehouse.workbench(served) as connection:
            return identities.try_model(
                viewing=viewing, build=served, connection=connection, version=version, seed=SEED, progress=watcher.step
            )  # fmt: skip


def lay_out_waiting(
    *, area: Area, warehouse: Warehouse, viewing: Viewing, watcher: Watcher | None = None, tells: bool = False
) -> Received | None:
    """Lay out by itself what was received since the build, so that whoever asks for somebody finds it at once, and hold it against
    what is served; `tells`: also say whom each record comes near. None when there is no build yet, or nothing waits. Raises MayNotDo, MappingWrong, StepFailed."""
    governance.check_may(viewing=viewing, what="receive", subject=area.code)
    step = watcher.step if watcher else silent
    with alone(area, warehouse.waiting().folder, waits=True):
        served = _lay_out(area, warehouse, viewing, step)
        waiting = warehouse.waiting().current() if served else None
    if served is None or waiting is None:
        return None
    return identities_queries.check_received(
        viewing=viewing, build=served, waiting=waiting, progress=step, tells=tells
    )


def is_behind(*, area: Area, warehouse: Warehouse) -> bool:
    """Some delivery is neither in the build that is served nor laid out beside it: a command was stopped between keeping and laying out."""
    served = _served(warehouse)
    beside = (waiting_beside(served) or served) if served else None
    return beside is not None and bool(_later(area, beside))


def _served(warehouse: Warehouse) -> Build | None:
    with suppress(NoBuild):
        return warehouse.current()
    return None


def _later(area: Area, build: Build) -> list[DeliveryInput]:
    """The deliveries that came after those of a build."""
    return [d for d in records.delivery_inputs(area) if d.seq > build.info.watermarks.get("delivery", 0)]


def _lay_out(area: Area, warehouse: Warehouse, viewing: Viewing, progress: Progress) -> Build | None:
    """Lay out what came since the build that is served, anew when another is swapped in meanwhile; that build, or None when there is none
    or nothing came: then what lay there is cleared away. Whoever calls holds the room's lock."""
    while served := _served(warehouse):
        deliveries = _later(area, served)
        if not deliveries:
            warehouse.clear_waiting()
            return None
        room, day = warehouse.waiting(), max(d.received_on for d in deliveries)
        build_id = f"{viewing.at.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        inputs = records_build.Inputs(area.code, deliveries, load_mappings(area.mappings_folder))
        with room.building(build_id) as aside:
            counts = records_build.build(aside.connection, inputs=inputs, as_of=day, progress=progress)
            received.lay_out(aside.connection, aside.folder, served=served, as_of=day)
            picture_waiting.lay_out(aside.connection, pages_file=aside.pages_file, served=served, as_of=day)
        info = BuildInfo(
            build_id=build_id, as_of=day, made_at=viewing.at.astimezone(UTC).isoformat(),
            watermarks={**served.info.watermarks, "delivery": deliveries[-1].seq}, inputs={d.delivery_id: d.digest for d in deliveries}, counts=counts,
        )  # fmt: skip
        room.swap(info)
        if _served(warehouse) is served:
            return served
    return None


def _check(warehouse: Warehouse, info: BuildInfo) -> None:
    """Refuse a build whose records vanished: the area had people and every delivery is still kept."""
    has_deliveries = bool(info.inputs) or records.waiting(info) > 0
    if has_deliveries and not info.counts.get("person_record"):
        last = warehouse.pointer.exists()
        sentence = N_("The build holds no person, although there are deliveries.")
        remedy = (
            N_("Look at the rejects of the last delivery.")
            if last
            else N_("Look at the mapping: engage mapping check AREA")
        )
        raise BuildRefused(Sentence(sentence), remedy=remedy)
