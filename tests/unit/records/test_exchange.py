"""Is the published shape of the exchange tables a schema that good rows pass and bad rows fail, and can old rows be read?"""

from dataclasses import replace

import jsonschema
import pytest

from engage.records import exchange, tables
from engage.records.exchange import ExchangeVersionUnknown, Migration, json_schema, migrate


def schema_of(table: str) -> dict:
    whole = json_schema()
    return {**whole, "$ref": f"#/$defs/{table}"}


ROW = {
    "record_id": "zz:police:phones:T1", "kind": "phone", "value": "07000123456", "value_text": "07000 123456", "is_valid": True,
    "agency": "police", "file": "phones", "source_id": "T1", "delivery_id": "1-ab", "row_number": 2, "version": 1,
    "received_on": "2026-04-06", "known_from_on": "2026-04-06", "known_until_on": None, "ended_by": None, "cohort": "case",
    "handling": "", "grade": None, "sensitivity": "standard", "extra": None,
}  # fmt: skip


def test_a_whole_row_passes():
    jsonschema.validate(ROW, schema_of("contact_point"))


@pytest.mark.parametrize(
    "wrong", [{"row_number": "two"}, {"is_valid": None}, {"unknown_column": "x"}, {"value": None}]
)
def test_a_wrong_row_fails(wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**ROW, **wrong}, schema_of("contact_point"))


def test_every_exchange_table_is_published():
    assert set(json_schema()["$defs"]) == {t.name for t in tables.EXCHANGE_TABLES}
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_an_old_row_goes_through_every_migration_between():
    path = (
        Migration("contact_point", "0.8", "0.9", "number was renamed", lambda row: {"value": row["number"]}),
        Migration("event", "0.9", "1.0", "another table's change", lambda row: {"spoiled": True}),
    )
    old = {"number": "07000123456"}
    assert migrate("contact_point", old, version="0.8", migrations=path, to="1.0") == {"value": "07000123456"}
    assert old == {"number": "07000123456"}


def test_a_version_nobody_knows_is_refused_with_those_that_are_known():
    with pytest.raises(ExchangeVersionUnknown, match=r"9\.9.*1\.0"):
        migrate("contact_point", ROW, version="9.9")


def test_todays_rows_stay_as_they_are():
    assert migrate("contact_point", ROW, version=tables.EXCHANGE_VERSION) == ROW
    assert replace(tables.CONTACT_POINT).name in exchange.json_schema()["$defs"]
