"""Small deliveries, written as text, made into exchange tables on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engage.records import build, values
from engage.records.files import deliveries
from engage.records.files.deliveries import DeliveryFileInput, DeliveryInput
from engage.records.mapping.declared import Mapping, read_mapping
from engage.records.tables import EXCHANGE_TABLES
from engage.store.warehouse import connect


HEAD = """
mapping: test
version: 1
agency: police
agreement: ISA-1
purpose: safeguarding_child
"""
FAR = date(2030, 1, 1)


class Desk:
    """Where deliveries come in: `send` files (name -> text), then ask `rows` of what a build makes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = connect(None)
        self.mapping: Mapping | None = None
        self.sent: list[DeliveryInput] = []
        self.built = False

    def map(self, yaml: str) -> None:
        """Read files by this mapping from now on."""
        file = self.folder / "mapping.yaml"
        file.write_text(HEAD + yaml, encoding="utf-8")
        self.mapping = read_mapping(file)

    def send(self, received_on: str, files: dict[str, str], *, extent: str = "full") -> None:
        """One delivery of that day."""
        seq = len(self.sent) + 1
        kept = tuple(self._keep(seq, name, text) for name, text in files.items())
        day = date.fromisoformat(received_on)
        assert self.mapping is not None
        self.sent.append(
            DeliveryInput(
                delivery_id=f"{seq}-test", seq=seq, digest=str(seq), agency=self.mapping.agency, mapping=self.mapping.name,
                extent=extent, cohort="case", agreement="ISA-1", purpose="safeguarding_child",
                received_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC), received_on=day,
                row_count=sum(f.row_count for f in kept), files=kept,
            )
        )  # fmt: skip
        self.built = False

    def _keep(self, seq: int, name: str, text: str) -> DeliveryFileInput:
        assert self.mapping is not None
        path = self.folder / str(seq) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        layout = next(f for f in self.mapping.files if f.takes(name))
        kept = deliveries.keep(
            self.connection, deliveries=self.folder / "kept", file=path, sheet=None, layout=layout
        )
        folder = self.folder / "kept" / kept.folder
        broken = folder / deliveries.BROKEN
        return DeliveryFileInput(
            layout.name,
            name,
            "",
            folder / deliveries.ROWS,
            broken if broken.exists() else None,
            kept.row_count,
        )

    def build(self, as_of: date = FAR) -> dict[str, int]:
        """Make the exchange tables."""
        assert self.mapping is not None
        for table in EXCHANGE_TABLES:
            self.connection.execute(f"drop table if exists {table.name}")
        self.built = True
        inputs = build.Inputs("qx", self.sent, {self.mapping.name: self.mapping})
        return build.build(self.connection, inputs=inputs, as_of=as_of)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query over what was made; a single column comes without its brackets."""
        if not self.built:
            self.build()
        found = self.connection.execute(sql).fetchall()
        return [row[0] for row in found] if found and len(found[0]) == 1 else found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    made = Desk(tmp_path)
    yield made
    made.connection.close()


@pytest.fixture
def persons(desk: Desk) -> Callable[[str], Desk]:
    """A desk that reads `persons.csv`: id, surname, forename and whatever else the given fields say."""

    def ready(more: str = "") -> Desk:
        desk.map(f"""
files:
  persons:
    id: id
    makes:
      - person: {{surname: surname, forename: forename{", " + more if more else ""}}}
""")
        return desk

    return ready


@pytest.fixture(scope="module")
def store() -> Iterator[Any]:
    """A connection that knows the readings in SQL, and no rows."""
    connection = connect(None)
    values.create_macros(connection)
    yield connection
    connection.close()
