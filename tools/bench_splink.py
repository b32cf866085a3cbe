"""The named baseline of `make bench`: Splink alone, set up as its documentation shows, on the same person records.

    python tools/bench_splink.py RECORDS.parquet [MODEL.json]

Reads columns record_id, forename, surname, birth_on, postcode, address_key, phone, nhs_number, upn. Prints one line of
JSON: seconds for training, prediction and clustering, and peak memory in MiB. The model is saved in MODEL.json; where that
file is there already, it is loaded instead of training.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from pathlib import Path

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def settings() -> SettingsCreator:
    """Library comparisons, one per column, and the blocking rules that the tutorials for people use."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[
            cl.ForenameSurnameComparison("forename", "surname"),
            cl.DateOfBirthComparison("birth_on", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.LevenshteinAtThresholds("address_key", 2),
            cl.ExactMatch("phone"),
            cl.ExactMatch("nhs_number"),
            cl.ExactMatch("upn"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("forename", "surname"),
            block_on("surname", "birth_on"),
            block_on("forename", "birth_on"),
            block_on("postcode", "forename"),
            block_on("phone"),
            block_on("nhs_number"),
            block_on("upn"),
        ],
        retain_intermediate_calculation_columns=False,
    )


def trained_linker(api: DuckDBAPI) -> Linker:
    """A linker of the table `person`, trained as the documentation shows."""
    linker = Linker(api.register("person"), settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("forename", "surname", "birth_on")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(
        block_on("forename", "surname"), max_pairs=2e6
    )
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_on"), max_pairs=2e6)
    return linker


def main() -> None:
    """Link the file and print what it took."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    # What does not fit in memory is spilt beside the records, and not into whatever folder this was called from.
    api.duckdb_con.execute(f"set temp_directory = '{sys.argv[1]}.spill'")
    started = time.perf_counter()
    api.duckdb_con.execute(f"create table person as select * from read_parquet('{sys.argv[1]}')")
    saved = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    linker = Linker(api.register("person"), saved) if saved and saved.is_file() else trained_linker(api)
    trained = time.perf_counter()
    if saved and not saved.is_file():
        linker.misc.save_model_to_json(str(saved))
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    scored = time.perf_counter()
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "train": trained - started,
                "predict": scored - trained,
                "cluster": ended - scored,
                "seconds": ended - started,
                "peak_mib": peak,
            }
        )
    )


if __name__ == "__main__":
    main()
