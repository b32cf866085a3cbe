"""How right are the joins on any flat file of people with a known answer? One row a record, whatever its columns are called.

The file is read as text, its columns are mapped to the fields below, and the same cleaning, keys, model and merge decide as in an
area: nothing is set for one file. A truth column, and every column that is not named, is out of sight. Numbers, telephones and
postcodes are taken as they stand, because a file from elsewhere has other shapes than Britain's; dates are read as an area's are.
"""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engage.identities.build import LinkResult, build
from engage.identities.evaluating import Measures, Truth, measure
from engage.identities.linking.calibrating import Reliability, reliability, shipped
from engage.identities.measuring.blocking import Blocking, blocking
from engage.identities.measuring.pairs import compared, labelled
from engage.records import values
from engage.records.files import readers
from engage.records.tables import DERIVED_TABLES
from engage.store.sql import literal, quoted
from engage.store.warehouse import connect
from engage.vocabulary.words import N_, EngageError, Sentence


# Fields of a record, and for those that may come several times how they are held.
_PERSON = ("forename", "middle_names", "surname", "name", "sex", "born")
_NUMBERS = ("nhs_number", "upn", "pnc_id", "number")
_CONTACTS = ("phone", "email")
FIELDS = (*_PERSON, "alias", "address", "postcode", *_CONTACTS, *_NUMBERS)
AGENCY, FILE = "flat", "rows"
_DAY = date(2000, 1, 1)  # an area's day matters to ages only, and a flat file has none


class FlatWrong(EngageError):
    """The file lacks a column that was named, or a field is not one of those that can be compared."""

    exit_code = 2


@dataclass(frozen=True)
class FlatLinked:
    """What linking a flat file came to: how right it is, how right the chances shown would be, what was lost before comparing, and
    what linking made."""

    measures: Measures
    certainty: Reliability
    lost: Blocking
    result: LinkResult


def evaluate(file: Path, *, truth: str, fields: Mapping[str, tuple[str, ...]], seed: int = 1) -> FlatLinked:
    """Link the rows of `file` by the mapped columns (a field's several columns are one text, with spaces between), and measure
    the groups against the column `truth`. Rows without a truth are people of their own. Raises FlatWrong, FileNotReadable."""
    connection = connect(None)
    try:
        with tempfile.TemporaryDirectory() as folder:
            rows = readers.read(connection, file=_plain(file, Path(folder)), into=Path(folder) / "rows")
            _check(file, rows.columns, truth, fields)
            _load(connection, rows.rows, fields)
            answer = connection.execute(
                f"select _row, {quoted(truth)} from read_parquet({literal(rows.rows)})"
            ).fetchall()
        result = build(connection, as_of=_DAY, seed=seed)
        groups = connection.execute("select record_id, cluster from cluster").fetchall()
        of = {(AGENCY, FILE, record_id.rpartition(":")[2]): cluster for record_id, cluster in groups}
        people = {(AGENCY, FILE, str(row)): person or f"~{row}" for row, person in answer}
        certainty = reliability(labelled(compared(connection), people), shipped())
        lost = blocking(connection, people)
    finally:
        connection.close()
    measures = measure(of, Truth(people, dict.fromkeys(people, "full"), []))
    return FlatLinked(measures, certainty, lost, result)


def _plain(file: Path, folder: Path) -> Path:
    """The file itself, or what a .gz holds."""
    if file.suffix.lower() != ".gz":
        return file
    plain = folder / file.stem
    with gzip.open(file, "rb") as packed, plain.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return plain


def _check(file: Path, columns: tuple[str, ...], truth: str, fields: Mapping[str, tuple[str, ...]]) -> None:
    unknown = sorted(fields.keys() - set(FIELDS))
    if unknown:
        raise FlatWrong(
            Sentence(N_("“%(field)s” is no field that can be compared."), {"field": unknown[0]}),
            remedy=Sentence(N_("Fields are: %(fields)s."), {"fields": ", ".join(FIELDS)}),
        )
    for column in (truth, *(column for named in fields.values() for column in named)):
        if column not in columns:
            raise FlatWrong(
                Sentence(N_("%(file)s has no column “%(column)s”."), {"file": file.name, "column": column}),
                remedy=Sentence(N_("It has: %(columns)s."), {"columns": ", ".join(columns)}),
            )


def _load(connection: Any, rows: Path, fields: Mapping[str, tuple[str, ...]]) -> None:
    """Make the exchange tables that linking reads, of records whose ids say nothing of them."""
    values.create_macros(connection)
    for table in DERIVED_TABLES:
        connection.execute(table.create_sql())
    texts = ", ".join(
        f"{_text(fields[field]) if field in fields else 'null::varchar'} as {field}" for field in FIELDS
    )
    connection.execute(
        f"create temp table flat as select '{AGENCY}:{AGENCY}:{FILE}:' || _row as id, _row::varchar as source_id, _row as line, {texts} from read_parquet({literal(rows)})"
    )
    _put(
        connection, "person_record", "''",
        "forename, middle_names, surname, coalesce(name, concat_ws(' ', forename, middle_names, surname)) as full_name, e_from_on(born) as birth_from_on, "
        "e_until_on(born) as birth_until_on, case when e_from_on(born) is null then 'unknown' else e_day_precision(born) end as birth_precision, "
        "case lower(sex[1]) when 'f' then 'female' when 'm' then 'male' end as sex, false as is_partial",
        "true",
    )  # fmt: skip
    _put(connection, "person_name", "'/alias'", "id as person_record_id, 'alias' as kind, alias as full_name", "alias is not null")  # fmt: skip
    dwelling = "'dwelling' as kind, address, e_address_key(address) as address_key, postcode as postcode_text, coalesce(e_postcode(postcode), upper(postcode)) as postcode"
    _put(connection, "location", "'/address'", dwelling, "coalesce(address, postcode) is not null")
    _tie(connection, "'/address'", "location", "lives at", "coalesce(address, postcode) is not null")
    for kind in _CONTACTS:
        value = "coalesce(e_phone(phone), phone)" if kind == "phone" else "lower(email)"
        _put(connection, "contact_point", f"'/{kind}'", f"'{kind}' as kind, {value} as value, {kind} as value_text, true as is_valid", f"{kind} is not null")  # fmt: skip
        _tie(connection, f"'/{kind}'", "contact_point", "uses", f"{kind} is not null")
    for kind in _NUMBERS:
        _put(connection, "identifier", f"'/{kind}'", f"id as person_record_id, '{kind}' as kind, upper({kind}) as value, {kind} as value_text, true as is_valid", f"{kind} is not null")  # fmt: skip


def _text(columns: tuple[str, ...]) -> str:
    parts = ", ".join(f"nullif(trim({quoted(column)}), '')" for column in columns)
    return f"nullif(concat_ws(' ', {parts}), '')"


def _put(connection: Any, table: str, part: str, columns: str, where: str) -> None:
    connection.execute(
        f"insert into {table} by name select id || {part} as record_id, '{AGENCY}' as agency, '{FILE}' as file, source_id || {part} as source_id, "
        "'flat' as delivery_id, line as row_number, 1 as version, date '1900-01-01' as received_on, date '1900-01-01' as known_from_on, "
        f"'case' as cohort, '' as handling, 'standard' as sensitivity, {columns} from flat where {where}"
    )


def _tie(connection: Any, part: str, thing: str, kind: str, where: str) -> None:
    columns = f"'person' as from_thing, id as from_record_id, '{thing}' as to_thing, id || {part} as to_record_id, '{kind}' as kind, 'unknown' as happened_precision"
    _put(connection, "relationship", f"{part} || '/tie'", columns, where)
