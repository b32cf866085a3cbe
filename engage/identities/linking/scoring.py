"""The door to Splink: give it comparable records, a model and keys; get pairs with a weight for each comparison.

Splink makes its tables in a schema of its own, dropped afterwards. A warning from it is an error here: an untrained
level would be scored with a made-up value.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from splink import DuckDBAPI, Linker, block_on

from engage.identities.linking.model import Model, settings
from engage.vocabulary.words import N_, EngageError, Sentence


WORKROOM = "splink_work"


class LinkerComplained(EngageError):
    """Splink warned of something that would make weights unreliable."""

    exit_code = 3


@contextmanager
def workroom(connection: Any) -> Iterator[None]:
    """A schema for Splink's tables, gone afterwards."""
    connection.execute(f"drop schema if exists {WORKROOM} cascade")
    connection.execute(f"create schema {WORKROOM}")
    try:
        yield
    finally:
        connection.execute("use main")
        connection.execute(f"drop schema if exists {WORKROOM} cascade")


def score(connection: Any, model: Model, *, records: str, keys: str, into: str) -> None:
    """Compare the records of `records` (a select) that share an element of the list column `keys`; leave `into` with
    Splink's columns: match_weight, record_number_l and _r, and mw_ and mw_tf_adj_ for each comparison."""
    with workroom(connection), _strict():
        connection.execute(f"create or replace view {WORKROOM}.link_input as {records}")
        api = DuckDBAPI(connection, output_schema=WORKROOM)
        linker = Linker(
            api.register("link_input"), settings(model, [block_on(keys, arrays_to_explode=[keys])])
        )
        pairs = linker.inference.predict().physical_name
        connection.execute(f"create or replace table main.{into} as select * from {WORKROOM}.{pairs}")


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _strict() -> Iterator[None]:
    logger, complaints = logging.getLogger("splink"), _Complaints()
    before = logger.level, logger.propagate
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(complaints)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        logger.removeHandler(complaints)
        logger.setLevel(before[0])
        logger.propagate = before[1]
    if complaints.said:
        raise LinkerComplained(
            Sentence(N_("Splink warned: %(said)s"), {"said": " ".join(complaints.said)}),
            remedy=N_("This is a fault in the linkage model; report it with this message."),
        )
