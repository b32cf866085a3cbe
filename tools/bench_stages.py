"""One measured stage of `make bench`, in a process of its own.

python tools/bench_stages.py export|linking|build AREA [FILE]
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from engage.cli.opening import Opened, open_for_command


def export(opened: Opened, file: str) -> None:
    """The records as linking cleaned them, for the baseline: it is given the same, and need not clean."""
    cursor = opened.warehouse.current().analysis()
    columns = (
        "record_id, forename, surname, birth_on::varchar as birth_on, postcodes[1] as postcode, address_keys[1] as address_key, "
        "phones[1] as phone, nhs_number, upn"
    )
    rows = cursor.execute(f"select {columns} from link_record order by record_id").to_arrow_table()
    import pyarrow.parquet as pq

    pq.write_table(rows, file)


def linking(opened: Opened) -> None:
    """The linking stage on the exchange tables of the served build."""
    from engage.identities import build
    from engage.pipeline import SEED
    from engage.store.warehouse import connect

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.duckdb"
        served = opened.warehouse.current()
        shutil.copyfile(served.folder / "analysis.duckdb", copy)
        connection = connect(copy, Path(folder) / "spill")
        started = time.perf_counter()
        build.build(connection, as_of=served.info.as_of, seed=SEED)
        report(started)
        connection.close()


def whole(opened: Opened) -> None:
    """The whole build, from deliveries kept to pages served."""
    from engage import pipeline

    started = time.perf_counter()
    pipeline.build_area(area=opened.area, warehouse=opened.warehouse, viewing=opened.viewing())
    report(started)


def report(started: float) -> None:
    """Print what it took."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.perf_counter() - started, "peak_mib": peak}))


def main() -> None:
    """Measure the stage that is asked for."""
    opened = open_for_command(Path(sys.argv[2]))
    if sys.argv[1] == "export":
        export(opened, sys.argv[3])
        print(json.dumps({}))
    else:
        {"linking": linking, "build": whole}[sys.argv[1]](opened)


if __name__ == "__main__":
    main()
