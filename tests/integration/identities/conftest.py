"""A small town, linked, with its ids given out, in a build that is served."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engage.identities.actions import (
    GivenIds,
    give_ids,
    judged,
    keep_first_model,
    model_for_build,
    settle,
)
from engage.identities.assignments import latest_of
from engage.identities.build import lay_down, link
from engage.identities.checking.laying import MODEL
from engage.identities.linking import model
from engage.identities.linking.model import Model
from engage.identities.linking.pairing import Judgement
from engage.identities.trained.rules import Chosen
from engage.identities.trained.training import learnt_from
from engage.store.area import Area
from engage.store.warehouse import ANALYSIS, Build, BuildAside, BuildInfo, Warehouse
from engage.vocabulary.access import Viewing
from tests.made_once import made_once
from tests.spec.identities.towns import AS_OF, neighbours, store


NOW = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)


class Town:
    """Build after build of the same area."""

    def __init__(self, area: Area) -> None:
        self.warehouse = Warehouse(area)
        self.builds = 0

    def made(
        self,
        rows: list[dict[str, str]],
        *,
        swap: bool = True,
        meanwhile: Callable[[], None] | None = None,
        viewing: Viewing | None = None,
        laid_out: Callable[[BuildAside], object] | None = None,
        settled: bool = True,
    ) -> GivenIds:
        """Build from these records (among few neighbours); without `swap`, die before the build is served, without `settled`
        just after. `meanwhile` happens while it is being made. As `viewing` (an operator) it links with the model in use, or keeps and
        adopts the one that it trains. `laid_out` makes the tables of pages."""
        self.builds += 1
        build_id = f"b{self.builds}"
        with self.warehouse.building(build_id, threads=1) as aside:
            said = judged()
            if meanwhile:
                meanwhile()
            chosen = model_for_build() if viewing else Chosen(0, None)
            used = self.linked(rows, aside, chosen, said.followed)
            version = chosen.version
            if viewing and chosen.model is None:
                learnt = learnt_from(aside.connection, build_id=build_id, as_of=AS_OF)
                version = keep_first_model(viewing=viewing, model=used, learnt=learnt, why=chosen.why)
            given = give_ids(aside.connection, build_id=build_id, at=NOW, by="tester")
            if laid_out:
                laid_out(aside)
        if swap:
            marks = {
                "person_assignment": given.watermark,
                "judgement": said.judgement,
                "withdrawal": said.withdrawal,
                "model": version,
            }
            self.warehouse.swap(
                BuildInfo(build_id=build_id, as_of=AS_OF, made_at=NOW.isoformat(), watermarks=marks)
            )
            if settled:
                settle(build=self.build, at=NOW, by="tester")
        return given

    def linked(
        self, rows: list[dict[str, str]], aside: BuildAside, chosen: Chosen, followed: list[Judgement]
    ) -> Model:
        """Link in this build, or take what the same records and judgements gave in an earlier one. Returns the model."""
        wanted = repr((rows, chosen.model, model.MODEL_VERSION, followed))
        folder = made_once(f"linked {wanted}", lambda folder: _link(folder, rows, chosen, followed))
        fill(aside, folder)
        return model.model_from_json((folder / MODEL).read_text(encoding="utf-8"))

    @property
    def build(self) -> Build:
        return self.warehouse.current()

    def today(self) -> dict[str, str]:
        """Each record's person as a reader finds it now."""
        latest = latest_of(self.build, self.ids())
        return {record: row.person_id for record, row in latest.items()}

    def ids(self) -> dict[str, str]:
        """Each record's person in the build being served."""
        cursor = self.build.analysis()
        rows = cursor.execute("select record_id, person_id from person_of_record").fetchall()
        cursor.close()
        return dict(rows)


def _link(folder: Path, rows: list[dict[str, str]], chosen: Chosen, followed: list[Judgement]) -> None:
    """A build without ids, and the model beside it. Linking takes seconds."""
    aside = BuildAside(folder, threads=1)
    copy(store([*rows, *neighbours(40)]), aside.connection, folder)
    linked = link(aside.connection, as_of=AS_OF, seed=1, model=chosen.model, judgements=followed)
    lay_down(aside.connection, linked.model, folder)
    aside.close()


def fill(aside: BuildAside, folder: Path) -> None:
    """Have this build begin with what is in that folder."""
    aside.connection.execute(f"attach '{folder / ANALYSIS}' as linked (read_only)")
    aside.connection.execute("copy from database linked to analysis")
    aside.connection.execute("detach linked")
    for file in folder.iterdir():
        if file.is_file() and not file.name.startswith(ANALYSIS):
            shutil.copyfile(file, aside.folder / file.name)


def copy(source: Any, target: Any, folder: Path) -> None:
    """The tables of one store in another."""
    for (table,) in source.execute("select table_name from duckdb_tables()").fetchall():
        file = folder / f"{table}.parquet"
        source.execute(f"copy {table} to '{file}'")
        target.execute(f"create table {table} as select * from read_parquet('{file}')")
        file.unlink()


@pytest.fixture
def town(area: Area) -> Town:
    return Town(area)


@pytest.fixture
def forget_derived(area: Area) -> Callable[[], None]:
    def forget() -> None:
        shutil.rmtree(area.derived_folder)

    return forget
