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

from engage.identities.linking.model import FREQUENCY_COLUMNS, Model, settings
from engage.vocabulary.words import N_, EngageError, Sentence


WORKROOM = "splink_work"
# The records among which it is counted how usual a name is: those that are compared at all.
COMPARED = "(select r.* from main.link_record r semi join main.link_key k using (record_number) where not r.is_partial)"


def shares_sql(column: str, records: str) -> str:
    """SQL: each name of a column with the share of the records that bear it, of those that bear one, as Splink counts it."""
    return f"select {column}, count(*)::double / sum(count(*)) over () as share from {records} where {column} is not null group by {column}"


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


def score(
    connection: Any, model: Model, *, records: str, keys: str, into: str, among: str = COMPARED
) -> None:
    """Compare the records of `records` (a select) that share an element of the list column `keys`; leave `into` with
    Splink's columns: match_weight, record_number_l and _r, and mw_ and mw_tf_adj_ for each comparison. How usual a name is is
    counted `among` the records of that select, whichever are compared, so that a pair weighs the same wherever it is weighed."""
    with workroom(connection), _strict():
        connection.execute(f"create or replace view {WORKROOM}.link_input as {records}")
        api = DuckDBAPI(connection, output_schema=WORKROOM)
        # Splink would parse every level's SQL to look for columns that are not there, which takes as long as to compare a small
        # town; the database refuses such a column by itself.
        linker = Linker(
            api.register("link_input"),
            settings(model, [block_on(keys, arrays_to_explode=[keys])]),
            validate_settings=False,
        )
        for column in FREQUENCY_COLUMNS:
            counted = f"{WORKROOM}.counted_{column}"
            connection.execute(
                f"create or replace table {counted} as select {column}, share as tf_{column} from ({shares_sql(column, among)})"
            )
            linker.table_management.register_term_frequency_lookup(api.register(counted), column)
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
