"""One measured stage of `make bench`, in a process of its own.

python tools/bench_stages.py exchange AREA STORE            the exchange tables of the area's deliveries, for the next two
python tools/bench_stages.py export AREA STORE FILE         its records as linking cleaned them, for the baseline
python tools/bench_stages.py linking AREA STORE MODEL.json  the linking stage; the model is saved, or used where it is there
python tools/bench_stages.py build AREA                     the whole build
python tools/bench_stages.py picture AREA                   the same without the network
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from engage.cli.opening import Opened, open_for_command


def exchange(opened: Opened, store: str) -> None:
    """Make the exchange tables in a store of their own."""
    from engage.records import build, queries
    from engage.records.mapping.declared import load_mappings
    from engage.store.warehouse import connect

    area = opened.area
    inputs = build.Inputs(area.code, queries.delivery_inputs(area), load_mappings(area.mappings_folder))
    connection = connect(Path(store), Path(f"{store}.spill"))
    build.build(connection, inputs=inputs, as_of=_day(opened))
    connection.close()


def _day(opened: Opened) -> date:
    from engage.records import queries

    return queries.last_known_on() or opened.viewing().as_of


def export(opened: Opened, store: str, file: str) -> None:
    """The records as linking cleaned them: the baseline is given the same, and need not clean."""
    import pyarrow.parquet as pq

    from engage.identities.linking import cleaning
    from engage.store.steps import run
    from engage.store.warehouse import connect

    with tempfile.TemporaryDirectory(dir=Path(store).parent) as folder:
        shutil.copyfile(store, Path(folder) / "copy.duckdb")
        connection = connect(Path(folder) / "copy.duckdb", Path(folder) / "spill")
        run(connection, cleaning.steps(_day(opened)))
        columns = (
            "record_id, forename, surname, birth_on::varchar as birth_on, postcodes[1] as postcode, address_keys[1] as address_key, "
            "phones[1] as phone, nhs_number, upn"
        )
        rows = connection.execute(f"select {columns} from link_record order by record_id").to_arrow_table()
        connection.close()
    pq.write_table(rows, file)


def linking(opened: Opened, store: str, model: str) -> None:
    """The linking stage on the exchange tables."""
    from engage.identities import build
    from engage.identities.linking.model import model_from_json
    from engage.pipeline import SEED
    from engage.store.warehouse import connect

    saved = Path(model)
    with tempfile.TemporaryDirectory(dir=Path(store).parent) as folder:
        copy = Path(folder) / "copy.duckdb"
        shutil.copyfile(store, copy)
        connection = connect(copy, Path(folder) / "spill")
        started = time.perf_counter()
        loaded = model_from_json(saved.read_text(encoding="utf-8")) if saved.is_file() else None
        found = build.build(connection, as_of=_day(opened), seed=SEED, model=loaded)
        report(started)
        connection.close()
    saved.write_text(found.model.to_json(), encoding="utf-8")


def whole(opened: Opened) -> None:
    """The whole build, from deliveries kept to pages served."""
    from engage import pipeline

    started = time.perf_counter()
    pipeline.build_area(area=opened.area, warehouse=opened.warehouse, viewing=opened.viewing())
    report(started)


def without_network(opened: Opened) -> None:
    """The whole build, but nothing of the network laid out: what it would take if the picture were the last stage."""
    from unittest.mock import patch

    from engage import pipeline
    from engage.picture.build import Joined

    with patch.object(pipeline.networks_build, "joined", lambda *_: Joined()):
        whole(opened)


def report(started: float) -> None:
    """Print what it took."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.perf_counter() - started, "peak_mib": peak}))


STAGES = {
    "exchange": exchange,
    "export": export,
    "linking": linking,
    "build": whole,
    "picture": without_network,
}


def main() -> None:
    """Measure the stage that is asked for."""
    name, area, *files = sys.argv[1:]
    STAGES[name](open_for_command(Path(area)), *files)
    if name in ("exchange", "export"):
        print(json.dumps({}))


if __name__ == "__main__":
    main()
